//! Whole programs that call an operation.

use crate::ir::{Operation, SchemeKind, Sdk, SecurityRequirement, SecurityScheme};
use crate::render::example::{CallExample, pretty};
use crate::render::rust;

/// The base URL where the document has none that could be called.
const PLACEHOLDER_URL: &str = "https://api.example.com";

/// A program that calls an operation and tells the server's refusal from other errors.
pub fn calling(sdk: &Sdk, example: &CallExample, operation: &Operation) -> String {
    let preparation = example.preparation.as_deref().unwrap_or_default();
    let mut imports = vec!["Client".to_owned(), "Error".to_owned()];
    if example.names_models {
        imports.push("models".to_owned());
    }
    let mut statements = pretty(preparation);
    if !statements.is_empty() {
        statements.push(String::new());
    }
    statements.extend(pretty(&handled(example, operation)));
    program(sdk, &imports, &operation.security, &statements)
}

/// A program that makes a client and no call.
pub fn connecting(sdk: &Sdk) -> String {
    let statements = ["println!(\"{}\", client.base_url());".to_owned()];
    program(sdk, &["Client".to_owned()], &[], &statements)
}

fn program(
    sdk: &Sdk,
    imports: &[String],
    security: &[Vec<SecurityRequirement>],
    statements: &[String],
) -> String {
    let mut lines = vec![
        rust::import(&sdk.package.library(), imports),
        String::new(),
        "#[tokio::main]".to_owned(),
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        "    let client = Client::builder()".to_owned(),
    ];
    let mut setters = base_url(sdk);
    setters.extend(credentials(sdk, security));
    lines.extend(setters.into_iter().map(|setter| format!("        {setter}")));
    lines.extend(["        .build()?;".to_owned(), String::new()]);
    let indented = |line: &String| match line.is_empty() {
        true => String::new(),
        false => format!("    {line}"),
    };
    lines.extend(statements.iter().map(indented));
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    lines.join("\n")
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
            SchemeKind::MutualTls => return None,
        };
        Some(format!(".{}({arguments})", scheme.method))
    };
    schemes.filter_map(setter).collect()
}

/// The call with what becomes of its answer and of its errors.
fn handled(example: &CallExample, operation: &Operation) -> String {
    let CallExample { call, variable, .. } = example;
    let refused = "eprintln!(\"{} {:?}\", error.status(), error.message())";
    if operation.paging.is_some() {
        return format!(
            "let mut items = {call}.stream();
            while let Some(item) = items.next().await {{
                match item {{
                    Ok(item) => println!(\"{{item:?}}\"),
                    Err(Error::Api(error)) => {refused},
                    Err(error) => return Err(error.into()),
                }}
            }}"
        );
    }
    let success = match variable {
        None => "Ok(()) => println!(\"done\")".to_owned(),
        Some(variable) if operation.output.is_download() => format!(
            "Ok(mut {variable}) => {{
                while let Some(piece) = {variable}.chunk().await? {{
                    println!(\"{{}} bytes\", piece.len());
                }}
            }}"
        ),
        Some(variable) => format!("Ok({variable}) => println!(\"{{{variable}:?}}\")"),
    };
    format!(
        "match {call}.await {{
            {success},
            Err(Error::Api(error)) => {refused},
            Err(error) => return Err(error.into()),
        }}"
    )
}
