//! The media types of a body: which the client prefers, and what a method for another one is called.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, SchemaKind, StringFormat, VariantOrUnknownOrEmpty};

use super::streams::format;
use crate::document::media_type;
use crate::ir::BodyKind;
use crate::names;

/// A media type with what the document says of it.
#[derive(Clone, Copy, Debug)]
pub struct Content<'a> {
    /// The media type, parameters included.
    pub media_type: &'a str,
    /// Its schema, examples and encoding.
    pub content: &'a MediaType,
    /// How a value becomes bytes in it.
    pub kind: BodyKind,
}

impl<'a> Content<'a> {
    /// Whether it stands for several media types (RFC 9110, section 12.5.1), so that none can be sent.
    pub fn is_range(&self) -> bool {
        essence(self.media_type).contains('*')
    }

    /// The media type that a body is sent as: for a range, the plainest of its kind.
    pub fn sent_as(&self) -> &'a str {
        match self.kind {
            _ if !self.is_range() => self.media_type,
            BodyKind::Json => "application/json",
            BodyKind::Form => "application/x-www-form-urlencoded",
            BodyKind::Multipart => "multipart/form-data",
            BodyKind::Text => "text/plain",
            BodyKind::Binary | BodyKind::Stream(_) => "application/octet-stream",
        }
    }

    /// Whether the bytes are the same in another media type.
    pub fn is_same(&self, other: &Content<'_>) -> bool {
        self.identity() == other.identity()
    }

    /// Whether an answer in it is worth a method beside that for the preferred one: it flows, or is another type. XML and
    /// plain text that the document gives the same schema are the same value, which the client has anyway.
    pub fn is_representation(&self, preferred: &Content<'_>) -> bool {
        if self.is_same(preferred) || self.is_range() {
            return false;
        }
        let essence = essence(self.media_type);
        let is_another_form =
            self.kind == BodyKind::Json || essence == "text/plain" || essence.ends_with("xml");
        let is_same_value = self.content.schema == preferred.content.schema;
        !(is_another_form && (is_same_value || self.content.schema.is_none()))
    }

    /// What two media types have in common in which the bytes are the same: type and parameters. UTF-8 is what the
    /// client sends anyway.
    pub fn identity(&self) -> (String, Vec<String>) {
        let lower = self.media_type.to_ascii_lowercase();
        let parameters = lower.split(';').skip(1).map(|it| it.replace(['"', ' '], ""));
        let parameters = parameters.filter(|it| !it.is_empty() && it != "charset=utf-8");
        (essence(self.media_type), parameters.collect())
    }

    /// What the media type adds to the name of a method that prefers `preferred`: `csv`, `form`, `xml`.
    /// What both have in common is left out: a version in a parameter gives `version_2`.
    pub fn suffix(&self, preferred: &str) -> String {
        let (own, other) = (essence(self.media_type), essence(preferred));
        if own == other {
            let parameters = self.media_type.split(';').skip(1).collect::<Vec<_>>().join(" ");
            return if parameters.is_empty() {
                "plain".to_owned()
            } else {
                names::snake_name(&parameters)
            };
        }
        match self.kind {
            BodyKind::Form => "form".to_owned(),
            BodyKind::Multipart if own == "multipart/form-data" => "multipart".to_owned(),
            BodyKind::Text if own == "text/plain" => "text".to_owned(),
            BodyKind::Binary if own == "application/octet-stream" => "bytes".to_owned(),
            _ => names::snake_name(word(&own)),
        }
    }
}

/// The word of a media type that says what it is: `csv`, `merge-patch`, `pem-file`.
fn word(essence: &str) -> &str {
    let subtype = essence.split_once('/').map_or(essence, |(_, subtype)| subtype);
    let subtype = subtype.strip_suffix("+json").unwrap_or(subtype);
    // Types without a registration start so by an old custom (RFC 6838, section 3.4).
    subtype.strip_prefix("x-").unwrap_or(subtype)
}

/// The media types of a body, the one that the client prefers first: JSON, then forms, then text, then
/// bytes; what can be sent as it stands before a range.
pub fn by_preference(content: &IndexMap<String, MediaType>) -> Vec<Content<'_>> {
    let mut all: Vec<Content<'_>> = content
        .iter()
        .map(|(media_type, content)| Content {
            media_type,
            content,
            kind: kind(media_type, content),
        })
        .collect();
    all.sort_by_key(|it| {
        let rank = match it.kind {
            BodyKind::Json => 0,
            BodyKind::Form => 1,
            BodyKind::Multipart => 2,
            BodyKind::Text => 3,
            BodyKind::Binary => 4,
            BodyKind::Stream(_) => 5,
        };
        (rank, it.is_range())
    });
    all
}

/// The media types of an answer, the one that the client prefers first: as for a request, and what is given as it comes
/// last.
pub fn of_answer(content: &IndexMap<String, MediaType>) -> Vec<Content<'_>> {
    let mut all = by_preference(content);
    for content in &mut all {
        content.kind = format(content.media_type).map_or(content.kind, BodyKind::Stream);
    }
    all.sort_by_key(|content| matches!(content.kind, BodyKind::Stream(_)));
    all
}

/// The media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type::essence(media_type).to_ascii_lowercase()
}

/// How a body of a media type becomes bytes.
fn kind(media_type: &str, content: &MediaType) -> BodyKind {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" | "text/json" => BodyKind::Json,
        "application/x-www-form-urlencoded" => BodyKind::Form,
        "*/*" | "application/*" if is_binary(content) => BodyKind::Binary,
        "*/*" | "application/*" if content.schema.is_some() => BodyKind::Json,
        _ if essence.ends_with("+json") => BodyKind::Json,
        _ if essence.starts_with("multipart/") => BodyKind::Multipart,
        _ if essence.starts_with("text/") => BodyKind::Text,
        _ => BodyKind::Binary,
    }
}

/// Whether a schema in place says that the value is bytes (OpenAPI 3.0.3, section 4.4).
fn is_binary(content: &MediaType) -> bool {
    let schema = content.schema.as_ref().and_then(ReferenceOr::as_item);
    schema.is_some_and(|schema| match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) => {
            string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suffixes(media_types: &[&str]) -> Vec<String> {
        let content = media_types.iter().map(|it| ((*it).to_owned(), MediaType::default()));
        let content: IndexMap<String, MediaType> = content.collect();
        let all = by_preference(&content);
        all.iter().skip(1).map(|it| it.suffix(all[0].media_type)).collect()
    }

    #[test]
    fn a_suffix_names_what_differs() {
        let all = [
            "application/json",
            "application/vnd.acme.v2+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/plain; charset=utf-8",
            "text/csv",
            "application/octet-stream",
            "application/xml",
            "application/x-pem-file",
        ];
        assert_eq!(
            suffixes(&all),
            ["vnd_acme_v2", "form", "multipart", "text", "csv", "bytes", "xml", "pem_file"]
        );
        let versions = ["application/json;v=1", "application/json; v=2.0", "application/json"];
        assert_eq!(suffixes(&versions), ["v_2_0", "plain"]);
    }

    #[test]
    fn a_range_comes_after_what_can_be_sent() {
        let content = ["image/*", "image/png"].map(|it| (it.to_owned(), MediaType::default()));
        let content = IndexMap::from(content);
        assert_eq!(by_preference(&content)[0].media_type, "image/png");
    }
}
