//! The documents, by kind.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// A document in memory.
pub struct Document {
    /// What is large about it.
    pub kind: &'static str,
    /// How the file ends.
    extension: &'static str,
    text: String,
}

impl Document {
    /// Writes the document into a folder.
    pub fn write(&self, folder: &Path) -> PathBuf {
        let path = folder.join(format!("api.{}", self.extension));
        fs::write(&path, &self.text).unwrap();
        path
    }
}

/// A kind of documents.
pub struct Kind {
    /// What is large about them.
    pub name: &'static str,
    /// Makes one of a size.
    pub make: fn(&'static str, usize) -> Document,
    /// The size for a debug build.
    pub small: usize,
    /// The size of `docs/reliability.md`.
    pub full: usize,
    /// The limit that the small size exceeds: the code, and words of the message.
    pub limit: Option<(&'static str, &'static str)>,
}

const fn kind(
    name: &'static str,
    make: fn(&'static str, usize) -> Document,
    small: usize,
    full: usize,
) -> Kind {
    Kind { name, make, small, full, limit: None }
}

const fn limited(mut kind: Kind, code: &'static str, words: &'static str) -> Kind {
    kind.limit = Some((code, words));
    kind
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    kind("a chain of references", references, 3_000, 20_000),
    kind("a chain of references to a parameter", parameter_references, 3_000, 20_000),
    kind("a ring of objects", ring, 3_000, 20_000),
    kind("a chain of lists in a union", lists, 3_000, 20_000),
    kind("a ring of unions", unions, 3_000, 20_000),
    kind("enum values whose names collide", colliding_values, 4_000, 50_000),
    kind("properties whose names collide", colliding_properties, 4_000, 20_000),
    kind("an enum", values, 10_000, 1_000_000),
    kind("schemas that refer to each other", all_refer, 60, 300),
    kind("alternatives that refer to each other", all_alternatives, 60, 250),
    kind("subtypes of a base", subtypes, 500, 2_000),
    kind("mapped subtypes of a base", mapped_subtypes, 500, 5_000),
    kind("alternatives", alternatives, 500, 3_000),
    kind("operations", operations, 1_000, 100_000),
    kind("tags", tags, 300, 20_000),
    kind("tags that reach the same models", tags_of_models, 200, 2_000),
    kind("operations with bodies of several media types", media_types, 300, 8_000),
    kind("required properties that double", doubling_values, 22, 24),
    kind("alternatives that double", doubling_alternatives, 22, 24),
    kind("server variables", server_variables, 28, 28),
    kind("warnings", warnings, 3_000, 100_000),
    kind("warnings on one line", warnings_on_a_line, 3_000, 50_000),
    kind("operations that share an example", shared_example, 200, 5_000),
    limited(
        kind("schemas that each extend the one before", extending, 2_000, 5_000),
        "too-deep-inheritance",
        "at most 64 are followed",
    ),
    limited(
        kind("schemas that extend one with many properties", extending_one, 520, 2_000),
        "too-many-parts",
        "250000 properties",
    ),
    limited(
        kind("a URL with a long variable", long_url, 2_000, 1_000_000),
        "too-long-url",
        "8192 bytes",
    ),
    limited(
        kind("schemas below a long key", long_key, 300_000, 1_000_000),
        "too-long-keys",
        "268435456 bytes",
    ),
    limited(kind("aliases of a string", aliases, 100, 3_000), "invalid-yaml", "33554432 bytes"),
    limited(
        kind("operations with a shared description", shared_text, 7_000, 50_000),
        "too-much-text",
        "33554432 bytes",
    ),
];

/// A document with these paths and components.
fn document(kind: &'static str, paths: Value, components: Value) -> Document {
    let text = json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": components
    });
    Document { kind, extension: "json", text: text.to_string() }
}

/// A document with these schemas, the first of which an operation sends and receives.
fn schemas(kind: &'static str, schemas: Map<String, Value>) -> Document {
    let first = schemas.keys().next().map(|name| reference(name));
    let content = json!({"application/json": {"schema": first}});
    let paths = json!({"/a": {"post": {
        "operationId": "send",
        "requestBody": {"required": true, "content": content},
        "responses": {"200": {"description": "ok", "content": content}}
    }}});
    document(kind, paths, json!({"schemas": schemas}))
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn numbered(count: usize, value: impl Fn(usize) -> Value) -> Map<String, Value> {
    (0..count).map(|number| (format!("S{number}"), value(number))).collect()
}

fn object(property: &str, value: Value) -> Value {
    json!({"type": "object", "properties": {property: value}})
}

fn string() -> Value {
    json!({"type": "string"})
}

/// A key of so many letters, below which a thousand and some schemas refer to another.
fn long_key(kind: &'static str, length: usize) -> Document {
    let below = json!({"type": "object", "properties": numbered(3_000, |_| reference("T"))});
    let long = object(&"k".repeat(length), below);
    let named = [("S".to_owned(), long), ("T".to_owned(), object("a", string()))];
    schemas(kind, named.into_iter().collect())
}

/// Parameters of one path that nobody declares: each problem could repeat the path.
pub fn undeclared_parameters(kind: &'static str, count: usize) -> Document {
    let path: String = (0..count).map(|number| format!("/{{p{number}}}")).collect();
    let operation = json!({"get": {"responses": {"200": {"description": "ok"}}}});
    document(kind, json!({path: operation}), json!({}))
}

/// Operations that share an example of 5 KB.
fn shared_example(kind: &'static str, count: usize) -> Document {
    let item = |number| json!({"id": number, "name": "a name", "note": "x".repeat(30)});
    let example = json!({"items": (0..70).map(item).collect::<Vec<_>>()});
    let operation = json!({
        "requestBody": {"$ref": "#/components/requestBodies/B"},
        "responses": {"200": {"description": "ok"}}
    });
    let paths = (0..count).map(|number| (format!("/a{number}"), json!({"post": operation})));
    let content = json!({"application/json": {"schema": {"type": "object"}, "example": example}});
    let paths: Map<String, Value> = paths.collect();
    document(kind, paths.into(), json!({"requestBodies": {"B": {"content": content}}}))
}

/// Names that differ in signs only, so that all become the same identifier.
fn colliding(number: usize) -> String {
    let signs = format!("{number:b}").replace('0', "-").replace('1', ".");
    format!("a{signs}")
}

fn paths(count: usize, operation: impl Fn(usize) -> Value) -> Value {
    let paths = (0..count).map(|number| {
        let mut operation = operation(number);
        operation["operationId"] = json!(format!("op{number}"));
        (format!("/a{number}"), json!({"post": operation}))
    });
    Value::Object(paths.collect())
}

fn empty_answer() -> Value {
    json!({"204": {"description": "done"}})
}

fn references(kind: &'static str, count: usize) -> Document {
    let mut all = numbered(count, |number| reference(&format!("S{}", number + 1)));
    all.insert(format!("S{count}"), object("a", string()));
    schemas(kind, all)
}

fn parameter_references(kind: &'static str, count: usize) -> Document {
    let name = |number: usize| json!({"$ref": format!("#/components/parameters/S{number}")});
    let mut all = numbered(count, |number| name(number + 1));
    all.insert(format!("S{count}"), json!({"name": "q", "in": "query", "schema": string()}));
    let operation = |_| json!({"parameters": [name(0)], "responses": empty_answer()});
    document(kind, paths(count / 100, operation), json!({"parameters": all}))
}

fn ring(kind: &'static str, count: usize) -> Document {
    let next = |number: usize| reference(&format!("S{}", (number + 1) % count));
    schemas(kind, numbered(count, |number| object("next", next(number))))
}

fn lists(kind: &'static str, count: usize) -> Document {
    let list =
        |number: usize| json!({"type": "array", "items": reference(&format!("S{}", number + 1))});
    let mut all =
        Map::from_iter([("U".to_owned(), json!({"oneOf": [reference("S0"), reference("S1")]}))]);
    all.extend(numbered(count, list));
    all.insert(format!("S{count}"), object("a", string()));
    schemas(kind, all)
}

fn unions(kind: &'static str, count: usize) -> Document {
    let next = |number: usize| reference(&format!("S{}", (number + 1) % count));
    schemas(kind, numbered(count, |number| json!({"oneOf": [next(number), object("a", string())]})))
}

fn colliding_values(kind: &'static str, count: usize) -> Document {
    let values: Vec<String> = (0..count).map(colliding).collect();
    schemas(kind, numbered(1, |_| json!({"type": "string", "enum": values})))
}

fn colliding_properties(kind: &'static str, count: usize) -> Document {
    let properties: Map<String, Value> = (0..count).map(|it| (colliding(it), string())).collect();
    schemas(kind, numbered(1, |_| json!({"type": "object", "properties": properties})))
}

fn values(kind: &'static str, count: usize) -> Document {
    let values: Vec<String> = (0..count).map(|number| format!("v{number}")).collect();
    schemas(kind, numbered(1, |_| json!({"type": "string", "enum": values})))
}

fn all_refer(kind: &'static str, count: usize) -> Document {
    let properties = numbered(count, |number| reference(&format!("S{number}")));
    schemas(kind, numbered(count, |_| json!({"type": "object", "properties": properties})))
}

fn all_alternatives(kind: &'static str, count: usize) -> Document {
    let all: Vec<Value> = (0..count).map(|number| reference(&format!("S{number}"))).collect();
    schemas(
        kind,
        numbered(count, |number| {
            let own = object(&format!("p{number}"), string());
            json!({"oneOf": all.iter().chain([&own]).collect::<Vec<_>>()})
        }),
    )
}

fn subtypes(kind: &'static str, count: usize) -> Document {
    let mut all = Map::from_iter([("B".to_owned(), base(json!({"propertyName": "kind"})))]);
    all.extend(numbered(
        count,
        |number| json!({"allOf": [reference("B"), object(&format!("p{number}"), string())]}),
    ));
    schemas(kind, all)
}

fn base(discriminator: Value) -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {"kind": string()}, "discriminator": discriminator})
}

fn mapped_subtypes(kind: &'static str, count: usize) -> Document {
    let mapping = numbered(count, |number| json!(format!("#/components/schemas/S{number}")));
    let discriminator = json!({"propertyName": "kind", "mapping": mapping});
    let mut all = Map::from_iter([("B".to_owned(), base(discriminator))]);
    all.extend(numbered(count, |_| json!({"allOf": [reference("B")]})));
    schemas(kind, all)
}

fn alternatives(kind: &'static str, count: usize) -> Document {
    let all: Vec<Value> = (0..count).map(|number| reference(&format!("S{number}"))).collect();
    let mut schemas_by_name = Map::from_iter([("U".to_owned(), json!({"oneOf": all}))]);
    schemas_by_name.extend(numbered(count, |number| {
        let own = format!("p{number}");
        json!({"type": "object", "required": ["k", own], "properties": {"k": string(), own: string()}})
    }));
    schemas(kind, schemas_by_name)
}

fn operations(kind: &'static str, count: usize) -> Document {
    document(kind, paths(count, |_| json!({"responses": empty_answer()})), json!({}))
}

fn tags(kind: &'static str, count: usize) -> Document {
    let tagged = |number| json!({"tags": [format!("t{number}")], "responses": empty_answer()});
    document(kind, paths(count, tagged), json!({}))
}

fn tags_of_models(kind: &'static str, count: usize) -> Document {
    let mut all = numbered(count, |number| object("next", reference(&format!("S{}", number + 1))));
    all.insert(format!("S{count}"), object("a", string()));
    let content = json!({"application/json": {"schema": reference("S0")}});
    let tagged = |number| {
        let responses = json!({"200": {"description": "ok", "content": content}});
        json!({"tags": [format!("t{number}")], "responses": responses})
    };
    document(kind, paths(count, tagged), json!({"schemas": all}))
}

fn media_types(kind: &'static str, count: usize) -> Document {
    let schema = json!({"schema": object("x", string())});
    let content = json!({"application/json": schema, "text/csv": {}, "application/x-www-form-urlencoded": schema});
    let operation = |_| json!({"requestBody": {"content": content}, "responses": empty_answer()});
    document(kind, paths(count, operation), json!({}))
}

fn doubling_values(kind: &'static str, count: usize) -> Document {
    let twice = |number: usize| {
        let next = reference(&format!("S{}", number + 1));
        json!({"type": "object", "required": ["a", "b"], "properties": {"a": next, "b": next}})
    };
    let mut all = numbered(count, twice);
    all.insert(format!("S{count}"), object("a", string()));
    schemas(kind, all)
}

fn doubling_alternatives(kind: &'static str, count: usize) -> Document {
    let mut all = Map::new();
    for number in 0..count {
        let [one, other] = ["S", "T"].map(|it| reference(&format!("{it}{}", number + 1)));
        all.insert(format!("S{number}"), json!({"oneOf": [one, other]}));
        all.insert(format!("T{number}"), json!({"oneOf": [other, one]}));
    }
    for name in ["S", "T"] {
        let mut end = object("next", reference(&format!("{name}0")));
        end["required"] = json!(["next"]);
        all.insert(format!("{name}{count}"), end);
    }
    schemas(kind, all)
}

/// Each default names the variable before it twice.
pub fn server_variables(kind: &'static str, count: usize) -> Document {
    let variables = (1..count).rev().map(|number| {
        let before = number - 1;
        (format!("v{number}"), json!({"default": format!("{{v{before}}}{{v{before}}}")}))
    });
    let mut variables: Map<String, Value> = variables.collect();
    variables.insert("v0".to_owned(), json!({"default": "xxxxxxxxxx"}));
    let url = format!("https://{{v{}}}.example.com", count - 1);
    server(kind, &url, Value::Object(variables))
}

fn server(kind: &'static str, url: &str, variables: Value) -> Document {
    let text = json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": url, "variables": variables}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": empty_answer()}}}
    });
    Document { kind, extension: "json", text: text.to_string() }
}

fn long_url(kind: &'static str, length: usize) -> Document {
    let url = format!("https://{}.example.com", "{v}".repeat(100));
    server(kind, &url, json!({"v": {"default": "x".repeat(length)}}))
}

fn warnings(kind: &'static str, count: usize) -> Document {
    let Document { text, .. } =
        schemas(kind, numbered(count, |_| json!({"type": "string", "odd": 1})));
    Document { kind, extension: "json", text: text.replace("\"S", "\n\"S") }
}

fn warnings_on_a_line(kind: &'static str, count: usize) -> Document {
    let schemas: String =
        (0..count).map(|it| format!("S{it}: {{type: string, odd: ü}}, ")).collect();
    let info = "{title: ü, version: '1'}";
    let text = format!(
        "openapi: 3.0.3\ninfo: {info}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
    );
    Document { kind, extension: "yaml", text }
}

/// Schemas of which each extends the one before.
pub fn extending(kind: &'static str, count: usize) -> Document {
    schemas(
        kind,
        numbered(count, |number| {
            let own = object(&format!("p{number}"), string());
            match number {
                0 => own,
                _ => json!({"allOf": [reference(&format!("S{}", number - 1)), own]}),
            }
        }),
    )
}

fn extending_one(kind: &'static str, count: usize) -> Document {
    let properties = numbered(count, |_| string());
    let base = json!({"type": "object", "properties": properties});
    let mut all = Map::from_iter([("B".to_owned(), base)]);
    all.extend(numbered(count, |_| json!({"allOf": [reference("B"), object("x", string())]})));
    schemas(kind, all)
}

fn aliases(kind: &'static str, count: usize) -> Document {
    let string = "x".repeat(1_000_000);
    let list = vec!["*a"; count].join(", ");
    let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}";
    let text = format!("{head}\nx-a: &a {string}\nx-b: [{list}]\n");
    Document { kind, extension: "yaml", text }
}

fn shared_text(kind: &'static str, count: usize) -> Document {
    let response = json!({"description": "word ".repeat(count)});
    let answer = json!({"204": {"$ref": "#/components/responses/Shared"}});
    let operation = |_| json!({"responses": answer});
    document(kind, paths(count, operation), json!({"responses": {"Shared": response}}))
}
