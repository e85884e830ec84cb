//! The programs that are made beside the SDKs of this workspace, run as processes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::folder::workspace;

/// What cargo is asked for: both programs, with the features that `cargo test --workspace` has for what they depend on, so
/// that all of it is there already. Of the dependencies of tests it takes the features only where something is built that is
/// for tests, such as an example.
const BUILD: [&str; 10] = [
    "build",
    "--quiet",
    "--message-format=json",
    "--workspace",
    "--bin",
    "okta",
    "--bin",
    "features",
    "--example",
    "add_header",
];

/// A program, in a folder of its own and without any setting of whoever runs the tests.
pub struct Program {
    path: PathBuf,
    folder: tempfile::TempDir,
}

/// How a run of a program ended, and what it wrote.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: Option<i32>,
    /// The standard output.
    pub output: Vec<u8>,
    /// The standard error output.
    pub errors: String,
}

impl Program {
    /// The program of that name, built if it is not.
    ///
    /// # Panics
    ///
    /// It cannot be built.
    pub fn new(name: &str) -> Self {
        let path = built().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        assert!(path.exists(), "{} was not built", path.display());
        Self { path, folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The folder in which it runs, which is its home, too.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs it with these arguments.
    ///
    /// # Panics
    ///
    /// It cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[], b"")
    }

    /// Runs it with these arguments, environment variables and standard input.
    ///
    /// # Panics
    ///
    /// It cannot be started.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Ran {
        let mut command = Command::new(&self.path);
        command.args(arguments).current_dir(self.folder()).env_clear();
        command.env("HOME", self.folder()).env("NO_PROXY", "*").envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("the program starts");
        let mut stdin = process.stdin.take().expect("it has a standard input");
        // A program that needs no input may have ended.
        let _ = stdin.write_all(input);
        drop(stdin);
        let Output { status, stdout, stderr } = process.wait_with_output().expect("it ends");
        let errors = String::from_utf8(stderr).expect("the error output is UTF-8");
        Ran { code: status.code(), output: stdout, errors }
    }
}

impl Ran {
    /// The standard output as text.
    ///
    /// # Panics
    ///
    /// It is no UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.output).expect("the output is UTF-8")
    }

    /// The standard output as JSON, of a run without failure.
    ///
    /// # Panics
    ///
    /// The run failed, or the output is no JSON.
    pub fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{}", self.errors);
        serde_json::from_slice(&self.output).expect("the output is JSON")
    }
}

/// The folder that the programs are in, once they are built.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(BUILD).current_dir(workspace());
        let output = command.stderr(Stdio::inherit()).output().expect("cargo starts");
        assert!(output.status.success(), "the programs cannot be built");
        let messages = String::from_utf8(output.stdout).expect("messages are UTF-8");
        let program = messages.lines().find_map(|line| {
            let message: Value = serde_json::from_str(line).ok()?;
            let is_program = message["target"]["kind"] == json!(["bin"]);
            Some(PathBuf::from(message["executable"].as_str().filter(|_| is_program)?))
        });
        program.expect("a program").parent().expect("a folder").to_owned()
    })
}
