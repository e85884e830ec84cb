//! The command line of a large document: 732 operations.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use sdk_tests::command::codegen_into;
use sdk_tests::folder::workspace;
use xtask::Exit;

/// Runs cargo in the folder of the package, all it builds beside it.
fn cargo(package: &Path, arguments: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(package).env("CARGO_TARGET_DIR", package.join("target"));
    let output = command.output().expect("cargo starts");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    output
}

#[test]
#[ignore = "takes minutes, and needs ../shared/specs"]
fn every_operation_of_the_management_document_is_a_command() {
    let document = workspace().join("../shared/specs/okta-management-minimal.yaml");
    let folder = tempfile::tempdir().unwrap();
    let (config, out) = (folder.path().join("sdk.toml"), folder.path().join("sdk"));
    fs::write(&config, "[package]\nname = \"org-sdk\"\n[cli]\n").unwrap();
    let (document, config) = (document.to_str().unwrap(), config.to_str().unwrap());
    let run = codegen_into(&out, &["--spec", document, "--config", config]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);

    let package = out.join("cli");
    cargo(&package, &["fmt", "--check"]);
    cargo(&package, &["clippy", "--quiet", "--", "--deny", "warnings"]);
    // The flags of all commands are built, with the checks that clap has in a debug build.
    let script = cargo(&package, &["run", "--quiet", "--", "completion", "fish"]);
    let script = String::from_utf8(script.stdout).unwrap();
    assert!(script.contains("-l profile.login "), "fields of bodies are completed");
    let help = cargo(&package, &["run", "--quiet", "--", "user", "list", "--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("--limit <NUMBER>") && help.contains("--query-limit <NUMBER>"), "{help}");
}
