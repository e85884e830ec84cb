//! How calls are authorized.

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
    /// Texts that show that a credential was never filled in.
    pub placeholders: Vec<String>,
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
