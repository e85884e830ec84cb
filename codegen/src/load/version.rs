//! Tells an OpenAPI 3 document from everything else.

use serde_json::Value;

use crate::diagnostics::Diagnostics;

/// Checks that a value is an OpenAPI 3 document; `None` after an error has been reported.
pub fn check(root: &Value, diagnostics: &mut Diagnostics) -> Option<()> {
    let Value::Object(map) = root else {
        diagnostics
            .error(
                "not-openapi",
                String::new(),
                "this is not an OpenAPI document: it is not a mapping",
            )
            .help("an OpenAPI document is an object with the keys `openapi`, `info` and `paths`");
        return None;
    };
    if let Some(version) = map.get("swagger") {
        let version = text_of(version);
        let pointer = "/swagger".to_owned();
        diagnostics
            .error("swagger-2", pointer, format!("this is a Swagger {version} document"))
            .help("convert it to OpenAPI 3 first, for example with `npx swagger2openapi` or https://converter.swagger.io");
        return None;
    }
    let Some(version) = map.get("openapi") else {
        let other =
            ["asyncapi", "arazzo", "overlay"].into_iter().find(|key| map.contains_key(*key));
        let message = match other {
            Some(key) => {
                format!("this is not an OpenAPI document but one of another kind: `{key}`")
            }
            None => "this is not an OpenAPI document: it has no `openapi` version".to_owned(),
        };
        diagnostics
            .error("not-openapi", String::new(), message)
            .help("an OpenAPI document starts with `openapi: 3.0.3` or `openapi: 3.1.0`");
        return None;
    };
    let version = text_of(version);
    let pointer = "/openapi".to_owned();
    let is_known = ["3.0", "3.1", "3.2"].iter().any(|known| version.starts_with(known));
    if version == "3" || is_known {
        return Some(());
    }
    if version.starts_with("3.") {
        diagnostics
            .warning(
                "newer-version",
                pointer,
                format!("OpenAPI {version} is read as if it were 3.2"),
            )
            .help("what 3.2 does not have is reported where it stands");
        return Some(());
    }
    diagnostics
        .error("unsupported-version", pointer, format!("OpenAPI `{version}` is not supported"))
        .help("the versions 3.0, 3.1 and 3.2 are");
    None
}

/// A scalar as text.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
