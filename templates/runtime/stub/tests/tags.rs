//! The property that tells the variant of a union (OpenAPI 3.0.3, section 4.7.25): it is always written.

use serde_json::json;

use crate::models::{Delivery, Letter, Parcel};

#[test]
fn a_variant_is_written_with_its_tag_whether_the_model_has_it_or_not() {
    let letter = Delivery::from(Letter::new().text("to you"));
    assert_eq!(
        serde_json::to_value(letter).unwrap(),
        json!({ "kind": "letter", "text": "to you" })
    );
    let parcel = Delivery::from(Parcel::new().weight(5));
    assert_eq!(serde_json::to_value(parcel).unwrap(), json!({ "kind": "parcel", "weight": 5 }));
    let registered = Delivery::from(Letter::new().kind("registered letter"));
    assert_eq!(serde_json::to_value(registered).unwrap(), json!({ "kind": "registered letter" }));
    assert_eq!(serde_json::to_value(Letter::new()).unwrap(), json!({}), "alone it is no variant");
}

#[test]
fn what_all_variants_have_is_read_of_the_union() {
    let letter = Delivery::from(Letter::new().text("to you"));
    assert_eq!(letter.text().as_deref(), Some("to you"));
    let unknown: Delivery =
        serde_json::from_value(json!({ "kind": "cable", "text": "stop" })).unwrap();
    assert!(matches!(unknown, Delivery::Unknown(_)), "{unknown:?}");
    assert_eq!(unknown.text().as_deref(), Some("stop"));
}
