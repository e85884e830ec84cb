//! Names for what becomes a component because something refers to it.

use serde_json::Value;

use crate::{document::pointer, load::names::camel_case};

/// Names for the node at a pointer, the best first: by where it stands, so `UserAddress` for
/// `/components/schemas/User/properties/address`.
pub fn candidates(root: &Value, at: &str) -> Vec<String> {
    let tokens: Vec<String> = pointer::tokens(at).map(|token| token.into_owned()).collect();
    let mut words = Words { root, at: String::new(), name: String::new(), last: None };
    let mut rest = tokens.iter().map(String::as_str);
    while let Some(token) = rest.next() {
        words.step(token, &mut rest);
    }
    let mut candidates: Vec<String> = words.last.into_iter().collect();
    if words.name.is_empty() {
        words.name = camel_case(at);
    }
    candidates.push(words.name);
    candidates
}

/// The name as it grows along a pointer.
struct Words<'a> {
    root: &'a Value,
    at: String,
    name: String,
    /// A name that stands for itself, of a definition inside a schema.
    last: Option<String>,
}

impl Words<'_> {
    fn step<'t>(&mut self, token: &str, rest: &mut impl Iterator<Item = &'t str>) {
        pointer::push(&mut self.at, token);
        self.last = None;
        match token {
            "components" => {
                self.enter(rest);
                self.name = self.enter(rest);
            }
            "$defs" | "definitions" => {
                let key = self.enter(rest);
                self.name.push_str(&camel_case(&key));
                self.last = Some(key);
            }
            "paths" | "webhooks" => {
                let path = self.enter(rest);
                let method = self.enter(rest);
                let id = pointer::get(self.root, &self.at).and_then(|it| it.get("operationId"));
                self.name = match id.and_then(Value::as_str) {
                    Some(id) => camel_case(id),
                    None => camel_case(&method) + &camel_case(&path),
                };
            }
            "parameters" => {
                let index = self.enter(rest);
                let name = pointer::get(self.root, &self.at).and_then(|it| it.get("name"));
                self.name.push_str(&camel_case(name.and_then(Value::as_str).unwrap_or(&index)));
            }
            "responses" => {
                self.name.push_str("Response");
                let code = self.enter(rest);
                if !code.starts_with('2') {
                    self.name.push_str(&camel_case(&code));
                }
            }
            "content" => {
                self.enter(rest);
            }
            "requestBody" => self.name.push_str("Request"),
            "items" => self.name.push_str("Item"),
            "additionalProperties" => self.name.push_str("Value"),
            "properties" | "patternProperties" | "schema" => {}
            _ => self.name.push_str(&camel_case(token)),
        }
    }

    /// Goes on to the next token.
    fn enter<'t>(&mut self, rest: &mut impl Iterator<Item = &'t str>) -> String {
        let token = rest.next().unwrap_or_default();
        pointer::push(&mut self.at, token);
        token.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_says_where_its_node_stands() {
        let root = json!({"paths": {"/users": {
            "get": {"operationId": "list_users", "parameters": [{"name": "page-size"}]},
            "post": {}
        }}});
        let best = |at| candidates(&root, at).swap_remove(0);
        assert_eq!(best("/components/schemas/User/properties/home_address"), "UserHomeAddress");
        assert_eq!(best("/components/schemas/Users/items"), "UsersItem");
        assert_eq!(best("/components/schemas/User/$defs/Name"), "Name");
        assert_eq!(best("/components/parameters/Limit/schema"), "Limit");
        assert_eq!(
            best("/paths/~1users/get/responses/200/content/application~1json/schema"),
            "ListUsersResponse"
        );
        assert_eq!(best("/paths/~1users/get/parameters/0/schema"), "ListUsersPageSize");
        assert_eq!(
            best("/paths/~1users/post/requestBody/content/text~1plain/schema"),
            "PostUsersRequest"
        );
    }
}
