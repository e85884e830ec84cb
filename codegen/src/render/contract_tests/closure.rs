//! The closure that makes a test's call.

use super::arguments::INDENT;
use super::chain::Chain;
use crate::ir::{BodyKind, Output, StreamFormat, Type, Variant};
use crate::render::rust;

/// The closure that makes the call; what it gives can be written as JSON.
pub fn call(output: &Output, chain: &Chain) -> String {
    let parameter = "|client: &Client|";
    let rest = match output {
        Output::Variants { name, variants } => match_statement(name, variants),
        Output::Body { kind: BodyKind::Binary, .. }
        | Output::Optional { kind: BodyKind::Binary, .. } => download_statements(),
        Output::Body { kind: BodyKind::Stream(format), .. }
        | Output::Optional { kind: BodyKind::Stream(format), .. } => stream_statements(*format),
        Output::Body { ty: Type::Binary, .. } | Output::Optional { ty: Type::Binary, .. } => {
            "            Ok(String::from_utf8_lossy(&call.await?).into_owned())\n".to_owned()
        }
        _ => {
            let line = format!("let call = {parameter} {};", chain.line());
            let next_line = format!("{parameter} {};", chain.line());
            return if rust::fits(INDENT, &line) {
                line
            } else if rust::fits(INDENT + 4, &next_line) {
                format!("let call =\n        {next_line}")
            } else {
                let chain = chain.print(INDENT + 4, "", "");
                format!("let call = {parameter} {{\n        {chain}\n    }};")
            };
        }
    };
    let chain = chain.print(INDENT + 4, "let call = ", ";");
    format!(
        "let call = {parameter} {{\n        {chain}\n        async move {{\n{rest}        }}\n    }};"
    )
}

fn match_statement(name: &str, variants: &[Variant]) -> String {
    let arms: String = variants
        .iter()
        .map(|variant| match variant.ty {
            // Bytes would be written as a list of numbers.
            Some(Type::Binary) => format!(
                "                {name}::{}(body) => String::from_utf8_lossy(&body).into(),\n",
                variant.ident
            ),
            Some(_) => format!(
                "                {name}::{}(body) => serde_json::json!(body),\n",
                variant.ident
            ),
            None => {
                format!("                {name}::{} => serde_json::Value::Null,\n", variant.ident)
            }
        })
        .collect();
    format!(
        "            Ok(match call.await? {{\n{arms}                other => panic!(\"no such answer is documented: {{other:?}}\"),\n            }})\n"
    )
}

fn stream_statements(format: StreamFormat) -> String {
    let push = match format {
        // Bytes would be written as a list of numbers.
        StreamFormat::BinaryParts => {
            "    items.push(String::from_utf8_lossy(&item?.data).into_owned());"
        }
        _ if format.has_events() || format.has_parts() => "    items.push(item?.data);",
        _ => "    items.push(item?);",
    };
    let lines = [
        "let mut stream = call.await?;",
        "let mut items = Vec::new();",
        "while let Some(item) = stream.next().await {",
        push,
        "}",
        "Ok(items)",
    ];
    lines.map(|line| format!("            {line}\n")).concat()
}

fn download_statements() -> String {
    let lines = [
        "let mut download = call.await?;",
        "let mut content = Vec::new();",
        "while let Some(piece) = download.chunk().await? {",
        "    content.extend_from_slice(&piece);",
        "}",
        "Ok(String::from_utf8_lossy(&content).into_owned())",
    ];
    lines.map(|line| format!("            {line}\n")).concat()
}
