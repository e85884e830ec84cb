//! Every valid instance of a schema, as the answer of a server, is decoded by the client and written back.
//!
//! A schema without a `type` whose keywords are about one is read as of that type, as documents mean it, so that an
//! instance of another type deviates: it survives all the same.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use codegen::Options;
use codegen::diagnostics::Diagnostics;
use serde_json::{Map, Value, json};
use xtask::Problem;

use super::documents::first_error;
use super::{Case, CaseResult, files, name};
use crate::drift::{self, Outcome};
use crate::driver;

/// The dialect of the suite: a schema that names another one is about a dialect of its own.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema with its valid instances.
struct Group {
    name: String,
    schema: Value,
    valid: Vec<(String, Value)>,
}

pub(super) fn run(folder: &Path) -> Result<Vec<Case>, Problem> {
    let mut cases = Vec::new();
    let mut good = Vec::new();
    for file in files(folder, &["json"])? {
        for group in groups(folder, &file)? {
            match refusal(&group)? {
                Some(verdict) => cases.extend(group.valid.iter().map(|(test, _)| Case {
                    name: format!("{}, {test}", group.name),
                    verdict: verdict.clone(),
                })),
                None => good.push(group),
            }
        }
    }
    cases.extend(tried(&good)?);
    Ok(cases)
}

/// The schemas of a file of the suite.
fn groups(folder: &Path, file: &Path) -> Result<Vec<Group>, Problem> {
    let wrong = |what: String| Problem(format!("{}: {what}", file.display()));
    let read: Value = serde_json::from_str(&fs::read_to_string(file)?)
        .map_err(|error| wrong(error.to_string()))?;
    let groups = read.as_array().ok_or_else(|| wrong("is no list of groups".to_owned()))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(groups
        .iter()
        .map(|group| {
            let tests = group["tests"].as_array().into_iter().flatten();
            let valid = tests.filter(|test| test["valid"] == true);
            Group {
                name: format!("{}: {}", name(folder, file), text(&group["description"])),
                schema: group["schema"].clone(),
                valid: valid.map(|it| (text(&it["description"]), it["data"].clone())).collect(),
            }
        })
        .collect())
}

/// Why a schema is not tried, where no crate is made of it.
fn refusal(group: &Group) -> Result<Option<CaseResult>, Problem> {
    let text = group.schema.to_string();
    let is_of_network = text.contains("http://localhost:1234")
        || text.contains("\"$ref\":\"https://json-schema.org");
    if is_of_network {
        return Ok(Some(CaseResult::Aside("refers to a document of the network".to_owned())));
    }
    if group.schema.get("$schema").is_some_and(|dialect| dialect != DIALECT) {
        return Ok(Some(CaseResult::Aside("has a dialect of its own".to_owned())));
    }
    let folder = tempfile::tempdir()?;
    let spec = folder.path().join("schema.json");
    fs::write(&spec, document(std::slice::from_ref(group)).to_string())?;
    let mut diagnostics = Diagnostics::new();
    codegen::generate(&Options { spec, ..Options::default() }, &mut diagnostics);
    let place = format!("{}/", folder.path().display());
    Ok(first_error(&diagnostics).map(|error| CaseResult::Failed(error.replace(&place, ""))))
}

/// A document that answers with the schemas, the instances being its examples.
fn document(groups: &[Group]) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for (index, group) in groups.iter().enumerate() {
        let component = format!("Schema{index}");
        let mut schema = group.schema.clone();
        if let Value::Object(schema) = &mut schema {
            // What starts with `#` is relative to the schema, and not to the document.
            schema.entry("$id").or_insert_with(|| json!(format!("urn:suite:{index}")));
        }
        schemas.insert(component.clone(), schema);
        let examples = group.valid.iter().enumerate();
        let examples: Map<String, Value> = examples
            .map(|(test, (_, data))| (format!("t{test}"), json!({"value": data})))
            .collect();
        let content = json!({"schema": {"$ref": format!("#/components/schemas/{component}")}, "examples": examples});
        let responses =
            json!({"200": {"description": "", "content": {"application/json": content}}});
        paths.insert(format!("/{index}"), json!({"get": {"responses": responses}}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Schemas of a suite", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas}
    })
}

/// Makes one crate of the schemas, and tries every instance.
fn tried(groups: &[Group]) -> Result<Vec<Case>, Problem> {
    let folder = tempfile::tempdir()?;
    let spec = folder.path().join("schemas.json");
    fs::write(&spec, document(groups).to_string())?;
    let mut diagnostics = Diagnostics::new();
    let options = Options { spec, ..Options::default() };
    let prepared = drift::prepare_unchanged(&options, &mut diagnostics).ok_or_else(|| {
        Problem(first_error(&diagnostics).unwrap_or_else(|| "no crate was made".to_owned()))
    })?;
    let place = driver::write(&prepared.program.sdk, &prepared.program.driver, folder.path())?;
    let questions = driver::data(&place, "questions.json", prepared.program.questions.as_bytes())?;
    let answers = driver::run(&place, fs::canonicalize(questions)?)?;
    let report = prepared.report(&answers).map_err(|error| {
        Problem(format!("the program beside the crate gave no answers: {error}"))
    })?;
    let outcomes: HashMap<&str, &Outcome> =
        report.lines.iter().map(|line| (line.pointer.as_str(), &line.outcome)).collect();
    let mut cases = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        for (test, (description, _)) in group.valid.iter().enumerate() {
            let at = format!(
                "/paths/~1{index}/get/responses/200/content/application~1json/examples/t{test}/value"
            );
            let verdict = match outcomes.get(at.as_str()) {
                Some(Outcome::Whole) => CaseResult::Passed,
                Some(Outcome::Lost(what)) => {
                    CaseResult::Failed(format!("comes back differently: {what}"))
                }
                Some(Outcome::Refused(why)) => CaseResult::Failed(format!("is refused: {why}")),
                None => CaseResult::Failed("was not tried".to_owned()),
            };
            cases.push(Case { name: format!("{}, {description}", group.name), verdict });
        }
    }
    Ok(cases)
}
