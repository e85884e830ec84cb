//! What the client takes its defaults from: the document, and `sdk.toml` where it says more.

use crate::config::Config;
use crate::ir::{Package, SchemeKind, SecurityScheme, Server, Settings};

/// The flow that gives a program tokens of its own (RFC 6749, section 4.4).
const FLOW_WITHOUT_USER: &str = "clientCredentials";

/// The settings of the SDK.
pub(super) fn settings(
    config: &Config,
    package: &Package,
    servers: &[Server],
    schemes: &[SecurityScheme],
) -> Settings {
    let token_url = config.oauth.token_url.clone();
    Settings {
        product: config.client.user_agent.clone().unwrap_or_else(|| package.name.clone()),
        base_url: base_url(config, servers),
        base_url_checks: config.client.base_url_checks.clone(),
        request_id_headers: config.headers.request_id.clone(),
        rate_limit: config.rate_limit.clone(),
        retry: config.retry.clone(),
        error_fields: config.errors.clone(),
        token_url: token_url.or_else(|| documented_token_url(schemes)),
        configuration: config.configuration.clone(),
    }
}

/// The first server of the document, where it is a whole URL and not a placeholder.
fn base_url(config: &Config, servers: &[Server]) -> Option<String> {
    let url = &servers.first()?.url;
    let is_whole = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let is_usable = is_whole && !url.contains('{') && !config.client.base_url_required;
    is_usable.then(|| url.clone())
}

/// The token endpoint of the first flow that needs no user.
fn documented_token_url(schemes: &[SecurityScheme]) -> Option<String> {
    let flows = schemes.iter().flat_map(|scheme| match &scheme.kind {
        SchemeKind::OAuth(flows) => flows.as_slice(),
        _ => &[],
    });
    let mut flows = flows.filter(|flow| flow.name == FLOW_WITHOUT_USER);
    flows.find_map(|flow| flow.token_url.clone())
}
