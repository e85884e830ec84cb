//! The crate's `Cargo.toml`.

use askama::Template;
use toml::{Table, Value};

use super::Error;
use crate::ir::{Package, Sdk};
use crate::lower::features::ALL_MODELS;

#[derive(Template)]
#[template(path = "manifest.toml", escape = "none")]
struct Manifest {
    package: String,
    features: String,
    tests: bool,
}

/// The text of `Cargo.toml`, with what the crate's tests need where `tests` says so. What comes from the document passes a TOML serializer.
pub fn text(sdk: &Sdk, tests: bool) -> Result<String, Error> {
    let manifest = Manifest { package: package(&sdk.package)?, features: features(sdk)?, tests };
    Ok(manifest.render()?)
}

fn package(package: &Package) -> Result<String, Error> {
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
            text.push_str(&entry(key, Value::String(value.clone()))?);
        }
    }
    Ok(text.trim_end().to_owned())
}

/// One feature per tag, and one for the models that no tag reaches.
fn features(sdk: &Sdk) -> Result<String, Error> {
    let tags: Vec<Value> = sdk.apis.iter().map(|api| Value::String(api.feature.clone())).collect();
    let has_unreached =
        sdk.models.iter().any(|model| model.features.iter().any(|feature| feature == ALL_MODELS));
    let mut default = vec![Value::String("rustls".to_owned())];
    if has_unreached {
        default.push(Value::String(ALL_MODELS.to_owned()));
    }
    default.extend(tags.iter().cloned());
    let mut text = feature("default", default)?;
    if has_unreached {
        text.push_str("# Every tag, and the models that no operation reaches.\n");
        text.push_str(&feature(ALL_MODELS, tags)?);
    }
    if !sdk.apis.is_empty() {
        text.push_str("# The operations of one tag each, with the models that they reach.\n");
    }
    for api in &sdk.apis {
        text.push_str(&feature(&api.feature, Vec::new())?);
    }
    Ok(text.trim_end().to_owned())
}

fn feature(name: &str, needs: Vec<Value>) -> Result<String, Error> {
    entry(name, Value::Array(needs))
}

fn entry(key: &str, value: Value) -> Result<String, Error> {
    Ok(toml::to_string(&Table::from_iter([(key.to_owned(), value)]))?)
}
