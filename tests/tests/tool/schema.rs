//! The JSON Schema of `sdk.toml` is the one that the types give, has every key that docs/configuration.md explains, and
//! fits the files that there are.

use std::fs;

use jsonschema::Validator;
use sdk_tests::folder::workspace;
use serde_json::{Value, json};

/// The files that name the schema.
const FILES: [&str; 3] = ["spec/sdk.toml", "tests/features/sdk.toml", "tests/chat/sdk.toml"];

fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).unwrap()
}

fn schema() -> Value {
    serde_json::from_str(&read("docs/sdk.schema.json")).unwrap()
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

#[test]
fn it_is_what_the_types_give() {
    let given = tools::schema::schema().unwrap();
    let mend = "make it so with `cargo xtask schema --out docs/sdk.schema.json`";
    assert!(given == read("docs/sdk.schema.json"), "docs/sdk.schema.json is out of date: {mend}");
}

#[test]
fn it_fits_the_files_which_name_it_first() {
    for file in FILES {
        let text = read(file);
        let named = text.lines().next().unwrap().strip_prefix("#:schema ").unwrap();
        let path = workspace().join(file).parent().unwrap().join(named);
        assert!(path.canonicalize().unwrap().ends_with("docs/sdk.schema.json"), "{file}");
        let table: toml::Table = text.parse().unwrap();
        let errors: Vec<String> = validator()
            .iter_errors(&serde_json::to_value(table).unwrap())
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{file}: {errors:?}");
    }
}

#[test]
fn it_refuses_what_the_generator_refuses() {
    for wrong in [
        json!({"packge": {}}),
        json!({"package": {"nmae": "x"}}),
        json!({"package": {"name": 7}}),
        json!({"retry": {"max-retries": -1}}),
        json!({"rate-limit": {"reset-format": "seconds"}}),
        json!({"paging": [{"parameter": "after"}]}),
        json!({"client": {"base-url-checks": [{"host-contains": "x"}]}}),
        json!({"nesting": {"parameters": {"filter": "round"}}}),
        json!({"rename": {"schemas": {"Pet": ["Animal"]}}}),
    ] {
        assert!(!validator().is_valid(&wrong), "{wrong} fits");
        let text = toml::to_string(&wrong).unwrap();
        assert!(toml::from_str::<codegen::config::Config>(&text).is_err(), "{text} is read");
    }
    for right in [
        json!({}),
        json!({"paging": [{"style": "link"}]}),
        json!({"nesting": {"style": "brackets"}}),
        json!({"package": {"dependencies": {"chrono": {"version": "0.4"}}}}),
    ] {
        assert!(validator().is_valid(&right), "{right} does not fit");
        let text = toml::to_string(&right).unwrap();
        toml::from_str::<codegen::config::Config>(&text).unwrap();
    }
}

/// The keys in the first column of the table in docs/configuration.md.
fn explained_keys() -> Vec<String> {
    let page = read("docs/configuration.md");
    let mut keys = Vec::new();
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.trim_start_matches("| ").split(" | ").next().unwrap();
        let mut first = String::new();
        for key in cell.split("`, `").map(|key| key.trim_matches('`')) {
            match key.strip_prefix('.') {
                Some(last) => keys.push(format!("{}.{last}", first.rsplit_once('.').unwrap().0)),
                None => {
                    first = key.to_owned();
                    keys.push(first.clone());
                }
            }
        }
    }
    keys
}

/// What the schema says of a key such as `paging[].style` or `security.SCHEME.method`, where a word in upper case stands
/// for any.
fn found<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    let mut current = schema;
    for word in key.replace(".\"SCHEMA.PROPERTY\"", ".SCHEMA").replace("[]", ".[]").split('.') {
        current = resolved(schema, current);
        current = match word {
            "[]" => current.get("items")?,
            word if word.chars().all(|c| c.is_ascii_uppercase()) => {
                current.get("additionalProperties")?
            }
            word => current.get("properties")?.get(word)?,
        };
    }
    Some(current)
}

fn resolved<'s>(schema: &'s Value, mut current: &'s Value) -> &'s Value {
    if let Some(only) = current.pointer("/allOf/0") {
        current = only;
    }
    match current.get("$ref").and_then(Value::as_str) {
        Some(target) => schema.pointer(&target[1..]).unwrap(),
        None => current,
    }
}

#[test]
fn it_has_every_key_that_is_explained() {
    let schema = schema();
    let keys = explained_keys();
    assert!(keys.len() > 60, "the table is written in another way: {keys:?}");
    for key in keys {
        assert!(found(&schema, &key).is_some(), "{key} is not in the schema");
    }
}

/// The keys of the schema, as the page writes them, with `*` for any name.
fn keys_of(schema: &Value, at: &str, current: &Value, keys: &mut Vec<String>) {
    let current = resolved(schema, current);
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    let properties = current.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        keys_of(schema, &below(name), property, keys);
    }
    if let Some(any @ Value::Object(_)) = current.get("additionalProperties") {
        keys_of(schema, &below("*"), any, keys);
    } else if let Some(items) =
        current.get("items").filter(|it| resolved(schema, it).get("properties").is_some())
    {
        keys_of(schema, &format!("{at}[]"), items, keys);
    } else if properties.is_none() {
        keys.push(at.to_owned());
    }
}

#[test]
fn every_key_of_it_is_explained() {
    let schema = schema();
    let mut keys = Vec::new();
    keys_of(&schema, "", &schema, &mut keys);
    let any_name = |key: String| -> String {
        let key = key.replace("\"SCHEMA.PROPERTY\"", "NAME");
        let is_name = |word: &str| word.chars().all(|c| c.is_ascii_uppercase());
        let words = key.split('.').map(|word| if is_name(word) { "*" } else { word });
        words.collect::<Vec<_>>().join(".")
    };
    let explained: Vec<String> = explained_keys().into_iter().map(any_name).collect();
    for key in keys {
        assert!(explained.contains(&key), "docs/configuration.md does not explain {key}");
    }
}
