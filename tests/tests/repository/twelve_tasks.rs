//! Twelve tasks of an Okta administrator, written with the crate of Okta's management document: each in
//! fewer than 15 lines, against a mock or a server of the test's.
//!
//! The document is not in this repository. Where it is beside it, or the variable `OKTA_MANAGEMENT_SPEC`
//! names it, the ignored test makes the crate of all of it, and runs the tasks.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use sdk_tests::command::codegen_into;
use sdk_tests::folder::{texts, workspace};
use syn::spanned::Spanned;
use xtask::{Exit, crates};

/// A task of so many lines is too long.
const TOO_LONG: usize = 15;

/// The functions of a file that others can call, with their numbers of lines.
fn tasks(text: &str) -> Vec<(String, usize)> {
    let file = syn::parse_file(text).unwrap();
    let functions = file.items.iter().filter_map(|item| match item {
        syn::Item::Fn(function) => Some(function),
        _ => None,
    });
    let public = functions.filter(|function| matches!(function.vis, syn::Visibility::Public(_)));
    let lines = |function: &syn::ItemFn| {
        let (start, end) = (function.sig.span().start(), function.block.span().end());
        (function.sig.ident.to_string(), end.line - start.line + 1)
    };
    public.map(lines).collect()
}

#[test]
fn each_task_is_short() {
    let files = texts(&workspace().join("tests/twelve_tasks/src"));
    let all: Vec<(String, usize)> = files.values().flat_map(|text| tasks(text)).collect();
    // Two of the twelve are two functions each.
    assert!(all.len() >= 12, "{all:?}");
    for (name, lines) in &all {
        assert!(*lines < TOO_LONG, "`{name}` has {lines} lines");
    }
}

/// The document, where it is.
fn document() -> Option<PathBuf> {
    let path = match env::var_os("OKTA_MANAGEMENT_SPEC") {
        Some(path) => path.into(),
        None => workspace().join("../shared/specs/okta-management-minimal.yaml"),
    };
    path.is_file().then_some(path)
}

/// Copies the files of the tasks' crate into a folder.
fn copy(folder: &Path) {
    for (path, text) in texts(&workspace().join("tests/twelve_tasks")) {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }
}

#[test]
#[ignore = "compiles the crate of a document that is not in this repository"]
fn the_tasks_do_what_they_say() {
    let Some(document) = document() else {
        println!("left out: there is no document of Okta's management API");
        return;
    };
    let folder = workspace().join("target/twelve");
    let config = workspace().join("spec/sdk.toml");
    let arguments = ["--spec", document.to_str().unwrap(), "--config", config.to_str().unwrap()];
    let name = ["--name", "okta-management", "--no-tests"];
    let run = codegen_into(&folder.join("sdk"), &[&arguments[..], &name[..]].concat());
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let program = folder.join("tasks");
    let _ = fs::remove_dir_all(&program);
    copy(&program);
    for arguments in [&["fmt", "--check"][..], &["test", "--quiet"]] {
        let mut cargo = crates::command(&program).unwrap();
        let output = cargo.args(arguments).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text);
        assert!(output.status.success() && !text.contains("\nwarning"), "{arguments:?}: {text}");
    }
}
