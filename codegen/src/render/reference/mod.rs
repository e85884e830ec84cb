//! The reference: `README.md`, a page for each API and a page for each model, as Markdown
//! with links from each to the others.

mod api_page;
mod cell;
mod links;
mod model_page;
mod program;
mod readme;
#[cfg(test)]
mod tests;

use askama::Template;

use super::example::Examples;
use crate::ir::Sdk;
use links::Links;

/// How wide a line of prose is.
const WIDTH: usize = 120;

/// `README.md`, `docs/<Api>.md` and `docs/<Model>.md`.
///
/// # Errors
///
/// A template failed.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, askama::Error> {
    let examples = Examples::new(sdk);
    let links = Links::new(sdk);
    let mut files = Vec::with_capacity(1 + sdk.apis.len() + sdk.models.len());
    files.push(("README.md".to_owned(), text(&readme::page(sdk, &examples, &links))?));
    for (index, api) in sdk.apis.iter().enumerate() {
        let page = api_page::page(sdk, &examples, &links, index, api);
        files.push((format!("docs/{}.md", api.name), text(&page)?));
    }
    for model in &sdk.models {
        let page = model_page::page(sdk, &links, model);
        files.push((format!("docs/{}", links.page(&model.name)), text(&page)?));
    }
    Ok(files)
}

/// What a template gives, with one line feed at its end.
fn text(page: &impl Template) -> Result<String, askama::Error> {
    let mut text = page.render()?;
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}
