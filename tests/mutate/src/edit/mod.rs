//! Changes of a document by its structure.

mod entries;
mod nodes;
mod references;
mod values;
mod words;

use serde_json::Value;

use crate::Choices;

/// A change of a document; whether there was something to change.
type Edit<C> = fn(&mut Value, &mut C) -> bool;

/// How many changes are made at once at most.
const MOST_EDITS: usize = 8;

/// The kinds of changes.
fn edits<C: Choices>() -> [Edit<C>; 18] {
    [
        entries::drop,
        entries::duplicate,
        entries::swap,
        entries::rename,
        entries::copy,
        entries::splice,
        entries::add_keyword,
        values::retype,
        values::wrap,
        values::unwrap,
        values::set_null,
        values::set_number,
        values::set_text,
        values::append_text,
        references::redirect,
        references::dangle,
        references::close_circle,
        references::refer,
    ]
}

/// Makes one change, of a kind that is drawn.
pub fn once<C: Choices>(document: &mut Value, choices: &mut C) {
    let edits = edits();
    // Not every kind fits every document: one without references has none to redirect.
    for _ in 0..edits.len() {
        if choices.pick(&edits).is_some_and(|edit| edit(document, choices)) {
            return;
        }
    }
}

/// Makes one to eight changes, few more often than many.
pub fn several<C: Choices>(document: &mut Value, choices: &mut C) {
    once(document, choices);
    for _ in 1..MOST_EDITS {
        if choices.below(2) == 0 {
            return;
        }
        once(document, choices);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::choices::Nothing;

    fn document() -> Value {
        json!({
            "paths": { "/a": { "get": { "tags": ["x", "y"] } } },
            "components": { "schemas": {
                "A": { "type": "object", "properties": { "b": { "$ref": "#/components/schemas/B" } } },
                "B": { "type": "integer", "maximum": 3 },
            } },
        })
    }

    #[test]
    fn every_kind_changes_a_document_that_has_all() {
        for (number, edit) in edits::<fastrand::Rng>().into_iter().enumerate() {
            let changes = (0..200).filter(|seed| {
                let mut edited = document();
                edit(&mut edited, &mut fastrand::Rng::with_seed(*seed)) && edited != document()
            });
            assert!(changes.count() > 20, "number {number}");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_changes() {
        let edited = |seed| {
            let mut edited = document();
            several(&mut edited, &mut fastrand::Rng::with_seed(seed));
            edited
        };
        assert_eq!(edited(7), edited(7));
        assert!((0..10).any(|seed| edited(seed) != edited(seed + 1)));
    }

    #[test]
    fn a_value_without_anything_in_it_is_survived() {
        for value in [json!(null), json!({}), json!([]), json!("text")] {
            for seed in 0..200 {
                several(&mut value.clone(), &mut fastrand::Rng::with_seed(seed));
            }
            several(&mut value.clone(), &mut Nothing);
        }
    }
}
