//! A program beside the SDK: its command line, a package of its own in the folder `cli/` of the crate.
//!
//! What the program does is the same for every API, and copied from `templates/cli/src/`. What its commands are is data,
//! rendered from the IR: an operation is a constant that names the operation of the SDK, its parameters and its body.

mod commands;
mod fields;
mod names;
mod program;
mod prose;
mod shapes;

use askama::Template;
use include_dir::{Dir, include_dir};

use super::layout::Value;
use super::{Error, manifest, parts, rust};
use crate::ir::{Api, CommandLine, Sdk};
use crate::names::escaped;
use shapes::Shapes;

/// The folder of the package, within that of the SDK.
pub(super) const FOLDER: &str = "cli/";

static COPIED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../templates/cli/src");

#[derive(Template)]
#[template(path = "cli/main.rs.jinja", escape = "none")]
struct Main {
    has_other_letters: bool,
}

#[derive(Template)]
#[template(path = "cli/commands_mod.rs.jinja", escape = "none")]
struct CommandsModule {
    modules: Vec<String>,
    declaration: String,
}

#[derive(Template)]
#[template(path = "cli/readme.md.jinja", escape = "none")]
struct Readme {
    title: String,
    name: String,
    library: String,
    settings: String,
    variables: String,
    others: String,
    group: String,
    command: String,
    groups: Vec<GroupRow>,
}

struct GroupRow {
    name: String,
    about: String,
}

#[derive(Template)]
#[template(path = "cli/manifest.toml.jinja", escape = "none")]
struct Manifest {
    package: String,
    program: String,
    sdk: String,
}

/// The files of the package, where `sdk.toml` wants one.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, Error> {
    let Some(cli) = &sdk.command_line else { return Ok(Vec::new()) };
    let shapes = Shapes::new(sdk);
    let apis: Vec<_> = sdk.apis.iter().filter(|api| !api.operations.is_empty()).collect();
    let groups = names::groups(apis.iter().copied());
    let mut files = copied(sdk);
    files.extend(shapes.files()?);
    files.push(("src/program.rs".to_owned(), program::file(sdk, cli)?));
    let main = Main { has_other_letters: sdk.has_other_letters() }.render()?;
    files.push(("src/main.rs".to_owned(), rust::file(&parts::settle(&main, sdk).text)));
    files.push(("Cargo.toml".to_owned(), manifest_text(sdk, cli)?));
    files.push(("README.md".to_owned(), readme(sdk, cli, &apis, &groups)?));
    let mut views = Vec::new();
    let mut modules = Vec::new();
    for (api, name) in apis.iter().zip(&groups) {
        let module = names::module(&name.replace('-', "_"));
        let text = commands::file(sdk, api, &shapes, &cli.commands)?;
        files.push((format!("src/commands/{module}.rs"), text));
        let about = prose::plain(&api.description);
        let about = if about.is_empty() {
            format!("The operations of {}", prose::plain(&api.tag))
        } else {
            about
        };
        views.push(Value::structure(
            "Group",
            vec![
                ("name", Value::string(name)),
                ("about", Value::string(&about)),
                ("commands", Value::Source(format!("{}::COMMANDS", escaped(&module)))),
            ],
        ));
        modules.push(escaped(&module));
    }
    modules.sort();
    let declaration = Value::Array(views).print(0, "pub static GROUPS: &[Group] = ", ";");
    let root = CommandsModule { modules, declaration }.render()?;
    files.push(("src/commands/mod.rs".to_owned(), rust::file(&root)));
    Ok(files.into_iter().map(|(path, text)| (format!("{FOLDER}{path}"), text)).collect())
}

/// What is the same for every API, without what only streams need where there are none.
fn copied(sdk: &Sdk) -> Vec<(String, String)> {
    let files = COPIED.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        let is_needed = name != "streams.rs" || sdk.has_streams();
        let text = file.contents_utf8().filter(|_| is_needed)?;
        Some((format!("src/{name}"), rust::file(&parts::settle(text, sdk).text)))
    });
    files.collect()
}

fn manifest_text(sdk: &Sdk, cli: &CommandLine) -> Result<String, Error> {
    let package = &sdk.package;
    let own = crate::ir::Package {
        name: cli.package.clone(),
        description: program::about(sdk),
        dependencies: Vec::new(),
        ..package.clone()
    };
    let of_sdk = manifest::default_features(sdk);
    let of_tags = sdk.apis.iter().map(|api| api.feature.as_str());
    let more = of_tags.filter(|feature| !of_sdk.contains(feature));
    let mut features: Vec<&str> =
        ["blocking", "client", "config", "oauth"].into_iter().chain(more).collect();
    features.retain(|feature| !of_sdk.contains(feature));
    features.sort_unstable();
    features.dedup();
    let features = features.into_iter().map(|it| toml::Value::String(it.to_owned())).collect();
    let entries = [
        ("package", toml::Value::String(package.name.clone())),
        ("version", toml::Value::String(package.version.clone())),
        ("features", toml::Value::Array(features)),
    ];
    let dependency: Result<Vec<String>, Error> =
        entries.into_iter().map(|(key, value)| manifest::entry(key, value)).collect();
    let text = Manifest {
        package: manifest::package(&own)?,
        program: toml::Value::String(cli.program.clone()).to_string(),
        sdk: dependency?.concat().trim_end().to_owned(),
    };
    Ok(text.render()? + "\n")
}

/// The page about the program, whose groups of commands are those of the APIs.
fn readme(sdk: &Sdk, cli: &CommandLine, apis: &[&Api], groups: &[String]) -> Result<String, Error> {
    use super::markdown::{self, cell, code};
    let rows = apis.iter().zip(groups).map(|(api, name)| GroupRow {
        name: cell::span(name),
        about: cell::text(&prose::first_paragraph(&api.description)),
    });
    let command =
        apis.first().and_then(|api| names::commands(api, &cli.commands).into_iter().next());
    let name = cli.program.clone();
    let settings = program::sources(&sdk.settings.configuration);
    let text = Readme {
        title: markdown::inline(&program::title(sdk)),
        variables: match &settings {
            Some(_) => String::new(),
            None => code(&program::variables_start(&name)),
        },
        settings: settings.map(|it| markdown::inline(&it)).unwrap_or_default(),
        others: program::others(sdk).map(code).collect::<Vec<_>>().join(", "),
        name,
        library: sdk.package.name.clone(),
        group: groups.first().cloned().unwrap_or_default(),
        command: command.unwrap_or_default(),
        groups: rows.collect(),
    };
    Ok(text.render()? + "\n")
}
