//! Alternatives that list values become one enum.
//!
//! `oneOf: [{const: a, description: ..}, {const: b, ..}]` is how a value of an enum is described, and
//! `anyOf: [{type: string}, {enum: [a, b]}]` how one says that further values may come, which every enum here allows.

use std::collections::HashSet;

use openapiv3::Schema;
use serde_json::Value;

use super::Lowering;
use super::merge::Part;
use super::schemas::RESERVED_VARIANTS;
use super::values::{GivenNames, value_descriptions, variant_ident};
use super::view::{SchemaRef, View};
use crate::ir::{EnumValue, ModelKind};
use crate::names::{Names, variant_name};

/// What one of the alternatives says.
enum Listed<'a> {
    /// Any string, or any integer.
    Open,
    /// Values, listed in place.
    Values(&'a Schema),
    /// A component that is an enum.
    Component(&'a str),
}

impl<'a> Lowering<'a> {
    /// The enum that alternatives are together, where they list strings or integers.
    ///
    /// An enum of its own that may have further values stays the type that it is. Several of them are a union: which of
    /// them a value belongs to matters.
    pub(super) fn listed(&self, alternatives: &[Part<'a>]) -> Option<ModelKind> {
        let kinds: Option<Vec<(&str, Listed<'a>)>> =
            alternatives.iter().map(|part| self.listed_alternative(part)).collect();
        let (types, kinds): (Vec<&str>, Vec<Listed<'a>>) = kinds?.into_iter().unzip();
        if types.windows(2).any(|pair| pair[0] != pair[1]) {
            return None;
        }
        let mut components = Vec::new();
        let mut schemas = Vec::new();
        for kind in kinds {
            match kind {
                Listed::Open => {}
                Listed::Values(schema) => schemas.push(schema),
                Listed::Component(name) => components.push(name),
            }
        }
        match (components.as_slice(), schemas.as_slice()) {
            ([], []) => None,
            ([name], []) => Some(ModelKind::Alias(self.component_type(name))),
            ([], schemas) => Some(enumeration(schemas)),
            _ => None,
        }
    }

    /// What an alternative says, and about which type; `None` where it is not about an enum.
    fn listed_alternative(&self, part: &Part<'a>) -> Option<(&'static str, Listed<'a>)> {
        match part.schema {
            SchemaRef::Inline(schema) => listed_in_place(schema),
            SchemaRef::Component(name) => {
                let schema = self.component(name)?;
                match listed_in_place(schema)? {
                    (ty, Listed::Values(_)) => Some((ty, Listed::Component(name))),
                    _ => None,
                }
            }
        }
    }
}

fn listed_in_place(schema: &Schema) -> Option<(&'static str, Listed<'_>)> {
    let view = View::new(schema);
    if view.has_properties() || !view.all_of.is_empty() || !view.alternatives.is_empty() {
        return None;
    }
    match view.ty {
        Some("string") if view.values.is_empty() && view.format.is_empty() => {
            Some(("string", Listed::Open))
        }
        Some("integer") if view.values.is_empty() => Some(("integer", Listed::Open)),
        _ if view.values.is_empty() => None,
        _ if view.values.iter().all(Value::is_string) => Some(("string", Listed::Values(schema))),
        _ if view.values.iter().all(Value::is_i64) => Some(("integer", Listed::Values(schema))),
        _ => None,
    }
}

/// The enum of all values. A number that stands alone is called by its title.
fn enumeration(schemas: &[&Schema]) -> ModelKind {
    let mut idents = Names::reserving(RESERVED_VARIANTS);
    let mut values: Vec<EnumValue> = Vec::new();
    let mut seen = HashSet::new();
    for view in schemas.iter().map(|schema| View::new(schema)) {
        let is_single = view.values.len() == 1;
        let described = value_descriptions(&view);
        let given = GivenNames::of(&view);
        for (index, value) in view.values.iter().enumerate() {
            if !seen.insert(value.clone()) {
                continue;
            }
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let ident = match (given.ident(index, &view, &idents), view.data.title.as_deref()) {
                (Some(ident), _) => ident,
                (None, Some(title)) if is_single && value.is_i64() => variant_name(title),
                _ => variant_ident(&text, value),
            };
            let description = match described.get(index) {
                Some(description) => description.clone(),
                None if is_single => view.description(),
                None => String::new(),
            };
            values.push(EnumValue {
                value: value.clone(),
                ident: idents.take(&ident),
                description,
            });
        }
    }
    if values.iter().all(|value| value.value.is_string()) {
        ModelKind::StringEnum(values)
    } else {
        ModelKind::IntegerEnum(values)
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{ModelKind, Sdk};
    use crate::lower::testing::{lower_schemas, outline};

    fn sdk() -> Sdk {
        lower_schemas(
            "
    Channel:
      type: integer
      oneOf:
        - {const: 1, title: DIRECT_MESSAGE, description: Between two users}
        - {const: 0, title: GUILD_TEXT}
        - {const: 7}
    Level:
      oneOf: [{const: low, description: Not much}, {const: high, title: High!}]
    Voice:
      anyOf: [{type: string}, {type: string, enum: [ash, coral]}]
    Status: {type: string, enum: ['on', 'off']}
    Further:
      anyOf: [{$ref: '#/components/schemas/Status'}, {type: string}]
    Either:
      oneOf: [{$ref: '#/components/schemas/Status'}, {type: string, enum: [maybe]}]
    Choice:
      oneOf: [{type: string, enum: [auto, none]}, {type: object, properties: {name: {type: string}}}]
    Single: {type: integer, oneOf: [{const: 4, title: ONLY}]}
",
        )
    }

    #[test]
    fn described_values_are_one_enum() {
        let sdk = sdk();
        assert_eq!(outline(&sdk, "Channel"), "DirectMessage = 1, GuildText = 0, Value7 = 7");
        assert_eq!(outline(&sdk, "Level"), "Low = \"low\", High = \"high\"");
        assert_eq!(outline(&sdk, "Single"), "Only = 4");
        let Some(ModelKind::StringEnum(values)) = sdk.model("Level").map(|it| &it.kind) else {
            panic!("the level is an enum");
        };
        assert_eq!(values[0].description, "Not much");
        assert_eq!(sdk.models.iter().filter(|it| it.name.starts_with("Channel")).count(), 1);
    }

    #[test]
    fn an_enum_that_may_have_further_values_is_that_enum() {
        let sdk = sdk();
        assert_eq!(outline(&sdk, "Voice"), "Ash = \"ash\", Coral = \"coral\"");
        assert_eq!(outline(&sdk, "Further"), "Status");
    }

    #[test]
    fn what_is_more_than_one_enum_stays_a_union() {
        let sdk = sdk();
        assert_eq!(outline(&sdk, "Either"), "Status(Status), Maybe(EitherMaybe)");
        assert_eq!(outline(&sdk, "Choice"), "String(ChoiceString), WithName(ChoiceWithName)");
    }
}
