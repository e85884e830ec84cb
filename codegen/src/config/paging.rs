//! The part of `sdk.toml` that says how lists go on.

use serde::Deserialize;

/// How the lists of some operations go on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PagingRule {
    /// How the next page is found.
    pub style: StyleName,
    /// The query parameter that leads on. Without `operations`, the rule is for every GET
    /// operation that has it.
    pub parameter: Option<String>,
    /// The operationIds that the rule is for.
    #[serde(default)]
    pub operations: Vec<String>,
    /// A JSON pointer to the items; the body itself unless given.
    pub items: Option<String>,
    /// A JSON pointer to the URL or cursor of the next page.
    pub next: Option<String>,
    /// A JSON pointer to the number of all items.
    pub total: Option<String>,
    /// The number of the first page; 1 unless given.
    pub first: Option<u64>,
    /// Whether a page without items is the last one for now, although it names a next one.
    #[serde(default)]
    pub empty_page_ends: bool,
    /// The query parameters that a page's link to the next one forgets, and that are sent again.
    #[serde(default)]
    pub kept_parameters: Vec<String>,
}

/// The styles of paging.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum StyleName {
    /// The `Link` header with `rel="next"` (RFC 8288).
    Link,
    /// A URL in the body.
    Url,
    /// A cursor in the body.
    Cursor,
    /// The number of items so far.
    Offset,
    /// The number of the page.
    PageNumber,
}

impl PagingRule {
    /// A JSON pointer to the items; empty for the body itself.
    pub(crate) fn items(&self) -> &str {
        self.items.as_deref().unwrap_or_default()
    }
}
