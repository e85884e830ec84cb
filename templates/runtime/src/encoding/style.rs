//! How a value of several parts is written in a query or form.

use crate::runtime::operation::Style;

/// How a value is written in a query, or in a form that is written like one (OpenAPI 3.1.1, section
/// 4.8.12.2.2, "Fixed Fields for use with `schema`").
///
/// ```text
/// QueryStyle::new(Style::DeepObject, true).nesting(Nesting::Brackets)
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct QueryStyle {
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) nesting: Nesting,
}

impl QueryStyle {
    /// A style, and whether lists and objects become several pairs. What it has no form for is nested
    /// as [`Nesting::Repeat`] in style `deepObject`, and as [`Nesting::Json`] in all others.
    pub const fn new(style: Style, explode: bool) -> Self {
        let nesting = match style {
            Style::DeepObject => Nesting::Repeat,
            _ => Nesting::Json,
        };
        Self { style, explode, allow_reserved: false, nesting }
    }

    /// Leaves the reserved characters of the value as they are (`allowReserved`), but for those that
    /// would end or change it (`#`, `&`, `+`, `[`, `]`).
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Sets how values are written that lie deeper than the style reaches.
    #[must_use]
    pub const fn nesting(mut self, nesting: Nesting) -> Self {
        self.nesting = nesting;
        self
    }
}

/// How values are written that lie deeper than a style reaches, such as a list within an object:
/// OpenAPI leaves that open, and servers differ.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Nesting {
    /// `a[b]=1`, and a list as one pair for each item: `a[b]=1&a[b]=2`.
    Repeat,
    /// As `Repeat`, with empty brackets after the name of a list: `a[b][]=1&a[b][]=2`.
    Brackets,
    /// As `Repeat`, with the position of each item, from 0: `a[b][0]=1&a[b][1]=2`.
    Indices,
    /// As one JSON text: `a={"b":[1,2]}`.
    Json,
}

/// How a field of a form is written (OpenAPI 3.1.1, section 4.8.15.1, Encoding Object) where that is
/// not the default: a text or number as it is, an object as JSON, a list as one field for each item.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FieldEncoding {
    /// As a query parameter: `style`, `explode` or `allowReserved` is given.
    Style(QueryStyle),
    /// As JSON, each item of a list by itself: `contentType` is JSON.
    Json,
}

impl FieldEncoding {
    /// As a query parameter of that style.
    pub const fn style(style: Style, explode: bool) -> Self {
        Self::Style(QueryStyle::new(style, explode))
    }
}
