//! The test of a new repository that makes a call.

use codegen::ir::{Api, Method, Operation, Sdk, Type};
use codegen::render::example::Examples;

const WITH_CALL: &str = include_str!("files/client.rs");
const WITHOUT_CALL: &str = include_str!("files/client_alone.rs");

/// The test, which calls an operation that takes little; without a call where none does.
pub(super) fn test(sdk: &Sdk) -> String {
    let mut operations: Vec<(&Api, &Operation)> =
        sdk.apis.iter().flat_map(|api| api.operations.iter().map(move |it| (api, it))).collect();
    operations.retain(|(_, operation)| is_plain(operation));
    operations.sort_by_key(|(_, operation)| {
        (operation.http_method != Method::Get, operation.required_parameters().len())
    });
    let call = operations.first().map(|(api, it)| Examples::new(sdk).call(api, it).call);
    let mocked = call.as_deref().and_then(mocked);
    match call.zip(mocked) {
        Some((call, mocked)) => {
            WITH_CALL.replace("MOCKED_OPERATION", &mocked).replace("OPERATION_CALL", &call)
        }
        None => WITHOUT_CALL.to_owned(),
    }
}

/// Whether an example of a call is one line that needs no other crate.
fn is_plain(operation: &Operation) -> bool {
    operation.body.as_ref().is_none_or(|body| !body.required)
        && operation.required_parameters().iter().all(|it| it.ty == Type::String)
        && !operation.deprecated
}

/// What the mock calls the operation of a call: that of `client.pet().get("7")` is `mock.pet().get()`.
fn mocked(call: &str) -> Option<String> {
    let (api, rest) = call.strip_prefix("client.")?.split_once("().")?;
    let (method, _) = rest.split_once('(')?;
    Some(format!("mock.{api}().{method}()"))
}
