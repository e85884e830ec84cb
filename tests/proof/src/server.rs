//! A server as a process of its own.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A running server. Dropping it ends the process.
pub(crate) struct Server {
    process: Child,
    url: String,
}

/// Why there is no server.
pub(crate) enum Unserved {
    /// The command cannot be started.
    NotStarted(io::Error),
    /// It does not say in time where it listens; what it says instead.
    Silent(String),
}

impl Server {
    /// Starts a command, and waits until a line of its output says where it listens: `url` finds that in a line.
    pub(crate) fn start(
        command: &mut Command,
        patience: Duration,
        url: impl Fn(&str) -> Option<String> + Send + 'static,
    ) -> Result<Self, Unserved> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().map_err(Unserved::NotStarted)?;
        let output = process.stdout.take();
        let errors = process.stderr.take();
        let mut server = Self { process, url: String::new() };
        let (sender, urls) = mpsc::channel();
        // A server blocks on a full pipe, so its output is read to the end.
        let reader = thread::spawn(move || {
            let mut last = String::new();
            let lines = output.into_iter().flat_map(|it| BufReader::new(it).lines());
            for line in lines.map_while(Result::ok) {
                if let Some(url) = url(&line) {
                    // Nobody waits any more where that took too long.
                    let _ = sender.send(url);
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
        match urls.recv_timeout(patience) {
            Ok(url) => {
                server.url = url;
                Ok(server)
            }
            Err(_) => {
                drop(server);
                let said = [reader.join(), errors.join()].map(Result::unwrap_or_default).join("\n");
                Err(Unserved::Silent(said))
            }
        }
    }

    /// Where it listens, such as `http://127.0.0.1:4010`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which changes nothing.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
