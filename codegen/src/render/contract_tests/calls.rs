//! The calls of the tests by themselves, for a program that makes them against another server.

use super::arguments::Arguments;
use super::credentials;
use super::fixtures::Fixtures;
use super::operation::{Call, Tests};
use super::samples::Samples;
use crate::ir::{Api, Operation, Sdk, SecurityScheme};

pub use super::request::{Content, Expected, query_string};
pub use super::styles::Pair;

/// The calls of one API.
pub struct Calls<'s> {
    /// The API.
    pub api: &'s Api,
    /// One for each of its operations.
    pub calls: Vec<ApiCall<'s>>,
    /// The constants that the calls name.
    pub constants: Vec<String>,
}

/// The call of one operation.
pub struct ApiCall<'s> {
    /// The operation.
    pub operation: &'s Operation,
    /// The call, or why there is none.
    pub call: Result<Call<'s>, String>,
    /// The request that it makes by the document, or why that cannot be foretold.
    pub request: Result<Expected, String>,
    /// The type that the call's closure names, where the answer is one of several.
    pub import: Option<String>,
}

/// The calls of all operations, written for a crate that knows the SDK as `library`.
pub fn calls<'s>(sdk: &'s Sdk, library: &str) -> Vec<Calls<'s>> {
    let samples = Samples::new(sdk);
    let arguments = Arguments { samples: &samples, library };
    sdk.apis.iter().map(|api| calls_of(sdk, api, arguments)).collect()
}

fn calls_of<'s>(sdk: &'s Sdk, api: &'s Api, arguments: Arguments<'_>) -> Calls<'s> {
    let mut tests = Tests { sdk, api, arguments, fixtures: Fixtures::new(), left_out: Vec::new() };
    let calls = api.operations.iter().map(|operation| api_call(&mut tests, operation)).collect();
    Calls { api, calls, constants: tests.fixtures.items() }
}

fn api_call<'s>(tests: &mut Tests<'_>, operation: &'s Operation) -> ApiCall<'s> {
    let call = tests.call(operation);
    let request = match (&call, credentials::authorization(tests.sdk, operation)) {
        (Ok(call), Some(authorization)) => tests.expected(operation, call, authorization),
        (Ok(_), None) => Err("the document does not describe its security scheme".to_owned()),
        (Err(reason), _) => Err(reason.clone()),
    };
    ApiCall { operation, call, request, import: tests.import(&operation.output) }
}

/// The calls that set up a client with a credential for each security scheme, up to `build`.
pub fn client(sdk: &Sdk) -> String {
    credentials::builder(sdk).line()
}

/// As [`client`], with these keys and tokens, and for no other scheme.
pub fn client_with(sdk: &Sdk, credential: impl Fn(&SecurityScheme) -> Option<String>) -> String {
    credentials::builder_with(sdk, credential).line()
}
