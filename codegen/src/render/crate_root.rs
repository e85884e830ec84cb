//! The files at the root of the crate: manifest, library root, settings, security.

use askama::Template;

use super::{Error, manifest, markdown, rust};
use crate::ir::{SchemeKind, Scope, Sdk, SecurityScheme};

/// How wide a line of docs is.
const WIDTH: usize = 96;

#[derive(Template)]
#[template(path = "lib.rs.jinja", escape = "none")]
struct Root {
    summary: String,
    description: String,
    api_version: String,
    has_other_letters: bool,
    /// Whether items of answers or bodies are given as they come.
    has_streams: bool,
    pages: Vec<Page>,
}

/// A page of the reference whose examples are compiled as tests.
struct Page {
    feature: String,
    name: String,
    path: String,
}

#[derive(Template)]
#[template(path = "settings.rs.jinja", escape = "none")]
struct SettingsFile {
    import: String,
    error_model: String,
    settings: String,
}

#[derive(Template)]
#[template(path = "security.rs.jinja", escape = "none")]
struct SecurityFile {
    has_tokens: bool,
    schemes: Vec<CredentialView>,
}

struct CredentialView {
    docs: String,
    signature: String,
    statement: String,
    provider: Option<Variation>,
    key: Option<Variation>,
}

/// Another way to give a credential of the same scheme.
struct Variation {
    docs: String,
    signature: String,
    statement: String,
}

/// `Cargo.toml` and the files right under `src/`.
pub fn files(sdk: &Sdk, tests: bool) -> Result<Vec<(String, String)>, Error> {
    let mut files = vec![("Cargo.toml".to_owned(), manifest::text(sdk, tests)?)];
    files.push(source("src/lib.rs", &root(sdk).render()?));
    files.push(source("src/settings.rs", &settings(sdk)?.render()?));
    files.push(source("src/security.rs", &security(sdk).render()?));
    Ok(files)
}

fn source(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), rust::file(text))
}

fn root(sdk: &Sdk) -> Root {
    let pages = sdk
        .apis
        .iter()
        .map(|api| Page {
            feature: rust::string(&api.feature),
            name: api.name.clone(),
            path: rust::string(&format!("../docs/{}.md", api.page())),
        })
        .collect();
    Root {
        summary: markdown::inline(&sdk.package.description),
        description: rust::inner_doc(&markdown::lines(&sdk.description, WIDTH)),
        api_version: markdown::code(&sdk.api_version),
        has_other_letters: sdk.has_other_letters(),
        has_streams: sdk.has_streams(),
        pages,
    }
}

fn settings(sdk: &Sdk) -> Result<SettingsFile, Error> {
    let value = super::settings::value(sdk)?;
    let imports: Vec<String> = value.types().into_iter().map(str::to_owned).collect();
    Ok(SettingsFile {
        import: rust::import("crate::runtime", &imports),
        error_model: match &sdk.error_model {
            Some(model) => model.rust(Scope::NO_IMPORT),
            None => "serde_json::Value".to_owned(),
        },
        settings: value.print(0, "pub(crate) static SETTINGS: Settings = ", ";"),
    })
}

fn security(sdk: &Sdk) -> SecurityFile {
    let schemes: Vec<CredentialView> = sdk
        .security_schemes
        .iter()
        .filter(|scheme| !matches!(scheme.kind, SchemeKind::MutualTls))
        .map(credential_view)
        .collect();
    let has_tokens = schemes.iter().any(|scheme| scheme.provider.is_some());
    SecurityFile { has_tokens, schemes }
}

fn credential_view(scheme: &SecurityScheme) -> CredentialView {
    let (parameters, credential) = match scheme.kind {
        SchemeKind::ApiKey { .. } => (vec!["key: impl Into<SecretString>"], "api_key(key)"),
        SchemeKind::Basic => (
            vec!["user: impl Into<String>", "password: impl Into<SecretString>"],
            "basic(user, password)",
        ),
        SchemeKind::Computed(_) => (vec![], "from_layer()"),
        _ => (vec!["token: impl Into<SecretString>"], "bearer(token)"),
    };
    let is_token = matches!(scheme.kind, SchemeKind::Bearer | SchemeKind::OAuth(_));
    let is_oauth = matches!(scheme.kind, SchemeKind::OAuth(_));
    CredentialView {
        docs: credential_docs(scheme),
        signature: builder_signature(&scheme.method, &parameters),
        statement: credential_statement(scheme, credential),
        provider: is_token.then(|| Variation {
            docs: variation_docs(scheme, "a token that the provider gives whenever one is needed"),
            signature: builder_signature(
                &format!("{}_provider", scheme.method),
                &["provider: impl TokenProvider + 'static"],
            ),
            statement: credential_statement(scheme, "provider(provider)"),
        }),
        key: is_oauth.then(|| Variation {
            docs: variation_docs(
                scheme,
                "tokens that the client gets for itself by signing with a private key (RFC 7523)",
            ),
            signature: builder_signature(
                &key_method(scheme),
                &["key: crate::runtime::PrivateKeyJwt"],
            ),
            statement: credential_statement(scheme, "private_key_jwt(key)"),
        }),
    }
}

fn builder_signature(method: &str, parameters: &[&str]) -> String {
    let own = std::iter::once("self").chain(parameters.iter().copied());
    let parameters: Vec<String> = own.map(str::to_owned).collect();
    rust::call(4, &format!("pub fn {method}"), &parameters, " -> Self {")
}

fn credential_statement(scheme: &SecurityScheme, credential: &str) -> String {
    let items = [rust::string(&scheme.name), format!("Credential::{credential}")];
    rust::call(8, "self.credential", &items, "")
}

fn variation_docs(scheme: &SecurityScheme, what: &str) -> String {
    let method = &scheme.method;
    let text = format!("Like [`{method}`](Self::{method}), with {what}.");
    rust::doc(&markdown::wrap(&text, WIDTH - 4), 4)
}

/// The method of the client's builder that takes a private key for a scheme of OAuth 2.0.
pub fn key_method(scheme: &SecurityScheme) -> String {
    match scheme.method.as_str() {
        "access_token" => "private_key_jwt".to_owned(),
        other => format!("{other}_private_key_jwt"),
    }
}

fn credential_docs(scheme: &SecurityScheme) -> String {
    let what = match &scheme.kind {
        SchemeKind::ApiKey { location, name, prefix } => {
            let value = if prefix.is_empty() {
                String::new()
            } else {
                format!(", after the word {}", markdown::code(prefix))
            };
            format!("an API key in the {} {}{value}", location.as_str(), markdown::code(name))
        }
        SchemeKind::Basic => "a user name and a password (RFC 7617)".to_owned(),
        SchemeKind::Computed(word) => format!("the HTTP scheme {}", markdown::code(word)),
        SchemeKind::MutualTls => "a client certificate".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth(_) => "a bearer token (RFC 6750)".to_owned(),
    };
    let name = markdown::code(&scheme.name);
    let first = match scheme.kind {
        SchemeKind::Computed(_) => format!(
            "Says that a [layer](Self::layer) of your own authorizes calls by the security scheme {name}: {what}, \
             which this client does not compute."
        ),
        _ => format!("Authorizes calls by the security scheme {name}: {what}."),
    };
    let mut lines = markdown::wrap(&first, WIDTH - 4);
    if scheme.deprecated {
        lines.extend(["", "*Deprecated.*"].map(str::to_owned));
    }
    let description = markdown::lines(&scheme.description, WIDTH - 4);
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    rust::doc(&lines, 4)
}
