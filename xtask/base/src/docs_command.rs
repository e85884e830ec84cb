//! `cargo xtask docs`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use crate::delegated::{self, Package};
use crate::{Exit, Problem, program, workspace};

const EXAMPLES: &str = "\
Examples:
  cargo xtask docs
  cargo xtask docs --out public --source https://github.com/OWNER/NAME/blob/main";

/// Build the site of the pages in docs/
///
/// The order of the pages is that of docs/SUMMARY.md. Its links lead to pages of the site; those to other files of the
/// repository lead to where --source says.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Where the site is written [default: target/site]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the files of the repository are shown [default: where they are on this machine]
    #[arg(long, value_name = "URL")]
    source: Option<String>,
}

/// Has the package of the site, which is not part of this program, build it.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    program::needs_repository("docs")?;
    let out = arguments.out.clone().unwrap_or_else(|| workspace::path("target/site"));
    let mut options: Vec<OsString> = vec!["--out".into(), out.into()];
    if let Some(source) = &arguments.source {
        options.extend(["--source".into(), source.into()]);
    }
    delegated::start(Package::Site, &options)
}
