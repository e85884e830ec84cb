//! What the alternatives of a union are called.

use serde_json::Value;

use super::Lowering;
use super::merge::Part;
use super::place::Place;
use super::view::{SchemaRef, View};
use crate::names::type_name;

impl<'a> Lowering<'a> {
    /// What a component is called as an alternative.
    fn component_label(&self, name: &str) -> String {
        self.component_types.get(name).cloned().unwrap_or_else(|| type_name(name))
    }

    /// How many of the alternatives are lists, written in place.
    pub(super) fn count_lists(alternatives: &[Part<'a>]) -> usize {
        let is_list = |part: &&Part<'_>| match part.schema {
            SchemaRef::Component(_) => false,
            SchemaRef::Inline(schema) => View::new(schema).ty == Some("array"),
        };
        alternatives.iter().filter(is_list).count()
    }

    /// What the lists of an alternative are called: where there are several, each by what is in it.
    fn list_label(&self, view: &View<'a>, lists: usize) -> String {
        match view.items {
            Some(SchemaRef::Inline(schema))
                if !View::new(schema).alternatives.is_empty()
                    && schema.schema_data.title.is_none() =>
            {
                "List".to_owned()
            }
            Some(schema) if lists > 1 => {
                let item = Part { schema, place: Place::default() };
                format!("{}List", self.label(&item, 0, 0))
            }
            _ => "List".to_owned(),
        }
    }

    /// What an alternative is called, which is one of so many lists.
    pub(super) fn label(&self, part: &Part<'a>, index: usize, lists: usize) -> String {
        let schema = match part.schema {
            SchemaRef::Component(name) => return self.component_label(name),
            SchemaRef::Inline(schema) => schema,
        };
        let view = View::new(schema);
        if let Some(title) = &view.data.title {
            return type_name(title);
        }
        match view.ty {
            Some("string") if view.values.is_empty() => {
                return match view.format.as_str() {
                    "date-time" => "DateTime".to_owned(),
                    "date" => "Date".to_owned(),
                    _ => "String".to_owned(),
                };
            }
            Some("integer") => return "Integer".to_owned(),
            Some("number") => return "Number".to_owned(),
            Some("boolean") => return "Boolean".to_owned(),
            Some("array") => return self.list_label(&view, lists),
            _ => {}
        }
        match view.values.as_slice() {
            [] => {}
            [Value::String(value)] => return type_name(value),
            values if values.iter().all(Value::is_string) => return "String".to_owned(),
            _ => return "Value".to_owned(),
        }
        let first = view
            .required
            .first()
            .map(String::as_str)
            .or(view.properties.first().map(|(name, _)| *name));
        let base = view.all_of.iter().find_map(|schema| match schema {
            SchemaRef::Component(name) => Some(*name),
            SchemaRef::Inline(_) => None,
        });
        match (first, base) {
            (Some(property), _) => format!("With{}", type_name(property)),
            (None, Some(base)) => self.component_label(base),
            (None, None) if view.ty == Some("object") => "Object".to_owned(),
            (None, None) => format!("Option{}", index + 1),
        }
    }
}

/// Whether a schema has neither the name of a component nor a title.
pub(super) fn is_unnamed(schema: SchemaRef<'_>) -> bool {
    match schema {
        SchemaRef::Component(_) => false,
        SchemaRef::Inline(schema) => schema.schema_data.title.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{lower_schemas, outline};

    #[test]
    fn variants_in_place_are_called_by_what_tells_them_apart() {
        let sdk = lower_schemas(
            "
    Event:
      oneOf:
        - {type: object, required: [event], properties: {event: {const: thread.created}}}
        - {type: object, required: [event], properties: {event: {const: thread.deleted}}}
    Input:
      anyOf:
        - {type: string}
        - {type: array, items: {type: string}}
        - {type: array, items: {type: integer}}
    Page:
      anyOf: [{type: integer}, {type: array, items: {type: string}}]
",
        );
        assert_eq!(
            outline(&sdk, "Event"),
            "by event: ThreadCreated(EventThreadCreated), ThreadDeleted(EventThreadDeleted)"
        );
        assert_eq!(
            outline(&sdk, "Input"),
            "StringList(Vec<String>), IntegerList(Vec<i64>), String(String)"
        );
        assert_eq!(outline(&sdk, "Page"), "Integer(i64), List(Vec<String>)");
    }
}
