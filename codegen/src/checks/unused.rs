//! Names in `sdk.toml` that the document does not have: keys that would do nothing.

use std::path::Path;

use openapiv3::{MediaType, OpenAPI, Parameter, ReferenceOr};
use serde_json::Value;

use crate::catalog::Entry;
use crate::config::{Config, key_locations};
use crate::diagnostics::Diagnostics;
use crate::ir::Method;
use crate::lower::{NO_TAG, operation_id};
use crate::normalize::{Additions, Normalized, operations_of};
use crate::suggest::did_you_mean;

/// Reports every name in the configuration, which is read from `file`, that the document does not have.
pub(crate) fn check(
    config: &Config,
    file: Option<&Path>,
    normalized: &Normalized,
    diagnostics: &mut Diagnostics,
) {
    let mut check = Check { file, diagnostics };
    let Normalized { openapi, additions, .. } = normalized;
    let entries = entries(openapi, additions);
    check.schemas(config, openapi);
    check.operations(config, openapi, additions);
    check.tags(config, openapi, &entries);
    check.security(config, openapi);
    check.formats(config, openapi);
    check.nesting(config, openapi, additions);
    super::rust_types::check(config, check.diagnostics);
    for missing in config.select.missing(&entries) {
        let key = match missing.kind {
            "tag" => "tags",
            "path" => "paths",
            _ => "operations",
        };
        check.report(&["select", key], missing.kind, missing.name, missing.help);
    }
}

struct Check<'a> {
    file: Option<&'a Path>,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn schemas(&mut self, config: &Config, openapi: &OpenAPI) {
        let schemas = openapi.components.iter().flat_map(|components| components.schemas.keys());
        let known: Vec<&str> = schemas.map(String::as_str).collect();
        self.names(&["rename", "schemas"], "schema", config.rename.schemas.keys(), &known);
        self.names(&["types", "schemas"], "schema", config.types.schemas.keys(), &known);
        for (operation, rule) in &config.streams {
            self.names(&["streams", operation, "item"], "schema", rule.item.iter(), &known);
        }
    }

    fn operations(&mut self, config: &Config, openapi: &OpenAPI, additions: &Additions) {
        let ids: Vec<String> = operations_of(openapi, additions)
            .map(|it| operation_id(it.method, it.path, it.operation))
            .collect();
        let known: Vec<&str> = ids.iter().map(String::as_str).collect();
        self.names(&["rename", "operations"], "operation", config.rename.operations.keys(), &known);
        let paged = config.paging.iter().flat_map(|rule| &rule.operations);
        self.names(&["paging", "operations"], "operation", paged, &known);
        self.names(&["streams"], "operation", config.streams.keys(), &known);
        let commands = config.cli.iter().flat_map(|cli| cli.commands.keys());
        self.names(&["cli", "commands"], "operation", commands, &known);
    }

    fn tags(&mut self, config: &Config, openapi: &OpenAPI, entries: &[Entry]) {
        let declared = openapi.tags.iter().map(|tag| tag.name.as_str());
        let used = entries.iter().flat_map(|entry| &entry.tags).map(String::as_str);
        let untagged = entries.iter().any(|entry| entry.tags.is_empty()).then_some(NO_TAG);
        let known: Vec<&str> = declared.chain(used).chain(untagged).collect();
        self.names(&["rename", "tags"], "tag", config.rename.tags.keys(), &known);
        self.names(&["features", "tags"], "tag", config.features.tags.keys(), &known);
        self.names(&["modules", "tags"], "tag", config.modules.tags.keys(), &known);
    }

    fn security(&mut self, config: &Config, openapi: &OpenAPI) {
        let components = openapi.components.iter();
        let schemes = components.flat_map(|components| components.security_schemes.keys());
        let known: Vec<&str> = schemes.map(String::as_str).collect();
        self.names(&["security"], "security scheme", config.security.keys(), &known);
        let sources = &config.configuration;
        let named = sources.api_key_scheme.iter().chain(&sources.oauth_scheme);
        self.names(&["configuration"], "security scheme", named, &known);
    }

    fn formats(&mut self, config: &Config, openapi: &OpenAPI) {
        if config.types.formats.is_empty() {
            return;
        }
        let mut formats = Vec::new();
        // What cannot be a JSON value was not read from one.
        let document = serde_json::to_value(openapi).unwrap_or_default();
        collect_formats(&document, &mut formats);
        let known: Vec<&str> = formats.iter().map(String::as_str).collect();
        self.names(&["types", "formats"], "format", config.types.formats.keys(), &known);
    }

    fn nesting(&mut self, config: &Config, openapi: &OpenAPI, additions: &Additions) {
        if config.nesting.parameters.is_empty() {
            return;
        }
        let parameters = parameters(openapi, additions).filter_map(|parameter| match parameter {
            Parameter::Query { parameter_data, .. } => Some(parameter_data.name.as_str()),
            _ => None,
        });
        let encodings = contents(openapi, additions).flat_map(|content| content.encoding.keys());
        let known: Vec<&str> = parameters.chain(encodings.map(String::as_str)).collect();
        let names = config.nesting.parameters.keys();
        self.names(&["nesting", "parameters"], "query parameter or form field", names, &known);
    }

    /// Reports those of the names at `keys` that are not known.
    fn names<'n>(
        &mut self,
        keys: &[&str],
        kind: &str,
        names: impl Iterator<Item = &'n String>,
        known: &[&str],
    ) {
        for name in names.filter(|name| !known.contains(&name.as_str())) {
            let help = did_you_mean(name, known.iter().copied(), "remove it, or correct the name");
            self.report(keys, kind, name, help);
        }
    }

    fn report(&mut self, keys: &[&str], kind: &str, name: &str, help: String) {
        let message = format!(
            "`{}` names the {kind} `{name}`, which the document does not have",
            keys.join(".")
        );
        let place = self.file.and_then(|file| key_locations::location(file, keys, name));
        self.diagnostics.error("unused-configuration", None, message).at(place).help(help);
    }
}

/// The parameters that stand in place or among the components.
fn parameters<'n>(
    openapi: &'n OpenAPI,
    additions: &'n Additions,
) -> impl Iterator<Item = &'n Parameter> {
    let own = operations_of(openapi, additions)
        .flat_map(|it| it.item.parameters.iter().chain(&it.operation.parameters));
    let components = openapi.components.iter();
    let components = components.flat_map(|components| components.parameters.values());
    own.chain(components).filter_map(ReferenceOr::as_item)
}

/// What request bodies hold in each media type, in place or among the components.
fn contents<'n>(
    openapi: &'n OpenAPI,
    additions: &'n Additions,
) -> impl Iterator<Item = &'n MediaType> {
    let own = operations_of(openapi, additions).filter_map(|it| it.operation.request_body.as_ref());
    let components = openapi.components.iter();
    let components = components.flat_map(|components| components.request_bodies.values());
    let bodies = own.chain(components).filter_map(ReferenceOr::as_item);
    bodies.flat_map(|body| body.content.values())
}

/// The operations as a selection sees them.
fn entries(openapi: &OpenAPI, additions: &Additions) -> Vec<Entry> {
    let operations = operations_of(openapi, additions).map(|it| Entry {
        tags: it.operation.tags.clone(),
        method: Method::of_field(it.method).to_string(),
        path: it.path.to_owned(),
        operation_id: it.operation.operation_id.clone(),
        summary: it.operation.summary.clone(),
        pointer: String::new(),
    });
    operations.collect()
}

/// The formats of all schemas: texts beside a `type`.
fn collect_formats(value: &Value, formats: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let (Some(Value::String(format)), true) =
                (map.get("format"), map.contains_key("type"))
                && !formats.contains(format)
            {
                formats.push(format.clone());
            }
            map.values().for_each(|value| collect_formats(value, formats));
        }
        Value::Array(list) => list.iter().for_each(|value| collect_formats(value, formats)),
        _ => {}
    }
}
