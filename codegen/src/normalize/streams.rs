//! What the events of a stream carry: `itemSchema` of an event stream describes an event with its fields (OpenAPI
//! 3.2.0, section 4.14.4), and the SDK needs the type of their data.
//!
//! The schema of an event stands for that of its data afterwards: `contentSchema` of the property `data`, or what stands
//! there itself where that is no text. It goes where every event has text.

use serde_json::{Value, json};

use crate::diagnostics::Diagnostics;
use crate::document::{media_type, pointer, references};

use super::media_types;

/// How deep alternatives of an event are looked for in others.
const DEEPEST: usize = 8;

/// The fields of an event (WHATWG HTML, section 9.2.6).
const EVENT_FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// Puts the schema of their data in the place of that of the events of all event streams.
pub fn read_events(root: &mut Value, diagnostics: &mut Diagnostics) {
    let mut consumed = Vec::new();
    let mut found = Vec::new();
    for at in media_types::places(root, "itemSchema", is_event_stream) {
        let schema = pointer::child(&at, "itemSchema");
        let mut search = Search { root, has_event_field: false, consumed: &mut consumed };
        let data = search.data(&schema, 0);
        if search.has_event_field {
            found.push((at, of_all(data)));
        } else {
            diagnostics
                .warning(
                    "event-without-data",
                    schema,
                    "this describes no event, whose fields are `data`, `event`, `id` and `retry`; it is read as \
                     the schema of its data",
                )
                .help("put it below `properties: {data: {contentMediaType: application/json, contentSchema: ..}}`");
        }
    }
    for (at, data) in found {
        let Some(Value::Object(media_type)) = pointer::get_mut(root, &at) else { continue };
        match data {
            Some(data) => media_type.insert("itemSchema".to_owned(), data),
            None => media_type.shift_remove("itemSchema"),
        };
    }
    for at in consumed {
        pointer::remove(root, &at);
    }
}

/// Whether the media type is that of an event stream.
fn is_event_stream(media_type: &str) -> bool {
    media_type::essence(media_type).eq_ignore_ascii_case("text/event-stream")
}

/// What the data of an event is.
#[derive(Clone, Debug, PartialEq)]
enum Data {
    Text,
    Json(Value),
}

struct Search<'r> {
    root: &'r Value,
    /// The schema is that of an event.
    has_event_field: bool,
    /// The places of the keywords that the data was read from.
    consumed: &'r mut Vec<String>,
}

impl Search<'_> {
    /// What the data of the events of a schema may be.
    fn data(&mut self, at: &str, depth: usize) -> Vec<Data> {
        let Some(schema) = pointer::get(self.root, at).filter(|_| depth < DEEPEST) else {
            return Vec::new();
        };
        let mut own = Vec::new();
        if let Some(target) = references::target(schema) {
            own = self.data(&target, depth + 1);
        }
        if let Some(Value::Object(properties)) = schema.get("properties") {
            self.has_event_field |=
                EVENT_FIELDS.iter().any(|field| properties.contains_key(*field));
            if properties.contains_key("data") {
                let place = ["properties", "data"];
                let place = place.iter().fold(at.to_owned(), |at, it| pointer::child(&at, it));
                own = more_exact(own, vec![self.property(&place)]);
            }
        }
        for part in self.parts(at, "allOf") {
            let data = self.data(&part, depth + 1);
            own = more_exact(own, data);
        }
        let alternatives: Vec<String> =
            ["oneOf", "anyOf"].iter().flat_map(|keyword| self.parts(at, keyword)).collect();
        if alternatives.is_empty() {
            return own;
        }
        let mut all: Vec<Data> = Vec::new();
        for alternative in alternatives {
            let data = self.data(&alternative, depth + 1);
            for data in more_exact(own.clone(), data) {
                if !all.contains(&data) {
                    all.push(data);
                }
            }
        }
        all
    }

    /// The places of the schemas in a list.
    fn parts(&self, at: &str, keyword: &str) -> Vec<String> {
        let list = pointer::child(at, keyword);
        let length = pointer::get(self.root, &list).and_then(Value::as_array).map_or(0, Vec::len);
        (0..length).map(|index| pointer::child(&list, &index.to_string())).collect()
    }

    /// What the property `data` says.
    fn property(&mut self, at: &str) -> Data {
        let Some((resolved, schema)) = references::resolve(self.root, at) else {
            return Data::Text;
        };
        if let Some(content) = schema.get("contentSchema") {
            self.consumed.push(pointer::child(&resolved, "contentSchema"));
            return Data::Json(content.clone());
        }
        let content_type = schema.get("contentMediaType").and_then(Value::as_str);
        if content_type.is_some_and(media_type::is_json) {
            return Data::Json(json!({}));
        }
        let says = |keyword: &str| schema.get(keyword).is_some();
        let is_other_type = match schema.get("type") {
            Some(Value::String(name)) => name != "string",
            Some(Value::Array(names)) => !names.iter().any(|name| name == "string"),
            _ => ["properties", "items", "allOf", "oneOf", "anyOf"].into_iter().any(says),
        };
        match pointer::get(self.root, at).filter(|_| is_other_type) {
            Some(schema) => Data::Json(schema.clone()),
            None => Data::Text,
        }
    }
}

/// What is said within counts more than what is said around it, unless it only says that data is text.
fn more_exact(around: Vec<Data>, within: Vec<Data>) -> Vec<Data> {
    let says_more = within.iter().any(|data| *data != Data::Text);
    if around.is_empty() || says_more { within } else { around }
}

/// The schema that any of these fits; `None` where all are text.
fn of_all(all: Vec<Data>) -> Option<Value> {
    let is_text = |data: &Data| *data == Data::Text;
    let has_text = all.iter().any(is_text);
    let schemas = all.into_iter().filter_map(|data| match data {
        Data::Json(schema) => Some(schema),
        Data::Text => None,
    });
    let mut schemas: Vec<Value> = schemas.collect();
    match (schemas.len(), has_text) {
        (0, _) => None,
        (1, false) => schemas.pop(),
        (_, has_text) => {
            schemas.extend(has_text.then(|| json!({"type": "string"})));
            Some(json!({"anyOf": schemas}))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of the schema of an event, and what there is to report.
    fn read(schema: Value, components: Value) -> (Value, Vec<&'static str>) {
        let content = json!({"text/event-stream; charset=utf-8": {"itemSchema": schema}});
        let mut root = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"content": content}}}}},
            "components": {"schemas": components}
        });
        let mut diagnostics = Diagnostics::new();
        read_events(&mut root, &mut diagnostics);
        let content = &mut root["paths"]["/a"]["get"]["responses"]["200"]["content"];
        let media_type = content["text/event-stream; charset=utf-8"].take();
        let schema = media_type.get("itemSchema").cloned().unwrap_or(Value::Null);
        (schema, diagnostics.iter().map(|it| it.code).collect())
    }

    fn quiet(schema: Value) -> Value {
        let (schema, codes) = read(schema, json!({}));
        assert!(codes.is_empty(), "{codes:?}");
        schema
    }

    fn event(data: Value) -> Value {
        json!({"type": "object", "properties": {"data": data, "event": {"type": "string"}}})
    }

    fn json_data(schema: Value) -> Value {
        json!({"type": "string", "contentMediaType": "application/json", "contentSchema": schema})
    }

    #[test]
    fn the_schema_of_the_content_is_that_of_the_data() {
        let chunk = json!({"$ref": "#/components/schemas/Chunk"});
        assert_eq!(quiet(event(json_data(chunk.clone()))), chunk);
        for media_type in
            ["application/json", "application/json; charset=utf-8", "application/a+JSON"]
        {
            assert_eq!(
                quiet(event(json!({"contentMediaType": media_type}))),
                json!({}),
                "{media_type}"
            );
        }
        // A mistake with one meaning: data is text on the wire.
        assert_eq!(quiet(event(json!({"type": "object"}))), json!({"type": "object"}));
    }

    #[test]
    fn data_without_a_content_is_text() {
        assert_eq!(quiet(event(json!({"type": "string"}))), Value::Null);
        assert_eq!(quiet(event(json!({}))), Value::Null);
        assert_eq!(quiet(json!({"properties": {"id": {"type": "string"}}})), Value::Null);
    }

    #[test]
    fn an_event_may_be_a_component_of_which_there_are_several_kinds() {
        let kind =
            |schema: &str| json!({"properties": {"data": json_data(json!({"title": schema}))}});
        let alternatives =
            json!({"$ref": "#/components/schemas/Event", "oneOf": [kind("A"), kind("B")]});
        let components = json!({"Event": event(json!({"type": "string"}))});
        let (schema, codes) = read(alternatives, components.clone());
        assert_eq!(schema, json!({"anyOf": [{"title": "A"}, {"title": "B"}]}));
        assert!(codes.is_empty(), "{codes:?}");
        let text = json!({"properties": {"event": {"const": "ping"}}});
        let alternatives =
            json!({"$ref": "#/components/schemas/Event", "oneOf": [kind("A"), text]});
        let (schema, _) = read(alternatives, components);
        assert_eq!(schema, json!({"anyOf": [{"title": "A"}, {"type": "string"}]}));
    }

    #[test]
    fn what_describes_no_event_describes_its_data() {
        let chunk = json!({"type": "object", "properties": {"delta": {"type": "string"}}});
        assert_eq!(read(chunk.clone(), json!({})), (chunk, vec!["event-without-data"]));
    }
}
