//! Expressions for values that hold others.

use serde_json::Value;

use super::{Examples, scalar};
use crate::ir::{Field, Model, ModelKind, Object, Presence, TaggedUnion, Type, UntaggedUnion};
use crate::render::{multipart, rust};

/// How deep an example goes into models.
const DEPTH: usize = 4;

/// How many items of a list, or optional fields of a model, an example shows.
const BREADTH: usize = 4;

/// How many values an example has at most, since required fields multiply with each level.
const MOST_VALUES: usize = 200;

/// How many types are compared with a value to find those that fit, since alternatives multiply, too.
const MOST_LOOKS: usize = 5_000;

impl Examples<'_> {
    /// An expression of exactly that type. Where no typed one can be made, the JSON text is read.
    pub fn exact(&self, ty: &Type, example: Option<&Value>) -> String {
        self.expression(ty, example, true)
    }

    /// An expression that `Into` makes a value of that type of.
    pub fn loose(&self, ty: &Type, example: Option<&Value>) -> String {
        self.expression(ty, example, false)
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
        given.into_iter().map(|item| self.expression(ty, item, exact)).collect()
    }

    /// Whether a form of that type is given as a model.
    pub(super) fn is_form(&self, ty: &Type) -> bool {
        multipart::is_model(&|name| self.models.get(name).copied(), ty)
    }

    fn expression(&self, ty: &Type, example: Option<&Value>, exact: bool) -> String {
        self.typed(ty, example, exact).unwrap_or_else(|| from_json(example))
    }

    /// An expression that tells its type; none where the value has to be read from its JSON text.
    pub(super) fn typed(&self, ty: &Type, example: Option<&Value>, exact: bool) -> Option<String> {
        self.looks_left.set(MOST_LOOKS);
        let mut writer = Writer { examples: self, left: MOST_VALUES, names_models: false };
        let value = writer.value(ty, example, exact, 0)?;
        self.names_models.set(self.names_models.get() || writer.names_models);
        Some(value)
    }

    /// Whether a JSON value can be read as that type, as far as its outside tells; and how many
    /// of its properties the type does not know. `depth` counts the types looked through.
    fn mismatch(&self, ty: &Type, value: &Value, depth: usize) -> Option<usize> {
        let looks_left = self.looks_left.get().checked_sub(1)?;
        self.looks_left.set(looks_left);
        let fits = match (ty, value) {
            _ if depth > DEPTH => false,
            (Type::Model(name), _) => {
                let model = self.models.get(name.as_str())?;
                return self.model_mismatch(model, value, depth + 1);
            }
            (Type::Nullable(_), Value::Null) | (Type::Any, _) => true,
            (Type::Nullable(inner), _) => return self.mismatch(inner, value, depth + 1),
            (Type::String | Type::Date | Type::DateTime, Value::String(_)) => true,
            (Type::Boolean, Value::Bool(_)) => true,
            (Type::Int32 | Type::Int64, _) => value.is_i64(),
            (Type::UInt64, _) => value.is_u64(),
            (Type::Double, Value::Number(_)) => true,
            (Type::Array(item), Value::Array(items)) => {
                items.iter().all(|it| self.mismatch(item, it, depth + 1).is_some())
            }
            (Type::Map(_), Value::Object(_)) => true,
            _ => false,
        };
        fits.then_some(0)
    }

    fn model_mismatch(&self, model: &Model, value: &Value, depth: usize) -> Option<usize> {
        let fits = match &model.kind {
            ModelKind::Alias(ty) => return self.mismatch(ty, value, depth),
            ModelKind::StringEnum(_) => value.is_string(),
            ModelKind::IntegerEnum(_) => value.is_i64(),
            ModelKind::Object(object) => {
                let properties = value.as_object()?;
                let is_there = |field: &&Field| properties.contains_key(&field.name);
                let required = object.fields_that_are(Presence::Required);
                let known = object.fields.iter().filter(is_there).count();
                return required.iter().all(is_there).then(|| properties.len() - known);
            }
            ModelKind::TaggedUnion(union) => value.get(&union.property).is_some(),
            ModelKind::UntaggedUnion(union) => {
                union.variants.iter().any(|it| self.mismatch(&it.ty, value, depth).is_some())
            }
        };
        fits.then_some(0)
    }
}

/// Writes one example.
struct Writer<'e> {
    examples: &'e Examples<'e>,
    /// How many values it may still have.
    left: usize,
    /// Whether it names a model.
    names_models: bool,
}

impl Writer<'_> {
    fn value(
        &mut self,
        ty: &Type,
        example: Option<&Value>,
        exact: bool,
        depth: usize,
    ) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        match ty {
            Type::String => Some(scalar::string(example, exact)),
            Type::Boolean => Some(example.and_then(Value::as_bool).unwrap_or(true).to_string()),
            Type::Int32 | Type::Int64 | Type::UInt64 => Some(scalar::integer(ty, example, exact)),
            Type::Double => Some(scalar::float(example)),
            Type::Date => Some(scalar::date(example)),
            Type::DateTime => Some(scalar::timestamp(example)),
            Type::File => {
                let library = &self.examples.library;
                Some(format!("{library}::runtime::FilePart::new(\"file\", \"content\")"))
            }
            Type::Any => Some(scalar::json(example)),
            Type::Binary | Type::Custom(_) => None,
            Type::Array(item) => self.list(item, example, depth),
            Type::Map(value) => self.map(value, example, depth),
            Type::Nullable(inner) => match example {
                Some(Value::Null) => Some("None".to_owned()),
                _ => Some(format!("Some({})", self.value(inner, example, true, depth)?)),
            },
            Type::Model(name) => {
                let model = *self.examples.models.get(name.as_str())?;
                self.model(model, example, exact, depth)
            }
        }
    }

    fn list(&mut self, item: &Type, example: Option<&Value>, depth: usize) -> Option<String> {
        if depth >= DEPTH {
            return Some("vec![]".to_owned());
        }
        let items = match example {
            Some(Value::Array(items)) => items.iter().take(BREADTH).map(Some).collect(),
            _ => vec![None],
        };
        let items: Option<Vec<String>> =
            items.into_iter().map(|example| self.value(item, example, true, depth + 1)).collect();
        Some(format!("vec![{}]", items?.join(", ")))
    }

    fn map(&mut self, value: &Type, example: Option<&Value>, depth: usize) -> Option<String> {
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
        &mut self,
        model: &Model,
        example: Option<&Value>,
        exact: bool,
        depth: usize,
    ) -> Option<String> {
        let example = example.or(model.example.as_ref());
        if let ModelKind::Alias(ty) = &model.kind {
            return self.value(ty, example, exact, depth);
        }
        self.names_models = true;
        let path = format!("models::{}", model.name);
        match &model.kind {
            ModelKind::Alias(_) => None,
            ModelKind::StringEnum(values) => Some(scalar::string_variant(&path, values, example)),
            ModelKind::IntegerEnum(values) => Some(scalar::integer_variant(&path, values, example)),
            _ if depth >= DEPTH => None,
            ModelKind::Object(object) => self.object(&path, object, example, depth),
            ModelKind::TaggedUnion(union) => self.tagged(&path, union, example, depth),
            ModelKind::UntaggedUnion(union) => self.untagged(&path, union, example, depth),
        }
    }

    fn object(
        &mut self,
        path: &str,
        object: &Object,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<String> {
        let property = |field: &Field| example.and_then(|example| example.get(&field.name));
        let mut required = Vec::new();
        for field in object.fields_that_are(Presence::Required) {
            let example = property(field).or(field.example.as_ref());
            required.push(match &field.ty {
                Type::Nullable(inner) if field.boxed => self.end(inner, example, depth)?,
                ty => self.value(ty, example, field.boxed, depth + 1)?,
            });
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

    /// What is null at the end of a chain of models: the next one only where an example has it.
    fn end(&mut self, ty: &Type, example: Option<&Value>, depth: usize) -> Option<String> {
        if let Some(example) = example.filter(|example| !example.is_null()) {
            return Some(format!("Box::new({})", self.value(ty, Some(example), true, depth + 1)?));
        }
        let Type::Model(name) = ty else { return None };
        self.names_models = true;
        Some(format!("None::<Box<models::{name}>>"))
    }

    fn tagged(
        &mut self,
        path: &str,
        union: &TaggedUnion,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<String> {
        let tag = example.and_then(|example| example.get(&union.property)?.as_str());
        let chosen = match tag {
            Some(tag) => union.variants.iter().find(|it| it.tags.iter().any(|own| own == tag)),
            None => union.variants.first(),
        };
        let inner = self.value(&chosen?.ty, example, true, depth + 1)?;
        Some(format!("{path}::from({inner})"))
    }

    /// The variant that knows the most of the example's properties.
    fn untagged(
        &mut self,
        path: &str,
        union: &UntaggedUnion,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<String> {
        let chosen = match example {
            Some(value) => union
                .variants
                .iter()
                .filter_map(|it| Some((self.examples.mismatch(&it.ty, value, 0)?, it)))
                .min_by_key(|(mismatch, _)| *mismatch)
                .map(|(_, variant)| variant),
            None => union.variants.first(),
        };
        let Some(variant) = chosen else {
            return Some(format!("{path}::Unknown({})", scalar::json(example)));
        };
        let inner = self.value(&variant.ty, example, true, depth + 1)?;
        Some(format!("{path}::from({inner})"))
    }
}

/// The value read from its JSON text, whatever its type is.
pub(super) fn from_json(example: Option<&Value>) -> String {
    let text = example.unwrap_or(&Value::Null).to_string();
    format!("serde_json::from_str({})?", rust::string(&text))
}
