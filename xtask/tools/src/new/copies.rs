//! What is copied from this repository, and the document with its files.

use std::fs;
use std::path::{Component, Path, PathBuf};

use codegen::load::Document;
use xtask::Problem;

use super::write;
use crate::generator::Generator;

/// What every repository of this shape has from this one, as it is.
const GENERATOR: [&str; 11] = [
    ".cargo",
    ".editorconfig",
    ".gitignore",
    "Cargo.lock",
    "book.toml",
    "codegen",
    "docs/sdk.schema.json",
    "rustfmt.toml",
    "templates",
    "tests/proof",
    "xtask",
];

/// Pages that are about the generator. Their links to what is not there become mere text.
const PAGES: [&str; 5] = [
    "docs/commands.md",
    "docs/configuration.md",
    "docs/diagnostics.md",
    "docs/openapi.md",
    "docs/templates.md",
];

/// The order of the pages of the site.
const SUMMARY: &str = "docs/SUMMARY.md";

/// The licence of the generator, and what it is called beside that of the SDK.
const LICENSE: [&str; 2] = ["LICENSE", "LICENSE-GENERATOR"];

/// How git is to treat the files.
const ATTRIBUTES: &str = "\
# The diff test compares bytes, so line ends are the same on every platform.
* text=auto eol=lf
# Reviews show what was written by hand first.
generated/** linguist-generated
";

/// Copies the document, and the files that it refers to, which stay where they are to it. Gives its name.
pub(super) fn document(document: &Document, folder: &Path) -> Result<String, Problem> {
    let mut home = None;
    let mut name = String::new();
    for path in document.sources.paths() {
        let real = path.canonicalize().map_err(|error| unreadable(path, &error))?;
        let parent = real.parent().unwrap_or(Path::new("/")).to_owned();
        let home = home.get_or_insert(parent);
        let Ok(relative) = real.strip_prefix(&*home) else {
            return Err(Problem(format!(
                "the document refers to {}, which is not below its folder: copy it there first",
                path.display()
            )));
        };
        if name.is_empty() {
            // As the user calls it, also where that is a link.
            let named = path.file_name().unwrap_or(real.as_os_str());
            name = named.to_str().map(str::to_owned).ok_or_else(|| {
                Problem(format!("the name of {} is no text in UTF-8", path.display()))
            })?;
            copy(&real, &folder.join(&name))?;
        } else {
            copy(&real, &folder.join(relative))?;
        }
    }
    Ok(name)
}

/// Copies the generator, and writes the few files that are about git and the licence.
pub(super) fn generator(generator: &Generator, folder: &Path) -> Result<(), Problem> {
    for part in GENERATOR {
        for (path, content) in generator.files(part)? {
            write(&folder.join(path), &content)?;
        }
    }
    let [of_sdk, of_generator] = LICENSE;
    let license = generator.text(of_generator).or_else(|_| generator.text(of_sdk))?;
    write(&folder.join(of_generator), license.as_bytes())?;
    write(&folder.join(".gitattributes"), ATTRIBUTES.as_bytes())
}

/// Copies the pages, once everything else is there.
pub(super) fn pages(generator: &Generator, folder: &Path) -> Result<(), Problem> {
    for page in PAGES {
        let text = generator.text(page)?;
        let at = folder.join(page);
        let base = at.parent().unwrap_or(folder).to_owned();
        let is_there = |target: &str| {
            let file = target.split('#').next().unwrap_or_default();
            file.is_empty()
                || target.contains("://")
                || PAGES.iter().any(|page| plain(&base.join(file)) == plain(&folder.join(page)))
                || base.join(file).exists()
        };
        write(&at, without_links(&text, is_there).as_bytes())?;
    }
    let order = summary(&generator.text(SUMMARY)?);
    write(&folder.join(SUMMARY), order.as_bytes())
}

/// The order of those pages that are copied, without the headings of its parts.
fn summary(text: &str) -> String {
    let names = PAGES.map(|page| format!("]({})", page.trim_start_matches("docs/")));
    let is_kept = |line: &&str| names.iter().any(|name| line.contains(name.as_str()));
    let lines: Vec<&str> = text.lines().filter(is_kept).collect();
    format!("# Summary\n\n{}\n", lines.join("\n"))
}

/// The path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// A page in Markdown, in which a link `[text](target)` that leads nowhere is its text.
fn without_links(page: &str, is_there: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(middle) = rest.find("](") {
        let (before, after) = rest.split_at(middle);
        let end = after.find(')');
        let start = before.rfind('[');
        match (start, end) {
            (Some(start), Some(end)) if !is_there(&after[2..end]) => {
                kept.push_str(&before[..start]);
                kept.push_str(&before[start + 1..]);
                rest = &after[end + 1..];
            }
            _ => {
                kept.push_str(before);
                kept.push_str("](");
                rest = &after[2..];
            }
        }
    }
    kept + rest
}

fn copy(from: &Path, to: &Path) -> Result<(), Problem> {
    let unable = |error: std::io::Error| {
        Problem(format!("{} cannot be copied to {}: {error}", from.display(), to.display()))
    };
    fs::create_dir_all(to.parent().unwrap_or(to)).map_err(unable)?;
    fs::copy(from, to).map(drop).map_err(unable)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem(format!("{} cannot be read: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_its_text() {
        let page = "See [one](one.md), [`two`](two.md#there) and [three](https://example.com), a[0](b) and ](.";
        let kept =
            without_links(page, |target| target.starts_with("one") || target.contains("://"));
        assert_eq!(kept, "See [one](one.md), `two` and [three](https://example.com), a0 and ](.");
    }

    #[test]
    fn the_site_has_the_pages_that_are_copied() {
        let text = "# Summary\n\n[Start](README.md)\n\n# Part\n\n- [Paging](paging.md)\n- [Commands](commands.md)\n";
        assert_eq!(summary(text), "# Summary\n\n- [Commands](commands.md)\n");
    }

    #[test]
    fn a_path_is_compared_without_its_turns() {
        assert_eq!(plain(Path::new("/a/docs/../docs/b.md")), Path::new("/a/docs/b.md"));
    }
}
