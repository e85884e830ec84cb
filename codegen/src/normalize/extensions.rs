//! The extensions that normalizing makes. What they hold is said in the documentation of [`super`].

use indexmap::IndexMap;
use serde_json::Value;

/// How the extensions start.
const PREFIX: &str = "x-codegen-";

/// The extensions, without what they start with.
const NAMES: [&str; 37] = [
    "additional-items",
    "const",
    "contains",
    "content-encoding",
    "content-media-type",
    "content-schema",
    "default-mapping",
    "dependent-required",
    "dependent-schemas",
    "else",
    "examples",
    "exclusive-maximum",
    "exclusive-minimum",
    "explode",
    "format",
    "identifier",
    "if",
    "kind",
    "max-contains",
    "maximum",
    "min-contains",
    "minimum",
    "multiple-of",
    "mutual-tls",
    "name",
    "never",
    "null",
    "parent",
    "pattern-properties",
    "prefix-items",
    "property-names",
    "summary",
    "then",
    "unevaluated-items",
    "unevaluated-properties",
    "webhooks",
    "xml",
];

/// Whether a key is that of an extension which would be taken for one of ours.
pub fn is_own(key: &str) -> bool {
    key.strip_prefix(PREFIX).is_some_and(|name| NAMES.contains(&name))
}

/// The text of an extension, where it is there and not blank.
pub fn text(extensions: &IndexMap<String, Value>, key: &str) -> Option<String> {
    let text = extensions.get(key)?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}
