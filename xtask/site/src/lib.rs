//! The pages in `docs/` as a site: `book.toml` says how it looks, `docs/SUMMARY.md` in which order the pages come.
//!
//! mdBook is here as a library, in a package of its own that `cargo xtask docs` starts through cargo: nobody installs a
//! program, the version is that of `Cargo.lock`, links may lead out of `docs/`, and whoever only generates compiles nothing
//! of it. Neither does whoever builds the whole workspace, for which there is the feature `mdbook`.
#![cfg(feature = "mdbook")]

mod links;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use clap::Parser;
use mdbook_driver::MDBook;
use xtask::console::Console;
use xtask::{Exit, Problem};

use links::Links;

/// The file by which mdBook marks what it wrote, and how it begins.
const MARK: (&str, &str) = (".nojekyll", "This file makes sure that Github Pages");

/// What `cargo xtask docs` hands on.
#[derive(Parser)]
#[command(name = "site")]
struct CommandLine {
    /// Where the site is written
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where the files of the repository are shown
    #[arg(long, value_name = "URL")]
    source: Option<String>,
}

/// Runs the command line `arguments`, whose first is the name of the program.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    console: &mut xtask::Console<'_>,
) -> Exit {
    xtask::run_command(arguments, console, |command_line: &CommandLine, console| {
        command(command_line, console)
    })
}

fn command(command_line: &CommandLine, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let CommandLine { out, source } = command_line;
    build(out, source.as_deref())?;
    writeln!(console.output, "the site is in {}", out.join("index.html").display())?;
    Ok(Exit::Success)
}

/// Builds the site of this workspace into a folder, in the place of the site that is there.
///
/// A link of a page to a file that is no page leads to that file below the URL `source`, such as
/// `https://github.com/OWNER/NAME/blob/main`, or else to the file itself.
///
/// # Errors
///
/// A folder that holds something else, a page that `SUMMARY.md` names and that is not there, and what the file system
/// refuses.
pub fn build(out: &Path, source: Option<&str>) -> Result<(), Problem> {
    check(out)?;
    let absolute = |path: &Path| {
        absolute(path).map_err(|error| Problem(format!("{} is no path: {error}", path.display())))
    };
    let out = absolute(out)?;
    // Its name is short where the working directory is that of the workspace.
    let manifest = absolute(&xtask::workspace_manifest())?;
    let root = manifest.parent().unwrap_or(Path::new("/")).to_owned();
    let source = source.map_or_else(|| file_url(&root), str::to_owned);
    let wrong = |error: mdbook_driver::errors::Error| {
        Problem(format!("the site cannot be built: {error:#}"))
    };
    let mut book = MDBook::load(&root).map_err(wrong)?;
    book.config.build.build_dir = out;
    book.with_preprocessor(Links::new(&book.config.book.src.clone(), &source));
    book.build().map_err(wrong)
}

/// Everything in the folder of a site is removed before another one is written, so it has to be one.
fn check(out: &Path) -> Result<(), Problem> {
    let is_free = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(Problem(format!("{} cannot be read: {error}", out.display()))),
    };
    let (name, beginning) = MARK;
    let is_site =
        || fs::read_to_string(out.join(name)).is_ok_and(|text| text.starts_with(beginning));
    if is_free || is_site() {
        return Ok(());
    }
    Err(Problem(format!(
        "{} holds something that is no site: name a folder that is not there yet",
        out.display()
    )))
}

/// The URL of a folder on this machine (RFC 8089).
fn file_url(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace('\\', "/");
    let path = path.replace('%', "%25").replace(' ', "%20").replace('#', "%23");
    format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(folder.path()).is_ok());
        assert!(check(&folder.path().join("new")).is_ok());
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        let refused = check(folder.path()).unwrap_err().0;
        assert!(
            refused
                .ends_with("holds something that is no site: name a folder that is not there yet")
        );
        fs::write(folder.path().join(MARK.0), format!("{} ...", MARK.1)).unwrap();
        assert!(check(folder.path()).is_ok());
    }

    /// RFC 8089, section 2, and for a drive letter appendix E.2.
    #[test]
    fn a_folder_has_a_url() {
        assert_eq!(file_url(Path::new("/my home/a#b")), "file:///my%20home/a%23b");
        assert_eq!(file_url(Path::new("c:/sdk")), "file:///c:/sdk");
    }
}
