//! Request methods of OpenAPI 3.2, and what else its documents say of an operation.

use features_sdk::api::requests::methods::Search;
use features_sdk::models::{Found, FoundThing, SearchRequest};

use crate::support::Server;

#[tokio::test]
async fn query_has_a_body_and_gives_an_answer() {
    let answer = r#"[{"kind":"box","lid":true},{"kind":"shelf","boards":3},{"kind":"lamp","name":"old"},{"name":"nameless"}]"#;
    let server = Server::json(200, answer).await;
    let wanted = SearchRequest::new().words(vec!["red".to_owned()]);
    let methods = server.client().methods();
    let found: Vec<Found> = methods.search(&wanted).await.expect("found");
    assert_eq!(server.only_request().head.method, "QUERY");
    assert_eq!(&server.only_request().body[..], br#"{"words":["red"]}"#);
    assert!(matches!(&found[0], Found::FoundBox(it) if it.lid == Some(true)));
    assert!(matches!(&found[1], Found::FoundShelf(it) if it.boards == Some(3)));
    // What is not mapped, or says no kind, is what `defaultMapping` names.
    let name = |found: &Found| match found {
        Found::Unknown(thing) => {
            let thing: &FoundThing = thing;
            thing.name.clone()
        }
        _ => None,
    };
    assert_eq!(name(&found[2]).as_deref(), Some("old"));
    assert_eq!(name(&found[3]).as_deref(), Some("nameless"));
    let written = serde_json::to_value(&found).expect("written");
    assert_eq!(Some(written), serde_json::from_str(answer).ok());
}

#[test]
fn query_may_be_repeated() {
    assert!(Search::OPERATION.method.is_idempotent());
}

#[tokio::test]
async fn any_method_is_sent_by_its_token() {
    let server = Server::quiet().await;
    server.client().methods().copy_methods_search().await.expect("copied");
    server.client().methods().discover().await.expect("discovered");
    let received = server.received();
    let methods: Vec<&str> = received.iter().map(|it| it.head.method.as_str()).collect();
    assert_eq!(methods, ["COPY", "m-search"]);
}
