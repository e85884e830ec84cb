//! What the file of an API imports, noted where it is named.

use crate::render::rust;

/// The names that a part of the file takes from elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Imports {
    /// The module `models`.
    pub(super) models: bool,
    /// `Answer`, for an operation that gives one of several types.
    pub(super) answer: bool,
    /// The module `decode`.
    pub(super) decode: bool,
    /// `Multipart`, for a form of the caller's.
    pub(super) multipart: bool,
    /// `Paging`, for an operation that gives a page of a list.
    pub(super) paging: bool,
    /// `Requirement`, for an operation that a credential is optional for.
    pub(super) requirement: bool,
    /// `Style`, for a parameter that is not written as its location has it.
    pub(super) style: bool,
}

impl Imports {
    /// What either part takes.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            models: self.models || other.models,
            answer: self.answer || other.answer,
            decode: self.decode || other.decode,
            multipart: self.multipart || other.multipart,
            paging: self.paging || other.paging,
            requirement: self.requirement || other.requirement,
            style: self.style || other.style,
        }
    }

    /// The import from the runtime, of which every API takes the client and its calls.
    pub(super) fn runtime(self) -> String {
        let taken = [
            (self.answer, "Answer"),
            (true, "Call"),
            (true, "Client"),
            (self.multipart, "Multipart"),
            (self.paging, "Paging"),
            (self.requirement, "Requirement"),
            (self.style, "Style"),
            (self.decode, "decode"),
        ];
        let taken = taken.into_iter().filter(|(is_taken, _)| *is_taken);
        let names: Vec<String> = taken.map(|(_, name)| name.to_owned()).collect();
        rust::import("crate::runtime", &names)
    }
}
