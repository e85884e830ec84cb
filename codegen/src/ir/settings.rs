//! What the crate is called, where the API is, and how calls are authorized.

/// What the manifest says.
#[derive(Clone, Debug)]
pub struct Package {
    /// The crate's name, such as `my-sdk`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line for the manifest.
    pub description: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// Crates that types of the user's come from, each with what the manifest says of it.
    pub dependencies: Vec<(String, toml::Value)>,
}

impl Package {
    /// The crate's name in Rust, such as `my_sdk`.
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// A server of the document, its variables filled with their defaults.
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL.
    pub url: String,
    /// Description, in Markdown.
    pub description: String,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// The method of the client's builder.
    pub method: String,
    /// Description, in Markdown.
    pub description: String,
    /// The document advises against using it.
    pub deprecated: bool,
    /// What it is.
    pub kind: SchemeKind,
}

/// What a security scheme is.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where the key goes.
        location: super::Location,
        /// The name of the header, query parameter or cookie.
        name: String,
        /// The word that stands before the key, with a space between them; empty: none.
        prefix: String,
    },
    /// `Authorization: Bearer`, a token of the caller's.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// An HTTP scheme, by its word, whose credential is computed for each request, such as `digest` (RFC 7616). The
    /// client does not compute it.
    Computed(String),
    /// The connection itself: the client shows a certificate.
    MutualTls,
    /// `Authorization: Bearer`, a token of an OAuth 2.0 flow or of OpenID Connect.
    OAuth(Vec<OAuthFlow>),
}

/// An OAuth 2.0 flow.
#[derive(Clone, Debug)]
pub struct OAuthFlow {
    /// The word that OpenAPI has for it.
    pub name: &'static str,
    /// Where tokens are had.
    pub token_url: Option<String>,
    /// The scopes with what they are for.
    pub scopes: Vec<(String, String)>,
}
