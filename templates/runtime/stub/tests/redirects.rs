//! Which redirects may be followed (RFC 9110, section 15.4).

use reqwest::{Body, Response, ResponseBuilderExt, Url};

use crate::runtime::redirects::target;

/// The answer to a request for `https://api.test/v1/users?a=1`.
fn response(status: u16, location: Option<&str>) -> Response {
    let url = Url::parse("https://api.test/v1/users?a=1").expect("a URL");
    let mut builder = http::Response::builder().status(status).url(url);
    if let Some(location) = location {
        builder = builder.header("location", location);
    }
    builder.body(Body::default()).expect("a response").into()
}

fn to(status: u16, location: &str) -> Option<String> {
    target(&response(status, Some(location))).map(String::from)
}

/// `Location` is a reference, relative to the URL of the request (section 10.2.2).
#[test]
fn within_the_origin_a_redirect_has_a_target() {
    for status in [301, 302, 303, 307, 308] {
        for (location, expected) in [
            ("/v2/users", "https://api.test/v2/users"),
            ("people?b=2", "https://api.test/v1/people?b=2"),
            ("?b=2", "https://api.test/v1/users?b=2"),
            ("//api.test/", "https://api.test/"),
            ("https://API.test:443/x#y", "https://api.test/x#y"),
        ] {
            assert_eq!(to(status, location).as_deref(), Some(expected), "{status} {location}");
        }
    }
}

/// An origin is scheme, host and port (RFC 6454, section 4).
#[test]
fn another_origin_is_no_target() {
    for location in [
        "https://evil.test/v1/users",
        "//evil.test",
        "https://api.test.evil.test/",
        "https://api.test@evil.test/",
        "http://api.test/v1/users",
        "https://api.test:8443/v1/users",
        "data:text/plain,x",
        "https://[",
    ] {
        assert_eq!(to(302, location), None, "{location}");
    }
}

#[test]
fn other_answers_have_no_target() {
    for status in [200, 201, 300, 304, 305, 306, 404] {
        assert_eq!(to(status, "/v2/users"), None, "{status}");
    }
    assert!(target(&response(302, None)).is_none());
}
