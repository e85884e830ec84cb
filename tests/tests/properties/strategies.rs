//! Random JSON: any at all, any object of a schema's property names, and what a schema allows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// How deep random values nest.
const DEPTH: u32 = 4;

/// A document whose schemas values are made for.
#[derive(Debug)]
pub struct Document(Value);

impl Document {
    /// The document of that YAML text.
    pub fn new(yaml: &str) -> Self {
        Self(serde_yaml::from_str(yaml).expect("the document is YAML"))
    }

    /// Values that a component's schema allows, often with properties that it does not name.
    pub fn values(&self, component: &str) -> BoxedStrategy<Value> {
        self.allowed(self.component(component), DEPTH)
    }

    /// Objects whose properties may be those of a component, with any values whatever.
    pub fn objects(&self, component: &str) -> BoxedStrategy<Value> {
        let mut keys = BTreeSet::from(["key".to_owned()]);
        self.property_names(self.component(component), DEPTH, &mut keys);
        let keys: Vec<String> = keys.into_iter().collect();
        let key = prop_oneof![3 => select(keys), 1 => "\\PC{0,8}"];
        let object = btree_map(key.clone(), any_json(key.boxed()), 0..8);
        object.prop_map(|members| Value::Object(members.into_iter().collect())).boxed()
    }

    /// The names of the properties in a schema and below it.
    fn property_names(&self, schema: &Value, depth: u32, names: &mut BTreeSet<String>) {
        match schema {
            Value::Object(members) => {
                for (key, value) in members {
                    match (key.as_str(), value) {
                        ("properties", Value::Object(properties)) => {
                            names.extend(properties.keys().cloned());
                        }
                        ("$ref", Value::String(reference)) if depth > 0 => {
                            let name = reference.rsplit('/').next().unwrap_or_default();
                            self.property_names(self.component(name), depth - 1, names);
                        }
                        _ => {}
                    }
                    self.property_names(value, depth, names);
                }
            }
            Value::Array(items) => {
                items.iter().for_each(|item| self.property_names(item, depth, names));
            }
            _ => {}
        }
    }

    fn component(&self, name: &str) -> &Value {
        let schema = &self.0["components"]["schemas"][name];
        assert!(schema.is_object(), "the document has no schema `{name}`");
        schema
    }

    fn allowed(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return self.allowed(self.component(name), depth);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts = parts.iter().map(|part| self.allowed(part, depth)).collect::<Vec<_>>();
            return (parts, self.allowed_by_itself(schema, depth)).prop_map(merged).boxed();
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(parts) = schema[key].as_array() {
                let parts = parts.iter().map(|part| self.allowed(part, depth));
                return proptest::strategy::Union::new(parts).boxed();
            }
        }
        self.allowed_by_itself(schema, depth)
    }

    /// What a schema allows by its own keywords.
    fn allowed_by_itself(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        if let Some(value) = schema.get("const") {
            return Just(value.clone()).boxed();
        }
        if let Some(types) = schema["type"].as_array() {
            let of_type = |name: &Value| {
                let mut schema = schema.clone();
                schema["type"] = name.clone();
                self.allowed_by_itself(&schema, depth)
            };
            return proptest::strategy::Union::new(types.iter().map(of_type)).boxed();
        }
        if let Some(values) = schema["enum"].as_array() {
            return prop_oneof![9 => select(values.clone()), 1 => unknown_word(schema)].boxed();
        }
        match schema["type"].as_str() {
            Some("object") => self.object(schema, depth),
            Some("array") => {
                let items = self.allowed(&schema["items"], depth.saturating_sub(1));
                vec(items, 0..4).prop_map(Value::Array).boxed()
            }
            Some("string") => string(schema),
            Some("integer") => any::<i32>().prop_map(Value::from).boxed(),
            Some("number") => proptest::num::f64::NORMAL.prop_map(Value::from).boxed(),
            Some("null") => Just(Value::Null).boxed(),
            None if schema["properties"].is_object() => self.object(schema, depth),
            Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
            _ => any_json("[a-z]{1,3}".boxed()),
        }
    }

    fn object(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = schema["properties"].as_object().into_iter().flatten();
        let mut members = Just(BTreeMap::<String, Value>::new()).boxed();
        for (name, property) in properties {
            let is_required = required.contains(&name.as_str());
            if depth == 0 && !is_required {
                continue;
            }
            let value = self.allowed(property, depth.saturating_sub(1));
            let value = if is_required {
                value.prop_map(Some).boxed()
            } else {
                proptest::option::of(value).boxed()
            };
            let name = name.clone();
            members = (members, value)
                .prop_map(move |(mut members, value)| {
                    members.extend(value.map(|value| (name.clone(), value)));
                    members
                })
                .boxed();
        }
        let unknown = btree_map("x-[a-z]{1,3}", any_json("[a-z]{1,3}".boxed()), 0..3);
        (members, unknown)
            .prop_map(|(members, unknown)| {
                Value::Object(members.into_iter().chain(unknown).collect::<Map<_, _>>())
            })
            .boxed()
    }
}

/// The properties of all parts of an `allOf`, and of the schema itself.
fn merged((parts, own): (Vec<Value>, Value)) -> Value {
    let objects = parts.into_iter().chain([own]).filter_map(|part| match part {
        Value::Object(members) => Some(members),
        _ => None,
    });
    Value::Object(objects.flatten().collect())
}

/// Any JSON value, with names of properties from `key`.
pub fn any_json(key: BoxedStrategy<String>) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("2026-01-31T12:00:00Z")),
    ];
    leaf.prop_recursive(DEPTH, 32, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            btree_map(key.clone(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

/// A value that an enum does not list.
fn unknown_word(schema: &Value) -> BoxedStrategy<Value> {
    if schema["type"] == "integer" {
        return any::<i32>().prop_map(Value::from).boxed();
    }
    "[A-Z_]{1,12}".prop_map(Value::from).boxed()
}

fn string(schema: &Value) -> BoxedStrategy<Value> {
    match schema["format"].as_str() {
        Some("date-time") => (0_i64..4_000_000_000)
            .prop_map(|second| Timestamp::from_second(second).expect("a second of this era"))
            .prop_map(|timestamp| Value::from(timestamp.to_string()))
            .boxed(),
        Some("date") => (1_i16..9999, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Date::new(year, month, day).expect("a day"))
            .prop_map(|date| Value::from(date.to_string()))
            .boxed(),
        _ => any::<String>().prop_map(Value::from).boxed(),
    }
}
