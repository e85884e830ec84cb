//! `cargo install --path xtask`: the program works in any folder, without the repository that it was built in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sdk_tests::documents::PETS;
use sdk_tests::folder::workspace;
use tempfile::TempDir;
use xtask::crates;

/// What of the repository is neither built nor part of the program.
const LEFT_OUT: [&str; 2] = [".git", "target"];

/// The installed program, and an empty folder to run it in.
struct Installed {
    program: PathBuf,
    folder: TempDir,
    _root: TempDir,
}

impl Installed {
    /// Installs the program from a copy of the repository, which is gone afterwards.
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let copy = root.path().join("repository");
        copy_folder(&workspace(), &copy);
        let output = Command::new(env!("CARGO"))
            .args(["install", "--locked", "--debug", "--path", "xtask", "--root"])
            .arg(root.path())
            // What is built already need not be built again.
            .arg("--target-dir")
            .arg(workspace().join("target"))
            .current_dir(&copy)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::remove_dir_all(copy).unwrap();
        let program = root.path().join("bin/cargo-sdk");
        Self { program, folder: tempfile::tempdir().unwrap(), _root: root }
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Runs it as cargo does for `cargo sdk`. Gives the exit code, and all that it prints.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(&self.program)
            .arg("sdk")
            .args(arguments)
            .current_dir(&self.folder)
            .env_remove("CARGO_MANIFEST_DIR")
            .env("XDG_CACHE_HOME", workspace().join("target/installed"))
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8_lossy(&text).into_owned())
    }

    /// Runs it, with success.
    fn good(&self, arguments: &[&str]) -> String {
        let (code, text) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {text}");
        text
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        match path.is_dir() {
            true => copy_folder(&path, &to.join(name)),
            false => drop(fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}

#[test]
#[ignore = "builds the program anew: .ci/run does"]
fn the_program_works_without_the_repository() {
    let sdk = Installed::new();
    commands(&sdk);
    crates_of_the_folder(&sdk);
    new_repository(&sdk);
}

#[test]
#[ignore = "builds the program anew, and the generator with other templates, which takes minutes"]
fn templates_of_ones_own_are_taken() {
    own_templates(&Installed::new());
}

fn commands(sdk: &Installed) {
    fs::write(sdk.path("pets.yaml"), PETS).unwrap();
    let help = sdk.good(&[]);
    assert!(help.contains("Usage: cargo sdk <COMMAND>") && !help.contains("xtask"), "{help}");
    assert!(!help.contains("judge"), "{help}");
    let help = sdk.good(&["codegen", "--help"]);
    assert!(help.contains("  cargo sdk codegen --check") && !help.contains("xtask"), "{help}");

    let made = sdk.good(&["codegen", "--spec", "pets.yaml", "--out", "pets", "--name", "pets-sdk"]);
    assert!(made.contains("pets: "), "{made}");
    let output =
        crates::command(&sdk.path("pets")).unwrap().args(["check", "--quiet"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    assert!(sdk.good(&["list", "--spec", "pets.yaml"]).contains("getPet"));
    assert!(sdk.good(&["explain", "dangling-reference"]).contains("reference"));
    assert!(sdk.good(&["schema"]).contains("\"$schema\""));
    fs::write(sdk.path("own.yaml"), PETS.replace("getPet", "findPet")).unwrap();
    assert!(sdk.good(&["diff", "pets.yaml", "own.yaml"]).contains("find_pet"));
    let empty = "openapi: 3.0.3\ninfo: {title: Own, version: '1'}\npaths: {}\n";
    fs::write(sdk.path("empty.yaml"), empty).unwrap();
    let import = ["import", "--from", "pets.yaml", "--operation", "getPet", "--spec", "empty.yaml"];
    assert!(sdk.good(&import).contains("added "));
    assert!(sdk.good(&["completions", "bash"]).contains("sdk() { cargo sdk \"$@\"; }"));
    let (code, text) = sdk.run(&["judge", "pets.yaml"]);
    assert!(code == 1 && text.contains("`judge` is not part of the installed program"), "{text}");
}

/// The crates of the folder, or of one above it, are those that a manifest lists there.
fn crates_of_the_folder(sdk: &Installed) {
    let (code, text) = sdk.run(&["codegen"]);
    assert!(code == 1 && text.contains("names no crate"), "{text}");
    let list = "[workspace]\nmembers = [\"pets\"]\n\n[[workspace.metadata.codegen]]\nspec = \"pets.yaml\"\nname = \"pets-sdk\"\nout = \"pets\"\n";
    fs::write(sdk.path("Cargo.toml"), list).unwrap();
    sdk.good(&["codegen", "--check"]);
    fs::write(sdk.path("pets.yaml"), PETS.replace("Pet Store", "Pet Shop")).unwrap();
    let (code, text) = sdk.run(&["codegen", "--check"]);
    assert!(code == 1 && text.contains("\n    cargo sdk codegen\n"), "{text}");
}

fn new_repository(sdk: &Installed) {
    sdk.good(&["new", "--spec", "pets.yaml", "--name", "pet-shop-sdk", "repository"]);
    let template = fs::read_to_string(workspace().join("templates/api.rs.jinja")).unwrap();
    assert_eq!(
        fs::read_to_string(sdk.path("repository/templates/api.rs.jinja")).unwrap(),
        template
    );
    assert!(sdk.path("repository/generated/src/lib.rs").exists());
}

fn own_templates(sdk: &Installed) {
    fs::write(sdk.path("pets.yaml"), PETS).unwrap();
    fs::create_dir(sdk.path("templates")).unwrap();
    let template = fs::read_to_string(workspace().join("templates/readme.md.jinja")).unwrap();
    let mine = template.replace("## What it depends on", "## Our dependencies");
    assert_ne!(mine, template);
    fs::write(sdk.path("templates/readme.md.jinja"), mine).unwrap();
    let arguments = [
        "codegen",
        "--spec",
        "pets.yaml",
        "--out",
        "pets",
        "--name",
        "pets-sdk",
        "--templates",
        "templates",
    ];
    sdk.good(&arguments);
    let readme = fs::read_to_string(sdk.path("pets/README.md")).unwrap();
    assert!(
        readme.contains("## Our dependencies") && readme.contains("## All operations"),
        "{readme}"
    );

    fs::write(sdk.path("templates/readme.md.jinja"), "{% if %}").unwrap();
    let (code, text) = sdk.run(&arguments);
    assert!(code == 1 && text.contains("readme.md.jinja"), "{text}");
    fs::write(sdk.path("templates/extra.md.jinja"), "mine").unwrap();
    let (code, text) = sdk.run(&arguments);
    assert!(code == 1 && text.contains("takes the place of no template"), "{text}");
}
