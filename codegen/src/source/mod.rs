//! The files a document was read from, and the way back from a JSON pointer to a line in one of them.

use std::{
    collections::HashMap,
    ops::Range,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use texts::positions::{self, Positions};

use crate::document::pointer;

/// A line longer than this many bytes is cut in a report.
const LONGEST_EXCERPT: usize = 160;

/// How many bytes of a cut line stand before the marked place.
const EXCERPT_LEAD: usize = 40;

/// How many bytes of a text are counted at a time for columns.
const COUNTED_BLOCK: usize = 4096;

/// A place in a source file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Location {
    /// The file, as the user named it, or relative to the document that refers to it.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The bytes of the file that are meant.
    pub span: Range<usize>,
    /// The text of the line, cut to the part around the place where the line is very long.
    pub excerpt: String,
    /// The bytes of `excerpt` that are meant.
    pub marked: Range<usize>,
}

/// The notation of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Notation {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2, of which OpenAPI uses the part that JSON can say.
    Yaml,
}

/// One of the files of [`Sources`]; the first is the document itself.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SourceId(pub(crate) usize);

impl SourceId {
    /// The file that was asked for, the others being those it refers to.
    pub const ROOT: SourceId = SourceId(0);
}

/// A file that was read.
#[derive(Debug)]
pub struct Source {
    /// The file as the user named it, with `/` between the parts.
    pub name: String,
    /// Where the file is.
    pub path: PathBuf,
    /// Its whole text, without a byte order mark.
    pub text: String,
    /// How it is written.
    pub notation: Notation,
    lines: OnceLock<Vec<usize>>,
    characters: OnceLock<Vec<usize>>,
    positions: OnceLock<Positions>,
}

impl Source {
    /// Takes a text that was read from `path`.
    pub fn new(path: &Path, text: String, notation: Notation) -> Self {
        Source {
            name: path.display().to_string().replace('\\', "/"),
            path: path.to_owned(),
            text,
            notation,
            lines: OnceLock::new(),
            characters: OnceLock::new(),
            positions: OnceLock::new(),
        }
    }

    /// The place at a line and a column, both counted from 1, the column in characters; beyond the text, its end.
    pub fn at_line(&self, line: usize, column: usize) -> Location {
        let start =
            self.lines().get(line.saturating_sub(1)).map_or(self.text.len(), |start| *start);
        let offset = self.text[start..]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(self.text.len(), |(offset, _)| start + offset);
        self.at_span(offset..offset)
    }

    /// The place of a range of bytes.
    pub fn at_span(&self, span: Range<usize>) -> Location {
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= span.start).saturating_sub(1);
        let start = lines[line];
        let end = lines.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        let from = (span.start - start).min(text.len());
        let to = (span.end - start).clamp(from, text.len());
        let window = window(text, from, to);
        Location {
            file: self.name.clone(),
            line: line + 1,
            column: self.characters_before(start + from) - self.characters_before(start) + 1,
            excerpt: text[window.clone()].to_owned(),
            marked: from - window.start..to.min(window.end) - window.start,
            span,
        }
    }

    /// The place of the node at a JSON pointer, or of the nearest node around it.
    pub fn at_pointer(&self, pointer: &str) -> Location {
        self.at_span(self.positions().nearest(pointer))
    }

    /// The place of the second key of the two that are equal, at a JSON pointer to the value.
    pub fn at_duplicate_key(&self, pointer: &str) -> Location {
        let span = self.positions().duplicate(pointer);
        span.map_or_else(|| self.at_pointer(pointer), |span| self.at_span(span))
    }

    /// A scalar as it is written in the file, such as `1.10`, which a number forgets.
    pub fn written(&self, pointer: &str) -> Option<&str> {
        self.positions().scalar(pointer).map(|span| &self.text[span])
    }

    /// The offset at which each line starts.
    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let ends = (0..bytes.len()).filter(|&at| {
                bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n')
            });
            std::iter::once(0).chain(ends.map(|at| at + 1)).collect()
        })
    }

    /// How many characters the text has before an offset. Counted once, since a report may have many places on one
    /// long line.
    fn characters_before(&self, offset: usize) -> usize {
        let starts =
            |bytes: &[u8]| bytes.iter().filter(|byte| !(0x80..0xc0).contains(*byte)).count();
        let counts = self.characters.get_or_init(|| {
            let mut count = 0;
            let blocks = self.text.as_bytes().chunks(COUNTED_BLOCK).map(|block| {
                let before = count;
                count += starts(block);
                before
            });
            blocks.collect()
        });
        let block = (offset / COUNTED_BLOCK).min(counts.len().saturating_sub(1));
        let before = counts.get(block).copied().unwrap_or_default();
        before + starts(&self.text.as_bytes()[block * COUNTED_BLOCK..offset])
    }

    fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| match self.notation {
            Notation::Json => positions::json(&self.text),
            Notation::Yaml => positions::yaml(&self.text, self.lines()),
        })
    }
}

/// The part of a line that a report shows.
fn window(text: &str, from: usize, to: usize) -> Range<usize> {
    if text.len() <= LONGEST_EXCERPT {
        return 0..text.len();
    }
    let mut start = from.saturating_sub(EXCERPT_LEAD);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = to.max(from + 1).min(start + LONGEST_EXCERPT).min(text.len());
    end = end.max((start + LONGEST_EXCERPT).min(text.len()));
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The files of a document. Cloning is cheap: the texts are shared.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<Source>>,
    moves: Arc<HashMap<String, (SourceId, String)>>,
    /// The entries that lists have lost, by the pointer of the list, as they were counted before, in order.
    losses: Arc<HashMap<String, Vec<usize>>>,
}

impl Sources {
    /// Adds a file. The first that is added is the document itself.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.files.push(Arc::new(source));
        SourceId(self.files.len() - 1)
    }

    /// A file that was added.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.files.get(id.0).map(Arc::as_ref)
    }

    /// Where the files are, the document itself first.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| file.path.as_path())
    }

    /// The size of all files together, in bytes.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|file| file.text.len()).sum()
    }

    /// Notes that what is now at the pointer `to` of the document stood at `from` in a file.
    pub fn moved(&mut self, to: String, source: SourceId, from: String) {
        Arc::make_mut(&mut self.moves).insert(to, (source, from));
    }

    /// Notes that the list at a pointer has lost an entry, by its position before any was lost. Nothing may move into
    /// or out of that list afterwards.
    pub fn removed(&mut self, list: &str, index: usize) {
        let losses = Arc::make_mut(&mut self.losses).entry(list.to_owned()).or_default();
        let position = losses.partition_point(|lost| *lost < index);
        losses.insert(position, index);
    }

    /// The pointer that a node had before lists lost entries.
    fn before_losses(&self, pointer: &str) -> Option<String> {
        if self.losses.is_empty() {
            return None;
        }
        let mut around = pointer;
        while let Some(list) = pointer::parent(around) {
            if let Some(losses) = self.losses.get(list) {
                let mut index: usize = around[list.len() + 1..].parse().ok()?;
                for lost in losses {
                    index += usize::from(*lost <= index);
                }
                return Some(format!("{list}/{index}{}", &pointer[around.len()..]));
            }
            around = list;
        }
        None
    }

    /// Where the node at a JSON pointer into the document comes from: the file, and the pointer in it.
    pub fn origin(&self, pointer: &str) -> (SourceId, String) {
        let mut source = SourceId::ROOT;
        let mut pointer = self.before_losses(pointer).unwrap_or_else(|| pointer.to_owned());
        // What was moved may have been inside something that was moved before; each step leads to an earlier state.
        for _ in 0..=self.moves.len() {
            let Some((next, at)) = self.step(&pointer) else {
                break;
            };
            pointer = at;
            if next != SourceId::ROOT {
                source = next;
                break;
            }
        }
        (source, pointer)
    }

    /// The place of the node at a JSON pointer into the document, or of the nearest node around it that a file has.
    pub fn locate(&self, pointer: &str) -> Option<Location> {
        let (source, pointer) = self.origin(pointer);
        self.locate_in(source, &pointer)
    }

    /// The place of the node at a JSON pointer into one of the files.
    pub fn locate_in(&self, source: SourceId, pointer: &str) -> Option<Location> {
        self.source(source).map(|source| source.at_pointer(pointer))
    }

    /// A scalar as it is written in its file, such as `1.10`, which a number forgets.
    pub fn written(&self, pointer: &str) -> Option<&str> {
        let (source, pointer) = self.origin(pointer);
        self.source(source)?.written(&pointer)
    }

    /// Undoes the move of the nearest node around `pointer` that was moved.
    fn step(&self, pointer: &str) -> Option<(SourceId, String)> {
        if self.moves.is_empty() {
            return None;
        }
        let mut around = Some(pointer);
        while let Some(prefix) = around {
            if let Some((source, from)) = self.moves.get(prefix) {
                return Some((*source, format!("{from}{}", &pointer[prefix.len()..])));
            }
            around = pointer::parent(prefix);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new(Path::new("a.yaml"), text.to_owned(), Notation::Yaml)
    }

    #[test]
    fn a_value_is_found_at_its_line_and_column() {
        let source = source("info:\n  title: Größe\n  version: 1.10\n");
        let location = source.at_pointer("/info/title");
        assert_eq!((location.line, location.column), (2, 10));
        assert_eq!(&location.excerpt[location.marked], "Größe");
        assert_eq!(source.written("/info/version"), Some("1.10"));
    }

    #[test]
    fn a_mapping_is_found_at_its_key_and_a_missing_node_at_the_one_around_it() {
        let source = source("paths:\n  /a:\n    get:\n      tags: [x]\n");
        assert_eq!(source.at_pointer("/paths/~1a/get").line, 3);
        assert_eq!(source.at_pointer("/paths/~1a/get/responses/200").line, 3);
        assert_eq!(source.at_pointer("/paths/~1a/get/tags/0").column, 14);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text =
            format!("{{\"a\": \"{}\", \"b\": 1, \"c\": \"{}\"}}", "é".repeat(500), "x".repeat(500));
        let source = Source::new(Path::new("a.json"), text, Notation::Json);
        let location = source.at_pointer("/b");
        assert_eq!(&location.excerpt[location.marked], "1");
        assert!(location.excerpt.len() <= LONGEST_EXCERPT + 4);
        assert_eq!(location.column, 516);
    }

    #[test]
    fn a_list_that_lost_entries_still_leads_to_the_lines_of_the_others() {
        let mut sources = Sources::default();
        sources.add(source("list:\n- a\n- b\n- c\n- d\n- e\n"));
        sources.removed("/list", 3);
        sources.removed("/list", 1);
        let line = |at: &str| sources.locate(at).map(|location| location.line);
        assert_eq!(
            [line("/list/0"), line("/list/1"), line("/list/2")],
            [Some(2), Some(4), Some(6)]
        );
        assert_eq!(line("/list"), Some(1));
    }

    #[test]
    fn a_node_that_was_moved_leads_back_to_its_file() {
        let mut sources = Sources::default();
        sources.add(source("openapi: 3.0.3\n"));
        let pets = sources.add(source("Pet:\n  type: object\n  title: Pet\n"));
        sources.moved("/components/schemas/Pet".to_owned(), pets, "/Pet".to_owned());
        let origin = sources.origin("/components/schemas/Pet/title");
        assert_eq!(origin, (pets, "/Pet/title".to_owned()));
        let location = sources.locate("/components/schemas/Pet/title");
        assert_eq!(location.map(|location| location.line), Some(3));
    }
}
