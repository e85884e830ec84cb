//! The test of a new repository that makes a call.

use codegen::ir::{Api, Method, Operation, Sdk, Type};
use codegen::render::example::Examples;

const WITH_CALL: &str = include_str!("files/client.rs");
const WITHOUT_CALL: &str = include_str!("files/client_alone.rs");

/// How long a chain of calls is that rustfmt leaves on its line.
const CHAIN: usize = 60;

/// The test, which calls an operation that takes little; without a call where none does.
pub(super) fn test(sdk: &Sdk) -> String {
    let examples = Examples::new(sdk);
    let operations = sdk.apis.iter().flat_map(|api| api.operations.iter().map(move |it| (api, it)));
    let calls = operations.filter(|(_, it)| is_plain(it));
    let calls = calls.filter_map(|(api, it)| Some((it, Call::of(&examples, api, it)?)));
    let simplest = calls.min_by_key(|(operation, call)| {
        let arguments = operation.required_parameters().len();
        (!call.fits(), operation.http_method != Method::Get, arguments)
    });
    simplest.map_or_else(|| WITHOUT_CALL.to_owned(), |(_, call)| call.test())
}

/// Whether an example of a call needs no body and no other crate.
fn is_plain(operation: &Operation) -> bool {
    operation.body.as_ref().is_none_or(|body| !body.required)
        && operation.required_parameters().iter().all(|it| it.ty == Type::String)
        && !operation.deprecated
}

/// An operation as the client calls it, and as the mock does.
struct Call {
    of_client: String,
    of_mock: String,
}

impl Call {
    /// Of `client.pet().get("7")` the mock's is `mock.pet().get()`.
    fn of(examples: &Examples<'_>, api: &Api, operation: &Operation) -> Option<Self> {
        let of_client = examples.call(api, operation).call;
        let (group, rest) = of_client.strip_prefix("client.")?.split_once("().")?;
        let (method, _) = rest.split_once('(')?;
        let of_mock = format!("mock.{group}().{method}()");
        Some(Self { of_client, of_mock })
    }

    /// Whether rustfmt leaves the test as it is.
    fn fits(&self) -> bool {
        let chains = [(&self.of_client, ".await"), (&self.of_mock, ".received().len()")];
        chains.iter().all(|(call, rest)| call.len() + rest.len() <= CHAIN)
    }

    fn test(&self) -> String {
        let skip = if self.fits() { "" } else { "#[rustfmt::skip]\n" };
        WITH_CALL
            .replace("#[tokio::test]\n", &format!("#[tokio::test]\n{skip}"))
            .replace("MOCKED_OPERATION", &self.of_mock)
            .replace("OPERATION_CALL", &self.of_client)
    }
}
