//! An example for each command, of the document's values.

use serde_json::Value;

use crate::description::{Command, Group, Shape};
use crate::flags::{Flag, Target};
use crate::{program, terminal, value};

/// How many optional fields of a body an example shows.
const OPTIONAL_FIELDS: usize = 2;

/// A call of a command, as a shell takes it.
pub fn line(group: &Group, command: &Command, flags: &[Flag]) -> String {
    let mut words = vec![program::NAME.to_owned(), group.name.to_owned(), command.name.to_owned()];
    for flag in flags {
        if let (Target::Parameter(parameter), true) = (flag.target, flag.required) {
            let example = if flag.path.is_empty() { parameter.example } else { "" };
            words.extend(word(flag, &Value::String(example.to_owned())));
        }
    }
    words.extend(body(command, flags));
    words.join(" ")
}

/// The flags for the fields of the document's example, or else the body as a whole.
fn body(command: &Command, flags: &[Flag]) -> Vec<String> {
    let Some(body) = &command.body else { return Vec::new() };
    if body.format.is_content() {
        return if body.required { vec!["--body FILE".to_owned()] } else { Vec::new() };
    }
    let example: Value = serde_json::from_str(body.example).unwrap_or_default();
    let mut optional = 0;
    let mut words = Vec::new();
    for flag in flags.iter().filter(|flag| flag.is_of_body()) {
        let found = flag.path.iter().try_fold(&example, |value, name| value.get(name));
        let found = found.filter(|value| !value.is_null() && !value.is_object());
        optional += usize::from(!flag.required && found.is_some());
        if flag.required || (found.is_some() && optional <= OPTIONAL_FIELDS) {
            words.extend(word(flag, found.unwrap_or(&Value::Null)));
        }
    }
    if words.is_empty() && body.required {
        words.push("--json FILE".to_owned());
    }
    words
}

/// A flag with its value, once for each item of a list.
fn word(flag: &Flag, example: &Value) -> Vec<String> {
    if let (Value::Array(items), Shape::List(_)) = (example, flag.shape) {
        return items.iter().take(OPTIONAL_FIELDS).flat_map(|item| word(flag, item)).collect();
    }
    let text = match example {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let value = quoted(&text).unwrap_or_else(|| placeholder(flag));
    if flag.is_positional() {
        return vec![value];
    }
    let separator = if matches!(flag.shape, Shape::Boolean) { '=' } else { ' ' };
    vec![format!("--{}{separator}{value}", flag.name)]
}

/// What stands where the document has no example.
fn placeholder(flag: &Flag) -> String {
    match flag.shape {
        Shape::Listed(values) | Shape::ListedIntegers(values) => {
            values.iter().find_map(|value| quoted(value)).unwrap_or_else(|| "TEXT".to_owned())
        }
        Shape::Boolean => "true".to_owned(),
        _ if flag.is_positional() => flag.name.to_uppercase(),
        shape => value::placeholder(shape).to_owned(),
    }
}

/// A text as one word of a shell, in which nothing means anything (POSIX.1-2017, section 2.2.2); none where it is empty or
/// cannot be seen.
fn quoted(text: &str) -> Option<String> {
    if text.is_empty() || terminal::shown(text) != text {
        return None;
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+,=".contains(c);
    match text.chars().all(is_plain) {
        true => Some(text.to_owned()),
        false => Some(format!("'{}'", text.replace('\'', r"'\''"))),
    }
}
