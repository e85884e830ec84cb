//! The checks of a base URL: what cannot work is refused before the first request.

use reqwest::Url;

use super::settings::Settings;
use super::shown::{Shown, origin};

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

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::runtime::settings::{BaseUrlCheck, Settings};

    const SETTINGS: Settings = Settings {
        base_url_checks: &[BaseUrlCheck {
            host_contains: "-console.",
            message: "use the API's host",
        }],
        ..Settings::DEFAULT
    };

    fn problem(text: &str) -> String {
        match parse(text, false, &SETTINGS) {
            Ok(url) => format!("accepted as {url}"),
            Err(problems) => problems.join("; "),
        }
    }

    #[test]
    fn good_urls_are_kept() {
        assert_eq!(problem("https://acme.test"), "accepted as https://acme.test/");
        assert_eq!(problem("https://acme.test/api/"), "accepted as https://acme.test/api/");
        assert_eq!(problem(" https://acme.test:8443 "), "accepted as https://acme.test:8443/");
    }

    #[test]
    fn bad_urls_are_refused_with_their_reason() {
        let cases = [
            ("", "is empty"),
            ("  ", "is empty"),
            ("acme.test", "is not a URL"),
            ("https://{tenant}.acme.test", "placeholder `{tenant}`"),
            ("http://acme.test", "is not https"),
            ("ftp://acme.test", "the scheme `ftp`"),
            ("https://acme.test?x=1", "no query"),
            ("https://acme.test/#x", "no fragment"),
            ("https://me:secret@acme.test", "no user name"),
            ("http://me:secret@acme.test/secret", "is not https"),
            ("https://me:secret@acme.test:port", "is not a URL"),
            ("https://{tenant}.acme.test/secret", "placeholder `{tenant}`"),
            ("https://tenant-console.acme.test", "use the API's host"),
        ];
        for (text, expected) in cases {
            let problem = problem(text);
            assert!(problem.contains(expected), "{text}: {problem}");
            assert!(!problem.contains("secret"), "{text}: {problem}");
        }
    }

    #[test]
    fn http_is_accepted_where_it_is_allowed() {
        assert!(parse("http://localhost:8080", true, &SETTINGS).is_ok());
    }

    #[test]
    fn every_problem_is_told() {
        let problems = parse("http://t-console.acme.test?x#y", false, &SETTINGS);
        assert_eq!(problems.map_err(|problems| problems.len()), Err(4));
    }
}
