//! Bodies of several parts in an order and without names, of which each is an item (OpenAPI 3.2.0, section 4.14.5.2,
//! Encoding By Position).

use openapiv3::MediaType;

use super::Lowering;
use super::media_types::essence;
use super::place::Place;
use super::streams::within_json;
use super::view::{SchemaRef, View};
use crate::document::media_type::is_json;
use crate::ir::{PartEncoding, PartEncodings, StreamFormat, Type};
use crate::normalize::PositionalEncodings;

/// The kinds of several parts whose parts have names or ids.
const NAMED: [&str; 2] = ["multipart/form-data", "multipart/related"];

/// The kinds of several parts whose parts are given one by one whatever the document says of them.
const SEQUENCES: [&str; 5] = [
    "multipart/mixed",
    "multipart/x-mixed-replace",
    "multipart/byteranges",
    "multipart/parallel",
    "multipart/digest",
];

/// Whether an answer of that media type is a sequence of parts.
pub(super) fn is_sequence(media_type: &str) -> bool {
    SEQUENCES.contains(&essence(media_type).as_str())
}

/// What the content of a part is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Content {
    Json,
    Text,
    Bytes,
}

impl<'a> Lowering<'a> {
    /// How the parts of an answer are read, and their type; none where it has no parts in an order.
    pub(super) fn parts_of_answer(
        &mut self,
        configured: Option<Type>,
        (media_type, content): (&str, &'a MediaType),
        place: &Place,
    ) -> Option<(StreamFormat, Type)> {
        let item = match configured {
            Some(item) => Some(item),
            None => self.part_type((media_type, content), place, "Item"),
        };
        let says_so = item.is_some() || (is_sequence(media_type) && !self.has_members(content));
        self.warn_of_positions(media_type, says_so, place);
        if !says_so {
            return None;
        }
        Some(match self.content_of_parts(item.as_ref(), place).as_slice() {
            [Content::Json] => (StreamFormat::Parts, item.map_or(Type::Any, within_json)),
            [Content::Text] => (StreamFormat::TextParts, Type::String),
            [Content::Bytes] => (StreamFormat::BinaryParts, Type::Binary),
            _ => {
                let message = "the parts are of several kinds; the SDK gives the bytes of each, with its headers";
                let help = "what is JSON is had by `serde_json::from_slice`";
                self.warn_once("several-part-types", place, message.to_owned(), help);
                (StreamFormat::BinaryParts, Type::Binary)
            }
        })
    }

    /// How the parts of a request body are written, and their type, under the same condition.
    pub(super) fn parts_of_body(
        &mut self,
        (media_type, content): (&str, &'a MediaType),
        place: &Place,
    ) -> Option<(StreamFormat, Type)> {
        let item = self.part_type((media_type, content), place, "RequestItem");
        // Where a list says nothing of its items, the caller puts the parts together.
        let is_told = self.additions.item_schemas.contains_key(&place.pointer)
            || self.additions.positional_encodings.contains_key(&place.pointer);
        let is_open = |ty: &Type| match ty {
            Type::Any => true,
            Type::Map(value) => **value == Type::Any,
            _ => false,
        };
        let item = item.filter(|item| is_told || !is_open(item));
        self.warn_of_positions(media_type, item.is_some(), place);
        let item = item?;
        let contents = self.content_of_parts(Some(&item), place);
        if !contents.contains(&Content::Bytes) {
            return Some((StreamFormat::Parts, within_json(item)));
        }
        if contents.len() > 1 {
            let message = "the parts are of several kinds; the caller gives the bytes of each, as a `FilePart`";
            let help = "what is JSON is made by `serde_json::to_vec`";
            self.warn_once("several-part-types", place, message.to_owned(), help);
        }
        Some((StreamFormat::BinaryParts, Type::File))
    }

    /// How the document wants the parts of a body written.
    pub(super) fn part_encodings(&mut self, place: &Place) -> PartEncodings {
        let additions = self.additions;
        let Some(found) = additions.positional_encodings.get(&place.pointer) else {
            return PartEncodings::default();
        };
        let prefix = found.prefix.iter().enumerate().map(|(position, encoding)| {
            let place = place.within(&["prefixEncoding", &position.to_string()]);
            self.part_encoding(encoding, &place)
        });
        let prefix = prefix.collect();
        let place = place.within(&["itemEncoding"]);
        let item = found.item.as_ref().map(|encoding| self.part_encoding(encoding, &place));
        PartEncodings { prefix, item: item.unwrap_or_default() }
    }

    fn part_encoding(&mut self, encoding: &'a openapiv3::Encoding, place: &Place) -> PartEncoding {
        let media_type = encoding.content_type.clone();
        // A list or a range of media types leaves the choice to the caller.
        let media_type = media_type.filter(|media_type| !media_type.contains([',', '*']));
        let headers = self.part_headers("item", encoding, &Type::Any, place);
        PartEncoding { media_type, headers }
    }

    /// The type of a part: by `itemSchema`, or by a `schema` that is a list.
    fn part_type(
        &mut self,
        (media_type, content): (&str, &'a MediaType),
        place: &Place,
        name: &str,
    ) -> Option<Type> {
        if NAMED.contains(&essence(media_type).as_str()) {
            return None;
        }
        if let Some(item) = self.item_of_item_schema(place, name) {
            return Some(item);
        }
        let view = View::new(self.schema(SchemaRef::new(content.schema.as_ref()?))?);
        if view.ty != Some("array") {
            return None;
        }
        let place = place.named(&["schema", "items"], name);
        Some(view.items.map_or(Type::Any, |items| self.type_of(items, &place)))
    }

    /// Whether the schema is that of an object, whose members are parts with names.
    fn has_members(&self, content: &'a MediaType) -> bool {
        let schema = content.schema.as_ref().map(SchemaRef::new).and_then(|it| self.schema(it));
        schema.is_some_and(|schema| View::new(schema).ty == Some("object"))
    }

    /// The kinds of content that the parts have, each once: what their encodings say, or else what goes with their type
    /// (section 4.15.1, `contentType`).
    fn content_of_parts(&self, item: Option<&Type>, place: &Place) -> Vec<Content> {
        let item = item.map(|item| match item {
            Type::Nullable(inner) => inner.as_ref(),
            item => item,
        });
        let by_type = match item {
            None | Some(Type::Binary | Type::Any) => Content::Bytes,
            Some(Type::String) => Content::Text,
            Some(_) => Content::Json,
        };
        let found = self.additions.positional_encodings.get(&place.pointer);
        let none = PositionalEncodings::default();
        let PositionalEncodings { prefix, item } = found.unwrap_or(&none);
        let mut contents = Vec::new();
        for encoding in prefix.iter().map(Some).chain([item.as_ref()]) {
            let media_types = encoding.and_then(|encoding| encoding.content_type.as_deref());
            let found: Vec<Content> = match media_types {
                Some(media_types) => media_types.split(',').map(content).collect(),
                None => vec![by_type],
            };
            for content in found {
                if !contents.contains(&content) {
                    contents.push(content);
                }
            }
        }
        contents
    }

    /// Says where `prefixEncoding` and `itemEncoding` are of no use.
    fn warn_of_positions(&mut self, media_type: &str, is_sequence: bool, place: &Place) {
        if is_sequence || !self.additions.positional_encodings.contains_key(&place.pointer) {
            return;
        }
        let message = format!(
            "`prefixEncoding` and `itemEncoding` count for several parts in an order; this `{media_type}` is written without them"
        );
        let help = "they belong to a `multipart/mixed` with `itemSchema`, or with a `schema` that is an array";
        self.warn_once("encoding-not-acted-upon", place, message, help);
    }

    /// Says where a media type has an encoding by position and no parts at all.
    pub(super) fn warn_of_positions_without_parts(&mut self, media_type: &str, place: &Place) {
        if !essence(media_type).starts_with("multipart/") {
            self.warn_of_positions(media_type, false, place);
        }
    }
}

/// What the content of a part in that media type is.
fn content(media_type: &str) -> Content {
    let essence = essence(media_type);
    match essence.as_str() {
        _ if is_json(&essence) => Content::Json,
        _ if essence.starts_with("text/") => Content::Text,
        _ => Content::Bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{BodyKind, Output, Sdk};
    use crate::lower::testing::lower_document;

    const SCHEMAS: &str = "  schemas: {Chunk: {type: object, properties: {delta: {type: string}}}}";
    const CHUNK: &str = "{$ref: '#/components/schemas/Chunk'}";

    fn sdk(content: &str) -> Sdk {
        let body = format!("{{required: true, content: {content}}}");
        let answer = format!("{{description: OK, content: {content}}}");
        let paths = format!(
            "{{/a: {{post: {{operationId: a, requestBody: {body}, responses: {{'200': {answer}}}}}}}}}"
        );
        lower_document(&paths, SCHEMAS)
    }

    fn answer(content: &str) -> (BodyKind, Type) {
        match &sdk(content).apis[0].operations[0].output {
            Output::Body { ty, kind } => (*kind, ty.clone()),
            other => panic!("{other:?}"),
        }
    }

    fn body(content: &str) -> (BodyKind, Type, PartEncodings) {
        let sdk = sdk(content);
        let body = sdk.apis[0].operations[0].body.as_ref().expect("a body");
        (body.kind, body.ty.clone(), body.parts.clone())
    }

    fn mixed(fields: &str) -> String {
        format!("{{multipart/mixed: {{{fields}}}}}")
    }

    #[test]
    fn a_part_has_the_type_of_an_item() {
        let parts = BodyKind::Stream(StreamFormat::Parts);
        let chunk = Type::Model("Chunk".to_owned());
        let by_item = mixed(&format!("itemSchema: {CHUNK}"));
        let by_list = mixed(&format!("schema: {{type: array, items: {CHUNK}}}"));
        for content in [by_item, by_list] {
            assert_eq!(answer(&content), (parts, chunk.clone()));
            assert_eq!(body(&content), (parts, chunk.clone(), PartEncodings::default()));
        }
    }

    #[test]
    fn a_part_is_text_or_bytes_where_its_schema_or_encoding_says_so() {
        let text = (BodyKind::Stream(StreamFormat::TextParts), Type::String);
        assert_eq!(answer(&mixed("itemSchema: {type: string}")), text);
        let bytes = (BodyKind::Stream(StreamFormat::BinaryParts), Type::Binary);
        let files = "schema: {type: array, items: {type: [string, 'null'], format: binary}}";
        for content in ["itemSchema: {}", "itemSchema: {type: string, format: binary}", files] {
            assert_eq!(answer(&mixed(content)), bytes, "{content}");
        }
        let image = mixed("itemSchema: {type: string}, itemEncoding: {contentType: image/*}");
        assert_eq!(answer(&image), bytes);
        let file = (BodyKind::Stream(StreamFormat::BinaryParts), Type::File);
        let (kind, ty, encodings) = body(&image);
        assert_eq!((kind, ty), file);
        assert_eq!(encodings.item.media_type, None, "the caller chooses it");
    }

    #[test]
    fn a_body_has_encodings_by_position() {
        let header = "{X-A: {schema: {type: string, const: b}}}";
        let fields = format!(
            "itemSchema: {CHUNK}, prefixEncoding: [{{contentType: application/a+json}}, {{headers: {header}}}], \
             itemEncoding: {{contentType: application/json}}"
        );
        let encoding = |media_type: Option<&str>, headers: &[(&str, &str)]| PartEncoding {
            media_type: media_type.map(str::to_owned),
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        };
        let expected = PartEncodings {
            prefix: vec![
                encoding(Some("application/a+json"), &[]),
                encoding(None, &[("X-A", "b")]),
            ],
            item: encoding(Some("application/json"), &[]),
        };
        assert_eq!(body(&mixed(&fields)).2, expected);
    }
}
