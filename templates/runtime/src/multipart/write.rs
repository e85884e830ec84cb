//! A body of several parts as bytes.

use bytes::Bytes;

use super::{Multipart, Part};
use crate::runtime::encoding::percent_encode;
use crate::runtime::media_type::essence;

/// What kind of body the parts are of, as far as their heads differ.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Kind {
    /// `multipart/form-data` (RFC 7578): parts have names.
    Form,
    /// `multipart/related` (RFC 2387): parts have ids, and the first one is the root of the others.
    Related,
    /// `multipart/mixed` (RFC 2046, section 5.1.3), and every kind that is not known (section 5.1.7).
    Mixed,
}

impl Kind {
    fn of(media_type: &str) -> Self {
        match essence(media_type).to_ascii_lowercase().as_str() {
            "multipart/form-data" => Self::Form,
            "multipart/related" => Self::Related,
            _ => Self::Mixed,
        }
    }

    /// The media type of a part. Without one, a part is text in ASCII (RFC 2046, section 5.1), but in a
    /// form, where it is text as the form has it (RFC 7578, section 4.4).
    fn media_type(self, part: &Part) -> Option<&str> {
        let default = match (part.file_name.is_some(), self) {
            (true, _) => Some("application/octet-stream"),
            (false, Self::Form) => None,
            (false, _) => Some("text/plain; charset=utf-8"),
        };
        part.media_type.as_deref().or(default)
    }
}

impl Multipart {
    /// The media type with its boundary, and the bytes of the body.
    pub(crate) fn encode(self, media_type: &str) -> Result<(String, Bytes), String> {
        let problem = self.problem.clone();
        if let Some(problem) = problem.or_else(|| self.parts.iter().find_map(Part::problem)) {
            return Err(problem);
        }
        let kind = Kind::of(media_type);
        let boundary = self.boundary();
        let ids = self.ids(kind, &boundary);
        let mut body = Vec::new();
        for (part, id) in self.parts.iter().zip(&ids) {
            append(&mut body, &boundary, &head(kind, part, id.as_deref()), &part.content);
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let mut media_type = with_boundary(media_type, &boundary);
        if let (Kind::Related, Some(root), Some(Some(id))) = (kind, self.parts.first(), ids.first())
        {
            name_root(&mut media_type, root, id);
        }
        Ok((media_type, body.into()))
    }

    /// A line that is in none of the parts.
    fn boundary(&self) -> String {
        loop {
            let boundary = random_boundary();
            if !self.parts.iter().any(|part| part.holds(&boundary)) {
                return boundary;
            }
        }
    }

    /// The id of each part, where the kind has ids: that of its own headers, or its name, with what
    /// makes it like no other in the world (RFC 2045, section 7).
    fn ids(&self, kind: Kind, boundary: &str) -> Vec<Option<String>> {
        let id = |(position, part): (usize, &Part)| {
            if let Some(own) = part.header("content-id") {
                return own.to_owned();
            }
            let earlier = self.parts[..position].iter().filter(|it| it.name == part.name).count();
            let name = percent_encode(&part.name).replace('.', "%2E");
            match earlier {
                0 => format!("<{name}@{boundary}>"),
                earlier => format!("<{name}.{}@{boundary}>", earlier + 1),
            }
        };
        let parts = self.parts.iter().enumerate();
        parts.map(|part| (kind == Kind::Related).then(|| id(part))).collect()
    }
}

impl Part {
    /// Whether a text is somewhere in the content.
    fn holds(&self, text: &str) -> bool {
        self.content.windows(text.len()).any(|bytes| bytes == text.as_bytes())
    }

    /// Appends the part, with the delimiter before it, to a body of parts without names.
    #[cfg(feature = "streams")]
    pub(crate) fn append_to(&self, body: &mut Vec<u8>, boundary: &str) -> Result<(), String> {
        if let Some(problem) = self.problem() {
            return Err(problem);
        }
        if self.holds(boundary) {
            return Err("a part holds the boundary between the parts".to_owned());
        }
        append(body, boundary, &head(Kind::Mixed, self, None), &self.content);
        Ok(())
    }
}

/// Appends a part with the delimiter before it.
fn append(body: &mut Vec<u8>, boundary: &str, head: &str, content: &[u8]) {
    body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}

/// A boundary that no other body has.
pub(crate) fn random_boundary() -> String {
    format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

/// The media type with this boundary in the place of any of its own.
pub(crate) fn with_boundary(media_type: &str, boundary: &str) -> String {
    let mut parameters = media_type.split(';').map(str::trim);
    let essence = parameters.next().unwrap_or_default();
    let is_kept = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default();
        !parameter.is_empty() && !name.trim().eq_ignore_ascii_case("boundary")
    };
    let kept = parameters.filter(is_kept).map(|parameter| format!("; {parameter}"));
    format!("{essence}; boundary={boundary}{}", kept.collect::<String>())
}

/// Says which part is the root, and of which media type it is (RFC 2387, sections 3.1 and 3.2).
fn name_root(media_type: &mut String, root: &Part, id: &str) {
    let lower = media_type.to_ascii_lowercase();
    let of_root = Kind::Related.media_type(root).unwrap_or_default();
    for (name, value) in [("type", essence(of_root)), ("start", id)] {
        if !lower.contains(&format!("; {name}=")) {
            media_type.push_str(&format!("; {name}=\"{value}\""));
        }
    }
}

/// The head of a part.
fn head(kind: Kind, part: &Part, id: Option<&str>) -> String {
    let mut lines = Vec::new();
    match (kind, &part.file_name) {
        // RFC 7578, section 4.2.
        (Kind::Form, None) => {
            lines.push(format!("Content-Disposition: form-data; name=\"{}\"", quoted(&part.name)))
        }
        (Kind::Form, Some(file_name)) => lines.push(format!(
            "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"",
            quoted(&part.name),
            quoted(file_name)
        )),
        // RFC 2183, section 2.2. What is related is presented as its root says (RFC 2387, section 4).
        (Kind::Mixed, Some(file_name)) if part.header("content-disposition").is_none() => lines
            .push(format!("Content-Disposition: attachment; filename=\"{}\"", quoted(file_name))),
        _ => {}
    }
    lines.extend(kind.media_type(part).map(|media_type| format!("Content-Type: {media_type}")));
    if let Some(id) = id.filter(|_| part.header("content-id").is_none()) {
        lines.push(format!("Content-ID: {id}"));
    }
    lines.extend(part.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.into_iter().map(|line| line + "\r\n").collect()
}

/// A name within quotes, as browsers write it (HTML, "multipart/form-data encoding
/// algorithm").
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
}
