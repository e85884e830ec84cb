//! Callbacks and webhooks: what the server sends to its callers becomes models.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, PathItem, ReferenceOr};

use super::Lowering;
use super::names;
use super::place::{Place, pointer};

/// Where normalization keeps the webhooks of OpenAPI 3.1.
const WEBHOOKS: &str = "x-codegen-webhooks";

/// The webhooks of a document by name.
pub fn webhooks(openapi: &OpenAPI) -> IndexMap<String, PathItem> {
    let value = openapi.extensions.get(WEBHOOKS).cloned().unwrap_or_default();
    serde_json::from_value(value).unwrap_or_default()
}

impl<'a> Lowering<'a> {
    /// Lowers the payloads of webhooks and of every operation's callbacks.
    pub(super) fn payloads(&mut self, webhooks: &'a IndexMap<String, PathItem>) {
        for (name, item) in webhooks {
            let place = Place::new(
                pointer("/webhooks", &[name]),
                format!("{}Webhook", names::type_name(name)),
                "webhooks",
            );
            self.payload(item, &place);
        }
        for (path, item) in &self.openapi.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            for (method, operation) in item.iter() {
                for (name, callback) in &operation.callbacks {
                    for (expression, item) in callback {
                        let place = Place::new(
                            pointer("/paths", &[path, method, "callbacks", name, expression]),
                            format!("{}Callback", names::type_name(name)),
                            "callbacks",
                        );
                        self.payload(item, &place);
                    }
                }
            }
        }
    }

    /// Lowers the request bodies of one path item; the models are all that is kept.
    fn payload(&mut self, item: &'a PathItem, place: &Place) {
        for (method, operation) in item.iter() {
            if let Some(body) = &operation.request_body {
                self.body(body, &place.within(&[method]));
            }
        }
    }
}
