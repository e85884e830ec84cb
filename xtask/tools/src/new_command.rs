//! `cargo xtask new`.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use clap::Args;
use codegen::diagnostics::Diagnostics;
use xtask::console::Console;
use xtask::{AllowedFiles, Exit, Problem};

use crate::documents;
use crate::new::{self, Request};

const EXAMPLES: &str = "\
Examples:
  cargo xtask new ../pets-sdk
  cargo xtask new --spec pets.yaml --name pets-sdk --license MIT ../pets-sdk";

/// Lay out a repository like this one for another API: its document, an sdk.toml with what was found in it, the generator,
/// the generated crate, tests and CI.
///
/// What no option says is asked for on a terminal. Where there is none, --spec is needed; the name is made of the
/// document's title, and the licence is left to choose.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder of the repository: one that is not there yet, or empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON, a file or a URL
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// The name of the crate [default: made of the document's title]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// The licence of the crate, an SPDX expression
    #[arg(long, value_name = "SPDX")]
    license: Option<String>,
    #[command(flatten)]
    files: AllowedFiles,
}

/// Asks for what is missing, and lays the repository out.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let input = io::stdin();
    let mut terminal = input.is_terminal().then(|| input.lock());
    let mut asking =
        Asking { terminal: terminal.as_mut().map(|it| it as &mut dyn BufRead), console };
    let Some(spec) = asking.answer(arguments.spec.clone(), "The OpenAPI document", None)? else {
        let message = "error: --spec is missing, and there is no terminal to ask for it";
        writeln!(console.errors, "{message}")?;
        return Ok(Exit::Usage);
    };
    let fetched = documents::fetch(&spec, None, asking.console)?;
    let spec = fetched.as_ref().map_or(spec, |fetched| fetched.file.clone());
    let mut request = Request {
        spec,
        name: arguments.name.clone().unwrap_or_else(|| "sdk".to_owned()),
        license: None,
        allow_files: arguments.files.allow_files.clone(),
        folder: arguments.folder.clone(),
    };
    let mut diagnostics = Diagnostics::new();
    let read = new::read(&request, &mut diagnostics);
    asking.console.report(&diagnostics)?;
    let Some((document, sdk)) = read else {
        return Ok(Exit::Failure);
    };
    let of_title = crate_name(&sdk.title);
    let name = asking.answer(arguments.name.clone(), "The name of the crate", Some(&of_title))?;
    request.name = name.unwrap_or(of_title);
    let question = "Its licence, an SPDX expression (nothing: choose it later)";
    let license = asking.answer(arguments.license.clone(), question, Some(""))?;
    request.license = license.filter(|license| !license.is_empty());
    new::lay_out(&request, &document, &sdk)?;
    if let Some(fetched) = fetched {
        fetched.write_down(&request.folder.join(new::SPEC))?;
    }
    let folder = request.folder.display();
    writeln!(
        console.output,
        "{folder}: the repository of {}, with {} operations\n\nNext:\n  cd {folder}\n  git init && git add .\n  cargo test\n  cargo xtask codegen     # after each change of spec/, such as of spec/sdk.toml",
        request.name,
        sdk.operation_count()
    )?;
    Ok(Exit::Success)
}

/// Asks for what no option says, where there is a terminal.
struct Asking<'a, 'b, 'c> {
    terminal: Option<&'a mut dyn BufRead>,
    console: &'b mut Console<'c>,
}

impl Asking<'_, '_, '_> {
    /// What an option says, or else the user; none where there is nobody to ask. An empty answer is the default, and without
    /// one the question comes again.
    fn answer<T: From<String>>(
        &mut self,
        given: Option<T>,
        question: &str,
        default: Option<&str>,
    ) -> Result<Option<T>, Problem> {
        let Some(terminal) = self.terminal.as_mut().filter(|_| given.is_none()) else {
            return Ok(given);
        };
        loop {
            let shown = default.filter(|it| !it.is_empty());
            let shown = shown.map_or(String::new(), |default| format!(" [{default}]"));
            write!(self.console.errors, "{question}{shown}: ")?;
            let mut line = String::new();
            let length = terminal
                .read_line(&mut line)
                .map_err(|error| Problem(format!("the answer cannot be read: {error}")))?;
            match (line.trim(), default) {
                ("", Some(default)) => return Ok(Some(T::from(default.to_owned()))),
                ("", None) if length == 0 => return Ok(None),
                ("", None) => {}
                (answer, _) => return Ok(Some(T::from(answer.to_owned()))),
            }
        }
    }
}

/// The name of a crate for an API of that title, such as `pet-store-sdk`.
fn crate_name(title: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric();
    let lower = title.to_lowercase();
    let words = lower.split(|c| !is_part(c)).filter(|word| !word.is_empty() && *word != "api");
    let words = words.skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let words: Vec<&str> = words.take(4).chain(["sdk"]).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_called_as_its_api() {
        assert_eq!(crate_name("Pet Store"), "pet-store-sdk");
        assert_eq!(crate_name("The \"Pets\" API (v2)"), "the-pets-v2-sdk");
        assert_eq!(crate_name("3 Müller"), "m-ller-sdk");
        assert_eq!(crate_name("動物"), "sdk");
    }
}
