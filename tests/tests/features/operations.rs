//! Operations without an id, with several tags and with none, and with servers of their own.

use features_sdk::Client;
use features_sdk::api::odd::DeleteThingsByThingId;

use crate::support::Server;

#[tokio::test]
#[expect(deprecated, reason = "the document advises against the operation")]
async fn an_operation_without_an_id_is_named_after_method_and_path() {
    let server = Server::quiet().await;
    let odd = server.client().odd();
    odd.get_things_by_thing_id("t 1").await.expect("sent");
    assert_eq!(server.only_request().head.method, "GET");
    assert_eq!(server.only_request().path(), "/v3/things/t%201");
}

#[tokio::test]
async fn an_operation_without_a_tag_has_an_api_too() {
    let server = Server::quiet().await;
    server.client().default_api().untagged().await.expect("sent");
    assert_eq!(server.only_request().path(), "/untagged");
}

#[test]
fn the_variables_of_the_documents_server_have_their_defaults() {
    let client = Client::builder().build().expect("a good configuration");
    assert_eq!(client.base_url(), "https://eu.acme.example/v1");
}

#[tokio::test]
async fn a_server_that_is_a_path_takes_the_place_of_the_base_urls() {
    let server = Server::quiet().await;
    let builder = Client::builder().base_url(format!("{}/v1", server.url)).allow_http(true);
    let client = builder.key("k").build().expect("a good configuration");
    #[expect(deprecated, reason = "the document advises against the operation")]
    client.odd().get_things_by_thing_id("t").await.expect("sent");
    client.default_api().untagged().await.expect("sent");
    client.odd().put_things_by_thing_id("t").await.expect("sent");
    let received = server.received();
    let paths: Vec<&str> = received.iter().map(|request| request.path()).collect();
    assert_eq!(paths, ["/v3/things/t", "/v1/untagged", "/v1/v5/things/t"]);
}

#[tokio::test]
async fn a_server_that_is_a_url_gives_way_to_the_callers() {
    assert_eq!(DeleteThingsByThingId::OPERATION.server, "https://archive.acme.example/v4");
    let server = Server::quiet().await;
    server.client().odd().delete_things_by_thing_id("t").await.expect("sent");
    assert_eq!(server.only_request().path(), "/things/t");
}
