//! The client that makes the calls.

use std::time::Duration;

use sdk_under_test::{Client, Error};

use crate::recorder::Recorder;

/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A client with a credential for each security scheme of the document.
pub fn client(base_url: &str, recorder: Recorder, is_lenient: bool) -> Result<Client, Error> {
    let builder = {{ builder }};
    builder.timeout(TIMEOUT).lenient(is_lenient).layer(recorder).build()
}
