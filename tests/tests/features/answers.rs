//! Responses: several successes, ranges, `default`, none, text, headers, files, and typed errors.

use axum::http::{StatusCode, header};
use features_sdk::Error;
use features_sdk::api::answers::SeveralAnswersOutput;
use features_sdk::models::{Range, Refusal};

use crate::support::{Server, json};

async fn several(status: u16, body: &'static str) -> SeveralAnswersOutput {
    let server = Server::json(status, body).await;
    server.client().answers().several_answers().await.expect("a success")
}

#[tokio::test]
async fn the_status_tells_which_success_it_is() {
    let output = several(200, r#"{ "from": 1 }"#).await;
    assert!(
        matches!(&output, SeveralAnswersOutput::Ok(range) if range.from == Some(1)),
        "{output:?}"
    );
    let output = several(201, "[1, 2]").await;
    assert!(
        matches!(&output, SeveralAnswersOutput::Created(list) if **list == [1, 2]),
        "{output:?}"
    );
    let output = several(202, "").await;
    assert!(matches!(output, SeveralAnswersOutput::Accepted), "{output:?}");
}

#[tokio::test]
async fn a_range_of_statuses_has_one_type() {
    for status in [200, 206, 299] {
        let server = Server::json(status, r#"{ "to": 2 }"#).await;
        let response = server.client().answers().answer_by_range().send().await.expect("a success");
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.into_body(), Range::new().to(2));
    }
}

#[tokio::test]
async fn an_error_of_a_documented_range_has_its_model() {
    let server = Server::json(418, r#"{ "title": "Teapot", "detail": "short and stout" }"#).await;
    let error = server.client().answers().answer_by_range().await.expect_err("an error");
    let Error::Api(error) = error else { panic!("{error:?}") };
    let expected = Refusal::new().title("Teapot").detail("short and stout");
    assert_eq!((error.status(), error.model()), (StatusCode::IM_A_TEAPOT, Some(&expected)));
}

#[tokio::test]
async fn where_only_default_is_documented_it_is_what_a_success_gives() {
    let server = Server::json(203, r#"{ "to": 2 }"#).await;
    let range = server.client().answers().answer_by_default().await.expect("a success");
    assert_eq!(range, Range::new().to(2));
}

#[tokio::test]
async fn an_answer_may_have_no_body() {
    let server = Server::quiet().await;
    let response = server.client().answers().answer_with_nothing().send().await.expect("done");
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let () = response.into_body();
}

#[tokio::test]
async fn a_body_that_comes_with_some_successes_only_is_an_option() {
    let server = Server::quiet().await;
    assert_eq!(server.client().answers().answer_sometimes().await.expect("none"), None);
    let server = Server::json(200, r#"{ "to": 2 }"#).await;
    let range = server.client().answers().answer_sometimes().await.expect("one");
    assert_eq!(range, Some(Range::new().to(2)));
}

#[tokio::test]
async fn headers_come_with_the_body() {
    let server = Server::answering(|_| ([("x-lines", "2")], "one\ntwo")).await;
    let response = server.client().answers().text_answer().send().await.expect("an answer");
    assert_eq!(response.headers().get("x-lines").map(|value| value.as_bytes()), Some(&b"2"[..]));
    assert_eq!(response.body(), "one\ntwo");
    assert_eq!(server.only_request().header("accept"), Some("text/plain"));
}

#[tokio::test]
async fn a_file_is_read_piece_by_piece() {
    let content = vec![7_u8; 300_000];
    let answer = content.clone();
    let media_type = [(header::CONTENT_TYPE, "application/octet-stream")];
    let server = Server::answering(move |_| (media_type.clone(), answer.clone())).await;
    let mut download = server.client().answers().file_answer().await.expect("an answer");
    assert_eq!(download.status(), StatusCode::OK);
    let mut received = Vec::new();
    let mut pieces = 0;
    while let Some(piece) = download.chunk().await.expect("a piece") {
        received.extend_from_slice(&piece);
        pieces += 1;
    }
    assert!(received == content, "{} bytes came", received.len());
    assert!(pieces > 1, "it came as a whole");
}

#[tokio::test]
async fn a_file_that_is_refused_is_an_error_with_its_model() {
    let server = Server::answering(|_| json(404, r#"{ "title": "No such file" }"#)).await;
    let error = server.client().answers().file_answer().await.expect_err("an error");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.model(), Some(&Refusal::new().title("No such file")));
}

#[tokio::test]
async fn where_any_media_type_is_documented_the_answer_tells_which_it_is() {
    for (media_type, body, text) in [
        ("text/plain", "hello", "hello"),
        ("text/plain; charset=utf-8", "\"hello\"", "\"hello\""),
        ("text/plain; charset=iso-8859-1", "h\u{e9}llo", "hÃ©llo"),
        ("application/json", "\"hello\"", "hello"),
        ("application/problem+json", "\"hello\"", "hello"),
        ("text/html", "", ""),
    ] {
        let server = Server::answering(move |_| ([("content-type", media_type)], body)).await;
        let answer = server.client().answers().answer_of_any_media_type().await;
        assert_eq!(answer.expect(media_type), text, "{media_type}");
    }
}

#[tokio::test]
async fn json_is_read_whatever_stands_before_it_and_in_every_charset() {
    let utf_16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let json = r#"{ "to": 2, "name": "é" }"#;
    let marked = |mark: &[u8], text: Vec<u8>| [mark.to_vec(), text].concat();
    for (media_type, body) in [
        ("application/json", marked(b"\xef\xbb\xbf", json.into())),
        ("application/json", marked(b"\xfe\xff", utf_16(json))),
        ("application/json; charset=utf-16be", utf_16(json)),
        ("application/json; charset=\"ISO-8859-1\"", json.replace('é', "\u{1}").into_bytes()),
        ("text/plain", json.into()),
    ] {
        let body: Vec<u8> =
            body.into_iter().map(|byte| if byte == 1 { 0xe9 } else { byte }).collect();
        let server =
            Server::answering(move |_| ([("content-type", media_type)], body.clone())).await;
        let response = server.client().answers().answer_by_default().send().await;
        let response = response.expect(media_type);
        assert_eq!(response.deviation_count(), 0);
        let range = response.into_body();
        assert_eq!(range.to, Some(2), "{media_type}");
        assert_eq!(range.additional_properties.get("name"), Some(&"é".into()), "{media_type}");
    }
}

#[tokio::test]
async fn a_head_request_has_no_body_whatever_is_documented() {
    let server = Server::answering(|_| [("x-size", "7")]).await;
    let response = server.client().answers().ask_for_headers().send().await.expect("an answer");
    assert_eq!(response.headers().get("x-size").map(|value| value.as_bytes()), Some(&b"7"[..]));
    let () = response.into_body();
}

#[tokio::test]
async fn a_redirect_that_is_the_documented_answer_is_one_and_is_not_followed() {
    let server = Server::answering(|_| (StatusCode::FOUND, [("location", "/there")])).await;
    let response = server.client().answers().answer_elsewhere().send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::FOUND);
    let location = response.headers().get(header::LOCATION);
    assert_eq!(location.map(|value| value.as_bytes()), Some(&b"/there"[..]));
    assert_eq!(server.received().len(), 1);
    let server = Server::json(404, r#"{ "title": "Nowhere" }"#).await;
    let error = server.client().answers().answer_elsewhere().await.expect_err("an error");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn nothing_to_do_is_an_answer_where_it_is_documented() {
    for status in [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED] {
        let server = Server::answering(move |_| status).await;
        let call = server.client().answers().start_unless_running();
        assert_eq!(call.send().await.expect("an answer").status(), status);
    }
    let server = Server::answering(|_| StatusCode::NOT_MODIFIED).await;
    let error = server.client().answers().answer_sometimes().await.expect_err("undocumented");
    assert_eq!(error.status(), Some(StatusCode::NOT_MODIFIED));
}
