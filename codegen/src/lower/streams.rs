//! Answers whose items are given as they come.

use openapiv3::MediaType;

use super::Lowering;
use super::media_types::essence;
use super::parts::is_sequence;
use super::place::Place;
use super::view::{SchemaRef, View};
use crate::ir::{BodyKind, Response, StreamFormat, Type};

/// How the items stand in a body of a media type; none where it is no stream.
pub(super) fn format(media_type: &str) -> Option<StreamFormat> {
    let essence = essence(media_type);
    match essence.as_str() {
        _ if is_sequence(media_type) => Some(StreamFormat::Parts),
        "text/event-stream" => Some(StreamFormat::Events),
        "application/jsonl" | "application/x-jsonl" | "text/jsonl" => Some(StreamFormat::JsonLines),
        "application/jsonlines" | "application/x-jsonlines" | "application/json-lines" => {
            Some(StreamFormat::JsonLines)
        }
        "application/ndjson" | "application/x-ndjson" | "text/x-ndjson" => {
            Some(StreamFormat::JsonLines)
        }
        "application/stream+json" | "application/x-json-stream" => Some(StreamFormat::JsonLines),
        // The suffix is that of RFC 8091.
        _ if essence == "application/json-seq" || essence.ends_with("+json-seq") => {
            Some(StreamFormat::JsonSequence)
        }
        _ => None,
    }
}

impl<'a> Lowering<'a> {
    /// The type of the items of a stream: by the configuration, by `itemSchema`, or by a `schema` that can only be
    /// meant so. Without one, events have text and the items of other streams are any JSON.
    pub(super) fn stream(
        &mut self,
        operation: &str,
        format: StreamFormat,
        (media_type, content): (&str, &'a MediaType),
        place: &Place,
    ) -> (StreamFormat, Type) {
        let place = place.within(&["content", media_type]);
        self.warn_of_positions_without_parts(media_type, &place);
        let item = match self.configured_item(operation, &place) {
            Some(item) => Some(item),
            None => self.said_item(content, &place, "Item"),
        };
        match (format, item.map(within_json)) {
            (format, Some(item)) => (format, item),
            (StreamFormat::Events, None) => (StreamFormat::TextEvents, Type::String),
            (format, None) => (format, Type::Any),
        }
    }

    /// The type that the configuration gives the items of an operation's answer.
    pub(super) fn configured_item(&mut self, operation: &str, place: &Place) -> Option<Type> {
        let config = self.config;
        let name = config.streams.get(operation).and_then(|rule| rule.item.as_deref())?;
        let is_there = self.components.schemas.contains_key(name);
        is_there.then(|| self.type_of(SchemaRef::Component(name), place))
    }

    /// How the items of a request body stand in it, and their type, where the document says it: any other body of these
    /// media types is sent as its bytes are.
    pub(super) fn stream_of_body(
        &mut self,
        media_type: &str,
        content: &'a MediaType,
        place: &Place,
    ) -> Option<(StreamFormat, Type)> {
        let place = place.within(&["content", media_type]);
        if essence(media_type).starts_with("multipart/") {
            return self.parts_of_body((media_type, content), &place);
        }
        self.warn_of_positions_without_parts(media_type, &place);
        let format = format(media_type).filter(|format| !format.has_events())?;
        let item = self.said_item(content, &place, "RequestItem")?;
        Some((format, within_json(item)))
    }

    /// The type that the document gives the items of a stream at a place, by `itemSchema` or by `schema`. Models of the
    /// former are named after `name`.
    fn said_item(&mut self, content: &'a MediaType, place: &Place, name: &str) -> Option<Type> {
        match self.item_of_item_schema(place, name) {
            Some(item) => Some(item),
            None => self.item_of_schema(content, place),
        }
    }

    /// The type that `itemSchema` gives the items at a place.
    pub(super) fn item_of_item_schema(&mut self, place: &Place, name: &str) -> Option<Type> {
        let schema = self.additions.item_schemas.get(&place.pointer)?;
        Some(self.type_of(SchemaRef::new(schema), &place.named(&["itemSchema"], name)))
    }

    /// The type that `schema` gives the items of a stream: a stream of JSON is no JSON, so that a schema of an object is
    /// that of an item, and one of an array that of them all. A string is the stream as a whole.
    fn item_of_schema(&mut self, content: &'a MediaType, place: &Place) -> Option<Type> {
        let schema = SchemaRef::new(content.schema.as_ref()?);
        let view = View::new(self.schema(schema)?);
        let place = place.named(&["schema"], "Item");
        match view.ty {
            Some("string") => None,
            Some("array") => {
                let items = view.items?;
                Some(self.type_of(items, &place.within(&["items"])))
            }
            _ if view.is_shapeless() => None,
            _ => Some(self.type_of(schema, &place)),
        }
    }

    /// Makes whole bodies of streams where the operation has several answers, of which the status decides.
    pub(super) fn settle_streams(&mut self, responses: &mut [Response], place: &Place) {
        let answers = || responses.iter().filter(|response| response.is_answer);
        let bodies = answers().filter_map(|it| it.ty.as_ref().map(|ty| (ty, it.kind)));
        let bodies: Vec<(&Type, BodyKind)> = bodies.collect();
        let is_only_one = bodies.windows(2).all(|pair| pair[0] == pair[1]);
        let has_stream = bodies.iter().any(|(_, kind)| matches!(kind, BodyKind::Stream(_)));
        if has_stream && !is_only_one {
            let message = "the answer is a stream for one status and something else for another; the SDK gives \
                           the stream as a whole, once it has ended";
            let help = "an overlay can remove the other answers";
            self.warn_once("stream-among-answers", place, message.to_owned(), help);
        }
        for response in responses {
            let BodyKind::Stream(format) = response.kind else { continue };
            if response.is_answer && is_only_one {
                continue;
            }
            (response.kind, response.ty) = match format {
                StreamFormat::Events | StreamFormat::TextEvents => {
                    (BodyKind::Text, Some(Type::String))
                }
                _ => (BodyKind::Binary, Some(Type::Binary)),
            };
        }
    }
}

/// A type of what stands in JSON, where binary data is a string.
pub(super) fn within_json(ty: Type) -> Type {
    if ty == Type::Binary { Type::String } else { ty }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Output, Sdk};
    use crate::lower::testing::lower_document;

    fn sdk(content: &str) -> Sdk {
        let response = format!("{{description: OK, content: {content}}}");
        let paths =
            format!("{{/a: {{get: {{operationId: a, responses: {{'200': {response}}}}}}}}}");
        let chunk = "{type: object, properties: {delta: {type: string}}}";
        lower_document(&paths, &format!("  schemas: {{Chunk: {chunk}}}"))
    }

    fn output(content: &str) -> (BodyKind, Type) {
        let sdk = sdk(content);
        match &sdk.apis[0].operations[0].output {
            Output::Body { ty, kind } => (*kind, ty.clone()),
            other => panic!("{other:?}"),
        }
    }

    fn chunk() -> Type {
        Type::Model("Chunk".to_owned())
    }

    #[test]
    fn an_event_stream_has_the_type_of_its_data() {
        let events = BodyKind::Stream(StreamFormat::Events);
        let schema = "{$ref: '#/components/schemas/Chunk'}";
        let data = format!("{{contentMediaType: application/json, contentSchema: {schema}}}");
        let item = format!("{{itemSchema: {{properties: {{data: {data}}}}}}}");
        assert_eq!(output(&format!("{{text/event-stream: {item}}}")), (events, chunk()));
        let whole = format!("{{text/event-stream: {{schema: {schema}}}}}");
        assert_eq!(output(&whole), (events, chunk()));
        let texts = (BodyKind::Stream(StreamFormat::TextEvents), Type::String);
        assert_eq!(output("{text/event-stream: {schema: {type: string}}}"), texts);
        assert_eq!(output("{text/event-stream: {}}"), texts);
    }

    #[test]
    fn a_stream_of_json_has_the_type_of_an_item() {
        let lines = BodyKind::Stream(StreamFormat::JsonLines);
        let schema = "{$ref: '#/components/schemas/Chunk'}";
        for media_type in ["application/jsonl", "application/x-ndjson", "application/stream+json"] {
            let content = format!("{{{media_type}: {{itemSchema: {schema}}}}}");
            assert_eq!(output(&content), (lines, chunk()), "{media_type}");
        }
        let list = format!("{{application/jsonl: {{schema: {{type: array, items: {schema}}}}}}}");
        assert_eq!(output(&list), (lines, chunk()));
        assert_eq!(output("{application/x-ndjson: {}}"), (lines, Type::Any));
        let sequence = BodyKind::Stream(StreamFormat::JsonSequence);
        let content = format!("{{application/geo+json-seq: {{itemSchema: {schema}}}}}");
        assert_eq!(output(&content), (sequence, chunk()));
    }
}
