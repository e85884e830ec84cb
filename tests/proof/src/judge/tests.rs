//! The judgement on recorded calls.

use std::fs;

use serde_json::{Value, json};

use super::*;

/// A pet has a name, and `readPet` gives one; `createPet` takes one; `redirect` documents no success.
fn prepared() -> Prepared {
    let pet =
        json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}});
    let ok = json!({"description": "It", "content": pet["content"]});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1", "license": {"name": "MIT"}},
        "paths": {
            "/pets/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true,
                    "schema": {"type": "string", "format": "uuid"}}],
                "get": {"operationId": "readPet", "tags": ["Pet"], "responses": {"200": ok}},
                "delete": {"operationId": "redirect", "tags": ["Pet"],
                    "responses": {"301": {"description": "Elsewhere"}}}
            },
            "/pets": {"post": {"operationId": "createPet", "tags": ["Pet"], "requestBody": pet,
                "responses": {"200": ok}}}
        },
        "components": {"schemas": {"Pet": {
            "type": "object",
            "required": ["name", "code"],
            "properties": {
                "name": {"type": "string"},
                "code": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"}
            },
            "example": {"name": "Rex", "code": "none"}
        }}}
    });
    let folder = tempfile::tempdir().expect("a temporary folder");
    let spec = folder.path().join("openapi.json");
    fs::write(&spec, document.to_string()).expect("the file is written");
    let mut diagnostics = Diagnostics::new();
    let options = Options { spec, ..Options::default() };
    prepare(&options, &mut diagnostics).expect("the document has no errors")
}

/// The record of a call, as the driver writes it.
fn record(
    question: usize,
    status: u16,
    violations: Option<&str>,
    body: &str,
    outcome: Value,
) -> Record {
    let attempt = json!({"exchange": {
        "method": "GET", "url": "http://localhost/x", "request_headers": [], "request_body": "",
        "status": status,
        "headers": violations.map(|text| ("sl-violations", text)).into_iter()
            .chain([("content-type", "application/json")]).collect::<Vec<_>>(),
        "body": body
    }, "outcome": outcome});
    let record = json!({"question": question, "first": attempt, "dynamic": null, "lenient": null});
    serde_json::from_value(record).expect("it is a record")
}

const BODY_VIOLATION: &str =
    r#"[{"location":["request","body","name"],"severity":"Error","message":"must be string"}]"#;

/// The verdict on one record, where curl gets an answer of this status.
fn verdict(record: Record, curl: &Answer) -> Verdict {
    let mut prepared = prepared();
    let report = prepared.report(std::slice::from_ref(&record), &mut |_| Ok(curl.clone()));
    report.lines[record.question].verdict.clone()
}

fn answer(status: u16, violations: Option<&str>, body: &str) -> Answer {
    let headers = [("content-type", Some("application/json")), ("sl-violations", violations)];
    let headers =
        headers.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
    Answer { status, headers: headers.collect(), body: body.to_owned() }
}

const PET: &str = r#"{"name":"Rex","code":"AB-1"}"#;

#[test]
fn every_call_has_valid_values() {
    let prepared = prepared();
    let ids: Vec<&str> = prepared.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["readPet", "redirect", "createPet"]);
    assert!(prepared.questions.iter().all(|question| question.missing.is_empty()));
    let request = |index: usize| prepared.questions[index].request.as_ref().expect("it is known");
    assert_eq!(request(0).target, "/pets/4f2c1e9a-7b3d-4c5e-8f60-1a2b3c4d5e6f");
    let Body::Text(body) = &request(2).body else { panic!("there is a body") };
    let body: Value = serde_json::from_str(body).expect("it is JSON");
    assert_eq!(body["code"], "AA-1");
}

#[test]
fn a_call_that_went_well_passed() {
    let verdict = verdict(record(0, 200, None, PET, json!("decoded")), &answer(200, None, PET));
    assert_eq!(verdict, Verdict::Passed);
}

#[test]
fn a_wrong_request_is_a_violation() {
    let refused = record(2, 400, Some(BODY_VIOLATION), "{}", json!({"refused": "400"}));
    let verdict = verdict(refused, &answer(200, None, PET));
    assert_eq!(verdict, Verdict::Violation("request.body.name: must be string".to_owned()));
    assert!(!verdict.is_good());
}

#[test]
fn what_curl_cannot_have_either_is_not_served() {
    let refused = record(2, 400, Some(BODY_VIOLATION), "{}", json!({"refused": "400"}));
    let same = verdict(refused.clone(), &answer(400, Some(BODY_VIOLATION), "{}"));
    let Verdict::NotServed { command, answer: text, .. } = same else { panic!("{same:?}") };
    assert!(command.starts_with("curl ") && command.contains("AA-1"), "{command}");
    assert_eq!(text, "request.body.name: must be string");

    // It complains to curl as well, but of something else.
    let other = BODY_VIOLATION.replace("name", "code");
    let other = verdict(refused, &answer(400, Some(&other), "{}"));
    assert!(matches!(other, Verdict::Violation(_)), "{other:?}");

    let broken = record(0, 500, None, "", json!({"refused": "500"}));
    let broken = verdict(broken, &answer(500, None, ""));
    assert!(matches!(broken, Verdict::NotServed { .. }), "{broken:?}");
}

#[test]
fn a_valid_answer_has_to_be_decoded() {
    let undecoded = record(0, 200, None, PET, json!({"not_decoded": "why"}));
    let verdict = verdict(undecoded, &answer(200, None, PET));
    assert_eq!(verdict, Verdict::NotDecoded("why".to_owned()));
    assert!(!verdict.is_good());
}

#[test]
fn an_invalid_answer_need_not_be_decoded() {
    let invalid = || record(0, 200, None, r#"{"name":1}"#, json!({"not_decoded": "why"}));
    let attempt = |body: &str, outcome| record(0, 200, None, body, outcome).first;
    let curl = answer(200, None, r#"{"name":1}"#);

    let mut dynamic = invalid();
    dynamic.dynamic = Some(attempt(PET, json!("decoded")));
    assert!(matches!(verdict(dynamic, &curl), Verdict::PassedDynamically(_)));

    let mut lenient = invalid();
    lenient.dynamic = Some(attempt("{}", json!({"not_decoded": "why"})));
    lenient.lenient = Some(attempt(r#"{"name":1}"#, json!("decoded")));
    assert!(matches!(verdict(lenient, &curl), Verdict::PassedLeniently(_)));

    // The answer that the server made is valid.
    let mut undecoded = invalid();
    undecoded.dynamic = Some(attempt(PET, json!({"not_decoded": "why"})));
    assert!(matches!(verdict(undecoded, &curl), Verdict::NotDecoded(_)));

    assert!(matches!(verdict(invalid(), &curl), Verdict::NotServed { .. }));
}

#[test]
fn an_error_is_a_success_where_no_other_is_documented() {
    let refused = |question| record(question, 301, None, "", json!({"refused": "301"}));
    let curl = answer(301, None, "");
    assert_eq!(verdict(refused(1), &curl), Verdict::Passed);
    assert!(matches!(verdict(refused(0), &curl), Verdict::Violation(_)));
}

#[test]
fn a_call_that_is_not_made_is_reported() {
    let report = prepared().report(&[], &mut |_| Err("no curl".to_owned()));
    assert!(!report.is_good());
    assert!(report.table().ends_with("| 3 | 0 | 0 | 0 | 0 | 0 | 0 | 3 |\n"), "{}", report.table());
    assert!(report.problems().contains("readPet (GET /pets/{id}): not asked: "));
}
