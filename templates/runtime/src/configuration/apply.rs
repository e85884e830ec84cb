//! From the texts of a configuration to the settings of a client.

use std::str::FromStr;
use std::time::Duration;

use super::{Configuration, Entry};
use crate::runtime::authentication::{Credential, Credentials};
use crate::runtime::settings::{AuthorizationMode, ConfigurationValue};

/// What a configuration says about a client.
#[derive(Default)]
pub(crate) struct Applied {
    pub(crate) base_url: Option<String>,
    pub(crate) connect_timeout: Option<Duration>,
    /// `Some(None)`: as long as it takes.
    pub(crate) timeout: Option<Option<Duration>>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) proxy: Option<reqwest::Proxy>,
    pub(crate) credentials: Credentials,
    pub(crate) problems: Vec<String>,
}

impl Configuration {
    /// Reads the values, and finds everything that is wrong with them.
    pub(crate) fn apply(&self) -> Applied {
        let mut applied = Applied { problems: self.problems.clone(), ..Applied::default() };
        let problems = &mut applied.problems;
        let url = self.get(ConfigurationValue::BaseUrl);
        applied.base_url = url.map(|entry| entry.text().to_owned());
        applied.connect_timeout = self.seconds(ConfigurationValue::ConnectTimeout, problems);
        applied.timeout = self
            .seconds(ConfigurationValue::Timeout, problems)
            .map(|timeout| Some(timeout).filter(|timeout| !timeout.is_zero()));
        applied.max_retries = self.number(ConfigurationValue::MaxRetries, problems);
        applied.proxy = self.proxy(problems);
        self.add_credentials(&mut applied);
        applied
    }

    fn seconds(&self, value: ConfigurationValue, problems: &mut Vec<String>) -> Option<Duration> {
        self.number(value, problems).map(Duration::from_secs)
    }

    fn number<T: FromStr>(
        &self,
        value: ConfigurationValue,
        problems: &mut Vec<String>,
    ) -> Option<T> {
        let entry = self.get(value)?;
        let number = entry.text().parse().ok();
        if number.is_none() {
            problems.push(format!("{}: must be a whole number from 0 on", entry.source));
        }
        number
    }

    #[cfg(feature = "oauth")]
    fn flag(&self, value: ConfigurationValue, problems: &mut Vec<String>) -> Option<bool> {
        let entry = self.get(value)?;
        let flag = entry.text().to_ascii_lowercase().parse().ok();
        if flag.is_none() {
            problems.push(format!("{}: must be true or false", entry.source));
        }
        flag
    }

    fn proxy(&self, problems: &mut Vec<String>) -> Option<reqwest::Proxy> {
        let host = self.get(ConfigurationValue::ProxyHost);
        let port: Option<u16> = self.number(ConfigurationValue::ProxyPort, problems);
        let Some(host) = host else {
            if let Some(entry) = self.get(ConfigurationValue::ProxyPort) {
                problems.push(format!("{}: there is a port but no host", entry.source));
            }
            return None;
        };
        let scheme = if host.text().contains("://") { "" } else { "http://" };
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let url = format!("{scheme}{}{port}", host.text().trim_end_matches('/'));
        let Ok(proxy) = reqwest::Proxy::all(url) else {
            problems.push(format!("{}: not the host of a proxy", host.source));
            return None;
        };
        let user = self.get(ConfigurationValue::ProxyUser).map(Entry::text);
        let password = self.get(ConfigurationValue::ProxyPassword).map(Entry::text);
        Some(match (user, password) {
            (None, None) => proxy,
            (user, password) => {
                proxy.basic_auth(user.unwrap_or_default(), password.unwrap_or_default())
            }
        })
    }

    /// The credential that the authorization mode names, or every one that is there.
    fn add_credentials(&self, applied: &mut Applied) {
        let mode = self.mode(&mut applied.problems);
        let token = self.get(ConfigurationValue::Token).map(|entry| entry.text().to_owned());
        let sources = self.sources;
        let wanted = |this| mode.is_none_or(|mode| mode == this);
        if let Some(token) = token {
            if mode == Some(AuthorizationMode::Bearer) {
                applied.credentials.set(sources.oauth_scheme, Credential::bearer(token));
            } else if wanted(AuthorizationMode::ApiKey) {
                applied.credentials.set(sources.api_key_scheme, Credential::api_key(token));
            }
        }
        if wanted(AuthorizationMode::PrivateKey) {
            self.add_private_key(applied, mode.is_some());
        }
    }

    fn mode(&self, problems: &mut Vec<String>) -> Option<AuthorizationMode> {
        let entry = self.get(ConfigurationValue::AuthorizationMode)?;
        let modes = self.sources.authorization_modes;
        let mode = modes.iter().find(|(name, _)| name.eq_ignore_ascii_case(entry.text()));
        if mode.is_none() {
            let names: Vec<&str> = modes.iter().map(|(name, _)| *name).collect();
            problems.push(format!("{}: must be one of {}", entry.source, names.join(", ")));
        }
        mode.map(|(_, mode)| *mode)
    }

    #[cfg(feature = "oauth")]
    fn add_private_key(&self, applied: &mut Applied, required: bool) {
        use crate::runtime::oauth::PrivateKeyJwt;

        let client_id = self.get(ConfigurationValue::ClientId);
        let private_key = self.get(ConfigurationValue::PrivateKey);
        let (Some(client_id), Some(private_key)) = (client_id, private_key) else {
            if let Some(there) = client_id.or(private_key) {
                let missing = if client_id.is_none() { "client id" } else { "private key" };
                let source = &there.source;
                applied.problems.push(format!("{source}: it needs a {missing} besides"));
            } else if required && let Some(mode) = self.get(ConfigurationValue::AuthorizationMode) {
                let source = &mode.source;
                applied.problems.push(format!("{source}: it needs a client id and a private key"));
            }
            return;
        };
        let mut credential = PrivateKeyJwt::new(client_id.text(), private_key.text());
        if let Some(scopes) = self.get(ConfigurationValue::Scopes) {
            let words = scopes.text().split([' ', ',']).filter(|word| !word.is_empty());
            credential = credential.scopes(words);
        }
        if let Some(dpop) = self.flag(ConfigurationValue::Dpop, &mut applied.problems) {
            credential = credential.dpop(dpop);
        }
        if let Some(key_id) = self.get(ConfigurationValue::PrivateKeyId) {
            credential = credential.key_id(key_id.text());
        }
        let scheme = self.sources.oauth_scheme;
        applied.credentials.set(scheme, Credential::private_key_jwt(credential));
    }

    #[cfg(not(feature = "oauth"))]
    fn add_private_key(&self, applied: &mut Applied, _required: bool) {
        if let Some(entry) = self.get(ConfigurationValue::PrivateKey) {
            let source = &entry.source;
            applied.problems.push(format!("{source}: it needs this crate's feature `oauth`"));
        }
    }
}
