//! What normalizing gives to the lowering.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, PathItem};

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
    /// `explode` of an Encoding Object by its place, where it is written: [`openapiv3`] takes absent for `false`, and
    /// the default depends on the style.
    pub encoding_explode: HashMap<String, bool>,
}
