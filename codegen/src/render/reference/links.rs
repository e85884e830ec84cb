//! Where the pages are, and what stands where on them.

use std::collections::{BTreeSet, HashMap};

use super::cell;
use crate::ir::{Api, Operation, Sdk, Type};
use crate::lower::names::Names;

/// Names of files that are not a model's: the index, and what Windows keeps for devices.
const RESERVED: [&str; 5] = ["aux", "con", "nul", "prn", "readme"];

/// Where the pages are.
pub struct Links<'a> {
    pages: HashMap<&'a str, String>,
    anchors: Vec<Vec<String>>,
    uses: HashMap<&'a str, Vec<String>>,
    library: String,
}

impl<'a> Links<'a> {
    /// Gives each model a page, and each operation an anchor on the page of its API.
    pub fn new(sdk: &'a Sdk) -> Self {
        let apis = sdk.apis.iter().map(|api| api.name.as_str());
        let mut names = Names::reserving(apis.chain(RESERVED));
        let models = sdk.models.iter();
        let pages =
            models.map(|model| (model.name.as_str(), format!("{}.md", names.take(&model.name))));
        let anchors: Vec<Vec<String>> = sdk.apis.iter().map(operation_anchors).collect();
        Self {
            pages: pages.collect(),
            uses: uses(sdk, &anchors),
            anchors,
            library: sdk.package.library(),
        }
    }

    /// The file of a model's page within `docs/`.
    pub fn page(&self, model: &str) -> &str {
        self.pages.get(model).map_or("", String::as_str)
    }

    /// The anchor of an operation on the page of its API, both by their place in the SDK.
    pub fn anchor(&self, api: usize, operation: usize) -> &str {
        self.anchors.get(api).and_then(|own| own.get(operation)).map_or("", String::as_str)
    }

    /// Links to the operations that take or give a model, in the document's order.
    pub fn uses(&self, model: &str) -> &[String] {
        self.uses.get(model).map_or(&[], Vec::as_slice)
    }

    /// A type as code for a cell, with a link to the page of the model in it. `models` stands
    /// before the model's name, as in [`Type::rust`].
    pub fn ty(&self, ty: &Type, models: &str) -> String {
        self.labelled(ty, &ty.rust(models))
    }

    /// As [`ty`](Self::ty), with a label of one's own, such as `Option<String>`.
    pub fn labelled(&self, ty: &Type, label: &str) -> String {
        let label = cell::code(&label.replace("crate::", &format!("{}::", self.library)));
        let mut page = None;
        ty.visit_models(&mut |model| page = self.pages.get(model));
        match page {
            Some(page) => format!("[{label}]({page})"),
            None => label,
        }
    }
}

/// The anchors of an API's operations on its page, below the title.
fn operation_anchors(api: &Api) -> Vec<String> {
    let methods = api.operations.iter().map(|operation| operation.method.as_str());
    anchors(std::iter::once(api.name.as_str()).chain(methods)).into_iter().skip(1).collect()
}

/// Links to the operations that use each model, by the model's name.
fn uses<'a>(sdk: &'a Sdk, anchors: &[Vec<String>]) -> HashMap<&'a str, Vec<String>> {
    let mut uses: HashMap<&str, Vec<String>> = HashMap::new();
    for (api, anchors) in sdk.apis.iter().zip(anchors) {
        for (operation, anchor) in api.operations.iter().zip(anchors) {
            let mut models = BTreeSet::new();
            visit_types(operation, &mut |model| {
                models.insert(model);
            });
            for model in models {
                let label = cell::span(&format!("{}::{}", api.name, operation.method));
                let link = format!("[{label}]({}.md#{anchor})", api.name);
                uses.entry(model).or_default().push(link);
            }
        }
    }
    uses
}

/// Calls `visit` with the models of the parameters, the body and the successes. Errors are left
/// out: most operations have the same.
fn visit_types<'a>(operation: &'a Operation, visit: &mut impl FnMut(&'a str)) {
    let successes = operation.responses.iter().filter(|response| response.status.is_success());
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let body = operation.body.iter().map(|body| &body.ty);
    for ty in parameters.chain(body).chain(successes.filter_map(|response| response.ty.as_ref())) {
        ty.visit_models(visit);
    }
}

/// The anchors that GitHub gives to headings, in the page's order: in lower case, without
/// punctuation, and with a number from the second of a kind on.
pub(super) fn anchors<'a>(headings: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    headings
        .map(|heading| {
            let kept =
                heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
            let anchor = kept.collect::<String>().to_lowercase().replace(' ', "-");
            let count = seen.entry(anchor.clone()).or_default();
            *count += 1;
            if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
        })
        .collect()
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
