//! How one property is set: what the server sent in its place is forgotten.

use crate::runtime::AdditionalProperties;

pub fn required<T, V>(
    slot: &mut T,
    value: impl Into<T>,
    key: &str,
    additional: &mut AdditionalProperties<V>,
) {
    *slot = value.into();
    additional.remove(key);
}

pub fn optional<T, V>(
    slot: &mut Option<T>,
    value: impl Into<T>,
    key: &str,
    additional: &mut AdditionalProperties<V>,
) {
    *slot = Some(value.into());
    additional.remove(key);
}
