//! What the tasks send, and what they make of the answers: against a mock, or a server of the test's.

mod applications;
mod factors;
mod hooks;
mod log;
mod policies;
mod users;

use okta_management::Mock;

/// Method and path of each request.
fn sent(mock: &Mock) -> Vec<String> {
    let received = mock.received();
    received.iter().map(|request| format!("{} {}", request.method(), request.path())).collect()
}
