//! The `sdk.toml` of a new repository: what was found in the document, and what may be said besides.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use codegen::ir::{
    Location, Method, ModelKind, Operation, Parameter, SchemeKind, Sdk, Secrecy, SecurityScheme,
    Type,
};
use codegen::names::snake_name;
use toml::Value;

use super::Request;

/// Parts of the names of headers that carry the id of a request.
const REQUEST_IDS: [&str; 3] = ["request-id", "correlation-id", "trace-id"];

/// Query parameters by which lists go on, with the style that they are of.
const PAGING: [(&str, &str); 10] = [
    ("after", "cursor"),
    ("cursor", "cursor"),
    ("page_token", "cursor"),
    ("pageToken", "cursor"),
    ("next_token", "cursor"),
    ("nextToken", "cursor"),
    ("starting_after", "cursor"),
    ("offset", "offset"),
    ("page", "page-number"),
    ("page_number", "page-number"),
];

/// What the names of secrets end in.
const SECRETS: [&str; 5] = ["apikey", "password", "privatekey", "secret", "token"];

/// What the names of properties begin with that end like a secret and are none.
const NO_SECRETS: [&str; 5] = ["continuation", "has", "is", "next", "page"];

/// How many names a comment lists.
const MOST_LISTED: usize = 12;

/// The text of the file.
pub(super) fn settings(sdk: &Sdk, request: &Request) -> String {
    let mut text = String::from(
        "#:schema ../docs/sdk.schema.json\n# Which SDK to make of the document. docs/configuration.md explains every key; what is commented out is a suggestion.\n",
    );
    let sections = [
        package(sdk, request),
        client(sdk, request),
        security(sdk),
        headers(sdk),
        rate_limit(sdk),
        retry(sdk),
        errors(),
        secrets(sdk),
        paging(sdk),
        renames(sdk),
        select(sdk),
    ];
    for section in sections.iter().filter(|section| !section.is_empty()) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{section}");
    }
    text
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// A key, in quotes only where it needs them.
fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}

fn list<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

/// A text of the document in a comment, which it cannot end.
fn comment(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    codegen::characters::shown(&words.join(" ")).into_owned()
}

fn package(sdk: &Sdk, request: &Request) -> String {
    let name = quoted(&request.name);
    let license = match &request.license {
        Some(license) => format!("license = {}\n", quoted(license)),
        None => "# An SPDX expression: choose one before you publish.\n# license = \"MIT OR Apache-2.0\"\n"
            .to_owned(),
    };
    format!(
        "[package]\nname = {name}\nversion = \"0.1.0\"\ndescription = {}\n{license}# repository = \"https://example.com/me/{}\"\n",
        quoted(&sdk.package.description),
        request.name
    )
}

fn client(sdk: &Sdk, request: &Request) -> String {
    let first = sdk.servers.first().map(|server| server.url.as_str()).unwrap_or_default();
    let is_whole = first.starts_with("https://") || first.starts_with("http://");
    let mut text = format!("[client]\n# user-agent = {}\n", quoted(&request.name));
    if is_whole && !first.contains('{') {
        let _ = writeln!(text, "# By default calls go to {}.", comment(first));
        text.push_str("# base-url-required = true\n");
    } else {
        text.push_str(
            "# The document names no server that could be called.\nbase-url-required = true\n",
        );
    }
    text
}

fn security(sdk: &Sdk) -> String {
    let schemes = sdk.security_schemes.iter();
    schemes.filter_map(scheme).collect::<Vec<_>>().join("\n")
}

fn scheme(scheme: &SecurityScheme) -> Option<String> {
    let (what, more) = match &scheme.kind {
        SchemeKind::ApiKey { location, name, .. } => {
            let is_authorization = name.eq_ignore_ascii_case("authorization");
            let prefix = match is_authorization {
                true => {
                    "# The word before the key, where the server wants one.\n# prefix = \"Token\"\n"
                }
                false => "",
            };
            (format!("A key in the {} {}", location.as_str(), comment(name)), prefix)
        }
        SchemeKind::Bearer => ("A bearer token".to_owned(), ""),
        SchemeKind::Basic => ("A user and a password".to_owned(), ""),
        SchemeKind::OAuth(_) => ("A token of OAuth 2.0 or OpenID Connect".to_owned(), ""),
        SchemeKind::Computed(word) => {
            (format!("Credentials of the HTTP scheme {}, by a layer", comment(word)), "")
        }
        SchemeKind::MutualTls => return None,
    };
    let (key, method) = (key(&scheme.name), quoted(&scheme.method));
    Some(format!("# {what}.\n[security.{key}]\nmethod = {method}\n{more}"))
}

/// The names of response headers that `is_wanted` takes, in lower case.
fn response_headers(sdk: &Sdk, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let operations = sdk.apis.iter().flat_map(|api| &api.operations);
    let headers = operations.flat_map(|it| &it.responses).flat_map(|it| &it.headers);
    let names: BTreeSet<String> =
        headers.map(|header| header.name.to_lowercase()).filter(|name| is_wanted(name)).collect();
    names.into_iter().collect()
}

fn headers(sdk: &Sdk) -> String {
    let found = response_headers(sdk, |name| REQUEST_IDS.iter().any(|id| name.contains(id)));
    if found.is_empty() {
        return "[headers]\n# The response header with the id of a request.\n# request-id = [\"x-request-id\"]\n"
            .to_owned();
    }
    format!("[headers]\nrequest-id = {}\n", list(&found))
}

fn rate_limit(sdk: &Sdk) -> String {
    let is_one = |name: &str| name.replace('-', "").contains("ratelimit");
    let mut text = String::from("[rate-limit]\n");
    for key in ["limit", "remaining", "reset"] {
        match response_headers(sdk, |name| is_one(name) && name.ends_with(key)).first() {
            Some(name) => {
                let _ = writeln!(text, "{key} = {}", quoted(name));
            }
            None => {
                let _ = writeln!(text, "# {key} = \"x-ratelimit-{key}\"");
            }
        }
    }
    text + "# Or \"delta-seconds\", where the header says how long to wait.\n# reset-format = \"epoch-seconds\"\n"
}

fn retry(sdk: &Sdk) -> String {
    let is_key = |it: &&Parameter| {
        it.location == Location::Header && it.name.to_lowercase().contains("idempotency")
    };
    let parameters = || {
        let operations = sdk.apis.iter().flat_map(|api| &api.operations);
        operations.flat_map(|operation| &operation.parameters).filter(is_key)
    };
    let header = match parameters().next() {
        Some(found) if parameters().all(|it| !it.required) => {
            format!("# The document describes it; with it, a POST can be repeated.\nidempotency-key-header = {}\n", quoted(&found.name))
        }
        _ => "# A header with a key that repetitions share, so that a POST can be repeated.\n# idempotency-key-header = \"Idempotency-Key\"\n".to_owned(),
    };
    format!("[retry]\n# max-retries = 2\n{header}")
}

fn errors() -> String {
    "# Where an error says what went wrong, as JSON pointers; what most vendors have is known.\n# [errors]\n# code = [\"/error/code\"]\n# message = [\"/error/message\"]\n".to_owned()
}

fn secrets(sdk: &Sdk) -> String {
    let mut found = BTreeSet::new();
    for model in &sdk.models {
        let ModelKind::Object(object) = &model.kind else { continue };
        let fields = object.fields.iter().filter(|it| it.ty == Type::String);
        let open = fields.filter(|field| field.secrecy == Secrecy::Open && is_secret(&field.name));
        found.extend(open.map(|field| field.name.clone()));
    }
    let found: Vec<String> = found.into_iter().take(MOST_LISTED).collect();
    if found.is_empty() {
        return "[secrets]\n# Properties that `Debug` does not show, besides those that the document calls secret.\n# properties = [\"token\"]\n".to_owned();
    }
    format!(
        "[secrets]\n# Properties that `Debug` does not show; what is no secret can go.\nproperties = {}\n",
        list(&found)
    )
}

fn is_secret(property: &str) -> bool {
    let name: String = property.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    SECRETS.iter().any(|end| name.ends_with(end))
        && !NO_SECRETS.iter().any(|start| name.starts_with(start))
}

fn paging(sdk: &Sdk) -> String {
    let mut text = String::from(
        "# Lists whose answers have a `Link` header go on by themselves. Others need a rule: the first that fits an operation counts.\n",
    );
    let mut any = false;
    for (parameter, style) in PAGING {
        let takes_it = |it: &&Operation| {
            it.http_method == Method::Get
                && it.paging.is_none()
                && it
                    .parameters
                    .iter()
                    .any(|it| it.location == Location::Query && it.name == parameter)
        };
        let operations = sdk.apis.iter().flat_map(|api| &api.operations);
        let ids: Vec<String> = operations.filter(takes_it).map(|it| comment(&it.id)).collect();
        if ids.is_empty() {
            continue;
        }
        any = true;
        let listed = ids.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
        let more = if ids.len() > MOST_LISTED { ", .." } else { "" };
        let next = if style == "cursor" { "# next = \"/next\"\n" } else { "" };
        let _ = write!(
            text,
            "#\n# {} of them: {listed}{more}\n# [[paging]]\n# style = \"{style}\"\n# parameter = \"{parameter}\"\n# items = \"/items\"\n{next}",
            ids.len()
        );
    }
    if any { text } else { String::new() }
}

/// Shorter names for operations whose ids repeat their path and method, as those of many frameworks do.
fn renames(sdk: &Sdk) -> String {
    let mut text = String::new();
    for api in &sdk.apis {
        let name = |it: &'_ Operation| short_name(it).unwrap_or(&it.id).to_owned();
        let methods: Vec<String> = api.operations.iter().map(|it| snake_name(&name(it))).collect();
        for (operation, method) in api.operations.iter().zip(&methods) {
            let is_own = methods.iter().filter(|it| *it == method).count() == 1;
            if let Some(short) = short_name(operation).filter(|_| is_own && operation.is_main()) {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{} = {}", key(&operation.id), quoted(short));
            }
        }
    }
    if text.is_empty() {
        return text;
    }
    format!(
        "# The operationIds repeat path and method. Without these lines, the methods are called by the whole ids.\n[rename.operations]\n{text}"
    )
}

/// What an operationId says before it repeats path and method: `list_pets` of `list_pets_api_pets_get`.
fn short_name(operation: &Operation) -> Option<&str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let path: String = operation.path.chars().map(|c| if is_part(c) { c } else { '_' }).collect();
    let method = operation.http_method.as_str().to_lowercase();
    let short = operation.id.strip_suffix(&format!("{path}_{method}"))?;
    short.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(short)
}

fn select(sdk: &Sdk) -> String {
    let tags: Vec<String> = sdk.apis.iter().map(|api| api.tag.clone()).collect();
    let listed = list(tags.iter().take(MOST_LISTED));
    let more = if tags.len() > MOST_LISTED { " and others" } else { "" };
    format!(
        "# [select]\n# To take a part of the API: some of these tags{more}.\n# tags = {listed}\n"
    )
}
