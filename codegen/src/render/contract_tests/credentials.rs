//! The credentials of the tests' client, and where a request has to carry them.

use super::chain::Chain;
use super::styles::Pair;
use crate::ir::{Location, Operation, SchemeKind, Sdk, SecurityScheme};
use crate::render::rust;

/// `user:` and [`SECRET`] in Base64, as `Basic` has them (RFC 7617).
const BASIC: &str = "Basic dXNlcjpzZWNyZXQ=";

/// The password.
const SECRET: &str = "secret";

/// What authorizes a request.
#[derive(Default)]
pub struct Authorization {
    /// Headers.
    pub headers: Vec<Pair>,
    /// Pairs of the query.
    pub query: Vec<Pair>,
    /// Cookies.
    pub cookies: Vec<Pair>,
}

/// The expression for a client that has a credential for each scheme.
pub fn client(sdk: &Sdk) -> String {
    let mut chain = builder(sdk);
    chain.calls.push(("build".to_owned(), Vec::new()));
    let message = rust::string("the credentials are well formed");
    chain.calls.push(("expect".to_owned(), vec![message]));
    chain.print(4, "", "")
}

/// The builder of a client that has a credential for each scheme.
pub fn builder(sdk: &Sdk) -> Chain {
    builder_with(sdk, |scheme| Some(key(scheme)))
}

/// The builder of a client that has these credentials: a key or a token.
pub fn builder_with(sdk: &Sdk, credential: impl Fn(&SecurityScheme) -> Option<String>) -> Chain {
    let call = |method: &str, arguments: &[&str]| {
        (method.to_owned(), arguments.iter().map(|&argument| argument.to_owned()).collect())
    };
    let mut calls = vec![
        call("base_url", &["base_url"]),
        call("allow_http", &["true"]),
        call("max_retries", &["0"]),
    ];
    for scheme in &sdk.security_schemes {
        let Some(credential) = credential(scheme) else { continue };
        match scheme.kind {
            SchemeKind::Basic => {
                calls.push(call(&scheme.method, &["\"user\"", &rust::string(SECRET)]));
            }
            SchemeKind::Computed(_) => calls.push(call(&scheme.method, &[])),
            SchemeKind::MutualTls => {}
            _ => calls.push(call(&scheme.method, &[&rust::string(&credential)])),
        }
    }
    Chain { root: "Client::builder()", calls }
}

/// What a request carries: the credentials of the first alternative, since the client has
/// them all. None where the document does not say what a scheme is.
pub fn authorization(sdk: &Sdk, operation: &Operation) -> Option<Authorization> {
    let mut authorization = Authorization::default();
    let alternatives = &operation.security;
    let known = alternatives.iter().filter(|schemes| !schemes.is_empty()).find_map(|schemes| {
        let find = |name: &str| sdk.security_schemes.iter().find(|scheme| scheme.name == name);
        schemes.iter().map(|requirement| find(&requirement.scheme)).collect::<Option<Vec<_>>>()
    });
    let needs_none = alternatives.is_empty() || alternatives.iter().any(Vec::is_empty);
    let schemes = known.or_else(|| needs_none.then(Vec::new))?;
    for scheme in schemes {
        authorization.add(scheme);
    }
    Some(authorization)
}

impl Authorization {
    fn add(&mut self, scheme: &SecurityScheme) {
        let key = key(scheme);
        match &scheme.kind {
            SchemeKind::ApiKey { location, name, prefix } => match location {
                Location::Query => self.query.push((name.clone(), key)),
                Location::Cookie => self.cookies.push((name.clone(), key)),
                Location::Header | Location::Path => {
                    let value = format!("{} {key}", prefix.trim_end());
                    self.add_header(&name.to_lowercase(), value.trim_start());
                }
            },
            SchemeKind::Basic => self.add_header("authorization", BASIC),
            SchemeKind::Bearer | SchemeKind::OAuth(_) => {
                self.add_header("authorization", &format!("Bearer {key}"));
            }
            SchemeKind::Computed(_) | SchemeKind::MutualTls => {}
        }
    }

    /// Adds a header; the first of its name counts.
    fn add_header(&mut self, name: &str, value: &str) {
        if !self.headers.iter().any(|header| header.0 == name) {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// A key that tells its scheme from the others.
fn key(scheme: &SecurityScheme) -> String {
    format!("{}-{SECRET}", scheme.method.trim_start_matches("r#").replace('_', "-"))
}
