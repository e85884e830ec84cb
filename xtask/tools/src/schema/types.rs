//! What of Rust's syntax the types of the configuration consist of.

use serde_json::{Value, json};
use syn::{Attribute, Expr, ExprLit, GenericArgument, Lit, Meta, PathArguments, Type};

/// The type of a field.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Field {
    /// `bool`, `u32`, a string, or anything.
    Plain(&'static str),
    /// `Option<T>`
    Optional(Box<Field>),
    /// `Vec<T>`
    List(Box<Field>),
    /// A map from texts.
    Map(Box<Field>),
    /// Another type of the configuration.
    Named(String),
}

/// The type that a field has; none for one that no field of the configuration has had before.
pub(super) fn of(ty: &Type) -> Option<Field> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let arguments: Vec<&Type> = match &last.arguments {
        PathArguments::AngleBracketed(list) => list
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let first = path.path.segments.first()?.ident.to_string();
    let name = last.ident.to_string();
    match (name.as_str(), arguments.as_slice()) {
        ("String" | "PathBuf", []) => Some(Field::Plain("string")),
        ("bool", []) => Some(Field::Plain("boolean")),
        ("u32" | "u64", []) => Some(Field::Plain("integer")),
        ("Value", []) if first == "toml" => Some(Field::Plain("")),
        ("Option", [inner]) => Some(Field::Optional(Box::new(of(inner)?))),
        ("Vec", [inner]) => Some(Field::List(Box::new(of(inner)?))),
        ("BTreeMap" | "IndexMap", [_, inner]) => Some(Field::Map(Box::new(of(inner)?))),
        (_, []) => Some(Field::Named(name)),
        _ => None,
    }
}

impl Field {
    pub(super) fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// The schema of its values; the names of types that it refers to are added to `wanted`.
    pub(super) fn schema(&self, wanted: &mut Vec<String>) -> Value {
        match self {
            Self::Plain("") => json!({}),
            Self::Plain("integer") => json!({ "type": "integer", "minimum": 0 }),
            Self::Plain(name) => json!({ "type": name }),
            Self::Optional(inner) => inner.schema(wanted),
            Self::List(inner) => json!({ "type": "array", "items": inner.schema(wanted) }),
            Self::Map(inner) => {
                json!({ "type": "object", "additionalProperties": inner.schema(wanted) })
            }
            Self::Named(name) => {
                wanted.push(name.clone());
                json!({ "$ref": format!("#/definitions/{}", name) })
            }
        }
    }
}

/// The doc comment, in one line for each paragraph.
pub(super) fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> = lines.collect();
    lines.join("\n").split("\n\n").map(|it| it.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}

/// What stands in `#[serde(..)]`, such as `default` or `rename_all = "kebab-case"`.
///
/// # Errors
///
/// What is not understood.
pub(super) fn serde_words(attributes: &[Attribute]) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    for attribute in attributes.iter().filter(|it| it.path().is_ident("serde")) {
        attribute
            .parse_nested_meta(|meta| {
                let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                match (name.as_str(), meta.input.peek(syn::Token![=])) {
                    ("default" | "deny_unknown_fields" | "skip", false) => words.push(name),
                    ("rename_all", true) => {
                        let value: syn::LitStr = meta.value()?.parse()?;
                        words.push(format!("{name} = \"{}\"", value.value()));
                    }
                    _ => return Err(meta.error("the schema knows nothing of this attribute")),
                }
                Ok(())
            })
            .map_err(|error| error.to_string())?;
    }
    Ok(words)
}

/// `EpochSeconds` is `epoch-seconds`.
pub(super) fn kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(ty: &str) -> Option<Field> {
        of(&syn::parse_str(ty).unwrap())
    }

    #[test]
    fn types_are_told_apart() {
        let text = || Box::new(Field::Plain("string"));
        assert_eq!(field("Option<String>"), Some(Field::Optional(text())));
        assert_eq!(field("Vec<PathBuf>"), Some(Field::List(text())));
        assert_eq!(field("indexmap::IndexMap<String, String>"), Some(Field::Map(text())));
        assert_eq!(field("toml::Value"), Some(Field::Plain("")));
        assert_eq!(field("Retry"), Some(Field::Named("Retry".to_owned())));
        assert_eq!(field("(u32, u32)"), None);
        assert_eq!(field("HashMap<u8, String>"), None);
    }

    #[test]
    fn an_unknown_attribute_is_refused() {
        let item: syn::ItemStruct = syn::parse_str("#[serde(flatten)] struct A;").unwrap();
        assert!(serde_words(&item.attrs).unwrap_err().contains("knows nothing of this attribute"));
    }

    #[test]
    fn names_of_values_are_in_kebab_case() {
        assert_eq!(kebab_case("EpochSeconds"), "epoch-seconds");
        assert_eq!(kebab_case("Link"), "link");
    }
}
