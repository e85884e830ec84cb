//! `allOf`: one struct with the properties of all.

use features_sdk::models::{Device, DeviceOwner, Shelf};
use serde_json::json;

use crate::support::{kept, refusal, write};

#[test]
fn properties_of_nested_parts_and_siblings_are_in_one_struct() {
    let device: Device = kept(json!({
        "id": "d1",
        "createdAt": "2026-01-02T03:04:05Z",
        "serial": "s1",
        "owner": { "name": "Ada", "email": "ada@example.com" },
        "color": "red",
    }));
    assert_eq!(device.id, "d1");
    assert_eq!(
        device.made_at.map(|time| time.to_string()).as_deref(),
        Some("2026-01-02T03:04:05Z")
    );
    assert_eq!(device.color.as_deref(), Some("red"));
}

#[test]
fn required_is_what_any_part_or_the_schema_itself_requires() {
    let device = Device::new("d1", "s1", DeviceOwner::new("Ada"));
    assert_eq!(write(&device), json!({ "id": "d1", "serial": "s1", "owner": { "name": "Ada" } }));
    let refusal = refusal::<Device>(json!({ "id": "d1", "owner": { "name": "Ada" } }));
    assert!(refusal.contains("missing field `serial`"), "{refusal}");
}

#[test]
fn a_property_that_two_parts_describe_has_what_both_say() {
    let owner = DeviceOwner::new("Ada").email("ada@example.com");
    assert_eq!(write(&owner), json!({ "name": "Ada", "email": "ada@example.com" }));
}

#[test]
fn a_merged_schema_may_hold_itself() {
    let shelf: Shelf = kept(json!({ "id": "a", "shelves": [{ "id": "b", "shelves": [] }] }));
    let inner = shelf.shelves.and_then(|shelves| shelves.into_iter().next());
    assert_eq!(inner.map(|shelf| shelf.id).as_deref(), Some("b"));
}
