//! What the file of an API imports, noted where it is named.

use crate::ir::{Body, BodyKind, QueryStyle};
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
    /// `FieldEncoding`, for a form whose fields are not all written by default.
    pub(super) field_encoding: bool,
    /// `Multipart`, for a form of the caller's.
    pub(super) multipart: bool,
    /// `Nesting`, for nested values that `sdk.toml` speaks of.
    pub(super) nesting: bool,
    /// `Paging`, for an operation that gives a page of a list.
    pub(super) paging: bool,
    /// `PartEncoding`, for parts that are not all written by default.
    pub(super) part_encoding: bool,
    /// `PartEncodings` and `PartItems`, for a body of parts without names.
    pub(super) parts: bool,
    /// `QueryStyle`, for a value that needs more than style and explode.
    pub(super) query_style: bool,
    /// `Requirement`, for an operation that a credential is optional for.
    pub(super) requirement: bool,
    /// `Style`, for a parameter that is not written as its location has it.
    pub(super) style: bool,
}

impl Imports {
    /// What is taken for a style that is written as [`QueryStyle`].
    pub(super) fn of_style(style: QueryStyle) -> Self {
        Self { nesting: style.nesting.is_some(), query_style: true, style: true, ..Self::default() }
    }

    /// What is taken for the styles of a form's fields.
    pub(super) fn of_encodings(body: &Body) -> Self {
        let styles = body.encodings.iter().filter_map(|encoding| encoding.style);
        let is_form = body.kind == BodyKind::Form;
        let all = styles.map(|style| match style.is_plain() && is_form {
            true => Self { style: true, ..Self::default() },
            false => Self::of_style(style),
        });
        all.fold(Self::default(), Self::and)
    }

    /// What either part takes.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            models: self.models || other.models,
            answer: self.answer || other.answer,
            decode: self.decode || other.decode,
            field_encoding: self.field_encoding || other.field_encoding,
            multipart: self.multipart || other.multipart,
            nesting: self.nesting || other.nesting,
            paging: self.paging || other.paging,
            part_encoding: self.part_encoding || other.part_encoding,
            parts: self.parts || other.parts,
            query_style: self.query_style || other.query_style,
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
            (self.field_encoding, "FieldEncoding"),
            (self.multipart, "Multipart"),
            (self.nesting, "Nesting"),
            (self.paging, "Paging"),
            (self.part_encoding, "PartEncoding"),
            (self.parts, "PartEncodings"),
            (self.parts, "PartItems"),
            (self.query_style, "QueryStyle"),
            (self.requirement, "Requirement"),
            (self.style, "Style"),
            (self.decode, "decode"),
        ];
        let taken = taken.into_iter().filter(|(is_taken, _)| *is_taken);
        let names: Vec<String> = taken.map(|(_, name)| name.to_owned()).collect();
        rust::import("crate::runtime", &names)
    }
}
