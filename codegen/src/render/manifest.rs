//! The crate's `Cargo.toml`.

use askama::Template;
use indexmap::IndexSet;
use toml::{Table, Value};

use super::{Error, Fault};
use crate::characters;
use crate::ir::{Package, Sdk};
use crate::lower::features::ALL_MODELS;

#[derive(Template)]
#[template(path = "manifest.toml.jinja", escape = "none")]
struct Manifest {
    package: String,
    features: String,
    dependencies: String,
    tests: bool,
}

/// The text of `Cargo.toml`, with what the crate's tests need where `tests` says so. What comes from the document passes a TOML serializer.
pub fn text(sdk: &Sdk, tests: bool) -> Result<String, Error> {
    let manifest = Manifest {
        package: package(&sdk.package)?,
        features: features(sdk)?,
        dependencies: dependencies(&sdk.package),
        tests,
    };
    let mut text = manifest.render()?;
    // A template's last line break is not rendered.
    text.push('\n');
    Ok(text)
}

/// Checks that the manifest is TOML.
pub fn check(path: &str, text: &str) -> Result<(), Error> {
    let Err(error) = text.parse::<toml::Table>() else { return Ok(()) };
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
    Err(Error::Syntax(Box::new(Fault::new("TOML", path, text, line, error.message()))))
}

/// The lines of the table `package` that the user says.
pub fn package(package: &Package) -> Result<String, Error> {
    let fields = [
        ("name", Some(&package.name)),
        ("version", Some(&package.version)),
        ("description", Some(&package.description)),
        ("license", package.license.as_ref()),
        ("repository", package.repository.as_ref()),
    ];
    let mut text = String::new();
    for (key, value) in fields {
        if let Some(value) = value {
            text.push_str(&entry(key, Value::String(characters::prose(value).into_owned()))?);
        }
    }
    Ok(text.trim_end().to_owned())
}

/// The crates that types of the user's come from, each on a line.
fn dependencies(package: &Package) -> String {
    // The value of a table is shown in one line.
    let lines = package.dependencies.iter().map(|(name, value)| format!("{name} = {value}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// One feature per tag or group of tags, and one for the models that no tag reaches.
fn features(sdk: &Sdk) -> Result<String, Error> {
    let of_tags: IndexSet<&str> = sdk.apis.iter().map(|api| api.feature.as_str()).collect();
    let has_unreached = has_unreached(sdk);
    let all = default_features(sdk).into_iter().map(|it| Value::String(it.to_owned()));
    let mut text = feature("default", all.collect())?;
    if has_unreached {
        let of_tags = of_tags.iter().map(|it| Value::String((*it).to_owned()));
        text.push_str("# Every tag, and the models that no operation reaches.\n");
        text.push_str(&feature(ALL_MODELS, of_tags.collect())?);
    }
    if !of_tags.is_empty() {
        text.push_str("# The operations of one tag each, with the models that they reach.\n");
    }
    for name in of_tags {
        text.push_str(&feature(name, Vec::new())?);
    }
    Ok(text.trim_end().to_owned())
}

/// Whether there are models that no operation reaches.
pub fn has_unreached(sdk: &Sdk) -> bool {
    sdk.models.iter().any(|model| model.features.iter().any(|feature| feature == ALL_MODELS))
}

/// The features that are on by default.
pub fn default_features(sdk: &Sdk) -> IndexSet<&str> {
    if let Some(given) = &sdk.default_features {
        return given.iter().map(String::as_str).collect();
    }
    let unreached = has_unreached(sdk).then_some(ALL_MODELS);
    let of_tags = sdk.apis.iter().map(|api| api.feature.as_str());
    ["client", "rustls"].into_iter().chain(unreached).chain(of_tags).collect()
}

/// The crates that every SDK depends on, the optional ones included.
pub fn known_dependencies() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../../../templates/manifest.toml.jinja").lines();
    let table = lines.skip_while(|line| *line != "[dependencies]").skip(1);
    let table = table.take_while(|line| !line.starts_with('['));
    table.filter_map(|line| Some(line.split_once(" = ")?.0))
}

fn feature(name: &str, needs: Vec<Value>) -> Result<String, Error> {
    entry(name, Value::Array(needs))
}

/// A key with its value, as a line.
pub fn entry(key: &str, value: Value) -> Result<String, Error> {
    Ok(toml::to_string(&Table::from_iter([(key.to_owned(), value)]))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_toml_is_an_error() {
        let error = check("Cargo.toml", "[package]\nname = \"a\"\nname = \"b\"\n").unwrap_err();
        let shown = error.to_string();
        assert!(shown.contains("`templates/manifest.toml.jinja`"), "{shown}");
        assert!(shown.contains("gave no valid TOML for `Cargo.toml`, at line 3: "), "{shown}");
        assert!(check("Cargo.toml", "[package]\nname = \"a\"\n").is_ok());
    }
}
