//! The tests of a crate: every operation against what the document says of it.
//!
//! What a test expects is computed here, from the document, and not by the code that it tests.

mod answers;
mod arguments;
pub mod calls;
mod chain;
mod closure;
mod credentials;
mod fixtures;
mod forms;
mod models;
mod operation;
mod request;
pub mod samples;
mod styles;

use askama::Template;

use super::{Error, markdown, rust};
use crate::ir::{Api, Sdk};
use crate::names::escaped;
use arguments::Arguments;
use fixtures::Fixtures;
use models::ModelTests;
use operation::{TestView, Tests};
use samples::Samples;

/// Where the tests are.
const FOLDER: &str = "tests/contract";

/// The support files that do not name the crate.
const SUPPORT: [(&str, &str); 3] = [
    ("difference.rs", include_str!("../../../../templates/tests/support/difference.rs")),
    ("received.rs", include_str!("../../../../templates/tests/support/received.rs")),
    ("server.rs", include_str!("../../../../templates/tests/support/server.rs")),
];

#[derive(Template)]
#[template(path = "tests/main.rs.jinja", escape = "none")]
struct Main {
    has_other_letters: bool,
}

#[derive(Template)]
#[template(path = "tests/modules.rs.jinja", escape = "none")]
struct Modules {
    docs: &'static str,
    modules: Vec<ModuleView>,
}

struct ModuleView {
    cfg: String,
    name: String,
}

#[derive(Template)]
#[template(path = "tests/api.rs.jinja", escape = "none")]
struct ApiFile {
    docs: String,
    imports: String,
    tests: Vec<TestView>,
    fixtures: Vec<String>,
}

#[derive(Template)]
#[template(path = "tests/models.rs.jinja", escape = "none")]
struct ModelsFile<'a> {
    docs: String,
    library: &'a str,
    import: String,
    objects: Vec<String>,
    enums: Vec<String>,
}

#[derive(Template)]
#[template(path = "tests/support/mod.rs.jinja", escape = "none")]
struct Support<'a> {
    library: &'a str,
}

#[derive(Template)]
#[template(path = "tests/support/check.rs.jinja", escape = "none")]
struct Check<'a> {
    library: &'a str,
}

#[derive(Template)]
#[template(path = "tests/support/client.rs.jinja", escape = "none")]
struct ClientFile<'a> {
    library: &'a str,
    client: String,
}

#[derive(Template)]
#[template(path = "tests/known.rs.jinja", escape = "none")]
struct Known<'a> {
    library: &'a str,
}

#[derive(Template)]
#[template(path = "tests/support/self_test.rs.jinja", escape = "none")]
struct SelfTest<'a> {
    library: &'a str,
}

/// The files of the tests.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, Error> {
    let library = escaped(&sdk.package.library());
    let library = library.as_str();
    let client = credentials::client(sdk);
    let mut sources = vec![
        ("main.rs".to_owned(), Main { has_other_letters: sdk.has_other_letters() }.render()?),
        ("support/mod.rs".to_owned(), Support { library }.render()?),
        ("support/check.rs".to_owned(), Check { library }.render()?),
        ("support/client.rs".to_owned(), ClientFile { library, client }.render()?),
        ("known.rs".to_owned(), Known { library }.render()?),
        ("support/self_test.rs".to_owned(), SelfTest { library }.render()?),
    ];
    sources.extend(SUPPORT.map(|(name, text)| (format!("support/{name}"), text.to_owned())));
    let samples = Samples::new(sdk);
    for api in &sdk.apis {
        let arguments = Arguments { samples: &samples, library };
        let text = api_file(sdk, api, arguments).render()?;
        sources.push((format!("api/{}.rs", api.module), text));
    }
    let all: Vec<&Api> = sdk.apis.iter().collect();
    let docs = "//! The operations, one module for each tag of the document.";
    sources.push(("api/mod.rs".to_owned(), modules(docs, &all).render()?));
    let mut tested = Vec::new();
    for (api, tests) in sdk.apis.iter().zip(models::tests(sdk, &samples)) {
        if let Some(file) = models_file(api, library, tests) {
            sources.push((format!("models/{}.rs", api.module), file.render()?));
            tested.push(api);
        }
    }
    let docs = "//! The models, each with the first tag that uses it.";
    sources.push(("models/mod.rs".to_owned(), modules(docs, &tested).render()?));
    let file = |(name, text): (String, String)| (format!("{FOLDER}/{name}"), rust::file(&text));
    Ok(sources.into_iter().map(file).collect())
}

fn modules(docs: &'static str, apis: &[&Api]) -> Modules {
    let mut modules: Vec<ModuleView> = apis
        .iter()
        .map(|api| ModuleView {
            cfg: super::models::cfg(std::slice::from_ref(&api.feature)),
            name: escaped(&api.module),
        })
        .collect();
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    Modules { docs, modules }
}

/// The tests of the models; none where there is nothing to test.
fn models_file<'a>(api: &Api, library: &'a str, tests: ModelTests) -> Option<ModelsFile<'a>> {
    let ModelTests { objects, enums } = tests;
    let mut names = Vec::new();
    if !objects.is_empty() {
        names.push("has_properties".to_owned());
    }
    if !enums.is_empty() {
        names.push("has_values".to_owned());
    }
    if names.is_empty() {
        return None;
    }
    let tag = markdown::code(&api.tag);
    let docs = rust::inner_doc(&[format!("The models that the tag {tag} is the first to use.")]);
    let import = rust::import("crate::known", &names);
    Some(ModelsFile { docs, library, import, objects, enums })
}

fn api_file(sdk: &Sdk, api: &Api, arguments: Arguments<'_>) -> ApiFile {
    let library = arguments.library;
    let mut tests = Tests { sdk, api, arguments, fixtures: Fixtures::new(), left_out: Vec::new() };
    let mut views = Vec::new();
    for operation in &api.operations {
        let (fixtures, notes) = (tests.fixtures.len(), tests.left_out.len());
        match tests.test(operation) {
            Ok(view) => views.push(view),
            Err(reason) => {
                tests.fixtures.truncate(fixtures);
                tests.left_out.truncate(notes);
                tests.leave_out(operation, &format!("has no test: {reason}"));
            }
        }
    }
    let tag = markdown::code(&api.tag);
    let mut docs = vec![format!("The operations of the tag {tag}.")];
    if !tests.left_out.is_empty() {
        docs.push(String::new());
        docs.push(format!(
            "{} of {} have a test. Left out, {}:",
            views.len(),
            api.operations.len(),
            tests.left_out.len()
        ));
        docs.push(String::new());
        docs.append(&mut tests.left_out);
    }
    ApiFile {
        docs: rust::inner_doc(&docs),
        imports: imports(library, &views),
        tests: views,
        fixtures: tests.fixtures.items(),
    }
}

/// The imports that the tests need, in rustfmt's order.
fn imports(library: &str, tests: &[TestView]) -> String {
    if tests.is_empty() {
        return String::new();
    }
    let mut names = vec!["Client".to_owned()];
    if tests.iter().any(|test| test.names_models) {
        names.push("models".to_owned());
    }
    let mut lines: Vec<String> = tests.iter().filter_map(|test| test.import.clone()).collect();
    if tests.iter().any(|test| test.is_fallible) {
        lines.push(format!("use {library}::runtime::BoxError;"));
    }
    lines.sort();
    lines.dedup();
    lines.push(rust::import(library, &names));
    lines.extend([String::new(), "use crate::support::{Answer, Contract, Refusal};".to_owned()]);
    lines.join("\n")
}
