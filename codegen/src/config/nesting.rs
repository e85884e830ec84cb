//! The part of `sdk.toml` that says how nested values stand in queries and forms.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How values are written that lie deeper than the style of a query parameter, or of a field of a form,
/// reaches: OpenAPI leaves that open.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Nesting {
    /// How all of them are written.
    pub style: Option<NestingStyle>,
    /// How some are written, by the name of the parameter or of the property of a form.
    pub parameters: BTreeMap<String, NestingStyle>,
}

impl Nesting {
    /// How the nested values of a parameter, or of a property of a form, are written.
    pub(crate) fn of(&self, name: &str) -> Option<NestingStyle> {
        self.parameters.get(name).copied().or(self.style)
    }
}

/// How values are written that lie deeper than a style reaches, which OpenAPI leaves open.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum NestingStyle {
    /// `a[b]=1&a[b]=2`
    Repeat,
    /// `a[b][]=1&a[b][]=2`
    Brackets,
    /// `a[b][0]=1&a[b][1]=2`
    Indices,
    /// `a={"b":[1,2]}`
    Json,
}

impl NestingStyle {
    /// The word that `sdk.toml` has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Repeat => "repeat",
            Self::Brackets => "brackets",
            Self::Indices => "indices",
            Self::Json => "json",
        }
    }

    /// The variant of the runtime's `Nesting`.
    pub fn variant(self) -> &'static str {
        match self {
            Self::Repeat => "Repeat",
            Self::Brackets => "Brackets",
            Self::Indices => "Indices",
            Self::Json => "Json",
        }
    }
}
