//! Operations, each with what its path item and its document say about it.

use serde_json::{Map, Value, json};

use super::compare::difference;
use super::components;
use super::gather::Gathering;
use crate::catalog::{self, Entry};
use crate::document::structure::{self, METHODS, Object};
use crate::document::{pointer, references};

impl Gathering<'_> {
    /// Adds an operation, unless the document has it and is to keep it.
    pub(super) fn operation(&mut self, entry: &Entry) {
        let field = method_field(&entry.method);
        let upstream = &self.upstream.root;
        let item_at = entry.pointer.strip_suffix(&field).unwrap_or(&entry.pointer).to_owned();
        let item = pointer::get(upstream, &item_at);
        let (Some(shared), Some(operation)) =
            (item.and_then(shared_fields), pointer::get(upstream, &entry.pointer))
        else {
            return;
        };
        let mut operation = operation.clone();
        self.spell_out_security(&mut operation);
        let at = pointer::child("/paths", &entry.path);
        let present = pointer::get(&self.document.root, &at);
        let apart = present.is_some_and(|present| !self.shares(present, &shared));
        if apart {
            self.move_shared_into(&mut operation, &shared);
        }
        let at = format!("{at}{field}");
        if let Some(ours) = pointer::get(&self.document.root, &at) {
            if !self.is_replaced(entry, ours, &operation, &at) {
                return;
            }
            self.replace(title(entry), at);
        } else if self.is_id_taken(entry) {
            return;
        } else {
            self.gathered.added.push(title(entry));
        }
        self.tags.extend(entry.tags.iter().cloned());
        self.ask_for_security(&operation);
        let item = self
            .items
            .entry(entry.path.clone())
            .or_insert_with(|| Value::Object(if present.is_some() { Map::new() } else { shared }));
        put(item, &field, operation);
        let links = components::links(item, Object::PathItem, &item_at);
        self.waiting.extend(links);
    }

    /// Says in the operation what the document as a whole says about security, where that is another
    /// thing in the other document.
    fn spell_out_security(&self, operation: &mut Value) {
        let theirs = security(&self.upstream.root);
        if let Value::Object(operation) = operation
            && !operation.contains_key("security")
            && theirs != security(&self.document.root)
        {
            operation.insert("security".to_owned(), theirs);
        }
    }

    /// An operation with what counts for it where it does not say anything about security itself.
    fn with_security(&self, operation: &Value) -> Value {
        let mut operation = operation.clone();
        if let Value::Object(fields) = &mut operation {
            fields.entry("security").or_insert_with(|| security(&self.document.root));
        }
        operation
    }

    /// Whether a path item has these fields for all of its operations.
    fn shares(&self, item: &Value, shared: &Map<String, Value>) -> bool {
        let mut item = Value::Object(shared_fields(item).unwrap_or_default());
        components::rename(&mut item, Object::PathItem, &self.aliases);
        difference(&item, &Value::Object(shared.clone()), Object::PathItem).is_none()
    }

    /// Gives an operation what all operations of its path item share upstream, as the path item in the
    /// document has other fields.
    fn move_shared_into(&self, operation: &mut Value, shared: &Map<String, Value>) {
        let Value::Object(operation) = operation else {
            return;
        };
        if let Some(servers) = shared.get("servers") {
            operation.entry("servers").or_insert_with(|| servers.clone());
        }
        let list = |fields: &Map<String, Value>| {
            fields.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default()
        };
        let own = list(operation);
        let taken: Vec<_> = own.iter().map(|parameter| self.parameter_key(parameter)).collect();
        let mut parameters = list(shared);
        parameters.retain(|parameter| !taken.contains(&self.parameter_key(parameter)));
        parameters.extend(own);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
    }

    /// Name and place of a parameter of upstream.
    fn parameter_key(&self, parameter: &Value) -> [Option<Value>; 2] {
        let target = references::target(parameter);
        let target = target.and_then(|at| references::resolve(&self.upstream.root, &at));
        let parameter = target.map_or(parameter, |(_, target)| target);
        ["name", "in"].map(|key| parameter.get(key).cloned())
    }

    /// Whether the operation takes the place of the document's own one.
    fn is_replaced(&mut self, entry: &Entry, ours: &Value, theirs: &Value, at: &str) -> bool {
        let name = entry.operation_id.clone().unwrap_or_else(|| title(entry));
        let [ours, theirs] = [ours, theirs].map(|operation| self.with_security(operation));
        match self.difference(&ours, &theirs, Object::Operation) {
            None => self.gathered.same += 1,
            Some(_) if self.choices.keeps(&name) => self.gathered.kept.push(title(entry)),
            Some(_) if self.choices.replaces(&name) => return true,
            Some(within) => {
                let places = (format!("{at}{within}"), format!("{}{within}", entry.pointer));
                let help = format!(
                    "`--keep {name}` keeps the one that is here, `--replace {name}` puts upstream's in its place"
                );
                self.conflict(&title(entry), &places.0, &places.1, &help);
            }
        }
        false
    }

    /// Whether another operation of the document has the operationId, which is a conflict.
    fn is_id_taken(&mut self, entry: &Entry) -> bool {
        let others = catalog::entries(&self.document.root);
        let same_id = |other: &&Entry| {
            other.operation_id.is_some() && other.operation_id == entry.operation_id
        };
        let Some(other) = others.iter().find(same_id) else {
            return false;
        };
        let name = entry.operation_id.clone().unwrap_or_default();
        if self.choices.keeps(&name) {
            self.gathered.kept.push(title(other));
        } else {
            let help = format!("`--keep {name}` keeps the one that is here");
            self.conflict(&title(entry), &other.pointer, &entry.pointer, &help);
        }
        true
    }

    fn ask_for_security(&mut self, operation: &Value) {
        let own = operation.get("security").or_else(|| self.upstream.root.get("security"));
        let requirements = own.and_then(Value::as_array).into_iter().flatten();
        for (name, scopes) in requirements.filter_map(Value::as_object).flatten() {
            let scopes = scopes.as_array().into_iter().flatten().filter_map(Value::as_str);
            self.schemes.entry(name.clone()).or_default().extend(scopes.map(str::to_owned));
        }
    }
}

/// Whether one of the operations has the method and path of this one.
pub(super) fn is_in(entry: &Entry, entries: &[Entry]) -> bool {
    entries.iter().any(|it| it.method == entry.method && it.path == entry.path)
}

/// The operations whose method and path none of the others has.
pub(super) fn without<'a>(entries: &'a [Entry], others: &[Entry]) -> Vec<&'a Entry> {
    entries.iter().filter(|entry| !is_in(entry, others)).collect()
}

/// Operations as messages name them.
pub(super) fn titles(entries: Vec<&Entry>) -> Vec<String> {
    entries.into_iter().map(title).collect()
}

/// The security requirements of a document as a whole.
fn security(document: &Value) -> Value {
    document.get("security").cloned().unwrap_or_else(|| json!([]))
}

/// The fields of a path item that count for all of its operations.
fn shared_fields(item: &Value) -> Option<Map<String, Value>> {
    let fields = item.as_object()?.iter();
    let holds_operations =
        |key: &str| METHODS.contains(&key) || key == structure::ADDITIONAL_OPERATIONS;
    let shared = fields.filter(|(key, _)| !holds_operations(key));
    Some(shared.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// The pointer to the operation of a method below its path item.
fn method_field(method: &str) -> String {
    let field = method.to_lowercase();
    if METHODS.contains(&field.as_str()) && method == method.to_uppercase() {
        return pointer::child("", &field);
    }
    pointer::child(&pointer::child("", structure::ADDITIONAL_OPERATIONS), method)
}

/// Puts an operation into a path item.
fn put(item: &mut Value, field: &str, operation: Value) {
    let mut node = item;
    for token in pointer::tokens(field) {
        node = &mut node[token.as_ref()];
    }
    *node = operation;
}

/// An operation as a message names it.
fn title(entry: &Entry) -> String {
    match &entry.operation_id {
        Some(id) => format!("{} {} ({id})", entry.method, entry.path),
        None => format!("{} {}", entry.method, entry.path),
    }
}
