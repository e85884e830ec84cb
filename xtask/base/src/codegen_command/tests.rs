//! Several crates in one run.

use std::fs;

use clap::Parser;
use serde_json::Value;
use tempfile::TempDir;

use super::*;

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0}\npaths: {}\n";
/// `paths` has to be an object.
const BROKEN: &str = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0}\npaths: 7\n";

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    arguments: Arguments,
}

/// What a run gave: how it ended, its output and its errors.
type Outcome = (Exit, String, String);

/// A folder with a document for each text, whose crates are `0`, `1` and so on.
struct Crates {
    folder: TempDir,
    documents: usize,
}

impl Crates {
    fn of(documents: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (number, text) in documents.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.yaml")), text).unwrap();
        }
        Self { folder, documents: documents.len() }
    }

    fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(relative)
    }

    fn run(&self, options: &[&str]) -> Outcome {
        let arguments = CommandLine::parse_from([&["codegen"], options].concat()).arguments;
        let target = |number: usize| Target {
            options: Options {
                spec: self.path(format!("{number}.yaml")),
                name: Some(format!("crate-{number}")),
                ..Options::default()
            },
            out: self.path(number.to_string()),
        };
        let targets: Vec<Target> = (0..self.documents).map(target).collect();
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let mut streams = crate::Console {
            output: &mut output,
            errors: &mut errors,
            colored: false,
            colored_output: false,
        };
        let exit = make_all(&arguments, &targets, &mut Console::of(&mut streams)).unwrap();
        (exit, String::from_utf8(output).unwrap(), String::from_utf8(errors).unwrap())
    }
}

#[test]
fn each_crate_is_named_with_its_changes() {
    let crates = Crates::of(&[DOCUMENT, DOCUMENT]);
    let (exit, output, errors) = crates.run(&[]);
    assert_eq!((exit, errors.as_str()), (Exit::Success, ""));
    for number in ["0", "1"] {
        let folder = crates.path(number).display().to_string();
        let heading = format!("{folder}, from {folder}.yaml:\nadded   Cargo.toml\n");
        assert!(output.contains(&heading), "{output}");
        assert!(output.contains(&format!("\n{folder}: ")), "{output}");
    }

    let (exit, output, errors) = crates.run(&["--check"]);
    assert_eq!((exit, errors.as_str()), (Exit::Success, ""));
    assert_eq!(output.lines().count(), 2, "one line for each crate: {output}");
    assert_eq!(output.matches(" 0 added, 0 changed, 0 removed; ").count(), 2, "{output}");
}

#[test]
fn a_check_names_every_stale_crate_and_one_command() {
    let crates = Crates::of(&[DOCUMENT, DOCUMENT, DOCUMENT]);
    crates.run(&[]);
    for number in ["0", "2"] {
        fs::remove_file(crates.path(number).join("README.md")).unwrap();
    }

    let (exit, output, errors) = crates.run(&["--check"]);

    assert_eq!(exit, Exit::Failure);
    let folder = |number: &str| crates.path(number).display().to_string();
    let expected = format!(
        "error: {0} is not what {0}.yaml gives,\n       {1} is not what {1}.yaml gives. \
         Make it so with\n\n    cargo xtask codegen\n\n",
        folder("0"),
        folder("2")
    );
    assert_eq!(errors, expected);
    assert_eq!(output.matches(", from ").count(), 2, "the other is current: {output}");
    assert_eq!(output.matches("\nadded   README.md\n").count(), 2, "{output}");
    assert!(!crates.path("0/README.md").exists(), "a check writes nothing");
}

/// Neither a document with errors nor a folder of somebody else's keeps the others from being made.
#[test]
fn a_crate_that_cannot_be_made_stops_no_other() {
    let crates = Crates::of(&[BROKEN, DOCUMENT, DOCUMENT]);
    fs::create_dir(crates.path("1")).unwrap();
    fs::write(crates.path("1/thesis.txt"), "years of work").unwrap();

    let (exit, output, errors) = crates.run(&[]);

    assert_eq!(exit, Exit::Failure);
    assert!(errors.contains("0.yaml") && errors.contains("it holds `thesis.txt`"), "{errors}");
    assert!(!crates.path("0").exists());
    assert!(crates.path("2/Cargo.toml").exists(), "{output}");
}

#[test]
fn the_report_for_tools_is_one_object() {
    let crates = Crates::of(&[BROKEN, DOCUMENT, BROKEN]);
    let (exit, output, errors) = crates.run(&["--format", "json"]);
    assert_eq!(exit, Exit::Failure);
    let report: Value = serde_json::from_str(&output).unwrap();
    let list = report["diagnostics"].as_array().unwrap();
    assert_eq!(report["errors"].as_u64(), Some(list.len() as u64));
    for name in ["0.yaml", "2.yaml"] {
        let is_there = list.iter().any(|it| it["file"].as_str().unwrap().ends_with(name));
        assert!(is_there, "{output}");
    }
    assert!(errors.contains("added   Cargo.toml"), "what was done is told there: {errors}");
}
