//! Brings every document, of OpenAPI 3.0 or 3.1, to the one form that the lowering works on: that of 3.0, as
//! [`openapiv3`] reads it. Each step works on the JSON value in place; a plain 3.0 document passes through unchanged.
//!
//! 1. `references`: every reference leads somewhere, and to a component.
//! 2. `inline`: path items and callbacks are where they are referred to.
//! 3. `operations`: paths, parameters and operation ids fit together.
//! 4. `security`: the security schemes that are asked for are there.
//! 5. `shape`: every field has the type that OpenAPI gives it; `objects` and `schema` bring what 3.1 says, and
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
//!   fits is the exception: `enum: [null]`, `nullable: true`, `x-codegen-null: true`.
//! - An enum is not empty, has no value twice, and has values of the schema's type wherever they could be read so.
//!   Without a `type` it is given the one that all its values have.
//! - A schema with one type has no keyword of another type, so it is a [`openapiv3::SchemaKind::Type`] unless it has
//!   an `enum` beside `type: object`, or `allOf`, `anyOf`, `oneOf` or `not` beside it
//!   ([`openapiv3::SchemaKind::Any`]). Without `type`, one is inferred from the other keywords (`properties`,
//!   `items`, ..) where nothing is composed.
//! - Bounds of integers are 64-bit integers, exclusive bounds are flags.
//! - A path parameter is required, declared once, and in the path. Operation ids are unique.
//!
//! # Extensions
//!
//! What 3.0 has no field for is in these extensions. Schemas in them have been normalized too, and can be read as
//! `ReferenceOr<Schema>`.
//!
//! | where | extension | value |
//! | --- | --- | --- |
//! | document | `x-codegen-webhooks` | object: name -> Path Item |
//! | info | `x-codegen-summary` | string |
//! | license | `x-codegen-identifier` | string, an SPDX expression |
//! | tag | `x-codegen-summary`, `x-codegen-parent`, `x-codegen-kind` | string |
//! | server | `x-codegen-name` | string |
//! | security scheme | `x-codegen-mutual-tls` | `true`; the scheme reads as `http` with the scheme `mutualTLS` |
//! | header, encoding | `x-codegen-explode` | boolean, where it is written; its default depends on the style |
//! | discriminator | `x-codegen-default-mapping` | string |
//! | schema | `x-codegen-null` | `true`: only null fits |
//! | schema | `x-codegen-never` | `true`: nothing fits (`false` as a schema); reads as `not: {}` |
//! | schema | `x-codegen-const` | the value; it is the only one in `enum`, too |
//! | schema | `x-codegen-examples` | list of values; the first is `example`, too |
//! | schema | `x-codegen-prefix-items` | list of numbers: item n of the tuple is `items.anyOf[number]`, or `items` itself where no number, here or in the next, is above 0 |
//! | schema | `x-codegen-additional-items` | such a number for what follows the tuple, or `false` |
//! | schema | `x-codegen-pattern-properties` | list of patterns; `additionalProperties` is the union of their schemas |
//! | schema | `x-codegen-content-encoding`, `x-codegen-content-media-type` | string; base64 reads as `format: byte`, application/octet-stream as `format: binary` |
//! | schema | `x-codegen-content-schema` | schema of what the string holds |
//! | schema | `x-codegen-format` | string: a format beside a type other than string, number and integer |
//! | schema | `x-codegen-minimum`, `x-codegen-maximum`, `x-codegen-multiple-of` | number that is no 64-bit integer, of an integer |
//! | schema | `x-codegen-exclusive-minimum`, `x-codegen-exclusive-maximum` | boolean, beside the former |
//! | schema | `x-codegen-xml` | XML Object |
//! | schema | `x-codegen-property-names`, `x-codegen-contains` | schema |
//! | schema | `x-codegen-min-contains`, `x-codegen-max-contains` | number |
//! | schema | `x-codegen-dependent-schemas` | object: property -> schema |
//! | schema | `x-codegen-dependent-required` | object: property -> list of properties |
//! | schema | `x-codegen-unevaluated-items`, `x-codegen-unevaluated-properties` | boolean or schema |
//! | schema | `x-codegen-if`, `x-codegen-then`, `x-codegen-else` | schema |

mod extensions;
mod inline;
mod naming;
mod objects;
mod operations;
mod references;
mod schema;
mod security;
mod shape;

pub(crate) use extensions::text as text_extension;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::{
    diagnostics::Diagnostics,
    load::{Document, Sources},
};

/// How deep a document is at most, in levels, to be read on the stack that there is.
const USUAL_DEPTH: usize = 48;

/// The stack for reading a document as deep as the parsers let through, 128 levels, in bytes.
const DEEP_STACK: usize = 64 << 20;

/// A document in the one form that the lowering works on.
#[derive(Clone, Debug)]
pub struct Normalized {
    /// The document.
    pub openapi: OpenAPI,
    /// Where it comes from.
    pub sources: Sources,
}

/// Checks a document and brings it to the form that the lowering works on.
///
/// Gives `None` where `diagnostics` has an error, be it from here or from an earlier stage.
pub fn normalize(document: Document, diagnostics: &mut Diagnostics) -> Option<Normalized> {
    let Document { mut root, mut sources } = document;
    references::resolve(&mut root, &mut sources, diagnostics);
    operations::check(&root, diagnostics);
    security::check(&mut root, diagnostics);
    shape::shape(&mut root, &sources, diagnostics);
    diagnostics.attach(sources.clone());
    if diagnostics.has_errors() {
        return None;
    }
    let openapi = deserialize(root, diagnostics)?;
    Some(Normalized { openapi, sources })
}

/// Hands a document to openapiv3. What that could refuse has been corrected or reported before, so an error here is
/// a gap in our tables; it is reported like any other.
fn deserialize(root: Value, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    let result = if depth(&root) <= USUAL_DEPTH {
        read(root)
    } else {
        // openapiv3 takes several frames for each level, too many for the usual stack where a document is deep.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(DEEP_STACK);
            match thread.spawn_scoped(scope, || read(root)).map(|thread| thread.join()) {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err((None, "reading the document broke off".to_owned())),
                Err(error) => Err((None, format!("no thread could be started: {error}"))),
            }
        })
    };
    match result {
        Ok(openapi) => Some(openapi),
        Err((at, message)) => {
            diagnostics.error("invalid-document", at, message);
            None
        }
    }
}

/// The document, or a JSON pointer and what is wrong there.
fn read(root: Value) -> Result<OpenAPI, (Option<String>, String)> {
    serde_path_to_error::deserialize(root)
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
