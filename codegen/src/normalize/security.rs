//! Checks that the security schemes that are asked for are there.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::{diagnostics::Diagnostics, document::pointer};

use crate::document::structure;

/// Removes security requirements that name no scheme of the document, with a warning.
pub fn check(root: &mut Value, diagnostics: &mut Diagnostics) {
    let schemes: HashSet<String> =
        match root.get("components").and_then(|components| components.get("securitySchemes")) {
            Some(Value::Object(schemes)) => schemes.keys().cloned().collect(),
            _ => HashSet::new(),
        };
    let Value::Object(document) = root else { return };
    requirements(document, "", &schemes, diagnostics);
    let Some(Value::Object(paths)) = document.get_mut("paths") else { return };
    for (path, item) in paths {
        let found: Vec<String> = structure::operations(item).map(|found| found.at).collect();
        for within in found {
            if let Some(Value::Object(operation)) = pointer::get_mut(item, &within) {
                let at = format!("{}{within}", pointer::child("/paths", path));
                requirements(operation, &at, &schemes, diagnostics);
            }
        }
    }
}

/// Looks at the `security` of the document or of an operation.
fn requirements(
    owner: &mut Map<String, Value>,
    at: &str,
    schemes: &HashSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let Some(Value::Array(alternatives)) = owner.get_mut("security") else { return };
    let mut index = 0;
    alternatives.iter_mut().filter_map(Value::as_object_mut).for_each(name_schemes);
    alternatives.retain(|alternative| {
        let names = alternative.as_object().into_iter().flat_map(Map::keys);
        let unknown: Vec<&String> = names.filter(|name| !schemes.contains(*name)).collect();
        for name in &unknown {
            let at = pointer::child(&format!("{at}/security/{index}"), name);
            let message = format!("there is no security scheme `{name}`; this is ignored");
            diagnostics
                .warning("unknown-security-scheme", at, message)
                .help("describe it in `components.securitySchemes`");
        }
        index += 1;
        unknown.is_empty()
    });
}

/// Gives requirements that name their scheme by a URI (OpenAPI 3.2.0, section 4.30) the name of the component.
fn name_schemes(alternative: &mut Map<String, Value>) {
    const SECTION: &str = "#/components/securitySchemes/";
    if !alternative.keys().any(|name| name.contains(SECTION)) {
        return;
    }
    let named = std::mem::take(alternative).into_iter().map(|(name, scopes)| {
        let component =
            name.split_once(SECTION).map(|(_, token)| pointer::unescaped(token).into_owned());
        (component.unwrap_or(name), scopes)
    });
    *alternative = named.collect();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check;
    use crate::{diagnostics::Diagnostics, normalize::testing::document};

    #[test]
    fn a_scheme_may_be_named_by_its_uri() {
        let security = json!([{"#/components/securitySchemes/a~1b": ["x"]}, {"https://example.com/api#/components/securitySchemes/key": []}]);
        let paths = json!({"/a": {"query": {"security": security}, "additionalOperations": {"COPY": {"security": [{"gone": []}]}}}});
        let mut root = document(paths, json!({"securitySchemes": {"a/b": {}, "key": {}}}));
        let mut diagnostics = Diagnostics::new();
        check(&mut root, &mut diagnostics);
        assert_eq!(root["paths"]["/a"]["query"]["security"], json!([{"a/b": ["x"]}, {"key": []}]));
        assert_eq!(root["paths"]["/a"]["additionalOperations"]["COPY"]["security"], json!([]));
        assert_eq!(diagnostics.warnings(), 1);
    }

    #[test]
    fn requirements_without_a_scheme_are_removed() {
        let paths = json!({"/a": {"get": {"security": [{}, {"gone": []}, {"key": [], "gone": []}, {"key": []}]}}});
        let mut root = document(paths, json!({"securitySchemes": {"key": {}}}));
        let mut diagnostics = Diagnostics::new();
        check(&mut root, &mut diagnostics);
        assert_eq!(root["paths"]["/a"]["get"]["security"], json!([{}, {"key": []}]));
        let places: Vec<_> = diagnostics.iter().filter_map(|it| it.pointer.as_deref()).collect();
        assert_eq!(places, ["/paths/~1a/get/security/1/gone", "/paths/~1a/get/security/2/gone"]);
    }
}
