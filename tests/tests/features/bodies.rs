//! Request bodies: JSON by any media type, forms, several parts, text and bytes, each as axum reads
//! it.

use axum::extract::{Form, Json};
use features_sdk::api::bodies::CreateReportOutput;
use features_sdk::models::{
    Avatar, AvatarMultipart, CreateReportFormRequest, CreateReportMultipartRequest, Presence,
    Range, SendFormRequest, SendPartsRequest,
};
use features_sdk::runtime::FilePart;
use serde_json::{Value, json};

use crate::support::{Server, pairs, part, parts};

#[tokio::test]
async fn json_is_sent_with_the_media_type_and_its_parameters() {
    let server = Server::quiet().await;
    server.client().bodies().send_json(&Range::new().from(1)).await.expect("sent");
    let request = server.only_request();
    assert_eq!(request.header("content-type"), Some("application/json; charset=utf-8"));
    let Json(body): Json<Value> = request.extract().await;
    assert_eq!(body, json!({ "from": 1 }));
}

#[tokio::test]
async fn a_media_type_that_ends_in_json_is_json() {
    let server = Server::quiet().await;
    let patch = Presence::new("m", None).may_or_null(None);
    server.client().bodies().send_patch(&patch).await.expect("sent");
    let request = server.only_request();
    assert_eq!(request.header("content-type"), Some("application/merge-patch+json"));
    let Json(body): Json<Value> = request.extract().await;
    assert_eq!(body, json!({ "must": "m", "mustOrNull": null, "mayOrNull": null }));
}

#[tokio::test]
async fn a_form_has_a_field_for_each_property_and_item() {
    let server = Server::quiet().await;
    let form = SendFormRequest::new("a b&c=d").tags(["x".to_owned(), "y".to_owned()]).count(7);
    server.client().bodies().send_form(&form).await.expect("sent");
    let Form(fields): Form<Vec<(String, String)>> = server.only_request().extract().await;
    let expected = pairs(&[("title", "a b&c=d"), ("tags", "x"), ("tags", "y"), ("count", "7")]);
    let sorted = |mut fields: Vec<(String, String)>| {
        fields.sort();
        fields
    };
    assert_eq!(sorted(fields), sorted(expected));
}

#[tokio::test]
async fn a_form_of_several_parts_has_fields_json_and_files() {
    let server = Server::quiet().await;
    let form = SendPartsRequest::new(FilePart::new("cat.png", b"\x89PNG\r\n--".to_vec()))
        .title("café")
        .tags(["x".to_owned(), "y".to_owned()])
        .range(Range::new().from(1))
        .attachments([
            FilePart::new("a \"b\".txt", "a").media_type("text/plain"),
            FilePart::new("c", "c"),
        ]);
    server.client().bodies().send_parts(&form).await.expect("sent");
    let bytes = Some("application/octet-stream");
    let expected = [
        part("title", None, None, "café".as_bytes()),
        part("tags", None, None, b"x"),
        part("tags", None, None, b"y"),
        part("range", None, Some("application/json"), b"{\"from\":1}"),
        part("photo", Some("cat.png"), Some("image/png"), b"\x89PNG\r\n--"),
        part("attachments", Some("a %22b%22.txt"), Some("text/plain"), b"a"),
        part("attachments", Some("c"), bytes, b"c"),
    ];
    assert_eq!(parts(&server.only_request()).await, expected);
}

#[tokio::test]
async fn the_callers_media_type_of_a_file_counts_more_than_the_documents() {
    let server = Server::quiet().await;
    let photo = FilePart::new("cat.gif", "GIF").media_type("image/gif");
    server.client().bodies().send_parts(&SendPartsRequest::new(photo)).await.expect("sent");
    let expected = [part("photo", Some("cat.gif"), Some("image/gif"), b"GIF")];
    assert_eq!(parts(&server.only_request()).await, expected);
}

#[tokio::test]
async fn text_and_bytes_are_sent_as_they_are() {
    let server = Server::quiet().await;
    let bodies = server.client().bodies();
    bodies.send_text("café").await.expect("sent");
    bodies.send_bytes(vec![0_u8, 255]).await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].header("content-type"), Some("text/plain"));
    assert_eq!(received[0].body, "café");
    assert_eq!(received[1].header("content-type"), Some("image/png"));
    assert_eq!(received[1].body, [0, 255].as_slice());
}

/// RFC 9110, section 8.3.2.
#[tokio::test]
async fn a_text_is_written_in_the_charset_of_its_media_type() {
    let server = Server::quiet().await;
    let bodies = server.client().bodies();
    bodies.send_latin("caf\u{e9}").await.expect("sent");
    let request = server.only_request();
    assert_eq!(request.header("content-type"), Some("text/plain; charset=iso-8859-1"));
    assert_eq!(request.body, b"caf\xe9".as_slice());
    let error = bodies.send_latin("\u{20ac}").await.expect_err("it has no euro");
    assert!(error.to_string().contains("`iso-8859-1`"), "{error}");
}

#[tokio::test]
async fn of_several_media_types_json_is_taken_and_an_optional_body_may_be_left_out() {
    let server = Server::quiet().await;
    let bodies = server.client().bodies();
    bodies.send_several().body(&Range::new().to(2)).await.expect("sent");
    bodies.send_several().await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].header("content-type"), Some("application/vnd.acme.v2+json"));
    assert_eq!(received[0].body, r#"{"to":2}"#);
    assert_eq!(received[1].header("content-type"), None);
    assert!(received[1].body.is_empty());
}

#[tokio::test]
async fn each_further_media_type_has_a_method_of_its_own() {
    let server = Server::json(200, "{}").await;
    let bodies = server.client().bodies();
    let file = FilePart::new("report.txt", "r");
    let answers = [
        bodies.create_report(&Range::new().from(1)).await,
        bodies.create_report_form(&CreateReportFormRequest::new("r")).await,
        bodies.create_report_multipart(&CreateReportMultipartRequest::new(file)).await,
        bodies.create_report_csv("a,b").await,
        bodies.create_report_xml("<a/>").await,
    ];
    for answer in answers {
        assert!(matches!(answer, Ok(CreateReportOutput::Ok(_))), "{answer:?}");
    }
    let received = server.received();
    let sent: Vec<(&str, &[u8])> = received
        .iter()
        .map(|request| {
            assert_eq!(request.path(), "/bodies/report");
            let media_type = request.header("content-type").expect("a media type");
            (media_type.split(';').next().unwrap_or_default(), request.body.as_ref())
        })
        .collect();
    assert_eq!(sent[0], ("application/json", br#"{"from":1}"#.as_slice()));
    assert_eq!(sent[1], ("application/x-www-form-urlencoded", b"title=r".as_slice()));
    assert_eq!(sent[2].0, "multipart/form-data");
    assert_eq!(parts(&received[2]).await[0].1.as_deref(), Some("report.txt"));
    assert_eq!(sent[3], ("text/csv", b"a,b".as_slice()));
    assert_eq!(sent[4], ("application/xml", b"<a/>".as_slice()));
}

/// A file is bytes in a form alone: in JSON, and in the answer, it is text, such as the place that it got.
#[tokio::test]
async fn a_schema_of_all_media_types_has_files_in_its_form_only() {
    let server = Server::json(200, r#"{"image":"/media/1.png"}"#).await;
    let bodies = server.client().bodies();
    let image = FilePart::new("me.png", vec![0x89, b'P', 0xff]);
    let avatar = bodies.set_avatar_multipart(&AvatarMultipart::new(image).caption("Me")).await;
    assert_eq!(avatar.expect("it is set").image, "/media/1.png");
    bodies.set_avatar(&Avatar::new("/media/1.png")).await.expect("it is set");

    let received = server.received();
    let parts = parts(&received[0]).await;
    assert_eq!(parts[0].1.as_deref(), Some("me.png"));
    let sent = &received[0].body;
    assert!(sent.windows(3).any(|bytes| bytes == [0x89, b'P', 0xff]), "{sent:?}");
    assert_eq!(received[1].body, r#"{"image":"/media/1.png"}"#);
}

#[tokio::test]
async fn an_optional_body_is_optional_in_each_media_type() {
    let server = Server::quiet().await;
    let bodies = server.client().bodies();
    bodies.send_several_csv().body("a,b").await.expect("sent");
    bodies.send_several_csv().await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].header("content-type"), Some("text/csv"));
    assert_eq!(received[0].body, "a,b");
    assert_eq!(received[1].header("content-type"), None);
}
