//! What is particular to the program: its name, its settings, and what authorizes its calls.

use std::collections::HashSet;

use askama::Template;

use super::names::{free_word, kebab};
use super::prose;
use crate::config::ConfigurationSources;
use crate::ir::{CommandLine, SchemeKind, Sdk, SecurityScheme};
use crate::render::layout::Value;
use crate::render::{Error, crate_root, markdown, rust};

/// The flags that every command has: of the document's names none is taken for one of these.
const GLOBAL: [&str; 13] = [
    "allow-http",
    "base-url",
    "body",
    "columns",
    "format",
    "help",
    "json",
    "limit",
    "max-retries",
    "output",
    "timeout",
    "verbose",
    "version",
];

#[derive(Template)]
#[template(path = "cli/program.rs.jinja", escape = "none")]
struct ProgramFile {
    import: String,
    name: String,
    about: String,
    variables: String,
    settings: String,
    flags: String,
    schemes: String,
}

/// The file with the constants.
pub fn file(sdk: &Sdk, cli: &CommandLine) -> Result<String, Error> {
    let name = &cli.program;
    let settings = sources(&sdk.settings.configuration);
    let variables = match settings {
        Some(_) => "None".to_owned(),
        None => format!("Some({})", rust::string(&variables_start(name))),
    };
    let schemes = schemes(sdk);
    let imports: &[&str] = if schemes.is_empty() { &["Scheme"] } else { &["Kind", "Scheme"] };
    let imports: Vec<String> = imports.iter().map(|name| (*name).to_owned()).collect();
    let text = ProgramFile {
        import: rust::import("crate::credentials", &imports),
        name: constant("NAME", "&str", &rust::string(name)),
        about: constant("ABOUT", "&str", &rust::string(&about(sdk))),
        variables: constant("VARIABLES", "Option<&str>", &variables),
        settings: constant("SETTINGS", "&str", &rust::string(&settings.unwrap_or_default())),
        flags: Value::strings(&GLOBAL.map(str::to_owned)).print(
            0,
            "pub static FLAGS: &[&str] = ",
            ";",
        ),
        schemes: Value::Array(schemes).print(0, "pub static SCHEMES: &[Scheme] = ", ";"),
    };
    Ok(rust::file(&text.render()?))
}

fn constant(name: &str, ty: &str, value: &str) -> String {
    Value::Source(value.to_owned()).print(0, &format!("pub const {name}: {ty} = "), ";")
}

/// What environment variables for the flags of a program begin with.
pub fn variables_start(program: &str) -> String {
    program.replace('-', "_").to_uppercase()
}

/// What the program is for.
pub fn about(sdk: &Sdk) -> String {
    format!("{} on the command line", title(sdk))
}

/// The title of the API as plain text.
pub fn title(sdk: &Sdk) -> String {
    let title = prose::first_paragraph(&sdk.title);
    if title.is_empty() { sdk.package.name.clone() } else { title }
}

/// Where the SDK has its settings from, in words; none where it has no settings.
pub fn sources(sources: &ConfigurationSources) -> Option<String> {
    let variables = sources.environment_prefix.as_ref();
    let variables = variables.map(|prefix| format!("the environment variables {prefix}…"));
    let home = sources.home_file.as_ref().map(|file| format!("the file ~/{file}"));
    let here = sources.directory_file.as_ref().map(|file| format!("the file {file}"));
    let all: Vec<String> = [variables, here, home].into_iter().flatten().collect();
    (!all.is_empty() && !sources.keys.is_empty()).then(|| prose::plain(&all.join(", ")))
}

fn schemes(sdk: &Sdk) -> Vec<Value> {
    let mut taken: HashSet<String> = GLOBAL.map(str::to_owned).into();
    let schemes = sdk.security_schemes.iter();
    schemes.filter_map(|scheme| self::scheme(scheme, &mut taken)).collect()
}

/// The schemes whose credentials cannot be written down.
pub fn others(sdk: &Sdk) -> impl Iterator<Item = &str> {
    let is_other = |scheme: &&SecurityScheme| {
        matches!(scheme.kind, SchemeKind::Computed(_) | SchemeKind::MutualTls)
    };
    sdk.security_schemes.iter().filter(is_other).map(|scheme| scheme.name.as_str())
}

/// A scheme whose credential can be written down.
fn scheme(scheme: &SecurityScheme, taken: &mut HashSet<String>) -> Option<Value> {
    let (kind, what) = match &scheme.kind {
        SchemeKind::ApiKey { .. } => ("ApiKey", "The key"),
        SchemeKind::Bearer | SchemeKind::OAuth(_) => ("Bearer", "The bearer token"),
        SchemeKind::Basic => ("Basic", "User name and password"),
        SchemeKind::Computed(_) | SchemeKind::MutualTls => return None,
    };
    let key = match scheme.kind {
        SchemeKind::OAuth(_) => {
            let prefix = kebab(&crate_root::key_method(scheme));
            let prefix = prefix.strip_suffix("private-key-jwt").unwrap_or_default().to_owned();
            let flags = ["private-key", "client-id", "key-id", "scope"];
            taken.extend(flags.map(|flag| format!("{prefix}{flag}")));
            Value::Call("Some".to_owned(), vec![Value::string(&prefix)])
        }
        _ => Value::Source("None".to_owned()),
    };
    let about = format!("{what} for {}", markdown::code(&scheme.name).trim_matches('`'));
    let fields = vec![
        ("name", Value::string(&scheme.name)),
        ("flag", Value::string(&free_word(taken, kebab(&scheme.method)))),
        ("about", Value::string(&about)),
        ("kind", Value::Source(format!("Kind::{kind}"))),
        ("key", key),
    ];
    Some(Value::structure("Scheme", fields))
}
