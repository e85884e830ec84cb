//! The client that the tests use.

use {{ library }}::Client;

/// A client with a credential for each security scheme of the document.
pub fn client(base_url: &str) -> Client {
    {{ client }}
}
