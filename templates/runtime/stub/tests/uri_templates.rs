//! The suite of URI Templates (RFC 6570), as far as the styles of parameters can express one. It is run by
//! `cargo xtask suites`, which names its folder in `URI_TEMPLATES`.

use std::path::Path;
use std::{env, fs};

use serde_json::{Value, json};

use crate::runtime::encoding::{PathStyle, path, query};
use crate::runtime::{QueryStyle, Style};

/// The files of the suite whose templates all have an expansion.
const FILES: [&str; 3] =
    ["spec-examples.json", "spec-examples-by-section.json", "extended-tests.json"];

/// What a template expands to by the styles of parameters; else why they cannot express it.
fn expand(template: &str, variables: &Value) -> Result<String, &'static str> {
    let mut expanded = String::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (expression, after) = after.split_once('}').ok_or("a literal brace")?;
        if !literal.is_ascii() || literal.contains([' ', '%', '\'', '"']) {
            return Err("a literal that is not a path's as it is");
        }
        expanded += literal;
        expanded += &expression_of(expression, variables)?;
        rest = after;
    }
    Ok(expanded + rest)
}

fn expression_of(expression: &str, variables: &Value) -> Result<String, &'static str> {
    let (operator, list) = match expression.chars().next() {
        Some(operator @ ('.' | ';' | '?' | '&')) => (operator, &expression[1..]),
        Some('+' | '#' | '/') => return Err("an operator without a style"),
        _ => (' ', expression),
    };
    let names: Vec<&str> = list.split(',').collect();
    if operator == ' ' && names.len() > 1 {
        return Err("several variables between commas");
    }
    let mut parts = Vec::new();
    for name in names {
        let (name, explode) = match name.strip_suffix('*') {
            Some(name) => (name, true),
            None => (name, false),
        };
        if name.contains(':') {
            return Err("a prefix");
        }
        if name.contains('%') {
            return Err("a name that is encoded already");
        }
        let value = &variables[name];
        let is_empty = value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty);
        if value.is_null() || is_empty {
            continue;
        }
        match operator {
            '.' => parts.push(path(name, PathStyle::new(Style::Label, explode), value)),
            ';' => parts.push(path(name, PathStyle::new(Style::Matrix, explode), value)),
            ' ' => parts.push(path(name, PathStyle::new(Style::Simple, explode), value)),
            _ => parts.extend(query(name, QueryStyle::new(Style::Form, explode), value)),
        }
    }
    Ok(match operator {
        '?' | '&' if parts.is_empty() => String::new(),
        '?' | '&' => format!("{operator}{}", parts.join("&")),
        _ => parts.concat(),
    })
}

/// The parts of an expansion, in any order: that of an object's members is free.
fn sorted(expansion: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = expansion.split(['&', ';', '.', ',', '?']).collect();
    parts.sort_unstable();
    parts
}

#[test]
#[ignore = "needs the suite; `cargo xtask suites` runs it"]
fn the_suite() {
    let folder = env::var("URI_TEMPLATES").expect("the folder of the suite");
    let mut expressible = 0;
    for file in FILES {
        let text = fs::read_to_string(Path::new(&folder).join(file)).expect("a file of the suite");
        let sections: Value = serde_json::from_str(&text).expect("JSON");
        for (section, examples) in sections.as_object().expect("sections") {
            for case in examples["testcases"].as_array().into_iter().flatten() {
                let template = case[0].as_str().expect("a template");
                let wanted: Vec<&str> = match &case[1] {
                    Value::String(text) => vec![text],
                    other => {
                        other.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
                    }
                };
                let name = format!("{file}, {section}: {template}");
                let told = match expand(template, &examples["variables"]) {
                    Err(why) => json!({"name": name, "why": why}),
                    Ok(found) => {
                        expressible += 1;
                        let passed = wanted.iter().any(|wanted| sorted(wanted) == sorted(&found));
                        json!({"name": name, "found": found, "passed": passed})
                    }
                };
                println!("uri-template-case {told}");
            }
        }
    }
    assert!(expressible > 0, "no case could be expressed");
}
