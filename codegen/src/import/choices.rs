//! What the user decided about parts that the document and upstream have by the same name.

use std::str::FromStr;

/// Stands for every name in a choice.
const ANY: &str = "*";

/// A component that upstream has by the name `from` is imported by the name `to`.
///
/// `*` in place of `from` stands for every component in conflict, and in `to` for its name. Written
/// `from=to`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Renaming {
    /// The name upstream.
    pub from: String,
    /// The name in the document.
    pub to: String,
}

impl FromStr for Renaming {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((from, to)) if !from.is_empty() && is_component_name(&to.replace(ANY, "a")) => {
                if from == ANY && !to.contains(ANY) {
                    return Err("a new name for several components needs a `*`".to_owned());
                }
                Ok(Self { from: from.to_owned(), to: to.to_owned() })
            }
            _ => Err("write `Name=NewName`, with letters, digits and `.-_` in it".to_owned()),
        }
    }
}

/// Whether a component may have this name (OpenAPI 3.0.4, section 4.7.7.2).
fn is_component_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    !name.is_empty() && name.chars().all(allowed)
}

/// The choices for conflicts.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The names of components, and operationIds, of which the document's own one stays and is used;
    /// `*` stands for all.
    pub keep: Vec<String>,
    /// The names of components, and operationIds, of which upstream's takes the place of the document's own one; `*` stands
    /// for all about which nothing else is said.
    pub replace: Vec<String>,
    /// Components that are imported by another name.
    pub rename: Vec<Renaming>,
}

impl Choices {
    /// Whether the document's own one stays.
    pub(super) fn keeps(&self, name: &str) -> bool {
        self.chooses(&self.keep, &self.replace, name)
    }

    /// Whether upstream's takes the place of the document's own one.
    pub(super) fn replaces(&self, name: &str) -> bool {
        self.chooses(&self.replace, &self.keep, name)
    }

    /// The name that upstream's component gets where there is a conflict.
    pub(super) fn new_name(&self, name: &str) -> Option<String> {
        let any = self.rename.iter().find(|renaming| renaming.from == ANY);
        self.explicit_name(name).or_else(|| any.map(|renaming| renaming.to.replace(ANY, name)))
    }

    /// The names that are chosen about.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let renamed = self.rename.iter().map(|renaming| &renaming.from);
        let chosen = self.keep.iter().chain(&self.replace);
        chosen.chain(renamed).map(String::as_str).filter(|name| *name != ANY)
    }

    /// Whether `names` has the name, or stands for all about which neither `others` nor a renaming says something.
    fn chooses(&self, names: &[String], others: &[String], name: &str) -> bool {
        let has = |names: &[String], name: &str| names.iter().any(|it| it == name);
        has(names, name)
            || has(names, ANY) && self.explicit_name(name).is_none() && !has(others, name)
    }

    fn explicit_name(&self, name: &str) -> Option<String> {
        let renaming = self.rename.iter().find(|renaming| renaming.from == name)?;
        Some(renaming.to.replace(ANY, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_its_own_comes_before_the_star() {
        let rename = ["*=Upstream*", "Error=Failure"].map(|text| text.parse().expect("it is one"));
        let choices = Choices {
            keep: vec!["User".to_owned()],
            rename: rename.to_vec(),
            ..Choices::default()
        };
        assert_eq!(choices.new_name("Error").as_deref(), Some("Failure"));
        assert_eq!(choices.new_name("Link").as_deref(), Some("UpstreamLink"));
        assert!(choices.keeps("User") && !choices.keeps("Error"));
    }

    #[test]
    fn what_is_no_renaming_is_refused() {
        for text in ["Error", "=A", "A=", "A=b c", "*=Error"] {
            assert!(text.parse::<Renaming>().is_err(), "{text}");
        }
    }
}
