//! The part of `sdk.toml` that says where a program that uses the SDK keeps its settings.

use serde::Deserialize;

/// Files and environment variables that the client can be configured from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ConfigurationSources {
    /// A YAML file, relative to the home directory.
    pub home_file: Option<String>,
    /// A YAML file, relative to the working directory; it comes before the one at home.
    pub directory_file: Option<String>,
    /// The keys under which the settings stand in the files.
    pub root: Vec<String>,
    /// What the names of environment variables start with; they come before the files.
    pub environment_prefix: Option<String>,
    /// The security scheme that a token of the configuration is for.
    pub api_key_scheme: Option<String>,
    /// The security scheme that a private key of the configuration is for.
    pub oauth_scheme: Option<String>,
    /// What each key means. A dot parts nested keys.
    pub keys: indexmap::IndexMap<String, KeyMeaning>,
    /// Keys of other programs that share the sources, with all that is below them. Those beside the settings
    /// in a file begin with the keys of `root`.
    pub foreign: Vec<String>,
    /// What each value of the key for the authorization mode means.
    pub authorization_modes: indexmap::IndexMap<String, AuthorizationMode>,
}

/// What a key of the configuration sets.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum KeyMeaning {
    /// The base URL.
    BaseUrl,
    /// The API key or the bearer token.
    Token,
    /// The client id of OAuth 2.0.
    ClientId,
    /// The scopes of OAuth 2.0.
    Scopes,
    /// The private key, as PEM or JWK.
    PrivateKey,
    /// The id of the private key.
    PrivateKeyId,
    /// Whether tokens are bound to a key from the first request on.
    Dpop,
    /// Which of the credentials to use.
    AuthorizationMode,
    /// The time-out of connecting, in seconds.
    ConnectTimeout,
    /// The time-out of a call, in seconds.
    Timeout,
    /// How often a call is repeated.
    MaxRetries,
    /// The host of the proxy.
    ProxyHost,
    /// The port of the proxy.
    ProxyPort,
    /// The user of the proxy.
    ProxyUser,
    /// The password of the proxy.
    ProxyPassword,
}

/// Which credential a mode means.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorizationMode {
    /// The token, as an API key.
    ApiKey,
    /// The token, as a bearer token.
    Bearer,
    /// The private key, which signs for tokens.
    PrivateKey,
}
