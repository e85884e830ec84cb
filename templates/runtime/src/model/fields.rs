//! The fields of a model, as a list: one function reads the members of all models, so that a property costs the compiler
//! no more than its place in the list.

use crate::runtime::AdditionalProperties;
use crate::runtime::json::{Document, Members, Stopped};
use crate::runtime::model::{Property, read};

/// A field that the value of a JSON property is read into.
pub trait Field {
    /// Reads the value at the position of a text. `false`: it is of another type, and the field is absent; the position
    /// is anywhere then.
    ///
    /// # Errors
    ///
    /// A limit was reached, deviations are refused, or a type has no stand-in.
    fn read(&mut self, text: &Document) -> Result<bool, Stopped>;

    /// What the document says that stands here, such as `a string`.
    fn expected(&self) -> &'static str;
}

/// A property that may be absent.
impl<T: Property> Field for Option<T> {
    fn read(&mut self, text: &Document) -> Result<bool, Stopped> {
        *self = text.optional(|| T::read(text))?;
        Ok(self.is_some())
    }

    fn expected(&self) -> &'static str {
        T::EXPECTED
    }
}

/// A property that has to be there. `None`: it was not read yet.
#[derive(Debug)]
pub struct Required<T>(pub Option<T>);

impl<T: Property> Field for Required<T> {
    fn read(&mut self, text: &Document) -> Result<bool, Stopped> {
        self.0 = Some(read::value(text)?);
        Ok(true)
    }

    fn expected(&self) -> &'static str {
        T::EXPECTED
    }
}

/// Reads the members of the object at the position of a text into fields, whose names stand in the same order.
///
/// # Errors
///
/// Those of [`Field::read`].
pub fn read_members<V: Property>(
    text: &Document,
    names: &'static [&'static str],
    fields: &mut [&mut dyn Field],
    additional: &mut AdditionalProperties<V>,
) -> Result<(), Stopped> {
    let mut members = Members::new(text)?;
    let mut next = 0;
    while let Some(key) = members.next_key() {
        let found = position(names, &key, next);
        match found.and_then(|index| Some((names.get(index)?, fields.get_mut(index)?))) {
            Some((name, field)) => read::field(*field, name, text, additional)?,
            None => read::additional(additional, &key, text)?,
        }
        next = found.map_or(next, |index| index + 1);
    }
    Ok(())
}

/// Where a name is. Most servers write properties in the order of the document, so the one after the last comes first.
fn position(names: &[&str], key: &str, next: usize) -> Option<usize> {
    let (before, after) = names.split_at_checked(next)?;
    let found = after.iter().position(|name| *name == key).map(|index| next + index);
    found.or_else(|| before.iter().position(|name| *name == key))
}
