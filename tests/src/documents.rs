//! Small OpenAPI documents, and broken ones made of them.

use std::fs;
use std::path::{Path, PathBuf};

/// A document of one operation and one schema, with nothing wrong in it.
pub const PETS: &str = r##"openapi: 3.0.3
info:
  title: Pet Store
  version: 1.0.0
  license: {name: MIT}
servers:
  - url: https://pets.example.com
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      summary: Get a pet
      tags: [Pet]
      parameters:
        - {name: petId, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: The pet
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        bornAt: {type: string, format: date-time}
"##;

/// Stands in a broken document right before what is wrong, and is taken out before it is used.
pub const HERE: char = '\u{25b6}';

/// A document, and where something is wrong in it.
#[derive(Debug)]
pub struct Broken {
    /// The document without the marks.
    pub text: String,
    /// Line and column, both counted from 1, of each [`HERE`].
    pub places: Vec<(u64, u64)>,
}

impl Broken {
    /// A document with [`HERE`] before each thing that is wrong.
    pub fn new(marked: &str) -> Self {
        let mut places = Vec::new();
        for (line, text) in (1..).zip(marked.lines()) {
            for (marks_before, (column, _)) in (0..).zip(text.char_indices().filter(is_mark)) {
                let column = text[..column].chars().count() as u64 + 1;
                places.push((line, column - marks_before));
            }
        }
        Self { text: marked.replace(HERE, ""), places }
    }

    /// [`PETS`] with these texts, each of which is there once, replaced.
    pub fn pets(edits: &[(&str, &str)]) -> Self {
        let marked = edits.iter().fold(PETS.to_owned(), |text, (old, new)| {
            assert_eq!(text.matches(old).count(), 1, "`{old}` must be there once");
            text.replace(old, new)
        });
        Self::new(&marked)
    }

    /// Writes the document to `folder/name`, and gives that path.
    pub fn write(&self, folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, &self.text).expect("the folder can be written");
        path
    }
}

fn is_mark((_, character): &(usize, char)) -> bool {
    *character == HERE
}
