//! Bodies of several parts (RFC 2046, section 5.1): `multipart/form-data` (RFC 7578),
//! `multipart/related` (RFC 2387), `multipart/mixed` and others.

mod part;
mod write;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::encoding::{self, Escape, QueryStyle};
use super::media_type::is_json;
use super::model::FilePart;

pub(crate) use part::Part;
#[cfg(feature = "streams")]
pub(crate) use write::{random_boundary, with_boundary};

/// The media type of JSON (RFC 8259).
const JSON: &str = "application/json";

/// A body of several parts: fields, JSON and files.
///
/// The names of the parts are sent in `multipart/form-data` (RFC 7578). Other kinds have none: their
/// parts stand in the order in which they were added, and each of a `multipart/related` (RFC 2387) has
/// its name in a `Content-ID`.
#[derive(Clone, Debug, Default)]
#[must_use = "a form is sent as the body of a call"]
pub struct Multipart {
    parts: Vec<Part>,
    problem: Option<String>,
}

impl Multipart {
    /// A form without any part.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field of text. Null adds none, a list adds one for each item, and an
    /// object one as JSON.
    pub fn field(mut self, name: &str, value: &impl Serialize) -> Self {
        for item in self.items(name, value) {
            let media_type = (item.is_array() || item.is_object()).then_some(JSON);
            self.push(name, media_type, encoding::plain(&item));
        }
        self
    }

    /// As [`field`](Self::field), but in a media type: as JSON where it is JSON, and else as text.
    pub fn field_as(mut self, name: &str, media_type: &str, value: &impl Serialize) -> Self {
        let write = if is_json(media_type) { Value::to_string } else { encoding::plain };
        for item in self.items(name, value) {
            self.push(name, Some(media_type), write(&item));
        }
        self
    }

    /// Adds the fields that a value is written as in a query of that style (OpenAPI 3.1.1, section
    /// 4.8.15.1.2): a list whose items stand in one field, an object that is one field for each member.
    pub fn field_with(mut self, name: &str, style: QueryStyle, value: &impl Serialize) -> Self {
        let value = self.value(name, value);
        for (name, text) in encoding::of_style(name, style, &value, Escape::Nothing) {
            self.push(&name, None, text);
        }
        self
    }

    /// Adds a [`field`](Self::field) for each name and value, but for names that have a part already.
    pub fn fields<'f, T: Serialize + 'f>(
        mut self,
        fields: impl IntoIterator<Item = (&'f str, &'f T)>,
    ) -> Self {
        for (name, value) in fields {
            if self.parts.iter().all(|part| part.name != name) {
                self = self.field(name, value);
            }
        }
        self
    }

    /// Adds a [`field`](Self::field) for each member of an object, as which a value of a union is kept
    /// that fits none of its variants.
    pub fn members(mut self, value: &Value) -> Self {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    self = self.field(name, member);
                }
            }
            _ => {
                let problem =
                    "the body cannot be written: a form has fields, and this is no object";
                self.problem.get_or_insert_with(|| problem.to_owned());
            }
        }
        self
    }

    /// Adds a part with JSON (RFC 8259).
    pub fn json(mut self, name: &str, value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(json) => self.push(name, Some(JSON), json),
            Err(cause) => self.fail(name, &cause),
        }
        self
    }

    /// Adds a file.
    pub fn file(
        mut self,
        name: &str,
        file_name: &str,
        media_type: &str,
        content: impl Into<Bytes>,
    ) -> Self {
        self.parts.push(FilePart::new(file_name, content).media_type(media_type).part(name));
        self
    }

    /// Adds files under one name: none, one or several.
    pub fn files<'f>(mut self, name: &str, files: impl IntoIterator<Item = &'f FilePart>) -> Self {
        self.parts.extend(files.into_iter().map(|file| file.part(name)));
        self
    }

    /// Adds files, each under its name.
    pub fn named_files<'f>(
        mut self,
        files: impl IntoIterator<Item = (&'f str, &'f FilePart)>,
    ) -> Self {
        self.parts.extend(files.into_iter().map(|(name, file)| file.part(name)));
        self
    }

    /// Sets the media type of those parts of a name that have none so far.
    pub fn media_type(mut self, name: &str, media_type: &str) -> Self {
        let parts = self.parts.iter_mut().filter(|part| part.name == name);
        for part in parts.filter(|part| part.media_type.is_none()) {
            part.media_type = Some(media_type.to_owned());
        }
        self
    }

    /// Sets a header of those parts of a name that do not have it so far.
    pub fn header(mut self, name: &str, header: &str, value: &str) -> Self {
        for part in self.parts.iter_mut().filter(|part| part.name == name) {
            part.add_header(header, value);
        }
        self
    }

    /// What fields of their own are made of: the items of a list, or else the value; nulls are none.
    fn items(&mut self, name: &str, value: &impl Serialize) -> Vec<Value> {
        let mut items = match self.value(name, value) {
            Value::Array(items) => items,
            single => vec![single],
        };
        items.retain(|item| !item.is_null());
        items
    }

    fn value(&mut self, name: &str, value: &impl Serialize) -> Value {
        encoding::value(value).unwrap_or_else(|cause| {
            self.fail(name, &cause);
            Value::Null
        })
    }

    fn push(&mut self, name: &str, media_type: Option<&str>, content: String) {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: None,
            media_type: media_type.map(str::to_owned),
            headers: Vec::new(),
            content: content.into(),
        });
    }

    fn fail(&mut self, name: &str, cause: &serde_json::Error) {
        let message = format!("the part `{name}` of the body cannot be written: {cause}");
        self.problem.get_or_insert(message);
    }
}
