//! What came of a scenario.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use xtask::Problem;

use super::super::CaseResult;
use super::Planned;
use super::scenarios::{Body, Call};

/// Where the exported answers have the server.
const SERVER: &str = "http://localhost:3000";

/// Why a scenario with XML does not count.
const XML: &str = "`Payload_Xml_*`, `Payload_Pageable_XmlPagination_*`: XML, which the SDK takes and gives as bytes";

/// What no OpenAPI document can say: the starts of the names of scenarios, and what these are about.
const INEXPRESSIBLE: [(&str, &str); 5] = [
    (
        "Payload_MultiPart_FormData_HttpParts_jsonArrayAndFileArray",
        "a list within one part, where OpenAPI has a part for each item",
    ),
    ("Parameters_Path_optional", "a path parameter that may be left out"),
    (
        "Routes_PathParameters_PathExpansion_",
        "a path parameter that begins with a `/` (RFC 6570, section 3.2.6)",
    ),
    (
        "Routes_PathParameters_ReservedExpansion_",
        "a path parameter with a `/` in it (RFC 6570, section 3.2.3)",
    ),
    (
        "Routes_QueryParameters_QueryContinuation_",
        "a path with a query, which the emitter leaves out",
    ),
];

/// What the SDK made of an answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// The value that it gives.
    Given(Value),
    /// It is an error, with its status and what the server says.
    Refused(u16, String),
    /// There is no answer, or it is not decoded.
    Failed(String),
}

/// What the program tells: what came of each question, and what the server says of each scenario.
pub struct Told {
    outcomes: HashMap<usize, Outcome>,
    coverage: HashMap<String, String>,
    server: String,
}

#[derive(Deserialize)]
struct Written {
    records: Vec<(usize, Outcome)>,
    coverage: Vec<Covered>,
}

#[derive(Deserialize)]
struct Covered {
    results: HashMap<String, String>,
}

impl Told {
    /// Reads what the program wrote that called a server.
    pub fn read(text: &[u8], server: &str) -> Result<Self, Problem> {
        let written: Written = serde_json::from_slice(text).map_err(|error| {
            Problem(format!("the program of the scenarios gave no report: {error}"))
        })?;
        let coverage = written.coverage.into_iter().flat_map(|covered| covered.results).collect();
        let outcomes = written.records.into_iter().collect();
        Ok(Self { outcomes, coverage, server: server.to_owned() })
    }
}

/// The verdict on a scenario.
pub fn verdict(planned: &Planned, told: &Told) -> CaseResult {
    let name = &planned.scenario.name;
    if let Some((start, what)) = INEXPRESSIBLE.iter().find(|(start, _)| name.starts_with(start)) {
        let names = if name == start { name.clone() } else { format!("{start}*") };
        return CaseResult::Aside(format!("`{names}`: no OpenAPI document can say it: {what}"));
    }
    let mut problems = problems(planned, told);
    let status = told.coverage.get(name).map_or("unknown", String::as_str);
    if status != "pass" {
        problems.push(format!("the server says {status}"));
    }
    match (problems.is_empty(), is_xml(planned)) {
        (true, true) => CaseResult::Aside(format!("{XML}; passed")),
        (true, false) => CaseResult::Passed,
        (false, true) => CaseResult::Aside(format!("{XML}; not passed")),
        (false, false) => CaseResult::Failed(problems.join("; ")),
    }
}

/// What is wrong with what came of the calls of a scenario.
fn problems(planned: &Planned, told: &Told) -> Vec<String> {
    let calls = &planned.scenario.calls;
    if let Some(given) = pages(planned, told) {
        let answers =
            calls.iter().filter_map(|call| value(call.answer.body.as_ref()?, &told.server));
        let wanted: Value = answers.collect();
        return Vec::from_iter((!is_same(&wanted, given)).then(|| differs(given, &wanted)));
    }
    let asked = calls.iter().zip(&planned.questions);
    let problems = asked.filter_map(|(call, question)| match question {
        Ok(number) => match told.outcomes.get(number) {
            Some(outcome) => problem(call, outcome, &told.server),
            None => Some("was not called".to_owned()),
        },
        Err(reason) => Some(format!("{}: {reason}", call.path())),
    });
    problems.collect()
}

fn differs(given: &Value, wanted: &Value) -> String {
    format!("gives {given} for {wanted}")
}

/// The pages that the calls of a scenario gave, where they are one question.
fn pages<'t>(planned: &Planned, told: &'t Told) -> Option<&'t Value> {
    let [Ok(first), others @ ..] = planned.questions.as_slice() else { return None };
    let is_one = others.iter().all(|other| other.as_ref() == Ok(first));
    match told.outcomes.get(first).filter(|_| is_one && !others.is_empty())? {
        Outcome::Given(pages) => Some(pages),
        _ => None,
    }
}

/// Whether a scenario is about XML.
fn is_xml(planned: &Planned) -> bool {
    let calls = &planned.scenario.calls;
    let mut bodies = calls.iter().flat_map(|call| call.body.iter().chain(&call.answer.body));
    bodies.any(|body| body.content_type.ends_with("/xml"))
}

/// What is wrong with what came of a call.
fn problem(call: &Call, outcome: &Outcome, server: &str) -> Option<String> {
    let wanted = call.answer.status;
    match outcome {
        Outcome::Refused(status, _) if *status == wanted => None,
        Outcome::Refused(status, said) => Some(format!("is refused with {status}: {said}")),
        Outcome::Failed(reason) => Some(reason.clone()),
        Outcome::Given(_) if wanted >= 400 => Some(format!("no error is given for {wanted}")),
        Outcome::Given(given) => {
            let wanted = value(call.answer.body.as_ref()?, server)?;
            (!is_same(&wanted, given)).then(|| differs(given, &wanted))
        }
    }
}

/// Whether two values are the same JSON, in which `1.0` and `1` are one number (RFC 8259, section 6).
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| is_same(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}

/// The value of a body of a server: what JSON it is, or its text.
fn value(body: &Body, server: &str) -> Option<Value> {
    let text = body.content()?.replace(SERVER, server);
    match body.content_type.as_str() {
        "application/json" => serde_json::from_str(&text).ok(),
        "application/jsonl" => {
            text.lines().map(|line| serde_json::from_str::<Value>(line).ok()).collect()
        }
        _ => Some(Value::from(text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The verdict on a scenario of one call, given what the program wrote.
    fn verdict_on(name: &str, media_type: &str, outcome: &Value, status: &str) -> CaseResult {
        let body = json!({"contentType": media_type, "text": "{\"at\":\"http://localhost:3000/a\",\"n\":3}"});
        let call = json!({"uri": "/a", "method": "get", "query": {}, "headers": {}, "body": null,
            "answer": {"status": 200, "body": body}});
        let scenario = json!({"specification": "a", "name": name, "calls": [call]});
        let scenario = serde_json::from_value(scenario).expect("it is a scenario");
        let told = json!({"records": [[7, outcome]], "coverage": [{"results": {name: status}}]});
        let told = Told::read(told.to_string().as_bytes(), "http://localhost:41");
        verdict(&Planned { scenario, questions: vec![Ok(7)] }, &told.expect("it is a report"))
    }

    #[test]
    fn a_scenario_passes_where_both_sides_saw_what_they_should() {
        let given = json!({"given": {"n": 3.0, "at": "http://localhost:41/a"}});
        let on = |outcome: &Value, status| verdict_on("A_b", "application/json", outcome, status);
        assert_eq!(on(&given, "pass"), CaseResult::Passed);
        assert_eq!(on(&given, "fail"), CaseResult::Failed("the server says fail".to_owned()));
        let less = on(&json!({"given": {"at": "http://localhost:41/a"}}), "pass");
        assert!(matches!(less, CaseResult::Failed(_)), "{less:?}");
        let refused = on(&json!({"refused": [400, "no"]}), "pass");
        assert_eq!(refused, CaseResult::Failed("is refused with 400: no".to_owned()));
    }

    #[test]
    fn what_does_not_count_is_left_aside() {
        let given = json!({"given": "<a/>"});
        let xml = verdict_on("A_b", "application/xml", &given, "pass");
        assert!(
            matches!(&xml, CaseResult::Aside(reason) if reason.ends_with("; not passed")),
            "{xml:?}"
        );
        let optional = verdict_on("Parameters_Path_optional", "application/json", &given, "fail");
        assert!(matches!(optional, CaseResult::Aside(_)), "{optional:?}");
    }
}
