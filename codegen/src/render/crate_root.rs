//! The files at the root of the crate: manifest, library root, settings, security.

use askama::Template;

use super::{Error, manifest, markdown, rust};
use crate::config::{Config, ResetFormat};
use crate::ir::{Location, SchemeKind, Sdk, SecurityScheme};

/// How wide a line of docs is.
const WIDTH: usize = 96;

#[derive(Template)]
#[template(path = "lib.rs", escape = "none")]
struct Root {
    docs: String,
    pages: Vec<Page>,
}

/// A page of the reference whose examples are compiled as tests.
struct Page {
    cfg: String,
    name: String,
    path: String,
}

#[derive(Template)]
#[template(path = "settings.rs", escape = "none")]
struct SettingsFile {
    user_agent: String,
    base_url: Option<String>,
    base_url_checks: Vec<CheckView>,
    schemes: Vec<SchemeView>,
    request_id_headers: Option<String>,
    rate_limit: Vec<(&'static str, String)>,
    reset_format: &'static str,
    retry: Vec<(&'static str, String)>,
    error_fields: Vec<(&'static str, String)>,
    error_model: String,
    imports: Vec<&'static str>,
}

struct CheckView {
    host_contains: String,
    message: String,
}

struct SchemeView {
    name: String,
    kind: String,
    method: String,
    placeholders: String,
}

#[derive(Template)]
#[template(path = "security.rs", escape = "none")]
struct SecurityFile {
    schemes: Vec<CredentialView>,
}

struct CredentialView {
    docs: String,
    method: String,
    name: String,
    is_basic: bool,
    constructor: &'static str,
}

/// `Cargo.toml` and the files right under `src/`.
pub fn files(sdk: &Sdk, config: &Config) -> Result<Vec<(String, String)>, Error> {
    let mut files = vec![("Cargo.toml".to_owned(), manifest::text(sdk)?)];
    files.push(source("src/lib.rs", &root(sdk).render()?)?);
    files.push(source("src/settings.rs", &settings(sdk, config).render()?)?);
    files.push(source("src/security.rs", &security(sdk).render()?)?);
    Ok(files)
}

fn source(path: &str, text: &str) -> Result<(String, String), Error> {
    Ok((path.to_owned(), rust::file(path, text)?))
}

fn root(sdk: &Sdk) -> Root {
    let mut docs = vec![markdown::lines(&sdk.package.description, WIDTH).join(" "), String::new()];
    docs.extend(markdown::lines(&sdk.description, WIDTH));
    docs.extend([
        String::new(),
        format!("Made from version {} of the API's OpenAPI document.", markdown::cell(&sdk.api_version)),
        String::new(),
        "Start with [`Client::builder`]; the operations are in [`api`], what they carry in [`models`].".to_owned(),
        "The README has a first example.".to_owned(),
    ]);
    let pages = sdk
        .apis
        .iter()
        .map(|api| Page {
            cfg: super::models::cfg(std::slice::from_ref(&api.feature)),
            name: api.name.clone(),
            path: rust::string(&format!("../docs/{}.md", api.name)),
        })
        .collect();
    Root { docs: rust::inner_doc(&docs), pages }
}

fn settings(sdk: &Sdk, config: &Config) -> SettingsFile {
    let mut imports = vec!["Settings"];
    let base_url_checks: Vec<CheckView> = config
        .client
        .base_url_checks
        .iter()
        .map(|check| CheckView {
            host_contains: rust::string(&check.host_contains),
            message: rust::string(&check.message),
        })
        .collect();
    let schemes: Vec<SchemeView> = sdk.security_schemes.iter().map(|scheme| scheme_view(scheme, config)).collect();
    let rate_limit = given([
        ("limit", &config.rate_limit.limit),
        ("remaining", &config.rate_limit.remaining),
        ("reset", &config.rate_limit.reset),
    ]);
    let retry = retry(config);
    let error_fields: Vec<_> = [("code", &config.errors.code), ("message", &config.errors.message)]
        .into_iter()
        .filter_map(|(name, pointers)| Some((name, strings(pointers.as_ref()?))))
        .collect();
    let has = |condition: bool, name: &'static str| condition.then_some(name);
    imports.extend(has(!base_url_checks.is_empty(), "BaseUrlCheck"));
    imports.extend(has(!schemes.is_empty(), "SecurityScheme"));
    imports.extend(has(!schemes.is_empty(), "SecuritySchemeKind"));
    imports.extend(has(schemes.iter().any(|scheme| scheme.kind.contains("ApiKeyLocation")), "ApiKeyLocation"));
    imports.extend(has(!rate_limit.is_empty(), "RateLimitHeaders"));
    imports.extend(has(!rate_limit.is_empty(), "ResetFormat"));
    imports.extend(has(!retry.is_empty(), "RetrySettings"));
    imports.extend(has(!error_fields.is_empty(), "ErrorFields"));
    imports.sort_unstable();
    SettingsFile {
        user_agent: rust::string(config.client.user_agent.as_deref().unwrap_or(&sdk.package.name)),
        base_url: default_base_url(sdk, config),
        base_url_checks,
        schemes,
        request_id_headers: config.headers.request_id.as_ref().map(|names| strings(names)),
        rate_limit,
        reset_format: match config.rate_limit.reset_format {
            ResetFormat::EpochSeconds => "EpochSeconds",
            ResetFormat::DeltaSeconds => "DeltaSeconds",
        },
        retry,
        error_fields,
        error_model: match &sdk.error_model {
            Some(model) => model.rust("crate::models::"),
            None => "serde_json::Value".to_owned(),
        },
        imports,
    }
}

/// The first server of the document, where it is a whole URL and not a placeholder.
fn default_base_url(sdk: &Sdk, config: &Config) -> Option<String> {
    let server = sdk.servers.first()?;
    let is_whole = ["https://", "http://"].iter().any(|scheme| server.url.starts_with(scheme));
    (is_whole && !server.url.contains('{') && !config.client.base_url_required).then(|| rust::string(&server.url))
}

fn given<const N: usize>(fields: [(&'static str, &Option<String>); N]) -> Vec<(&'static str, String)> {
    fields.into_iter().filter_map(|(name, value)| Some((name, rust::string(value.as_deref()?)))).collect()
}

fn retry(config: &Config) -> Vec<(&'static str, String)> {
    let retry = &config.retry;
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    fields.extend(retry.max_retries.map(|retries| ("max_retries", retries.to_string())));
    fields.extend(retry.max_wait_seconds.map(|seconds| ("max_wait_seconds", seconds.to_string())));
    fields.extend(given([
        ("request_id_header", &retry.request_id_header),
        ("count_header", &retry.count_header),
    ]));
    fields
}

fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| rust::string(text)).collect();
    format!("&[{}]", texts.join(", "))
}

fn scheme_view(scheme: &SecurityScheme, config: &Config) -> SchemeView {
    let placeholders = config.security.get(&scheme.name).map(|scheme| scheme.placeholders.as_slice());
    let kind = match &scheme.kind {
        SchemeKind::ApiKey { location, name, prefix } => {
            let location = match location {
                Location::Query => "Query",
                Location::Cookie => "Cookie",
                Location::Header | Location::Path => "Header",
            };
            let (name, prefix) = (rust::string(name), rust::string(prefix));
            format!("ApiKey {{ location: ApiKeyLocation::{location}, name: {name}, prefix: {prefix} }}")
        }
        SchemeKind::Basic => "Basic".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth(_) => "Bearer".to_owned(),
    };
    SchemeView {
        name: rust::string(&scheme.name),
        kind,
        method: rust::string(&scheme.method),
        placeholders: strings(placeholders.unwrap_or_default()),
    }
}

fn security(sdk: &Sdk) -> SecurityFile {
    let schemes = sdk
        .security_schemes
        .iter()
        .map(|scheme| CredentialView {
            docs: credential_docs(scheme),
            method: scheme.method.clone(),
            name: rust::string(&scheme.name),
            is_basic: matches!(scheme.kind, SchemeKind::Basic),
            constructor: match scheme.kind {
                SchemeKind::ApiKey { .. } => "api_key",
                SchemeKind::Basic => "basic",
                SchemeKind::Bearer | SchemeKind::OAuth(_) => "bearer",
            },
        })
        .collect();
    SecurityFile { schemes }
}

fn credential_docs(scheme: &SecurityScheme) -> String {
    let what = match &scheme.kind {
        SchemeKind::ApiKey { location, name, prefix } => {
            let value = if prefix.is_empty() { String::new() } else { format!(", after the word `{prefix}`") };
            format!("an API key in the {} `{}`{value}", location.as_str(), name.replace(['`', '\n'], " "))
        }
        SchemeKind::Basic => "a user name and a password (RFC 7617)".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth(_) => "a bearer token (RFC 6750)".to_owned(),
    };
    let first = format!("Authorizes calls by the security scheme `{}`: {what}.", scheme.name.replace(['`', '\n'], " "));
    let mut lines = markdown::lines(&first, WIDTH - 4);
    let description = markdown::lines(&scheme.description, WIDTH - 4);
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    rust::doc(&lines, 4)
}
