//! The values of a property by which alternatives are told apart.

use std::collections::HashMap;

use openapiv3::Discriminator;
use serde_json::Value;

use super::Lowering;
use super::merge::{Merged, Part};
use super::place::Place;
use super::view::{SchemaRef, View, component_name};

impl<'a> Lowering<'a> {
    /// The values of the discriminator that mean an alternative.
    pub(super) fn tags(
        &self,
        discriminator: &Discriminator,
        mapped: &HashMap<&str, Vec<String>>,
        part: &Part<'a>,
    ) -> Vec<String> {
        let SchemaRef::Component(name) = part.schema else {
            return self.property_values(part.schema, &discriminator.property_name);
        };
        if let Some(mapped) = mapped.get(name) {
            return mapped.clone();
        }
        let mut values = self.property_values(part.schema, &discriminator.property_name);
        values.retain(|value| !discriminator.mapping.contains_key(value));
        if values.is_empty() { vec![name.to_owned()] } else { values }
    }

    /// The values that a schema lists for one of its properties.
    pub(super) fn property_values(&self, schema: SchemaRef<'a>, property: &str) -> Vec<String> {
        self.values_along(schema, property, &mut Vec::new())
    }

    /// The values that a schema lists for one of its properties; where it is a choice, those of all that it is one of.
    /// `way` are the components that led to it, so that a circle ends.
    fn values_along(
        &self,
        schema: SchemaRef<'a>,
        property: &str,
        way: &mut Vec<&'a str>,
    ) -> Vec<String> {
        let merged = self.merge_one(&Part { schema, place: Place::default() });
        let values = self.values_in(&merged, property);
        let Some(view) = self.schema(schema).map(View::new) else { return values };
        if !values.is_empty() || view.alternatives.is_empty() {
            return values;
        }
        if let SchemaRef::Component(name) = schema {
            if way.contains(&name) {
                return values;
            }
            way.push(name);
        }
        let mapped = view.discriminator().map(mapped_tags).unwrap_or_default();
        let of_one = |alternative: &SchemaRef<'a>| match *alternative {
            SchemaRef::Component(name) if mapped.contains_key(name) => mapped[name].clone(),
            alternative => self.values_along(alternative, property, way),
        };
        let all: Vec<Vec<String>> = view.alternatives.iter().map(of_one).collect();
        if all.iter().any(Vec::is_empty) { Vec::new() } else { all.concat() }
    }

    /// The values that merged schemas list for one of their properties.
    pub(super) fn values_in(&self, merged: &Merged<'a>, property: &str) -> Vec<String> {
        let Some(last) = merged.properties.get(property).and_then(|parts| parts.last()) else {
            return Vec::new();
        };
        let values =
            self.schema(last.schema).map(|schema| View::new(schema).values).unwrap_or_default();
        values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

/// The tags that a mapping gives to each schema.
pub(super) fn mapped_tags(discriminator: &Discriminator) -> HashMap<&str, Vec<String>> {
    let mut tags: HashMap<&str, Vec<String>> = HashMap::new();
    for (tag, target) in &discriminator.mapping {
        tags.entry(component_name(target)).or_default().push(tag.clone());
    }
    tags
}

#[cfg(test)]
mod tests {
    use crate::ir::{ModelKind, Sdk};
    use crate::lower::testing::lower_schemas;

    const SCHEMAS: &str = "
    A: {type: object, required: [kind], properties: {kind: {type: string, enum: [a, aa]}}}
    B: {type: object, required: [kind], properties: {kind: {type: string, enum: [b]}}}
    C: {type: object, required: [kind], properties: {kind: {type: string}}}
    Told: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
    Mapped:
      oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
      discriminator: {propertyName: kind, mapping: {see: '#/components/schemas/C'}}
    Circle:
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/A'}]
";

    /// The tags of each variant of the choice between two schemas, of which a mapping may name the second.
    fn tags(first: &str, second: &str, mapping: &str) -> Vec<Vec<String>> {
        let outer = format!(
            "    Outer:\n      oneOf: [{{$ref: '#/components/schemas/{first}'}}, {{$ref: '#/components/schemas/{second}'}}]\n      \
             discriminator: {{propertyName: kind, mapping: {{{mapping}}}}}\n"
        );
        let sdk: Sdk = lower_schemas(&format!("{SCHEMAS}{outer}"));
        let model = sdk.model("Outer").map(|model| &model.kind);
        let Some(ModelKind::TaggedUnion(union)) = model else { panic!("it has a discriminator") };
        union.variants.iter().map(|variant| variant.tags.clone()).collect()
    }

    #[test]
    fn a_choice_within_a_choice_has_the_tags_of_what_it_is_one_of() {
        assert_eq!(tags("Told", "C", ""), [vec!["a", "aa", "b"], vec!["C"]]);
        assert_eq!(tags("Mapped", "A", ""), [vec!["b", "see"], vec!["a", "aa"]]);
    }

    #[test]
    fn a_mapping_counts_more_than_what_a_schema_lists() {
        let mapping = "aa: '#/components/schemas/C'";
        assert_eq!(tags("Told", "C", mapping), [vec!["a", "b"], vec!["aa"]]);
    }

    #[test]
    fn a_choice_that_is_one_of_itself_has_its_name() {
        assert_eq!(tags("Circle", "C", ""), [["Circle"], ["C"]]);
    }
}
