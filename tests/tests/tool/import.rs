//! `cargo xtask import`: operations of a vendor's document, brought into one of our own.

use std::fs;
use std::path::PathBuf;

use sdk_tests::command::{Run, codegen_into, xtask};
use sdk_tests::folder::workspace;
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::Exit;

/// A document to import into, in a folder of its own.
struct Library {
    folder: TempDir,
    spec: PathBuf,
}

impl Library {
    fn new() -> Self {
        Self::with_text(&fixture("library.yaml"))
    }

    fn with_text(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("library.yaml");
        fs::write(&spec, text).unwrap();
        Self { folder, spec }
    }

    /// Imports from the vendor's document, with these arguments.
    fn import(&self, arguments: &[&str]) -> Run {
        let from = workspace().join("tests/fixtures/import/upstream.yaml");
        self.import_from(from.to_str().unwrap(), arguments)
    }

    fn import_from(&self, from: &str, arguments: &[&str]) -> Run {
        let spec = self.spec.to_str().unwrap();
        xtask(&[&["import", "--from", from, "--spec", spec], arguments].concat())
    }

    fn imported(&self, arguments: &[&str]) -> Run {
        let run = self.import(arguments);
        assert_eq!(run.exit, Exit::Success, "{}", run.errors);
        run
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.spec).unwrap()
    }

    fn value(&self) -> Value {
        serde_yaml::from_str(&self.text()).unwrap()
    }

    /// The lines of the document that were not there before, after it is checked that all others are.
    fn new_lines(&self, before: &str) -> Vec<String> {
        let text = self.text();
        let mut old = before.lines().peekable();
        let new: Vec<String> =
            text.lines().filter(|line| old.next_if_eq(line).is_none()).map(str::to_owned).collect();
        assert_eq!(old.next(), None, "a line was changed");
        new
    }
}

fn fixture(name: &str) -> String {
    fs::read_to_string(workspace().join("tests/fixtures/import").join(name)).unwrap()
}

#[test]
fn an_operation_comes_with_all_that_it_refers_to() {
    let library = Library::new();
    let run = library.imported(&["--tag", "Loan"]);
    let added: Vec<&str> =
        run.output.lines().filter_map(|line| line.strip_prefix("added ")).collect();
    for part in [
        "GET /loans (listLoans)",
        "components.schemas.Loan",
        "components.schemas.Medium",
        "components.examples.OneLoan",
        "scope loans.read of oauth (clientCredentials)",
        "tag Loan",
    ] {
        assert!(added.contains(&part), "{part} is missing in {added:#?}");
    }
    assert!(added.contains(&"components.schemas.Audiobook"), "a subtype of Medium: {added:#?}");
    assert_eq!(added.len(), 7, "{added:#?}");
    let end = "7 added, 2 there already, 0 kept, 0 replaced\n`cargo xtask codegen` generates what is new\n";
    assert!(run.output.ends_with(end), "{}", run.output);
}

#[test]
fn what_is_there_stays_byte_for_byte() {
    let library = Library::new();
    library.imported(&["--tag", "Loan"]);
    let text = library.text();
    library.new_lines(&fixture("library.yaml").replace("examples: {}", "examples:"));
    let after_the_tag = "  - name: Book\n  - name: Loan\n    description: |\n      Who has what.\n\n      Read more elsewhere.\npaths:\n";
    assert!(text.contains(after_the_tag), "{text}");
    assert!(text.contains("        - $ref: '#/components/schemas/Medium'\n"), "{text}");
    assert!(text.ends_with("            loans.read: Read loans\n# the end\n"), "{text}");
}

#[test]
fn keys_that_are_sorted_stay_sorted() {
    let library = Library::new();
    library.imported(&["--tag", "Loan", "--operation", "listAuthors"]);
    let document = library.value();
    let keys = |pointer: &str| -> Vec<String> {
        document.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys("/paths"), ["/authors", "/books", "/books/{bookId}", "/loans"]);
    assert_eq!(keys("/components/schemas"), ["Audiobook", "Book", "Loan", "Medium", "Problem"]);
    assert_eq!(
        keys("/components"),
        ["schemas", "parameters", "examples", "responses", "securitySchemes"]
    );
}

#[test]
fn the_document_generates_with_what_was_imported() {
    let library = Library::new();
    library.imported(&["--path", "/loans*", "--operation", "replaceBook"]);
    let out = library.folder.path().join("sdk");
    let run = codegen_into(&out, &["--spec", library.spec.to_str().unwrap(), "--name", "library"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains(" 4 operations, "), "{}", run.output);
    let loans = fs::read_to_string(out.join("src/api/loan.rs")).unwrap();
    assert!(loans.contains("list_loans"), "{loans}");
}

#[test]
fn a_second_run_changes_nothing() {
    let library = Library::new();
    let arguments =
        ["--tag", "Loan", "--operation", "replaceBook", "--tag", "Problem", "--rename", "*=Their*"];
    library.imported(&arguments);
    let first = library.text();
    let run = library.imported(&arguments);
    assert_eq!(library.text(), first);
    assert!(run.output.contains(": 0 added, "), "{}", run.output);
}

#[test]
fn a_dry_run_writes_nothing() {
    let library = Library::new();
    let run = library.imported(&["--tag", "Loan", "--dry-run"]);
    assert!(run.output.contains("added tag Loan\n"), "{}", run.output);
    assert!(run.output.ends_with("(nothing is written)\n"), "{}", run.output);
    assert_eq!(library.text(), fixture("library.yaml"));
    assert_eq!(fs::read_dir(library.folder.path()).unwrap().count(), 1, "a file is left behind");
}

#[test]
fn other_words_are_no_conflict() {
    let library = Library::new();
    let run = library.imported(&["--operation", "listBooks"]);
    assert!(
        run.output.ends_with(": 0 added, 1 there already, 0 kept, 0 replaced\n"),
        "{}",
        run.output
    );
    assert_eq!(library.text(), fixture("library.yaml"));
}

#[test]
fn a_conflict_is_shown_with_both_places_and_nothing_is_written() {
    let library = Library::new();
    let run = library.import(&["--tag", "Problem", "--tag", "Loan"]);
    assert_eq!(run.exit, Exit::Failure);
    assert_eq!(library.text(), fixture("library.yaml"));
    assert!(run.errors.contains("components.schemas.Problem is another one"), "{}", run.errors);
    let line =
        |text: &str, words: &str| 1 + text.lines().position(|line| line.contains(words)).unwrap();
    let ours = line(&fixture("library.yaml"), "    Problem:") + 2;
    assert!(run.errors.contains(&format!("library.yaml:{ours}:")), "{}", run.errors);
    let theirs = line(&fixture("upstream.yaml"), "cause:");
    assert!(run.errors.contains(&format!("upstream.yaml:{theirs}:")), "{}", run.errors);
    assert!(run.errors.contains("`--keep Problem`"), "{}", run.errors);
    assert!(run.errors.contains("1 error"), "{}", run.errors);
}

#[test]
fn the_documents_own_component_can_be_kept() {
    let library = Library::new();
    let run = library.imported(&["--tag", "Problem", "--keep", "Problem"]);
    assert!(run.output.contains("kept  components.schemas.Problem\n"), "{}", run.output);
    let document = library.value();
    let schema = "/paths/~1problems/get/responses/default/content/application~1json/schema";
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    assert_eq!(document.pointer(schema), Some(&problem));
    assert_eq!(document["components"]["schemas"]["Problem"]["properties"].get("cause"), None);
}

#[test]
fn the_other_component_can_get_a_name_of_its_own() {
    let library = Library::new();
    library.imported(&["--tag", "Problem", "--rename", "Problem=TheirProblem"]);
    let document = library.value();
    let theirs = json!({"$ref": "#/components/schemas/TheirProblem"});
    let schema = "/paths/~1problems/get/responses/default/content/application~1json/schema";
    assert_eq!(document.pointer(schema), Some(&theirs));
    let cause = "/components/schemas/TheirProblem/properties/cause";
    assert_eq!(document.pointer(cause), Some(&theirs));
    assert_eq!(document["components"]["schemas"]["Problem"]["properties"].get("cause"), None);
}

#[test]
fn a_choice_about_nothing_is_an_error() {
    let library = Library::new();
    let run = library.import(&["--tag", "Loan", "--keep", "Problme"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("did you mean `Problem`?"), "{}", run.errors);
}

/// What all operations of a path share upstream goes into the operation, where the path is there with
/// something else.
#[test]
fn an_operation_brings_what_its_path_item_says() {
    let library = Library::new();
    library.imported(&["--operation", "replaceBook"]);
    let document = library.value();
    let item = &document["paths"]["/books/{bookId}"];
    assert_eq!(item["parameters"], json!([{"$ref": "#/components/parameters/BookId"}]));
    let names: Vec<&Value> =
        item["put"]["parameters"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["bookId", "Trace"]);
    assert!(document["components"]["requestBodies"]["Book"].is_object());
}

/// Upstream asks for a token wherever an operation says nothing else; this document does not.
#[test]
fn an_operation_brings_what_its_document_says_about_security() {
    let library = Library::new();
    library.imported(&["--operation", "listLoans"]);
    let security = library.value().pointer("/paths/~1loans/get/security").cloned();
    assert_eq!(security, Some(json!([{"oauth": ["loans.read"]}])));
}

#[test]
fn what_upstream_does_not_have_is_an_error() {
    let library = Library::new();
    let run = library.import(&["--operation", "listLoan", "--path", "/laons"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("did you mean `listLoans`?"), "{}", run.errors);
    assert!(run.errors.contains("did you mean `/loans`?"), "{}", run.errors);
}

#[test]
fn what_cannot_be_copied_is_an_error_with_its_place() {
    let library = Library::new();
    let run = library.import(&["--operation", "getReport"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("error[not-importable]"), "{}", run.errors);
    assert!(run.errors.contains("upstream.yaml:"), "{}", run.errors);
}

#[test]
fn a_document_in_braces_is_left_alone() {
    let text = fixture("library.yaml")
        .replace("  responses:\n    NotFound:\n      description: There is no such thing\n", "")
        .replace("components:\n", "components: &all\n");
    let flow = text.replace(
        "    Problem:\n      type: object\n      properties:\n        message: {type: string}\n",
        "",
    );
    let library = Library::with_text(&flow.replace(
        "        clientCredentials:\n          tokenUrl: /token\n          scopes:\n            books.read: Read books\n",
        "        clientCredentials: {tokenUrl: /token, scopes: {}}\n",
    ));
    let before = library.text();
    let run = library.import(&["--tag", "Loan"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("error[not-editable]"), "{}", run.errors);
    assert!(run.errors.contains("clientCredentials: {tokenUrl"), "{}", run.errors);
    assert_eq!(library.text(), before);
}

#[test]
fn windows_line_ends_stay() {
    let library = Library::with_text(&fixture("library.yaml").replace('\n', "\r\n"));
    library.imported(&["--tag", "Loan"]);
    let text = library.text();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("operationId: listLoans\r\n"), "{text}");
}

#[test]
fn a_json_document_stays_json() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("library.json");
    let document: Value = serde_yaml::from_str(&fixture("library.yaml")).unwrap();
    fs::write(&spec, document.to_string()).unwrap();
    let library = Library { folder, spec };
    library.imported(&["--tag", "Loan"]);
    let document: Value = serde_json::from_str(&library.text()).unwrap();
    assert!(document["paths"]["/loans"]["get"].is_object());
}

#[test]
fn another_version_of_openapi_is_refused() {
    let library = Library::with_text(&fixture("library.yaml").replace("3.0.3", "3.1.0"));
    let run = library.import(&["--tag", "Loan"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("error[different-version]"), "{}", run.errors);
}

#[test]
fn the_other_component_can_take_the_place_of_the_documents_own() {
    let library = Library::new();
    let run = library.imported(&["--tag", "Problem", "--replace", "Problem"]);
    assert!(run.output.contains("replaced components.schemas.Problem\n"), "{}", run.output);
    let document = library.value();
    let cause = json!({"$ref": "#/components/schemas/Problem"});
    assert_eq!(document.pointer("/components/schemas/Problem/properties/cause"), Some(&cause));
    // Nothing else changes: without the two texts of the schema, every line is there.
    let own =
        "    Problem:\n      type: object\n      properties:\n        message: {type: string}\n";
    library.new_lines(&fixture("library.yaml").replace(own, ""));
}

/// A newer document of the same vendor: `listBooks` has a parameter more, and a book a property.
fn newer_upstream(folder: &TempDir) -> String {
    let text = fixture("upstream.yaml")
        .replace(
            "      summary: The same in other words\n",
            "      summary: The same in other words\n      parameters: [{name: limit, in: query, schema: {$ref: '#/components/schemas/Limit'}}]\n",
        )
        .replace(
            "        title: {type: string, description: The title.}\n",
            "        title: {type: string, description: The title.}\n        isbn: {type: string}\n",
        )
        .replace("    Loan:\n      type", "    Limit: {type: integer}\n    Loan:\n      type");
    let path = folder.path().join("newer.yaml");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_new_version_is_taken_over_for_what_is_there() {
    let library = Library::new();
    let newer = newer_upstream(&library.folder);
    let run = library.import_from(&newer, &["--update"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    for line in [
        "added components.schemas.Limit\n",
        "replaced GET /books (listBooks)\n",
        "not upstream: GET /books/{bookId} (getBook)\n",
    ] {
        assert!(run.output.contains(line), "{line} is not in {}", run.output);
    }
    let document = library.value();
    let parameters = document.pointer("/paths/~1books/get/parameters/0/name");
    assert_eq!(parameters, Some(&json!("limit")));
    assert_eq!(
        document.pointer("/components/schemas/Book/properties/isbn"),
        Some(&json!({"type": "string"}))
    );
    assert_eq!(document["paths"]["/loans"], Value::Null, "nothing is imported that was not there");
    assert_eq!(document["paths"]["/books/{bookId}"]["get"]["operationId"], json!("getBook"));
    for comment in ["# a document of one hand", "# What everything is about.", "# Not sorted, and"]
    {
        assert!(library.text().contains(comment), "{comment} is gone");
    }

    let text = library.text();
    let again = library.import_from(&newer, &["--update"]);
    assert!(again.output.contains(": 0 added, ") && again.output.contains(", 0 replaced\n"));
    assert_eq!(library.text(), text);
}

#[test]
fn an_update_keeps_what_is_to_be_kept() {
    let library = Library::new();
    let newer = newer_upstream(&library.folder);
    let run = library.import_from(&newer, &["--update", "--keep", "Book"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains("kept  components.schemas.Book\n"), "{}", run.output);
    assert!(run.output.contains("replaced GET /books (listBooks)\n"), "{}", run.output);
    assert!(library.text().contains("# as on the cover"));
}

#[test]
fn what_is_replaced_in_json_stays_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("library.json");
    let document: Value = serde_yaml::from_str(&fixture("library.yaml")).unwrap();
    fs::write(&spec, document.to_string()).unwrap();
    let library = Library { folder, spec };
    let newer = newer_upstream(&library.folder);
    let run = library.import_from(&newer, &["--update"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let document: Value = serde_json::from_str(&library.text()).unwrap();
    assert!(document["components"]["schemas"]["Book"]["properties"]["isbn"].is_object());
    let schemas: Vec<&String> =
        document["components"]["schemas"].as_object().unwrap().keys().collect();
    assert_eq!(schemas[..2], ["Book", "Problem"]);
}

/// What can be done about many conflicts is said once, below them.
#[test]
fn a_conflict_comes_with_what_settles_all() {
    let library = Library::new();
    let run = library.import(&["--tag", "Problem"]);
    for choice in ["`--replace Problem` puts upstream's", "`--keep '*'`", "`--replace '*'`"] {
        assert!(run.errors.contains(choice), "{choice} is not in {}", run.errors);
    }
}
