//! The programs that `[cli]` of `sdk.toml` asks for: `okta`, of the session API, and `features`, of the document with all
//! features. Each is run as a process, against a server in this one.

mod features;
mod management;
mod session;
