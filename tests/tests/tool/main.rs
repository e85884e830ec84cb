//! `cargo xtask` and what it is made of: what each command does with good documents and bad ones, and what it says.
//!
//! One program for all of it, since each is linked with the whole generator. A module's tests alone are
//! `cargo test -p sdk-tests --test tool import::`.

mod bad_input;
mod command_line;
mod conformance;
mod corpus;
mod diagnostics;
mod files;
mod hostile;
mod import;
mod installed;
mod judge;
mod limits;
mod list;
mod new;
mod overlay;
mod schema;
mod semver;
mod terminal;
mod unused;
mod urls;
