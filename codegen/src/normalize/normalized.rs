//! What normalizing gives to the lowering.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{Encoding, OpenAPI, Operation, PathItem, ReferenceOr, Schema};

use crate::source::Sources;

/// A document in the one form that the lowering works on.
#[derive(Clone, Debug)]
pub struct Normalized {
    /// What OpenAPI 3.0 has a field for.
    pub openapi: OpenAPI,
    /// What it has none for.
    pub additions: Additions,
    /// The files that the document comes from.
    pub sources: Sources,
}

/// What a document says that [`openapiv3`] cannot hold, and that the SDK depends on: one field for each subject.
///
/// Places are JSON pointers (RFC 6901) into the normalized document. A further subject is a field here that the step
/// which meets it fills; what no field is for is left out of the document, so that [`openapiv3`] does not meet it.
#[derive(Clone, Debug, Default)]
pub struct Additions {
    /// `webhooks` of the document, of 3.1. None is a reference.
    pub webhooks: IndexMap<String, PathItem>,
    /// `summary` of the Info Object, of 3.1, unless it is blank.
    pub info_summary: Option<String>,
    /// `name` of a Server Object, of 3.2, by the server's place, unless it is blank.
    pub server_names: HashMap<String, String>,
    /// `summary` of a Tag Object, of 3.2, by the tag's place, unless it is blank.
    pub tag_summaries: HashMap<String, String>,
    /// `parent` of a Tag Object, of 3.2, by the tag's name, unless it is blank.
    pub tag_parents: HashMap<String, String>,
    /// `kind` of a Tag Object, of 3.2, by the tag's name, unless it is blank.
    pub tag_kinds: HashMap<String, String>,
    /// The operations that a path item of 3.0 has no field for: `query` and `additionalOperations`, of 3.2, by the path.
    pub operations: IndexMap<String, Vec<FurtherOperation>>,
    /// The places of the parameters that are the whole query, `in: querystring` of 3.2. They are in the query otherwise.
    pub whole_queries: HashSet<String>,
    /// `allowReserved` of a path parameter, of 3.2, where it is true: the places of those.
    pub reserved_paths: HashSet<String>,
    /// `style: cookie` of a cookie parameter, of 3.2: the places of those. They have the style `form` otherwise.
    pub plain_cookies: HashSet<String>,
    /// `deprecated` of a Security Scheme Object, of 3.2, where it is true: the places of those.
    pub deprecated_schemes: HashSet<String>,
    /// `deviceAuthorization` of an OAuth Flows Object, of 3.2, by the place of the flows.
    pub device_flows: HashMap<String, DeviceFlow>,
    /// `defaultMapping` of a Discriminator Object, of 3.2, by its place, unless it is blank.
    pub default_mappings: HashMap<String, String>,
    /// `explode` of an Encoding Object by its place, where it is written: [`openapiv3`] takes absent for `false`, and
    /// the default depends on the style.
    pub encoding_explode: HashMap<String, bool>,
    /// `itemSchema` of a Media Type Object, of 3.2, by the media type's place; of an event stream, the schema of the
    /// events' data.
    pub item_schemas: HashMap<String, ReferenceOr<Schema>>,
    /// `prefixEncoding` and `itemEncoding` of a Media Type Object, of 3.2, by the media type's place.
    pub positional_encodings: HashMap<String, PositionalEncodings>,
}

/// How the parts of a body are written by their position.
#[derive(Clone, Debug, Default)]
pub struct PositionalEncodings {
    /// Of the first parts, one after the other.
    pub prefix: Vec<Encoding>,
    /// Of all others.
    pub item: Option<Encoding>,
}

/// An operation that a path item of 3.0 has no field for.
#[derive(Clone, Debug)]
pub struct FurtherOperation {
    /// The method: `query`, or the token among the additional operations.
    pub method: String,
    /// The pointer to the operation below the path item.
    pub at: String,
    /// The operation.
    pub operation: Operation,
}

/// The flow by which a device gets a token (RFC 8628).
#[derive(Clone, Debug)]
pub struct DeviceFlow {
    /// Where tokens are had.
    pub token_url: String,
    /// The scopes with what they are for.
    pub scopes: IndexMap<String, String>,
}

/// An operation where it stands.
#[derive(Clone, Debug)]
pub struct OperationOfPath<'a> {
    /// The path template.
    pub path: &'a str,
    /// What holds for all operations of the path.
    pub item: &'a PathItem,
    /// The method: the name of the path item's field, in lower case, or the token among the additional operations.
    pub method: &'a str,
    /// The pointer to the operation below the path item.
    pub at: String,
    /// The operation.
    pub operation: &'a Operation,
}

/// All operations of a document's paths: those of a path in the order of RFC 9110 and not of the document, which
/// [`openapiv3`] does not keep.
pub fn operations<'a>(
    openapi: &'a OpenAPI,
    additions: &'a Additions,
) -> impl Iterator<Item = OperationOfPath<'a>> {
    let items = openapi.paths.paths.iter().filter_map(|(path, item)| match item {
        ReferenceOr::Item(item) => Some((path.as_str(), item)),
        ReferenceOr::Reference { .. } => None,
    });
    items.flat_map(|(path, item)| {
        let own = [
            ("get", &item.get),
            ("head", &item.head),
            ("post", &item.post),
            ("put", &item.put),
            ("delete", &item.delete),
            ("options", &item.options),
            ("trace", &item.trace),
            ("patch", &item.patch),
        ];
        let own = own.into_iter().filter_map(move |(method, operation)| {
            let (at, operation) = (format!("/{method}"), operation.as_ref()?);
            Some(OperationOfPath { path, item, method, at, operation })
        });
        let further = additions.operations.get(path).into_iter().flatten();
        let further = further.map(move |further| OperationOfPath {
            path,
            item,
            method: &further.method,
            at: further.at.clone(),
            operation: &further.operation,
        });
        own.chain(further)
    })
}
