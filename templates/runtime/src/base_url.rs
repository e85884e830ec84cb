//! The checks of a base URL: what cannot work is refused before the first request.

use reqwest::Url;

use super::origin::origin;
use super::settings::Settings;
use super::shown::Shown;

/// Reads a base URL. Gives everything that is wrong with it.
pub(crate) fn parse(text: &str, allow_http: bool, settings: &Settings) -> Result<Url, Vec<String>> {
    if text.trim().is_empty() {
        return Err(vec!["the base URL is empty".to_owned()]);
    }
    if let Some((name, _)) = text.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        let name = Shown(name);
        return Err(vec![format!(
            "the base URL still has the placeholder `{{{name}}}`; fill in your own value"
        )]);
    }
    let url = Url::parse(text.trim())
        .map_err(|cause| vec![format!("the base URL is not a URL: {cause}")])?;
    let problems = problems(&url, allow_http, settings);
    if problems.is_empty() { Ok(url) } else { Err(problems) }
}

/// The URL that a relative one means (RFC 3986, section 5.2), as that of a server is that an operation has to
/// itself: the base URL stands for the place of the document (OpenAPI 3.1.1, section 4.8.5.1), and what is in it for
/// what is beside that.
///
/// # Errors
///
/// It is no URL, or leads to another host.
pub(crate) fn within(base: &Url, relative: &str) -> Result<Url, String> {
    let mut folder = base.clone();
    folder.set_path(&format!("{}/", base.path().trim_end_matches('/')));
    match folder.join(relative) {
        Ok(url) if url.origin() == base.origin() => Ok(url),
        Ok(_) => Err("the relative URL of the operation's server leads to another host".to_owned()),
        Err(cause) => Err(format!("the URL of the operation's server is none: {cause}")),
    }
}

fn problems(url: &Url, allow_http: bool, settings: &Settings) -> Vec<String> {
    let mut problems = Vec::new();
    match url.scheme() {
        "https" => {}
        "http" if allow_http => {}
        "http" => problems.push(format!(
            "the base URL at {} is not https, so that credentials could be read on the way; \
             `allow_http(true)` permits it for a test",
            origin(url)
        )),
        other => {
            problems.push(format!("the base URL has the scheme `{}`, not https", Shown(other)))
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        problems.push("the base URL must have no user name and no password in it".to_owned());
    }
    if url.query().is_some() {
        problems.push("the base URL must have no query".to_owned());
    }
    if url.fragment().is_some() {
        problems.push("the base URL must have no fragment".to_owned());
    }
    let host = url.host_str().unwrap_or_default();
    let refused =
        settings.base_url_checks.iter().filter(|check| host.contains(check.host_contains));
    problems.extend(refused.map(|check| format!("the host `{}`: {}", Shown(host), check.message)));
    problems
}
