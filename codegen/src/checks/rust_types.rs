//! Types and derives of the user's: whether they are Rust, and which crates they come from.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::render;

/// What a path may start with that needs no dependency.
const BUILT_IN: [&str; 4] = ["alloc", "core", "crate", "std"];

/// Reports what is no Rust, comes from a crate that the SDK does not depend on, or is a dependency
/// without need.
pub(super) fn check(config: &Config, diagnostics: &mut Diagnostics) {
    let mut check = Check { config, diagnostics, used: BTreeSet::new() };
    let types = &config.types;
    for (key, table) in [("schemas", &types.schemas), ("formats", &types.formats)] {
        for (name, ty) in table {
            check.source(
                &["types", key],
                name,
                ty,
                syn::parse_str::<syn::Type>(ty).is_ok(),
                "type",
            );
        }
    }
    for (name, traits) in &types.derives {
        for derived in traits {
            let is_path = syn::parse_str::<syn::Path>(derived).is_ok();
            check.source(&["types", "derives"], name, derived, is_path, "derive");
        }
    }
    check.dependencies();
}

struct Check<'a> {
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    /// The crates that the types name.
    used: BTreeSet<String>,
}

impl Check<'_> {
    fn source(&mut self, keys: &[&str], name: &str, text: &str, is_rust: bool, kind: &str) {
        let tokens = text.parse::<TokenStream>().ok().filter(|_| is_rust);
        let Some(tokens) = tokens else {
            let message = format!("`{text}` is no {kind} of Rust");
            let help = "write it as it stands in Rust, such as `std::net::IpAddr`";
            return self.report("invalid-rust-type", keys, name, message, help);
        };
        let mut crates = BTreeSet::new();
        collect_crates(tokens, &mut crates);
        for used in crates {
            let is_there = BUILT_IN.contains(&used.as_str())
                || render::dependencies().any(|known| crate_name(known) == used)
                || self.config.package.dependencies.keys().any(|it| crate_name(it) == used);
            if !is_there {
                let message =
                    format!("`{text}` is in the crate `{used}`, which the SDK does not depend on");
                let help = format!("add it to `[package.dependencies]`: {used} = \"1\"");
                self.report("missing-dependency", keys, name, message, &help);
            }
            self.used.insert(used);
        }
    }

    fn dependencies(&mut self) {
        let keys = ["package", "dependencies"];
        for (name, value) in &self.config.package.dependencies {
            let is_name = !name.is_empty()
                && name.chars().all(|it| it.is_ascii_alphanumeric() || "-_".contains(it));
            if !is_name || !(value.is_str() || value.is_table()) {
                let message = format!("`{name}` is no dependency that cargo can read");
                let help = "write `NAME = \"VERSION\"`, or a table as in a manifest";
                self.report("invalid-dependency", &keys, name, message, help);
            } else if render::dependencies().any(|known| crate_name(known) == crate_name(name)) {
                let message = format!("the SDK depends on `{name}` anyway");
                self.report("unused-configuration", &keys, name, message, "remove it");
            } else if !self.used.contains(&crate_name(name)) {
                let message = format!("no type and no derive is from the crate `{name}`");
                let help = "remove it, or name a type of it in `[types]`";
                self.report("unused-configuration", &keys, name, message, help);
            }
        }
    }

    fn report(
        &mut self,
        code: &'static str,
        keys: &[&str],
        name: &str,
        message: String,
        help: &str,
    ) {
        let place = self.config.location(keys, name);
        self.diagnostics.error(code, None, message).at(place).help(help);
    }
}

/// The name of a package as it stands in Rust.
fn crate_name(package: &str) -> String {
    package.replace('-', "_")
}

/// The first segments of all paths of more than one.
fn collect_crates(tokens: TokenStream, crates: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect_crates(group.stream(), crates),
            TokenTree::Ident(name) => {
                let follows =
                    index >= 3 && is_colon(tokens.get(index - 1)) && is_segment(&tokens[index - 3]);
                if is_colon(tokens.get(index + 1)) && is_colon(tokens.get(index + 2)) && !follows {
                    crates.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
}

/// Whether a path may go on after this token: `a::b`, `A<B>::c`.
fn is_segment(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == '>',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_of_a_type_are_found() {
        let crates = |text: &str| {
            let mut crates = BTreeSet::new();
            collect_crates(text.parse().expect("tokens"), &mut crates);
            crates.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(crates("String"), "");
        assert_eq!(crates("uuid::Uuid"), "uuid");
        assert_eq!(crates("::a::b::C<d::E, [f::G; 2]>"), "a d f");
        assert_eq!(crates("std::collections::BTreeMap<String, (a::B, C)>"), "a std");
    }
}
