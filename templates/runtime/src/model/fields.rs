//! The fields of a model, as a list: one function reads the members of all models, so that a property costs the compiler
//! no more than its place in the list.

use crate::runtime::AdditionalProperties;
use crate::runtime::json::{Document, Members, Stopped};
use crate::runtime::model::{Properties, Property, read};

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

/// Reads the members of the object at the position of a text into the fields of a model, which stand in the order of
/// their names.
///
/// # Errors
///
/// Those of [`Field::read`].
pub fn read_members<V: Property>(
    text: &Document,
    properties: &'static Properties,
    fields: &mut [&mut dyn Field],
    additional: &mut AdditionalProperties<V>,
) -> Result<(), Stopped> {
    let mut members = Members::new(text)?;
    // Most servers write properties in the order of the document; of others the next one is not guessed.
    let mut guess = properties.names.first().filter(|_| properties.are_plain);
    let mut next = 0;
    loop {
        let index = if guess.is_some_and(|name| members.next_is(name)) {
            next
        } else {
            let Some(name) = members.next_key() else { return Ok(()) };
            let Some(index) = properties.position(&name) else {
                read::additional(additional, &name, text)?;
                continue;
            };
            index
        };
        let is_in_order = guess.is_some() && index >= next;
        next = index + 1;
        guess = properties.names.get(next).filter(|_| is_in_order);
        if let (Some(name), Some(field)) = (properties.names.get(index), fields.get_mut(index)) {
            read::field(*field, name, text, additional)?;
        }
    }
}
