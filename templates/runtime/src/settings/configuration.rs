//! Where a client's configuration may stand outside the program, as data.

/// Where a client's configuration may stand outside the program: files and environment
/// variables.
#[derive(Clone, Copy, Debug)]
pub struct ConfigurationSources {
    /// The file in the home directory, such as `.acme/acme.yaml`. Empty: none.
    pub home_file: &'static str,
    /// The file in the working directory, such as `.acme.yaml`. Empty: none.
    pub directory_file: &'static str,
    /// The keys that lead to the configuration within a file, from the outside in.
    pub root: &'static [&'static str],
    /// How the names of the environment variables begin. Empty: none is read.
    pub environment_prefix: &'static str,
    /// The keys within the configuration.
    pub keys: &'static [ConfigurationKey],
    /// Settings of other programs that share the sources, which are passed over with all that is below
    /// them. Those beside the configuration in a file begin with the keys that lead there.
    pub foreign: &'static [&'static str],
    /// The values of [`ConfigurationValue::AuthorizationMode`].
    pub authorization_modes: &'static [(&'static str, AuthorizationMode)],
    /// The security scheme that takes a token as an API key.
    pub api_key_scheme: &'static str,
    /// The security scheme that takes a token as a bearer token, and a private key.
    pub oauth_scheme: &'static str,
}

impl ConfigurationSources {
    /// No source.
    pub const DEFAULT: Self = Self {
        home_file: "",
        directory_file: "",
        root: &[],
        environment_prefix: "",
        keys: &[],
        foreign: &[],
        authorization_modes: &[],
        api_key_scheme: "",
        oauth_scheme: "",
    };
}

/// A key of a configuration, and what its value is.
#[derive(Clone, Copy, Debug)]
pub struct ConfigurationKey {
    /// The key in a file, with dots between the levels: `rateLimit.maxRetries`. The
    /// environment variable has the same name in upper case, with `_` for the dots:
    /// `RATELIMIT_MAXRETRIES`.
    pub name: &'static str,
    /// What the value is.
    pub value: ConfigurationValue,
}

/// What a value of a configuration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigurationValue {
    /// The base URL.
    BaseUrl,
    /// An API key, or a bearer token if the authorization mode says so.
    Token,
    /// Whether tokens are bound to a key from the first request on (RFC 9449).
    Dpop,
    /// Which of the credentials to use: one of
    /// [`ConfigurationSources::authorization_modes`].
    AuthorizationMode,
    /// The id of an OAuth 2.0 client.
    ClientId,
    /// The scopes of its tokens: a list, or a text with spaces or commas between them.
    Scopes,
    /// Its private key, as PEM or JWK.
    PrivateKey,
    /// The id by which the server knows the key.
    PrivateKeyId,
    /// How long a connection may take to be made, in seconds.
    ConnectTimeout,
    /// How long a call may take, in seconds; 0: as long as it takes.
    Timeout,
    /// How often a call is made again.
    MaxRetries,
    /// The host of a proxy, with or without a scheme.
    ProxyHost,
    /// The port of the proxy.
    ProxyPort,
    /// The user name for the proxy.
    ProxyUser,
    /// The password for the proxy.
    ProxyPassword,
}

/// Which credential of a configuration is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizationMode {
    /// The token, as an API key.
    ApiKey,
    /// The token, as a bearer token.
    Bearer,
    /// The private key.
    PrivateKey,
}
