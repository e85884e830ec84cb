//! Where the pages are, and what stands where on them.

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;

use crate::ir::{Api, Model, Operation, Scope, Sdk, Type};
use crate::render::markdown::{cell, code};

/// The page that a link stands on.
#[derive(Clone, Copy)]
pub enum Page<'a> {
    /// `README.md`.
    Readme,
    /// `docs/<Api>.md`.
    Api,
    /// `docs/models/<module>.md`.
    Models(&'a str),
}

/// Where a model is: the module, and the anchor on its page.
struct Place<'a> {
    module: &'a str,
    anchor: String,
}

/// Where the pages are.
pub struct Links<'a> {
    models: HashMap<&'a str, Place<'a>>,
    anchors: Vec<Vec<String>>,
    uses: HashMap<&'a str, Vec<String>>,
    library: String,
}

impl<'a> Links<'a> {
    /// Gives each model an anchor on the page of its module, and each operation one on the page
    /// of its API.
    pub fn new(sdk: &'a Sdk, modules: &IndexMap<&'a str, Vec<&'a Model>>) -> Self {
        let anchors: Vec<Vec<String>> = sdk.apis.iter().map(operation_anchors).collect();
        Self {
            models: modules.iter().flat_map(|(module, models)| places(module, models)).collect(),
            uses: uses(sdk, &anchors),
            anchors,
            library: sdk.package.library(),
        }
    }

    /// The anchor of a model on the page of its module.
    pub fn model_anchor(&self, model: &str) -> &str {
        self.models.get(model).map_or("", |place| &place.anchor)
    }

    /// The anchor of an operation on the page of its API, both by their place in the SDK.
    pub fn operation_anchor(&self, api: usize, operation: usize) -> &str {
        self.anchors.get(api).and_then(|own| own.get(operation)).map_or("", String::as_str)
    }

    /// Links from the page of a model to the operations that take or give it, in the document's
    /// order.
    pub fn uses(&self, model: &str) -> &[String] {
        self.uses.get(model).map_or(&[], Vec::as_slice)
    }

    /// Where a link on the page has to lead for a model.
    pub fn model(&self, page: Page<'_>, model: &str) -> String {
        self.models.get(model).map_or_else(String::new, |place| place.seen_from(page))
    }

    /// A type as code for a cell, with a link to the model in it.
    pub fn ty(&self, page: Page<'_>, ty: &Type) -> String {
        self.labelled(page, ty, &ty.rust(self.scope(page)))
    }

    /// How a page names types.
    pub fn scope(&self, page: Page<'_>) -> Scope<'_> {
        match page {
            Page::Readme | Page::Api => Scope::outside(&self.library),
            Page::Models(_) => Scope::unqualified(&self.library),
        }
    }

    /// As [`ty`](Self::ty), with a label of one's own, such as `Option<String>`.
    pub fn labelled(&self, page: Page<'_>, ty: &Type, label: &str) -> String {
        let label = cell::span(label);
        let mut place = None;
        ty.visit_models(&mut |model| place = self.models.get(model));
        match place {
            Some(place) => format!("[{label}]({})", place.seen_from(page)),
            None => label,
        }
    }
}

impl Place<'_> {
    /// Where a link on the page has to lead.
    fn seen_from(&self, page: Page<'_>) -> String {
        let Self { module, anchor } = self;
        match page {
            Page::Readme => format!("docs/models/{module}.md#{anchor}"),
            Page::Api => format!("models/{module}.md#{anchor}"),
            Page::Models(own) if own == *module => format!("#{anchor}"),
            Page::Models(_) => format!("{module}.md#{anchor}"),
        }
    }
}

/// The title of a module's page. Two words, so that its anchor is never that of a model.
pub fn models_title(module: &str) -> String {
    format!("Models of `{module}`")
}

/// The models of a page with their places.
fn places<'a>(module: &'a str, models: &[&'a Model]) -> impl Iterator<Item = (&'a str, Place<'a>)> {
    let names: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
    let title = models_title(module);
    let anchors = anchors(std::iter::once(title.as_str()).chain(names.iter().copied()));
    let places = anchors.into_iter().skip(1).map(move |anchor| Place { module, anchor });
    names.into_iter().zip(places)
}

/// The anchors of an API's operations on its page, below the title.
fn operation_anchors(api: &Api) -> Vec<String> {
    let methods = api.operations.iter().map(|operation| operation.method.as_str());
    anchors(std::iter::once(api.name.as_str()).chain(methods)).into_iter().skip(1).collect()
}

/// Links from each model's page to the operations that use it, by the model's name.
fn uses<'a>(sdk: &'a Sdk, anchors: &[Vec<String>]) -> HashMap<&'a str, Vec<String>> {
    let mut uses: HashMap<&str, Vec<String>> = HashMap::new();
    for (api, anchors) in sdk.apis.iter().zip(anchors) {
        for (operation, anchor) in api.operations.iter().zip(anchors) {
            let mut models = BTreeSet::new();
            visit_types(operation, &mut |model| {
                models.insert(model);
            });
            for model in models {
                let label = code(&format!("{}::{}", api.name, operation.method));
                let link = format!("[{label}](../{}.md#{anchor})", api.page());
                uses.entry(model).or_default().push(link);
            }
        }
    }
    uses
}

/// Calls `visit` with the models of the parameters, the body and the successes. Errors are left
/// out: most operations have the same.
fn visit_types<'a>(operation: &'a Operation, visit: &mut impl FnMut(&'a str)) {
    let successes = operation.responses.iter().filter(|response| response.is_answer);
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let body = operation.body.iter().map(|body| &body.ty);
    for ty in parameters.chain(body).chain(successes.filter_map(|response| response.ty.as_ref())) {
        ty.visit_models(visit);
    }
}

/// The anchors that GitHub gives to headings, in the page's order: a number behind it tells the
/// second of a kind from the first.
pub(super) fn anchors<'a>(headings: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    headings
        .map(|heading| {
            let anchor = anchor(heading);
            let count = seen.entry(anchor.clone()).or_default();
            *count += 1;
            if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
        })
        .collect()
}

/// The anchor of the first heading of its kind: in lower case and without punctuation.
pub fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        let headings = ["UserApi", "get_user", "userapi", "r#type"];
        assert_eq!(anchors(headings.into_iter()), ["userapi", "get_user", "userapi-1", "rtype"]);
    }
}
