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
