//! Links that mdBook does not lead anywhere: to files of the repository, and to the first page.

use std::path::{Component, Path, PathBuf};

use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// The file of the first page, which is built as the page `index`.
const FIRST: [&str; 2] = ["README.md", "index.md"];

/// Gives a link to a file of the repository the URL where that file is shown, and one to the first page its name.
pub(crate) struct Links {
    /// The folder of the pages, relative to the repository.
    pages: PathBuf,
    /// The URL of the repository's files, without a slash at its end.
    source: String,
}

impl Links {
    pub(crate) fn new(pages: &Path, source: &str) -> Self {
        Self { pages: pages.to_owned(), source: source.trim_end_matches('/').to_owned() }
    }

    /// Where a link of a page leads, if it leads out of the book or to its first page. The page is named by its path in the
    /// folder of the pages.
    fn target(&self, page: &Path, link: &str) -> Option<String> {
        if link.starts_with('#') || link.contains("://") || link.starts_with("mailto:") {
            return None;
        }
        let (file, anchor) = link.find('#').map_or((link, ""), |at| link.split_at(at));
        let target = plain(&self.pages.join(page).with_file_name(file))?;
        if target.starts_with(&self.pages) {
            let is_first = target.file_name().is_some_and(|name| name == FIRST[0]);
            return is_first.then(|| link.replacen(FIRST[0], FIRST[1], 1));
        }
        let target: Vec<_> = target.iter().map(|part| part.to_string_lossy()).collect();
        Some(format!("{}/{}{anchor}", self.source, target.join("/")))
    }

    fn rewritten(&self, page: &Path, text: &str) -> String {
        let mut rewritten = String::with_capacity(text.len());
        let mut copied = 0;
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            let Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) = event
            else {
                continue;
            };
            let Some(target) = self.target(page, &dest_url) else { continue };
            let Some(at) = text[range.clone()].rfind(&*dest_url) else { continue };
            let start = range.start + at;
            rewritten.push_str(&text[copied..start]);
            rewritten.push_str(&target);
            copied = start + dest_url.len();
        }
        rewritten.push_str(&text[copied..]);
        rewritten
    }
}

impl Preprocessor for Links {
    fn name(&self) -> &str {
        "repository-links"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && let Some(page) = &chapter.source_path
            {
                chapter.content = self.rewritten(page, &chapter.content);
            }
        });
        Ok(book)
    }
}

/// The path without `..`. None: it leads out of the repository.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => plain.pop().then_some(())?,
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_the_first_page_has_its_name() {
        let links = Links::new(Path::new("docs"), "https://example.com");
        let rewritten = links.rewritten(Path::new("page.md"), "[a](README.md#b) [c](../README.md)");
        assert_eq!(rewritten, "[a](index.md#b) [c](https://example.com/README.md)");
    }

    #[test]
    fn a_link_out_of_the_book_leads_to_the_repository() {
        let links = Links::new(Path::new("docs"), "https://example.com/blob/main/");
        let text = "[a](../README.md#use) [`b`](b.md) [c](#c) [d](https://example.com/../d) `[e](../e)`\n\n\
                    | [f](../x/f/) |\n| --- |\n| [g](../../g) |\n\n```text\n[h](../h)\n```\n";
        assert_eq!(
            links.rewritten(Path::new("page.md"), text),
            "[a](https://example.com/blob/main/README.md#use) [`b`](b.md) [c](#c) [d](https://example.com/../d) `[e](../e)`\n\n\
             | [f](https://example.com/blob/main/x/f) |\n| --- |\n| [g](../../g) |\n\n```text\n[h](../h)\n```\n"
        );
    }
}
