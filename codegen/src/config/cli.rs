//! The part of `sdk.toml` that wants a command line beside the SDK.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The command line that is made beside the SDK.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Cli {
    /// What the program is called; the crate's name without `-sdk` unless given.
    pub name: Option<String>,
    /// What its package is called; the program's name with `-cli` unless given.
    pub package: Option<String>,
    /// Names of commands, by operationId; made of the operationId and the tag unless given.
    pub commands: BTreeMap<String, String>,
}
