//! What went wrong, for a person and for a script.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use crate::{credentials, json_text, program, terminal};

/// What the help says of the exit codes.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  a file could not be read or written
  2  the command line is wrong, or its values make no request
  3  the base URL or a credential is missing or wrong
  4  the server refused the call
  5  the server failed
  6  no complete answer came in time
  7  the answer could not be read";

/// What went wrong.
pub enum Failure {
    /// The command line is wrong.
    Usage(String),
    /// A file could not be read or written: its name, and why.
    File(String, io::Error),
    /// Standard output or input could not be used.
    Stream(io::Error),
    /// The call failed.
    Call(sdk::Error),
    /// As [`Call`](Self::Call), with all that the server said, on lines of their own.
    CallInFull(sdk::Error),
}

impl From<sdk::Error> for Failure {
    fn from(error: sdk::Error) -> Self {
        Self::Call(error)
    }
}

impl Failure {
    /// Tells what went wrong on standard error, and gives the exit code.
    pub fn report(self) -> ExitCode {
        // Whoever reads the output has seen enough.
        if matches!(&self, Self::Stream(cause) if cause.kind() == ErrorKind::BrokenPipe) {
            return ExitCode::SUCCESS;
        }
        eprintln!("error: {}", terminal::text(&self.message()));
        if let Self::CallInFull(sdk::Error::Api(error)) = &self {
            let body = String::from_utf8_lossy(error.body());
            let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&body).is_ok();
            let body = if is_json { json_text::indented(&body, 0) } else { body.into_owned() };
            eprintln!("{}", terminal::text(&body));
        }
        if let Some(help) = self.help() {
            eprintln!("help: {help}");
        }
        ExitCode::from(self.code())
    }

    fn message(&self) -> String {
        match self {
            Self::Usage(message) => message.clone(),
            Self::File(name, cause) => format!("{name}: {cause}"),
            Self::Stream(cause) => format!("standard input or output: {cause}"),
            Self::Call(error) | Self::CallInFull(error) => without_code(&error.to_string()),
        }
    }

    /// The exit code, as [`EXIT_CODES`] has them.
    fn code(&self) -> u8 {
        let (Self::Call(error) | Self::CallInFull(error)) = self else {
            return if matches!(self, Self::Usage(_)) { 2 } else { 1 };
        };
        match error {
            sdk::Error::Request(_) => 2,
            sdk::Error::Configuration(_) | sdk::Error::Authentication(_) => 3,
            sdk::Error::Api(error) if error.status().is_server_error() => 5,
            sdk::Error::Api(_) => 4,
            sdk::Error::Transport(_) | sdk::Error::Timeout(_) => 6,
            _ => 7,
        }
    }

    /// What to do about it.
    fn help(&self) -> Option<String> {
        let (Self::Call(error) | Self::CallInFull(error)) = self else { return None };
        let is_unauthorized = error.status().is_some_and(|status| status.as_u16() == 401);
        let flags: Vec<String> = match error {
            sdk::Error::Configuration(_) => {
                std::iter::once("base-url".to_owned()).chain(credentials::flags()).collect()
            }
            sdk::Error::Authentication(_) => credentials::flags().collect(),
            _ if is_unauthorized => credentials::flags().collect(),
            _ => return None,
        };
        if flags.is_empty() {
            return None;
        }
        let named: Vec<String> = flags.iter().map(|flag| format!("--{flag}")).collect();
        let elsewhere = match program::VARIABLES {
            Some(prefix) => format!(
                "environment variables such as {}",
                credentials::variable(prefix, flags.first().map_or("", String::as_str))
            ),
            None => program::SETTINGS.to_owned(),
        };
        // Which setting it is says the message.
        let what = if matches!(error, sdk::Error::Configuration(_)) {
            "settings are given"
        } else {
            "give it"
        };
        Some(format!("{what} by {}, or by {elsewhere}", named.join(", ")))
    }
}

/// A message of the SDK's without what a Rust program would do about it.
fn without_code(message: &str) -> String {
    let mut parts = message.split("; use `ClientBuilder::");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('`').map_or("", |(_, after)| after));
    }
    text
}
