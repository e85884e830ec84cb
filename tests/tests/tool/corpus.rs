//! `cargo xtask corpus`: the generator on many documents, as a table.

use std::fs;

use sdk_tests::command::{Run, xtask};
use sdk_tests::documents::PETS;
use sdk_tests::folder::texts;
use tempfile::TempDir;
use xtask::Exit;

/// A folder with these files.
fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn corpus(folder: &TempDir, arguments: &[&str]) -> Run {
    xtask(&[&["corpus", folder.path().to_str().unwrap()], arguments].concat())
}

/// The cells of the table below its head.
fn rows(run: &Run) -> Vec<Vec<String>> {
    let rows = run.output.lines().skip(2).map(|line| {
        let cells = line.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    });
    rows.collect()
}

#[test]
fn each_document_is_a_line() {
    let folder = folder_with(&[
        ("pets.yaml", PETS),
        (
            "more/a.json",
            r#"{"info": {"title": "A", "version": "1"}, "openapi": "3.1.0", "paths": {}}"#,
        ),
        ("more/odd.yml", &PETS.replace("  version: 1.0.0\n", "  version: 1.0.0\n  vresion: 2\n")),
        ("old.yaml", "swagger: '2.0'\n"),
        ("other.json", "[]"),
        (".hidden.yaml", PETS),
        ("notes.txt", "openapi: 3.0.3\n"),
    ]);
    let run = corpus(&folder, &[]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.starts_with("| document | OpenAPI | operations | "), "{}", run.output);
    let rows = rows(&run);
    let known = |row: &Vec<String>| [0, 1, 2, 3, 6, 7].map(|cell| row[cell].clone());
    let cells: Vec<[String; 6]> = rows.iter().map(known).collect();
    assert_eq!(
        cells,
        [
            ["more/a", "3.1.0", "0", "0", "0", "generated"],
            ["more/odd", "3.0.3", "1", "1", "1", "generated"],
            ["pets", "3.0.3", "1", "1", "0", "generated"],
        ]
    );
    let lines: usize = rows[2][4].parse().unwrap();
    assert!(lines > 100, "{lines}");
    assert!(rows[2][5].ends_with(" s"), "{}", rows[2][5]);
}

#[test]
fn a_broken_document_does_not_stop_the_others() {
    let broken = PETS.replace("schemas/Pet\"", "schemas/Pat\"");
    let folder = folder_with(&[("a.yaml", &broken), ("b.yaml", PETS)]);
    let run = corpus(&folder, &[]);
    assert_eq!(run.exit, Exit::Failure);
    let rows = rows(&run);
    assert_eq!((rows[0][2].as_str(), rows[0][7].as_str()), ("-", "1 error"));
    assert_eq!(rows[1][7], "generated");
    assert!(run.errors.contains("a.yaml:"), "{}", run.errors);
    assert!(run.errors.contains("error[dangling-reference]"), "{}", run.errors);
}

#[test]
fn a_document_has_a_configuration_of_its_own() {
    let folder = folder_with(&[
        ("pets.yaml", PETS),
        ("pets.sdk.toml", "[rename]\nschemas.Pet = \"Animal\"\n"),
    ]);
    let out = folder.path().join("out");
    let run = corpus(&folder, &["--out", out.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let files = texts(&out.join("corpus-pets/src/models"));
    assert!(files.values().any(|text| text.contains("pub struct Animal {")), "{files:#?}");
}

#[test]
fn a_folder_without_documents_is_an_error() {
    let folder = folder_with(&[("notes.yaml", "a: b\n")]);
    let run = corpus(&folder, &[]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("no file with an `openapi` key"), "{}", run.errors);
}

/// Both crates are made to compile by cargo, clippy and rustdoc; the second has a type that is not there.
#[test]
#[ignore = "compiles crates of its own; .ci/run runs it"]
fn cargo_has_its_say() {
    let folder = folder_with(&[
        ("pets.yaml", PETS),
        ("wrong.yaml", PETS),
        ("wrong.sdk.toml", "[types]\nformats.date-time = \"jiff::missing::Time\"\n"),
    ]);
    // The folder is that of a workspace, as `target/` here is; its crates are none of its members.
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    let out = folder.path().join("out");
    let run = corpus(&folder, &["--check=doc", "--out", out.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Failure);
    let rows = rows(&run);
    assert_eq!(rows[0][7], "compiles, passes clippy, passes rustdoc", "{}", run.errors);
    assert!(rows[1][7].ends_with(" of cargo check"), "{}", run.output);
    assert!(run.errors.contains("missing"), "{}", run.errors);
}

/// A feature that is not enough by itself: the crate compiles with all of them, and not with each.
#[test]
#[ignore = "compiles crates of its own; .ci/run runs it"]
fn each_feature_is_checked_by_itself() {
    let folder = folder_with(&[
        ("pets.yaml", PETS),
        ("wrong.yaml", PETS),
        (
            "wrong.sdk.toml",
            "[package]\ndependencies.serde_yaml = { version = \"0.9\", optional = true }\n\n[types]\nformats.date-time = \"serde_yaml::Value\"\n",
        ),
    ]);
    let run = corpus(&folder, &["--check", "--features=each"]);
    assert_eq!(run.exit, Exit::Failure);
    let rows = rows(&run);
    assert_eq!(rows[0][7], "compiles, compiles with each of 9 features", "{}", run.errors);
    assert!(
        rows[1][7].contains(" of cargo check --no-default-features --features "),
        "{}",
        run.output
    );
}
