//! What values are that several schemas of an `allOf` describe at once, where they are no objects.

use std::sync::LazyLock;

use openapiv3::SchemaData;
use serde_json::Value;

use super::Lowering;
use super::place::Place;
use super::view::View;

impl<'a> Lowering<'a> {
    /// The schema that says the most: one that lists its values, of which those are left that all such schemas list, or
    /// else one with a format, or the narrower of two types. `None`: there is no schema.
    ///
    /// Where no value fits them all, the first one counts, with a warning.
    pub(super) fn narrowest(
        &mut self,
        schemas: &[(View<'a>, Place)],
        place: &Place,
    ) -> Option<(View<'a>, Place)> {
        let first = schemas.first()?;
        if excludes(schemas) {
            self.warn_of_contradiction(place, "are of different types");
            return Some(first.clone());
        }
        let lists = || schemas.iter().filter(|(view, _)| !view.values.is_empty());
        let Some((shortest, at)) = lists().min_by_key(|(view, _)| view.values.len()) else {
            let integer = schemas.iter().find(|(view, _)| view.ty == Some("integer"));
            let formatted = schemas.iter().find(|(view, _)| !view.format.is_empty());
            return integer.or(formatted).or(Some(first)).cloned();
        };
        let is_common = |value: &&Value| lists().all(|(view, _)| view.values.contains(value));
        let common: Vec<Value> = shortest.values.iter().filter(is_common).cloned().collect();
        if common.is_empty() {
            self.warn_of_contradiction(place, "list different values");
            return Some(first.clone());
        }
        let mut narrowed = shortest.clone();
        if common.len() < narrowed.values.len() {
            // What its extensions say of each value is told by position.
            static NOTHING_SAID: LazyLock<SchemaData> = LazyLock::new(SchemaData::default);
            narrowed.data = &NOTHING_SAID;
            narrowed.values = common;
        }
        Some((narrowed, at.clone()))
    }

    fn warn_of_contradiction(&mut self, place: &Place, why: &str) {
        self.warn_once(
            "contradicting-schemas",
            place,
            format!("no value fits all that `allOf` has here, which {why}; the first counts"),
            "correct it, or say `anyOf` where a value fits one of them",
        );
    }
}

/// Whether two of the schemas are of types that no value is of both of. An integer is a number (JSON Schema 2020-12,
/// section 6.1.1 of its validation vocabulary).
fn excludes(schemas: &[(View<'_>, Place)]) -> bool {
    let general = |ty| if ty == "integer" { "number" } else { ty };
    let mut types = schemas.iter().filter_map(|(view, _)| view.ty).map(general);
    let first = types.next();
    types.any(|ty| Some(ty) != first)
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{lower_schemas, outline};

    fn merged(parts: &str) -> String {
        outline(&lower_schemas(&format!("    A:\n      allOf: [{parts}]\n")), "A")
    }

    #[test]
    fn a_value_fits_every_list() {
        let both = merged("{type: string, enum: [a, b, c]}, {type: string, enum: [d, b, a]}");
        assert_eq!(both, r#"A = "a", B = "b""#);
        assert_eq!(merged("{type: string}, {enum: [a]}"), r#"A = "a""#);
        assert_eq!(merged("{type: integer, enum: [1, 2]}, {enum: [2, 3]}"), "Value2 = 2");
    }

    #[test]
    fn names_of_values_stay_with_their_values() {
        let parts = "{type: string, enum: [a, b], x-enum-varnames: [One, Two]}, {enum: [a, b, c]}";
        assert_eq!(merged(parts), r#"One = "a", Two = "b""#);
        let parts = "{type: string, enum: [a, b], x-enum-varnames: [One, Two]}, {enum: [b, c]}";
        assert_eq!(merged(parts), r#"B = "b""#);
    }

    #[test]
    fn the_narrower_type_counts() {
        assert_eq!(merged("{type: number}, {type: integer}"), "i64");
        assert_eq!(merged("{type: string}, {type: string, format: date}"), "jiff::civil::Date");
    }
}
