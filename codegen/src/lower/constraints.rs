//! What schemas say about values beyond their type.

use openapiv3::{AnySchema, ArrayType, IntegerType, NumberType, Schema, SchemaKind, Type};

use super::Lowering;
use super::view::SchemaRef;
use crate::ir::{Bound, Constraints, Count};

/// How long a pattern is at most to be said, in bytes: many places may refer to one, and nobody reads a longer one.
const LONGEST_PATTERN: usize = 200;

impl<'a> Lowering<'a> {
    /// The constraints of a schema in place, or of the one that it refers to.
    pub(super) fn constraints(&self, schema: Option<SchemaRef<'a>>) -> Constraints {
        schema.and_then(|schema| self.schema(schema)).map(of).unwrap_or_default()
    }
}

fn of(schema: &Schema) -> Constraints {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) if string.enumeration.is_empty() => Constraints {
            length: count(string.min_length, string.max_length),
            pattern: pattern(string.pattern.as_ref()),
            ..Constraints::default()
        },
        SchemaKind::Type(Type::Integer(integer)) if integer.enumeration.is_empty() => {
            of_integer(integer)
        }
        SchemaKind::Type(Type::Number(number)) if number.enumeration.is_empty() => {
            of_number(number)
        }
        SchemaKind::Type(Type::Array(array)) => of_array(array),
        SchemaKind::Type(Type::Object(object)) => Constraints {
            properties: count(object.min_properties, object.max_properties),
            ..Constraints::default()
        },
        SchemaKind::Any(any) if any.enumeration.is_empty() => of_any(any),
        _ => Constraints::default(),
    }
}

fn of_integer(integer: &IntegerType) -> Constraints {
    let number = |value: Option<i64>| value.map(|value| value as f64);
    Constraints {
        minimum: bound(number(integer.minimum), integer.exclusive_minimum),
        maximum: bound(number(integer.maximum), integer.exclusive_maximum),
        multiple_of: number(integer.multiple_of).filter(|step| *step != 1.0),
        ..Constraints::default()
    }
}

fn of_number(number: &NumberType) -> Constraints {
    Constraints {
        minimum: bound(number.minimum, number.exclusive_minimum),
        maximum: bound(number.maximum, number.exclusive_maximum),
        multiple_of: number.multiple_of,
        ..Constraints::default()
    }
}

fn of_array(array: &ArrayType) -> Constraints {
    Constraints {
        items: count(array.min_items, array.max_items),
        unique_items: array.unique_items,
        ..Constraints::default()
    }
}

fn of_any(any: &AnySchema) -> Constraints {
    Constraints {
        minimum: bound(any.minimum, any.exclusive_minimum.unwrap_or_default()),
        maximum: bound(any.maximum, any.exclusive_maximum.unwrap_or_default()),
        multiple_of: any.multiple_of,
        length: count(any.min_length, any.max_length),
        pattern: pattern(any.pattern.as_ref()),
        items: count(any.min_items, any.max_items),
        unique_items: any.unique_items.unwrap_or_default(),
        properties: count(any.min_properties, any.max_properties),
    }
}

fn bound(value: Option<f64>, exclusive: bool) -> Option<Bound> {
    Some(Bound { value: value?, exclusive })
}

/// A least count of 0 says nothing.
fn count(least: Option<usize>, most: Option<usize>) -> Count {
    Count { least: least.filter(|least| *least > 0), most }
}

fn pattern(pattern: Option<&String>) -> Option<String> {
    pattern.filter(|pattern| pattern.len() <= LONGEST_PATTERN).cloned()
}
