//! What OpenAPI 3.2 says of streams, and answers in several media types.

use chat_sdk::models::{
    BatchResult, Completion, CompletionChunk, CompletionRequest, FollowChatResponseItem, Message,
    Model, Problem, Role, Usage,
};
use chat_sdk::{Event, Mock, MockStream};

#[tokio::test]
async fn each_media_type_of_an_answer_has_a_method() {
    let mock = Mock::new();
    mock.chat().create_completion().returns(Completion::new("whole", Vec::new()));
    let chunk = CompletionChunk::new("piece", Vec::new());
    mock.chat().create_completion_event_stream().returns(MockStream::new().item(chunk.clone()));
    mock.chat().list_models().returns(vec![Model::new("parrot-1")]);
    mock.chat().list_models_csv().returns("id\nparrot-1\n".to_owned());
    let request = CompletionRequest::new("parrot-1", Vec::new());
    let (client, chat) = (mock.client(), mock.chat());

    let whole = client.chat().create_completion(&request).await.expect("an answer");
    assert_eq!(whole.id, "whole");
    let request = request.stream(true);
    let mut pieces =
        client.chat().create_completion_event_stream(&request).await.expect("a stream");
    assert_eq!(pieces.next().await.expect("a piece").expect("that fits").data, chunk);
    assert!(pieces.next().await.is_none(), "the mock ends it by the sentinel");
    assert_eq!(client.chat().list_models().await.expect("a list").len(), 1);
    assert_eq!(client.chat().list_models_csv().await.expect("a text"), "id\nparrot-1\n");

    let accept = |received: Vec<chat_sdk::ReceivedRequest>| {
        let accept = received.iter().map(|it| it.header("accept").map(str::to_owned));
        accept.collect::<Vec<_>>()
    };
    let asked = |media_type: &str| vec![Some(media_type.to_owned())];
    assert_eq!(accept(chat.create_completion().received()), asked("application/json"));
    let events = chat.create_completion_event_stream().received();
    assert_eq!(accept(events), asked("text/event-stream"));
    assert_eq!(accept(chat.list_models_csv().received()), asked("text/csv"));
}

#[tokio::test]
async fn events_of_several_kinds_are_one_type() {
    let mock = Mock::new();
    let message = Message::new(Role::Assistant, "Hello!");
    let events = [
        Event::new(FollowChatResponseItem::from(message.clone())).event_type("message").id("1"),
        Event::new(FollowChatResponseItem::from(Usage::new(3))).event_type("usage").id("2"),
    ];
    mock.chat().follow_chat().returns(events.to_vec());
    let call = mock.client().chat().follow_chat("chat-1").reconnect(false);
    let mut events = call.await.expect("a stream");
    let first = events.next().await.expect("an event").expect("that fits");
    assert_eq!(first.event_type.as_deref(), Some("message"));
    assert!(matches!(first.data, FollowChatResponseItem::Message(it) if *it == message));
    let second = events.next().await.expect("an event").expect("that fits");
    assert!(matches!(second.data, FollowChatResponseItem::Usage(it) if it.total_tokens == 3));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn the_items_of_json_lines_have_the_type_of_the_item_schema() {
    let mock = Mock::new();
    let results = vec![
        BatchResult::new("a").completion(Completion::new("c1", Vec::new())),
        BatchResult::new("b").error(Problem::new("Too long")),
    ];
    mock.batches().get_results().returns(results.clone());
    let mut items = mock.client().batches().get_results("batch-1").await.expect("a stream");
    for result in results {
        assert_eq!(items.next().await.expect("an item").expect("that fits"), result);
    }
    assert!(items.next().await.is_none());
}
