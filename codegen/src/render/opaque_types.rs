//! The types of the user's that are read, which the runtime knows only as a whole.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, TypePath};

use crate::ir::{Sdk, Type};

/// The types that the runtime reads by itself, by the last word of their path.
const KNOWN: [&str; 11] =
    ["String", "Value", "bool", "i32", "i64", "u64", "f32", "f64", "Timestamp", "Date", "FilePart"];

/// The types that the runtime reads by way of what they hold.
const CONTAINERS: [&str; 4] = ["Vec", "BTreeMap", "Option", "Box"];

/// The types that are read and are neither of the runtime nor models, each once, in alphabetical order.
///
/// What is no Rust type is left to the compiler.
pub fn opaque_types(sdk: &Sdk) -> Vec<String> {
    let mut found = BTreeSet::new();
    let of_models = sdk.models.iter().flat_map(|model| model.kind.types());
    let operations = sdk.apis.iter().flat_map(|api| &api.operations);
    let of_outputs = operations.flat_map(|operation| operation.output.types());
    of_models.chain(of_outputs).chain(&sdk.error_model).for_each(|ty| of_type(ty, &mut found));
    found.into_iter().collect()
}

fn of_type(ty: &Type, found: &mut BTreeSet<String>) {
    match ty {
        Type::Custom(path) => {
            if let Ok(custom) = syn::parse_str::<syn::Type>(path) {
                of_custom(&custom, path, found);
            }
        }
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            of_type(inner, found);
        }
        _ => {}
    }
}

/// `text` is how the type stands in the configuration.
fn of_custom(ty: &syn::Type, text: &str, found: &mut BTreeSet<String>) {
    let syn::Type::Path(TypePath { path, .. }) = ty else {
        found.insert(text.to_owned());
        return;
    };
    let Some(last) = path.segments.last() else { return };
    let name = last.ident.to_string();
    let is_of_this_crate = path.segments.first().is_some_and(|first| first.ident == "crate");
    if is_of_this_crate || KNOWN.contains(&name.as_str()) && is_well_known(path) {
        return;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        found.insert(text.to_owned());
        return;
    };
    if !CONTAINERS.contains(&name.as_str()) {
        found.insert(text.to_owned());
        return;
    }
    for argument in &arguments.args {
        if let GenericArgument::Type(inner) = argument {
            of_custom(inner, &inner.to_token_stream().to_string().replace(' ', ""), found);
        }
    }
}

/// Whether a path leads to a type of the crates that every SDK uses, and not to one of the same name.
fn is_well_known(path: &syn::Path) -> bool {
    let first = path.segments.first().map(|segment| segment.ident.to_string());
    path.segments.len() == 1
        || first.is_some_and(|first| {
            ["std", "alloc", "core", "serde_json", "jiff"].contains(&first.as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(ty: &str) -> Vec<String> {
        let mut found = BTreeSet::new();
        of_type(&Type::Array(Box::new(Type::Custom(ty.to_owned()))), &mut found);
        found.into_iter().collect()
    }

    #[test]
    fn what_the_runtime_reads_is_left_out() {
        for ty in
            ["String", "std::string::String", "jiff::Timestamp", "Vec<i64>", "crate::models::A"]
        {
            assert_eq!(found(ty), [""; 0], "{ty}");
        }
    }

    #[test]
    fn other_types_are_found_within_containers() {
        assert_eq!(found("std::net::Ipv4Addr"), ["std::net::Ipv4Addr"]);
        assert_eq!(found("Vec<uuid::Uuid>"), ["uuid::Uuid"]);
        assert_eq!(found("time::Date"), ["time::Date"]);
        assert_eq!(found("(i64, i64)"), ["(i64, i64)"]);
        assert_eq!(found("money::Amount<u8>"), ["money::Amount<u8>"]);
    }
}
