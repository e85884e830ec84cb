//! `cargo xtask diff`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use codegen::Options;
use codegen::diagnostics::Diagnostics;
use codegen::ir::Sdk;
use semver::Version;
use xtask::console::Console;
use xtask::{AllowedFiles, Exit, Problem};

use crate::diff::{self, Report};

const EXAMPLES: &str = "\
Examples:
  git show v1.2.0:spec/openapi.yaml >/tmp/old.yaml
  cargo xtask diff /tmp/old.yaml spec/openapi.yaml --config spec/sdk.toml
  cargo xtask diff old.yaml new.yaml --format markdown >>CHANGELOG.md";

/// Show what the users of an SDK see of a change of its document, and which version comes next.
///
/// The SDKs of both documents are compared, not the documents: a change breaks callers if programs that use the crate
/// are not compiled any more. That an enum has a new value, or a request a new optional parameter, breaks nobody.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The document as it was
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The document as it is now
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Which SDK to make of the documents
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Which SDK was made of the old document [default: that of --config]
    #[arg(long, value_name = "FILE")]
    old_config: Option<PathBuf>,
    /// The version of the crate before the change [default: that of the old configuration, else 0.1.0]
    #[arg(long = "current", value_name = "VERSION")]
    version: Option<Version>,
    /// How the changes are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fail if a change breaks callers
    #[arg(long)]
    deny_breaking: bool,
    #[command(flatten)]
    files: AllowedFiles,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A list for a person
    Human,
    /// A section of a changelog
    Markdown,
    /// One JSON object for a tool
    Json,
}

/// Compares the SDKs of the documents, and prints the changes.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let old_config = arguments.old_config.as_ref().or(arguments.config.as_ref());
    let old = arguments.sdk(&arguments.old, old_config, console)?;
    let new = arguments.sdk(&arguments.new, arguments.config.as_ref(), console)?;
    let (Some(old), Some(new)) = (old, new) else {
        return Ok(Exit::Failure);
    };
    let version = match &arguments.version {
        Some(version) => version.clone(),
        None => Version::parse(&old.package.version).map_err(|error| {
            let version = &old.package.version;
            Problem(format!("the version `{version}` of the old crate is none: {error}"))
        })?,
    };
    let changes = diff::compare(&old, &new);
    let report = Report::new([old.api_version, new.api_version], version, changes);
    match arguments.format {
        Format::Human => write!(console.output, "{}", report.text())?,
        Format::Markdown => write!(console.output, "{}", report.markdown())?,
        Format::Json => console.json(&report)?,
    }
    let is_denied = arguments.deny_breaking && report.breaking > 0;
    Ok(if is_denied { Exit::Failure } else { Exit::Success })
}

impl Arguments {
    /// The SDK of a document; none after an error in it, which is reported. Warnings are what `codegen` is for.
    fn sdk(
        &self,
        spec: &Path,
        config: Option<&PathBuf>,
        console: &mut Console<'_>,
    ) -> Result<Option<Sdk>, Problem> {
        let options = Options {
            spec: spec.to_owned(),
            config: config.cloned(),
            allow_files: self.files.allow_files.clone(),
            ..Options::default()
        };
        let mut diagnostics = Diagnostics::new();
        let lowered = codegen::read(&options, &mut diagnostics).and_then(|(document, config)| {
            codegen::lowered(document, config, &options, &mut diagnostics)
        });
        if diagnostics.has_errors() {
            console.report(&diagnostics)?;
            return Ok(None);
        }
        Ok(lowered)
    }
}
