//! The part of `sdk.toml` that says what flows.

use serde::Deserialize;

/// What the document does not say of an operation whose answer is a stream.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct StreamRule {
    /// The schema in `components.schemas` of an item, or of the data of an event.
    pub item: Option<String>,
    /// The data of the item that ends the stream and is none itself.
    pub sentinel: Option<String>,
    /// Whether a stream of events that ended is asked for again, from the last event on.
    pub reconnect: bool,
}
