//! The headers of a call's request, but for the credentials.

use http::request::Parts;
use reqwest::Url;

use super::server::{Server, empty, header, offline, send};
use crate::runtime::{Call, Client, Error, Method, Operation};

static GET: Operation = Operation { id: "get", path: "/a", ..Operation::DEFAULT };
static POST: Operation = Operation { id: "post", method: Method::POST, ..GET };
static WITHOUT_ACCEPT: Operation = Operation { accept: "", ..GET };
static BAD_ACCEPT: Operation = Operation { accept: "text/plain\n", ..GET };

/// The request that a call makes.
fn request(call: impl FnOnce(&Client) -> Call) -> Result<Parts, Error> {
    let server = Server::new(|_, _| empty(204));
    send(call(&server.client(Client::builder())))?;
    Ok(server.received().remove(0))
}

#[test]
fn a_request_says_who_asks_and_what_is_accepted() {
    let plain = request(|client| Call::new(client, &GET)).expect("an answer");
    assert_eq!(header(&plain, "accept"), Some("application/json"));
    assert_eq!(header(&plain, "user-agent"), Some("runtime/0.1.0"));
    for absent in ["content-length", "cookie", "authorization"] {
        assert_eq!(header(&plain, absent), None, "{absent}");
    }
    let own = request(|client| {
        Call::new(client, &GET).header("accept", "text/csv").header("user-agent", "mine")
    });
    let own = own.expect("an answer");
    assert_eq!(header(&own, "accept"), Some("text/csv"));
    assert_eq!(header(&own, "user-agent"), Some("mine"));
    let silent = request(|client| Call::new(client, &WITHOUT_ACCEPT)).expect("an answer");
    assert_eq!(header(&silent, "accept"), None);
}

#[test]
fn a_media_type_that_no_header_can_carry_is_an_error() {
    let error = request(|client| Call::new(client, &BAD_ACCEPT)).expect_err("no header");
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("holds a character that cannot be sent"), "{error}");
}

/// RFC 9110, section 8.6: where a body is expected and there is none, its length is told.
#[test]
fn a_post_without_a_body_has_a_length() {
    let length = |call: fn(Call) -> Call| {
        let request = request(|client| call(Call::new(client, &POST))).expect("an answer");
        header(&request, "content-length").map(str::to_owned)
    };
    assert_eq!(length(|call| call).as_deref(), Some("0"));
    assert_eq!(length(|call| call.json("application/json", &1)), None, "the HTTP client knows it");
}

/// RFC 6265, section 4.2.1.
#[test]
fn cookies_are_one_header_that_is_a_secret() {
    let both = request(|client| Call::new(client, &GET).cookie("a", &1).cookie("b", &"x y"));
    let both = both.expect("an answer");
    assert_eq!(header(&both, "cookie"), Some("a=1; b=x%20y"));
    assert!(both.headers["cookie"].is_sensitive());
    let more = request(|client| Call::new(client, &GET).header("cookie", "z=0").cookie("a", &1));
    assert_eq!(header(&more.expect("an answer"), "cookie"), Some("z=0; a=1"));
    let error = request(|client| Call::new(client, &GET).cookie("a\n", &1)).expect_err("no cookie");
    assert!(error.to_string().contains("a cookie's name holds a character"), "{error}");
}

#[test]
fn a_page_is_asked_for_at_its_own_url() {
    let page = Url::parse("https://api.test/elsewhere?after=1").expect("a URL");
    let call = |client: &Client| Call::new(client, &GET).query("limit", &2).at(page.clone());
    let request = request(call).expect("an answer");
    assert_eq!(request.uri, page.as_str());
}

/// `http::Uri` has room for 65,534 bytes. The call is to blame, and not the network, be there layers or not.
#[test]
fn a_url_that_is_too_long_is_an_error_of_the_request() {
    let call = |client: &Client| Call::new(client, &GET).query("ids", &"x".repeat(65_600));
    let alone = offline(Client::builder()).build().expect("a good configuration");
    for error in [request(call).map(|_| ()), send(call(&alone)).map(|_| ())] {
        let error = error.expect_err("no URL");
        assert!(matches!(error, Error::Request(_)), "{error:?}");
        assert!(error.to_string().contains("the URL with its query cannot be sent"), "{error}");
        assert!(!error.to_string().contains("xxx"), "{error}");
    }
}
