//! What `Debug` shows of a model: that it has a secret, and not which.

use std::fmt;

use serde_json::Value;

use super::property::{Property, Written};

/// Stands for a secret.
const HIDDEN: &str = "[REDACTED]";

/// Shows a model by its name and its JSON: absent properties are left out.
///
/// # Errors
///
/// Those of the formatter.
pub fn object(
    name: &str,
    model: &impl Property,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let shown = model.shown();
    if formatter.alternate() {
        write!(formatter, "{name} {shown:#}")
    } else {
        write!(formatter, "{name} {shown}")
    }
}

/// The JSON of a value, secrets included.
pub fn json(value: &impl Property) -> Value {
    serde_json::to_value(Written(value)).unwrap_or_default()
}

/// Hides a property that is a secret, whatever it holds. Of what is no object everything is hidden.
pub fn secret<T: Property>(shown: &mut Value, key: &str, _value: &T) {
    match shown {
        Value::Object(members) => {
            if let Some(member) = members.get_mut(key).filter(|member| !member.is_null()) {
                *member = HIDDEN.into();
            }
        }
        Value::Null => {}
        other => *other = HIDDEN.into(),
    }
}

/// Hides the secrets within a property. What the server sent in its place is hidden as a whole.
pub fn holder<T: Property>(shown: &mut Value, key: &str, value: &T) {
    let Some(member) = shown.get_mut(key) else { return };
    let is_kept = json(value) != *member;
    *member = if is_kept { HIDDEN.into() } else { value.shown() };
}
