//! One run of the generator, with its outcome.

use std::path::Path;

use codegen::diagnostics::{self, Diagnostics};
use codegen::output::Files;
use codegen::{Options, generate};

use crate::verdict;

/// The name of every crate.
const CRATE: &str = "mutant";

/// The codes of the diagnostics that tell of a fault of the generator and not of the document.
const OWN_FAULTS: [&str; 1] = ["not-rendered"];

/// How a run ended.
#[derive(Debug)]
pub enum Outcome {
    /// With files that are in order.
    Generated(Files),
    /// With an error that the document is to blame for.
    Refused,
    /// With what must not be, as a sentence.
    Failed(String),
}

/// What to generate from the document in a file: everything that can be.
pub fn options(document: &Path) -> Options {
    Options {
        spec: document.to_owned(),
        name: Some(CRATE.to_owned()),
        tests: true,
        ..Options::default()
    }
}

/// Generates in memory, writes the report, and judges both. Panics where the generator does.
pub fn run(options: &Options) -> Outcome {
    let mut diagnostics = Diagnostics::new();
    let generated = generate(options, &mut diagnostics);
    if let Err(problem) = report(&diagnostics) {
        return Outcome::Failed(problem);
    }
    match generated {
        Some(generated) if !diagnostics.has_errors() => match verdict::files(&generated.files) {
            Ok(()) => Outcome::Generated(generated.files),
            Err(problem) => Outcome::Failed(problem),
        },
        None if !diagnostics.has_errors() => {
            Outcome::Failed("there are neither files nor an error".to_owned())
        }
        _ => Outcome::Refused,
    }
}

/// Judges a report: it can be written, and no error in it is the generator's own.
///
/// # Errors
///
/// What is wrong, as a sentence.
pub fn report(diagnostics: &Diagnostics) -> Result<(), String> {
    let own = diagnostics.iter().find(|problem| OWN_FAULTS.contains(&problem.code));
    if let Some(problem) = own {
        return Err(problem.message.clone());
    }
    diagnostics::text(diagnostics, false);
    let json = diagnostics::json(std::slice::from_ref(diagnostics));
    serde_json::from_str::<serde_json::Value>(&json)
        .map_err(|error| format!("the report is no JSON: {error}"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn outcome(document: &str) -> Outcome {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("document.yaml");
        fs::write(&path, document).expect("the folder can be written");
        run(&options(&path))
    }

    #[test]
    fn a_good_document_gives_files() {
        let good = "{openapi: 3.0.3, info: {title: A, version: '1'}, paths: {}}";
        assert!(matches!(outcome(good), Outcome::Generated(files) if files.len() > 10));
    }

    #[test]
    fn a_bad_document_is_refused() {
        for bad in ["", "[", "{openapi: 3.0.3, info: {title: A, version: '1'}, paths: 3}"] {
            assert!(matches!(outcome(bad), Outcome::Refused), "{bad}");
        }
    }
}
