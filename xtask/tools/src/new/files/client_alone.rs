//! A program's tests have a server within the process: `generated/README.md` says how its operations answer.

use CRATE_LIBRARY::Mock;

#[test]
fn a_client_of_the_mock_is_made() {
    let mock = Mock::new();
    assert!(mock.builder().build().is_ok());
}
