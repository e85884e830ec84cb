//! From the OpenAPI document to the intermediate representation.
//!
//! [`lower`] goes over the schemas first, which gives the models, and over the operations
//! then, whose inline schemas add more of them. What depends on the whole (recursion,
//! what is sent and what is received, cargo features) comes last.

mod bodies;
mod callbacks;
mod command_line;
mod configuration_checks;
mod constraints;
mod encodings;
pub(crate) mod features;
mod files;
mod finish;
mod graph;
mod labels;
mod limits;
mod listed;
mod media_types;
mod merge;
mod narrow;
mod objects;
mod operations;
mod package;
mod paging;
mod parameters;
mod parts;
mod place;
mod responses;
mod scalars;
mod schemas;
mod secrets;
mod security;
mod servers;
mod settings;
mod shared_forms;
mod streams;
mod styled_values;
mod styles;
mod tags;
#[cfg(test)]
pub(crate) mod testing;
mod unions;
mod values;
mod view;

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::OnceLock;

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Schema};

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{Model, Sdk, Type};
use crate::normalize::{Additions, Normalized};

use crate::names::{self, Names};
pub use features::ALL_MODELS;
use limits::Budget;
use merge::Merged;
pub(crate) use operations::{NO_TAG, is_reserved_module, operation_id};
use place::Place;
use unions::Heirs;
use view::SchemaRef;

/// Lowers a normalized document. Errors and approximations go to `diagnostics`; there is
/// no SDK where any error was found.
pub fn lower(
    normalized: &Normalized,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Sdk> {
    let openapi = &normalized.openapi;
    let mut lowering = Lowering::new(normalized, config, diagnostics);
    limits::check_depth(lowering.components, &lowering.targets, lowering.diagnostics)?;
    let most_lines = limits::most_lines(config);
    limits::check_operations(lowering.find_operations().len(), most_lines, lowering.diagnostics)?;
    let documents = normalized.sources.bytes();
    lowering.text = Budget::new(2 * documents + limits::MOST_REPEATED_TEXT);
    lowering.lower_components();
    let payloads = lowering.payloads();
    let (security_schemes, default_security) = lowering.security();
    let apis = lowering.apis(&default_security);
    let error_model = lowering.error_model(&apis);
    limits::report(&lowering.parts, &lowering.text, lowering.diagnostics);
    let summary = normalized.additions.info_summary.as_deref();
    let package = package::package(config, &openapi.info.title, summary);
    let servers = lowering.servers();
    let settings = settings::settings(config, &package, &servers, &security_schemes);
    let command_line = command_line::command_line(config, &package.name);
    let mut sdk = Sdk {
        package,
        title: openapi.info.title.clone(),
        description: openapi.info.description.clone().unwrap_or_default(),
        api_version: openapi.info.version.clone(),
        servers,
        security_schemes,
        settings,
        command_line,
        default_features: config.features.default.clone(),
        apis,
        models: lowering.models.into_values().collect(),
        error_model,
        schema_types: lowering.inline_types,
        numbers: OnceLock::new(),
    };
    configuration_checks::check(config, &sdk, diagnostics);
    command_line::check(config, &sdk, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    if !config.select.is_empty() {
        features::drop_unreached(&mut sdk, &payloads);
    }
    limits::check_lines(&sdk, most_lines, diagnostics)?;
    finish::finish(&mut sdk, &normalized.openapi.openapi);
    features::assign(&mut sdk);
    for model in &mut sdk.models {
        let derives = config.derives(&model.schema).filter(|it| !model.kind.has_trait(it));
        model.derives = derives.cloned().collect();
    }
    Some(sdk)
}

/// What lowering has found so far.
struct Lowering<'a> {
    openapi: &'a OpenAPI,
    additions: &'a Additions,
    components: &'a Components,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    /// The Rust names of all models.
    type_names: Names,
    /// The Rust name of each component schema.
    component_types: HashMap<&'a str, String>,
    /// The models by Rust name, in the document's order.
    models: IndexMap<String, Model>,
    /// The types of inline schemas by their place, so that each is lowered once.
    inline_types: HashMap<String, Type>,
    /// What each component schema stands for when references were followed.
    targets: HashMap<&'a str, &'a str>,
    /// What the references to parameters lead to.
    followed: RefCell<HashMap<&'a str, Option<&'a openapiv3::Parameter>>>,
    /// What the components that alternatives name are by themselves.
    merged: RefCell<HashMap<&'a str, Rc<Merged<'a>>>>,
    /// The schemas that name each component in `allOf`, and other names of components.
    heirs: OnceCell<Heirs<'a>>,
    /// The warnings that were given once already, by code and place.
    warned: HashSet<(&'static str, String)>,
    /// How many properties and parts of `allOf` may still be written out.
    parts: Budget,
    /// How much text may still be taken into the SDK.
    text: Budget,
}

impl<'a> Lowering<'a> {
    fn new(
        normalized: &'a Normalized,
        config: &'a Config,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        static NONE: std::sync::LazyLock<Components> =
            std::sync::LazyLock::new(Components::default);
        let Normalized { openapi, additions, .. } = normalized;
        let components = openapi.components.as_ref().unwrap_or(&NONE);
        Self {
            openapi,
            additions,
            components,
            targets: limits::targets(components),
            followed: RefCell::default(),
            merged: RefCell::default(),
            heirs: OnceCell::new(),
            warned: HashSet::new(),
            parts: Budget::new(limits::MOST_PARTS),
            text: Budget::new(limits::MOST_REPEATED_TEXT),
            config,
            diagnostics,
            type_names: Names::for_types(),
            component_types: HashMap::new(),
            models: IndexMap::new(),
            inline_types: HashMap::new(),
        }
    }

    /// The component schema of that name with its place, references followed.
    fn component_schema(&self, name: &str) -> Option<(&'a Schema, Place)> {
        let name = *self.targets.get(name)?;
        let schema = self.components.schemas.get(name)?.as_item()?;
        Some((schema, self.component_place(name)))
    }

    /// As [`Self::component_schema`], without the place.
    fn component(&self, name: &str) -> Option<&'a Schema> {
        self.components.schemas.get(*self.targets.get(name)?)?.as_item()
    }

    /// The schema in place, or the component that it refers to.
    fn schema(&self, schema: SchemaRef<'a>) -> Option<&'a Schema> {
        match schema {
            SchemaRef::Component(name) => self.component(name),
            SchemaRef::Inline(schema) => Some(schema),
        }
    }

    fn component_place(&self, name: &str) -> Place {
        let rust_name = self.component_types.get(name).cloned().unwrap_or_default();
        let module = names::snake_name(&rust_name);
        Place::new(place::pointer("/components/schemas", &[name]), rust_name, module)
    }
}
