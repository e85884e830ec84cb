use serde_json::json;

use crate::normalize::testing::{document, shape_document};

fn schemas(schemas: serde_json::Value) -> (serde_json::Value, String) {
    let mut root = document(json!({}), json!({"schemas": schemas}));
    let report = shape_document(&mut root);
    (root["components"]["schemas"].take(), report)
}

#[test]
fn what_is_referred_to_inside_a_schema_becomes_a_component() {
    let (schemas, report) = schemas(json!({
        "User": {"properties": {"address": {"type": "object", "title": "a"}}},
        "Order": {"properties": {
            "to": {"$ref": "#/components/schemas/User/properties/address"},
            "title": {"$ref": "#/components/schemas/Order/$defs/Title"}
        }, "$defs": {"Title": {"type": "string"}}}
    }));
    assert_eq!(report, "");
    let reference = json!({"$ref": "#/components/schemas/UserAddress"});
    assert_eq!(schemas["User"]["properties"]["address"], reference);
    assert_eq!(schemas["Order"]["properties"]["to"], reference);
    assert_eq!(schemas["UserAddress"], json!({"type": "object", "title": "a"}));
    assert_eq!(
        schemas["Order"]["properties"]["title"],
        json!({"$ref": "#/components/schemas/Title"})
    );
    assert_eq!(schemas["Order"].get("$defs"), None);
}

#[test]
fn a_pointer_may_lead_through_references() {
    let (schemas, report) = schemas(json!({
        "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
        "B": {"properties": {"c": {"type": "string"}}},
        "C": {"$ref": "#/components/schemas/A/properties/b/properties/c"}
    }));
    assert_eq!(report, "");
    assert_eq!(schemas["C"], json!({"$ref": "#/components/schemas/BC"}));
}

#[test]
fn anchors_and_identifiers_are_found() {
    let (schemas, report) = schemas(json!({
        "A": {"$anchor": "here", "type": "object"},
        "B": {"$ref": "#here"},
        "C": {"$dynamicRef": "#here"},
        "D": {"$id": "https://example.com/d", "type": "string"},
        "E": {"$ref": "https://example.com/d"}
    }));
    assert_eq!(report, "");
    assert_eq!(schemas["B"], json!({"$ref": "#/components/schemas/A"}));
    assert_eq!(schemas["C"], json!({"$ref": "#/components/schemas/A"}));
    assert_eq!(schemas["E"], json!({"$ref": "#/components/schemas/D"}));
}

#[test]
fn a_fragment_is_relative_to_the_schema_with_an_identifier() {
    let (schemas, report) = schemas(json!({
        "A": {"$id": "https://example.com/a", "items": {"$ref": "#/$defs/Item"}, "$defs": {"Item": {"type": "string"}}},
        "B": {"$ref": "https://example.com/a#/$defs/Item"},
        "C": {"$id": "https://example.com/c", "items": {"$ref": "#/components/schemas/D/properties/x"}},
        "D": {"properties": {"x": {"type": "string"}}}
    }));
    assert_eq!(report, "");
    assert_eq!(schemas["A"]["items"], json!({"$ref": "#/components/schemas/Item"}));
    assert_eq!(schemas["B"], json!({"$ref": "#/components/schemas/Item"}));
    assert_eq!(schemas["C"]["items"], json!({"$ref": "#/components/schemas/DX"}));
}

#[test]
fn the_values_of_a_mapping_become_references() {
    let (schemas, report) = schemas(json!({
        "Pet": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": {
            "cat": "Cat", "dog": "#/components/schemas/Dog", "cow": "Cow"
        }}},
        "Cat": {}, "Dog": {}
    }));
    assert_eq!(report, "dangling-reference /components/schemas/Pet/discriminator/mapping/cow\n");
    assert_eq!(schemas["Pet"]["discriminator"]["mapping"]["cat"], "#/components/schemas/Cat");
}

#[test]
fn escaped_names_are_found() {
    let (schemas, report) =
        schemas(json!({"a b": {"type": "string"}, "B": {"$ref": "#/components/schemas/a%20b"}}));
    assert_eq!(report, "");
    assert_eq!(schemas["B"], json!({"$ref": "#/components/schemas/a b"}));
}

#[test]
fn circles_of_nothing_but_references_are_errors() {
    let (_, report) = schemas(json!({
        "A": {"$ref": "#/components/schemas/B"},
        "B": {"$ref": "#/components/schemas/A"},
        "C": {"$ref": "#/components/schemas/C/properties/x"}
    }));
    let at = "/components/schemas";
    assert_eq!(report, format!("dangling-reference {at}/C/$ref\ncircular-reference {at}/A/$ref\n"));
}

#[test]
fn the_kind_of_what_is_referred_to_counts() {
    let mut root = document(
        json!({}),
        json!({
            "schemas": {"A": {"$ref": "#/components/responses/R"}, "B": {"$ref": "#/components/parameters/P/schema"}, "C": {"$ref": "#/info/title"}},
            "responses": {"R": {"description": "r"}},
            "parameters": {"P": {"name": "p", "in": "query", "schema": {"type": "string"}}}
        }),
    );
    let report = shape_document(&mut root);
    assert_eq!(
        report,
        "wrong-reference /components/schemas/A/$ref\nwrong-reference /components/schemas/C/$ref\n"
    );
    assert_eq!(root["components"]["schemas"]["B"], json!({"$ref": "#/components/schemas/P"}));
    assert_eq!(
        root["components"]["parameters"]["P"]["schema"],
        json!({"$ref": "#/components/schemas/P"})
    );
}
