//! The names of a model's properties, and how they are found.

use crate::runtime::model::Properties;

/// More names than the table has places, so that some share one.
const MANY: [&str; 100] = {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    let mut names = [""; 100];
    let mut length = 0;
    while length < names.len() {
        names[length] = LETTERS.split_at(length).0;
        length += 1;
    }
    names
};

#[test]
fn each_name_is_found_at_its_place_and_no_other_is() {
    let properties = Properties::new("many", &MANY);
    for (index, name) in MANY.iter().enumerate() {
        assert_eq!(properties.position(name), Some(index), "{name}");
        assert_eq!(properties.position(&format!("{name}!")), None);
    }
    assert_eq!(Properties::new("none", &[]).position(""), None);
}

#[test]
fn more_names_than_a_byte_can_count_are_found() {
    let names: Vec<&str> = (0..400).map(|number| &*format!("n{number}").leak()).collect();
    let properties = Properties::new("very many", names.clone().leak());
    for (index, name) in names.iter().enumerate() {
        assert_eq!(properties.position(name), Some(index), "{name}");
    }
}

#[test]
fn names_with_escapes_are_not_compared_with_the_text() {
    assert!(Properties::new("plain", &["id", "ü", ""]).are_plain);
    for name in ["a\"", "\\", "line\nbreak"] {
        let names = vec!["id", name].leak();
        assert!(!Properties::new("escaped", names).are_plain, "{name}");
    }
}
