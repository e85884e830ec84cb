//! What `cargo xtask diff` says of a change, beside what cargo-semver-checks says of the two crates.
//!
//! It needs cargo-semver-checks, whose program the variable `SEMVER_CHECKS` names:
//!
//! ```sh
//! SEMVER_CHECKS=~/.cargo/bin/cargo-semver-checks cargo test -p sdk-tests --test tool semver -- --ignored --nocapture
//! ```

mod kinds;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::Options;
use codegen::diagnostics::Diagnostics;
use codegen::ir::Sdk;
use kinds::KINDS;
use tools::diff::{self, Impact};

const PETS: &str = include_str!("pets.yaml");

/// After 1.0.0, so that each kind of change has a number of its own.
const SETTINGS: &str = "[package]\nname = \"pets-sdk\"\nversion = \"1.0.0\"\n";

/// What only brings dependencies along that are compiled for a long time, and nothing that is public.
const LEFT_OUT: [&str; 4] = ["default", "native-tls", "oauth", "rustls"];

/// The page with the table.
const PAGE: &str = include_str!("../../../../docs/versions.md");

/// The document after a change. Each text that is replaced stands there as often as the change is meant for.
fn changed(replacements: &[(&str, &str)]) -> String {
    replacements.iter().fold(PETS.to_owned(), |document, (from, to)| {
        assert!(document.contains(from), "{from} is not in the document");
        document.replace(from, to)
    })
}

/// A folder in which one crate after the other is made, so that their dependencies are compiled once.
struct Workshop {
    folder: PathBuf,
}

impl Workshop {
    fn options(&self, document: &str) -> Options {
        let [spec, config] = ["pets.yaml", "sdk.toml"].map(|name| self.folder.join(name));
        fs::write(&spec, document).unwrap();
        fs::write(&config, SETTINGS).unwrap();
        Options { spec, config: Some(config), ..Options::default() }
    }

    /// The SDK before it is rendered.
    fn sdk(&self, document: &str) -> Sdk {
        let options = self.options(document);
        let mut diagnostics = Diagnostics::new();
        let (document, config) = codegen::read(&options, &mut diagnostics).unwrap();
        let lowered = codegen::lowered(document, config, &options, &mut diagnostics);
        lowered.unwrap_or_else(|| panic!("{diagnostics:?}"))
    }

    /// What rustdoc says of the crate, as a file of JSON.
    fn rustdoc(&self, document: &str, name: &str) -> PathBuf {
        let crate_folder = self.folder.join("crate");
        let options = self.options(document);
        let mut diagnostics = Diagnostics::new();
        let generated = codegen::generate(&options, &mut diagnostics)
            .unwrap_or_else(|| panic!("{diagnostics:?}"));
        codegen::output::update(&generated.files, &crate_folder).unwrap();
        let target = self.folder.join("target");
        let features = features(&crate_folder);
        let output = Command::new("cargo")
            .args(["rustdoc", "--quiet", "--lib", "--no-default-features", "--features", &features])
            .args(["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"])
            .current_dir(&crate_folder)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", &target)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let json = self.folder.join(name);
        fs::rename(target.join("doc/pets_sdk.json"), &json).unwrap();
        json
    }
}

fn features(crate_folder: &Path) -> String {
    let manifest: toml::Table =
        fs::read_to_string(crate_folder.join("Cargo.toml")).unwrap().parse().unwrap();
    let features = manifest["features"].as_table().unwrap().keys();
    let kept = features.filter(|feature| !LEFT_OUT.contains(&feature.as_str()));
    kept.map(String::as_str).collect::<Vec<_>>().join(",")
}

/// What ours says: which number of the version is raised.
fn ours(old: &Sdk, new: &Sdk) -> &'static str {
    match diff::compare(old, new).iter().map(|change| change.impact).max() {
        Some(Impact::Breaking) => "major",
        Some(Impact::Minor) => "minor",
        Some(Impact::Patch) => "patch",
        None => "none",
    }
}

/// What cargo-semver-checks says, and by which of its lints.
fn theirs(program: &str, old: &Path, new: &Path) -> String {
    let output = Command::new(program)
        .args(["semver-checks", "--color", "never", "--release-type", "patch"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    let lints: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure "))
        .filter_map(|line| line.split_once(':').map(|(lint, _)| lint))
        .collect();
    let verdict = ["major", "minor"]
        .into_iter()
        .find(|kind| text.contains(&format!("semver requires new {kind} version")));
    match verdict {
        Some(kind) => format!("{kind}: {}", lints.join(", ")),
        None => {
            assert!(text.contains("no semver update required"), "{text}");
            "none".to_owned()
        }
    }
}

#[test]
fn every_kind_of_change_fits_the_document() {
    for (kind, replacements) in KINDS {
        assert_ne!(changed(replacements), PETS, "{kind}");
        assert!(PAGE.contains(&format!("\n| {kind} | ")), "docs/versions.md has no row `{kind}`");
    }
}

/// The rows of the table on the page, but for their last column.
#[test]
#[ignore = "needs cargo-semver-checks, and compiles the crate of each change"]
fn both_say_what_the_page_says() {
    let program = env::var("SEMVER_CHECKS").expect("SEMVER_CHECKS names cargo-semver-checks");
    let folder = tempfile::tempdir().unwrap();
    let workshop = Workshop { folder: folder.path().to_owned() };
    let old = workshop.sdk(PETS);
    let old_json = workshop.rustdoc(PETS, "old.json");
    let mut missing = Vec::new();
    // One kind alone, while it is worked on.
    let only = env::var("SEMVER_KIND").unwrap_or_default();
    for (kind, replacements) in KINDS.iter().filter(|(kind, _)| kind.contains(&only)) {
        let document = changed(replacements);
        let ours = ours(&old, &workshop.sdk(&document));
        let theirs = theirs(&program, &old_json, &workshop.rustdoc(&document, "new.json"));
        let row = format!("| {kind} | {ours} | {theirs} |");
        println!("{row}");
        if !PAGE.contains(&row) {
            missing.push(row);
        }
    }
    assert!(missing.is_empty(), "docs/versions.md says something else of\n{}", missing.join("\n"));
}
