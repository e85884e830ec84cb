//! Small documents that once took minutes or gigabytes, or ended the process: each ends in a crate or in a diagnostic,
//! in time and memory linear in its size.
//!
//! Here they are small enough for a debug build, and still large enough for a square to be seen. The sizes of
//! `docs/reliability.md`, with their bars of seconds and bytes, are measured on a release build:
//!
//! ```text
//! cargo build --release -p xtask
//! cargo test -p sdk-tests --test tool limits:: -- --ignored --nocapture --test-threads 1
//! ```

mod documents;
mod measured;

use std::time::{Duration, Instant};

use documents::{Document, KINDS};
use sdk_tests::command::{Run, codegen_into};
use xtask::Exit;

/// What a debug build may take for one of the small documents. Each took several times that, or did not end.
const BAR: Duration = Duration::from_secs(120);

fn run(document: &Document) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let spec = document.write(folder.path());
    let out = folder.path().join("out");
    let start = Instant::now();
    let run = codegen_into(
        &out,
        &["--spec", spec.to_str().unwrap(), "--name", "t-sdk", "--format", "json"],
    );
    let taken = start.elapsed();
    assert!(taken < BAR, "{} took {taken:?}", document.kind);
    run
}

/// Checks that the only error of a document is `code`, that it names the limit, and where it is.
fn assert_limited(document: &Document, code: &str, words: &str, place: &str) {
    let run = run(document);
    assert_eq!(run.exit, Exit::Failure, "{}", document.kind);
    let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    let errors = report["diagnostics"].as_array().unwrap();
    let [error] = errors.as_slice() else { panic!("one error: {errors:#?}") };
    assert_eq!(error["code"], code, "{error:#}");
    assert!(error["message"].as_str().unwrap().contains(words), "{error:#}");
    assert!(error["help"].is_string(), "{error:#}");
    if !place.is_empty() {
        assert_eq!(error["pointer"], place);
    }
}

#[test]
fn every_kind_ends_in_a_crate_or_in_a_diagnostic() {
    for kind in KINDS.iter().filter(|kind| kind.limit.is_none()) {
        let document = (kind.make)(kind.name, kind.small);
        let run = run(&document);
        assert_eq!(run.exit, Exit::Success, "{}: {}", kind.name, run.errors);
    }
}

#[test]
fn a_limit_is_named_with_the_place() {
    for kind in KINDS {
        if let Some((code, words)) = kind.limit {
            assert_limited(&(kind.make)(kind.name, kind.small), code, words, "");
        }
    }
}

/// Each of the problems is about a path of 22 kB, and quotes it.
#[test]
fn a_report_of_many_problems_with_a_long_name_is_short() {
    let run = run(&documents::undeclared_parameters("undeclared parameters", 3_000));
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    let errors = report["diagnostics"].as_array().unwrap();
    assert_eq!(errors.len(), 3_000);
    for (number, error) in errors.iter().enumerate() {
        assert_eq!(error["code"], "undeclared-path-parameter");
        assert_eq!(error["pointer"], "/paths");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("`p{number}`")) && message.len() < 1_100, "{message}");
    }
}

#[test]
fn the_deepest_inheritance_is_followed() {
    assert_eq!(run(&documents::extending("extending", 65)).exit, Exit::Success);
    let document = documents::extending("extending", 66);
    let place = "/components/schemas/S65";
    assert_limited(&document, "too-deep-inheritance", "at most 64", place);
}

#[test]
fn a_default_of_a_server_variable_is_no_template() {
    let document = documents::server_variables("server variables", 28);
    let folder = tempfile::tempdir().unwrap();
    let spec = document.write(folder.path());
    let out = folder.path().join("out");
    let run = codegen_into(&out, &["--spec", spec.to_str().unwrap(), "--name", "t-sdk"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let readme = std::fs::read_to_string(out.join("README.md")).unwrap();
    assert!(readme.contains("https://{v26}{v26}.example.com"), "{readme}");
}

/// The full sizes: less than 10 s of a processor and 1 GiB for each (issue 9).
#[test]
#[ignore = "needs a release build of xtask; see the head of this file"]
fn the_full_sizes_keep_their_bars() {
    measured::measure_all();
}

#[test]
fn a_crate_may_have_as_many_lines_as_its_configuration_says() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("openapi.yaml");
    let paths = (0..20).map(|number| {
        format!(
            "  /things/{number}:\n    get: {{ responses: {{ '204': {{ description: Done. }} }} }}\n"
        )
    });
    let head = "openapi: 3.0.3\ninfo: { title: Things, version: '1' }\npaths:\n";
    std::fs::write(&spec, head.to_owned() + &paths.collect::<String>()).unwrap();
    let config = folder.path().join("sdk.toml");
    let run = |most_lines: u64| {
        std::fs::write(&config, format!("[package]\nmost-lines = {most_lines}\n")).unwrap();
        let paths = [&spec, &config].map(|path| path.to_str().unwrap());
        let arguments = ["--spec", paths[0], "--config", paths[1], "--name", "t-sdk"];
        codegen_into(&folder.path().join("out"), &arguments)
    };
    let refused = run(1_000);
    assert_eq!(refused.exit, Exit::Failure);
    assert!(refused.errors.contains("at most 1000 are written"), "{}", refused.errors);
    assert!(refused.errors.contains("package.most-lines"), "{}", refused.errors);
    let made = run(10_000);
    assert_eq!(made.exit, Exit::Success, "{}", made.errors);
}
