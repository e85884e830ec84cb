//! The document that a proof is about.

use std::path::PathBuf;

use clap::Args;
use codegen::Options;
use xtask::AllowedFiles;

/// Shared by all proofs.
#[derive(Args)]
pub(crate) struct DocumentArguments {
    /// The OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// Which SDK to make of the document
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    files: AllowedFiles,
}

impl DocumentArguments {
    /// What to generate of the document.
    pub(crate) fn options(&self) -> Options {
        Options {
            spec: self.spec.clone(),
            config: self.config.clone(),
            allow_files: self.files.allow_files.clone(),
            ..Options::default()
        }
    }
}
