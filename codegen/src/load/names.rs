//! Names for what becomes a component.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::document::structure::SECTIONS;

/// The component names that are taken, by section.
#[derive(Debug, Default)]
pub struct ComponentNames {
    taken: HashMap<&'static str, HashSet<String>>,
    /// The number that each name was given last.
    numbers: HashMap<(&'static str, String), usize>,
}

impl ComponentNames {
    /// Takes the names that a document has in the sections of its components.
    pub fn of(root: &Value) -> Self {
        let names = |section: &str| match root.get("components").and_then(|it| it.get(section)) {
            Some(Value::Object(map)) => map.keys().cloned().collect(),
            _ => HashSet::new(),
        };
        let taken = SECTIONS.iter().map(|it| (it.name, names(it.name))).collect();
        ComponentNames { taken, numbers: HashMap::new() }
    }

    /// Takes the first of the candidates that is free, or else the last of them with a number.
    ///
    /// Characters that a component name cannot have (OpenAPI 3.1.1, section 4.8.7) become `_`.
    pub fn take(&mut self, section: &'static str, candidates: &[&str]) -> String {
        let taken = self.taken.entry(section).or_default();
        let candidates: Vec<String> =
            candidates.iter().map(|candidate| allowed(candidate)).collect();
        if let Some(free) = candidates.iter().find(|name| !taken.contains(*name)) {
            taken.insert(free.clone());
            return free.clone();
        }
        let last = candidates.last().map_or("Unnamed", String::as_str);
        let number = self.numbers.entry((section, last.to_owned())).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{last}{number}");
            if taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// A name with only the characters that the name of a component may have.
fn allowed(name: &str) -> String {
    let name: String = name
        .chars()
        .map(
            |it| {
                if it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_') { it } else { '_' }
            },
        )
        .collect();
    if name.is_empty() { "Unnamed".to_owned() } else { name }
}

/// Joins words to one name, each with a capital first letter; what is no letter or digit separates words.
pub fn camel_case(text: &str) -> String {
    text.split(|it: char| !it.is_alphanumeric())
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_is_given_once() {
        let root = json!({"components": {"schemas": {"Pet": {}}}});
        let mut names = ComponentNames::of(&root);
        assert_eq!(names.take("schemas", &["Pet", "PetsPet"]), "PetsPet");
        assert_eq!(names.take("schemas", &["Pet", "PetsPet"]), "PetsPet2");
        assert_eq!(names.take("schemas", &["a b"]), "a_b");
        assert_eq!(names.take("responses", &["Pet"]), "Pet");
    }

    #[test]
    fn words_are_joined() {
        assert_eq!(camel_case("/users/{user-id}"), "UsersUserId");
        assert_eq!(camel_case("homeAddress"), "HomeAddress");
    }
}
