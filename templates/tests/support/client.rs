//! The client that the tests use.

use {{ library }}::Client;

/// A client with a credential for each security scheme of the document.
pub fn client(base_url: &str) -> Client {
    let builder = Client::builder().base_url(base_url).allow_http(true).max_retries(0);
    {%- for credential in credentials %}
    let builder = builder{{ credential }};
    {%- endfor %}
    builder.build().expect("the credentials are well formed")
}
