//! Whole programs that call an operation.

use askama::Template;

use crate::ir::{Operation, SchemeKind, Sdk, SecurityRequirement, SecurityScheme};
use crate::render::example::{CallExample, pretty};
use crate::render::rust;

/// The base URL where the document has none that could be called.
const PLACEHOLDER_URL: &str = "https://api.example.com";

#[derive(Template)]
#[template(path = "docs/program.rs.jinja", escape = "none")]
struct Program {
    import: String,
    setters: Vec<String>,
    statements: Vec<String>,
}

/// A call with what becomes of its answer and of its errors.
#[derive(Template)]
#[template(path = "docs/call.rs.jinja", escape = "none")]
struct HandledCall<'e> {
    call: &'e str,
    variable: &'e Option<String>,
    is_paged: bool,
    is_download: bool,
    /// What an item is called and what of it is shown, where the answer is given as it comes.
    streamed: Option<(&'static str, &'static str)>,
}

/// A program that calls an operation and tells the server's refusal from other errors.
pub fn calling(
    sdk: &Sdk,
    example: &CallExample,
    operation: &Operation,
) -> Result<String, askama::Error> {
    let mut imports = vec!["Client".to_owned(), "Error".to_owned()];
    if example.names_models {
        imports.push("models".to_owned());
    }
    let mut statements = pretty(example.preparation.as_deref().unwrap_or_default());
    if !statements.is_empty() {
        statements.push(String::new());
    }
    let call = HandledCall {
        call: &example.call,
        variable: &example.variable,
        is_paged: operation.paging.is_some(),
        is_download: operation.output.is_download(),
        streamed: operation.output.stream().map(|(format, _)| format.example()),
    };
    statements.extend(pretty(&call.render()?));
    program(sdk, &imports, &operation.security, statements)
}

/// A program that makes a client and no call.
pub fn connecting(sdk: &Sdk) -> Result<String, askama::Error> {
    let statements = vec!["println!(\"{}\", client.base_url());".to_owned()];
    program(sdk, &["Client".to_owned()], &[], statements)
}

fn program(
    sdk: &Sdk,
    imports: &[String],
    security: &[Vec<SecurityRequirement>],
    statements: Vec<String>,
) -> Result<String, askama::Error> {
    let mut setters = base_url(sdk);
    setters.extend(credentials(sdk, security));
    let import = rust::import(&sdk.package.library(), imports);
    Program { import, setters, statements }.render()
}

/// The setters for the document's server, or for a placeholder.
fn base_url(sdk: &Sdk) -> Vec<String> {
    let url = sdk.servers.first().map(|server| server.url.as_str());
    let can_be_called = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['{', '}'])
    };
    let url = url.filter(can_be_called).unwrap_or(PLACEHOLDER_URL);
    let mut setters = vec![format!(".base_url({})", rust::string(url))];
    if url.starts_with("http://") {
        setters.push(".allow_http(true)".to_owned());
    }
    setters
}

/// The setters for the first alternative that needs a credential.
fn credentials(sdk: &Sdk, security: &[Vec<SecurityRequirement>]) -> Vec<String> {
    let alternative = security.first().map(Vec::as_slice).unwrap_or_default();
    let schemes = alternative.iter().filter_map(|requirement| {
        sdk.security_schemes.iter().find(|scheme| scheme.name == requirement.scheme)
    });
    let setter = |scheme: &SecurityScheme| {
        let arguments = match scheme.kind {
            SchemeKind::ApiKey { .. } => "\"YOUR_API_KEY\"",
            SchemeKind::Basic => "\"USER\", \"PASSWORD\"",
            SchemeKind::Bearer | SchemeKind::OAuth(_) => "\"YOUR_ACCESS_TOKEN\"",
            SchemeKind::Computed(_) => "",
            SchemeKind::MutualTls => return None,
        };
        Some(format!(".{}({arguments})", scheme.method))
    };
    schemes.filter_map(setter).collect()
}
