//! `additionalProperties`, `patternProperties`, objects without properties, and schemas that are
//! `true` or `false`.

use features_sdk::models::{
    Anything, Boolean, FreeForm, Patterned, PatternedValue, Prices, Ranges, RangesValue, Scores,
    Strict, Tolerant,
};
use serde_json::json;

use crate::support::{kept, refusal, write};

#[test]
fn properties_beyond_the_named_ones_are_kept() {
    let tolerant: Tolerant = kept(json!({ "a": "1", "b": [2], "c": null }));
    assert_eq!(tolerant.additional_properties.get("b"), Some(&json!([2])));
    let strict: Strict = kept(json!({ "a": "1", "added": "by a newer server" }));
    assert_eq!(strict.additional_properties.len(), 1);
}

#[test]
fn typed_ones_have_their_type() {
    let mut scores: Scores = kept(json!({ "name": "Ada", "chess": 3 }));
    assert_eq!(scores.additional_properties.get("chess"), Some(&3));
    scores.additional_properties.insert("go", 5);
    assert_eq!(write(&scores), json!({ "name": "Ada", "chess": 3, "go": 5 }));
    refusal::<Scores>(json!({ "chess": "three" }));
}

#[test]
fn one_property_more_is_set_in_a_chain() {
    let tolerant = Tolerant::new().additional_property("b", 1).additional_property("c", vec!["d"]);
    assert_eq!(write(&tolerant), json!({ "b": 1, "c": ["d"] }));
    let scores = Scores::new().additional_property("go", 5).additional_property("go", 6);
    assert_eq!(write(&scores), json!({ "go": 6 }));
}

#[test]
fn an_object_of_free_names_is_a_map() {
    let prices: Prices = kept(json!({ "tea": 2.5 }));
    assert_eq!(prices.get("tea"), Some(&2.5));
    let ranges: Ranges = kept(json!({ "tea": { "low": 1 } }));
    assert_eq!(ranges.get("tea"), Some(&RangesValue::new().low(1)));
    let patterned: Patterned = kept(json!({ "x-tea": "green", "other": 1 }));
    assert_eq!(patterned.get("x-tea"), Some(&PatternedValue::from("green".to_owned())));
    // What fits no pattern may be anything.
    assert_eq!(patterned.get("other"), Some(&PatternedValue::Unknown(json!(1))));
}

#[test]
fn what_is_not_described_may_be_anything() {
    let object: FreeForm = kept(json!({ "a": [1, null] }));
    assert_eq!(object.get("a"), Some(&json!([1, null])));
    let anything: Anything = kept(json!("text"));
    assert_eq!(anything, "text");
}

#[test]
fn a_schema_may_be_true_or_false() {
    let model: Boolean = kept(json!({ "anything": { "a": 1 } }));
    assert_eq!(model.anything, Some(json!({ "a": 1 })));
    assert_eq!(model.nothing, None);
}
