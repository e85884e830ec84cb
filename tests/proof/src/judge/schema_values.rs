//! Values made of a schema, with all that it asks for.

use serde_json::{Map, Number, Value, json};

use super::sample_texts;
use super::schema_nodes::SchemaNode;
use crate::validity::is_valid;
use codegen::render::samples::Sender;

/// How deep an object has properties that it need not have.
const FULL_DEPTH: usize = 1;

/// How deep schemas are followed. One that requires itself has no finite value.
const DEPTH: usize = 16;

/// The keywords that a text or a number is judged by.
const LEAF_KEYWORDS: [&str; 14] = [
    "type",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "enum",
    "const",
    "nullable",
    "not",
];

/// How many alternatives of a `oneOf` or `anyOf` are tried.
const ALTERNATIVES: usize = 16;

/// Values of the schema at a place, one for each alternative that it has. They may still break
/// what is not looked at, such as that exactly one alternative fits.
pub fn values(schema: &SchemaNode<'_>, sender: Sender) -> impl Iterator<Item = Value> {
    (0..ALTERNATIVES).filter_map(move |alternative| Maker { sender, alternative }.made(schema, 0))
}

/// Makes values.
#[derive(Clone, Copy)]
struct Maker {
    sender: Sender,
    /// Which alternative is taken, wherever there are so many.
    alternative: usize,
}

impl Maker {
    /// A value of a schema; none where there is no finite one, or none that is found.
    fn made(self, schema: &SchemaNode<'_>, depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        let fields = self.merged(schema)?;
        if let Some(value) = fields.own.get("const") {
            return Some(value.clone());
        }
        let examples = fields.own.get("examples").and_then(Value::as_array).into_iter().flatten();
        let examples = fields.own.get("example").into_iter().chain(examples);
        let values = fields.own.get("enum").and_then(Value::as_array).into_iter().flatten();
        let candidates = examples.chain(fields.own.get("default")).chain(values);
        let leaf = leaf(&fields.own);
        match kind(&fields) {
            "object" => self.object(&fields, depth),
            "array" => {
                let count = fields.own.get("minItems").and_then(Value::as_u64).unwrap_or(1).max(1);
                let item = match &fields.items {
                    Some(items) => self.made(items, depth + 1)?,
                    None => json!("text"),
                };
                Some(Value::Array(vec![item; usize::try_from(count).ok()?]))
            }
            "boolean" => Some(json!(true)),
            "null" => Some(Value::Null),
            kind => candidates
                .filter(|value| !value.is_null())
                .cloned()
                .chain(scalars(kind, &fields.own))
                .find(|value| is_valid(schema.document, &leaf, value)),
        }
    }

    /// An object with the properties that it must have, and near the top all others, too.
    fn object(self, fields: &Merged<'_>, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        for (name, property) in &fields.properties {
            let is_required = fields.required.contains(name);
            let other_direction = match self.sender {
                Sender::Client => "readOnly",
                Sender::Server => "writeOnly",
            };
            let is_for_other = property.value[other_direction] == true;
            if is_for_other || !is_required && depth >= FULL_DEPTH {
                continue;
            }
            let tag = fields.tags.get(name).cloned();
            match tag.or_else(|| self.made(property, depth + 1)) {
                Some(value) => members.insert(name.clone(), value),
                None if is_required => return None,
                None => None,
            };
        }
        for name in &fields.required {
            if !members.contains_key(name) && !fields.properties.iter().any(|it| it.0 == *name) {
                let value = match &fields.additional {
                    Some(additional) => self.made(additional, depth + 1)?,
                    None => json!("text"),
                };
                members.insert(name.clone(), value);
            }
        }
        if let (true, Some(additional)) = (members.is_empty(), &fields.additional) {
            members.insert("key".to_owned(), self.made(additional, depth + 1)?);
        }
        Some(Value::Object(members))
    }

    fn merged<'d>(self, schema: &SchemaNode<'d>) -> Option<Merged<'d>> {
        let mut all = Merged::default();
        self.merge(schema, &mut all, DEPTH)?;
        Some(all)
    }

    /// Takes a schema in, with its parts first, so that its own keywords win.
    fn merge<'d>(self, schema: &SchemaNode<'d>, all: &mut Merged<'d>, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let Some(fields) = schema.value.as_object() else { return Some(()) };
        if let Some(parts) = schema.child("allOf") {
            for index in 0..parts.value.as_array().map_or(0, Vec::len) {
                self.merge(&parts.child(&index.to_string())?, all, depth)?;
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(alternatives) = schema.child(keyword) else { continue };
            let count = alternatives.value.as_array().map_or(0, Vec::len);
            let index = self.alternative.min(count.saturating_sub(1));
            if let Some(chosen) = alternatives.child(&index.to_string()) {
                self.merge(&chosen, all, depth)?;
                name_variant(schema, &schema.value[keyword][index], all);
            }
        }
        let properties = schema.child("properties");
        let names = fields.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (name, _) in names {
            let place = properties.as_ref().and_then(|properties| properties.child(name))?;
            all.properties.retain(|property| property.0 != *name);
            all.properties.push((name.clone(), place));
        }
        let required = fields.get("required").and_then(Value::as_array).into_iter().flatten();
        all.required.extend(required.filter_map(|name| Some(name.as_str()?.to_owned())));
        if let Some(items) = schema.child("items") {
            all.items = Some(items);
        }
        if let Some(additional) =
            schema.child("additionalProperties").filter(|it| it.value.is_object())
        {
            all.additional = Some(additional);
        }
        all.own.extend(fields.iter().map(|(key, value)| (key.clone(), value.clone())));
        Some(())
    }
}

/// A schema with its `allOf` and one of its alternatives taken in.
#[derive(Default)]
struct Merged<'d> {
    own: Map<String, Value>,
    tags: Map<String, Value>,
    properties: Vec<(String, SchemaNode<'d>)>,
    required: Vec<String>,
    items: Option<SchemaNode<'d>>,
    additional: Option<SchemaNode<'d>>,
}

/// Notes the value that the discriminator has for an alternative.
fn name_variant(schema: &SchemaNode<'_>, alternative: &Value, all: &mut Merged<'_>) {
    let discriminator = &schema.value["discriminator"];
    let Some(property) = discriminator["propertyName"].as_str() else { return };
    let Some(target) = alternative["$ref"].as_str() else { return };
    let mapping = discriminator["mapping"].as_object();
    let mapped = mapping.and_then(|it| it.iter().find(|(_, mapped)| *mapped == target));
    let name = mapped.map_or(target.rsplit('/').next().unwrap_or_default(), |(tag, _)| tag);
    all.tags.insert(property.to_owned(), Value::from(name));
}

fn kind(fields: &Merged<'_>) -> &'static str {
    let types = fields.own.get("type");
    let list = types.and_then(Value::as_array).into_iter().flatten();
    let names = types.into_iter().chain(list).filter_map(Value::as_str);
    let known = ["object", "array", "boolean", "integer", "number", "string"];
    let found = names.into_iter().find_map(|name| known.into_iter().find(|known| *known == name));
    match found {
        Some(kind) => kind,
        None if !fields.properties.is_empty() || fields.additional.is_some() => "object",
        None if fields.items.is_some() => "array",
        None => "string",
    }
}

fn leaf(own: &Map<String, Value>) -> Map<String, Value> {
    let is_leaf = |key: &str| LEAF_KEYWORDS.contains(&key);
    let kept = own.iter().filter(|(key, _)| is_leaf(key));
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Texts or numbers, one of which may be valid.
fn scalars(kind: &str, own: &Map<String, Value>) -> Vec<Value> {
    if kind == "string" {
        let pattern = own.get("pattern").and_then(Value::as_str).and_then(sample_texts::matching);
        let length = own.get("minLength").and_then(Value::as_u64).unwrap_or_default();
        let length = usize::try_from(length).unwrap_or_default();
        let mut found: Vec<Value> = sample_texts::SAMPLES.map(Value::from).into();
        found.extend(pattern.map(Value::from));
        found.push(Value::from("a".repeat(length.max(1))));
        return found;
    }
    let bounds = ["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"];
    let bounds = bounds.iter().filter_map(|key| own.get(*key)?.as_f64());
    let numbers = [1.0, 0.0, -1.0, 100.0].into_iter();
    let numbers = numbers.chain(bounds.flat_map(|bound| [bound, bound + 1.0, bound - 1.0]));
    let number = |number: f64| match number.fract() == 0.0 && number.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
        true => Some(Value::from(number as i64)),
        false => Number::from_f64(number).map(Value::Number),
    };
    numbers.filter_map(number).collect()
}
