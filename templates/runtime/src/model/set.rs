//! How one property is set.

pub fn optional<T>(slot: &mut Option<T>, value: impl Into<T>) {
    *slot = Some(value.into());
}
