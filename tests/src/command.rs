//! The command line `cargo xtask`, run inside the test's own process.

use std::path::Path;

use serde_json::Value;
use xtask::{Console, Exit};

/// How a run of `cargo xtask` ended, and what it wrote.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub exit: Exit,
    /// The standard output.
    pub output: String,
    /// The standard error output.
    pub errors: String,
}

/// Runs `cargo xtask` with these arguments.
pub fn xtask(arguments: &[&str]) -> Run {
    run(|console| xtask::run([&["xtask"], arguments].concat(), console))
}

/// Runs the package that `cargo xtask conformance` and `cargo xtask judge` start, with these arguments.
pub fn proof(arguments: &[&str]) -> Run {
    run(|console| proof::run([&["proof"], arguments].concat(), console))
}

/// Runs the package that `cargo xtask diff` and others start, with these arguments.
pub fn tools(arguments: &[&str]) -> Run {
    run(|console| tools::run([&["tools"], arguments].concat(), console))
}

fn run(program: impl FnOnce(&mut Console<'_>) -> Exit) -> Run {
    let mut output = Vec::new();
    let mut errors = Vec::new();
    let exit = program(&mut Console {
        output: &mut output,
        errors: &mut errors,
        colored: false,
        colored_output: false,
    });
    Run {
        exit,
        output: String::from_utf8(output).expect("the output is UTF-8"),
        errors: String::from_utf8(errors).expect("the error output is UTF-8"),
    }
}

/// Runs `cargo xtask codegen` into the folder `out`, with these further arguments.
pub fn codegen_into(out: &Path, arguments: &[&str]) -> Run {
    let out = out.to_str().expect("the path of a temporary folder is UTF-8");
    xtask(&[&["codegen", "--out", out], arguments].concat())
}

/// One diagnostic, as `--format json` reports it.
#[derive(Debug, PartialEq, Eq)]
pub struct Reported {
    /// `dangling-reference` and the like.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// The name of the file, without its folder.
    pub file: String,
    /// Line and column, counted from 1.
    pub place: (u64, u64),
}

impl Run {
    /// The diagnostics of a run with `--format json`.
    pub fn diagnostics(&self) -> Vec<Reported> {
        let report: Value = serde_json::from_str(&self.output).expect("the report is JSON");
        let diagnostics = report["diagnostics"].as_array().expect("a list");
        diagnostics.iter().map(Reported::of).collect()
    }
}

impl Reported {
    fn of(diagnostic: &Value) -> Self {
        let text = |key: &str| diagnostic[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| diagnostic[key].as_u64().unwrap_or_default();
        let file = text("file");
        Self {
            code: text("code"),
            message: text("message"),
            file: file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            place: (number("line"), number("column")),
        }
    }
}
