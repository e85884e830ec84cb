//! Lists that come in pages.

use super::Lowering;
use crate::config::PagingRule;
use crate::ir::{
    ItemsField, Location, Method, ModelKind, Operation, Output, Paging, PagingStyle, Presence, Type,
};

impl Lowering<'_> {
    /// How the operation's list goes on: by the first rule of the configuration that fits,
    /// or else by the `Link` header, where a response that is a list documents one.
    pub(super) fn paging(&self, operation: &Operation) -> Option<Paging> {
        let Output::Body { ty, .. } = &operation.output else { return None };
        let rules = self.config.paging.iter().filter(|rule| fits(rule, operation));
        for rule in rules {
            if let Some((item, items)) = self.items(ty, rule.items()) {
                return Some(Paging {
                    style: rule.style(),
                    item,
                    items,
                    empty_page_ends: rule.empty_page_ends,
                    kept_parameters: rule.kept_parameters.clone(),
                });
            }
        }
        let documents_link = operation
            .responses
            .iter()
            .filter(|response| response.is_answer)
            .flat_map(|response| &response.headers)
            .any(|header| header.name.eq_ignore_ascii_case("link"));
        if operation.http_method != Method::Get || !documents_link {
            return None;
        }
        let (item, items) = self.items(ty, "")?;
        let (empty_page_ends, kept_parameters) = (false, Vec::new());
        Some(Paging { style: PagingStyle::Link, item, items, empty_page_ends, kept_parameters })
    }

    /// The type of the items of a page, and the field that holds them.
    fn items(&self, page: &Type, pointer: &str) -> Option<(Type, Option<ItemsField>)> {
        match page {
            Type::Array(item) if pointer.is_empty() => Some(((**item).clone(), None)),
            Type::Model(name) => match &self.models.get(name)?.kind {
                ModelKind::Alias(ty) => self.items(ty, pointer),
                ModelKind::Object(object) => {
                    let name = pointer.strip_prefix('/')?;
                    let field = object.fields.iter().find(|field| field.name == name)?;
                    let Type::Array(item) = &field.ty else { return None };
                    let required = match field.presence {
                        Presence::Required => true,
                        Presence::Optional => false,
                        Presence::Nullable => return None,
                    };
                    let items = ItemsField { ident: field.ident.clone(), required };
                    Some(((**item).clone(), Some(items)))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// Whether a rule is for the operation: by its id, or by the query parameter that it has.
fn fits(rule: &PagingRule, operation: &Operation) -> bool {
    if !rule.operations.is_empty() {
        return rule.operations.contains(&operation.id);
    }
    let has_parameter = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| parameter.location == Location::Query && parameter.name == name)
    };
    operation.http_method == Method::Get && rule.parameter.as_deref().is_some_and(has_parameter)
}
