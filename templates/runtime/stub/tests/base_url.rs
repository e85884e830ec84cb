//! Which base URLs are taken (RFC 3986).

use reqwest::Url;

use crate::runtime::base_url::{parse, within};
use crate::runtime::{BaseUrlCheck, Settings};

const SETTINGS: Settings = Settings {
    base_url_checks: &[BaseUrlCheck { host_contains: "-console.", message: "use the API's host" }],
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

/// RFC 3986, section 3.2.2: a host in any case, an address in brackets, a name beyond ASCII.
#[test]
fn hosts_are_brought_to_one_form() {
    assert_eq!(problem("HTTPS://Acme.TEST/Api"), "accepted as https://acme.test/Api");
    assert_eq!(problem("https://acme.test:443"), "accepted as https://acme.test/");
    assert_eq!(problem("https://[2001:DB8::1]:8443"), "accepted as https://[2001:db8::1]:8443/");
    assert_eq!(problem("https://b\u{fc}cher.test"), "accepted as https://xn--bcher-kva.test/");
    assert!(problem("https://").contains("is not a URL"));
}

/// RFC 3986, section 5.4.1, with the base URL as a folder.
#[test]
fn a_relative_url_is_one_below_the_base_url() {
    for base in ["https://acme.test/base", "https://acme.test/base/"] {
        let base = Url::parse(base).expect("a URL");
        let url = |relative: &str| within(&base, relative).map(String::from);
        assert_eq!(url("/other/2").as_deref(), Ok("https://acme.test/other/2"));
        assert_eq!(url("./sub").as_deref(), Ok("https://acme.test/base/sub"));
        assert_eq!(url("sub/v2").as_deref(), Ok("https://acme.test/base/sub/v2"));
        assert_eq!(url("../v2").as_deref(), Ok("https://acme.test/v2"));
        assert_eq!(url(".").as_deref(), Ok("https://acme.test/base/"));
        for elsewhere in ["/\\evil.test", "\\\\evil.test", "/\t/evil.test"] {
            let problem = url(elsewhere).expect_err("another host");
            assert!(problem.contains("another host"), "{elsewhere:?}: {problem}");
        }
    }
}
