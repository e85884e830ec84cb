//! Strings, flags and numbers.

use serde_json::{Value, json};

use super::{Coercion, Field};

impl Coercion<'_> {
    pub(super) fn text(&mut self, value: &mut Value) -> Field {
        match value {
            Value::String(_) => Field::Keep,
            Value::Number(_) | Value::Bool(_) => {
                let written = self.written(value);
                self.warn(
                    "expected-string",
                    format!("`{written}` should be a string"),
                    "put it in quotes",
                );
                *value = Value::String(written);
                Field::Keep
            }
            Value::Null => self.empty(),
            _ => self.wrong_type(value, "a string"),
        }
    }

    pub(super) fn flag(&mut self, value: &mut Value) -> Field {
        let meant = match value {
            Value::Bool(_) => return Field::Keep,
            Value::Null => return self.empty(),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" | "off" => Some(false),
                _ => None,
            },
            Value::Number(number) => match number.as_i64() {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
            _ => None,
        };
        // `required: true` on a property is how JSON Schema once said it; the parent has the list today.
        let Some(meant) = meant else {
            return self.wrong_type(value, "true or false");
        };
        self.warn(
            "expected-boolean",
            format!("this should be true or false; it is read as {meant}"),
            "write true or false without quotes",
        );
        *value = Value::Bool(meant);
        Field::Keep
    }

    pub(super) fn number(&mut self, value: &mut Value) -> Field {
        match value {
            Value::Number(_) => Field::Keep,
            Value::Null => self.empty(),
            Value::String(text) => match serde_json::from_str(text.trim()) {
                Ok(Value::Number(number)) => {
                    self.warn(
                        "expected-number",
                        "this should be a number, and is a string",
                        "write it without quotes",
                    );
                    *value = Value::Number(number);
                    Field::Keep
                }
                _ => self.wrong_type(value, "a number"),
            },
            _ => self.wrong_type(value, "a number"),
        }
    }

    /// A whole number from 0 on: a length or a size. One beyond what can be counted is no limit.
    pub(super) fn count(&mut self, value: &mut Value) -> Field {
        if self.number(value) == Field::Remove {
            return Field::Remove;
        }
        let Value::Number(number) = &*value else {
            return Field::Keep;
        };
        if number.as_u64().is_some_and(|count| usize::try_from(count).is_ok()) {
            return Field::Keep;
        }
        match number.as_f64() {
            Some(count) if count >= 0.0 && count.fract() == 0.0 && count < 1e15 => {
                *value = json!(count as u64);
                Field::Keep
            }
            _ => {
                let message = format!("`{number}` is no number of things; it is ignored");
                self.warn("invalid-count", message, "write a whole number from 0 on");
                Field::Remove
            }
        }
    }

    pub(super) fn types(&mut self, value: &mut Value) -> Field {
        match value {
            Value::String(_) => Field::Keep,
            Value::Array(list) if list.iter().all(Value::is_string) => Field::Keep,
            // An unquoted `null` in YAML.
            Value::Null => {
                *value = json!("null");
                Field::Keep
            }
            Value::Array(list) if list.iter().all(|it| it.is_string() || it.is_null()) => {
                for item in list.iter_mut().filter(|it| it.is_null()) {
                    *item = json!("null");
                }
                Field::Keep
            }
            _ => self.wrong_type(value, "the name of a type, or a list of such names"),
        }
    }

    /// A scalar as it stands in the file, so that the version `1.10` does not become 1.1.
    fn written(&self, value: &Value) -> String {
        self.sources.written(&self.pointer).map_or_else(|| value.to_string(), str::to_owned)
    }
}
