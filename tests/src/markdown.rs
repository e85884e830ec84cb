//! What Markdown pages link to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The relative links of pages that lead to no file, or to no heading of a page, each as
/// `page: link`. The pages are named by their paths in `folder`.
///
/// # Panics
///
/// When a page cannot be read, or none has any relative link.
pub fn broken_links(folder: &Path, pages: &[String]) -> Vec<String> {
    let mut anchors_of = BTreeMap::new();
    let mut broken = Vec::new();
    let mut found = 0;
    for page in pages {
        let path = folder.join(page);
        for link in links(&read(&path)) {
            found += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            let is_there = target.exists()
                && (anchor.is_empty()
                    || anchors_of
                        .entry(target)
                        .or_insert_with_key(|target: &PathBuf| anchors(&read(target)))
                        .contains(anchor));
            if !is_there {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(found > 0, "no link was found in {pages:?}");
    broken
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The lines outside of code blocks.
fn prose(text: &str) -> Vec<&str> {
    let mut in_code = false;
    let is_prose = |line: &&str| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !is_fence && !in_code
    };
    text.lines().filter(is_prose).collect()
}

/// The targets of the relative links in a text, such as `ARCHITECTURE.md#lower`.
fn links(text: &str) -> BTreeSet<String> {
    let lines = prose(text).into_iter();
    let targets = lines.flat_map(|line| line.split("](").skip(1).map(|rest| rest.split_once(')')));
    let targets = targets.map(|target| target.expect("a link has an end").0);
    targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// The anchors that GitHub gives the headings of a text: the second heading of a kind gets `-1`.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).into_iter().filter(|line| line.starts_with('#'));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    headings
        .map(|heading| heading.trim_start_matches('#').trim().to_lowercase())
        .map(|heading| heading.chars().filter(kept).collect::<String>().replace(' ', "-"))
        .map(|anchor| {
            let count = counts.entry(anchor.clone()).or_default();
            *count += 1;
            if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
        })
        .collect()
}
