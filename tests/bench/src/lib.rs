//! What both sides of a measurement share: the answer, the server that gives it, and the client that somebody would
//! write by hand who does without an SDK.

pub mod by_hand;
pub mod canned;
pub mod server;
pub mod streams_by_hand;

/// A session as Okta gives it.
pub const SESSION: &str = include_str!("session.json");

/// A list of so many sessions, of which each has one value of another type than documented where `deviates` says so.
pub fn sessions(count: usize, deviates: bool) -> String {
    let session = match deviates {
        true => SESSION.replace(r#""login": "isaac.brock@example.com""#, r#""login": 17"#),
        false => SESSION.to_owned(),
    };
    format!("[{}]", vec![session.trim(); count].join(","))
}
