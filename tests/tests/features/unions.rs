//! `oneOf` and `anyOf`, with and without a discriminator.

use features_sdk::models::{
    Contact, ContactPhone, Document, Measure, Payment, Setting, Shape, Square, Unmapped,
};
use serde_json::json;

use crate::support::{kept, read, write};

#[test]
fn a_mapping_tells_the_variant() {
    for kind in ["round", "circular"] {
        let shape: Shape = kept(json!({ "kind": kind, "radius": 2.5 }));
        assert!(matches!(&shape, Shape::Circle(circle) if circle.radius == 2.5), "{shape:?}");
    }
    let shape: Shape = kept(json!({ "kind": "square", "side": 1.5 }));
    assert!(matches!(shape, Shape::Square(_)), "{shape:?}");
}

#[test]
fn an_object_with_an_unknown_tag_is_kept_whole() {
    let triangle = json!({ "kind": "triangle", "sides": [3, 4, 5] });
    let shape: Shape = kept(triangle.clone());
    assert!(matches!(&shape, Shape::Unknown(value) if **value == triangle), "{shape:?}");
}

#[test]
fn without_a_mapping_the_schemas_names_are_the_tags() {
    let shape: Unmapped = kept(json!({ "kind": "Circle", "radius": 1.5 }));
    assert!(matches!(shape, Unmapped::Circle(_)), "{shape:?}");
}

#[test]
fn a_variant_becomes_its_union() {
    let shape = Shape::from(Square::new("square", 2.5));
    assert_eq!(write(&shape), json!({ "kind": "square", "side": 2.5 }));
}

#[test]
fn without_a_discriminator_the_properties_tell() {
    let contact: Contact = kept(json!({ "number": "1", "name": "Ada" }));
    assert_eq!(contact, Contact::from(ContactPhone::new("1").name("Ada")));
    let contact: Contact = kept(json!({ "address": "a", "name": "Ada", "added": "later" }));
    assert!(matches!(contact, Contact::Mail(_)), "{contact:?}");
    let contact: Contact = kept(json!({ "name": "Ada" }));
    assert!(matches!(contact, Contact::Unknown(_)), "{contact:?}");
}

#[test]
fn a_property_with_a_value_of_its_own_in_each_tells_too() {
    let payment: Payment = kept(json!({ "method": "cash", "amount": 5 }));
    assert!(matches!(payment, Payment::CashPayment(_)), "{payment:?}");
    let payment: Payment = kept(json!({ "method": "cheque", "amount": 5 }));
    assert!(matches!(payment, Payment::Unknown(_)), "{payment:?}");
}

#[test]
fn scalars_and_lists_are_told_by_their_form() {
    assert_eq!(read::<Setting>(json!(true)), Setting::from(true));
    assert_eq!(read::<Setting>(json!(5)), Setting::from(5));
    assert_eq!(read::<Setting>(json!("on")), Setting::from("on".to_owned()));
    assert_eq!(read::<Setting>(json!(["a"])), Setting::from(vec!["a".to_owned()]));
    let time: Setting = kept(json!("2026-01-02T03:04:05Z"));
    assert!(matches!(time, Setting::DateTime(_)), "{time:?}");
    let other: Setting = kept(json!({ "of": "another form" }));
    assert!(matches!(other, Setting::Unknown(_)), "{other:?}");
}

#[test]
fn several_types_are_a_union_and_null() {
    let values: Vec<Option<Measure>> = kept(json!(["1 m", 1, null]));
    let expected = [Some(Measure::from("1 m".to_owned())), Some(Measure::from(1)), None];
    assert_eq!(values, expected);
}

#[test]
fn properties_beside_one_of_are_in_every_variant() {
    let letter: Document = kept(json!({ "title": "t", "recipient": "r" }));
    assert!(matches!(&letter, Document::Letter(letter) if letter.title == "t"), "{letter:?}");
    let invoice: Document = kept(json!({ "title": "t", "amount": 1 }));
    assert!(matches!(&invoice, Document::Invoice(invoice) if invoice.title == "t"), "{invoice:?}");
}
