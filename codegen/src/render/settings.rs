//! The value that tells the runtime what is particular to this API.

use super::layout::Value;
use crate::config::{AuthorizationMode, Config, ConfigurationSources, KeyMeaning, ResetFormat};
use crate::ir::{Location, SchemeKind, Sdk, SecurityScheme};

/// The types of the runtime that the value may name.
pub const TYPES: [&str; 13] = [
    "ApiKeyLocation",
    "AuthorizationMode",
    "BaseUrlCheck",
    "ConfigurationKey",
    "ConfigurationSources",
    "ConfigurationValue",
    "ErrorFields",
    "RateLimitHeaders",
    "ResetFormat",
    "RetrySettings",
    "SecurityScheme",
    "SecuritySchemeKind",
    "Settings",
];

type Fields = Vec<(&'static str, Value)>;

/// The runtime's `Settings`. What neither the document nor the configuration says has the
/// runtime's default.
pub fn value(sdk: &Sdk, config: &Config) -> Value {
    let product = config.client.user_agent.as_deref().unwrap_or(&sdk.package.name);
    let user_agent = format!(
        "concat!({}, env!(\"CARGO_PKG_VERSION\"))",
        super::rust::string(&format!("{product}/"))
    );
    let mut fields: Fields = vec![("user_agent", Value::Source(user_agent))];
    fields.extend(default_base_url(sdk, config).map(|url| ("base_url", url)));
    fields.extend(base_url_checks(config));
    if !sdk.security_schemes.is_empty() {
        let schemes = sdk.security_schemes.iter().map(|scheme| security_scheme(scheme, config));
        fields.push(("security_schemes", Value::Array(schemes.collect())));
    }
    let request_id = config.headers.request_id.as_ref();
    fields.extend(request_id.map(|names| ("request_id_headers", Value::strings(names))));
    fields.extend(rate_limit(config));
    fields.extend(retry(config));
    fields.extend(error_fields(config));
    fields.extend(token_url(sdk, config));
    fields.extend(configuration(&config.configuration));
    Value::Struct("Settings".to_owned(), fields, Some("Settings::DEFAULT"))
}

/// The first server of the document, where it is a whole URL and not a placeholder.
fn default_base_url(sdk: &Sdk, config: &Config) -> Option<Value> {
    let url = &sdk.servers.first()?.url;
    let is_whole = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let is_usable = is_whole && !url.contains('{') && !config.client.base_url_required;
    is_usable.then(|| Value::Call("Some".to_owned(), vec![Value::string(url)]))
}

fn base_url_checks(config: &Config) -> Option<(&'static str, Value)> {
    let checks: Vec<Value> = config
        .client
        .base_url_checks
        .iter()
        .map(|check| {
            let fields = vec![
                ("host_contains", Value::string(&check.host_contains)),
                ("message", Value::string(&check.message)),
            ];
            Value::Struct("BaseUrlCheck".to_owned(), fields, None)
        })
        .collect();
    (!checks.is_empty()).then_some(("base_url_checks", Value::Array(checks)))
}

fn security_scheme(scheme: &SecurityScheme, config: &Config) -> Value {
    let kind = match &scheme.kind {
        SchemeKind::ApiKey { location, name, prefix } => {
            let location = match location {
                Location::Query => "Query",
                Location::Cookie => "Cookie",
                Location::Header | Location::Path => "Header",
            };
            let fields = vec![
                ("location", Value::Source(format!("ApiKeyLocation::{location}"))),
                ("name", Value::string(name)),
                ("prefix", Value::string(prefix)),
            ];
            Value::Struct("SecuritySchemeKind::ApiKey".to_owned(), fields, None)
        }
        SchemeKind::Basic => Value::Source("SecuritySchemeKind::Basic".to_owned()),
        SchemeKind::Computed(word) => {
            let fields = vec![("scheme", Value::string(word))];
            Value::Struct("SecuritySchemeKind::Computed".to_owned(), fields, None)
        }
        SchemeKind::MutualTls => Value::Source("SecuritySchemeKind::MutualTls".to_owned()),
        SchemeKind::Bearer | SchemeKind::OAuth(_) => {
            Value::Source("SecuritySchemeKind::Bearer".to_owned())
        }
    };
    let placeholders =
        config.security.get(&scheme.name).map(|scheme| scheme.placeholders.as_slice());
    let fields = vec![
        ("name", Value::string(&scheme.name)),
        ("kind", kind),
        ("builder_method", Value::string(&scheme.method)),
        ("placeholders", Value::strings(placeholders.unwrap_or_default())),
    ];
    Value::Struct("SecurityScheme".to_owned(), fields, None)
}

fn rate_limit(config: &Config) -> Option<(&'static str, Value)> {
    let mut fields = given([
        ("limit", &config.rate_limit.limit),
        ("remaining", &config.rate_limit.remaining),
        ("reset", &config.rate_limit.reset),
    ]);
    if fields.is_empty() {
        return None;
    }
    let format = match config.rate_limit.reset_format {
        ResetFormat::EpochSeconds => "ResetFormat::EpochSeconds",
        ResetFormat::DeltaSeconds => "ResetFormat::DeltaSeconds",
    };
    fields.push(("reset_format", Value::Source(format.to_owned())));
    Some(("rate_limit", partial("RateLimitHeaders", fields, 4, "RateLimitHeaders::DEFAULT")))
}

fn retry(config: &Config) -> Option<(&'static str, Value)> {
    let retry = &config.retry;
    let mut fields: Fields = Vec::new();
    let number = |number: u64| Value::Source(number.to_string());
    fields.extend(retry.max_retries.map(|retries| ("max_retries", number(retries.into()))));
    fields.extend(retry.max_wait_seconds.map(|seconds| ("max_wait_seconds", number(seconds))));
    fields.extend(given([
        ("request_id_header", &retry.request_id_header),
        ("count_header", &retry.count_header),
        ("idempotency_key_header", &retry.idempotency_key_header),
    ]));
    (!fields.is_empty())
        .then(|| ("retry", partial("RetrySettings", fields, 4, "RetrySettings::DEFAULT")))
}

fn error_fields(config: &Config) -> Option<(&'static str, Value)> {
    let fields: Fields = [("code", &config.errors.code), ("message", &config.errors.message)]
        .into_iter()
        .filter_map(|(name, pointers)| Some((name, Value::strings(pointers.as_ref()?))))
        .collect();
    (!fields.is_empty())
        .then(|| ("error_fields", partial("ErrorFields", fields, 2, "ErrorFields::DEFAULT")))
}

/// The token endpoint: that of the configuration, or else of a flow without a user.
fn token_url(sdk: &Sdk, config: &Config) -> Option<(&'static str, Value)> {
    let flows = sdk.security_schemes.iter().flat_map(|scheme| match &scheme.kind {
        SchemeKind::OAuth(flows) => flows.as_slice(),
        _ => &[],
    });
    let documented = || {
        let mut flows = flows.filter(|flow| flow.name == "clientCredentials");
        flows.find_map(|flow| flow.token_url.clone())
    };
    let url = config.oauth.token_url.clone().or_else(documented)?;
    Some(("token_url", Value::string(&url)))
}

fn configuration(sources: &ConfigurationSources) -> Option<(&'static str, Value)> {
    let mut fields = given([
        ("home_file", &sources.home_file),
        ("directory_file", &sources.directory_file),
        ("environment_prefix", &sources.environment_prefix),
        ("api_key_scheme", &sources.api_key_scheme),
        ("oauth_scheme", &sources.oauth_scheme),
    ]);
    if !sources.root.is_empty() {
        fields.push(("root", Value::strings(&sources.root)));
    }
    if !sources.keys.is_empty() {
        let keys = sources.keys.iter().map(|(name, meaning)| configuration_key(name, *meaning));
        fields.push(("keys", Value::Array(keys.collect())));
    }
    if !sources.foreign.is_empty() {
        fields.push(("foreign", Value::strings(&sources.foreign)));
    }
    if !sources.authorization_modes.is_empty() {
        let modes = sources.authorization_modes.iter().map(|(name, mode)| {
            let mode = Value::Source(format!("AuthorizationMode::{}", mode_name(*mode)));
            Value::Call(String::new(), vec![Value::string(name), mode])
        });
        fields.push(("authorization_modes", Value::Array(modes.collect())));
    }
    let default = "ConfigurationSources::DEFAULT";
    (!fields.is_empty())
        .then(|| ("configuration", partial("ConfigurationSources", fields, 8, default)))
}

fn configuration_key(name: &str, meaning: KeyMeaning) -> Value {
    let meaning = match meaning {
        KeyMeaning::BaseUrl => "BaseUrl",
        KeyMeaning::Token => "Token",
        KeyMeaning::ClientId => "ClientId",
        KeyMeaning::Scopes => "Scopes",
        KeyMeaning::PrivateKey => "PrivateKey",
        KeyMeaning::PrivateKeyId => "PrivateKeyId",
        KeyMeaning::Dpop => "Dpop",
        KeyMeaning::AuthorizationMode => "AuthorizationMode",
        KeyMeaning::ConnectTimeout => "ConnectTimeout",
        KeyMeaning::Timeout => "Timeout",
        KeyMeaning::MaxRetries => "MaxRetries",
        KeyMeaning::ProxyHost => "ProxyHost",
        KeyMeaning::ProxyPort => "ProxyPort",
        KeyMeaning::ProxyUser => "ProxyUser",
        KeyMeaning::ProxyPassword => "ProxyPassword",
    };
    let value = Value::Source(format!("ConfigurationValue::{meaning}"));
    Value::Struct(
        "ConfigurationKey".to_owned(),
        vec![("name", Value::string(name)), ("value", value)],
        None,
    )
}

fn mode_name(mode: AuthorizationMode) -> &'static str {
    match mode {
        AuthorizationMode::ApiKey => "ApiKey",
        AuthorizationMode::Bearer => "Bearer",
        AuthorizationMode::PrivateKey => "PrivateKey",
    }
}

fn given<const N: usize>(fields: [(&'static str, &Option<String>); N]) -> Fields {
    fields
        .into_iter()
        .filter_map(|(name, value)| Some((name, Value::string(value.as_deref()?))))
        .collect()
}

/// A struct of `whole` fields; those that are missing have their default.
fn partial(name: &str, fields: Fields, whole: usize, default: &'static str) -> Value {
    let base = (fields.len() < whole).then_some(default);
    Value::Struct(name.to_owned(), fields, base)
}
