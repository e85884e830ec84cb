//! The types that the document has examples of.

use sdk_under_test::models;

use crate::{Answer, round_trip, variant_of};

/// Reads a value as the type of that name, and writes it back.
pub fn answer(ty: &str, json: &[u8]) -> Answer {
    match ty {
        {%- for ty in types %}
        "{{ ty }}" => round_trip::<{{ ty }}>(json),
        {%- endfor %}
        other => panic!("the driver knows no type `{other}`"),
    }
}

/// Reads a value as the union of that name, and tells the variant.
pub fn variant(ty: &str, json: &[u8]) -> Answer {
    match ty {
        {%- for ty in unions %}
        "{{ ty }}" => variant_of::<{{ ty }}>(json),
        {%- endfor %}
        other => panic!("the driver knows no union `{other}`"),
    }
}
