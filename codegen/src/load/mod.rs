//! Reads an OpenAPI document, with all the files it refers to, into one JSON value.
//!
//! JSON is read by serde_json and YAML by serde_yaml. Positions are not kept while reading: [`Sources`] finds them
//! when a problem is reported. What comes out has no reference into another file; whether its own references lead
//! somewhere is checked by [`crate::normalize`].

pub(crate) mod access;
pub(crate) mod bundle;
pub(crate) mod identifiers;
pub(crate) mod measure;
pub(crate) mod names;
mod pointer_lengths;
pub(crate) mod read;
mod version;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde_json::Value;

pub use crate::source::{Notation, Source, SourceId, Sources};

use crate::diagnostics::Diagnostics;
use access::Access;

/// A document as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The whole document. Always an object.
    pub root: Value,
    /// Where it comes from.
    pub sources: Sources,
}

/// Reads the OpenAPI 3 document at `path`: JSON or YAML, in one file or several, all of them in or below its folder.
///
/// Gives `None` where there is nothing to go on with: no file, no JSON or YAML, no OpenAPI 3 document. A problem that
/// lets the later stages find more problems is an error in `diagnostics` only, so ask
/// [`Diagnostics::has_errors`] as well.
pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Option<Document> {
    load_with(path, &[], diagnostics)
}

/// Reads a document as [`load`] does, which may refer to files in and below the folders `allowed`, too.
pub fn load_with(
    path: &Path,
    allowed: &[PathBuf],
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let file = read::read(path, diagnostics, |_| {})?;
    let mut sources = Sources::default();
    read::report(file.findings, &file.source, diagnostics);
    sources.add(file.source);
    diagnostics.attach(sources.clone());
    version::check(&file.value, diagnostics)?;
    let mut root = file.value;
    let access = Access::of(path, allowed, diagnostics);
    bundle::bundle(&mut root, &access, &mut sources, diagnostics);
    Some(Document { root, sources })
}
