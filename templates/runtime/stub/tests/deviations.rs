//! What is made of an answer that is not what its document says: nothing is lost or refused.

use serde_json::{Value, json};

use crate::models::{Entry, Note};
use crate::runtime::deviation::Deviation;
use crate::runtime::deviations::Deviations;
use crate::runtime::json::{Limits, Refused, Unread, read, validated};
use crate::runtime::model::{Property, Written};

/// What a text is read as, what that is written as, and the deviations as people read them.
fn reads<T: Property>(json: &str) -> (T, String, Vec<String>) {
    let text = validated(json.as_bytes(), Limits::default()).expect("JSON");
    let value: T = read(&text).expect("nothing is refused");
    let written = serde_json::to_string(&Written(&value)).expect("JSON");
    let deviations = Deviations::of(&text).list();
    (value, written, deviations.iter().map(ToString::to_string).collect())
}

#[test]
fn a_required_property_that_is_missing_is_zero_and_stays_away() {
    let (note, written, deviations) = reads::<Note>(r#"{"text":"a"}"#);
    assert_eq!((note.id.as_str(), note.text.as_deref()), ("", Some("a")));
    assert_eq!(written, r#"{"text":"a"}"#);
    assert_eq!(deviations, ["$.id: expected a string, found nothing"]);
    assert_eq!(note.additional_properties.json("id"), Some(""));
}

#[test]
fn a_required_property_of_another_type_is_zero_and_goes_back() {
    for json in [r#"{"id":null}"#, r#"{"id":7}"#, r#"{"id":["a"]}"#, r#"{"id":{"a":1.50}}"#] {
        let (note, written, deviations) = reads::<Note>(json);
        assert_eq!(note.id, "", "{json}");
        assert_eq!(written, json.replace("1.50", "1.5"));
        assert_eq!(deviations.len(), 1, "{json}");
    }
}

#[test]
fn what_only_answers_have_is_missed_in_them() {
    let (_, written, deviations) = reads::<Entry>("{}");
    assert_eq!(written, "{}");
    assert_eq!(deviations, ["$.written: expected a string, found nothing"]);
    for json in [r#"{"written":"today"}"#, r#"{"written":null}"#] {
        let (_, written, deviations) = reads::<Entry>(json);
        assert_eq!(written, json);
        assert_eq!(deviations.len(), usize::from(json.contains("null")));
    }
}

#[test]
fn the_setter_replaces_what_the_server_sent_with_the_same_value_too() {
    for json in [r#"{"id":7}"#, r#"{"text":"a"}"#, r#"{"id":"x"}"#] {
        let (note, ..) = reads::<Note>(json);
        let written = serde_json::to_value(note.id("")).expect("JSON");
        assert_eq!(written["id"], "", "{json}");
    }
    let (mut note, ..) = reads::<Note>(r#"{"id":7}"#);
    note.id = "new".to_owned();
    assert_eq!(serde_json::to_value(note).expect("JSON"), json!({ "id": "new" }));
}

#[test]
fn an_optional_property_of_another_type_is_absent_and_goes_back() {
    let (note, written, deviations) = reads::<Note>(r#"{"id":"a","text":7}"#);
    assert_eq!(note.text, None);
    assert_eq!(note.additional_properties.get("text"), Some(&json!(7)));
    assert_eq!(written, r#"{"id":"a","text":7}"#);
    assert_eq!(deviations, ["$.text: expected a string, found a number"]);
}

#[test]
fn a_list_keeps_its_other_items() {
    let (notes, written, deviations) = reads::<Vec<Note>>(r#"[{"id":"a"},"b",{"id":"c"},null]"#);
    let ids: Vec<&str> = notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(ids, ["a", "", "c", ""]);
    assert_eq!(written, r#"[{"id":"a"},"b",{"id":"c"},null]"#);
    assert_eq!(
        deviations,
        [
            "$[1]: expected an object for `Note`, found a string",
            "$[3]: expected an object for `Note`, found null",
        ]
    );
}

#[test]
fn a_model_in_place_of_something_else_is_written_once_it_is_changed() {
    let (notes, ..) = reads::<Vec<Note>>(r#"["b"]"#);
    let changed = notes.into_iter().next().expect("an item").id("a");
    assert_eq!(serde_json::to_value(changed).expect("JSON"), json!({ "id": "a" }));
}

#[test]
fn null_is_kept_in_place_of_everything() {
    let (_, written, deviations) = reads::<Note>("null");
    assert_eq!((written.as_str(), deviations.len()), ("null", 1));
    let (list, _, deviations) = reads::<Vec<String>>("null");
    assert_eq!((list.len(), deviations.len()), (0, 1));
    let (_, written, deviations) = reads::<Option<Note>>("null");
    assert_eq!((written.as_str(), deviations.len()), ("null", 0));
    let (value, _, deviations) = reads::<Value>("null");
    assert_eq!((value, deviations.len()), (Value::Null, 0));
}

#[test]
fn strict_reading_refuses_the_first_deviation() {
    let limits = Limits { refused: Refused::All, ..Limits::default() };
    let refused = |json: &'static str| {
        let text = validated(json.as_bytes(), limits).expect("JSON");
        match read::<Vec<Note>>(&text) {
            Err(Unread::Deviation(note)) => Deviation::of(json.as_bytes(), note).path().to_owned(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(refused(r#"[{"id":"a"},{"id":1},{}]"#), "$[1].id");
    assert_eq!(refused(r#"[{"text":"a"}]"#), "$[0].id");
    assert_eq!(refused(r#"[{"id":"a","text":null}]"#), "$[0].text");
    assert_eq!(refused(r#"[{"id":"a","more":null}]"#), r#"Ok([Note {"id":"a","more":null}])"#);
}

#[test]
fn no_value_is_shown_unless_it_is_asked_for() {
    let json = br#"{"id":{"secret":"hush"}}"#;
    let text = validated(json, Limits::default()).expect("JSON");
    let _: Note = read(&text).expect("nothing is refused");
    let deviations = Deviations::of(&text).list();
    assert!(!format!("{deviations:?} {}", deviations[0]).contains("hush"));
    assert_eq!(deviations[0].found(), Some(r#"{"secret":"hush"}"#));
}
