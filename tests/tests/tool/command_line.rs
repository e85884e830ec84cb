//! `cargo xtask` as its user meets it.

use std::fs;
use std::path::Path;
use std::process::Command;

use sdk_tests::command::{Run, codegen_into, proof, tools, xtask};
use sdk_tests::documents::PETS;
use sdk_tests::folder::{differing, snapshot, texts, workspace};
use xtask::{Console, Exit};

/// Generates the pet store into a new folder, with further arguments.
fn generate_pets(folder: &Path, arguments: &[&str]) -> Run {
    let spec = folder.join("pets.yaml");
    fs::write(&spec, PETS).unwrap();
    let spec = spec.to_str().unwrap();
    codegen_into(&folder.join("pets"), &[&["--spec", spec], arguments].concat())
}

#[test]
fn a_document_alone_makes_a_crate() {
    let folder = tempfile::tempdir().unwrap();

    let run = generate_pets(folder.path(), &["--name", "pet-sdk"]);

    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains("added   src/lib.rs\n"), "{}", run.output);
    assert!(run.output.contains(" 1 operation, 1 model; "), "{}", run.output);
    let manifest = fs::read_to_string(folder.path().join("pets/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pet-sdk\""), "{manifest}");
    for (path, text) in texts(&folder.path().join("pets")) {
        assert!(!text.to_lowercase().contains("okta"), "{path} takes from the workspace's own SDK");
    }
}

#[test]
fn every_run_gives_the_same_bytes() {
    let first = tempfile::tempdir().unwrap();
    let second = tempfile::tempdir().unwrap();
    generate_pets(first.path(), &["--name", "pet-sdk"]);
    generate_pets(second.path(), &["--name", "pet-sdk"]);
    let differing = differing(&texts(first.path()), &texts(second.path()));
    assert_eq!(differing, [""; 0]);
}

#[test]
fn a_check_names_the_command_with_its_options() {
    let folder = tempfile::tempdir().unwrap();

    let run = generate_pets(folder.path(), &["--check", "--name", "pet-sdk", "--no-tests"]);

    assert_eq!(run.exit, Exit::Failure);
    let command = format!(
        "    cargo xtask codegen --spec {0}/pets.yaml --out {0}/pets --name pet-sdk --no-tests\n",
        folder.path().display()
    );
    assert!(run.errors.contains(&command), "{}", run.errors);
    assert!(!folder.path().join("pets").exists(), "a check writes nothing");
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pets")).unwrap();
    fs::write(folder.path().join("pets/thesis.txt"), "years of work").unwrap();
    let before = snapshot(&folder.path().join("pets"));

    let run = generate_pets(folder.path(), &["--name", "pet-sdk"]);

    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("it holds `thesis.txt`"), "{}", run.errors);
    let after = snapshot(&folder.path().join("pets"));
    assert_eq!(differing(&after, &before), [""; 0]);
}

#[test]
fn a_document_needs_a_folder_of_its_own() {
    let run = xtask(&["codegen", "--spec", "pets.yaml"]);
    assert_eq!(run.exit, Exit::Usage);
    assert!(run.errors.contains("--out <DIR>"), "{}", run.errors);
}

/// The report of all crates is one JSON object, and what is done with them is told elsewhere.
#[test]
fn a_check_of_every_crate_is_one_report() {
    let run = xtask(&["codegen", "--check", "--format", "json"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let warnings = run.diagnostics();
    assert!(warnings.iter().any(|warning| warning.file == "openapi.yaml"), "{warnings:?}");
    assert_eq!(run.errors.matches(" 0 added, 0 changed, 0 removed; ").count(), 3, "{}", run.errors);
}

/// An option that describes a crate is about one.
#[test]
fn a_folder_alone_is_for_the_first_crate() {
    let folder = tempfile::tempdir().unwrap();
    let run = codegen_into(folder.path(), &["--name", "other-sdk"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert_eq!(run.output.matches(" operations, ").count(), 1, "{}", run.output);
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"other-sdk\""), "{manifest}");
}

#[test]
fn what_is_no_command_is_a_usage_error() {
    for arguments in [&["codegen", "--chekc"][..], &["generate"]] {
        let run = xtask(arguments);
        assert_eq!(run.exit, Exit::Usage, "{arguments:?}");
        assert!(run.errors.contains("Usage: cargo xtask"), "{}", run.errors);
        assert_eq!(run.output, "");
    }
}

#[test]
fn help_tells_every_option() {
    let run = xtask(&["codegen", "--help"]);
    assert_eq!(run.exit, Exit::Success);
    for option in [
        "--check",
        "--spec <FILE>",
        "--out <DIR>",
        "--name <CRATE>",
        "--config <FILE>",
        "--overlay <FILE>",
        "--deny-warnings",
        "--format <FORMAT>",
        "--no-tests",
        "--templates <DIR>",
    ] {
        assert!(run.output.contains(option), "{option} is missing in\n{}", run.output);
    }
}

/// The names of all subcommands, as the help lists them.
fn subcommands() -> Vec<String> {
    let help = xtask(&["--help"]).output;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    // A line that goes on is indented further.
    let goes_on = |line: &&str| line.starts_with("   ");
    let lines = list.lines().take_while(|line| !line.is_empty()).filter(|line| !goes_on(line));
    lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// The help of a subcommand, from the package that has it.
fn help(subcommand: &str) -> String {
    let arguments = [subcommand, "--help"];
    let run = match subcommand {
        "completions" | "diff" | "new" | "schema" => tools(&arguments),
        "bench" | "conformance" | "judge" | "suites" => proof(&arguments),
        _ => xtask(&arguments),
    };
    assert_eq!((run.exit, run.errors.as_str()), (Exit::Success, ""), "{subcommand}");
    run.output
}

#[test]
fn without_a_command_it_says_what_there_is() {
    let run = xtask(&[]);
    assert_eq!((run.exit, run.errors.as_str()), (Exit::Success, ""));
    for part in
        ["Usage: cargo xtask <COMMAND>", "  codegen ", "Exit codes:\n  0  ", "--help` shows"]
    {
        assert!(run.output.contains(part), "{part} is not in {}", run.output);
    }
}

#[test]
fn the_help_of_every_command_has_an_example_of_it() {
    let all = subcommands();
    assert!(all.len() > 8, "{all:?}");
    for subcommand in all {
        let help = help(&subcommand);
        let example = help.split_once("Example:\n").or(help.split_once("Examples:\n"));
        let (_, example) = example.unwrap_or_else(|| panic!("{subcommand} has no example: {help}"));
        assert!(example.contains(&format!("cargo xtask {subcommand}")), "{example}");
    }
}

#[test]
fn every_command_is_on_the_page() {
    let page = fs::read_to_string(workspace().join("docs/commands.md")).unwrap();
    for subcommand in subcommands() {
        assert!(
            page.contains(&format!("\n| `{subcommand}` | ")),
            "{subcommand} is not in docs/commands.md"
        );
    }
}

#[test]
fn help_is_coloured_where_the_output_is() {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut console =
        Console { output: &mut output, errors: &mut errors, colored: false, colored_output: true };
    xtask::run(["xtask", "--help"], &mut console);
    let output = String::from_utf8(output).unwrap();
    assert!(output.contains("\u{1b}[1m"), "{output:?}");
}

/// Bash itself says what completes a command line.
#[cfg(unix)]
#[test]
fn the_completions_complete() {
    let script = tools(&["completions", "bash"]).output;
    let ask = "COMP_WORDS=(xtask \"$@\"); COMP_CWORD=$#; _xtask xtask \"${!#}\"; echo \"${COMPREPLY[@]}\"";
    for (words, expected) in [
        (&["co"][..], "codegen completions conformance corpus"),
        (&["codegen", "--ch"], "--check"),
        (&["completions", "fi"], "fish"),
    ] {
        let bash = Command::new("bash")
            .args(["-c", &format!("{script}\n{ask}"), "bash"])
            .args(words)
            .output();
        let Ok(bash) = bash else { return };
        let reply = String::from_utf8(bash.stdout).unwrap();
        let mut reply: Vec<&str> = reply.split_whitespace().collect();
        reply.sort_unstable();
        assert_eq!(
            reply.join(" "),
            expected,
            "{words:?}: {}",
            String::from_utf8_lossy(&bash.stderr)
        );
    }
}

#[test]
fn every_shell_has_its_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = tools(&["completions", shell]);
        assert_eq!(run.exit, Exit::Success, "{shell}: {}", run.errors);
        assert!(run.output.contains("codegen"), "{shell}");
        assert!(run.output.lines().last().unwrap().contains("cargo xtask"), "{shell}");
    }
}

/// Two documents, the second with what breaks nobody and what breaks somebody.
fn two_documents(folder: &Path) -> [String; 2] {
    let new = PETS
        .replace("version: 1.0.0", "version: 1.1.0")
        .replace("required: [name]", "required: [name, bornAt]")
        .replace(
            "        name: {type: string}",
            "        name: {type: string}\n        tag: {type: string}",
        );
    [("old.yaml", PETS), ("new.yaml", &new)].map(|(name, text)| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    })
}

#[test]
fn a_difference_of_documents_is_told_for_people_and_for_a_changelog() {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = two_documents(folder.path());
    let run = tools(&["diff", &old, &new]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert_eq!(
        run.output,
        "API 1.0.0 -> 1.1.0\n\nBreaking changes:\n  ~ field models::Pet::born_at: is `jiff::Timestamp` now (it was \
         `Option<jiff::Timestamp>`); `new` takes it now\n\nNew:\n  + field models::Pet::tag: `Option<String>`\n\n2 changes, 1 breaking; version 0.1.0 -> 0.2.0\n"
    );
    let run = tools(&["diff", &old, &new, "--format", "markdown", "--current", "1.4.2"]);
    assert_eq!(
        run.output,
        "## 2.0.0\n\nFor version 1.1.0 of the API.\n\n### Breaking changes\n\n- Changed field `models::Pet::born_at`: is \
         `jiff::Timestamp` now (it was `Option<jiff::Timestamp>`); `new` takes it now\n\n### New\n\n- Added field \
         `models::Pet::tag`: `Option<String>`\n"
    );
}

#[test]
fn a_difference_of_documents_is_told_to_tools() {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = two_documents(folder.path());
    let run = tools(&["diff", &old, &new, "--format", "json", "--deny-breaking"]);
    assert_eq!(run.exit, Exit::Failure, "{}", run.errors);
    let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(report["next_version"], "0.2.0");
    assert_eq!(report["breaking"], 1);
    let change = serde_json::json!({
        "kind": "added",
        "impact": "minor",
        "subject": "field",
        "name": "models::Pet::tag",
        "text": "`Option<String>`",
    });
    assert_eq!(report["changes"][1], change);
    let same = tools(&["diff", &old, &old, "--deny-breaking"]);
    assert_eq!(same.exit, Exit::Success);
    assert!(
        same.output
            .contains("nothing that users of the SDK see has changed; version 0.1.0 -> 0.1.0")
    );
}
