//! Checks what no schema of OpenAPI can say: that operation ids, paths and parameters fit together. What does not fit
//! and can only mean one thing is repaired, with a warning, since whoever uses a vendor's document cannot change it.

pub mod paths;
mod repairs;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::{
    diagnostics::Diagnostics,
    document::{pointer, references, structure},
    source::Sources,
};

use repairs::Repairs;

/// How many operations a document has at most, those that nobody selects among them: openapiv3 takes some 10 KB of
/// memory for each.
pub const MOST_OPERATIONS: usize = 50_000;

/// Checks all operations under `paths`, and repairs what can only mean one thing.
pub fn repair(root: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(paths)) = root.get("paths") else {
        return;
    };
    let operations: usize = paths.values().map(|item| structure::operations(item).count()).sum();
    if operations > MOST_OPERATIONS {
        let message =
            format!("the document has {operations} operations; at most {MOST_OPERATIONS} are read");
        diagnostics
            .error("too-many-operations", "/paths".to_owned(), message)
            .help("part the document into several");
        return;
    }
    let repairs = check(root, diagnostics);
    repairs.apply(root, sources, diagnostics);
}

/// Reports what does not fit together, and gives what repairs it.
fn check(root: &Value, diagnostics: &mut Diagnostics) -> Repairs {
    let mut checker = Checker {
        root,
        diagnostics,
        ids: HashMap::new(),
        templates: HashMap::new(),
        repairs: Repairs::default(),
    };
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        if item.is_object() && path.starts_with('/') {
            checker.path(path, item, &pointer::child("/paths", path));
        }
    }
    checker.repairs
}

struct Checker<'a> {
    root: &'a Value,
    diagnostics: &'a mut Diagnostics,
    /// Where each operation id was seen first, and the tags that it has been seen with.
    ids: HashMap<&'a str, (String, HashSet<&'a str>)>,
    /// The first path of each form, with the names of its parameters left out.
    templates: HashMap<String, &'a str>,
    repairs: Repairs,
}

/// A parameter, and where it is declared in the document.
struct Declared<'a> {
    name: &'a str,
    place: &'a str,
    at: String,
    parameter: &'a Map<String, Value>,
}

/// The path parameters that the path has no place for.
fn unused<'d, 'a>(declared: &'d [Declared<'a>], names: &[&str]) -> Vec<&'d Declared<'a>> {
    declared.iter().filter(|it| it.place == "path" && !names.contains(&it.name)).collect()
}

/// Whether two parameters of one name mean the same, whatever is said about them.
fn mean_the_same(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let meaning = |parameter: &Map<String, Value>| -> Map<String, Value> {
        let tells = |key: &str| {
            matches!(key, "description" | "summary" | "example" | "examples" | "deprecated")
                || key.starts_with("x-")
        };
        let kept = parameter.iter().filter(|(key, _)| !tells(key));
        kept.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    meaning(one) == meaning(other)
}

impl<'a> Checker<'a> {
    fn path(&mut self, path: &'a str, item: &'a Value, at: &str) {
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
        let mut any = false;
        for found in structure::operations(item).filter(|found| found.operation.is_object()) {
            any = true;
            let at = format!("{at}{}", found.at);
            self.method(&found, &at);
            self.operation_id(found.operation, &at);
            self.operation(path, &names, found.operation, &shared, &at);
        }
        if any {
            for declared in unused(&shared, &names) {
                self.remove_unused(path, declared);
            }
        }
    }

    /// The method of an additional operation is a token (RFC 9110, section 5.6.2) for which there is no field.
    fn method(&mut self, found: &structure::OperationField<'_>, at: &str) {
        let method = found.method;
        let has_field = || structure::METHODS.contains(&method.to_ascii_lowercase().as_str());
        let message = if !found.is_additional() {
            return;
        } else if has_field() && method == method.to_ascii_uppercase() {
            format!("`{method}` has a field of its own in a path item")
        } else if !structure::is_token(method) {
            format!("`{method}` is no request method")
        } else {
            return;
        };
        self.diagnostics
            .error("invalid-method", at.to_owned(), message)
            .help("a method is letters, digits and a few signs, such as `COPY`; that of GET is `get` in the path item");
    }

    /// An operation that has the id of another keeps it as its name where no other of the same tag has it: the methods
    /// of each tag are names of their own. Otherwise it is named as one without an id.
    fn operation_id(&mut self, operation: &'a Value, at: &str) {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            return;
        };
        let tag = operation.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str);
        let Some((first, tags)) = self.ids.get_mut(id) else {
            let tags = HashSet::from([tag.unwrap_or_default()]);
            self.ids.insert(id, (at.to_owned(), tags));
            return;
        };
        let is_new_to_tag = tags.insert(tag.unwrap_or_default());
        let message = format!(
            "the operationId `{id}` is here twice; it is that of {} already",
            spoken(first)
        );
        let help = if is_new_to_tag {
            "both keep the name, since their tags differ; give each operation an id of its own"
        } else {
            "this one is named after its method and path; give each operation an id of its own"
        };
        let place = pointer::child(at, "operationId");
        self.diagnostics.warning("duplicate-operation-id", place, message).help(help);
        if !is_new_to_tag {
            self.repairs.forget_operation_id(at.to_owned());
        }
    }

    fn operation(
        &mut self,
        path: &str,
        names: &[&str],
        operation: &'a Value,
        shared: &[Declared<'a>],
        at: &str,
    ) {
        let own = self.parameters(operation, at);
        self.whole_query(&own, shared, at);
        let declared =
            |name: &str| own.iter().chain(shared).any(|it| it.place == "path" && it.name == name);
        let missing: Vec<&str> = names.iter().copied().filter(|name| !declared(name)).collect();
        let of_shared = unused(shared, names);
        let mut spare = unused(&own, names);
        for declared in &spare {
            self.remove_unused(path, declared);
        }
        let overridden = |it: &&Declared<'a>| own.iter().any(|own| own.name == it.name);
        spare.extend(of_shared.into_iter().filter(|it| !overridden(it)));
        for name in &missing {
            // One name that is missing and one that is too many: they are the same parameter.
            let meant = match (spare.as_slice(), missing.as_slice()) {
                ([declared], [_]) => Some(*declared),
                _ => None,
            };
            self.declare(path, name, meant, at);
        }
    }

    /// A parameter that is the whole query is alone in it (OpenAPI 3.2.0, section 4.12.1).
    fn whole_query(&mut self, own: &[Declared<'a>], shared: &[Declared<'a>], at: &str) {
        let is_own =
            |it: &Declared<'a>| own.iter().any(|own| own.name == it.name && own.place == it.place);
        let all = || own.iter().chain(shared.iter().filter(|it| !is_own(it)));
        let whole = all().filter(|it| it.place == "querystring").count();
        let others = all().filter(|it| it.place == "query").count();
        if whole > 1 || whole > 0 && others > 0 {
            let message = "a parameter that is the whole query stands beside others of the query";
            self.diagnostics
                .error("invalid-parameter", at.to_owned(), message)
                .help("describe all of them in the schema of the one");
        }
    }

    /// Declares a path parameter that nobody has declared.
    fn declare(&mut self, path: &str, name: &str, meant: Option<&Declared<'a>>, at: &str) {
        let message = format!("the path parameter `{name}` of `{path}` is not declared");
        let help = match meant {
            Some(declared) => format!(
                "the declaration of `{}`, which the path does not have, is taken for it; name it `{name}`",
                declared.name
            ),
            None => format!(
                "it is read as a string; add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to its parameters"
            ),
        };
        self.diagnostics.warning("undeclared-path-parameter", at.to_owned(), message).help(help);
        let parameter = match meant {
            Some(declared) => {
                let mut parameter = declared.parameter.clone();
                parameter.insert("name".to_owned(), json!(name));
                Value::Object(parameter)
            }
            None => {
                json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
            }
        };
        self.repairs.declare(at.to_owned(), parameter);
    }

    /// The parameters of a path item or an operation; reports those that are there twice.
    fn parameters(&mut self, owner: &'a Value, at: &str) -> Vec<Declared<'a>> {
        let Some(Value::Array(list)) = owner.get("parameters") else {
            return Vec::new();
        };
        let mut seen = HashMap::new();
        let mut declared = Vec::new();
        for (index, parameter) in list.iter().enumerate() {
            let at = format!("{at}/parameters/{index}");
            let Some(parameter) = self::parameter(self.root, parameter) else {
                continue;
            };
            let text = |key| parameter.get(key).and_then(Value::as_str);
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                continue;
            };
            match seen.get(&(name, place)) {
                None => {
                    seen.insert((name, place), parameter);
                    declared.push(Declared { name, place, at, parameter });
                }
                Some(first) => self.duplicate(mean_the_same(first, parameter), name, place, at),
            }
        }
        declared
    }

    /// Reports a parameter that its list has already, and removes it where that makes no difference.
    fn duplicate(&mut self, is_the_same: bool, name: &str, place: &str, at: String) {
        if is_the_same {
            let message = format!("the {place} parameter `{name}` is here twice; once is enough");
            self.diagnostics.warning("duplicate-parameter", at.clone(), message).help("remove it");
            self.repairs.remove_parameter(&at);
            return;
        }
        let message = format!("the {place} parameter `{name}` is here twice, and differs");
        self.diagnostics.error("duplicate-parameter", at, message).help("remove one of the two");
    }

    /// Removes a path parameter that the path does not have.
    fn remove_unused(&mut self, path: &str, declared: &Declared<'_>) {
        let name = declared.name;
        self.diagnostics
            .warning(
                "unused-path-parameter",
                declared.at.clone(),
                format!("`{path}` has no `{{{name}}}`, which is declared as a path parameter"),
            )
            .help("it is left out; remove the declaration, or add the parameter to the path");
        self.repairs.remove_parameter(&declared.at);
    }
}

/// A parameter, its reference followed.
fn parameter<'a>(root: &'a Value, value: &'a Value) -> Option<&'a Map<String, Value>> {
    match references::target(value) {
        Some(at) => references::resolve(root, &at)?.1.as_object(),
        None => value.as_object().filter(|map| !map.contains_key("$ref")),
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
