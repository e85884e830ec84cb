//! The name of the crate, which cargo has rules for.

use std::path::Path;

use super::key_locations;
use crate::diagnostics::Diagnostics;

/// The longest name that a registry takes, in bytes.
const LONGEST: usize = 64;

/// Names of crates that every program has already.
const TAKEN: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// Reports a name that no package can have. `file` is the configuration that gives it, if one does.
pub(crate) fn check(name: &str, file: Option<&Path>, diagnostics: &mut Diagnostics) {
    let Some(reason) = fault(name) else {
        return;
    };
    let message = format!("a crate cannot be called `{name}`: {reason}");
    let place = file.and_then(|file| key_locations::location(file, &["package"], "name"));
    diagnostics
        .error("invalid-package-name", None, message)
        .at(place)
        .help("use letters, digits, `-` and `_`, with a letter first, such as `pet-store`");
}

/// What is wrong with the name of a package.
pub(crate) fn fault(name: &str) -> Option<&'static str> {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    let crate_name = name.replace('-', "_");
    if name.is_empty() {
        Some("it is empty")
    } else if !name.chars().all(allowed) {
        Some("it has other characters than letters, digits, `-` and `_`")
    } else if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        Some("it does not start with a letter")
    } else if name.len() > LONGEST {
        Some("it has more than 64 characters")
    } else if TAKEN.contains(&crate_name.as_str()) {
        Some("that is a crate of the standard library")
    } else if syn::parse_str::<syn::Ident>(&crate_name).is_err() {
        Some("that is a keyword of Rust")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cargo_takes_are_told_from_others() {
        for name in ["sdk", "pet-sdk", "a1_b"] {
            assert_eq!(fault(name), None, "{name}");
        }
        let long = "a".repeat(65);
        for name in ["", "a b", "a\"\n", "../a", "1a", "-a", "é", "fn", "core", &long] {
            assert!(fault(name).is_some(), "{name}");
        }
    }
}
