//! Paths, operations, bodies and responses.

use serde_json::{Map, Value, json};

use super::{Builder, Version};
use crate::Choices;

/// Templates of paths, with up to two parameters.
const PATHS: [&str; 8] = [
    "/pets",
    "/pets/{petId}",
    "/users/{id}/pets/{petId}",
    "/a.b/{x}",
    "/{type}",
    "/files/{name}.json",
    "/",
    "/pets/",
];

const METHODS: [&str; 7] = ["get", "post", "put", "delete", "patch", "head", "options"];

const MEDIA_TYPES: [&str; 10] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "application/octet-stream",
    "application/merge-patch+json",
    "text/event-stream",
    "application/x-ndjson",
    "image/*",
    "application/xml",
];

const STATUSES: [&str; 8] = ["200", "201", "204", "404", "default", "2XX", "302", "500"];

impl<C: Choices> Builder<'_, C> {
    pub(super) fn paths(&mut self) -> Value {
        let mut paths = Map::new();
        for _ in 0..self.choices.below(5) {
            let path = self.choices.text(&PATHS);
            paths.insert(path.to_owned(), self.path_item(path));
        }
        Value::Object(paths)
    }

    /// The operations on a path.
    pub(super) fn path_item(&mut self, path: &str) -> Value {
        let mut item = Map::new();
        for _ in 0..=self.choices.below(3) {
            let method = self.choices.text(&METHODS);
            item.insert(method.to_owned(), self.operation(path, method));
        }
        Value::Object(item)
    }

    fn operation(&mut self, path: &str, method: &str) -> Value {
        let mut operation = Map::new();
        self.maybe(&mut operation, "operationId", |it| {
            // The path makes most of them unique.
            format!("{method}{}{}", it.name(), path.replace(['/', '{', '}', '.'], "_")).into()
        });
        self.maybe(&mut operation, "tags", |it| json!([it.name()]));
        self.maybe(&mut operation, "summary", |_| "Does something".into());
        self.describe(&mut operation);
        operation.insert("parameters".to_owned(), self.parameters(path));
        if method != "get" && method != "head" {
            self.maybe(&mut operation, "requestBody", |it| match it.choices.below(4) {
                0 => json!({ "$ref": "#/components/requestBodies/Body" }),
                _ => it.body(),
            });
        }
        self.maybe(&mut operation, "security", Self::requirements);
        operation.insert("responses".to_owned(), self.responses());
        Value::Object(operation)
    }

    pub(super) fn body(&mut self) -> Value {
        let mut body = Map::new();
        self.maybe(&mut body, "description", |_| "The body.".into());
        self.maybe(&mut body, "required", |_| json!(true));
        body.insert("content".to_owned(), self.content());
        Value::Object(body)
    }

    fn content(&mut self) -> Value {
        let mut content = Map::new();
        for _ in 0..=self.choices.below(2) {
            let media_type = self.choices.text(&MEDIA_TYPES);
            let mut value = Map::new();
            let key = if self.version == Version::V31 && media_type.contains("stream") {
                "itemSchema"
            } else {
                "schema"
            };
            value.insert(key.to_owned(), self.schema(0));
            if media_type.starts_with("multipart") {
                self.maybe(&mut value, "encoding", |it| {
                    json!({ it.name(): { "contentType": "image/png", "headers": it.headers() } })
                });
            }
            self.maybe(&mut value, "examples", |_| json!({ "one": { "value": { "type": "a" } } }));
            content.insert(media_type.to_owned(), Value::Object(value));
        }
        Value::Object(content)
    }

    fn responses(&mut self) -> Value {
        let mut responses = Map::new();
        for _ in 0..=self.choices.below(3) {
            let status = self.choices.text(&STATUSES);
            let response = match self.choices.below(4) {
                3 => json!({ "$ref": "#/components/responses/Refused" }),
                _ => self.response(),
            };
            responses.insert(status.to_owned(), response);
        }
        Value::Object(responses)
    }

    pub(super) fn response(&mut self) -> Value {
        let mut response = Map::new();
        response.insert("description".to_owned(), "What comes.".into());
        self.maybe(&mut response, "headers", Self::headers);
        if self.choices.below(3) > 0 {
            response.insert("content".to_owned(), self.content());
        }
        Value::Object(response)
    }
}
