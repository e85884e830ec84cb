//! Names: where they come from, and what happens where two of them meet or Rust has one already.

use features_sdk::models::{
    Box2, Error, Fields, Gadget, Gadget2, Gadget3, Option2, Result2, SearchDevicesRequest,
    SearchDevicesRequestOwner, SearchDevicesRequestSizesItem, SearchDevicesResponse,
    SearchDevicesResponseHitsItem, SearchDevicesSort, Self2, String2, Vec2, Votes,
};
use serde_json::json;

use crate::support::{Server, kept, write};

#[test]
fn schemas_may_be_called_like_types_of_the_prelude() {
    assert_eq!(write(&String2::new().string("s")), json!({ "string": "s" }));
    let option = Option2::new().option(Result2::new(true));
    assert_eq!(write(&option), json!({ "option": { "ok": true } }));
    assert_eq!(write(&Box2::new().r#box(Box2::new())), json!({ "box": {} }));
    assert_eq!(write(&Vec2::new().items([Vec2::new()])), json!({ "items": [{}] }));
    assert_eq!(write(&Error::new().message("m")), json!({ "message": "m" }));
    assert_eq!(kept::<Self2>(json!("self")), Self2::Self_);
}

#[test]
fn schemas_that_differ_in_case_only_are_three() {
    assert_eq!(write(&Gadget::new().lower("l")), json!({ "lower": "l" }));
    assert_eq!(write(&Gadget2::new().upper("u")), json!({ "upper": "u" }));
    assert_eq!(write(&Gadget3::new().capital("c")), json!({ "capital": "c" }));
}

#[test]
fn properties_that_differ_in_signs_only_are_told_apart() {
    let votes = Votes::new().plus_1(2).minus_1(3).id(4).dollar_id(5);
    assert_eq!(write(&votes), json!({ "+1": 2, "-1": 3, "id": 4, "$id": 5 }));
}

#[test]
fn properties_may_have_any_name() {
    let fields = Fields::new("n", "t")
        .self_("1")
        .self_2("2")
        .crate_("3")
        .r#async("4")
        .default("5")
        .fmt("6")
        .into("7")
        .additional_properties_2("8")
        .additional("9")
        .map("10")
        .key("11")
        .read("12")
        .user_name("13")
        .user_name_2("14")
        .user_name_3("15")
        .id("16")
        .n2fa("17")
        .star("18")
        .say_hi("19")
        .clone("20");
    let expected = json!({
        "new": "n", "type": "t", "self": "1", "Self": "2", "crate": "3", "async": "4",
        "default": "5", "fmt": "6", "into": "7", "additional_properties": "8", "additional": "9",
        "map": "10", "key": "11", "read": "12", "user-name": "13", "userName": "14",
        "user_name": "15", "@id": "16", "2fa": "17", "*": "18", "say \"hi\"": "19", "clone": "20",
    });
    assert_eq!(write(&fields), expected);
    let read: Fields = kept(expected);
    assert_eq!(read, fields);
    assert!(read.additional_properties.is_empty(), "{read:?}");
}

#[tokio::test]
async fn schemas_in_place_are_named_after_their_place() {
    let server = Server::json(200, r#"{ "hits": [{ "id": "d1" }] }"#).await;

    let request = SearchDevicesRequest::new()
        .owner(SearchDevicesRequestOwner::new().name("Ada"))
        .sizes([SearchDevicesRequestSizesItem::new().breadth(5)]);
    let search = server.client().devices().search_devices(&request).sort(&SearchDevicesSort::Age);
    let response = search.await.expect("an answer");

    let hits = [SearchDevicesResponseHitsItem::new().id("d1")];
    assert_eq!(response, SearchDevicesResponse::new(hits));
    let received = server.only_request();
    assert_eq!(received.head.uri.query(), Some("sort=age"));
    let expected = r#"{"owner":{"name":"Ada"},"sizes":[{"width":5}]}"#;
    assert_eq!(received.body, expected);
}
