//! The site of this repository's pages, as it is built.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

/// Where the site of the tests says that the repository's files are shown.
const SOURCE: &str = "https://source.example/blob/main";

/// The site, built once. Its folder stays until the tests have ended.
static SITE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    site::build(folder.path(), Some(SOURCE)).unwrap_or_else(|error| panic!("{error}"));
    folder
});

fn root() -> PathBuf {
    xtask::workspace_manifest().parent().unwrap().to_owned()
}

/// The names of the files of a kind directly in a folder.
fn files(folder: &Path, extension: &str) -> BTreeSet<String> {
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    names.filter(|name| name.ends_with(extension)).collect()
}

/// The HTML pages of the site, by their names.
fn pages() -> BTreeMap<String, String> {
    let names = files(SITE.path(), ".html").into_iter();
    let pages: BTreeMap<String, String> = names
        .map(|name| (name.clone(), fs::read_to_string(SITE.path().join(name)).unwrap()))
        .collect();
    assert!(pages.len() > 5, "{:?}", pages.keys());
    pages
}

/// The values of an attribute.
fn attributes<'t>(html: &'t str, name: &str) -> Vec<&'t str> {
    let mark = format!(" {name}=\"");
    let starts = html.split(mark.as_str()).skip(1);
    starts.filter_map(|rest| rest.split_once('"')).map(|(value, _)| value).collect()
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    for page in files(&root().join("docs"), ".md") {
        let count = summary.matches(&format!("]({page})")).count();
        assert_eq!(count, usize::from(page != "SUMMARY.md"), "{page} in docs/SUMMARY.md");
    }
}

#[test]
fn every_page_is_on_the_site() {
    let built = pages();
    for page in files(&root().join("docs"), ".md") {
        let html = match page.as_str() {
            "SUMMARY.md" => continue,
            "README.md" => "index.html".to_owned(),
            page => page.replace(".md", ".html"),
        };
        assert!(built.contains_key(&html), "{page} is not built");
    }
}

/// What a link of a page leads to is there: a file with its heading, here or in the repository.
#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(name, html)| (name.as_str(), attributes(html, "id").into_iter().collect()))
        .collect();
    let mut followed = 0;
    let mut broken = Vec::new();
    for (page, html) in &pages {
        for link in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            let is_there = if let Some(path) = link.strip_prefix(&format!("{SOURCE}/")) {
                root().join(path.split('#').next().unwrap_or_default()).exists()
            } else if link.contains("://") || link.starts_with("data:") {
                continue;
            } else {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let file = if file.is_empty() { page } else { file };
                let has_anchor =
                    || ids.get(file).is_some_and(|ids| ids.contains(&*percent_decoded(anchor)));
                SITE.path().join(file).is_file() && (anchor.is_empty() || has_anchor())
            };
            followed += 1;
            if !is_there {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    broken.sort();
    broken.dedup();
    assert!(broken.is_empty(), "these links lead nowhere:\n{}", broken.join("\n"));
    assert!(followed > 100, "only {followed} links were found");
}

/// A heading of letters beyond ASCII is percent-encoded in a link (RFC 3986, section 2.1).
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let (code, after) = after.split_at_checked(2).unwrap_or((after, ""));
        bytes.extend(u8::from_str_radix(code, 16).ok());
        rest = after;
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap()
}

/// The search index, which the page reads as a script.
fn search_index() -> Value {
    let name = files(SITE.path(), ".js").into_iter().find(|name| name.starts_with("searchindex"));
    let script = fs::read_to_string(SITE.path().join(name.expect("there is an index"))).unwrap();
    let (_, rest) = script.split_once("JSON.parse('").expect("the index is JSON in a script");
    let (text, _) = rest.rsplit_once("')").unwrap();
    serde_json::from_str(&text.replace("\\'", "'").replace("\\\\", "\\")).unwrap()
}

/// Where the texts with a word are that begins so, by what the index knows of a part of each text.
fn found(index: &Value, part: &str, word: &str) -> Vec<String> {
    let root = &index["index"]["index"][part]["root"];
    let node = word.chars().fold(root, |node, letter| &node[&*letter.to_string()]);
    let mut documents = BTreeSet::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        for (key, value) in node.as_object().into_iter().flatten() {
            match key.as_str() {
                "docs" => documents.extend(value.as_object().into_iter().flatten().map(|it| it.0)),
                "df" => {}
                _ => open.push(value),
            }
        }
    }
    let urls = &index["doc_urls"];
    let place = |id: &String| urls[id.parse::<usize>().unwrap()].as_str().unwrap().to_owned();
    documents.into_iter().map(place).collect()
}

#[test]
fn the_search_finds_a_diagnostic_a_key_and_a_command() {
    let index = search_index();
    for (part, word, place) in [
        ("title", "dangl", "diagnostics.html#dangling-reference"),
        ("body", "taplo", "configuration.html#sdktoml"),
        ("title", "exit", "commands.html#exit-codes"),
    ] {
        let places = found(&index, part, word);
        assert!(places.iter().any(|it| it == place), "{word}: {places:?}");
    }
    assert_eq!(found(&index, "body", "xyzzy"), [""; 0]);
}
