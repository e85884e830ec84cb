//! The part of `sdk.toml` that says how nested values stand in queries and forms.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::ir;

/// How values are written that lie deeper than the style of a query parameter, or of a field of a form,
/// reaches: OpenAPI leaves that open.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Nesting {
    /// How all of them are written.
    pub style: Option<ir::Nesting>,
    /// How some are written, by the name of the parameter or of the property of a form.
    pub parameters: BTreeMap<String, ir::Nesting>,
}

impl Nesting {
    /// How the nested values of a parameter, or of a property of a form, are written.
    pub(crate) fn of(&self, name: &str) -> Option<ir::Nesting> {
        self.parameters.get(name).copied().or(self.style)
    }
}
