//! The names of components, and the references to them.

use std::collections::HashMap;
use std::fmt;

use serde_json::Value;

use crate::document::pointer;
use crate::document::references::references;
use crate::document::structure::{Object, SECTIONS, section_named};

/// A component of a document.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Component {
    /// What it is.
    pub(super) object: Object,
    /// Its name.
    pub(super) name: String,
}

impl Component {
    /// The section that it is in.
    pub(super) fn section(&self) -> &'static str {
        self.object.section().unwrap_or_default()
    }

    /// The JSON pointer to it.
    pub(super) fn pointer(&self) -> String {
        pointer::child(&format!("/components/{}", self.section()), &self.name)
    }

    /// The component with another name.
    pub(super) fn named(&self, name: String) -> Self {
        Self { object: self.object, name }
    }

    /// The components of a document.
    pub(super) fn all(document: &Value) -> Vec<Self> {
        let mut all = Vec::new();
        for section in SECTIONS {
            let map = document.get("components").and_then(|it| it.get(section.name));
            let names = map.and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
            all.extend(names.map(|name| Self { object: section.object, name: name.clone() }));
        }
        all
    }
}

impl fmt::Display for Component {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "components.{}.{}", self.section(), self.name)
    }
}

/// What a reference leads to.
#[derive(Debug)]
pub(super) enum Target {
    /// A component, or with a rest of a JSON pointer a part of one.
    Component(Component, String),
    /// A place outside of the components.
    Elsewhere,
}

/// A reference and where it stands.
#[derive(Debug)]
pub(super) struct Link {
    /// The JSON pointer to the string that refers.
    pub(super) pointer: String,
    /// The string.
    pub(super) written: String,
    /// What it leads to.
    pub(super) target: Target,
}

/// The references in a value, which is an `object` that stands at `at`.
pub(super) fn links(value: &Value, object: Object, at: &str) -> Vec<Link> {
    let found = references(value, object, at).into_iter();
    found
        .map(|reference| Link {
            target: match reference.target.strip_prefix('#') {
                Some(fragment) => target(fragment),
                None if reference.mapping => Target::Component(
                    Component { object: Object::Schema, name: reference.target.to_owned() },
                    String::new(),
                ),
                None => Target::Elsewhere,
            },
            pointer: reference.pointer,
            written: reference.target.to_owned(),
        })
        .collect()
}

fn target(fragment: &str) -> Target {
    let Some(pointer) = pointer::from_fragment(fragment) else {
        return Target::Elsewhere;
    };
    let tokens: Vec<String> = pointer::tokens(&pointer).map(|token| token.into_owned()).collect();
    let [components, section, name, rest @ ..] = tokens.as_slice() else {
        return Target::Elsewhere;
    };
    match section_named(section).filter(|_| components == "components") {
        Some(section) => Target::Component(
            Component { object: section.object, name: name.clone() },
            rest.iter().fold(String::new(), |rest, token| pointer::child(&rest, token)),
        ),
        None => Target::Elsewhere,
    }
}

/// The components that get another name, with that name.
pub(super) type Names = HashMap<Component, String>;

/// Lets the references in `value`, which is an `object`, lead to the new names.
pub(super) fn rename(value: &mut Value, object: Object, names: &Names) {
    if names.is_empty() {
        return;
    }
    for link in links(value, object, "") {
        let Target::Component(component, rest) = &link.target else {
            continue;
        };
        let Some(name) = names.get(component) else {
            continue;
        };
        if let Some(written) = pointer::get_mut(value, &link.pointer) {
            let pointer = component.named(name.clone()).pointer();
            *written = Value::String(format!("#{pointer}{rest}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_follow_a_new_name() {
        let mut schema = json!({
            "properties": {
                "a": {"$ref": "#/components/schemas/Error"},
                "b": {"$ref": "#/components/schemas/Error/properties/c~1d"},
                "e": {"$ref": "#/components/schemas/Other"}
            },
            "discriminator": {"propertyName": "a", "mapping": {"x": "Error"}},
            "example": {"$ref": "#/components/schemas/Error"}
        });
        let error = Component { object: Object::Schema, name: "Error".to_owned() };
        rename(&mut schema, Object::Schema, &Names::from([(error, "Failure".to_owned())]));
        let expected = json!({
            "properties": {
                "a": {"$ref": "#/components/schemas/Failure"},
                "b": {"$ref": "#/components/schemas/Failure/properties/c~1d"},
                "e": {"$ref": "#/components/schemas/Other"}
            },
            "discriminator": {"propertyName": "a", "mapping": {"x": "#/components/schemas/Failure"}},
            "example": {"$ref": "#/components/schemas/Error"}
        });
        assert_eq!(schema, expected);
    }
}
