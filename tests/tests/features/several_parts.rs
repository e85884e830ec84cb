//! Bodies of several parts that are no form: `multipart/related` (RFC 2387) and `multipart/mixed` (RFC 2046).

use features_sdk::models::{Place, SendMixedRequest, SendRelatedRequest};
use features_sdk::runtime::{FilePart, Multipart};
use serde_json::json;

use crate::support::{Received, Server};

/// The media type and the body, with `B` in the place of the boundary.
fn shown(request: &Received) -> (String, String) {
    let media_type = request.header("content-type").expect("a media type");
    let (_, boundary) = media_type.split_once("; boundary=").expect("a boundary");
    let boundary = boundary.split(';').next().expect("a boundary");
    let body = String::from_utf8_lossy(&request.body).replace(boundary, "B");
    (media_type.replace(boundary, "B"), body)
}

/// Sections 3.1 and 3.2: `type` is the media type of the root, and `start` the id of its part.
#[tokio::test]
async fn related_parts_have_a_root_and_ids() {
    let server = Server::quiet().await;
    let form = SendRelatedRequest::new(Place::new().height(5.0), FilePart::new("cat.png", "PNG"));
    server.client().forms().send_related(&form).await.expect("sent");
    let (media_type, body) = shown(&server.only_request());
    let expected = r#"multipart/related; boundary=B; type="application/json"; start="<meta@B>""#;
    assert_eq!(media_type, expected);
    let expected = [
        "--B\r\nContent-Type: application/json\r\nContent-ID: <meta@B>\r\n\r\n{\"height\":5}\r\n",
        "--B\r\nContent-Type: image/png\r\nContent-ID: <file@B>\r\nContent-Location: cat.png\r\n",
        "\r\nPNG\r\n--B--\r\n",
    ];
    assert_eq!(body, expected.concat());
}

/// Section 5.1: a part without a media type is text in ASCII, so that each has one. What is not set has no part.
#[tokio::test]
async fn mixed_parts_stand_in_their_order_without_names() {
    let server = Server::quiet().await;
    let file = || FilePart::new("a.bin", "BYTES");
    let forms = server.client().forms();
    forms.send_mixed(&SendMixedRequest::new(Place::new(), file()).size(2.0)).await.expect("sent");
    forms.send_mixed(&SendMixedRequest::new(Place::new(), file())).await.expect("sent");
    let received = server.received();
    let meta = "--B\r\nContent-Type: application/json\r\n\r\n{}\r\n";
    let size = "--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n2\r\n";
    let file = "--B\r\nContent-Disposition: attachment; filename=\"a.bin\"\r\n\
                Content-Type: application/octet-stream\r\n\r\nBYTES\r\n--B--\r\n";
    let media_type = "multipart/mixed; boundary=B".to_owned();
    assert_eq!(shown(&received[0]), (media_type.clone(), [meta, size, file].concat()));
    assert_eq!(shown(&received[1]), (media_type, [meta, file].concat()));
}

/// Where the schema names no parts, the caller puts them together; the kind is the document's.
#[tokio::test]
async fn a_batch_is_put_together_by_the_caller() {
    let server = Server::quiet().await;
    let batch = Multipart::new().field_as("1", "application/http", &"GET /a HTTP/1.1\r\n\r\n");
    let batch = batch.header("1", "Content-ID", "<1@acme.example>").json("2", &json!([1]));
    server.client().forms().send_batch(batch).await.expect("sent");
    let (media_type, body) = shown(&server.only_request());
    assert_eq!(media_type, "multipart/mixed; boundary=B");
    let expected = [
        "--B\r\nContent-Type: application/http\r\nContent-ID: <1@acme.example>\r\n\r\n",
        "GET /a HTTP/1.1\r\n\r\n\r\n",
        "--B\r\nContent-Type: application/json\r\n\r\n[1]\r\n--B--\r\n",
    ];
    assert_eq!(body, expected.concat());
}
