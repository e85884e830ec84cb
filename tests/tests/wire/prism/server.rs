//! Prism as a process: a server that knows the document, and nothing of this SDK.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use sdk_tests::folder::workspace;

/// The environment variable with the absolute path of Prism's program.
const PROGRAM: &str = "PRISM";

/// How long Prism may take until it listens.
const PATIENCE: Duration = Duration::from_secs(60);

/// What stands before the URL in the line that says that Prism listens.
const LISTENING: &str = "Prism is listening on ";

/// A running Prism that serves `spec/okta.yaml`. Dropping it ends the process.
pub struct Prism {
    process: Child,
    url: String,
}

impl Prism {
    /// Starts Prism on a free port, and waits until it listens.
    pub fn start() -> Self {
        let Some(program) = env::var_os(PROGRAM) else {
            panic!("set {PROGRAM} to the path of Prism's program: see CONTRIBUTING.md");
        };
        let mut process = Command::new(&program)
            .args(["mock", "--errors", "--host", "127.0.0.1", "--port", "0"])
            .arg(workspace().join("spec/okta.yaml"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        let output = process.stdout.take().expect("the output is piped");
        let mut prism = Self { process, url: String::new() };
        let (sender, lines) = mpsc::channel();
        // Prism blocks on a full pipe, so its output is read to the end.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some((_, url)) = line.split_once(LISTENING) {
                    // Nobody waits any more where that took too long.
                    let _ = sender.send(url.trim().to_owned());
                }
            }
        });
        prism.url = lines.recv_timeout(PATIENCE).expect("Prism says where it listens");
        prism
    }

    /// Where it listens, such as `http://127.0.0.1:4010`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended by itself, which is no failure of the test.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
