//! Parameters and headers, in every place and style.

use serde_json::{Map, Value, json};

use super::Builder;
use crate::Choices;

impl<C: Choices> Builder<'_, C> {
    /// A parameter of this name in this place.
    pub(super) fn parameter(&mut self, place: &str, name: &str) -> Value {
        let mut parameter = Map::new();
        parameter.insert("name".to_owned(), name.into());
        parameter.insert("in".to_owned(), place.into());
        if place == "path" || self.choices.one_in(3) {
            parameter.insert("required".to_owned(), json!(true));
        }
        self.describe(&mut parameter);
        if self.choices.one_in(8) {
            let content = json!({ "application/json": { "schema": self.schema(1) } });
            parameter.insert("content".to_owned(), content);
            return Value::Object(parameter);
        }
        self.serialization(&mut parameter, place);
        Value::Object(parameter)
    }

    /// `schema`, `style` and `explode`.
    fn serialization(&mut self, parameter: &mut Map<String, Value>, place: &str) {
        let styles: &[&str] = match place {
            "path" => &["simple", "label", "matrix"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            _ => &["form"],
        };
        parameter.insert("schema".to_owned(), self.schema(1));
        self.maybe(parameter, "style", |it| it.choices.text(styles).into());
        self.maybe(parameter, "explode", |it| json!(it.choices.one_in(2)));
        self.maybe(parameter, "example", |_| json!("text"));
        if place == "query" {
            self.maybe(parameter, "allowReserved", |_| json!(true));
        }
    }

    /// The parameters of an operation on a path, among them those that the path names.
    pub(super) fn parameters(&mut self, path: &str) -> Value {
        let in_path = path.split('{').skip(1).filter_map(|part| part.split_once('}'));
        let mut parameters: Vec<Value> =
            in_path.map(|(name, _)| self.parameter("path", name)).collect();
        for place in ["query", "header", "cookie"] {
            if self.choices.one_in(3) {
                let name = self.name();
                parameters.push(self.parameter(place, &name));
            }
        }
        if self.choices.one_in(4) {
            parameters.push(json!({ "$ref": "#/components/parameters/Limit" }));
        }
        Value::Array(parameters)
    }

    /// The headers of a response.
    pub(super) fn headers(&mut self) -> Value {
        let mut header = Map::new();
        self.describe(&mut header);
        header.insert("schema".to_owned(), self.schema(2));
        let name = self.choices.text(&["Link", "X-Rate-Limit", "x-request-id", "ETag"]);
        json!({ name: header })
    }
}
