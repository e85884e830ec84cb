//! A program's tests have a server within the process: `generated/README.md` says how its operations answer.

use CRATE_LIBRARY::Mock;

#[tokio::test]
async fn a_call_gets_the_answer_of_the_mock() {
    let mock = Mock::new();
    MOCKED_OPERATION.fails(404);
    let client = mock.client();

    let Err(error) = OPERATION_CALL.await else {
        panic!("404 is no success");
    };

    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(MOCKED_OPERATION.received().len(), 1);
}
