//! Checks what no schema of OpenAPI can say: that operation ids, paths and parameters fit together.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::{
    diagnostics::Diagnostics,
    document::{pointer, references, structure::METHODS},
};

/// How many operations a document has at most, those that nobody selects among them: openapiv3 takes some 10 KB of
/// memory for each.
pub const MOST_OPERATIONS: usize = 50_000;

/// Checks all operations under `paths`.
pub fn check(root: &Value, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(paths)) = root.get("paths") else {
        return;
    };
    let count = |item: &Value| METHODS.iter().filter(|method| item.get(**method).is_some()).count();
    let operations: usize = paths.values().map(count).sum();
    if operations > MOST_OPERATIONS {
        let message =
            format!("the document has {operations} operations; at most {MOST_OPERATIONS} are read");
        diagnostics
            .error("too-many-operations", "/paths".to_owned(), message)
            .help("part the document into several");
        return;
    }
    let mut checker = Checker { root, diagnostics, ids: HashMap::new(), templates: HashMap::new() };
    for (path, item) in paths {
        if let Value::Object(item) = item
            && path.starts_with('/')
        {
            checker.path(path, item, &pointer::child("/paths", path));
        }
    }
}

struct Checker<'a> {
    root: &'a Value,
    diagnostics: &'a mut Diagnostics,
    /// Where each operation id was seen first.
    ids: HashMap<&'a str, String>,
    /// The first path of each form, with the names of its parameters left out.
    templates: HashMap<String, &'a str>,
}

/// A parameter, and where it is declared in the document.
struct Declared<'a> {
    name: &'a str,
    place: &'a str,
    at: String,
}

impl<'a> Checker<'a> {
    fn path(&mut self, path: &'a str, item: &'a Map<String, Value>, at: &str) {
        let names = match template_names(path) {
            Ok(names) => names,
            Err(message) => {
                self.diagnostics.error("invalid-path", at.to_owned(), message);
                return;
            }
        };
        let form = template_form(path);
        if let Some(first) = self.templates.insert(form, path) {
            self.diagnostics
                .warning(
                    "equal-paths",
                    at.to_owned(),
                    format!("`{path}` and `{first}` differ only in the names of their parameters"),
                )
                .help("OpenAPI calls such paths identical; a server cannot tell them apart");
        }
        let shared = self.parameters(item, at);
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get(method) {
                self.operation(path, &names, operation, &shared, &pointer::child(at, method));
            }
        }
        let operations = METHODS.iter().filter(|method| item.contains_key(**method)).count();
        for declared in shared.iter().filter(|it| it.place == "path" && operations > 0) {
            self.unused(path, &names, declared);
        }
    }

    fn operation(
        &mut self,
        path: &str,
        names: &[&str],
        operation: &'a Map<String, Value>,
        shared: &[Declared<'a>],
        at: &str,
    ) {
        if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
            let place = pointer::child(at, "operationId");
            if let Some(first) = self.ids.get(id) {
                let message = format!(
                    "the operationId `{id}` is here twice; it is that of {} already",
                    spoken(first)
                );
                self.diagnostics
                    .error("duplicate-operation-id", place, message)
                    .help("give each operation an id of its own");
            } else {
                self.ids.insert(id, at.to_owned());
            }
        }
        let own = self.parameters(operation, at);
        for declared in own.iter().filter(|it| it.place == "path") {
            self.unused(path, names, declared);
        }
        for name in names {
            let declared = |list: &[Declared<'_>]| {
                list.iter().any(|it| it.place == "path" && it.name == *name)
            };
            if !declared(&own) && !declared(shared) {
                let message = format!("the path parameter `{name}` of `{path}` is not declared");
                let declaration =
                    format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}");
                self.diagnostics
                    .error("undeclared-path-parameter", at.to_owned(), message)
                    .help(format!("add `{declaration}` to its parameters"));
            }
        }
    }

    /// The parameters of a path item or an operation; reports those that are there twice.
    fn parameters(&mut self, owner: &'a Map<String, Value>, at: &str) -> Vec<Declared<'a>> {
        let Some(Value::Array(list)) = owner.get("parameters") else {
            return Vec::new();
        };
        let mut seen = HashSet::new();
        let mut declared = Vec::new();
        for (index, parameter) in list.iter().enumerate() {
            let at = format!("{at}/parameters/{index}");
            let Some(parameter) = self.follow(parameter) else {
                continue;
            };
            let text = |key| parameter.get(key).and_then(Value::as_str);
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                continue;
            };
            if !seen.insert((name, place)) {
                self.diagnostics
                    .error(
                        "duplicate-parameter",
                        at,
                        format!("the {place} parameter `{name}` is here twice"),
                    )
                    .help("remove one of the two");
                continue;
            }
            declared.push(Declared { name, place, at });
        }
        declared
    }

    /// Reports a path parameter that the path does not have.
    fn unused(&mut self, path: &str, names: &[&str], declared: &Declared<'_>) {
        if names.contains(&declared.name) {
            return;
        }
        let name = declared.name;
        self.diagnostics
            .error(
                "unused-path-parameter",
                declared.at.clone(),
                format!("`{path}` has no `{{{name}}}`, which is declared as a path parameter"),
            )
            .help("remove the declaration, or add the parameter to the path");
    }

    fn follow(&self, value: &'a Value) -> Option<&'a Map<String, Value>> {
        match references::target(value) {
            Some(at) => references::resolve(self.root, &at)?.1.as_object(),
            None => value.as_object().filter(|map| !map.contains_key("$ref")),
        }
    }
}

/// An operation as people name it: `GET /users`.
fn spoken(at: &str) -> String {
    let mut tokens = pointer::tokens(at).skip(1);
    let path = tokens.next().unwrap_or_default();
    let method = tokens.next().unwrap_or_default();
    format!("{} {path}", method.to_uppercase())
}

/// The names in the braces of a path.
fn template_names(path: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(start) = rest.find(['{', '}']) {
        let inside = &rest[start + 1..];
        let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
        let (true, Some(end)) = (rest[start..].starts_with('{'), end) else {
            return Err(format!("the braces of `{path}` do not pair up"));
        };
        let name = &inside[..end];
        if name.is_empty() {
            return Err(format!("a parameter of `{path}` has no name"));
        }
        if !names.contains(&name) {
            names.push(name);
        }
        rest = &inside[end + 1..];
    }
    Ok(names)
}

/// A path with the names of its parameters left out.
fn template_form(path: &str) -> String {
    let mut form = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        inside = (inside || letter == '{') && letter != '}';
        if !inside || letter == '{' {
            form.push(letter);
        }
    }
    form
}
