//! Twelve tasks of an Okta administrator, as somebody writes them who has the crate's README: each in fewer
//! than 15 lines, with nothing but the client and the models.

pub mod applications;
pub mod factors;
pub mod hooks;
pub mod log;
pub mod policies;
pub mod users;
