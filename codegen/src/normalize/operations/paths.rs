//! Paths that are written in another way than OpenAPI's, and can only mean one path.

use std::{borrow::Cow, collections::HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::parameter;

use crate::{
    diagnostics::Diagnostics,
    document::{pointer, structure},
    source::{SourceId, Sources},
};

/// Gives the paths of a document the form that OpenAPI has for them: a slash at the start, and names in braces.
pub fn correct(root: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(paths)) = root.get("paths") else {
        return;
    };
    let mut corrected: IndexMap<String, String> = IndexMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    for (path, item) in paths {
        let with_slash = with_slash(path, item);
        let with_braces = with_braces(root, &with_slash, item);
        let mut is_free = || !paths.contains_key(&with_braces) && taken.insert(with_braces.clone());
        if with_braces == *path || !is_free() {
            continue;
        }
        let at = pointer::child("/paths", path);
        if *with_slash != **path {
            let message = format!("the path `{path}` does not start with a slash");
            let help = format!("it is read as `{with_slash}`; write it so");
            diagnostics.warning("invalid-path", at.clone(), message).help(help);
        }
        if *with_slash != *with_braces {
            let message = format!("the parameters of the path `{path}` are marked by colons");
            let help = format!("it is read as `{with_braces}`; write it so");
            diagnostics.warning("invalid-path", at, message).help(help);
        }
        corrected.insert(path.clone(), with_braces);
    }
    if corrected.is_empty() {
        return;
    }
    diagnostics.settle(sources);
    rename(root, &corrected);
    for (old, new) in &corrected {
        let (to, from) = (pointer::child("/paths", new), pointer::child("/paths", old));
        sources.moved(to, SourceId::ROOT, from);
    }
}

/// The path with a slash at the start, where an item with operations, or a reference to one, stands below a name without.
fn with_slash<'a>(path: &'a str, item: &Value) -> Cow<'a, str> {
    let is_extension = path.starts_with("x-");
    let is_url = path.contains("://");
    let has_operations = structure::operations(item).any(|found| found.operation.is_object())
        || item.get("$ref").is_some_and(Value::is_string);
    if path.starts_with('/') || is_extension || is_url || !has_operations {
        return Cow::Borrowed(path);
    }
    Cow::Owned(format!("/{path}"))
}

/// The path with `{id}` for each segment `:id` that is declared as a path parameter.
fn with_braces(root: &Value, path: &str, item: &Value) -> String {
    if !path.contains("/:") {
        return path.to_owned();
    }
    let declares = |owner: &Value, name: &str| {
        let list = owner.get("parameters").and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|it| parameter(root, it)).any(|it| {
            let text = |key| it.get(key).and_then(Value::as_str);
            text("in") == Some("path") && text("name") == Some(name)
        })
    };
    let is_declared = |name: &str| {
        let operations = structure::operations(item).map(|found| found.operation);
        operations.chain([item]).any(|owner| declares(owner, name))
    };
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(name) if is_declared(name) => Cow::Owned(format!("{{{name}}}")),
        _ => Cow::Borrowed(segment),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Gives paths other names, each in its old place.
fn rename(root: &mut Value, names: &IndexMap<String, String>) {
    let Some(Value::Object(paths)) = root.get_mut("paths") else {
        return;
    };
    let renamed = std::mem::take(paths)
        .into_iter()
        .map(|(path, item)| (names.get(&path).cloned().unwrap_or(path), item));
    *paths = renamed.collect();
}
