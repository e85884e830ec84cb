//! Prism: a mock server that knows a document, and nothing of the SDK.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use xtask::Problem;

use crate::server::{Server, Unserved};

/// How long Prism may take until it listens.
const PATIENCE: Duration = Duration::from_secs(120);

/// What stands before the URL in the line that says that Prism listens.
const LISTENING: &str = "Prism is listening on ";

/// Starts the program on a free port of this machine, to serve a document, and waits until it
/// listens.
pub(crate) fn start(program: &Path, document: &Path) -> Result<Server, Problem> {
    let mut command = Command::new(program);
    command.args(["mock", "--host", "127.0.0.1", "--port", "0", "--seed", "1"]).arg(document);
    let url = |line: &str| Some(line.split_once(LISTENING)?.1.trim().to_owned());
    Server::start(&mut command, PATIENCE, url).map_err(|unserved| match unserved {
        Unserved::NotStarted(error) => Problem(format!(
            "{} cannot be started: {error}\nhelp: install it with `npm install @stoplight/prism-cli@5.14.2`, and name `node_modules/.bin/prism` with --prism",
            program.display()
        )),
        Unserved::Silent(said) => {
            Problem(format!("Prism does not serve {}:\n{said}", document.display()))
        }
    })
}
