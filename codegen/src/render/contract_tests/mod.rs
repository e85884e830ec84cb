//! The tests of a crate: every operation against what the document says of it.
//!
//! What a test expects is computed here, from the document, and not by the code that it tests.

mod arguments;
mod chain;
mod credentials;
mod fixtures;
mod operation;
mod samples;
mod styles;

use askama::Template;

use super::{Error, rust};
use crate::ir::{Api, Sdk};
use crate::lower::names::escaped;
use arguments::Arguments;
use fixtures::Fixtures;
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
#[template(path = "tests/main.rs", escape = "none")]
struct Main;

#[derive(Template)]
#[template(path = "tests/api_mod.rs", escape = "none")]
struct ApiModule {
    modules: Vec<ModuleView>,
}

struct ModuleView {
    cfg: String,
    name: String,
}

#[derive(Template)]
#[template(path = "tests/api.rs", escape = "none")]
struct ApiFile {
    docs: String,
    imports: String,
    tests: Vec<TestView>,
    fixtures: Vec<String>,
}

#[derive(Template)]
#[template(path = "tests/support/mod.rs", escape = "none")]
struct Support<'a> {
    library: &'a str,
}

#[derive(Template)]
#[template(path = "tests/support/check.rs", escape = "none")]
struct Check<'a> {
    library: &'a str,
}

#[derive(Template)]
#[template(path = "tests/support/client.rs", escape = "none")]
struct ClientFile<'a> {
    library: &'a str,
    client: String,
}

#[derive(Template)]
#[template(path = "tests/support/self_test.rs", escape = "none")]
struct SelfTest<'a> {
    library: &'a str,
}

/// The files of the tests.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, Error> {
    let library = escaped(&sdk.package.library());
    let library = library.as_str();
    let client = credentials::client(sdk);
    let mut sources = vec![
        ("main.rs".to_owned(), Main.render()?),
        ("api/mod.rs".to_owned(), api_module(sdk).render()?),
        ("support/mod.rs".to_owned(), Support { library }.render()?),
        ("support/check.rs".to_owned(), Check { library }.render()?),
        ("support/client.rs".to_owned(), ClientFile { library, client }.render()?),
        ("support/self_test.rs".to_owned(), SelfTest { library }.render()?),
    ];
    sources.extend(SUPPORT.map(|(name, text)| (format!("support/{name}"), text.to_owned())));
    let samples = Samples::new(sdk);
    for api in &sdk.apis {
        let arguments = Arguments { samples: &samples, library };
        let text = api_file(sdk, api, arguments).render()?;
        sources.push((format!("api/{}.rs", api.module), text));
    }
    let file = |(name, text): (String, String)| {
        let path = format!("{FOLDER}/{name}");
        let text = rust::file(&path, &text)?;
        Ok((path, text))
    };
    sources.into_iter().map(file).collect()
}

fn api_module(sdk: &Sdk) -> ApiModule {
    let mut modules: Vec<ModuleView> = sdk
        .apis
        .iter()
        .map(|api| ModuleView {
            cfg: super::models::cfg(std::slice::from_ref(&api.feature)),
            name: escaped(&api.module),
        })
        .collect();
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    ApiModule { modules }
}

fn api_file(sdk: &Sdk, api: &Api, arguments: Arguments<'_>) -> ApiFile {
    let library = arguments.library;
    let mut tests = Tests { sdk, api, arguments, fixtures: Fixtures::new() };
    let mut views = Vec::new();
    let mut untested = Vec::new();
    for operation in &api.operations {
        let fixtures = tests.fixtures.len();
        match tests.test(operation) {
            Ok(view) => views.push(view),
            Err(reason) => {
                tests.fixtures.truncate(fixtures);
                untested.push((operation, reason));
            }
        }
    }
    let tag = api.tag.replace(['`', '\n'], " ");
    let mut docs = vec![format!("The operations of the tag `{tag}`.")];
    if !untested.is_empty() {
        docs.push(String::new());
        docs.push(format!("{} of {} have no test:", untested.len(), api.operations.len()));
        docs.push(String::new());
    }
    for (operation, reason) in untested {
        let id = operation.id.replace(['`', '\n'], " ");
        docs.push(format!("- `{id}`: {reason}"));
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
    let uses_models = |test: &TestView| {
        let texts = test.statements.iter().chain(&test.fields).chain([&test.output]);
        texts.into_iter().any(|text| text.contains("models::"))
    };
    let mut names = vec!["Client".to_owned()];
    if tests.iter().any(uses_models) {
        names.push("models".to_owned());
    }
    let mut lines: Vec<String> = tests.iter().filter_map(|test| test.import.clone()).collect();
    if tests.iter().any(|test| test.signature.contains("BoxError")) {
        lines.push(format!("use {library}::runtime::BoxError;"));
    }
    lines.sort();
    lines.push(rust::import(library, &names));
    lines.extend([String::new(), "use crate::support::{Answer, Contract, Refusal};".to_owned()]);
    lines.join("\n")
}
