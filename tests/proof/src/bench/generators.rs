//! The generators that are compared: ours, and those that people would use instead.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::{Problem, crates, workspace_manifest, workspace_path};

use super::measure::{self, Cost};

/// A generator as an executable.
pub(crate) struct Generator {
    pub(crate) name: String,
    program: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Ours,
    OpenapiToRust,
    Progenitor,
}

/// A rival: its package, the version that is compared, and its executable.
const RIVALS: [(&str, &str, &str, Kind); 2] = [
    ("openapi-to-rust", "0.23.0", "openapi-to-rust", Kind::OpenapiToRust),
    ("cargo-progenitor", "0.15.0", "cargo-progenitor", Kind::Progenitor),
];

/// Builds this generator as `cargo install` would.
///
/// # Errors
///
/// It does not build.
pub(crate) fn ours() -> Result<Generator, Problem> {
    let target = target_folder();
    let mut command = crates::cargo_itself();
    command.args(["build", "--release", "--package", "xtask", "--manifest-path"]);
    measure::cost(command.arg(workspace_manifest()).arg("--target-dir").arg(&target))?;
    let name = format!("this generator {}", env!("CARGO_PKG_VERSION"));
    Ok(Generator { name, program: target.join("release/xtask"), kind: Kind::Ours })
}

/// Where the programs that are compared are built, beside those of other commands.
pub(crate) fn target_folder() -> PathBuf {
    workspace_path("target")
}

/// Installs the rivals below a folder, where they are not there already.
///
/// # Errors
///
/// One cannot be had, or does not build.
pub(crate) fn rivals(folder: &Path) -> Result<Vec<Generator>, Problem> {
    RIVALS
        .iter()
        .map(|(package, version, program, kind)| {
            let root = folder.join(format!("{package}-{version}"));
            let installed = root.join("bin").join(program);
            if !installed.exists() {
                let mut command = crates::cargo_itself();
                command.args(["install", "--locked", package, "--version", version, "--root"]);
                measure::cost(command.arg(&root).env("CARGO_TARGET_DIR", folder.join("target")))?;
            }
            Ok(Generator { name: format!("{package} {version}"), program: installed, kind: *kind })
        })
        .collect()
}

impl Generator {
    /// Makes a crate of a document in a folder, which is emptied first. Gives what that cost.
    ///
    /// # Errors
    ///
    /// The generator refuses the document.
    pub(crate) fn generate(&self, document: &Path, folder: &Path) -> Result<Cost, Problem> {
        self.generate_by(document, None, folder)
    }

    /// As [`Self::generate`], for this generator by an `sdk.toml`.
    ///
    /// # Errors
    ///
    /// The generator refuses the document.
    pub(crate) fn generate_by(
        &self,
        document: &Path,
        configuration: Option<&Path>,
        folder: &Path,
    ) -> Result<Cost, Problem> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let mut command = Command::new(&self.program);
        match self.kind {
            Kind::Ours => {
                command.args(["codegen", "--name", "measured", "--spec"]).arg(document);
                command.arg("--out").arg(folder);
                if let Some(file) = configuration {
                    command.arg("--config").arg(file);
                }
            }
            Kind::OpenapiToRust => {
                command.args(["generate", "--quiet", "--output-dir"]);
                command.arg(folder.join("src/generated")).arg(document);
            }
            Kind::Progenitor => {
                command.args(["progenitor", "--name", "measured", "--version", "0.1.0", "--input"]);
                command.arg(document).arg("--output").arg(folder);
            }
        }
        let cost = measure::cost(&mut command)?;
        if let Kind::OpenapiToRust = self.kind {
            complete(folder)?;
        }
        Ok(cost)
    }
}

/// Makes a crate of a module, which is what openapi-to-rust writes, with the dependencies that it asks for.
fn complete(folder: &Path) -> Result<(), Problem> {
    let dependencies = fs::read_to_string(folder.join("src/generated/REQUIRED_DEPS.toml"))?;
    let package = "[package]\nname = \"measured\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    fs::write(folder.join("Cargo.toml"), format!("{package}{dependencies}"))?;
    fs::write(folder.join("src/lib.rs"), "#![allow(warnings)]\npub mod generated;\n")?;
    Ok(())
}
