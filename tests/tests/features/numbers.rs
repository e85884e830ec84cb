//! Numbers without a fraction are integers wherever they stand: for JSON Schema `5.0` and `5` are one number
//! (2020-12, section 4.2.1), and a server that means an integer reads the second only.

use features_sdk::models::Sizes;

use crate::support::{Server, pairs};

#[tokio::test]
async fn a_whole_number_is_written_as_an_integer() {
    let server = Server::quiet().await;
    let sizes = Sizes::new().width(3.0).all([4.0, 0.5]);
    let call = server.client().numbers().send_numbers(5.0).page(1.0).sizes(&[2.0, 2.5]);
    let call = call.filter(&sizes).x_limit(-7.0).limit(8.0).body(&sizes);
    call.await.expect("sent");
    let request = server.only_request();
    assert_eq!(request.path(), "/numbers/5");
    let expected = pairs(&[
        ("page", "1"),
        ("sizes", "2"),
        ("sizes", "2.5"),
        ("filter", r#"{"width":3,"all":[4,0.5]}"#),
    ]);
    assert_eq!(request.query(), expected);
    assert_eq!(request.header("x-limit"), Some("-7"));
    assert_eq!(request.header("cookie"), Some("limit=8"));
    assert_eq!(request.body, "width=3&all=4&all=0.5");
}

#[tokio::test]
async fn a_body_of_numbers_has_integers_too() {
    let server = Server::quiet().await;
    let numbers = server.client().numbers();
    numbers.replace_numbers(&[1.0, 0.5, -2.0]).await.expect("sent");
    let merged = serde_json::from_str(r#"{"a":3,"b":"4","c":0.5}"#).expect("a map");
    numbers.merge_numbers().body(&merged).await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].body, "[1,0.5,-2]");
    assert_eq!(received[1].body, r#"{"a":3,"b":"4","c":0.5}"#);
}

/// RFC 8259, section 6: beyond what an `f64` tells from its neighbours, a number has an exponent.
#[tokio::test]
async fn other_numbers_are_written_as_in_json() {
    let server = Server::quiet().await;
    for size in [1e300, -1e-300, 0.1, 9_007_199_254_740_991.0] {
        server.client().numbers().send_numbers(size).await.expect("sent");
    }
    let paths: Vec<String> =
        server.received().iter().map(|request| request.path().to_owned()).collect();
    let expected =
        ["/numbers/1e%2B300", "/numbers/-1e-300", "/numbers/0.1", "/numbers/9007199254740991"];
    assert_eq!(paths, expected);
}

/// JSON has no such numbers, and neither has a URL.
#[tokio::test]
async fn what_is_no_number_is_not_sent() {
    let server = Server::quiet().await;
    for size in [f64::NAN, f64::INFINITY] {
        let error = server.client().numbers().send_numbers(size).await.expect_err("no number");
        assert!(error.to_string().contains("`size`"), "{error}");
    }
    assert!(server.received().is_empty());
}
