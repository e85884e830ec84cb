//! Brings every document, of OpenAPI 3.0, 3.1 or 3.2, to the one form that the lowering works on: that of 3.0, as
//! [`openapiv3`] reads it. Each step works on the JSON value in place; a plain 3.0 document passes through unchanged.
//!
//! 1. `references`: every reference leads somewhere, and to a component.
//! 2. `inline`: path items and callbacks are where they are referred to.
//! 3. `operations`: paths, parameters and operation ids fit together; what is broken and can only mean one thing is
//!    repaired.
//! 4. `security`: the security schemes that are asked for are there.
//! 5. `streams`: the items of an event stream have the schema of their data.
//! 6. `parts`: bytes in bodies of several parts are described as they are sent.
//! 7. `shape`: every field has the type that OpenAPI gives it; `objects` and `schema` bring what 3.1 says, and
//!    what is written wrong but can only mean one thing, to 3.0.
//!
//! # What the lowering can rely on
//!
//! - A reference is `#/components/SECTION/NAME` with an existing component of the right kind, NAME not escaped. The
//!   same holds for the values of `discriminator.mapping`. A component may itself be a reference, never a circle.
//! - Path items, callbacks, webhooks and security schemes are no references. `components.callbacks` is empty.
//! - The names in `security` are those of security schemes.
//! - A schema that is a reference has nothing beside it: `$ref` with siblings is `allOf: [{$ref}]` with the siblings
//!   around it. So an `allOf` of one reference with only a description, `nullable`, `default` and the like around it
//!   is that type, described for this place.
//! - `type` is one of the six names of 3.0 or absent. Several types are an `anyOf` of one type each; an enum with
//!   values of several types has no type.
//! - Null is `nullable: true` and nowhere else: not in `enum`, not among `anyOf` and `oneOf`. A schema that only null
//!   fits is the exception: `enum: [null]`, `nullable: true`.
//! - An enum is not empty, has no value twice, and has values of the schema's type wherever they could be read so.
//!   Without a `type` it is given the one that all its values have.
//! - A schema with one type has no keyword of another type, so it is a [`openapiv3::SchemaKind::Type`] unless it has
//!   an `enum` beside `type: object`, or `allOf`, `anyOf`, `oneOf` or `not` beside it
//!   ([`openapiv3::SchemaKind::Any`]). Without `type`, one is inferred from the other keywords (`properties`,
//!   `items`, ..) where nothing is composed.
//! - Bounds of integers are 64-bit integers, exclusive bounds are flags.
//! - A path parameter is required, declared once, and in the path. Operation ids are unique
//!   among the operations of a tag.

mod coercion;
mod consistency;
mod inline;
mod media_types;
mod naming;
mod normalized;
mod objects;
mod operations;
mod parts;
mod references;
mod schema;
mod security;
mod streams;

pub use normalized::{
    Additions, FurtherOperation, Normalized, OperationOfPath, PositionalEncodings,
    operations as operations_of,
};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    diagnostics::Diagnostics,
    document::{pointer, structure},
    load::Document,
};

/// How deep a document is at most, in levels, to be read on the stack that there is.
const USUAL_DEPTH: usize = 48;

/// The stack for reading a document as deep as the parsers let through, 128 levels, in bytes.
const DEEP_STACK: usize = 64 << 20;

/// Checks a document and brings it to the form that the lowering works on.
///
/// Gives `None` where `diagnostics` has an error, be it from here or from an earlier stage.
pub fn normalize(document: Document, diagnostics: &mut Diagnostics) -> Option<Normalized> {
    let Document { mut root, mut sources } = document;
    // References are followed where OpenAPI has them, which is below paths with a slash.
    operations::paths::correct(&mut root, &mut sources, diagnostics);
    references::resolve(&mut root, &mut sources, diagnostics);
    operations::repair(&mut root, &mut sources, diagnostics);
    security::check(&mut root, diagnostics);
    streams::read_events(&mut root, diagnostics);
    parts::read_bytes(&mut root);
    let mut additions = coercion::coerce(&mut root, &sources, diagnostics);
    diagnostics.attach(sources.clone());
    if diagnostics.has_errors() {
        return None;
    }
    if let Some(webhooks) = root.as_object_mut().and_then(|root| root.shift_remove("webhooks")) {
        additions.webhooks = deserialize(webhooks, "/webhooks", diagnostics)?;
    }
    additions.operations = further_operations(&mut root, diagnostics)?;
    let openapi = deserialize(root, "", diagnostics)?;
    Some(Normalized { openapi, additions, sources })
}

/// Takes the operations out of the path items that openapiv3 has no field for.
fn further_operations(
    root: &mut Value,
    diagnostics: &mut Diagnostics,
) -> Option<IndexMap<String, Vec<FurtherOperation>>> {
    let mut all = IndexMap::new();
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        let found = structure::operations(item)
            .filter(|found| found.method == "query" || found.is_additional());
        let found: Vec<(String, String)> =
            found.map(|found| (found.method.to_owned(), found.at)).collect();
        let mut further = Vec::with_capacity(found.len());
        for (method, at) in found {
            let Some(operation) = pointer::remove(item, &at) else { continue };
            let place = format!("{}{at}", pointer::child("/paths", path));
            let operation = deserialize(operation, &place, diagnostics)?;
            further.push(FurtherOperation { method, at, operation });
        }
        if !further.is_empty() {
            all.insert(path.clone(), further);
        }
    }
    Some(all)
}

/// Hands what stands at a place to openapiv3. What that could refuse has been corrected or reported before, so an
/// error here is a gap in our tables; it is reported like any other.
fn deserialize<T: DeserializeOwned + Send>(
    value: Value,
    place: &str,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let result = if depth(&value) <= USUAL_DEPTH {
        read(value)
    } else {
        // openapiv3 takes several frames for each level, too many for the usual stack where a document is deep.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(DEEP_STACK);
            match thread.spawn_scoped(scope, || read(value)).map(|thread| thread.join()) {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err((None, "reading the document broke off".to_owned())),
                Err(error) => Err((None, format!("no thread could be started: {error}"))),
            }
        })
    };
    match result {
        Ok(read) => Some(read),
        Err((at, message)) => {
            let at = at.map(|at| format!("{place}{at}"));
            diagnostics.error("invalid-document", at, message);
            None
        }
    }
}

/// The value as a type, or a JSON pointer below it and what is wrong there.
fn read<T: DeserializeOwned>(value: Value) -> Result<T, (Option<String>, String)> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| (Some(pointer_of(error.path())), error.inner().to_string()))
}

/// The number of levels in a value.
fn depth(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(depth).max().unwrap_or(0),
        Value::Array(list) => list.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The JSON pointer to where deserializing failed.
fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => crate::document::pointer::push_index(&mut pointer, *index),
            Segment::Map { key } => crate::document::pointer::push(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => break,
        }
    }
    pointer
}
