//! Forms by the Encoding Object (OpenAPI 3.1.1, section 4.8.15): those that are sent like a query, and those in parts.

use std::collections::BTreeMap;

use axum::extract::Form;
use features_sdk::models::{
    Filter, Place, Range, SendEncodedPartsRequest, SendEncodedRequest, SendNamedFilesRequest,
    SendObjectsRequest, SendUntypedPartsRequest,
};
use features_sdk::runtime::FilePart;
use serde_json::json;

use crate::support::{Part, Received, Server, pairs, part, parts};

async fn fields(request: &Received) -> Vec<(String, String)> {
    let Form(fields): Form<Vec<(String, String)>> = request.extract().await;
    fields
}

fn sorted(mut fields: Vec<(String, String)>) -> Vec<(String, String)> {
    fields.sort();
    fields
}

/// Section 4.8.15.2: complex types are stringified, and a list is one field for each item.
#[tokio::test]
async fn an_object_in_a_form_is_json_by_default() {
    let server = Server::quiet().await;
    let labels = BTreeMap::from([("a b".to_owned(), "c&d".to_owned())]);
    let form = SendObjectsRequest::new()
        .title("t")
        .place(Place::new().city("A+B").height(5.0))
        .earlier([Place::new().city("C"), Place::new()])
        .grid([vec![1, 2], vec![]])
        .labels(labels)
        .none(None);
    server.client().forms().send_objects(&form).await.expect("sent");
    let request = server.only_request();
    let media_type = "application/x-www-form-urlencoded; charset=utf-8";
    assert_eq!(request.header("content-type"), Some(media_type));
    let expected = pairs(&[
        ("title", "t"),
        ("place", r#"{"city":"A+B","height":5}"#),
        ("earlier", r#"{"city":"C"}"#),
        ("earlier", "{}"),
        ("grid", "[1,2]"),
        ("grid", "[]"),
        ("labels", r#"{"a b":"c&d"}"#),
    ]);
    assert_eq!(sorted(fields(&request).await), sorted(expected));
}

/// Section 4.8.15.1.2: `style`, `explode` and `allowReserved` are those of query parameters.
#[tokio::test]
async fn a_field_of_a_form_has_the_style_of_its_encoding() {
    let server = Server::quiet().await;
    let list = || ["a b".to_owned(), "c".to_owned()];
    let range = || Range::new().from(1).to(2);
    let form = SendEncodedRequest::new()
        .joined(list())
        .spaced(list())
        .piped(list())
        .several(list())
        .range(range())
        .deep(range())
        .filter(Filter::new().name("n").tags(list()).range(range()))
        .address("/a?b=c&d")
        .quoted("q")
        .listed(list())
        .plain(range());
    server.client().forms().send_encoded(&form).await.expect("sent");
    let request = server.only_request();
    let text = String::from_utf8_lossy(&request.body).into_owned();
    assert!(text.contains("joined=a%20b,c&"), "{text}");
    assert!(text.contains("address=/a?b=c%26d"), "{text}");
    let expected = pairs(&[
        ("joined", "a b,c"),
        ("spaced", "a b c"),
        ("piped", "a b|c"),
        ("several", "a b"),
        ("several", "c"),
        ("from", "1"),
        ("to", "2"),
        ("deep[from]", "1"),
        ("deep[to]", "2"),
        ("filter[name]", "n"),
        ("filter[tags][0]", "a b"),
        ("filter[tags][1]", "c"),
        ("filter[range][from]", "1"),
        ("filter[range][to]", "2"),
        ("address", "/a?b=c&d"),
        ("quoted", r#""q""#),
        ("listed", r#""a b""#),
        ("listed", r#""c""#),
        ("plain", r#"{"from":1,"to":2}"#),
    ]);
    assert_eq!(sorted(fields(&request).await), sorted(expected));
}

#[tokio::test]
async fn a_form_may_be_a_map_and_may_be_left_out() {
    let server = Server::quiet().await;
    let form = BTreeMap::from([("a".to_owned(), 5.0), ("b".to_owned(), 0.5)]);
    server.client().forms().send_open_form().body(&form).await.expect("sent");
    server.client().forms().send_open_form().await.expect("sent");
    let [with, without] = &server.received()[..] else { panic!("not two requests") };
    assert_eq!(with.body, "a=5&b=0.5");
    assert_eq!((without.header("content-type"), without.body.is_empty()), (None, true));
}

/// Sections 4.8.15.1 and 4.8.15.3: media types by the type or the encoding, headers, and the styles of 3.1.
#[tokio::test]
async fn each_part_is_written_by_its_encoding() {
    let server = Server::quiet().await;
    let mut form = SendEncodedPartsRequest::new()
        .places([Place::new().city("A"), Place::new().height(2.0)])
        .quoted("q")
        .notes("# n")
        .joined([1, 2])
        .deep(Range::new().from(1))
        .scale(3.0)
        .photo(FilePart::new("a.jpg", "JPEG").media_type("image/jpeg").header("X-Camera", "c"));
    form.additional_properties.insert("weight", 4.0);
    server.client().forms().send_encoded_parts(&form).await.expect("sent");
    let request = server.only_request();
    let json = Some("application/json");
    let expected: [Part; 9] = [
        part("places", None, json, br#"{"city":"A"}"#),
        part("places", None, json, br#"{"height":2}"#),
        part("quoted", None, json, br#""q""#),
        part("notes", None, Some("text/markdown"), b"# n"),
        part("joined", None, None, b"1,2"),
        part("deep[from]", None, None, b"1"),
        part("scale", None, None, b"3"),
        part("photo", Some("a.jpg"), Some("image/jpeg"), b"JPEG"),
        part("weight", None, None, b"4"),
    ];
    assert_eq!(parts(&request).await, expected);
    let text = String::from_utf8_lossy(&request.body).into_owned();
    assert!(text.contains("Content-Type: text/markdown\r\nX-Language: en\r\n\r\n# n"), "{text}");
    assert!(text.contains("Content-Type: image/jpeg\r\nX-Camera: c\r\n\r\nJPEG"), "{text}");
}

#[tokio::test]
async fn files_that_the_schema_does_not_name_are_files() {
    let server = Server::quiet().await;
    let mut form = SendNamedFilesRequest::new().title("t");
    form.additional_properties.insert("a", FilePart::new("a.bin", vec![0_u8, 255]));
    server.client().forms().send_named_files(&form).await.expect("sent");
    let bytes = Some("application/octet-stream");
    let expected = [part("title", None, None, b"t"), part("a", Some("a.bin"), bytes, &[0, 255])];
    assert_eq!(parts(&server.only_request()).await, expected);
}

/// Section 4.8.15.1.1: a part whose schema has no type is bytes, `application/octet-stream` unless its encoding says
/// otherwise; so is each item of a list. One that is JSON by its encoding is no file.
#[tokio::test]
async fn a_part_without_a_type_is_a_file() {
    let server = Server::quiet().await;
    let form = SendUntypedPartsRequest::new(FilePart::new("report.bin", vec![0_u8, 255]))
        .pages([FilePart::new("1", "ONE"), FilePart::new("2", "TWO")])
        .picture(FilePart::new("cat.png", "PNG"))
        .settings(json!({ "dpi": 300 }))
        .title("t");
    server.client().forms().send_untyped_parts(&form).await.expect("sent");
    let bytes = Some("application/octet-stream");
    let expected: [Part; 6] = [
        part("report", Some("report.bin"), bytes, &[0, 255]),
        part("pages", Some("1"), bytes, b"ONE"),
        part("pages", Some("2"), bytes, b"TWO"),
        part("picture", Some("cat.png"), Some("image/png"), b"PNG"),
        part("settings", None, Some("application/json"), br#"{"dpi":300}"#),
        part("title", None, None, b"t"),
    ];
    assert_eq!(parts(&server.only_request()).await, expected);
}

/// A text is the form already.
#[tokio::test]
async fn a_form_that_is_a_text_is_sent_as_it_is() {
    let server = Server::quiet().await;
    server.client().forms().send_ready("a=1&b=x+y").await.expect("sent");
    let request = server.only_request();
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.body, "a=1&b=x+y");
}
