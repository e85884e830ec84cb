//! JSON values for the tests: the document's examples, or values made of the schema.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::ir::{Field, Model, ModelKind, Object, Presence, Sdk, Type};

/// How deep a value goes that is made of a schema; below, it has what is required and no more.
const FULL_DEPTH: usize = 2;

/// How deep models are followed. A schema that requires itself has no finite value.
const DEPTH: usize = 24;

/// How many values are made and compared for all tests of a crate: what is made of unions and of required properties
/// may double with each level.
const MOST_STEPS: usize = 20_000_000;

/// How many values are made for one that holds them.
const MOST_MADE: usize = 20_000;

/// How many comparisons tell whether a value fits.
const MOST_COMPARED: usize = 1_000_000;

/// Who sends a value: some properties are only for one of the two.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Sender {
    /// The client, so without what is `readOnly`.
    Client,
    /// The server, so without what is `writeOnly`.
    Server,
}

/// Makes values for the types of one SDK.
pub struct Samples<'a> {
    models: HashMap<&'a str, &'a Model>,
    /// How many steps are left for all values, and for the one that is made.
    left: Cell<usize>,
    left_of_one: Cell<usize>,
}

impl<'a> Samples<'a> {
    /// Values for the models of an SDK.
    pub fn new(sdk: &'a Sdk) -> Self {
        Self {
            models: sdk.models.iter().map(|model| (model.name.as_str(), model)).collect(),
            left: Cell::new(MOST_STEPS),
            left_of_one: Cell::new(0),
        }
    }

    /// The model of a name.
    pub fn model(&self, name: &str) -> Option<&'a Model> {
        self.models.get(name).copied()
    }

    /// A value of a type; none where a schema has no finite value, or where the type is a
    /// caller's own.
    pub fn value(&self, ty: &Type, sender: Sender) -> Option<Value> {
        self.left_of_one.set(MOST_MADE);
        self.made(ty, sender, 0).filter(|_| self.left_of_one.get() > 0)
    }

    /// Takes a step; `false` where none is left.
    fn step(&self) -> bool {
        let (left, left_of_one) = (self.left.get(), self.left_of_one.get());
        self.left.set(left.saturating_sub(1));
        self.left_of_one.set(if left == 0 { 0 } else { left_of_one.saturating_sub(1) });
        left > 0 && left_of_one > 0
    }

    fn made(&self, ty: &Type, sender: Sender, depth: usize) -> Option<Value> {
        if depth > DEPTH || !self.step() {
            return None;
        }
        match ty {
            Type::String | Type::Binary | Type::File => Some(json!("text")),
            Type::Boolean => Some(json!(true)),
            Type::Int32 | Type::Int64 | Type::UInt64 => Some(json!(1)),
            Type::Double => Some(json!(1.5)),
            Type::Date => Some(json!("2026-01-31")),
            Type::DateTime => Some(json!("2026-01-31T12:00:00Z")),
            Type::Any => Some(json!("any")),
            Type::Custom(_) => None,
            Type::Array(item) => {
                let item = self.made(item, sender, depth + 1);
                Some(Value::Array(item.into_iter().collect()))
            }
            Type::Map(value) => {
                let entry =
                    self.made(value, sender, depth + 1).map(|value| ("key".to_owned(), value));
                Some(Value::Object(entry.into_iter().collect()))
            }
            Type::Nullable(inner) => {
                Some(self.made(inner, sender, depth + 1).unwrap_or(Value::Null))
            }
            Type::Model(name) => self.made_model(self.model(name)?, sender, depth),
        }
    }

    fn made_model(&self, model: &Model, sender: Sender, depth: usize) -> Option<Value> {
        let ty = Type::Model(model.name.clone());
        if let Some(example) = model.example.as_ref().filter(|it| self.fits_type(&ty, it)) {
            return Some(example.clone());
        }
        match &model.kind {
            ModelKind::Alias(ty) => self.made(ty, sender, depth + 1),
            ModelKind::StringEnum(values) | ModelKind::IntegerEnum(values) => {
                values.first().map(|value| value.value.clone())
            }
            ModelKind::Object(object) => self.made_object(object, sender, depth),
            ModelKind::TaggedUnion(union) => union.variants.iter().find_map(|variant| {
                let mut value = self.made(&variant.ty, sender, depth + 1)?;
                let tag = Value::from(variant.tags.first()?.as_str());
                value.as_object_mut()?.insert(union.property.clone(), tag);
                Some(value)
            }),
            ModelKind::UntaggedUnion(union) => {
                union.variants.iter().find_map(|variant| self.made(&variant.ty, sender, depth + 1))
            }
        }
    }

    fn made_object(&self, object: &Object, sender: Sender, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        for field in &object.fields {
            let is_required = field.presence == Presence::Required;
            let is_for_other = match sender {
                Sender::Client => field.read_only,
                Sender::Server => field.write_only,
            };
            if !is_required && (is_for_other || depth >= FULL_DEPTH) {
                continue;
            }
            match self.made_field(field, sender, depth) {
                Some(value) => members.insert(field.name.clone(), value),
                None if is_required => return None,
                None => None,
            };
        }
        Some(Value::Object(members))
    }

    fn made_field(&self, field: &Field, sender: Sender, depth: usize) -> Option<Value> {
        match &field.example {
            Some(example) if self.fits_type(&field.ty, example) => Some(example.clone()),
            _ => self.made(&field.ty, sender, depth + 1),
        }
    }

    /// Whether a value is one of a type, as the document has it.
    pub fn fits(&self, ty: &Type, value: &Value) -> bool {
        self.left_of_one.set(MOST_COMPARED);
        self.fits_type(ty, value)
    }

    fn fits_type(&self, ty: &Type, value: &Value) -> bool {
        if !self.step() {
            return false;
        }
        let text = value.as_str();
        match ty {
            Type::String | Type::Binary | Type::File => value.is_string(),
            Type::Boolean => value.is_boolean(),
            Type::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            Type::Int64 => value.is_i64(),
            Type::UInt64 => value.is_u64(),
            Type::Double => value.is_number(),
            Type::Date => text.is_some_and(is_date),
            Type::DateTime => text.is_some_and(is_date_time),
            Type::Any | Type::Custom(_) => true,
            Type::Array(item) => value
                .as_array()
                .is_some_and(|items| items.iter().all(|value| self.fits_type(item, value))),
            Type::Map(inner) => value
                .as_object()
                .is_some_and(|members| members.values().all(|value| self.fits_type(inner, value))),
            Type::Nullable(inner) => value.is_null() || self.fits_type(inner, value),
            Type::Model(name) => {
                self.model(name).is_some_and(|model| self.fits_model(model, value))
            }
        }
    }

    fn fits_model(&self, model: &Model, value: &Value) -> bool {
        match &model.kind {
            ModelKind::Alias(ty) => self.fits_type(ty, value),
            // Enums are open.
            ModelKind::StringEnum(_) => value.is_string(),
            ModelKind::IntegerEnum(_) => value.is_i64(),
            ModelKind::Object(object) => self.fits_object(object, value),
            ModelKind::TaggedUnion(union) => {
                let tag = value.get(&union.property).and_then(Value::as_str);
                let variant = union
                    .variants
                    .iter()
                    .find(|variant| variant.tags.iter().any(|own| Some(own.as_str()) == tag));
                variant.is_some_and(|variant| self.fits_type(&variant.ty, value))
            }
            ModelKind::UntaggedUnion(union) => {
                union.variants.iter().any(|variant| self.fits_type(&variant.ty, value))
            }
        }
    }

    fn fits_object(&self, object: &Object, value: &Value) -> bool {
        let Some(members) = value.as_object() else { return false };
        let named = object.fields.iter().all(|field| match members.get(&field.name) {
            Some(Value::Null) if field.presence == Presence::Nullable => true,
            Some(value) => self.fits_type(&field.ty, value),
            None => field.presence != Presence::Required,
        });
        // Anything may be in a property that is not named, in the usual case.
        if !named || object.additional.ty == Type::Any {
            return named;
        }
        let names: HashSet<&str> = object.fields.iter().map(|field| field.name.as_str()).collect();
        let mut others = members.iter().filter(|(name, _)| !names.contains(name.as_str()));
        others.all(|(_, value)| self.fits_type(&object.additional.ty, value))
    }
}

/// Whether a text is a `full-date` (RFC 3339, section 5.6).
pub fn is_date(text: &str) -> bool {
    date_parts(text).is_some()
}

/// Year, month and day of a `full-date`.
pub fn date_parts(text: &str) -> Option<[u16; 3]> {
    let has_form = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let parts: Vec<u16> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let &[year, month @ 1..=12, day] = parts.as_slice() else { return None };
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last_day = match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (has_form && (1..=last_day).contains(&day)).then_some([year, month, day])
}

/// Whether a text is a `date-time` (RFC 3339, section 5.6).
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else { return false };
    let Some(clock) = time.get(..8) else { return false };
    let is_clock = clock.bytes().enumerate().all(|(index, byte)| match index {
        2 | 5 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let offset = time[8..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let is_offset = matches!(offset, "Z" | "z")
        || (offset.len() == 6 && offset.starts_with(['+', '-']) && offset.as_bytes()[3] == b':');
    is_date(date) && is_clock && is_offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_rfc_3339() {
        assert_eq!(date_parts("2024-02-29"), Some([2024, 2, 29]));
        for text in ["2024-02-30", "2024-13-01", "2024-2-3", "24-02-03", "today"] {
            assert!(!is_date(text), "{text}");
        }
        for text in ["2024-02-29T12:00:00Z", "2024-02-29t12:00:00.5+01:00"] {
            assert!(is_date_time(text), "{text}");
        }
        for text in ["2024-02-29", "2024-02-29T12:00:00", "2024-02-29T12:00Z", "2024-02-29Té"] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
