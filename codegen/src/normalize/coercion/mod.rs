//! Brings every field to the type that OpenAPI gives it.
//!
//! [`openapiv3`] refuses a whole document for one string where a flag belongs, and cannot say where that was. So all
//! of a document is compared with the tables of [`structure`] first: what can only mean one thing is corrected with
//! a warning, the rest is an error with a place. It has a way of its own through the document, and not that of
//! [`crate::document::walk`]: what is in a value is known only once the value is mended, and any of it may have to go.

mod scalars;

use serde_json::{Map, Value, json};

use crate::{
    diagnostics::Diagnostics,
    document::{
        pointer,
        structure::{self, Object, Shape},
    },
    load::Sources,
};

use super::{Additions, objects, schema};

/// Brings a whole document to the form that openapiv3 reads, its webhooks too, and gives what else it says.
pub fn coerce(root: &mut Value, sources: &Sources, diagnostics: &mut Diagnostics) -> Additions {
    let version = root.get("openapi").and_then(Value::as_str).unwrap_or_default();
    // What 3.0 requires and later versions do not.
    let optional: &'static [&'static str] = match version {
        _ if version.starts_with("3.0") => &[],
        _ if version.starts_with("3.1") => &["paths", "responses"],
        _ => &["paths", "responses", "description"],
    };
    let additions = Additions::default();
    let mut coercion =
        Coercion { diagnostics, sources, pointer: String::new(), optional, additions };
    coercion.object(root, Object::OpenApi);
    coercion.additions
}

/// What becomes of a field after it has been looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Field {
    /// It stays.
    Keep,
    /// It says nothing and goes.
    Remove,
}

/// Walks a document and changes what stands in the way.
pub struct Coercion<'a> {
    /// Where problems go.
    pub diagnostics: &'a mut Diagnostics,
    /// The files, for a scalar as it is written there.
    pub sources: &'a Sources,
    /// The JSON pointer to the node that is looked at.
    pub pointer: String,
    /// The fields that 3.0 requires, and the version of the document does not.
    pub optional: &'static [&'static str],
    /// What is found that openapiv3 cannot hold.
    pub additions: Additions,
}

impl Coercion<'_> {
    /// Warns about the node that is looked at.
    pub fn warn(&mut self, code: &'static str, message: impl Into<String>, help: &str) {
        self.diagnostics.warning(code, self.pointer.clone(), message).help(help);
    }

    /// Warns about a field of the node that is looked at.
    pub fn warn_field(
        &mut self,
        key: &str,
        code: &'static str,
        message: impl Into<String>,
        help: &str,
    ) {
        self.diagnostics.warning(code, pointer::child(&self.pointer, key), message).help(help);
    }

    /// Reports an error at the node that is looked at.
    pub fn error(&mut self, code: &'static str, message: impl Into<String>, help: &str) {
        self.diagnostics.error(code, self.pointer.clone(), message).help(help);
    }

    /// Does something about a child of the node that is looked at.
    pub fn within<T>(&mut self, key: &str, step: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, key);
        let result = step(self);
        self.pointer.truncate(length);
        result
    }

    /// Shapes an object, and everything in it.
    pub fn object(&mut self, value: &mut Value, object: Object) -> Field {
        if object == Object::Schema && *value == Value::Bool(false) {
            schema::make_never(value);
            return Field::Keep;
        }
        objects::coerce(self, value, object);
        let map = match value {
            Value::Object(map) => map,
            Value::Null => {
                self.warn(
                    "empty-field",
                    format!("{} is empty here", object.name()),
                    "remove it or fill it",
                );
                return Field::Remove;
            }
            _ => {
                self.wrong_type(value, &format!("{}, which is an object", object.name()));
                return Field::Keep;
            }
        };
        if object.section().is_some()
            && object != Object::Schema
            && map.get("$ref").is_some_and(Value::is_string)
        {
            self.siblings(map);
            return Field::Keep;
        }
        self.fields(map, object);
        self.required(map, object);
        if object == Object::Schema {
            schema::normalize(self, map);
        } else {
            objects::finish(self, map, object);
        }
        Field::Keep
    }

    fn fields(&mut self, map: &mut Map<String, Value>, object: Object) {
        let mut removed = Vec::new();
        for (key, value) in map.iter_mut() {
            if key.starts_with("x-") {
                continue;
            }
            let verdict = match structure::field(object, key) {
                Some(shape) => self.within(key, |coercion| coercion.value(value, shape, object)),
                None if key == "$ref" => {
                    self.within(key, |coercion| coercion.reference(value, object))
                }
                None => {
                    self.unknown(key, object);
                    Field::Remove
                }
            };
            if verdict == Field::Remove {
                removed.push(key.clone());
            }
        }
        for key in removed {
            map.shift_remove(&key);
        }
    }

    /// Looks at a `$ref`: where it leads has been checked, but not whether it can be here.
    fn reference(&mut self, value: &Value, object: Object) -> Field {
        if object.section().is_none() {
            let message = format!("there can be no reference in place of {}", object.name());
            self.error("misplaced-reference", message, "refer to what is inside it instead");
        } else if !value.is_string() {
            self.wrong_type(value, "a string");
        }
        Field::Keep
    }

    /// Reports a field that OpenAPI does not know.
    fn unknown(&mut self, key: &str, object: Object) {
        let at = pointer::child(&self.pointer, key);
        match object {
            Object::Paths => {
                self.diagnostics
                    .error(
                        "invalid-path",
                        at,
                        format!("the path `{key}` does not start with a slash"),
                    )
                    .help(format!("write `/{key}`"));
            }
            Object::Responses => {
                self.diagnostics
                    .error("invalid-status", at, format!("`{key}` is no status code"))
                    .help("write a code such as 404, a range such as 4XX, or `default`");
            }
            _ => {
                let message = format!("{} has no field `{key}`; it is ignored", object.name());
                self.warn_field(
                    key,
                    "unknown-field",
                    message,
                    "check its spelling and its place; a field of your own starts with `x-`",
                );
            }
        }
    }

    /// Adds the required fields that are missing, where there is something harmless to add.
    fn required(&mut self, map: &mut Map<String, Value>, object: Object) {
        for field in structure::required(object) {
            if map.contains_key(*field) {
                continue;
            }
            let Some(default) = objects::default_of(object, field) else {
                let message = format!("{} needs `{field}`, which is missing", object.name());
                self.error("missing-field", message, "add it: OpenAPI requires it");
                continue;
            };
            let says_nothing = object == Object::OpenApi
                && *field == "paths"
                && !map.contains_key("components")
                && !map.contains_key("webhooks");
            if !self.optional.contains(field) || says_nothing {
                let message = format!("{} needs `{field}`, which is missing", object.name());
                self.warn("missing-field", message, &format!("it is read as {default}"));
            }
            map.insert((*field).to_owned(), default);
        }
    }

    /// Notes what stands beside a reference that is none to a schema: openapiv3 has no place for it.
    fn siblings(&mut self, map: &mut Map<String, Value>) {
        let ignored: Vec<String> =
            map.keys().filter(|key| *key != "$ref" && !key.starts_with("x-")).cloned().collect();
        for key in ignored {
            let message = format!("`{key}` beside `$ref` is ignored");
            self.warn_field(&key, "ignored-sibling", message, "what the reference leads to counts");
            map.shift_remove(&key);
        }
    }

    /// Shapes the value of a field of an object of the kind `owner`.
    fn value(&mut self, value: &mut Value, shape: Shape, owner: Object) -> Field {
        match shape {
            Shape::Any => Field::Keep,
            Shape::Text => self.text(value),
            Shape::Flag => self.flag(value),
            Shape::Number => self.number(value),
            Shape::Count => self.count(value),
            Shape::Object(object) => self.object(value, object),
            Shape::SchemaOrFlag => {
                if matches!(value, Value::String(text) if text == "true" || text == "false") {
                    return self.flag(value);
                }
                if value.is_boolean() { Field::Keep } else { self.object(value, Object::Schema) }
            }
            Shape::Types => self.types(value),
            Shape::Items => match value {
                Value::Array(_) => self.list(value, &Shape::Object(Object::Schema), owner),
                _ => self.object(value, Object::Schema),
            },
            Shape::List(shape) => self.list(value, shape, owner),
            Shape::Map(shape) => self.map(value, shape, owner),
        }
    }

    fn list(&mut self, value: &mut Value, shape: &Shape, owner: Object) -> Field {
        match value {
            Value::Array(list) => {
                for (index, item) in list.iter_mut().enumerate() {
                    let length = self.pointer.len();
                    pointer::push_index(&mut self.pointer, index);
                    if self.value(item, *shape, owner) == Field::Remove {
                        self.wrong_type(&Value::Null, "something");
                    }
                    self.pointer.truncate(length);
                }
                Field::Keep
            }
            Value::Null => self.empty(),
            // `required: true` beside the type of a property: that is for the schema around it to say.
            Value::Bool(_) if owner == Object::Schema => {
                self.warn(
                    "misplaced-required",
                    "`required` is a list of the names of properties; this is ignored",
                    "name the property in the `required` list of the schema around it",
                );
                Field::Remove
            }
            Value::String(_) if matches!(shape, Shape::Text) => {
                self.warn(
                    "expected-list",
                    "this should be a list; it is read as one with one entry",
                    "write it in brackets",
                );
                *value = Value::Array(vec![value.take()]);
                Field::Keep
            }
            Value::Object(_) if matches!(shape, Shape::Object(_)) => {
                self.wrong_type(value, "a list")
            }
            _ => self.wrong_type(value, "a list"),
        }
    }

    fn map(&mut self, value: &mut Value, shape: &Shape, owner: Object) -> Field {
        match value {
            Value::Object(map) => {
                let mut removed = Vec::new();
                for (key, item) in map.iter_mut() {
                    if self.within(key, |coercion| coercion.value(item, *shape, owner))
                        == Field::Remove
                    {
                        removed.push(key.clone());
                    }
                }
                for key in removed {
                    map.shift_remove(&key);
                }
                Field::Keep
            }
            Value::Null => self.empty(),
            // Some languages write an empty object as an empty list.
            Value::Array(list) if list.is_empty() => {
                self.warn(
                    "expected-object",
                    "this should be an object, and is an empty list",
                    "write {}",
                );
                *value = json!({});
                Field::Keep
            }
            Value::Array(list) if matches!(shape, Shape::Object(Object::Example)) => {
                self.warn(
                    "expected-object",
                    "this should be an object of named examples, and is a list",
                    "give each example a name",
                );
                let numbered = list.iter_mut().enumerate();
                let map: Map<String, Value> = numbered
                    .map(|(index, item)| {
                        (format!("example{}", index + 1), json!({"value": item.take()}))
                    })
                    .collect();
                *value = Value::Object(map);
                Field::Keep
            }
            _ => self.wrong_type(value, "an object"),
        }
    }

    pub(super) fn empty(&mut self) -> Field {
        self.warn("empty-field", "this field is empty; it is ignored", "remove it or fill it");
        Field::Remove
    }

    pub(super) fn wrong_type(&mut self, value: &Value, wanted: &str) -> Field {
        let found = match value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.diagnostics.error(
            "wrong-type",
            self.pointer.clone(),
            format!("this must be {wanted}, and is {found}"),
        );
        Field::Keep
    }
}
