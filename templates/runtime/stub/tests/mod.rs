//! The unit tests of the runtime: what it makes of values, without a network. They stand here and not
//! beside the code because what is in `src` is copied into each generated crate.
//!
//! What happens on the wire is tested with a generated crate, in `tests/tests/wire/`.

mod authorization;
mod base_url;
mod call_request;
mod call_url;
mod charset;
mod credentials;
mod deviations;
mod encoding;
mod json;
mod json_path;
mod link;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
mod paging;
mod properties;
mod rate_limit;
mod redirects;
mod retry;
mod scalar;
mod secrets;
mod server;
mod shown;
#[cfg(feature = "streams")]
mod stream;
mod tags;
#[cfg(feature = "oauth")]
mod token_source;

mod uri_templates;
#[cfg(feature = "config")]
mod yaml;

use std::sync::LazyLock;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue};

use crate::runtime::response::{Budget, Head};
use crate::runtime::{Answer, Client, Operation, Settings};

/// A client, none of whose calls is ever sent. There is one, since it reads the system's certificates.
fn client() -> Client {
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        let builder = Client::builder().base_url("https://api.test/v1");
        builder.build().expect("a good configuration")
    });
    CLIENT.clone()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, HeaderValue::from_str(value).expect("a value of a header"));
    }
    headers
}

/// An answer as it arrives where nothing is particular to the API.
fn answer(
    operation: &'static Operation,
    status: u16,
    headers: HeaderMap,
    body: &'static str,
) -> Answer {
    let status = StatusCode::from_u16(status).expect("a status");
    let head = Head::new(operation, &Settings::DEFAULT, status, headers, false);
    Answer::new(head, Bytes::from_static(body.as_bytes()), Budget::of_body(1 << 20))
}
