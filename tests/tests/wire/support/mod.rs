//! What the tests of this folder share.

pub mod document;
pub mod network;
pub mod pages;
pub mod raw_server;
pub mod server;
pub mod tls_server;
pub mod token_server;
