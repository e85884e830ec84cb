//! How the values of a model are read.
//!
//! What a field cannot hold is kept beside it, so that it goes back.

use crate::runtime::AdditionalProperties;
use crate::runtime::json::{Document, Stopped};
use crate::runtime::model::Property;
use crate::runtime::model::fields::{Field, Required};

/// How many entries a node of a `BTreeMap` has room for.
const NODE: usize = 11;

/// Where a value begins, and how much was odd before it.
#[derive(Clone, Copy)]
struct Mark {
    start: usize,
    odd: usize,
}

impl Mark {
    fn at(text: &Document) -> Self {
        Self { start: text.position(), odd: text.odd() }
    }

    /// Goes back to the value, which was not of the type that it was read as.
    fn go_back(self, text: &Document) {
        text.set_position(self.start);
        text.set_odd(self.odd);
    }
}

/// Reads a value that has to be there. One of another type is replaced by a stand-in, and counted as
/// one that is not written as it came, unless the stand-in is.
///
/// # Errors
///
/// A limit was reached, deviations are refused, or the type has no stand-in.
#[inline]
pub fn value<T: Property>(text: &Document) -> Result<T, Stopped> {
    let mark = Mark::at(text);
    match T::read(text)? {
        Some(value) => Ok(value),
        None => stand_in(mark, text),
    }
}

/// Passes over a value that is of another type, and gives what stands in for it.
#[cold]
fn stand_in<T: Property>(mark: Mark, text: &Document) -> Result<T, Stopped> {
    mark.go_back(text);
    text.skip()?;
    let json = text.slice(mark.start, text.position());
    text.breaks(mark.start, json.len(), T::EXPECTED)?;
    let (value, is_written_as_it_came) = T::stand_in(json).ok_or_else(|| text.has_no_stand_in())?;
    text.charge(size_of::<T>() + json.len())?;
    if !is_written_as_it_came {
        text.add_odd();
    }
    Ok(value)
}

/// Reads a property that the model has a field for. A value of another type is kept beside the field.
///
/// # Errors
///
/// A limit was reached, or deviations are refused.
#[inline]
pub fn field<V: Property>(
    field: &mut dyn Field,
    key: &'static str,
    text: &Document,
    additional: &mut AdditionalProperties<V>,
) -> Result<(), Stopped> {
    let mark = Mark::at(text);
    if field.read(text)? {
        return keep_odd(key, mark, text, additional);
    }
    mark.go_back(text);
    text.deviates(mark.start, field.expected())?;
    match V::read(text)? {
        Some(value) => {
            additional.insert(key, value);
            keep_odd(key, mark, text, additional)
        }
        None => {
            mark.go_back(text);
            text.skip()?;
            keep(key, mark, text, additional)
        }
    }
}

/// Reads a property that the model has no field for.
///
/// # Errors
///
/// Those of [`value`].
pub fn additional<V: Property>(
    additional: &mut AdditionalProperties<V>,
    key: &str,
    text: &Document,
) -> Result<(), Stopped> {
    let mark = Mark::at(text);
    let value = value(text)?;
    let entries = if additional.is_empty() { NODE } else { 3 };
    text.charge(key.len() + entries * size_of::<(String, V)>())?;
    additional.insert(key, value);
    keep_odd(key, mark, text, additional)
}

/// The value of a property that has to be there, or what stands in for it.
///
/// # Errors
///
/// Deviations are refused, or the type has no stand-in.
pub fn present<T: Property, V>(
    field: Required<T>,
    key: &'static str,
    start: usize,
    text: &Document,
    additional: &mut AdditionalProperties<V>,
) -> Result<T, Stopped> {
    if let Some(value) = field.0 {
        return Ok(value);
    }
    text.lacks(start, key, T::EXPECTED)?;
    additional.keep_text(key, "".into());
    T::zero().ok_or_else(|| text.has_no_stand_in())
}

/// The additional properties of a model that stands in for JSON that is no object.
pub fn in_place_of<V>(json: &str) -> AdditionalProperties<V> {
    let mut additional = AdditionalProperties::new();
    additional.keep_instead(json);
    additional
}

/// Notes that an answer lacks an optional property that it always has.
///
/// # Errors
///
/// Deviations are refused.
pub fn answers<T: Property, V>(
    slot: &Option<T>,
    key: &'static str,
    start: usize,
    text: &Document,
    additional: &mut AdditionalProperties<V>,
) -> Result<(), Stopped> {
    let is_there =
        slot.is_some() || additional.get(key).is_some() || additional.json(key).is_some();
    if is_there { Ok(()) } else { text.misses(start, key, T::EXPECTED) }
}

/// Keeps the text of a property that holds something that is not written as it came.
#[inline]
fn keep_odd<V>(
    key: &str,
    mark: Mark,
    text: &Document,
    additional: &mut AdditionalProperties<V>,
) -> Result<(), Stopped> {
    if text.odd() == mark.odd {
        additional.forget_text(key);
        return Ok(());
    }
    keep(key, mark, text, additional)
}

#[cold]
fn keep<V>(
    key: &str,
    mark: Mark,
    text: &Document,
    additional: &mut AdditionalProperties<V>,
) -> Result<(), Stopped> {
    text.set_odd(mark.odd);
    let json = text.slice(mark.start, text.position());
    text.charge(key.len() + json.len())?;
    additional.keep_text(key, json.into());
    Ok(())
}
