//! What `Debug` shows of models with secrets.

use serde_json::json;

use crate::models::{Bolt, Chest, Lock};
use crate::runtime::json::{Limits, read, validated};
use crate::runtime::model::Property;

fn of<T: Property>(json: serde_json::Value) -> T {
    let json = json.to_string();
    let text = validated(json.as_bytes(), Limits::default()).expect("JSON");
    read(&text).expect("nothing is refused")
}

#[test]
fn a_secret_is_there_and_not_shown() {
    let lock = Lock::new("hush").spare("hush".to_owned());
    assert_eq!(format!("{lock:?}"), r#"Lock {"key":"[REDACTED]","spare":"[REDACTED]"}"#);
    assert!(!format!("{lock:#?}").contains("hush"));
    assert_eq!(serde_json::to_value(&lock).expect("JSON")["key"], "hush");
    let lock = Lock::new("").spare(None);
    assert_eq!(format!("{lock:?}"), r#"Lock {"key":"[REDACTED]","spare":null}"#);
}

#[test]
fn it_is_not_shown_wherever_the_model_is() {
    let chest = json!({
        "locks": [{ "key": "hush" }, { "key": 7, "more": 1 }, "hush"],
        "byMetal": { "iron": { "key": "hush" }, "gold": { "locks": [{ "key": "hush" }] } },
    });
    let shown = format!("{:?}", of::<Chest>(chest.clone()));
    assert!(!shown.contains("hush") && !shown.contains('7'), "{shown}");
    assert!(shown.contains(r#"{"key":"[REDACTED]","more":1}"#), "{shown}");
    let union = Bolt::from(of::<Chest>(chest));
    assert!(!format!("{union:?}").contains("hush"));
}

#[test]
fn what_came_in_place_of_a_secret_is_not_shown_either() {
    for json in [json!({ "key": { "old": "hush" } }), json!("hush"), json!(["hush"])] {
        let shown = format!("{:?}", of::<Lock>(json.clone()));
        assert!(!shown.contains("hush"), "{json}: {shown}");
    }
    for json in [json!({ "locks": "hush" }), json!({ "byMetal": ["hush"] })] {
        let shown = format!("{:?}", of::<Chest>(json.clone()));
        assert!(!shown.contains("hush"), "{json}: {shown}");
    }
}
