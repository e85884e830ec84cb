//! The request for the next page of a list.

use reqwest::Url;

use super::{answer, client, headers};
use crate::runtime::paging::{Trail, next_call};
use crate::runtime::{Call, Operation, Paging, Result};

const fn list(paging: Paging) -> Operation {
    Operation { id: "list", path: "/users", paging, ..Operation::DEFAULT }
}

static LINK: Operation = list(Paging::Link);
static URL: Operation = list(Paging::Url { next: "/links/next" });
static CURSOR: Operation = list(Paging::Cursor { parameter: "after", next: "/meta/a~1b" });
static OFFSET: Operation =
    list(Paging::Offset { parameter: "offset", items: "/users", total: "/total" });
static WITHOUT_TOTAL: Operation =
    list(Paging::Offset { parameter: "offset", items: "/users", total: "" });
static PAGE: Operation = list(Paging::PageNumber { parameter: "page", first: 1, items: "/users" });

/// Where the page after the one with that body is. Each call has `limit=2`, and the page's URL is
/// that of its call.
fn next(
    operation: &'static Operation,
    query: &[(&str, &str)],
    link: &str,
    body: &'static str,
) -> Result<Option<String>> {
    let mut call = Call::new(&client(), operation).query("limit", &2);
    for (name, value) in query {
        call = call.query(name, value);
    }
    let answer = answer(operation, 200, headers(&[("link", link)]), body);
    let next = next_call(&call, &call.url()?, &answer)?;
    next.map(|call| call.url().map(String::from)).transpose()
}

/// As [`next`], of a page that has one.
fn url(operation: &'static Operation, query: &[(&str, &str)], body: &'static str) -> String {
    next(operation, query, "", body).expect("a good page").expect("a next page")
}

fn is_last(operation: &'static Operation, query: &[(&str, &str)], body: &'static str) -> bool {
    next(operation, query, "", body).expect("a good page").is_none()
}

/// RFC 8288, section 3.1: a relative target is resolved against the URL of the page (RFC 3986,
/// section 5.2).
#[test]
fn a_link_is_relative_to_its_page() {
    for (target, expected) in [
        ("?after=a", "https://api.test/v1/users?after=a"),
        ("users?after=a", "https://api.test/v1/users?after=a"),
        ("/v2/users", "https://api.test/v2/users"),
        ("../v3/users", "https://api.test/v3/users"),
        ("//api.test:443/users", "https://api.test/users"),
        ("https://api.test/v1/users?after=a%26b", "https://api.test/v1/users?after=a%26b"),
    ] {
        let found = next(&LINK, &[], &format!("<{target}>; rel=\"next\""), "[]");
        assert_eq!(found.expect("a good link").as_deref(), Some(expected), "{target}");
    }
    assert_eq!(next(&LINK, &[], "</v1/users>; rel=\"prev\"", "[]").expect("no link"), None);
}

/// The credentials of the call would go there.
#[test]
fn a_page_of_another_origin_is_refused() {
    for target in [
        "https://evil.test/users",
        "//evil.test/users",
        "http://api.test/v1/users",
        "https://api.test:8443/v1/users",
        "data:,",
    ] {
        let error = next(&LINK, &[], &format!("<{target}>; rel=next"), "[]").expect_err(target);
        assert!(error.to_string().contains("is not followed"), "{error}");
    }
}

#[test]
fn a_page_that_names_itself_is_refused() {
    let error = next(&LINK, &[], "<?limit=2>; rel=next", "[]").expect_err("the same page");
    assert!(error.to_string().contains("names itself"), "{error}");
    let body = r#"{ "meta": { "a/b": "x" } }"#;
    let error = next(&CURSOR, &[("after", "x")], "", body).expect_err("the same cursor");
    assert!(error.to_string().contains("names itself"), "{error}");
}

#[test]
fn a_url_in_the_body_is_followed() {
    let body = r#"{ "links": { "next": "?after=a" } }"#;
    assert_eq!(url(&URL, &[], body), "https://api.test/v1/users?after=a");
    for last in ["{}", r#"{ "links": { "next": null } }"#, r#"{ "links": { "next": "" } }"#] {
        assert!(is_last(&URL, &[], last), "{last}");
    }
}

/// The pointer is one of RFC 6901, where `~1` stands for a slash; the cursor is encoded whatever it is.
#[test]
fn a_cursor_replaces_the_one_before() {
    let body = r#"{ "meta": { "a/b": "c&d=\u00e9+/" } }"#;
    let expected = "https://api.test/v1/users?limit=2&after=c%26d%3D%C3%A9%2B%2F";
    assert_eq!(url(&CURSOR, &[], body), expected);
    assert_eq!(url(&CURSOR, &[("after", "x")], body), expected);
    let number = r#"{ "meta": { "a/b": 12345678901234567890123 } }"#;
    let expected = "https://api.test/v1/users?limit=2&after=12345678901234567890123";
    assert_eq!(url(&CURSOR, &[], number), expected, "a number stays as it was written");
    assert!(is_last(&CURSOR, &[("after", "x")], "{}"));
}

#[test]
fn an_offset_counts_what_came() {
    let body = r#"{ "users": [1, [2, 3]], "total": 5 }"#;
    assert_eq!(url(&OFFSET, &[], body), "https://api.test/v1/users?limit=2&offset=2");
    let third = [("offset", "2")];
    assert_eq!(url(&OFFSET, &third, body), "https://api.test/v1/users?limit=2&offset=4");
    assert!(is_last(&OFFSET, &[("offset", "3")], body), "3 + 2 are all 5");
    assert!(is_last(&OFFSET, &[], r#"{ "users": [], "total": 5 }"#), "nothing is left");
    assert_eq!(
        url(&WITHOUT_TOTAL, &[("offset", "4")], body),
        "https://api.test/v1/users?limit=2&offset=6"
    );
    let largest = [("offset", "18446744073709551615")];
    assert!(is_last(&OFFSET, &largest, body), "the largest number has no next");
}

#[test]
fn a_page_number_starts_where_the_document_says() {
    let body = r#"{ "users": [1] }"#;
    assert_eq!(url(&PAGE, &[], body), "https://api.test/v1/users?limit=2&page=2");
    assert_eq!(url(&PAGE, &[("page", "9")], body), "https://api.test/v1/users?limit=2&page=10");
    for last in ["{}", r#"{ "users": null }"#, r#"{ "users": [] }"#] {
        assert!(is_last(&PAGE, &[], last), "{last}");
    }
}

#[test]
fn a_page_of_another_form_is_an_error() {
    let error = next(&PAGE, &[], "", r#"{ "users": 7 }"#).expect_err("no list");
    assert!(error.to_string().contains("no list at `/users`"), "{error}");
    let error = next(&CURSOR, &[], "", "<html>").expect_err("no JSON");
    assert!(error.to_string().contains("not JSON"), "{error}");
}

#[test]
fn a_circle_of_pages_is_found() {
    let at = |query: &str| {
        let url = format!("https://api.test/v1/users?{query}");
        let url = Url::parse(&url).expect("a URL");
        (url.clone(), Call::new(&client(), &LINK).at(url))
    };
    let ((first, to_first), (second, to_second), (third, to_third)) = (at("a"), at("b"), at("c"));
    let mut trail = Trail::default();
    assert!(trail.pass(&first, Some(to_second)).expect("a new page").is_some());
    assert!(trail.pass(&second, Some(to_third)).expect("a new page").is_some());
    let error = trail.pass(&third, Some(to_first)).expect_err("a circle");
    assert!(error.to_string().contains("came before it"), "{error}");
    assert!(trail.pass(&third, None).expect("the last page").is_none());
}
