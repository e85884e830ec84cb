//! The bodies that a call can have.

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Call;
use crate::runtime::body::RequestBody;
use crate::runtime::charset;
use crate::runtime::encoding::{self, FieldEncoding};
use crate::runtime::multipart::Multipart;

impl Call {
    /// Sets a JSON body (RFC 8259), sent as that media type.
    pub fn json(mut self, media_type: &str, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.bytes(media_type, bytes),
            Err(cause) => {
                self.fail(format!("the body cannot be written as JSON: {cause}"));
                self
            }
        }
    }

    /// Sets a form as the body (`application/x-www-form-urlencoded`): one field for each
    /// member of the object, and several of the same name for a list. A member that is an
    /// object is JSON (OpenAPI 3.1.1, section 4.8.15.1.1). Null sets none.
    pub fn form(self, body: &impl Serialize) -> Self {
        self.form_with("application/x-www-form-urlencoded", body, &[])
    }

    /// As [`form`](Self::form), sent as that media type, which may have parameters, and with the names of
    /// the members that are written otherwise.
    pub fn form_with(
        mut self,
        media_type: &str,
        body: &impl Serialize,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        let fields = match self.value("body", body) {
            Value::Object(fields) => fields,
            Value::Null => Map::new(),
            _ => {
                self.fail("the body is no object, and so no form".to_owned());
                return self;
            }
        };
        let pairs = fields.iter().flat_map(|(name, value)| {
            let encoding = encodings.iter().find(|(of, _)| of == name);
            encoding::of_field(name, encoding.map(|(_, encoding)| *encoding), value)
        });
        let pairs: Vec<String> = pairs.map(encoding::written).collect();
        self.bytes(media_type, pairs.join("&"))
    }

    /// Sets a body of several parts, sent as `multipart/form-data` (RFC 7578).
    pub fn multipart(self, form: Multipart) -> Self {
        self.multipart_as("multipart/form-data", form)
    }

    /// Sets a body of several parts, sent as that media type: `multipart/mixed` (RFC 2046,
    /// section 5.1.3), `multipart/related` (RFC 2387) or another `multipart`.
    pub fn multipart_as(mut self, media_type: &str, form: Multipart) -> Self {
        match form.encode(media_type) {
            Ok((media_type, body)) => self.bytes(&media_type, body),
            Err(problem) => {
                self.fail(problem);
                self
            }
        }
    }

    /// Sets a body of text, sent as that media type, and in the charset that it names.
    pub fn text(mut self, media_type: &str, body: impl Into<String>) -> Self {
        match charset::encoded(media_type, body.into()) {
            Ok(bytes) => self.bytes(media_type, bytes),
            Err(problem) => {
                self.fail(problem);
                self
            }
        }
    }

    /// Sets a body of bytes, sent as that media type.
    pub fn bytes(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = RequestBody::Bytes(body.into());
        self.header(CONTENT_TYPE.as_str(), media_type)
    }

    /// Sets a body that is sent as it becomes available, such as a file, as that media
    /// type. Such a call is made once: it is not made again after a failure.
    pub fn upload(mut self, media_type: &str, body: impl Into<reqwest::Body>) -> Self {
        self.body = RequestBody::stream(body.into());
        self.header(CONTENT_TYPE.as_str(), media_type)
    }
}
