//! The value that tells the runtime what is particular to this API.

use askama::Template;

use super::{Error, Fault, layout, rust};
use crate::config::{AuthorizationMode, ConfigurationSources, KeyMeaning, ResetFormat};
use crate::ir::{Location, SchemeKind, Sdk, SecurityScheme, Settings};

/// The template of the value.
const TEMPLATE: &str = "settings_value.rs.jinja";

#[derive(Template)]
#[template(path = "settings_value.rs.jinja", escape = "none")]
struct View<'a> {
    user_agent: String,
    settings: &'a Settings,
    security_schemes: &'a [SecurityScheme],
    groups: Vec<Group>,
}

/// A field that is a struct of the runtime, where anything of it is given.
struct Group {
    field: &'static str,
    ty: &'static str,
    /// How many fields the struct has.
    size: usize,
    /// The fields that are given, each with its expression.
    values: Vec<(&'static str, String)>,
}

impl View<'_> {
    /// The variant of the runtime's `ApiKeyLocation`.
    fn key_location(&self, location: &Location) -> &'static str {
        match location {
            Location::Query => "Query",
            Location::Cookie => "Cookie",
            Location::Header | Location::Path => "Header",
        }
    }
}

impl Group {
    fn has_defaults(&self) -> bool {
        self.values.len() < self.size
    }
}

/// The expression for the runtime's `Settings`. What neither the document nor the configuration says has the runtime's
/// default.
pub fn value(sdk: &Sdk) -> Result<layout::Value, Error> {
    let settings = &sdk.settings;
    let groups = [
        rate_limit(settings),
        retry(settings),
        error_fields(settings),
        configuration(&settings.configuration),
    ];
    let view = View {
        user_agent: rust::string(&format!("{}/", settings.product)),
        settings,
        security_schemes: &sdk.security_schemes,
        groups: groups.into_iter().filter(|group| !group.values.is_empty()).collect(),
    };
    let text = view.render()?;
    layout::Value::parse(&text).map_err(|error| {
        let line = error.span().start().line;
        let fault = Fault::in_template(
            "Rust",
            TEMPLATE,
            "src/settings.rs",
            &text,
            line,
            &error.to_string(),
        );
        Error::Syntax(Box::new(fault))
    })
}

fn rate_limit(settings: &Settings) -> Group {
    let told = &settings.rate_limit;
    let mut values =
        texts([("limit", &told.limit), ("remaining", &told.remaining), ("reset", &told.reset)]);
    if !values.is_empty() {
        let format = match told.reset_format {
            ResetFormat::EpochSeconds => "ResetFormat::EpochSeconds",
            ResetFormat::DeltaSeconds => "ResetFormat::DeltaSeconds",
        };
        values.push(("reset_format", format.to_owned()));
    }
    Group { field: "rate_limit", ty: "RateLimitHeaders", size: 4, values }
}

fn retry(settings: &Settings) -> Group {
    let retry = &settings.retry;
    let mut values = Vec::new();
    values.extend(retry.max_retries.map(|retries| ("max_retries", retries.to_string())));
    values.extend(retry.max_wait_seconds.map(|seconds| ("max_wait_seconds", seconds.to_string())));
    values.extend(texts([
        ("request_id_header", &retry.request_id_header),
        ("count_header", &retry.count_header),
        ("idempotency_key_header", &retry.idempotency_key_header),
    ]));
    Group { field: "retry", ty: "RetrySettings", size: 5, values }
}

fn error_fields(settings: &Settings) -> Group {
    let fields = &settings.error_fields;
    let values = [("code", &fields.code), ("message", &fields.message)]
        .into_iter()
        .filter_map(|(name, pointers)| Some((name, rust::strings(pointers.as_ref()?))))
        .collect();
    Group { field: "error_fields", ty: "ErrorFields", size: 2, values }
}

fn configuration(sources: &ConfigurationSources) -> Group {
    let mut values = texts([
        ("home_file", &sources.home_file),
        ("directory_file", &sources.directory_file),
        ("environment_prefix", &sources.environment_prefix),
        ("api_key_scheme", &sources.api_key_scheme),
        ("oauth_scheme", &sources.oauth_scheme),
    ]);
    if !sources.root.is_empty() {
        values.push(("root", rust::strings(&sources.root)));
    }
    if !sources.keys.is_empty() {
        let keys = sources.keys.iter().map(|(name, meaning)| configuration_key(name, *meaning));
        values.push(("keys", rust::slice(keys)));
    }
    if !sources.foreign.is_empty() {
        values.push(("foreign", rust::strings(&sources.foreign)));
    }
    if !sources.authorization_modes.is_empty() {
        let modes = sources.authorization_modes.iter();
        let modes =
            modes.map(|(name, mode)| format!("({}, {})", rust::string(name), mode_path(*mode)));
        values.push(("authorization_modes", rust::slice(modes)));
    }
    Group { field: "configuration", ty: "ConfigurationSources", size: 9, values }
}

fn configuration_key(name: &str, meaning: KeyMeaning) -> String {
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
    format!(
        "ConfigurationKey {{ name: {}, value: ConfigurationValue::{meaning} }}",
        rust::string(name)
    )
}

fn mode_path(mode: AuthorizationMode) -> &'static str {
    match mode {
        AuthorizationMode::ApiKey => "AuthorizationMode::ApiKey",
        AuthorizationMode::Bearer => "AuthorizationMode::Bearer",
        AuthorizationMode::PrivateKey => "AuthorizationMode::PrivateKey",
    }
}

/// The fields that have a text, each with its literal.
fn texts<const N: usize>(
    fields: [(&'static str, &Option<String>); N],
) -> Vec<(&'static str, String)> {
    let given = fields.into_iter();
    given.filter_map(|(name, text)| Some((name, rust::string(text.as_deref()?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{ErrorFields, RateLimit, Retry};

    /// The number of fields that a struct of the runtime has.
    fn size(name: &str) -> usize {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../templates/runtime/src/settings");
        let texts = ["mod.rs", "configuration.rs"]
            .map(|file| std::fs::read_to_string(format!("{folder}/{file}")).unwrap());
        let items = texts.iter().flat_map(|text| syn::parse_file(text).unwrap().items);
        let mut structs = items.filter_map(|item| match item {
            syn::Item::Struct(item) if item.ident == name => Some(item.fields.len()),
            _ => None,
        });
        structs.next().unwrap()
    }

    /// A struct of which all but one field is given still needs the rest from its defaults.
    #[test]
    fn the_runtime_has_as_many_fields() {
        let none = Settings::default();
        let groups = [
            rate_limit(&none),
            retry(&none),
            error_fields(&none),
            configuration(&none.configuration),
        ];
        for group in groups {
            assert_eq!(group.size, size(group.ty), "{}", group.ty);
        }
    }

    #[test]
    fn all_that_can_be_given_is_the_whole_struct() {
        let text = || Some("a".to_owned());
        let settings = Settings {
            rate_limit: RateLimit {
                limit: text(),
                remaining: text(),
                reset: text(),
                ..RateLimit::default()
            },
            retry: Retry {
                max_retries: Some(1),
                max_wait_seconds: Some(2),
                request_id_header: text(),
                count_header: text(),
                idempotency_key_header: text(),
            },
            error_fields: ErrorFields { code: Some(vec![]), message: Some(vec![]) },
            ..Settings::default()
        };
        for group in [rate_limit(&settings), retry(&settings), error_fields(&settings)] {
            assert!(!group.has_defaults(), "{}", group.ty);
        }
        let but_one = Retry { count_header: None, ..settings.retry.clone() };
        assert!(retry(&Settings { retry: but_one, ..settings }).has_defaults());
    }
}
