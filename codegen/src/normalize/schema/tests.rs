use serde_json::{Value, json};

use crate::normalize::testing::{quiet_schema, shape_schema};

/// The schema that only null fits.
fn only_null() -> Value {
    json!({"enum": [null], "nullable": true})
}

#[test]
fn a_type_with_null_is_nullable() {
    assert_eq!(
        quiet_schema(json!({"type": ["string", "null"], "minLength": 1})),
        json!({"type": "string", "minLength": 1, "nullable": true})
    );
    assert_eq!(quiet_schema(json!({"type": "null"})), only_null());
    assert_eq!(quiet_schema(json!({"type": null})), only_null());
}

#[test]
fn several_types_are_a_choice_and_keep_their_keywords() {
    let schema = quiet_schema(
        json!({"type": ["string", "integer", "array", "null"], "description": "d", "maxLength": 3, "minimum": 0, "items": {"type": "boolean"}, "format": "uuid"}),
    );
    assert_eq!(
        schema,
        json!({
            "description": "d",
            "nullable": true,
            "anyOf": [
                {"type": "string", "format": "uuid", "maxLength": 3},
                {"type": "integer", "minimum": 0},
                {"type": "array", "items": {"type": "boolean"}}
            ]
        })
    );
    assert_eq!(quiet_schema(json!({"type": ["integer", "number"]})), json!({"type": "number"}));
    assert_eq!(
        quiet_schema(json!({"type": ["string", "integer"], "enum": ["a", 1]})),
        json!({"enum": ["a", 1]})
    );
}

#[test]
fn names_that_are_no_types_are_read_as_what_is_meant() {
    let (schema, codes) = shape_schema(json!({"type": "Int64"}));
    assert_eq!(schema, json!({"type": "integer", "format": "int64"}));
    assert_eq!(codes, ["invalid-type"]);
    let (schema, codes) = shape_schema(json!({"type": "whatever"}));
    assert_eq!(schema, json!({}));
    assert_eq!(codes, ["invalid-type"]);
}

#[test]
fn a_missing_type_is_inferred() {
    assert_eq!(quiet_schema(json!({"properties": {}}))["type"], "object");
    assert_eq!(quiet_schema(json!({"items": {}}))["type"], "array");
    assert_eq!(quiet_schema(json!({"format": "date-time"}))["type"], "string");
    assert_eq!(quiet_schema(json!({"enum": [1, 2]}))["type"], "integer");
    assert_eq!(quiet_schema(json!({"enum": [1, "a"]})).get("type"), None);
    assert_eq!(
        quiet_schema(json!({"properties": {}, "allOf": [{"$ref": "#/components/schemas/Other"}]}))
            .get("type"),
        None
    );
}

/// ASP.NET Core writes an integer that it also reads from a text so.
#[test]
fn a_format_of_numbers_is_that_of_the_number_beside_a_text() {
    let pattern = r"^-?(?:0|[1-9]\d*)$";
    assert_eq!(
        quiet_schema(json!({"type": ["integer", "string"], "format": "int32", "pattern": pattern})),
        json!({"anyOf": [
            {"type": "integer", "format": "int32"},
            {"type": "string", "pattern": pattern},
        ]})
    );
    assert_eq!(
        quiet_schema(json!({"type": ["string", "integer"], "format": "date-time"})),
        json!({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "integer"}]})
    );
    let (schema, codes) = shape_schema(json!({"format": "int32", "pattern": pattern}));
    assert_eq!(schema, json!({"type": "integer", "format": "int32"}));
    assert_eq!(codes, ["keyword-without-effect"]);
}

#[test]
fn null_leaves_an_enum() {
    assert_eq!(
        quiet_schema(json!({"type": "string", "enum": ["a", null]})),
        json!({"type": "string", "nullable": true, "enum": ["a"]})
    );
    assert_eq!(quiet_schema(json!({"enum": [null]})), only_null());
}

#[test]
fn enum_values_get_the_type_of_the_schema() {
    let (schema, codes) = shape_schema(json!({"type": "string", "enum": ["a", 1, true, "a"]}));
    assert_eq!(schema["enum"], json!(["a", "1", "true"]));
    assert_eq!(codes, ["enum-value-type", "enum-value-type", "duplicate-enum-value"]);
    assert_eq!(
        shape_schema(json!({"type": "integer", "enum": ["1", 2.0]})).0["enum"],
        json!([1, 2])
    );
    assert_eq!(shape_schema(json!({"type": "boolean", "enum": ["true"]})).0["enum"], json!([true]));
    assert_eq!(shape_schema(json!({"type": "integer", "enum": ["x"]})).1, ["enum-value-type"]);
}

#[test]
fn an_enum_beside_a_list_is_that_of_its_items() {
    let (schema, codes) =
        shape_schema(json!({"type": "array", "items": {"type": "string"}, "enum": ["a"]}));
    assert_eq!(schema, json!({"type": "array", "items": {"type": "string", "enum": ["a"]}}));
    assert_eq!(codes, ["misplaced-enum"]);
    let (schema, codes) = shape_schema(json!({"enum": []}));
    assert_eq!((schema, codes), (json!({}), vec!["empty-enum".to_owned()]));
}

#[test]
fn a_constant_is_an_enum_of_one() {
    assert_eq!(quiet_schema(json!({"const": "a"})), json!({"enum": ["a"], "type": "string"}));
    assert_eq!(quiet_schema(json!({"const": null})), only_null());
}

#[test]
fn exclusive_bounds_are_flags() {
    assert_eq!(
        quiet_schema(json!({"type": "integer", "exclusiveMinimum": 0})),
        json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true})
    );
    assert_eq!(
        quiet_schema(json!({"type": "number", "maximum": 5, "exclusiveMaximum": 9})),
        json!({"type": "number", "maximum": 5})
    );
    assert_eq!(
        quiet_schema(json!({"type": "number", "minimum": 1, "exclusiveMinimum": true})),
        json!({"type": "number", "minimum": 1, "exclusiveMinimum": true})
    );
}

#[test]
fn bounds_that_are_no_64_bit_integers_are_dropped() {
    let schema = quiet_schema(
        json!({"type": "integer", "minimum": -9223372036854776000.0, "exclusiveMaximum": 18446744073709551615u64, "multipleOf": 0.5}),
    );
    assert_eq!(schema, json!({"type": "integer"}));
}

#[test]
fn a_maximum_that_only_unsigned_integers_reach_makes_one() {
    let format = |schema| quiet_schema(schema).get("format").cloned();
    let largest = 18446744073709551615u64;
    let unsigned = Some(json!("uint64"));
    assert_eq!(format(json!({"type": "integer", "maximum": largest})), unsigned);
    assert_eq!(
        format(json!({"type": "integer", "minimum": 0, "maximum": 1.8446744073709552e19})),
        unsigned
    );
    assert_eq!(format(json!({"type": "integer", "format": "int64", "maximum": largest})), unsigned);
    assert_eq!(format(json!({"type": "integer", "maximum": 9223372036854775807i64})), None);
    assert_eq!(format(json!({"type": "integer", "minimum": -1, "maximum": largest})), None);
    assert_eq!(format(json!({"type": "integer", "maximum": 1e30})), None);
    let own = Some(json!("int32"));
    assert_eq!(format(json!({"type": "integer", "format": "int32", "maximum": largest})), own);
}

#[test]
fn a_reference_with_siblings_is_wrapped() {
    let reference = json!({"$ref": "#/components/schemas/Other"});
    assert_eq!(quiet_schema(reference.clone()), reference);
    assert_eq!(
        quiet_schema(
            json!({"$ref": "#/components/schemas/Other", "description": "d", "type": ["object", "null"]})
        ),
        json!({"description": "d", "type": "object", "nullable": true, "allOf": [reference]})
    );
    assert_eq!(
        quiet_schema(json!({"$ref": "#/components/schemas/Other", "$comment": "c"})),
        reference
    );
}

#[test]
fn null_that_fits_an_alternative_fits_the_whole() {
    let text = json!({"type": "string", "nullable": true});
    let schema = quiet_schema(json!({"oneOf": [{"type": "integer"}, text]}));
    assert_eq!(schema, json!({"oneOf": [{"type": "integer"}, text], "nullable": true}));
    let schema =
        quiet_schema(json!({"anyOf": [{"type": "integer"}, {"type": ["string", "null"]}]}));
    assert_eq!(schema["nullable"], true);
    // All of them have to fit.
    assert_eq!(quiet_schema(json!({"allOf": [{"type": "object"}, text]})).get("nullable"), None);
}

#[test]
fn null_as_an_alternative_is_nullable() {
    let reference = json!({"$ref": "#/components/schemas/Other"});
    assert_eq!(
        quiet_schema(json!({"oneOf": [reference, {"type": "null"}]})),
        json!({"nullable": true, "allOf": [reference]})
    );
    assert_eq!(
        quiet_schema(json!({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "T"})),
        json!({"nullable": true, "title": "T", "type": "string"})
    );
    let two = quiet_schema(json!({"anyOf": [{"type": "string"}, reference, {"enum": [null]}]}));
    assert_eq!(two, json!({"nullable": true, "anyOf": [{"type": "string"}, reference]}));
    assert_eq!(quiet_schema(json!({"anyOf": [{"type": "null"}]})), only_null());
}

#[test]
fn booleans_are_schemas() {
    assert_eq!(quiet_schema(json!(true)), json!({}));
    assert_eq!(quiet_schema(json!(false)), json!({"not": {}}));
    let schema = quiet_schema(
        json!({"type": "object", "properties": {"a": true}, "additionalProperties": false}),
    );
    assert_eq!(
        schema,
        json!({"type": "object", "properties": {"a": {}}, "additionalProperties": false})
    );
}

#[test]
fn tuples_are_lists_of_the_union_of_their_items() {
    let (string, integer) = (json!({"type": "string"}), json!({"type": "integer"}));
    let closed = json!({"type": "array", "prefixItems": [string, integer, string], "items": false});
    assert_eq!(
        quiet_schema(closed),
        json!({"type": "array", "items": {"anyOf": [string, integer]}})
    );
    let open = quiet_schema(json!({"prefixItems": [string], "items": integer}));
    assert_eq!(open["items"], json!({"anyOf": [string, integer]}));
    assert_eq!(quiet_schema(json!({"type": "array", "items": [string]}))["items"], string);
}

#[test]
fn patterned_properties_say_what_the_values_are() {
    let string = json!({"type": "string"});
    let schema = json!({"type": "object", "patternProperties": {"^x": string}, "additionalProperties": false});
    assert_eq!(quiet_schema(schema), json!({"type": "object", "additionalProperties": string}));
    let open = json!({"type": "object", "patternProperties": {"^x": string}});
    assert_eq!(
        quiet_schema(open)["additionalProperties"],
        json!({"anyOf": [string, {}]}),
        "what fits no pattern may be anything"
    );
    let all = json!({"type": "object", "patternProperties": {"^.*$": string}});
    assert_eq!(quiet_schema(all)["additionalProperties"], string);
}

#[test]
fn what_the_server_checks_is_pointed_out() {
    for (keyword, value) in [
        ("propertyNames", json!({"pattern": "^a"})),
        ("unevaluatedProperties", json!(false)),
        ("dependentRequired", json!({"a": ["b"]})),
    ] {
        let (_, codes) = shape_schema(json!({"type": "object", keyword: value}));
        assert_eq!(codes, ["keyword-not-acted-upon"], "{keyword}");
        let (_, codes) = shape_schema(json!({"type": ["object", "string"], keyword: value}));
        assert_eq!(codes, ["keyword-not-acted-upon"], "{keyword} beside two types");
    }
    quiet_schema(json!({"type": "object", "unevaluatedProperties": true}));
}

#[test]
fn nothing_doubles_with_every_level() {
    for (open, close) in [("{\"prefixItems\": [", "]}"), ("{\"patternProperties\": {\"x\": ", "}}")]
    {
        let text = open.repeat(50) + "{\"type\": \"string\"}" + &close.repeat(50);
        let schema: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert!(quiet_schema(schema).to_string().len() < 20 * text.len());
    }
}

#[test]
fn properties_that_no_keyword_is_about_are_additional() {
    let text = json!({"type": "string"});
    let schema = quiet_schema(json!({"type": "object", "unevaluatedProperties": text}));
    assert_eq!(schema, json!({"type": "object", "additionalProperties": text}));
    let of_all = json!({"allOf": [{"type": "object"}], "unevaluatedProperties": text});
    assert_eq!(quiet_schema(of_all)["additionalProperties"], text);
    // What an alternative names is evaluated by it.
    let (schema, codes) = shape_schema(
        json!({"oneOf": [{"type": "object"}, {"type": "string"}], "unevaluatedProperties": text}),
    );
    assert_eq!(schema.get("additionalProperties"), None);
    assert_eq!(codes, ["keyword-not-acted-upon"]);
}

#[test]
fn encoded_content_has_a_format() {
    let schema = quiet_schema(
        json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"}),
    );
    assert_eq!(schema, json!({"type": "string", "format": "byte"}));
    for media_type in ["application/octet-stream", "image/png", "*/*"] {
        let schema = quiet_schema(json!({"contentMediaType": media_type}));
        assert_eq!(schema, json!({"type": "string", "format": "binary"}), "{media_type}");
    }
    for media_type in ["application/json", "text/csv"] {
        let schema = quiet_schema(json!({"contentMediaType": media_type}));
        assert_eq!(schema.get("format"), None, "{media_type}");
    }
    // FastAPI says `string` of each file; what cannot be text is none.
    for media_type in ["application/octet-stream", "image/png", "IMAGE/*", "application/pdf"] {
        let schema = quiet_schema(json!({"type": "string", "contentMediaType": media_type}));
        assert_eq!(schema["format"], "binary", "{media_type}");
    }
    for media_type in ["image/svg+xml", "application/xml", "text/html", "application/x-yaml"] {
        let schema = quiet_schema(json!({"type": "string", "contentMediaType": media_type}));
        assert_eq!(schema.get("format"), None, "{media_type}");
    }
}

#[test]
fn conditions_are_dropped_with_a_warning() {
    let (schema, codes) =
        shape_schema(json!({"type": "object", "if": {"required": ["a"]}, "then": false}));
    assert_eq!(schema, json!({"type": "object"}));
    assert_eq!(codes, ["keyword-not-acted-upon", "keyword-not-acted-upon"]);
}

#[test]
fn keywords_of_another_type_are_dropped() {
    let (schema, codes) =
        shape_schema(json!({"type": "string", "items": {"type": "string"}, "uniqueItems": false}));
    assert_eq!(schema, json!({"type": "string"}));
    assert_eq!(codes, ["keyword-without-effect"]);
    assert_eq!(quiet_schema(json!({"type": "object", "format": "map"})), json!({"type": "object"}));
}

#[test]
fn the_first_of_several_examples_counts() {
    assert_eq!(
        quiet_schema(json!({"type": "string", "examples": ["a", "b"]})),
        json!({"type": "string", "example": "a"})
    );
    let named = json!({"type": "string", "examples": {"one": {"value": "a"}}, "example": "b"});
    assert_eq!(quiet_schema(named), json!({"type": "string", "example": "b"}));
}

#[test]
fn required_on_a_property_is_pointed_out() {
    let (schema, codes) = shape_schema(
        json!({"type": "object", "properties": {"a": {"type": "string", "required": true}}}),
    );
    assert_eq!(schema["properties"]["a"], json!({"type": "string"}));
    assert_eq!(codes, ["misplaced-required"]);
}
