//! `chat-sdk`, which is made of `tests/chat/openapi.yaml`: a document of OpenAPI 3.2 whose answers flow, and the example
//! `chat`.

#[path = "../../../examples/chat/conversation.rs"]
mod conversation;
mod streams;

use chat_sdk::Client;
use sdk_tests::practice_model::PracticeModel;

fn client(model: &PracticeModel, key: &str) -> Client {
    let builder = Client::builder().base_url(model.url()).allow_http(true).api_key(key);
    builder.build().expect("a good configuration")
}

#[tokio::test]
async fn the_example_prints_the_answer_as_it_comes() {
    let model = PracticeModel::start().await.expect("there is a free port");
    let client = client(&model, PracticeModel::KEY);
    let mut output = Vec::new();
    let answer = conversation::ask(&client, "Who is a parrot?", &mut output).await;
    assert_eq!(answer.expect("an answer"), "Who is a parrot?");
    assert_eq!(String::from_utf8(output).expect("text"), "Who is a parrot?\n");
}

#[tokio::test]
async fn the_example_ends_where_the_model_refuses() {
    let model = PracticeModel::start().await.expect("there is a free port");
    let client = client(&model, "another-key");
    let error = conversation::ask(&client, "Who?", Vec::new()).await.expect_err("no key");
    assert!(error.to_string().contains("invalid_key: this is no key"), "{error}");
}
