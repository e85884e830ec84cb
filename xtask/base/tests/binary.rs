//! The program itself: what the tests of the workspace, which call the library, cannot see.

use std::process::Command;

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
