//! Callbacks and webhooks: what the server sends to its callers becomes models.

use openapiv3::{PathItem, ReferenceOr};

use super::Lowering;
use super::place::{Place, pointer};
use crate::ir::Type;
use crate::names;

impl<'a> Lowering<'a> {
    /// Lowers the payloads of webhooks and of every operation's callbacks, and gives their types.
    /// Of a selection, webhooks are no part.
    pub(super) fn payloads(&mut self) -> Vec<Type> {
        let config = self.config;
        let mut types = Vec::new();
        for (name, item) in self.additions.webhooks.iter().filter(|_| config.select.is_empty()) {
            let place = Place::new(
                pointer("/webhooks", &[name]),
                format!("{}Webhook", names::type_name(name)),
                "webhooks",
            );
            self.payload(item, &place, &mut types);
        }
        for (path, item) in &self.openapi.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            let picked = item.iter().filter(|(_, operation)| config.picks(path, operation));
            for (method, operation) in picked {
                for (name, callback) in &operation.callbacks {
                    for (expression, item) in callback {
                        let place = Place::new(
                            pointer("/paths", &[path, method, "callbacks", name, expression]),
                            format!("{}Callback", names::type_name(name)),
                            "callbacks",
                        );
                        self.payload(item, &place, &mut types);
                    }
                }
            }
        }
        types
    }

    /// Lowers the request bodies of one path item; their types are all that is kept.
    fn payload(&mut self, item: &'a PathItem, place: &Place, types: &mut Vec<Type>) {
        for (method, operation) in item.iter() {
            if let Some(body) = &operation.request_body {
                let place = place.within(&[method]);
                types.extend(self.body(body, &place).map(|body| body.ty));
                let further = self.further_bodies(body, &place);
                types.extend(further.into_iter().map(|(_, body)| body.ty));
            }
        }
    }
}
