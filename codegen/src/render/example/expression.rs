//! Expressions for values of the document.

use serde_json::Value;

use super::Examples;
use crate::ir::{EnumValue, Field, Model, ModelKind, Object, Presence, Type};
use crate::render::rust;

/// How deep an example goes into models.
const DEPTH: usize = 4;

/// How many items of a list, or optional fields of a model, an example shows.
const BREADTH: usize = 4;

impl Examples<'_> {
    /// An expression of exactly that type. Where no typed one can be made, the JSON text is read.
    pub fn exact(&self, ty: &Type, example: Option<&Value>) -> String {
        self.value(ty, example, true, 0).unwrap_or_else(|| from_json(example))
    }

    /// An expression that `Into` makes a value of that type of.
    pub fn loose(&self, ty: &Type, example: Option<&Value>) -> String {
        self.value(ty, example, false, 0).unwrap_or_else(|| from_json(example))
    }

    /// Expressions for the items of a list, at least one.
    pub(super) fn items(&self, ty: &Type, example: Option<&Value>, exact: bool) -> Vec<String> {
        let given: Vec<Option<&Value>> = match example {
            Some(Value::Array(items)) if !items.is_empty() => {
                items.iter().take(BREADTH).map(Some).collect()
            }
            Some(Value::Array(_)) | None => vec![None],
            Some(single) => vec![Some(single)],
        };
        given
            .into_iter()
            .map(|item| self.value(ty, item, exact, 1).unwrap_or_else(|| from_json(item)))
            .collect()
    }

    /// Whether a type is a struct of the SDK.
    pub(super) fn is_object(&self, ty: &Type) -> bool {
        matches!(ty, Type::Model(name) if self
            .models
            .get(name.as_str())
            .is_some_and(|model| matches!(model.kind, ModelKind::Object(_))))
    }

    fn value(
        &self,
        ty: &Type,
        example: Option<&Value>,
        exact: bool,
        depth: usize,
    ) -> Option<String> {
        match ty {
            Type::String => Some(string(example, exact)),
            Type::Boolean => Some(example.and_then(Value::as_bool).unwrap_or(true).to_string()),
            Type::Int32 => Some(integer(example, i32::MIN.into(), i32::MAX.into())),
            Type::Int64 => Some(integer(example, i64::MIN, i64::MAX)),
            Type::UInt64 => Some(integer(example, 0, i64::MAX)),
            Type::Float | Type::Double => {
                Some(format!("{:?}", example.and_then(Value::as_f64).unwrap_or(1.0)))
            }
            Type::Date => Some(date(example)),
            Type::DateTime => {
                let text = example.and_then(Value::as_str).unwrap_or("2026-01-31T12:00:00Z");
                Some(format!("{}.parse::<jiff::Timestamp>()?", rust::string(text)))
            }
            Type::File => {
                Some(format!("{}::runtime::FilePart::new(\"file\", \"content\")", self.library))
            }
            Type::Binary | Type::Any | Type::Custom(_) => None,
            Type::Array(item) => {
                if depth >= DEPTH {
                    return Some("vec![]".to_owned());
                }
                let items = match example {
                    Some(Value::Array(items)) => items.iter().take(BREADTH).map(Some).collect(),
                    _ => vec![None],
                };
                let items: Option<Vec<String>> = items
                    .into_iter()
                    .map(|example| self.value(item, example, true, depth + 1))
                    .collect();
                Some(format!("vec![{}]", items?.join(", ")))
            }
            Type::Map(value) => self.map(value, example, depth),
            Type::Nullable(inner) => match example {
                Some(Value::Null) => Some("None".to_owned()),
                _ => Some(format!("Some({})", self.value(inner, example, true, depth)?)),
            },
            Type::Model(name) => self.model(self.models.get(name.as_str())?, example, exact, depth),
        }
    }

    fn map(&self, value: &Type, example: Option<&Value>, depth: usize) -> Option<String> {
        let Some(Value::Object(entries)) = example else {
            return Some("std::collections::BTreeMap::new()".to_owned());
        };
        let entries: Option<Vec<String>> = entries
            .iter()
            .take(BREADTH)
            .map(|(key, example)| {
                let value = self.value(value, Some(example), true, depth + 1)?;
                Some(format!("({}.to_owned(), {value})", rust::string(key)))
            })
            .collect();
        Some(format!("std::collections::BTreeMap::from([{}])", entries?.join(", ")))
    }

    fn model(
        &self,
        model: &Model,
        example: Option<&Value>,
        exact: bool,
        depth: usize,
    ) -> Option<String> {
        let example = example.or(model.example.as_ref());
        let path = format!("models::{}", model.name);
        match &model.kind {
            ModelKind::Alias(ty) => self.value(ty, example, exact, depth),
            ModelKind::StringEnum(values) => Some(variant(&path, values, example)),
            ModelKind::IntegerEnum(values) => Some(variant(&path, values, example)),
            _ if depth >= DEPTH => None,
            ModelKind::Object(object) => self.object(&path, object, example, depth),
            ModelKind::TaggedUnion(union) => {
                let tag = example.and_then(|example| example.get(&union.property)?.as_str());
                let chosen = match tag {
                    Some(tag) => {
                        union.variants.iter().find(|it| it.tags.iter().any(|own| own == tag))
                    }
                    None => union.variants.first(),
                };
                let inner = self.value(&chosen?.ty, example, true, depth + 1)?;
                Some(format!("{path}::from({inner})"))
            }
            ModelKind::UntaggedUnion(union) if example.is_none() => {
                let inner = self.value(&union.variants.first()?.ty, None, true, depth + 1)?;
                Some(format!("{path}::from({inner})"))
            }
            ModelKind::UntaggedUnion(_) => None,
        }
    }

    fn object(
        &self,
        path: &str,
        object: &Object,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<String> {
        let property = |field: &Field| example.and_then(|example| example.get(&field.name));
        let mut required = Vec::new();
        for field in object.fields_that_are(Presence::Required) {
            let example = property(field).or(field.example.as_ref());
            required.push(self.value(&field.ty, example, field.boxed, depth + 1)?);
        }
        let mut text = format!("{path}::new({})", required.join(", "));
        let is_shown = |field: &&Field| field.presence != Presence::Required && !field.deprecated;
        let shown = object.fields.iter().filter(is_shown);
        let shown = shown.filter_map(|field| Some((field, property(field)?)));
        for (field, example) in shown.filter(|(_, example)| !example.is_null()).take(BREADTH) {
            // The setter of a nullable property takes the value itself, or an `Option` of it.
            let is_nullable = field.presence == Presence::Nullable;
            let exact = field.boxed || is_nullable;
            if let Some(value) = self.value(&field.ty, Some(example), exact, depth + 1) {
                let value =
                    if field.boxed && is_nullable { format!("Box::new({value})") } else { value };
                text.push_str(&format!(".{}({value})", field.ident));
            }
        }
        Some(text)
    }
}

fn string(example: Option<&Value>, exact: bool) -> String {
    let text = match example {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => "value".to_owned(),
        Some(other) => other.to_string(),
    };
    let literal = rust::string(&text);
    if exact { format!("{literal}.to_owned()") } else { literal }
}

fn integer(example: Option<&Value>, least: i64, most: i64) -> String {
    let given = example.and_then(Value::as_i64).filter(|number| (least..=most).contains(number));
    given.unwrap_or(1).to_string()
}

fn date(example: Option<&Value>) -> String {
    let text = example.and_then(Value::as_str).unwrap_or_default();
    let parts: Option<Vec<u16>> = text.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year @ 1..=9999, month @ 1..=12, day @ 1..=31]) => {
            format!("jiff::civil::date({year}, {month}, {day})")
        }
        _ => "jiff::civil::date(2026, 1, 31)".to_owned(),
    }
}

fn variant(path: &str, values: &[EnumValue], example: Option<&Value>) -> String {
    let chosen = match example {
        Some(example) => values.iter().find(|value| value.value == *example),
        None => values.first(),
    };
    match (chosen, example) {
        (Some(value), _) => format!("{path}::{}", value.ident),
        (None, Some(Value::String(text))) => format!("{path}::from({})", rust::string(text)),
        (None, Some(number)) if number.is_i64() => format!("{path}::from({number})"),
        (None, _) => match values.first() {
            Some(value) => format!("{path}::{}", value.ident),
            None => format!("{path}::Unknown(Default::default())"),
        },
    }
}

/// The value read from its JSON text, whatever its type is.
fn from_json(example: Option<&Value>) -> String {
    let text = example.unwrap_or(&Value::Null).to_string();
    format!("serde_json::from_str({})?", rust::string(&text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ir::{AdditionalProperties, Package, Sdk};

    fn sdk() -> Sdk {
        let field = |name: &str, presence| Field {
            name: name.to_owned(),
            ident: name.to_owned(),
            ty: Type::String,
            boxed: false,
            presence,
            description: String::new(),
            read_only: false,
            write_only: false,
            deprecated: false,
            default: None,
            example: None,
        };
        let fields = vec![
            field("id", Presence::Required),
            field("label", Presence::Optional),
            field("note", Presence::Nullable),
        ];
        let additional = AdditionalProperties { ty: Type::Any, declared: false };
        let model = Model {
            name: "User".to_owned(),
            schema: "User".to_owned(),
            module: "user".to_owned(),
            description: String::new(),
            deprecated: false,
            example: None,
            kind: ModelKind::Object(Object { fields, additional }),
            features: Vec::new(),
            pointer: String::new(),
        };
        Sdk {
            package: Package {
                name: "my-sdk".to_owned(),
                version: "1.0.0".to_owned(),
                description: String::new(),
                license: None,
                repository: None,
            },
            title: String::new(),
            description: String::new(),
            api_version: String::new(),
            servers: Vec::new(),
            security_schemes: Vec::new(),
            apis: Vec::new(),
            models: vec![model],
            error_model: None,
        }
    }

    #[test]
    fn a_model_is_made_by_its_constructor_and_setters() {
        let sdk = sdk();
        let example = json!({"id": "1", "label": "a \"b\""});
        let expression = Examples::new(&sdk).exact(&Type::Model("User".to_owned()), Some(&example));
        assert_eq!(expression, r#"models::User::new("1").label("a \"b\"")"#);
    }

    #[test]
    fn a_nullable_property_is_given_a_value_of_its_type() {
        let sdk = sdk();
        let example = json!({"id": "1", "note": "n"});
        let expression = Examples::new(&sdk).exact(&Type::Model("User".to_owned()), Some(&example));
        assert_eq!(expression, r#"models::User::new("1").note("n".to_owned())"#);
    }

    #[test]
    fn hostile_text_stays_a_text() {
        let sdk = sdk();
        let example = json!("\"); std::process::exit(1); (\"");
        let expression = Examples::new(&sdk).loose(&Type::String, Some(&example));
        assert!(matches!(syn::parse_str(&expression), Ok(syn::Expr::Lit(_))), "{expression}");
    }

    #[test]
    fn a_value_without_a_type_is_read_from_json() {
        let sdk = sdk();
        let expression = Examples::new(&sdk).exact(&Type::Any, Some(&json!({"a": 1})));
        assert_eq!(expression, r#"serde_json::from_str("{\"a\":1}")?"#);
    }

    #[test]
    fn dates_and_numbers_are_of_their_type() {
        let sdk = sdk();
        let examples = Examples::new(&sdk);
        assert_eq!(
            examples.exact(&Type::Date, Some(&json!("2024-02-29"))),
            "jiff::civil::date(2024, 2, 29)"
        );
        assert_eq!(examples.exact(&Type::Int32, Some(&json!(99_999_999_999_i64))), "1");
        assert_eq!(examples.exact(&Type::Double, Some(&json!(3))), "3.0");
    }
}
