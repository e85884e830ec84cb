//! Answers in place of a server.

use super::server::call;
use crate::runtime::{Mock, Operation, encode};

static LIST_PETS: Operation = Operation { id: "list", path: "/pets", ..Operation::DEFAULT };
static LIST_OWNERS: Operation = Operation { id: "list", path: "/owners", ..Operation::DEFAULT };

/// A document may give the operations of two tags one operationId.
#[test]
fn operations_of_one_id_have_answers_of_their_own() {
    let mock = Mock::new();
    mock.stub(&LIST_PETS, encode::json::<String>).returns("a pet");
    mock.stub(&LIST_OWNERS, encode::json::<String>).returns("an owner");
    let client = mock.client();
    let body = |operation| call(&client, operation).expect("an answer").into_body();
    assert_eq!(body(&LIST_PETS), "\"a pet\"");
    assert_eq!(body(&LIST_OWNERS), "\"an owner\"");
}
