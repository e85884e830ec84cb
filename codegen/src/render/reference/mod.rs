//! The reference: `README.md`, a page for each API and a page for each module of models, as
//! Markdown with links from each to the others.

mod api_page;
mod links;
mod models_page;
mod program;
mod readme;
#[cfg(test)]
mod tests;

use askama::Template;
use indexmap::IndexMap;

use super::example::Examples;
use crate::ir::{Model, Sdk};
use links::Links;

/// How wide a line of prose is.
const WIDTH: usize = 120;

/// `README.md`, `docs/<Api>.md` and `docs/models/<module>.md`.
///
/// # Errors
///
/// A template failed.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, askama::Error> {
    let examples = Examples::new(sdk);
    let modules = modules(sdk);
    let links = Links::new(sdk, &modules);
    let mut files = Vec::with_capacity(1 + sdk.apis.len() + modules.len());
    files.push(("README.md".to_owned(), text(&readme::page(sdk, &examples, &links)?)?));
    for (index, api) in sdk.apis.iter().enumerate() {
        let page = api_page::page(sdk, &examples, &links, index, api)?;
        files.push((format!("docs/{}.md", api.page()), text(&page)?));
    }
    for (module, models) in &modules {
        let page = models_page::page(sdk, &links, module, models);
        files.push((format!("docs/models/{module}.md"), text(&page)?));
    }
    Ok(files)
}

/// The models of each module, in the document's order.
fn modules(sdk: &Sdk) -> IndexMap<&str, Vec<&Model>> {
    let mut modules: IndexMap<&str, Vec<&Model>> = IndexMap::new();
    for model in &sdk.models {
        modules.entry(&model.module).or_default().push(model);
    }
    modules
}

/// What a template gives, with one line feed at its end.
fn text(page: &impl Template) -> Result<String, askama::Error> {
    let mut text = page.render()?;
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}
