//! What the SDK itself does in a call, without a network: `cargo bench -p bench --bench sdk`.

use bench::canned::Canned;
use bench::{SESSION, by_hand, sessions};
use divan::Bencher;
use okta_sdk::Client;
use okta_sdk::models::{CreateSessionRequest, Session};
use okta_sdk::runtime::{Call, Method, Operation, decode};
use tokio::runtime::Runtime;

static LIST_SESSIONS: Operation = Operation {
    id: "listSessions",
    method: Method::GET,
    path: "/api/v1/sessions",
    ..Operation::DEFAULT
};

/// How many sessions are on a page.
const PAGE: usize = 200;

fn main() {
    divan::main();
}

/// A client that is answered with this by no network.
fn client(answer: &str) -> Client {
    let canned = Canned(answer.to_owned().into());
    let builder = Client::builder().base_url("https://api.test").api_token("token").layer(canned);
    builder.build().expect("a client")
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// The arguments of a call, with the JSON of its body.
#[divan::bench]
fn build_a_request(bencher: Bencher) {
    let client = client(SESSION);
    let session = CreateSessionRequest::new().session_token("20111");
    bencher.bench_local(|| client.session().create_session(&session));
}

/// A whole call but for the network: its request, and the reading of its answer.
#[divan::bench]
fn call(bencher: Bencher) {
    let (client, runtime) = (client(SESSION), runtime());
    bencher.bench_local(|| runtime.block_on(client.session().get_session("101").into_future()));
}

/// `deviating`: each session has a value of another type than documented.
#[divan::bench(args = [false, true])]
fn decode_a_page(bencher: Bencher, deviating: bool) {
    let (client, runtime) = (client(&sessions(PAGE, deviating)), runtime());
    let call = || Call::new(&client, &LIST_SESSIONS);
    bencher.with_inputs(call).bench_local_values(|call| {
        runtime.block_on(call.into_body(decode::model::<Vec<Session>>)).expect("a page")
    });
}

#[divan::bench]
fn decode_a_page_by_hand(bencher: Bencher) {
    let text = sessions(PAGE, false);
    bencher.bench_local(|| serde_json::from_str::<Vec<by_hand::Session>>(&text).expect("a page"));
}

#[divan::bench(types = [Session, by_hand::Session])]
fn encode_a_page<T: serde::Serialize + serde::de::DeserializeOwned>(bencher: Bencher) {
    let page: Vec<T> = serde_json::from_str(&sessions(PAGE, false)).expect("a page");
    bencher.bench_local(|| serde_json::to_vec(&page).expect("JSON"));
}
