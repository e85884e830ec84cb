//! The program itself: what the tests of the workspace, which call the library, cannot see.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a program is waited for that stands still.
const PATIENCE: Duration = Duration::from_secs(60);

fn xtask(arguments: &[&str], directory: &str) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .expect("the program starts");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn defaults_are_found_from_any_directory() {
    for directory in ["/", env!("CARGO_MANIFEST_DIR")] {
        let (_, text) = xtask(&["codegen", "--check"], directory);
        let summary = text.lines().find(|line| line.contains(" operations, "));
        let summary = summary.unwrap_or_else(|| panic!("nothing was generated: {text}"));
        assert!(summary.contains("generated: "), "{summary}");
    }
}

#[test]
fn exit_codes_tell_an_error_from_a_usage_error() {
    let directory = env!("CARGO_MANIFEST_DIR");
    let arguments = ["codegen", "--spec", "none.yaml", "--out", "none", "--name", "none"];
    assert_eq!(xtask(&arguments, directory).0, Some(1));
    assert_eq!(xtask(&["codegen", "--none"], directory).0, Some(2));
    assert_eq!(xtask(&["--help"], directory).0, Some(0));
}

/// A program that ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn what_is_saved_is_generated_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let document = |title: &str| {
        format!("openapi: 3.0.3\ninfo: {{title: {title}, version: '1'}}\npaths: {{}}\n")
    };
    let save = |text: &str| fs::write(folder.path().join("api.yaml"), text).expect("it is written");
    save(&document("First"));
    let program = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--watch", "--spec", "api.yaml", "--out", "sdk", "--name", "a-sdk"])
        .current_dir(&folder)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut program = Running(program);
    let errors = BufReader::new(program.0.stderr.take().expect("it is piped"));
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|it| sender.send(it)));
    let until = |part: &str| loop {
        let line = lines.recv_timeout(PATIENCE).expect("the program goes on");
        if line.contains(part) {
            return line;
        }
    };
    let readme = || fs::read_to_string(folder.path().join("sdk/README.md")).expect("it is there");

    until("watching 1 file;");
    assert!(readme().contains("First"));
    save(&document("Second"));
    assert!(until("changed: ").contains("api.yaml"));
    until("watching ");
    assert!(readme().contains("Second"));
    // What is wrong is told, and mended by the next save.
    save("openapi: 3.0.3\npaths: 1\n");
    until("error[");
    until("watching ");
    save(&document("Third"));
    until("watching ");
    assert!(readme().contains("Third"));
}
