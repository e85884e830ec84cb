//! `README.md`: how to begin, and the index of all pages.

use std::collections::HashSet;

use askama::Template;

use super::links::{Links, Page};
use super::{WIDTH, program};
use crate::ir::{Api, Method, OAuthFlow, Operation, Output, SchemeKind, Sdk, SecurityScheme};
use crate::render::example::Examples;
use crate::render::markdown::{self, cell, code};
use crate::render::{crate_root, manifest, rust};

#[derive(Template)]
#[template(path = "readme.md.jinja", escape = "none")]
pub struct Readme {
    title: String,
    purpose: String,
    api_version: String,
    name: String,
    library: String,
    description: Vec<String>,
    program: String,
    servers: Vec<Row>,
    schemes: Vec<SchemeView>,
    error_model: String,
    has_all_models: bool,
    default_features: HashSet<String>,
    dependencies: Vec<String>,
    apis: Vec<ApiView>,
    models: Vec<ModelView>,
}

impl Readme {
    /// What the table of features says of one: whether it is on by default.
    fn default_cell(&self, feature: &str) -> &'static str {
        if self.default_features.contains(feature) { "yes " } else { "" }
    }
}

/// A row of two cells.
struct Row {
    name: String,
    description: String,
}

struct SchemeView {
    name: String,
    credential: String,
    methods: String,
    description: String,
    scopes: Vec<Row>,
}

struct ApiView {
    name: String,
    page: String,
    tag: String,
    feature: String,
    feature_name: String,
    feature_literal: String,
    operations: Vec<OperationView>,
}

struct OperationView {
    method: String,
    anchor: String,
    request: String,
    summary: String,
}

struct ModelView {
    name: String,
    link: String,
    summary: String,
}

/// The README of an SDK.
pub fn page(
    sdk: &Sdk,
    examples: &Examples<'_>,
    links: &Links<'_>,
) -> Result<Readme, askama::Error> {
    let title = if sdk.title.trim().is_empty() { &sdk.package.name } else { &sdk.title };
    let servers = sdk.servers.iter().map(|server| Row {
        name: cell::span(&server.url),
        description: cell::text(&server.description),
    });
    let models = sdk.models.iter().map(|model| ModelView {
        name: model.name.clone(),
        link: links.model(Page::Readme, &model.name),
        summary: cell::summary(&model.description),
    });
    Ok(Readme {
        title: markdown::inline(title),
        purpose: markdown::inline(&sdk.package.description).trim_end_matches('.').to_owned(),
        api_version: code(&sdk.api_version),
        name: sdk.package.name.clone(),
        library: sdk.package.library(),
        description: markdown::lines(&sdk.description, WIDTH),
        program: first_program(sdk, examples)?,
        servers: servers.collect(),
        schemes: sdk.security_schemes.iter().map(scheme).collect(),
        error_model: error_model(sdk, links),
        has_all_models: manifest::has_unreached(sdk),
        default_features: manifest::default_features(sdk).into_iter().map(str::to_owned).collect(),
        dependencies: sdk.package.dependencies.iter().map(|(name, _)| cell::span(name)).collect(),
        apis: sdk.apis.iter().enumerate().map(|(index, it)| api(links, index, it)).collect(),
        models: models.collect(),
    })
}

/// A program with the operation that needs the least: no body and few arguments, an answer, and
/// no deprecation; its feature is on by default.
fn first_program(sdk: &Sdk, examples: &Examples<'_>) -> Result<String, askama::Error> {
    let features = manifest::default_features(sdk);
    let apis = sdk.apis.iter().filter(|api| features.contains(api.feature.as_str()));
    let operations = apis.flat_map(|api| api.operations.iter().map(move |it| (api, it)));
    match operations.min_by_key(|(_, operation)| effort(operation)) {
        Some((api, operation)) => program::calling(sdk, &examples.call(api, operation), operation),
        None => program::connecting(sdk),
    }
}

/// How much a caller has to know of an operation.
fn effort(operation: &Operation) -> (bool, bool, bool, bool, usize) {
    (
        operation.deprecated,
        operation.http_method != Method::Get,
        operation.body.as_ref().is_some_and(|body| body.required),
        !matches!(operation.output, Output::Body { .. }) || operation.output.stream().is_some(),
        operation.required_parameters().len(),
    )
}

/// What an error's body is read as, as part of a sentence.
fn error_model(sdk: &Sdk, links: &Links<'_>) -> String {
    match &sdk.error_model {
        Some(ty) => format!("the model {}", links.ty(Page::Readme, ty)),
        None => "any JSON".to_owned(),
    }
}

fn scheme(scheme: &SecurityScheme) -> SchemeView {
    let method = &scheme.method;
    let provider = format!("`.{method}_provider(provider)`");
    let methods = match &scheme.kind {
        SchemeKind::ApiKey { .. } => vec![format!("`.{method}(key)`")],
        SchemeKind::Basic => vec![format!("`.{method}(user, password)`")],
        SchemeKind::Computed(_) => vec![format!("`.layer(layer)` with `.{method}()`")],
        SchemeKind::MutualTls => vec!["`.identity(certificate)`".to_owned()],
        SchemeKind::Bearer => vec![format!("`.{method}(token)`"), provider],
        SchemeKind::OAuth(_) => {
            let key =
                format!("`.{}(key)`, with the feature `oauth`", crate_root::key_method(scheme));
            vec![format!("`.{method}(token)`"), provider, key]
        }
    };
    let note = if scheme.deprecated { "*Deprecated.* " } else { "" };
    let description = format!("{note}{}", scheme.description);
    SchemeView {
        name: cell::span(&scheme.name),
        credential: credential(&scheme.kind),
        methods: cell::entries(&methods),
        description: cell::text(&description),
        scopes: match &scheme.kind {
            SchemeKind::OAuth(flows) => scopes(flows),
            _ => Vec::new(),
        },
    }
}

/// What the caller gives, and where it goes.
fn credential(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { location, name, prefix } => {
            let place = format!("an API key in the {} {}", location.as_str(), cell::span(name));
            match prefix.trim() {
                "" => place,
                prefix => format!("{place}, after the word {}", cell::span(prefix)),
            }
        }
        SchemeKind::Basic => "a user name and a password (RFC 7617)".to_owned(),
        SchemeKind::Computed(word) => {
            format!("what a layer of yours computes for the HTTP scheme {}", cell::span(word))
        }
        SchemeKind::MutualTls => "a client certificate".to_owned(),
        SchemeKind::Bearer => "a bearer token (RFC 6750)".to_owned(),
        SchemeKind::OAuth(flows) => {
            let token_urls = flows.iter().filter_map(|flow| {
                let url = flow.token_url.as_ref()?;
                Some(format!("`{}`: {}", flow.name, cell::span(url)))
            });
            let first = "an OAuth 2.0 access token (RFC 6750)".to_owned();
            cell::entries(&std::iter::once(first).chain(token_urls).collect::<Vec<_>>())
        }
    }
}

/// The scopes of all flows, each once.
fn scopes(flows: &[OAuthFlow]) -> Vec<Row> {
    let mut seen = HashSet::new();
    let scopes: Vec<&(String, String)> =
        flows.iter().flat_map(|flow| &flow.scopes).filter(|(name, _)| seen.insert(name)).collect();
    let row = |(name, description): &(String, String)| Row {
        name: cell::span(name),
        description: cell::text(description),
    };
    scopes.into_iter().map(row).collect()
}

fn api(links: &Links<'_>, index: usize, api: &Api) -> ApiView {
    let operations = api.operations.iter().enumerate().map(|(position, operation)| OperationView {
        method: operation.method.clone(),
        anchor: links.operation_anchor(index, position).to_owned(),
        request: cell::span(&format!("{} {}", operation.http_method, operation.path)),
        summary: cell::text(&operation.summary),
    });
    ApiView {
        name: api.name.clone(),
        page: api.page(),
        tag: cell::span(&api.tag),
        feature: cell::span(&api.feature),
        feature_name: api.feature.clone(),
        feature_literal: rust::string(&api.feature),
        operations: operations.collect(),
    }
}
