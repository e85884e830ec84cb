//! A success that the document does not name is neither lost nor taken for another one.

use features_sdk::Client;
use features_sdk::api::answers::{AnswerByRangeOrCodeOutput, SeveralAnswersOutput};
use features_sdk::models::Range;
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

use crate::support::server;

fn client(server: &MockServer) -> Client {
    let builder =
        Client::builder().base_url(server.uri()).allow_http(true).key("a-key").max_retries(0);
    builder.build().expect("a good configuration")
}

/// What the operation gives whose document names 200, 201 and 202.
async fn several(template: ResponseTemplate) -> SeveralAnswersOutput {
    let server = server::answering(template).await;
    client(&server).answers().several_answers().await.expect("a success")
}

#[tokio::test]
async fn an_undocumented_success_is_kept_as_it_came() {
    let body = json!({ "from": 1, "reason": "all was there already" });
    for status in [203, 206, 207, 299] {
        let template =
            ResponseTemplate::new(status).insert_header("x-trace", "17").set_body_json(&body);
        let SeveralAnswersOutput::Undocumented(answer) = several(template).await else {
            panic!("{status} was taken for another status");
        };
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.headers()["x-trace"], "17");
        assert_eq!(serde_json::from_slice::<serde_json::Value>(answer.body()).unwrap(), body);
    }
}

#[tokio::test]
async fn an_undocumented_success_need_not_be_of_any_form() {
    for body in ["", "<html>", "[1, 2", "null"] {
        let output = several(ResponseTemplate::new(208).set_body_string(body)).await;
        let SeveralAnswersOutput::Undocumented(answer) = output else { panic!("{output:?}") };
        assert_eq!(answer.body(), body);
    }
    let output = several(ResponseTemplate::new(204)).await;
    assert!(matches!(output, SeveralAnswersOutput::Undocumented(_)), "{output:?}");
}

#[tokio::test]
async fn a_documented_success_is_what_it_was() {
    let output = several(ResponseTemplate::new(200).set_body_json(json!({ "from": 1 }))).await;
    assert!(matches!(output, SeveralAnswersOutput::Ok(_)), "{output:?}");
    let output = several(ResponseTemplate::new(202)).await;
    assert!(matches!(output, SeveralAnswersOutput::Accepted), "{output:?}");
}

#[tokio::test]
async fn a_range_names_every_success_that_has_no_code_of_its_own() {
    let answer = async |status| {
        let body = if status == 201 { json!([1, 2]) } else { json!({ "to": 2 }) };
        let server = server::answering(ResponseTemplate::new(status).set_body_json(body)).await;
        client(&server).answers().answer_by_range_or_code().await.expect("a success")
    };
    for status in [200, 202, 299] {
        match answer(status).await {
            AnswerByRangeOrCodeOutput::Any2xx(range) => assert_eq!(*range, Range::new().to(2)),
            other => panic!("{status} gave {other:?}"),
        }
    }
    match answer(201).await {
        AnswerByRangeOrCodeOutput::Created(numbers) => assert_eq!(*numbers, [1, 2]),
        other => panic!("201 gave {other:?}"),
    }
}
