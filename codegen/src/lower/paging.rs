//! Lists that come in pages.

use super::Lowering;
use crate::config::{PagingRule, StyleName};
use crate::document::pointer;
use crate::ir::{
    ItemsField, Location, Method, ModelKind, Operation, Output, Paging, PagingStyle, Presence, Type,
};

impl Lowering<'_> {
    /// How the operation's list goes on: by the first rule of the configuration that fits,
    /// or else by the `Link` header, where a response that is a list documents one.
    pub(super) fn paging(&mut self, operation: &Operation) -> Option<Paging> {
        let Output::Body { ty, .. } = &operation.output else { return None };
        for rule in self.config.paging.iter().filter(|rule| fits(rule, operation)) {
            if let Some((item, items)) = self.items(ty, rule.items()) {
                return Some(Paging {
                    style: style(rule),
                    item,
                    items,
                    empty_page_ends: rule.empty_page_ends,
                    kept_parameters: rule.kept_parameters.clone(),
                });
            }
            // A rule by a parameter may be meant for others.
            if !rule.operations.is_empty() && operation.is_main() {
                let message = format!(
                    "`{}` is not paged: its answer has no list at `{}`",
                    operation.id,
                    rule.items()
                );
                self.diagnostics.warning("not-paged", operation.pointer.clone(), message).help(
                    "correct `items` of the rule in `paging`, a JSON pointer into the answer",
                );
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

    /// The type of the items of a page, and the fields that lead to them.
    fn items(&self, page: &Type, pointer: &str) -> Option<(Type, Vec<ItemsField>)> {
        let mut ty = page;
        let mut fields = Vec::new();
        for name in pointer::tokens(pointer) {
            let ModelKind::Object(object) = self.page_kind(ty)? else { return None };
            let field = object.fields.iter().find(|field| field.name == name)?;
            let required = match field.presence {
                Presence::Required => true,
                Presence::Optional => false,
                Presence::Nullable => return None,
            };
            fields.push(ItemsField { ident: field.ident.clone(), required });
            ty = &field.ty;
        }
        if let Some(ModelKind::Alias(target)) = self.page_kind(ty) {
            ty = target;
        }
        let Type::Array(item) = ty else { return None };
        Some(((**item).clone(), fields))
    }

    /// What a type is, where it is a model, or another name of one.
    fn page_kind(&self, ty: &Type) -> Option<&ModelKind> {
        let mut ty = ty;
        // Other names of a type may lead back to themselves.
        for _ in 0..=self.models.len() {
            let Type::Model(name) = ty else { return None };
            match &self.models.get(name)?.kind {
                ModelKind::Alias(target) if matches!(target, Type::Model(_)) => ty = target,
                kind => return Some(kind),
            }
        }
        None
    }
}

/// The style of a rule, with what it needs.
fn style(rule: &PagingRule) -> PagingStyle {
    let parameter = rule.parameter.clone().unwrap_or_default();
    let next = rule.next.clone().unwrap_or_default();
    let items = rule.items().to_owned();
    match rule.style {
        StyleName::Link => PagingStyle::Link,
        StyleName::Url => PagingStyle::Url { next },
        StyleName::Cursor => PagingStyle::Cursor { parameter, next },
        StyleName::Offset => {
            PagingStyle::Offset { parameter, items, total: rule.total.clone().unwrap_or_default() }
        }
        StyleName::PageNumber => {
            PagingStyle::PageNumber { parameter, first: rule.first.unwrap_or(1), items }
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

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::diagnostics::Diagnostics;
    use crate::ir::Sdk;
    use crate::load::testing::load_text;
    use crate::lower::lower;
    use crate::normalize::normalize;

    /// An operation whose items are at a pointer, and what is said of it.
    fn lowered(items: &str) -> (Sdk, Vec<String>) {
        let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/a: {get: {operationId: list, responses: \
             {'200': {description: d, content: {application/json: {schema: {type: object, required: [a/b], \
             properties: {a/b: {type: object, properties: {pets: {type: array, items: {type: string}}}}, \
             next: {type: string}}}}}}}}}}";
        let mut loaded = load_text("a.yaml", text);
        let document = loaded.result.take().expect("the document is loaded");
        let normalized = normalize(document, &mut loaded.diagnostics).expect("it is normalized");
        let rule = format!(
            "[[paging]]\nstyle = \"url\"\noperations = [\"list\"]\nitems = \"{items}\"\nnext = \"/next\""
        );
        let config: Config = toml::from_str(&rule).expect("the rule is read");
        let mut diagnostics = Diagnostics::new();
        let sdk = lower(&normalized, &config, &mut diagnostics).expect("it is lowered");
        (sdk, diagnostics.iter().map(|it| it.message.clone()).collect())
    }

    #[test]
    fn items_may_lie_deep_in_a_page() {
        let (sdk, messages) = lowered("/a~1b/pets");
        let paging = sdk.apis[0].operations[0].paging.as_ref().expect("it is paged");
        let fields: Vec<(&str, bool)> =
            paging.items.iter().map(|field| (field.ident.as_str(), field.required)).collect();
        assert_eq!(fields, [("a_b", true), ("pets", false)]);
        assert_eq!(messages, [""; 0]);
    }

    #[test]
    fn a_rule_that_names_an_operation_without_a_list_is_told() {
        let (sdk, messages) = lowered("/pets");
        assert!(sdk.apis[0].operations[0].paging.is_none());
        assert_eq!(messages, ["`list` is not paged: its answer has no list at `/pets`"]);
    }
}
