//! The option that lets a document refer to files elsewhere.

use std::path::PathBuf;

use clap::Args;

/// Shared by all commands that read a document.
#[derive(Args, Clone)]
pub struct AllowedFiles {
    /// Let the document refer to the files of this folder, too; may be given more than once
    ///
    /// A document may refer to files in and below its own folder only. Symbolic links are looked through.
    #[arg(long = "allow-files", value_name = "DIR")]
    pub allow_files: Vec<PathBuf>,
}
