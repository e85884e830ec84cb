//! The pages of a document whose texts try to break out of where they stand.

use std::collections::BTreeSet;
use std::fs;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::diagnostics::Diagnostics;
use crate::output::Files;

/// Each text has what ends a cell, a line, a span or a block of code.
const HOSTILE: &str = r##"
openapi: 3.0.3
info:
  title: "Pets | `and` <b>more"
  version: "1 | `2`"
  description: "# Heading\n\n```\nlet open = 1;"
servers:
  - {url: "https://pets.example.com/{version}", description: "one | two\n\nthree", variables: {version: {default: "v1"}}}
security: [{key: []}, {token: ["pets | `all`"]}]
tags: [{name: "Pet", description: "<h2>Heading</h2>\n\n## Heading\n\n~~~~\n```rust\nfn main() {"}]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      summary: "Get | a `pet`\n# Heading"
      description: "a | b\n\n```rust\nevil();\n```\n\n- item\n\n```\nlet open = 1;"
      tags: [Pet]
      parameters:
        - {name: petId, in: path, required: true, description: "one | two\n\n```\nx | y\n```", schema: {type: string}, example: "```\n\"#{}"}
        - {name: "limit|`s`", in: query, description: "a `b|c` \\\\| d\n1. e", schema: {type: string, default: "x|`y`\nz"}}
      responses:
        "200":
          description: "ok | fine\n## Heading"
          headers: {"X-Rate": {description: "a | b\n\n- c", schema: {type: integer}}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}, example: {name: "```\n## Heading\n|"}}}
        default: {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/PetApi"}}}}
    post:
      operationId: petapi
      tags: [Pet]
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}}
      responses: {"204": {description: "gone"}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: "X|Key", description: "a | b\n```\nc"}
    token:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: "https://pets.example.com/a|b", scopes: {"pets | `all`": "d | e\n\nf"}}}
  schemas:
    Pet:
      description: "A | pet\n\n```\nlet open = 1;"
      type: object
      required: [name]
      properties:
        name: {type: string, description: "a | b\n\n> c", example: "d"}
        kind: {type: string, enum: ["a|b", "`c`", "d\ne"], default: "a|b"}
        next: {$ref: "#/components/schemas/Pet"}
    PetApi: {type: object, properties: {code: {type: integer, nullable: true, readOnly: true}}}
    ReadMe: {type: array, items: {$ref: "#/components/schemas/Pet"}}
    Animal:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: "ki|nd", mapping: {"c|t": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}}
    Cat: {type: object, properties: {"ki|nd": {type: string}}}
    Dog: {type: object, properties: {"ki|nd": {type: string}}}
    peT: {type: object, properties: {other: {$ref: "#/components/schemas/Pet"}, own: {$ref: "#/components/schemas/peT"}}}
"##;

/// The headings that a page may have below its title.
const HEADINGS: [&str; 25] = [
    "A first call",
    "All models",
    "All operations",
    "Animal",
    "Authorization needed",
    "Cargo features",
    "Cat",
    "Documented responses",
    "Dog",
    "Errors of calls",
    "Example program",
    "How calls are authorized",
    "HTTP request headers",
    "Install the crate",
    "PeT2",
    "Pet",
    "PetApi",
    "PetKind",
    "ReadMe",
    "Request parameters",
    "Return type",
    "Tests of programs that use it",
    "What it depends on",
    "get_pet",
    "petapi",
];

/// The crate of the document, in memory.
fn generated() -> Files {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("openapi.yaml");
    fs::write(&spec, HOSTILE).unwrap();
    let mut diagnostics = Diagnostics::default();
    let options = crate::Options { spec, ..crate::Options::default() };
    let generated = crate::generate(&options, &mut diagnostics);
    let problems: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
    generated.unwrap_or_else(|| panic!("{problems:?}")).files
}

/// The pages among the files.
fn pages(files: &Files) -> Vec<(&str, &str)> {
    let pages: Vec<(&str, &str)> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".md"))
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert!(pages.len() > 3, "{pages:?}");
    pages
}

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The text of each heading, code included.
fn headings(text: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut open: Option<String> = None;
    for event in events(text) {
        match (event, &mut open) {
            (Event::Start(Tag::Heading { .. }), _) => open = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), _) => headings.extend(open.take()),
            (Event::Text(text) | Event::Code(text), Some(heading)) => heading.push_str(&text),
            _ => {}
        }
    }
    headings
}

/// The relative links of a page.
fn links(text: &str) -> Vec<String> {
    events(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
            _ => None,
        })
        .filter(|link| !link.contains("://"))
        .collect()
}

/// The anchors that GitHub gives to the headings of a page.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = headings(text);
    let anchors: BTreeSet<String> =
        super::links::anchors(headings.iter().map(String::as_str)).into_iter().collect();
    assert_eq!(anchors.len(), headings.len(), "two headings have one anchor: {headings:?}");
    anchors
}

/// The path that a link means, such as `../README.md` on the page `docs/PetApi.md`.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leads out of the crate"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_leads_to_a_page_and_a_heading() {
    let files = generated();
    for (path, text) in pages(&files) {
        let links = links(text);
        assert!(links.len() > 1, "{path} leads nowhere");
        for link in links {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { path.to_owned() } else { target(path, file) };
            let page = files.get(&target).unwrap_or_else(|| panic!("{path}: {link}"));
            assert!(anchor.is_empty() || anchors(page).contains(anchor), "{path}: {link}");
        }
    }
}

#[test]
fn no_text_becomes_a_heading() {
    let files = generated();
    for (path, text) in pages(&files) {
        for heading in headings(text).iter().skip(1) {
            assert!(HEADINGS.contains(&heading.as_str()), "{path}: {heading}");
        }
    }
}

#[test]
fn no_text_becomes_a_block_of_rust() {
    let files = generated();
    let rust = |text: &str| {
        let blocks = events(text).filter(|event| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                language.is_empty() || language.starts_with("rust")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
            _ => false,
        });
        blocks.count()
    };
    for (path, text) in pages(&files) {
        let expected = match path {
            "README.md" | "docs/PetApi.md" => 2,
            _ => 0,
        };
        assert_eq!(rust(text), expected, "{path}:\n{text}");
    }
}

#[test]
fn every_example_is_a_rust_program() {
    let files = generated();
    for program in files["docs/PetApi.md"].split("```rust,no_run\n").skip(1) {
        let program = program.split("\n```").next().unwrap();
        assert!(syn::parse_file(program).is_ok(), "{program}");
    }
}

/// A text that ends a cell gives its row more cells than the table has.
#[test]
fn no_text_breaks_out_of_its_cell() {
    let files = generated();
    for (path, text) in pages(&files) {
        let mut columns = None;
        let mut rows = 0;
        for line in text.lines() {
            if !line.starts_with("| ") {
                columns = None;
                continue;
            }
            rows += 1;
            let cells = cells(line);
            assert_eq!(*columns.get_or_insert(cells), cells, "{path}: {line}");
        }
        assert!(rows > 0 || text.contains("Another name of"), "{path} has no table");
    }
}

/// How many cells a row has: what its bars part, unless a backslash escapes them.
fn cells(row: &str) -> usize {
    let mut bars = 0;
    let mut is_escaped = false;
    for c in row.chars() {
        bars += usize::from(c == '|' && !is_escaped);
        is_escaped = c == '\\' && !is_escaped;
    }
    bars - 1
}

#[test]
fn a_model_has_a_section_on_the_page_of_its_module() {
    let files = generated();
    assert!(files["docs/PetApi.md"].contains("[`models::Pet`](models/pet.md#pet)"));
    assert!(files["docs/PetApi.md"].contains("[`models::PetApi`](models/shared.md#petapi)"));
    assert!(files["README.md"].contains("[`PetApi`](docs/models/shared.md#petapi)"));
    assert!(files["docs/models/shared.md"].contains("\n## PetApi\n"));
    assert!(files["docs/models/pet.md"].contains("\n## Pet\n"));
    let other = &files["docs/models/other.md"];
    assert!(other.contains("[`Option<Pet>`](pet.md#pet)"), "{other}");
}

#[test]
fn models_that_differ_in_case_have_a_section_each() {
    let files = generated();
    let other = &files["docs/models/other.md"];
    assert!(other.contains("\n[`PeT2`](#pet2)\n"), "{other}");
    assert!(other.contains("[`Option<Box<PeT2>>`](#pet2)"), "{other}");
}

#[test]
fn the_index_names_every_feature_and_dependency() {
    let files = generated();
    let manifest: toml::Table = files["Cargo.toml"].parse().unwrap();
    for section in ["features", "dependencies"] {
        for name in manifest[section].as_table().unwrap().keys().filter(|name| *name != "default") {
            assert!(files["README.md"].contains(&format!("`{name}`")), "{section}: {name}");
        }
    }
}

#[test]
fn a_model_leads_to_the_operations_that_use_it() {
    let files = generated();
    let section = |page: &str, model: &str| {
        let (_, section) = files[page].split_once(&format!("\n## {model}\n")).unwrap();
        section.split("\n## ").next().unwrap().to_owned()
    };
    let pet = section("docs/models/pet.md", "Pet");
    assert!(pet.contains("\nUsed by\n[`PetApi::get_pet`](../PetApi.md#get_pet).\n"), "{pet}");
    let animal = section("docs/models/pet.md", "Animal");
    assert!(animal.contains("\n[`PetApi::petapi`](../PetApi.md#petapi-1).\n"), "{animal}");
    let error = section("docs/models/shared.md", "PetApi");
    assert!(!error.contains("Used by"), "only an error has it");
}

#[test]
fn an_operation_says_all_that_the_document_does() {
    let files = generated();
    let page = &files["docs/PetApi.md"];
    for part in [
        "| [`get_pet`](#get_pet) | `GET /pets/{petId}` | Get \\| a `pet`<br>**Heading** |",
        "pub fn get_pet(&self, pet_id: impl AsRef<str>) -> GetPet",
        "        .key(\"YOUR_API_KEY\")",
        "| `petId` | `pet_id` | `String` | one \\| two<br>`x \\| y` | path, required |",
        "- [`key`](../README.md#how-calls-are-authorized)",
        "- Accept: `application/json`",
        "| 200 | ok \\| fine",
        "| any other |  | [`models::PetApi`](models/shared.md#petapi) |  |",
        "| `X-Rate` | `i64` | a \\| b<br>- c | 200 |",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}
