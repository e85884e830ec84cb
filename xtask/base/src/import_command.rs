//! `cargo xtask import`.

use std::path::PathBuf;

use clap::Args;
use codegen::config::Select;
use codegen::diagnostics::Diagnostics;
use codegen::import::{self, Choices, Imported, Renaming, Request};
use codegen::{characters, output};

use crate::allowed_files::AllowedFiles;
use crate::console::Console;
use crate::{Exit, Problem, checked_in, program};

const EXAMPLES: &str = "\
Examples:
  cargo xtask import --from vendor.yaml --operation listUsers --dry-run
  cargo xtask import --from vendor.yaml --update";

/// What to do where each conflict need not be looked at.
const MANY_CONFLICTS: &str = "For all of them: `--keep '*'` leaves what is here as it is, which changes no type that the SDK has; `--replace '*'` takes upstream's\n";

/// Copy operations, with all that they refer to, from a vendor's document into the one in spec/.
///
/// What is in the document stays as it is, comments and formatting included. Where both documents have
/// something by the same name that does not mean the same, both places are shown and nothing is
/// written, until `--keep`, `--replace` or `--rename` says what to do. `--update` takes over a new version of the vendor's
/// document: upstream's version of each operation that the document has, and of all that it refers to.
#[derive(Args, Clone)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The document to copy from, OpenAPI 3.0, 3.1 or 3.2, YAML or JSON, a file or a URL
    #[arg(long, value_name = "UPSTREAM")]
    pub from: PathBuf,
    /// The operations with this tag; may be given more than once
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The operation with this operationId; may be given more than once
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// The operations on this path; `*` at its end stands for anything; may be given more than once
    #[arg(long = "path", value_name = "PATH")]
    paths: Vec<String>,
    /// The document to copy into [default: that of the first crate that is checked in]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Use what the document has by this name in place of upstream's; `*` for all; may be given more than once
    #[arg(long, value_name = "NAME")]
    keep: Vec<String>,
    /// Put upstream's by this name in the place of what the document has; `*` for all; may be given more than once
    #[arg(long, value_name = "NAME")]
    replace: Vec<String>,
    /// Import upstream's component by another name, as in `Error=ApiError` or, for all, `*=Upstream*`
    #[arg(long, value_name = "NAME=NEW")]
    rename: Vec<Renaming>,
    /// Import what the document has already, as upstream has it now; short for its operations and `--replace '*'`
    #[arg(long, conflicts_with_all = ["tags", "operations", "paths"])]
    update: bool,
    #[command(flatten)]
    files: AllowedFiles,
    /// Write nothing; show what would be added
    #[arg(long)]
    pub dry_run: bool,
}

/// Imports, and tells what was added.
///
/// # Errors
///
/// The list of crates cannot be read, or a file not written.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let request = arguments.request()?;
    let mut diagnostics = Diagnostics::new();
    let imported = import::import(&request, &mut diagnostics);
    console.report(&diagnostics)?;
    let Some(imported) = imported else {
        if diagnostics.iter().any(|it| it.code == "import-conflict") {
            write!(console.errors, "{MANY_CONFLICTS}")?;
        }
        return Ok(Exit::Failure);
    };
    let is_new = !imported.added.is_empty() || !imported.replaced.is_empty();
    if !arguments.dry_run && is_new {
        output::replace_file(&request.into, &imported.text)?;
    }
    tell(&imported, console)?;
    let would = if arguments.dry_run { " (nothing is written)" } else { "" };
    writeln!(console.output, "{}: {}{would}", request.into.display(), summary(&imported))?;
    if !arguments.dry_run && is_new {
        writeln!(console.output, "`{} codegen` generates what is new", program::name())?;
    }
    Ok(Exit::Success)
}

impl Arguments {
    /// The document to copy into.
    ///
    /// # Errors
    ///
    /// No option names it, and the list of crates cannot be read.
    pub fn target(&self) -> Result<PathBuf, Problem> {
        match &self.spec {
            Some(spec) => Ok(spec.clone()),
            None => Ok(checked_in::first()?.options.spec),
        }
    }

    fn request(&self) -> Result<Request, Problem> {
        let is_settled = |all: &[String]| all.iter().any(|name| name == "*");
        let all = (self.update && !is_settled(&self.keep)).then(|| "*".to_owned());
        Ok(Request {
            from: self.from.clone(),
            into: self.target()?,
            select: Select {
                tags: self.tags.clone(),
                operations: self.operations.clone(),
                paths: self.paths.clone(),
            },
            only_present: self.update,
            allow_files: self.files.allow_files.clone(),
            choices: Choices {
                keep: self.keep.clone(),
                replace: self.replace.iter().cloned().chain(all).collect(),
                rename: self.rename.clone(),
            },
        })
    }
}

/// Names what was added, and what was kept in place of upstream's, one on a line.
fn tell(imported: &Imported, console: &mut Console<'_>) -> Result<(), Problem> {
    for added in &imported.added {
        writeln!(console.output, "added {}", characters::shown(added))?;
    }
    for replaced in &imported.replaced {
        writeln!(console.output, "replaced {}", characters::shown(replaced))?;
    }
    for operation in &imported.not_upstream {
        writeln!(console.output, "not upstream: {}", characters::shown(operation))?;
    }
    for kept in &imported.kept {
        writeln!(console.output, "kept  {}", characters::shown(kept))?;
    }
    Ok(())
}

fn summary(imported: &Imported) -> String {
    format!(
        "{} added, {} there already, {} kept, {} replaced",
        imported.added.len(),
        imported.same,
        imported.kept.len(),
        imported.replaced.len()
    )
}
