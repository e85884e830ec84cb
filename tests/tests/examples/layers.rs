//! The examples `add_header` and `count_requests`: layers between the client and the network.

#[path = "../../examples/add_header.rs"]
mod add_header;
#[path = "../../examples/count_requests.rs"]
mod count_requests;

use std::sync::PoisonError;

#[tokio::test]
async fn a_layer_adds_a_header() {
    assert_eq!(add_header::run().await.unwrap().as_deref(), Some("payroll"));
}

#[tokio::test]
async fn a_layer_counts_all_attempts() {
    let counts = count_requests::run().await.unwrap();
    let counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
    let counts: Vec<_> = counts.iter().map(|(key, count)| (*key, *count)).collect();
    assert_eq!(counts, [(("getSession", 200), 3), (("getSession", 429), 1)]);
}
