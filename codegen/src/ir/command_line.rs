//! The command line beside the SDK.

use std::collections::BTreeMap;

/// A program with a command for each operation, in a package of its own.
#[derive(Clone, Debug)]
pub struct CommandLine {
    /// What the program is called.
    pub program: String,
    /// What its package is called.
    pub package: String,
    /// The names of commands that the user chose, by operationId.
    pub commands: BTreeMap<String, String>,
}
