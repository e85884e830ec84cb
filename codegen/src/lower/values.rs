//! What the values of an enum are called, and what is said of each.

use serde_json::Value;

use super::view::View;
use crate::names::{Names, variant_name};

/// The extensions that name the values of an enum: of openapi-generator, and of NSwag and Swashbuckle.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];

/// The extensions that describe them.
const DESCRIPTIONS: [&str; 2] = ["x-enumDescriptions", "x-enum-descriptions"];

/// The variant for a value of an enum.
pub(super) fn variant_ident(text: &str, value: &Value) -> String {
    let ident = free_of_unknown(variant_name(text));
    match ident.strip_prefix('V') {
        Some(digits) if !value.is_string() && ident != "UnknownValue" => format!("Value{digits}"),
        _ => ident,
    }
}

/// `Unknown` is the variant of a value that the document does not have.
fn free_of_unknown(ident: String) -> String {
    if ident == "Unknown" { "UnknownValue".to_owned() } else { ident }
}

/// The names that a widespread extension gives to the values.
pub(super) struct GivenNames(Vec<String>);

impl GivenNames {
    pub(super) fn of(view: &View<'_>) -> Self {
        Self(said_of_values(view, &NAMES))
    }

    /// Whether there are names, but not one for each value.
    pub(super) fn is_of_other_length(&self, view: &View<'_>) -> bool {
        !self.0.is_empty() && self.0.len() != view.values.len()
    }

    /// The variant for the value at this position, where its name makes one that no other value has.
    pub(super) fn ident(&self, index: usize, view: &View<'_>, taken: &Names) -> Option<String> {
        if self.is_of_other_length(view) {
            return None;
        }
        let name = self.0.get(index).filter(|name| name.chars().any(char::is_alphanumeric))?;
        let ident = free_of_unknown(variant_name(name));
        taken.is_free(&ident).then_some(ident)
    }
}

/// The descriptions of enum values, where a widespread extension gives them.
pub(super) fn value_descriptions(view: &View<'_>) -> Vec<String> {
    said_of_values(view, &DESCRIPTIONS)
}

/// What the first of these extensions says of each value: as a list, or by the value.
fn said_of_values(view: &View<'_>, extensions: &[&str]) -> Vec<String> {
    let given = extensions.iter().find_map(|name| view.data.extensions.get(*name));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match given {
        Some(Value::Array(list)) => list.iter().map(text).collect(),
        Some(Value::Object(by_value)) => {
            let said = |value: &Value| by_value.get(&key(value)).map(text).unwrap_or_default();
            view.values.iter().map(said).collect()
        }
        _ => Vec::new(),
    }
}

fn key(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{lower_schemas, outline};

    #[test]
    fn given_names_win_where_they_are_valid_and_unique() {
        let sdk = lower_schemas(
            "
    Color: {type: integer, enum: [0, 1, 2], x-enumNames: [Red, Green, Blue]}
    Size: {type: integer, enum: [10, 20], x-enum-varnames: [SMALL, LARGE]}
    Letter: {type: string, enum: ['1', '2'], x-enum-varnames: {'1': ONE, '2': TWO}}
    Twice: {type: integer, enum: [1, 2, 3], x-enum-varnames: [A, a, '-']}
    Nothing: {type: integer, nullable: true, enum: [1, null, 2], x-enumNames: [One, Null, Two]}
    Sort: {type: string, enum: [name, -name, +name, 'name asc', '<=', 用户, self]}
    Vote: {type: integer, enum: [1, -1]}
",
        );
        assert_eq!(outline(&sdk, "Color"), "Red = 0, Green = 1, Blue = 2");
        assert_eq!(outline(&sdk, "Size"), "Small = 10, Large = 20");
        assert_eq!(outline(&sdk, "Letter"), "One = \"1\", Two = \"2\"");
        assert_eq!(outline(&sdk, "Twice"), "A = 1, Value2 = 2, Value3 = 3");
        assert_eq!(outline(&sdk, "Nothing"), "One = 1, Two = 2");
        assert_eq!(
            outline(&sdk, "Sort"),
            "Name = \"name\", MinusName = \"-name\", PlusName = \"+name\", NameAsc = \"name asc\", \
             LessThanOrEqual = \"<=\", 用户 = \"用户\", Self_ = \"self\""
        );
        assert_eq!(outline(&sdk, "Vote"), "Value1 = 1, Minus1 = -1");
    }
}
