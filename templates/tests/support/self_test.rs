//! Whether the checks find what is wrong.

use serde::de::{Deserialize, Deserializer, MapAccess};
use serde_json::Value;

use {{ library }}::runtime::model::{Object, Properties, Reading};
use {{ library }}::runtime::{BoxFuture, Call, Method, Operation, decode};
use {{ library }}::{Client, Result};

use super::known::{has_properties, has_values};
use super::{Answer, Contract, Refusal};

static PUT_THING: Operation =
    Operation { method: Method::PUT, path: "/things/{id}", ..Operation::DEFAULT };

/// A contract that [`put_thing`] keeps.
const CONTRACT: Contract<'_> = Contract {
    method: "PUT",
    path: "/things/a%2Fb",
    query: &[("at", "2026-01-31T12:00:00.000Z"), ("name", "c&d")],
    headers: &[("accept", "application/json"), ("content-type", "application/json")],
    body: r#"{ "size": 1 }"#,
    answers: &[Answer(200, "application/json", r#"{ "id": "a/b" }"#)],
    refusals: &[],
};

fn put_thing(client: &Client) -> BoxFuture<Result<Value>> {
    Call::new(client, &PUT_THING)
        .path("id", &"a/b")
        .query("name", &"c&d")
        .query("at", &"2026-01-31T12:00:00Z")
        .json("application/json", &serde_json::json!({ "size": 1 }))
        .into_body(decode::json)
}

#[test]
fn a_contract_that_is_kept_has_no_problem() {
    let refusals = [Refusal::of::<Value>(404, "application/json", r#"{ "code": 7 }"#)];
    Contract { refusals: &refusals, ..CONTRACT }.check(put_thing);
}

#[test]
fn whatever_differs_is_found() {
    let headers = [("accept", "text/plain"), ("x-size", "1")];
    let answers = [Answer(200, "application/json", "{"), Answer(404, "", "")];
    let refusals =
        [Refusal::of::<String>(404, "application/json", "{}"), Refusal::of::<Value>(200, "", "")];
    let cases = [
        ("method", Contract { method: "POST", ..CONTRACT }),
        ("path", Contract { path: "/things/a/b", ..CONTRACT }),
        ("query", Contract { query: &[("name", "c&d")], ..CONTRACT }),
        ("accept", Contract { headers: &headers, ..CONTRACT }),
        ("x-size", Contract { headers: &headers, ..CONTRACT }),
        ("content-type: expected none", Contract { headers: &headers, ..CONTRACT }),
        ("body: $.size", Contract { body: r#"{ "size": 2 }"#, ..CONTRACT }),
        ("answer 404", Contract { answers: &answers, ..CONTRACT }),
        ("error 404", Contract { refusals: &refusals, ..CONTRACT }),
        ("error 200", Contract { refusals: &refusals, ..CONTRACT }),
    ];
    for (what, contract) in cases {
        let problems = contract.problems(put_thing).join("\n");
        assert!(problems.contains(what), "{what} is not among the problems:\n{problems}");
    }
}

/// A model with one property.
struct Thing;

impl<'de> Deserialize<'de> for Thing {
    fn deserialize<D: Deserializer<'de>>(_deserializer: D) -> std::result::Result<Self, D::Error> {
        Ok(Self)
    }
}

impl Object for Thing {
    const PROPERTIES: Properties = Properties { model: "Thing", required: &[], others: &["id"] };

    fn read<'de, A: MapAccess<'de>>(
        _map: A,
        _reading: Reading<'_>,
    ) -> std::result::Result<Self, A::Error> {
        Ok(Self)
    }

    fn unknown_properties(&self) -> usize {
        0
    }
}

#[test]
fn what_a_model_knows_is_accepted() {
    has_properties::<Thing>(&["id"]);
    has_values::<bool>(&[true, false]);
}

#[test]
#[should_panic(expected = "the properties of Thing")]
fn a_property_that_a_model_lacks_is_found() {
    has_properties::<Thing>(&["id", "name"]);
}

#[test]
#[should_panic(expected = "is no value of bool")]
fn a_value_that_an_enum_lacks_is_found() {
    has_values::<bool>(&["true"]);
}
