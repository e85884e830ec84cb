//! Bodies of several parts that are no form: `multipart/related` (RFC 2387) and `multipart/mixed` (RFC 2046); and what
//! forms may consist of: one of several schemas, and bytes that are described as base64.

use features_sdk::models::{
    Place, SendBase64Request, SendEitherRequest, SendEitherRequestWithFile,
    SendEitherRequestWithUrl, SendMixedRequest, SendRelatedRequest, UploadedFile, UploadedLink,
};
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

/// The head and content of a part of a form, as it is sent.
fn form_part(head: &str, content: &str) -> String {
    format!("--B\r\nContent-Disposition: form-data; name={head}\r\n\r\n{content}\r\n")
}

/// OpenAPI 3.1.1, section 4.8.14.4: each property of the schema that the body is one of is a part.
#[tokio::test]
async fn a_form_may_be_one_of_several() {
    let server = Server::quiet().await;
    let forms = server.client().forms();
    let file = SendEitherRequestWithFile::new(FilePart::new("a.png", "PNG")).title("t");
    forms.send_either().body(&file.into()).await.expect("sent");
    let url = SendEitherRequestWithUrl::new("https://a.example");
    forms.send_either().body(&url.into()).await.expect("sent");
    let other = SendEitherRequest::Unknown(json!({ "more": [1, 2] }));
    forms.send_either().body(&other).await.expect("sent");
    forms.send_either().await.expect("sent");
    let received = server.received();
    let title = form_part("\"title\"", "t");
    let file = form_part("\"file\"; filename=\"a.png\"\r\nContent-Type: image/png", "PNG");
    assert_eq!(shown(&received[0]).1, format!("{file}{title}--B--\r\n"));
    let url = form_part("\"url\"", "https://a.example");
    assert_eq!(shown(&received[1]).1, format!("{url}--B--\r\n"));
    let more = form_part("\"more\"", "1") + &form_part("\"more\"", "2");
    assert_eq!(shown(&received[2]).1, format!("{more}--B--\r\n"));
    assert_eq!(received[3].header("content-type"), None);
    assert!(received[3].body.is_empty());

    let none = SendEitherRequest::Unknown(json!("text"));
    let error = forms.send_either().body(&none).await.expect_err("no form");
    assert!(error.to_string().contains("a form has fields"), "{error}");
}

/// OpenAPI 3.1.1, section 4.8.25: the value that tells the schema is sent, be it a property of the variant or not.
#[tokio::test]
async fn a_form_that_is_told_by_a_field_has_it() {
    let server = Server::quiet().await;
    let forms = server.client().forms();
    let file = UploadedFile::new(FilePart::new("a", "A"));
    forms.send_told(&file.into()).await.expect("sent");
    forms.send_told(&UploadedLink::new("link", "u").into()).await.expect("sent");
    let received = server.received();
    let media_type = "Content-Type: application/octet-stream";
    let file = form_part(&format!("\"file\"; filename=\"a\"\r\n{media_type}"), "A");
    let kind = |kind: &str| form_part("\"kind\"", kind);
    assert_eq!(shown(&received[0]).1, format!("{file}{}--B--\r\n", kind("file")));
    let url = form_part("\"url\"", "u");
    assert_eq!(shown(&received[1]).1, format!("{}{url}--B--\r\n", kind("link")));
}

/// OpenAPI 3.1.1, sections 4.8.14.4 and 4.8.15.1.3, and RFC 7578, section 4.7: where the media type is one of bytes, the
/// bytes are sent; else the text, which `contentEncoding` says to be base64.
#[tokio::test]
async fn base64_is_sent_as_its_bytes_or_says_that_it_is_base64() {
    let server = Server::quiet().await;
    let form = SendBase64Request::new(FilePart::new("a", "\u{1}"))
        .pages([FilePart::new("b", "GIF").media_type("image/gif")])
        .text("AQ==")
        .encoded("Ag==")
        .picture(FilePart::new("c", "PNG"));
    server.client().forms().send_base64(&form).await.expect("sent");
    let octets = "Content-Type: application/octet-stream";
    let expected = [
        form_part(&format!("\"bytes\"; filename=\"a\"\r\n{octets}"), "\u{1}"),
        form_part("\"pages\"; filename=\"b\"\r\nContent-Type: image/gif", "GIF"),
        form_part("\"text\"", "AQ=="),
        form_part(&format!("\"encoded\"\r\n{octets}\r\nContent-Transfer-Encoding: base64"), "Ag=="),
        form_part("\"picture\"; filename=\"c\"\r\nContent-Type: image/png", "PNG"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(shown(&server.only_request()).1, expected.concat());
}
