//! Prism as a process: a mock server that knows a document, and nothing of the SDK.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use xtask::Problem;

/// How long Prism may take until it listens.
const PATIENCE: Duration = Duration::from_secs(120);

/// What stands before the URL in the line that says that Prism listens.
const LISTENING: &str = "Prism is listening on ";

/// A running Prism. Dropping it ends the process.
pub(crate) struct Prism {
    process: Child,
    url: String,
}

impl Prism {
    /// Starts the program on a free port of this machine, to serve a document, and waits until it
    /// listens.
    pub(crate) fn start(program: &Path, document: &Path) -> Result<Self, Problem> {
        let mut process = Command::new(program)
            .args(["mock", "--host", "127.0.0.1", "--port", "0", "--seed", "1"])
            .arg(document)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| {
                Problem(format!(
                    "{} cannot be started: {error}\nhelp: install it with `npm install @stoplight/prism-cli@5.14.2`, and name `node_modules/.bin/prism` with --prism",
                    program.display()
                ))
            })?;
        let output = process.stdout.take();
        let errors = process.stderr.take();
        let mut prism = Self { process, url: String::new() };
        let (sender, urls) = mpsc::channel();
        // Prism blocks on a full pipe, so its output is read to the end.
        let reader = thread::spawn(move || {
            let mut last = String::new();
            for line in
                output.into_iter().flat_map(|it| BufReader::new(it).lines().map_while(Result::ok))
            {
                if let Some((_, url)) = line.split_once(LISTENING) {
                    // Nobody waits any more where that took too long.
                    let _ = sender.send(url.trim().to_owned());
                }
                last = line;
            }
            last
        });
        let errors = thread::spawn(move || {
            let mut text = String::new();
            if let Some(mut errors) = errors {
                // What is no UTF-8 is no message.
                let _ = errors.read_to_string(&mut text);
            }
            text
        });
        match urls.recv_timeout(PATIENCE) {
            Ok(url) => {
                prism.url = url;
                Ok(prism)
            }
            Err(_) => {
                drop(prism);
                let said = [reader.join(), errors.join()].map(Result::unwrap_or_default).join("\n");
                Err(Problem(format!("Prism does not serve {}:\n{said}", document.display())))
            }
        }
    }

    /// Where it listens, such as `http://127.0.0.1:4010`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended by itself, which changes nothing.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
