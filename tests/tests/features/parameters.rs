//! Parameters in every place, style and explode (OpenAPI 3.1, section 4.8.12.6, Style Examples).

use features_sdk::models::{Filter, Place, Range, SharedParametersLimit, Wish};

use crate::support::{Server, pairs};

const NUMBERS: [i64; 3] = [3, 4, 5];

fn range() -> Range {
    Range::new().from(1).to(2)
}

#[tokio::test]
async fn path_parameters_have_every_style() {
    let server = Server::quiet().await;
    let styles = server.client().styles();
    let (numbers, range) = (NUMBERS.to_vec(), range());

    styles.simple_path("a b", &numbers, &range, &range).await.expect("sent");
    styles.label_path("a b", &numbers, &numbers, &range, &range).await.expect("sent");
    styles.matrix_path("a b", &numbers, &numbers, &range, &range).await.expect("sent");

    let received = server.received();
    let paths: Vec<&str> = received.iter().map(|request| request.path()).collect();
    let expected = [
        "/simple/a%20b/3,4,5/from,1,to,2/from=1,to=2",
        "/label/.a%20b/.3,4,5/.3.4.5/.from,1,to,2/.from=1.to=2",
        "/matrix/;plain=a%20b/;list=3,4,5/;explodedList=3;explodedList=4;explodedList=5\
         /;object=from,1,to,2/;from=1;to=2",
    ];
    assert_eq!(paths, expected);
}

#[tokio::test]
async fn query_parameters_have_every_style() {
    let server = Server::quiet().await;
    let numbers = NUMBERS.to_vec();

    let call = server.client().styles().query_styles(true);
    let call = call.list(&numbers).joined(&numbers).spaced(&numbers).piped(&numbers);
    let call = call.range(&range()).flat(&range()).deep(&range()).filter(&range());
    call.await.expect("sent");

    let expected = pairs(&[
        ("required", "true"),
        ("list", "3"),
        ("list", "4"),
        ("list", "5"),
        ("joined", "3,4,5"),
        ("spaced", "3 4 5"),
        ("piped", "3|4|5"),
        ("from", "1"),
        ("to", "2"),
        ("flat", "from,1,to,2"),
        ("deep[from]", "1"),
        ("deep[to]", "2"),
        ("filter", r#"{"from":1,"to":2}"#),
    ]);
    assert_eq!(server.only_request().query(), expected);
}

#[tokio::test]
async fn an_optional_parameter_is_left_out_until_it_is_set() {
    let server = Server::quiet().await;
    server.client().styles().query_styles(false).await.expect("sent");
    assert_eq!(server.only_request().head.uri.query(), Some("required=false"));
}

#[tokio::test]
async fn reserved_characters_stay_where_the_document_allows_them() {
    let server = Server::quiet().await;
    let text = "a/b?c:d&e=f";

    let call = server.client().styles().query_styles(true).escaped(text).reserved(text);
    call.await.expect("sent");

    let request = server.only_request();
    let expected = "required=true&escaped=a%2Fb%3Fc%3Ad%26e%3Df&reserved=a/b?c:d%26e=f";
    assert_eq!(request.head.uri.query(), Some(expected));
    let values = pairs(&[("required", "true"), ("escaped", text), ("reserved", text)]);
    assert_eq!(request.query(), values);
}

#[tokio::test]
async fn headers_are_lists_and_objects_too() {
    let server = Server::quiet().await;

    let call = server.client().styles().header_styles(-7).x_list(&NUMBERS.to_vec());
    let call = call.x_object(&range()).x_exploded(&range()).x_filter(&range());
    call.await.expect("sent");

    let request = server.only_request();
    assert_eq!(request.header("x-plain"), Some("-7"));
    assert_eq!(request.header("x-list"), Some("3,4,5"));
    assert_eq!(request.header("x-object"), Some("from,1,to,2"));
    assert_eq!(request.header("x-exploded"), Some("from=1,to=2"));
    assert_eq!(request.header("x-filter"), Some(r#"{"from":1,"to":2}"#));
}

#[tokio::test]
async fn all_cookies_are_in_one_header() {
    let server = Server::quiet().await;
    let numbers = NUMBERS.to_vec();

    let call = server.client().styles().cookie_styles("a");
    call.list(&numbers).joined(&numbers).range(&range()).await.expect("sent");

    let expected = "plain=a; list=3; list=4; list=5; joined=3,4,5; range=from,1,to,2";
    assert_eq!(server.only_request().header("cookie"), Some(expected));
}

#[tokio::test]
async fn a_parameter_of_the_path_item_counts_unless_the_operation_has_it_too() {
    let server = Server::quiet().await;

    let call = server.client().styles().shared_parameters("p").trace("t");
    call.limit(&SharedParametersLimit::Few).await.expect("sent");

    let request = server.only_request();
    assert_eq!(request.path(), "/shared/p");
    assert_eq!(request.header("trace"), Some("t"));
    assert_eq!(request.query(), pairs(&[("limit", "few")]));
}

#[tokio::test]
async fn parameters_of_one_name_in_different_places_are_different() {
    let server = Server::quiet().await;

    let call = server.client().styles().shared_parameters("p");
    call.query_id(7).header_id(true).cookie_id("c").await.expect("sent");

    let request = server.only_request();
    assert_eq!(request.path(), "/shared/p");
    assert_eq!(request.query(), pairs(&[("id", "7")]));
    assert_eq!(request.header("id"), Some("true"));
    assert_eq!(request.header("cookie"), Some("id=c"));
}

/// OpenAPI leaves open how `deepObject` writes what lies within its members, and how `form` writes objects within a
/// list: `nesting` of `sdk.toml` says it.
#[tokio::test]
async fn nested_values_are_written_as_the_configuration_says() {
    let server = Server::quiet().await;
    let filter = Filter::new().name("n").tags(["a".to_owned(), "b".to_owned()]);
    let filter = filter.range(Range::new().from(1));
    let call = server.client().styles().nested_query().listed(["x", "y"]);
    let call = call.repeated(&filter).bracketed(&filter).indexed(&filter).written(&filter);
    let places = [Place::new().city("A").height(2.0), Place::new().city("B")];
    call.places(&places).await.expect("sent");
    let expected = pairs(&[
        ("listed[]", "x"),
        ("listed[]", "y"),
        ("repeated[name]", "n"),
        ("repeated[tags]", "a"),
        ("repeated[tags]", "b"),
        ("repeated[range][from]", "1"),
        ("bracketed[name]", "n"),
        ("bracketed[tags][]", "a"),
        ("bracketed[tags][]", "b"),
        ("bracketed[range][from]", "1"),
        ("indexed[name]", "n"),
        ("indexed[tags][0]", "a"),
        ("indexed[tags][1]", "b"),
        ("indexed[range][from]", "1"),
        ("written[name]", "n"),
        ("written[tags]", r#"["a","b"]"#),
        ("written[range]", r#"{"from":1}"#),
        ("places[0][city]", "A"),
        ("places[0][height]", "2"),
        ("places[1][city]", "B"),
    ]);
    assert_eq!(server.only_request().query(), expected);
}

/// RFC 3986, section 2.5: characters that are not in ASCII are encoded as UTF-8.
#[tokio::test]
async fn a_path_may_hold_any_letter() {
    let server = Server::quiet().await;
    server.client().styles().other_letters("\u{e9}/").await.expect("sent");
    assert_eq!(server.only_request().path(), "/gr%C3%B6%C3%9Fe/%C3%A9%2F/a%20b");
}

#[tokio::test]
async fn a_parameter_may_be_the_whole_query() {
    let server = Server::quiet().await;
    let styles = server.client().styles();
    let filter = Wish::new().words(vec!["a b".to_owned(), "c".to_owned()]).most(3);
    styles.whole_form(&filter).await.expect("sent");
    styles.whole_json().filter(&filter).await.expect("sent");
    styles.whole_text().path("$.a&b").token("x&y").await.expect("sent");
    let received = server.received();
    let queries: Vec<_> = received.iter().map(|it| it.head.uri.query()).collect();
    assert_eq!(
        queries,
        [
            Some("words=a%20b&words=c&most=3"),
            Some("%7B%22words%22%3A%5B%22a%20b%22%2C%22c%22%5D%2C%22most%22%3A3%7D"),
            Some("%24.a%26b"),
        ]
    );
    assert_eq!(received[2].header("cookie"), Some("token=x&y"));
}

/// OpenAPI 3.2.0, section 4.12.2.2, `allowReserved`, and RFC 6570, section 3.2.3: what a segment of a path may hold stays
/// (RFC 3986, section 3.3), and so does what is encoded already.
#[tokio::test]
async fn a_path_keeps_its_reserved_characters_where_it_may() {
    let server = Server::quiet().await;
    let styles = server.client().styles();

    let list = ["x=1".to_owned(), "[y]".to_owned()];
    styles.reserved_path("a:b;c=d/e?f#g%2Fh%i é", &list).await.expect("sent");

    let expected = "/reserved/a:b;c=d%2Fe%3Ff%23g%2Fh%25i%20%C3%A9/;list=x=1;list=%5By%5D";
    assert_eq!(server.only_request().path(), expected);
}

/// RFC 3986, section 6.2.2.2: an encoded dot is a dot.
#[tokio::test]
async fn reserved_characters_lead_to_no_other_path() {
    let server = Server::quiet().await;
    let styles = server.client().styles();
    for dots in ["..", "%2e%2E", ".%2e", "%2E"] {
        let error = styles.reserved_path(dots, &["a".to_owned()]).await.expect_err(dots);
        assert!(error.to_string().contains("no URL can carry"), "{error}");
    }
    assert!(server.received().is_empty());
}

/// OpenAPI 3.2.0, section 4.12.3: style `cookie` writes values as they are, pairs with `; ` between them.
#[tokio::test]
async fn plain_cookies_are_sent_as_they_are() {
    let server = Server::quiet().await;
    let styles = server.client().styles();
    let list = ["a=%41".to_owned(), "b&c/d".to_owned()];

    let call = styles.reserved_path("a", &["b".to_owned()]);
    call.plain(&list).joined(&list).pairs(&range()).await.expect("sent");

    let expected = "plain=a=%41; plain=b&c/d; joined=a=%41,b&c/d; from=1; to=2";
    assert_eq!(server.only_request().header("cookie"), Some(expected));

    for value in ["a; admin=1", "a\r\nb"] {
        let call = styles.reserved_path("a", &["b".to_owned()]).joined(&[value.to_owned()]);
        let error = call.await.expect_err("two cookies");
        assert!(error.to_string().contains("would end it"), "{error}");
    }
    assert_eq!(server.received().len(), 1);
}
