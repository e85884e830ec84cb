//! A JSON Schema of `sdk.toml`, made of the source of the types that read it: their fields are its keys, their docs what an
//! editor shows.
//!
//! Only what these types consist of is understood. Anything else is an error, which a test turns into a reminder.

mod types;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use syn::{Fields, Item, ItemEnum, ItemStruct};

use types::{docs, kebab_case, serde_words};

/// The sources of the types.
const SOURCES: [&str; 9] = [
    include_str!("../../../../codegen/src/config/mod.rs"),
    include_str!("../../../../codegen/src/config/cli.rs"),
    include_str!("../../../../codegen/src/config/client.rs"),
    include_str!("../../../../codegen/src/config/configuration.rs"),
    include_str!("../../../../codegen/src/config/layout.rs"),
    include_str!("../../../../codegen/src/config/naming.rs"),
    include_str!("../../../../codegen/src/config/nesting.rs"),
    include_str!("../../../../codegen/src/config/paging.rs"),
    include_str!("../../../../codegen/src/config/streams.rs"),
];

/// The type of the whole file.
const ROOT: &str = "Config";

/// The schema (JSON Schema, draft 7, which editors know best), pretty and with a line feed at its end.
///
/// # Errors
///
/// What of the types is not understood.
pub fn schema() -> Result<String, String> {
    let mut types = Types::default();
    for source in SOURCES {
        types.read(source)?;
    }
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sdk.toml",
    });
    let root = types.definition(ROOT)?;
    let (Value::Object(schema_map), Value::Object(root)) = (&mut schema, root) else {
        return Err(format!("`{ROOT}` is no struct"));
    };
    schema_map.extend(root);
    let mut definitions = Map::new();
    // What a definition refers to may be a new one.
    while let Some(name) = types.wanted.pop() {
        if !definitions.contains_key(&name) {
            let definition = types.definition(&name)?;
            definitions.insert(name, definition);
        }
    }
    definitions.sort_keys();
    schema_map.insert("definitions".to_owned(), Value::Object(definitions));
    Ok(format!("{schema:#}\n"))
}

/// The types by their names.
#[derive(Default)]
struct Types {
    structs: BTreeMap<String, ItemStruct>,
    enums: BTreeMap<String, ItemEnum>,
    /// What has been referred to.
    wanted: Vec<String>,
}

impl Types {
    fn read(&mut self, source: &str) -> Result<(), String> {
        let file = syn::parse_file(source).map_err(|error| error.to_string())?;
        for item in file.items {
            match item {
                Item::Struct(item) => {
                    self.structs.insert(item.ident.to_string(), item);
                }
                Item::Enum(item) => {
                    self.enums.insert(item.ident.to_string(), item);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn definition(&mut self, name: &str) -> Result<Value, String> {
        if let Some(item) = self.structs.get(name).cloned() {
            return self.object(&item);
        }
        match self.enums.get(name) {
            Some(item) => enumeration(item),
            None => Err(format!("there is no type `{name}` in codegen/src/config")),
        }
    }

    fn object(&mut self, item: &ItemStruct) -> Result<Value, String> {
        let name = &item.ident;
        let words = serde_words(&item.attrs)?;
        let has = |word: &str| words.iter().any(|it| it == word);
        if !has("deny_unknown_fields") || !has("rename_all = \"kebab-case\"") {
            return Err(format!("`{name}` does not refuse unknown keys, or is not in kebab case"));
        }
        let Fields::Named(fields) = &item.fields else {
            return Err(format!("`{name}` has no named fields"));
        };
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for field in &fields.named {
            let words = serde_words(&field.attrs)?;
            if words.iter().any(|word| word == "skip") {
                continue;
            }
            let ident = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let key = ident.replace('_', "-");
            let of = types::of(&field.ty).ok_or(format!("the type of `{name}.{ident}` is new"))?;
            let is_optional = of.is_optional() || has("default") || !words.is_empty();
            let mut property = of.schema(&mut self.wanted);
            // Draft 7 ignores what stands beside a reference.
            if property.get("$ref").is_some() {
                property = json!({ "allOf": [property] });
            }
            property["description"] = json!(docs(&field.attrs));
            properties.insert(key.clone(), property);
            if !is_optional {
                required.push(key);
            }
        }
        let mut schema = json!({
            "type": "object",
            "description": docs(&item.attrs),
            "additionalProperties": false,
            "properties": properties,
        });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        Ok(schema)
    }
}

/// The values of an enum, each with its docs for editors that use taplo.
fn enumeration(item: &ItemEnum) -> Result<Value, String> {
    if !serde_words(&item.attrs)?.iter().any(|word| word == "rename_all = \"kebab-case\"") {
        return Err(format!("`{}` is not in kebab case", item.ident));
    }
    let names: Vec<String> =
        item.variants.iter().map(|variant| kebab_case(&variant.ident.to_string())).collect();
    let docs_of: Vec<String> = item.variants.iter().map(|it| docs(&it.attrs)).collect();
    Ok(json!({
        "description": docs(&item.attrs),
        "enum": names,
        "x-taplo": { "docs": { "enumValues": docs_of } },
    }))
}
