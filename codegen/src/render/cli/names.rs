//! The words of the command line: of groups, commands and flags.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::ir::{Api, Operation};
use crate::names::file_name;

/// The words at the place of groups that mean something else.
const OWN_GROUPS: [&str; 2] = ["completion", "help"];

/// A Rust identifier in the way of the command line: `r#type` is `type`, `session_token` is `session-token`.
pub fn kebab(identifier: &str) -> String {
    let word = identifier.trim_start_matches("r#").trim_matches('_').replace('_', "-");
    if word.is_empty() { "n".to_owned() } else { word }
}

/// The words for groups, in the order of the APIs.
pub fn groups<'a>(apis: impl Iterator<Item = &'a Api>) -> Vec<String> {
    let mut taken: HashSet<String> = OWN_GROUPS.map(str::to_owned).into();
    apis.map(|api| free_word(&mut taken, kebab(&api.method))).collect()
}

/// The word, or the word with the first free number behind it.
pub fn free_word(taken: &mut HashSet<String>, wanted: String) -> String {
    free(wanted, '-', |name| taken.insert(name.to_owned()))
}

/// The name, or the name with the first number behind it with which it is free, as `takes` says.
pub fn free(wanted: String, separator: char, mut takes: impl FnMut(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{separator}{number}"));
    let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
    candidates.find(|name| takes(name)).unwrap_or(wanted)
}

/// The name of a module that is a file beside `mod.rs`.
pub fn module(name: &str) -> String {
    let module = file_name(name);
    if module == "mod" { "mod_".to_owned() } else { module }
}

/// The words for the commands of an API, in the order of its operations: the name of its method without the name of the
/// API, where that tells the commands apart; `chosen` has those of the user's, by operationId.
pub fn commands(api: &Api, chosen: &BTreeMap<String, String>) -> Vec<String> {
    let of_group: Vec<&str> = words(&api.method).collect();
    let wanted: Vec<(String, bool)> = api
        .operations
        .iter()
        .map(|operation| match chosen_name(operation, chosen) {
            Some(name) => (name.clone(), true),
            None => (short(&operation.method, &of_group), false),
        })
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in &wanted {
        *counts.entry(name).or_default() += 1;
    }
    let chosen = wanted.iter().filter(|(_, is_chosen)| *is_chosen);
    let mut taken: HashSet<String> = chosen.map(|(name, _)| name.clone()).collect();
    let named = api.operations.iter().zip(&wanted).map(|(operation, (name, is_chosen))| {
        if *is_chosen {
            return name.clone();
        }
        let is_only = counts.get(name.as_str()) == Some(&1);
        free_word(&mut taken, if is_only { name.clone() } else { kebab(&operation.method) })
    });
    named.collect()
}

/// The name that the user chose; of an operation in another media type none.
fn chosen_name<'c>(
    operation: &Operation,
    chosen: &'c BTreeMap<String, String>,
) -> Option<&'c String> {
    if operation.is_main() { chosen.get(&operation.id) } else { None }
}

/// A method's name without the words of its group, be these in the singular or the plural.
fn short(method: &str, of_group: &[&str]) -> String {
    let words: Vec<&str> = words(method).collect();
    // The first word is what is done, unless it is the very name of the group.
    let is_group = |at: usize, part: &[&str]| {
        let mut pairs = part.iter().zip(of_group);
        pairs.all(|(one, other)| one == other || (at > 0 && is_same(one, other)))
    };
    let parts: Vec<&[&str]> = words.windows(of_group.len().max(1)).collect();
    let at = (0..parts.len()).rev().find(|at| is_group(*at, parts[*at]));
    let rest: Vec<&str> = match at {
        Some(at) if words.len() > of_group.len() => {
            words.iter().take(at).chain(words.iter().skip(at + of_group.len())).copied().collect()
        }
        _ => words,
    };
    kebab(&rest.join("_"))
}

fn words(identifier: &str) -> impl Iterator<Item = &str> {
    identifier.trim_start_matches("r#").split('_').filter(|word| !word.is_empty())
}

/// Whether words are the same but for their number.
fn is_same(one: &str, other: &str) -> bool {
    singular(one) == singular(other)
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let endings = ["sses", "shes", "ches", "xes"];
    match endings.iter().any(|ending| word.ends_with(ending)) {
        true => word[..word.len() - 2].to_owned(),
        false => word.strip_suffix('s').filter(|it| !it.ends_with('s')).unwrap_or(word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_does_not_repeat_its_group() {
        let short = |method: &str, group: &str| short(method, &words(group).collect::<Vec<_>>());
        assert_eq!(short("get_session", "session"), "get");
        assert_eq!(short("list_users", "user"), "list");
        assert_eq!(short("list_policies", "policy"), "list");
        assert_eq!(short("list_user_grants", "user"), "list-grants");
        assert_eq!(short("get_trusted_origin", "trusted_origin"), "get");
        assert_eq!(short("session", "session"), "session");
        assert_eq!(short("list_by_link", "lists"), "list-by-link");
        assert_eq!(short("list_lists", "list"), "list");
        assert_eq!(short("search", "session"), "search");
        assert_eq!(short("repos_get_all_branches", "repos"), "get-all-branches");
    }

    #[test]
    fn identifiers_become_words_of_the_command_line() {
        assert_eq!(kebab("r#type"), "type");
        assert_eq!(kebab("session_token"), "session-token");
        assert_eq!(kebab("self_"), "self");
        assert_eq!(kebab("_"), "n");
    }
}
