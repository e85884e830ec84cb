//! The Rust types of strings and numbers, by their format.

use openapiv3::SchemaData;

use crate::config::Config;
use crate::ir::Type;

/// A string. A format without a type of its own stays text, so that nothing is lost.
pub fn string(format: &str, config: &Config) -> Type {
    if let Some(custom) = config.format_type(format) {
        return Type::Custom(custom);
    }
    match format {
        "date-time" => Type::DateTime,
        "date" => Type::Date,
        "binary" => Type::Binary,
        _ => Type::String,
    }
}

/// An integer: of 64 bits unless the format says otherwise, and never negative where the document's own default or
/// example is beyond what a signed one holds.
pub fn integer(format: &str, data: &SchemaData, config: &Config) -> Type {
    if let Some(custom) = config.format_type(format) {
        return Type::Custom(custom);
    }
    let own = [&data.default, &data.example];
    let is_beyond = own.into_iter().flatten().any(|value| value.is_u64() && !value.is_i64());
    match format {
        "int32" => Type::Int32,
        "uint64" => Type::UInt64,
        _ if is_beyond => Type::UInt64,
        _ => Type::Int64,
    }
}

/// A number. A `float` is of double precision, too: a server may send more digits than an `f32` holds.
pub fn number(format: &str, config: &Config) -> Type {
    if let Some(custom) = config.format_type(format) {
        return Type::Custom(custom);
    }
    match format {
        "int32" => Type::Int32,
        "int64" => Type::Int64,
        _ => Type::Double,
    }
}
