//! The client, with what authorizes its calls.

use std::fs;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches};
use sdk::runtime::{Configuration, Credential, PrivateKeyJwt};
use sdk::{Client, ClientBuilder};

use crate::failure::Failure;
use crate::program;

/// The flags by which a client gets its own tokens, without what stands before them.
const KEY_FLAGS: [&str; 4] = ["private-key", "client-id", "key-id", "scope"];

/// A security scheme of the document.
pub struct Scheme {
    /// Its name in the document.
    pub name: &'static str,
    /// The flag for its credential, without the dashes.
    pub flag: &'static str,
    /// What it is, in plain text.
    pub about: &'static str,
    /// What its credential is.
    pub kind: Kind,
    /// What stands before the flags for a private key that signs for tokens; none where the scheme has no such.
    pub key: Option<&'static str>,
}

/// What the credential of a security scheme is.
#[allow(dead_code, reason = "an API need not use all")]
#[derive(Clone, Copy)]
pub enum Kind {
    /// A key.
    ApiKey,
    /// A bearer token (RFC 6750).
    Bearer,
    /// A user name and a password (RFC 7617).
    Basic,
}

/// The names of all flags for credentials.
pub fn flags() -> impl Iterator<Item = String> {
    program::SCHEMES.iter().flat_map(|scheme| {
        let keys = scheme.key.into_iter().flat_map(key_flags);
        keys.chain([scheme.flag.to_owned()])
    })
}

fn key_flags(prefix: &'static str) -> impl Iterator<Item = String> {
    KEY_FLAGS.into_iter().map(move |flag| format!("{prefix}{flag}"))
}

/// The flags for credentials.
pub fn arguments() -> Vec<Arg> {
    program::SCHEMES.iter().flat_map(of_scheme).collect()
}

fn of_scheme(scheme: &'static Scheme) -> Vec<Arg> {
    let value_name = match scheme.kind {
        Kind::ApiKey => "KEY",
        Kind::Bearer => "TOKEN",
        Kind::Basic => "USER:PASSWORD",
    };
    let mut arguments = vec![argument(scheme.flag.to_owned(), value_name, scheme.about.to_owned())];
    if let Some(prefix) = scheme.key {
        let described = [
            ("FILE", "The private key that signs for tokens (RFC 7523), as PEM or JWK"),
            ("ID", "The client id that the private key belongs to"),
            ("ID", "The id by which the server knows the private key"),
            ("SCOPE", "A scope that tokens are asked for; once for each"),
        ];
        arguments.extend(key_flags(prefix).zip(described).map(|(flag, (value_name, about))| {
            let action = if value_name == "SCOPE" { ArgAction::Append } else { ArgAction::Set };
            argument(flag, value_name, about.to_owned()).action(action)
        }));
    }
    arguments
}

fn argument(flag: String, value_name: &'static str, about: String) -> Arg {
    let argument = Arg::new(flag.clone()).value_name(value_name).help(about);
    with_variable(argument, &flag).long(flag).global(true).help_heading("Credentials")
}

/// A flag that an environment variable may stand for, unless the SDK reads its own.
pub fn with_variable(argument: Arg, flag: &str) -> Arg {
    match program::VARIABLES {
        Some(prefix) => argument.env(variable(prefix, flag)).hide_env_values(true),
        None => argument,
    }
}

/// The environment variable that stands for a flag.
pub fn variable(prefix: &str, flag: &str) -> String {
    format!("{prefix}_{}", flag.replace(['-', '.'], "_").to_uppercase())
}

/// The client that the flags of every command describe. What they leave open has the SDK from its own files and
/// environment variables.
pub fn client(matches: &ArgMatches) -> Result<Client, Failure> {
    let mut builder = Client::builder()
        .allow_http(matches.get_flag("allow-http"))
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .configuration(Configuration::read());
    if let Some(url) = matches.get_one::<String>("base-url") {
        builder = builder.base_url(url);
    }
    if let Some(seconds) = matches.get_one::<u64>("timeout") {
        builder = builder.timeout(Duration::from_secs(*seconds));
    }
    if let Some(number) = matches.get_one::<u32>("max-retries") {
        builder = builder.max_retries(*number);
    }
    for scheme in program::SCHEMES {
        builder = authorized(builder, scheme, matches)?;
    }
    Ok(builder.build()?)
}

fn authorized(
    builder: ClientBuilder,
    scheme: &'static Scheme,
    matches: &ArgMatches,
) -> Result<ClientBuilder, Failure> {
    if let Some(text) = matches.get_one::<String>(scheme.flag) {
        let credential = match scheme.kind {
            Kind::ApiKey => Credential::api_key(text.as_str()),
            Kind::Bearer => Credential::bearer(text.as_str()),
            Kind::Basic => match text.split_once(':') {
                Some((user, password)) => Credential::basic(user, password),
                None => {
                    let message = format!("--{} is not `USER:PASSWORD`", scheme.flag);
                    return Err(Failure::Usage(message));
                }
            },
        };
        return Ok(builder.credential(scheme.name, credential));
    }
    match scheme.key {
        Some(prefix) => Ok(match private_key(prefix, matches)? {
            Some(key) => builder.credential(scheme.name, Credential::private_key_jwt(key)),
            None => builder,
        }),
        None => Ok(builder),
    }
}

/// The private key that the flags name; none where they do not.
fn private_key(prefix: &str, matches: &ArgMatches) -> Result<Option<PrivateKeyJwt>, Failure> {
    let value = |flag: &str| matches.get_one::<String>(&format!("{prefix}{flag}"));
    let Some(file) = value("private-key") else { return Ok(None) };
    let Some(client_id) = value("client-id") else {
        let message = format!("--{prefix}private-key needs --{prefix}client-id");
        return Err(Failure::Usage(message));
    };
    let key = fs::read_to_string(file).map_err(|cause| Failure::File(file.clone(), cause))?;
    let scopes = matches.get_many::<String>(&format!("{prefix}scope")).into_iter().flatten();
    let mut key = PrivateKeyJwt::new(client_id, key).scopes(scopes);
    if let Some(id) = value("key-id") {
        key = key.key_id(id);
    }
    Ok(Some(key))
}
