//! From the fuzzer's bytes to a text.

use include_dir::{Dir, include_dir};
use mutate::{document, edit};
use serde_json::Value;

use crate::decisions::Decisions;
use mutate::Choices;

/// The first byte of an input that changes a file of the corpus by its structure.
pub const SEED: u8 = 0;

/// The first byte of an input that builds a document.
pub const BUILD: u8 = 1;

/// Stands between the two texts of an input that needs two.
const BETWEEN: &str = "\n%%%%\n";

static CORPUS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus");

/// What kind of text a target reads: a folder of `corpus/`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// An OpenAPI document.
    Document,
    /// An `sdk.toml`.
    Config,
    /// An overlay.
    Overlay,
}

impl Kind {
    fn folder(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Config => "config",
            Self::Overlay => "overlay",
        }
    }

    fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::Config => toml::from_str(text).ok(),
            Self::Document | Self::Overlay => serde_yaml::from_str(text).ok(),
        }
    }

    fn write(self, value: &Value) -> Vec<u8> {
        match self {
            // TOML has no null; a text with one is not worth an effort.
            Self::Config => toml::to_string(value).unwrap_or_default().into_bytes(),
            Self::Document | Self::Overlay => value.to_string().into_bytes(),
        }
    }
}

/// The text that an input stands for.
pub fn text(kind: Kind, input: &[u8]) -> Vec<u8> {
    match input {
        [SEED, rest @ ..] => changed(kind, &mut Decisions::of(rest)),
        [BUILD, rest @ ..] if kind == Kind::Document => {
            let mut decisions = Decisions::of(rest);
            let mut document = document::build(&mut decisions);
            if decisions.one_in(2) {
                edit::several(&mut document, &mut decisions);
            }
            kind.write(&document)
        }
        _ => input.to_owned(),
    }
}

/// The two documents that an input stands for: parted by a line of four `%`, or built or changed both.
pub fn both(input: &[u8]) -> (Vec<u8>, Vec<u8>) {
    if let [first @ (SEED | BUILD), rest @ ..] = input {
        let (left, right) = rest.split_at(rest.len() / 2);
        let document = |decisions: &[u8]| text(Kind::Document, &[&[*first], decisions].concat());
        return (document(left), document(right));
    }
    let at = input.windows(BETWEEN.len()).position(|window| window == BETWEEN.as_bytes());
    match at {
        Some(at) => (input[..at].to_owned(), input[at + BETWEEN.len()..].to_owned()),
        None => (input.to_owned(), text(Kind::Document, &[SEED])),
    }
}

/// A file of the corpus, changed.
fn changed(kind: Kind, decisions: &mut Decisions<'_>) -> Vec<u8> {
    let files: Vec<_> = CORPUS.get_dir(kind.folder()).into_iter().flat_map(Dir::files).collect();
    let text = decisions.pick(&files).map(|file| file.contents()).unwrap_or_default();
    let value = std::str::from_utf8(text).ok().and_then(|text| kind.read(text));
    let Some(mut value) = value else {
        return text.to_owned();
    };
    if !decisions.0.is_empty() {
        edit::several(&mut value, decisions);
    }
    kind.write(&value)
}
