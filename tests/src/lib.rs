//! What the tests of the workspace share.

pub mod command;
pub mod documents;
pub mod folder;
pub mod practice_org;
