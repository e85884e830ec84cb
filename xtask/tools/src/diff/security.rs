//! The crate as a whole: its name, its servers, its errors, and the credentials that its client takes.

use codegen::ir::{Location, SchemeKind, Scope, Sdk, SecurityScheme, Type};

use super::{Changes, Impact, Subject, code};

pub(super) fn compare(old: &Sdk, new: &Sdk, changes: &mut Changes) {
    if old.package.name != new.package.name {
        let text = format!("was called {}", code(&old.package.name));
        changes.changed(Impact::Breaking, Subject::Crate, &new.package.name, text);
    }
    let first = |sdk: &Sdk| sdk.servers.first().map(|server| server.url.clone());
    if first(old) != first(new) {
        let shown = |url: Option<String>| url.map_or("none".to_owned(), |url| code(&url));
        let text = format!("{} (it was {})", shown(first(new)), shown(first(old)));
        changes.changed(Impact::Patch, Subject::Server, "the default base URL", text);
    }
    let [old_error, new_error] = [old, new].map(error_model);
    if old_error != new_error {
        let text = format!("is {} now (it was {})", code(&new_error), code(&old_error));
        changes.changed(Impact::Breaking, Subject::Model, "ErrorModel", text);
    }
    schemes(old, new, changes);
}

/// What error responses carry, as Rust; any JSON unless the document says more.
fn error_model(sdk: &Sdk) -> String {
    sdk.error_model.as_ref().unwrap_or(&Type::Any).rust(Scope::CRATE)
}

fn schemes(old: &Sdk, new: &Sdk, changes: &mut Changes) {
    let name = |scheme: &SecurityScheme| format!("ClientBuilder::{}", scheme.method);
    let with_method = |sdk: &Sdk| -> Vec<SecurityScheme> {
        sdk.security_schemes.iter().filter(|it| has_method(it)).cloned().collect()
    };
    let (old, new) = (with_method(old), with_method(new));
    for scheme in &old {
        match new.iter().find(|it| it.method == scheme.method) {
            Some(heir) => {
                changes.deprecation(
                    [scheme.deprecated, heir.deprecated],
                    false,
                    Subject::Security,
                    name(heir),
                );
                kind(&scheme.kind, &heir.kind, name(heir), changes);
            }
            None => match new.iter().find(|it| it.name == scheme.name) {
                Some(heir) => {
                    let text = format!("is called {} now", code(&name(heir)));
                    changes.changed(Impact::Breaking, Subject::Security, name(scheme), text);
                }
                None => {
                    let text = format!("the scheme {}", code(&scheme.name));
                    changes.removed(Subject::Security, name(scheme), text);
                }
            },
        }
    }
    for scheme in &new {
        let is_it = |it: &SecurityScheme| it.method == scheme.method || it.name == scheme.name;
        if !old.iter().any(is_it) {
            let text = format!("the scheme {}", code(&scheme.name));
            changes.added(Subject::Security, name(scheme), text);
        }
    }
}

/// Whether the client's builder has a method for it: a certificate is shown by the connection.
fn has_method(scheme: &SecurityScheme) -> bool {
    !matches!(scheme.kind, SchemeKind::MutualTls)
}

fn kind(old: &SchemeKind, new: &SchemeKind, name: String, changes: &mut Changes) {
    let (old_methods, new_methods) = (methods(old), methods(new));
    if let Some(lost) = old_methods.iter().find(|it| !new_methods.contains(it)) {
        let text = format!("does not take {lost} any more, but {}", new_methods.join(", or "));
        changes.changed(Impact::Breaking, Subject::Security, name, text);
    } else if let Some(more) = new_methods.iter().find(|it| !old_methods.contains(it)) {
        let text = format!("takes {more}, too");
        changes.changed(Impact::Minor, Subject::Security, name, text);
    } else if sent(old) != sent(new) {
        let text = format!("sends {} now (it was {})", sent(new), sent(old));
        changes.changed(Impact::Patch, Subject::Security, name, text);
    }
}

/// What the methods of the client's builder take.
fn methods(kind: &SchemeKind) -> Vec<&'static str> {
    match kind {
        SchemeKind::ApiKey { .. } => vec!["a text"],
        SchemeKind::Bearer => vec!["a text", "a provider of tokens"],
        SchemeKind::OAuth(_) => vec!["a text", "a provider of tokens", "a private key"],
        SchemeKind::Basic => vec!["a user and a password"],
        SchemeKind::Computed(_) => vec!["nothing"],
        SchemeKind::MutualTls => Vec::new(),
    }
}

/// Where the credential goes.
fn sent(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { location, name, prefix } => {
            let place = match location {
                Location::Query => "query parameter",
                Location::Cookie => "cookie",
                Location::Header | Location::Path => "header",
            };
            let prefix = match prefix.as_str() {
                "" => String::new(),
                prefix => format!(", with {} before it", code(prefix)),
            };
            format!("the {place} {}{prefix}", code(name))
        }
        SchemeKind::Bearer | SchemeKind::OAuth(_) => "a bearer token".to_owned(),
        SchemeKind::Basic => "basic credentials".to_owned(),
        SchemeKind::Computed(word) => format!("the HTTP scheme {}", code(word)),
        SchemeKind::MutualTls => "a certificate".to_owned(),
    }
}
