//! What a call gives.

use super::{BodyKind, Status, StreamFormat, Type};

/// What a successful call gives.
#[derive(Clone, Debug)]
pub enum Output {
    /// Nothing: no success has a body.
    Empty,
    /// One type, whatever the success.
    Body {
        /// The type.
        ty: Type,
        /// How the bytes become the value.
        kind: BodyKind,
    },
    /// One type, or nothing: some successes have a body and others none.
    Optional {
        /// The type.
        ty: Type,
        /// How the bytes become the value.
        kind: BodyKind,
    },
    /// A type for each status.
    Variants {
        /// The Rust enum.
        name: String,
        /// Its variants.
        variants: Vec<Variant>,
    },
}

impl Output {
    /// Whether the answer's body is read piece by piece.
    pub fn is_download(&self) -> bool {
        matches!(
            self,
            Self::Body { kind: BodyKind::Binary, .. }
                | Self::Optional { kind: BodyKind::Binary, .. }
        )
    }

    /// How the items of the answer stand in it, where they are given as they come, and their type.
    pub fn stream(&self) -> Option<(StreamFormat, &Type)> {
        match self {
            Self::Body { kind: BodyKind::Stream(format), ty }
            | Self::Optional { kind: BodyKind::Stream(format), ty } => Some((*format, ty)),
            _ => None,
        }
    }

    /// The types that a call can give.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Empty => Vec::new(),
            Self::Body { ty, .. } | Self::Optional { ty, .. } => vec![ty],
            Self::Variants { variants, .. } => {
                variants.iter().filter_map(|variant| variant.ty.as_ref()).collect()
            }
        }
    }

    /// Whether each success is one that the document names, be it by a range.
    pub fn names_every_success(&self) -> bool {
        let Self::Variants { variants, .. } = self else { return true };
        variants.iter().any(|variant| !matches!(variant.status, Status::Code(_)))
    }
}

/// One success of several.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The Rust variant.
    pub ident: String,
    /// The status that means it.
    pub status: Status,
    /// What it holds; none where there is no body.
    pub ty: Option<Type>,
    /// How the bytes become the value.
    pub kind: BodyKind,
}
