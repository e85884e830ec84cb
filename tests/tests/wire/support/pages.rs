//! Lists that come in pages. No operation of the document pages yet, so that these are written by
//! hand, as `okta_sdk::runtime::Call` describes.

use okta_sdk::Result;
use okta_sdk::runtime::{Call, Items, Method, Operation, Paging, decode};
use wiremock::{MockServer, Request};

use super::server::{client, requests};

/// The list at `/users`, with pages that follow each other in that way.
pub const fn list(paging: Paging) -> Operation {
    Operation { id: "listUsers", method: Method::GET, path: "/users", paging, ..Operation::DEFAULT }
}

/// A list whose pages are linked by the header `Link` (RFC 8288), as Okta's are.
pub static LINKED: Operation = list(Paging::Link);

/// A call to the server, whose base URL has the path `/org`.
pub fn call(server: &MockServer, operation: &'static Operation) -> Call {
    Call::new(&client(&format!("{}/org", server.uri())), operation)
}

/// The items of a list whose pages are arrays of numbers.
pub fn numbers(call: Call) -> Items<Vec<u64>, u64> {
    call.items(decode::json::<Vec<u64>>, |page| page)
}

/// Every item to the end of the list, or the first error.
pub async fn all<P: Send + 'static, I>(mut items: Items<P, I>) -> Result<Vec<I>> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item?);
    }
    Ok(all)
}

/// The value of a query parameter.
pub fn query(request: &Request, name: &str) -> Option<String> {
    let mut pairs = request.url.query_pairs();
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Path and query of every request that the server received.
pub async fn targets(server: &MockServer) -> Vec<String> {
    let target = |request: &Request| match request.url.query() {
        Some(query) => format!("{}?{query}", request.url.path()),
        None => request.url.path().to_owned(),
    };
    requests(server).await.iter().map(target).collect()
}
