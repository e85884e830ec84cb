use std::collections::HashMap;
use std::time::Instant;

use openapiv3::{ReferenceOr, SchemaKind, Type};
use serde_json::json;

use super::operations_of;
use super::testing::{document, normalize_text, shape_document};
use crate::diagnostics;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: 1.10}\n";

#[test]
fn a_plain_document_is_read() {
    let (normalized, report) = normalize_text(
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a/{id}:\n    get:\n      operationId: getA\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {'200': {description: ok}}\n",
    );
    assert_eq!(report, "");
    let openapi = normalized.expect("it is fine").openapi;
    assert_eq!(
        openapi.operations().map(|(path, method, _)| (path, method)).collect::<Vec<_>>(),
        [("/a/{id}", "get")]
    );
}

#[test]
fn a_number_in_place_of_a_string_is_read_as_it_is_written() {
    let (normalized, report) = normalize_text(&format!("{HEAD}paths: {{}}\n"));
    assert_eq!(report, "warning expected-string a.yaml:2:27\n");
    assert_eq!(normalized.expect("a warning only").openapi.info.version, "1.10");
}

#[test]
fn all_problems_are_found_in_one_run() {
    let text = "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a/{id}:
    get:
      operationId: same
      responses: {'200': {$ref: '#/components/responses/Ok'}}
  /b:
    get:
      operationId: same
      responses:
        '200': {description: [no]}
";
    let (normalized, report) = normalize_text(text);
    assert!(normalized.is_none());
    assert_eq!(
        report,
        "error dangling-reference a.yaml:7:33
warning undeclared-path-parameter a.yaml:5:5
warning duplicate-operation-id a.yaml:10:20
error wrong-type a.yaml:12:17
"
    );
}

#[test]
fn the_report_shows_the_line_and_what_to_do() {
    let mut loaded = crate::load::testing::load_text(
        "a.yaml",
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Pet: {type: object}\n    Pets: {type: array, items: {$ref: '#/components/schemas/Bet'}}\n",
    );
    let document = loaded.result.take().expect("the document was loaded");
    assert!(super::normalize(document, &mut loaded.diagnostics).is_none());
    let text = diagnostics::text(&loaded.diagnostics, false);
    for part in [
        "error[dangling-reference]",
        "a.yaml:7:39",
        "'#/components/schemas/Bet'",
        "did you mean `#/components/schemas/Pet`?",
        "1 error",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let report: serde_json::Value =
        serde_json::from_str(&diagnostics::json(std::slice::from_ref(&loaded.diagnostics)))
            .expect("it is JSON");
    assert_eq!(report["errors"], 1);
    assert_eq!(report["diagnostics"][0]["line"], 7);
    assert_eq!(report["diagnostics"][0]["pointer"], "/components/schemas/Pets/items/$ref");
}

#[test]
fn warnings_can_be_denied() {
    let mut found = diagnostics::Diagnostics::new();
    found.warning("some-code", None, "something");
    assert!(!found.has_errors());
    found.deny_warnings();
    assert_eq!((found.errors(), found.warnings()), (1, 0));
}

#[test]
fn what_openapiv3_has_no_field_for_is_added() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1', summary: s}
servers: [{url: /a, name: first}, {url: /b, name: ' '}]
tags: [{name: a}, {name: b, summary: all of b}]
paths:
  /a:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object}
            encoding: {a/b: {explode: false}, c: {explode: true}, d: {}}
webhooks:
  changed: {post: {requestBody: {content: {application/json: {schema: {type: [string, 'null']}}}}}}
";
    let (normalized, report) = normalize_text(text);
    assert_eq!(report, "");
    let additions = normalized.expect("it is fine").additions;
    assert_eq!(additions.info_summary.as_deref(), Some("s"));
    let named = |place: &str, text: &str| HashMap::from([(place.to_owned(), text.to_owned())]);
    assert_eq!(additions.server_names, named("/servers/0", "first"));
    assert_eq!(additions.tag_summaries, named("/tags/1", "all of b"));
    let at = "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/encoding";
    let explode = [(format!("{at}/a~1b"), false), (format!("{at}/c"), true)];
    assert_eq!(additions.encoding_explode, HashMap::from(explode));
    let body = additions.webhooks["changed"].post.as_ref().and_then(|it| it.request_body.as_ref());
    let content = &body.and_then(ReferenceOr::as_item).expect("there is a body").content;
    let schema = content["application/json"].schema.as_ref().and_then(ReferenceOr::as_item);
    assert!(schema.expect("there is a schema").schema_data.nullable);
}

#[test]
fn a_schema_of_one_type_is_one_to_openapiv3() {
    let text = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{type: integer, minimum: 0.0, maximum: 1e30, uniqueItems: false, enum: [1, 2.0, null]}}\n"
    );
    let (normalized, _) = normalize_text(&text);
    let components = normalized.expect("it is fine").openapi.components.expect("there are some");
    let ReferenceOr::Item(schema) = &components.schemas["A"] else { panic!("it is no reference") };
    let SchemaKind::Type(Type::Integer(integer)) = &schema.schema_kind else {
        panic!("{schema:?}")
    };
    assert_eq!((integer.minimum, integer.maximum), (Some(0), None));
    assert_eq!(integer.enumeration, [Some(1), Some(2)]);
    assert!(schema.schema_data.nullable);
}

#[test]
fn a_deep_document_is_read_in_time() {
    let start = Instant::now();
    let depth = 55;
    let schema =
        "{\"properties\": {\"a\": ".repeat(depth) + "{\"type\": \"string\"}" + &"}}".repeat(depth);
    let text = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \"components\": {{\"schemas\": {{\"A\": {schema}}}}}}}"
    );
    let (normalized, report) = normalize_text(&text);
    assert_eq!(report, "");
    assert!(normalized.is_some());
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn the_deepest_document_that_is_read_does_not_overflow() {
    let text = |open: &str, close: &str| {
        let schema = open.repeat(118) + "{}" + &close.repeat(118);
        format!(
            "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \"components\": {{\"schemas\": {{\"A\": {schema}}}}}}}"
        )
    };
    for (open, close) in [("{\"items\": ", "}"), ("{\"not\": ", "}")] {
        let (normalized, report) = normalize_text(&text(open, close));
        assert_eq!(report, "");
        assert!(normalized.is_some());
    }
}

#[test]
fn no_extension_of_a_document_is_special() {
    let schema = json!({"type": "string", "x-codegen-null": true});
    let mut root = document(json!({}), json!({"schemas": {"A": schema}}));
    assert_eq!(shape_document(&mut root), "");
    assert_eq!(root["components"]["schemas"]["A"], schema);
}

#[test]
fn references_stand_only_where_openapi_has_them() {
    let mut root = document(
        json!({"/a": {"get": {"responses": {"$ref": "#/x"}}}}),
        json!({"schemas": {"A": {"$ref": 1}}}),
    );
    let report = shape_document(&mut root);
    assert_eq!(
        report,
        "misplaced-reference /paths/~1a/get/responses/$ref\nwrong-type /components/schemas/A/$ref\n"
    );
}

#[test]
fn copies_of_copies_have_a_limit() {
    let mut items = serde_json::Map::new();
    for level in 0..12 {
        let target = json!({"$ref": format!("#/components/pathItems/L{}", level + 1)});
        let callbacks: serde_json::Map<_, _> =
            (0..10).map(|index| (format!("c{index}"), json!({"x": target}))).collect();
        items.insert(
            format!("L{level}"),
            json!({"post": {"responses": {}, "callbacks": callbacks}}),
        );
    }
    items.insert("L12".to_owned(), json!({}));
    // Without a limit these would be a trillion copies.
    let mut root =
        document(json!({"/a": {"$ref": "#/components/pathItems/L0"}}), json!({"pathItems": items}));
    assert!(shape_document(&mut root).starts_with("too-many-copies "));
}

#[test]
fn a_wrong_type_deep_inside_is_an_error_in_time() {
    let start = Instant::now();
    let depth = 50;
    let schema = "{properties: {a: ".repeat(depth) + "{minimum: {}}" + &"}}".repeat(depth);
    let text = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n");
    let (normalized, report) = normalize_text(&text);
    assert!(normalized.is_none());
    assert!(report.contains("error wrong-type a.yaml:4:"), "{report}");
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn a_field_that_openapi_does_not_know_is_reported() {
    let mut root = document(
        json!({"/a": {"get": {"responses": {}, "operationID": "x", "x-mine": 1}}}),
        json!({}),
    );
    assert_eq!(shape_document(&mut root), "unknown-field /paths/~1a/get/operationID\n");
    assert_eq!(root["paths"]["/a"]["get"], json!({"responses": {}, "x-mine": 1}));
}

#[test]
fn what_can_only_mean_one_thing_is_corrected() {
    let mut root = document(
        json!({"/a": {"get": {
            "deprecated": "true",
            "tags": "one",
            "description": null,
            "parameters": [{"name": "q", "in": "query", "schema": {"maxLength": 5.0}}],
            "responses": {"200": {"content": {"text/plain": {"examples": ["x"]}}}}
        }}}),
        json!({"securitySchemes": []}),
    );
    let report = shape_document(&mut root);
    let get = &root["paths"]["/a"]["get"];
    assert_eq!(get["deprecated"], true);
    assert_eq!(get["tags"], json!(["one"]));
    assert!(get.get("description").is_none());
    assert_eq!(get["parameters"][0]["schema"], json!({"maxLength": 5, "type": "string"}));
    assert_eq!(get["responses"]["200"]["description"], "");
    assert_eq!(
        get["responses"]["200"]["content"]["text/plain"]["examples"],
        json!({"example1": {"value": "x"}})
    );
    assert_eq!(root["components"]["securitySchemes"], json!({}));
    assert_eq!(report.lines().count(), 6, "{report}");
}

/// Writers that write every field of a path item give null to those that it does not have.
#[test]
fn an_operation_that_is_null_is_none() {
    let mut root = document(json!({"/a": {"get": {"responses": {}}, "post": null}}), json!({}));
    assert_eq!(shape_document(&mut root), "empty-field /paths/~1a/post\n");
    assert_eq!(root["paths"]["/a"], json!({"get": {"responses": {}}}));
}

/// OpenAPI 3.0.3, section 4.7.12: since version 3, what Swagger 2 has in a parameter stands in its `schema`.
#[test]
fn a_schema_in_the_parameter_itself_is_read() {
    let parameters = json!([
        {"name": "a", "in": "query", "type": "integer", "format": "int32", "description": "d"},
        {"name": "b", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "pipes"},
        {"name": "c", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "csv"},
    ]);
    let headers = json!({"X-A": {"type": "string"}});
    let responses = json!({"200": {"description": "d", "headers": headers}});
    let mut root = document(
        json!({"/a": {"get": {"parameters": parameters, "responses": responses}}}),
        json!({}),
    );
    let report = shape_document(&mut root);
    let at = "missing-schema /paths/~1a/get";
    assert_eq!(
        report,
        format!(
            "{at}/parameters/0\n{at}/parameters/1\n{at}/parameters/2\n{at}/responses/200/headers/X-A\n"
        )
    );
    let get = &root["paths"]["/a"]["get"];
    let strings = json!({"type": "array", "items": {"type": "string"}});
    assert_eq!(
        get["parameters"],
        json!([
            {"name": "a", "in": "query", "description": "d", "schema": {"type": "integer", "format": "int32"}},
            {"name": "b", "in": "query", "schema": strings, "style": "pipeDelimited"},
            {"name": "c", "in": "query", "schema": strings, "explode": false},
        ])
    );
    assert_eq!(get["responses"]["200"]["headers"]["X-A"], json!({"schema": {"type": "string"}}));
}

#[test]
fn a_style_that_the_place_does_not_have_is_dropped() {
    let parameters = json!([
        {"name": "a", "in": "query", "style": "simple", "schema": {}},
        {"name": "b", "in": "query", "style": "deepObject", "schema": {}},
        {"name": "c", "in": "header", "content": {"application/json": {}}, "schema": {}},
        {"name": "d", "in": "cookie"}
    ]);
    let mut root = document(json!({"/a": {"parameters": parameters}}), json!({}));
    let report = shape_document(&mut root);
    let at = "/paths/~1a/parameters";
    assert_eq!(
        report,
        format!(
            "invalid-style {at}/0/style\nschema-and-content {at}/2/content\nmissing-schema {at}/3\n"
        )
    );
    let parameters = &root["paths"]["/a"]["parameters"];
    assert!(parameters[0].get("style").is_none());
    assert_eq!(parameters[1]["style"], "deepObject");
    assert!(parameters[2].get("content").is_none());
}

#[test]
fn parameters_of_swagger_2_are_errors() {
    let mut root = document(
        json!({"/a": {"parameters": [{"name": "a", "in": "body", "schema": {}}]}}),
        json!({}),
    );
    assert_eq!(shape_document(&mut root), "invalid-parameter /paths/~1a/parameters/0\n");
}

#[test]
fn security_schemes_of_3_1_are_read() {
    let mut root = document(
        json!({}),
        json!({"securitySchemes": {
            "tls": {"type": "mutualTLS"},
            "flow": {"type": "oauth2", "flows": {"clientCredentials": {"scopes": {}}}},
            "key": {"type": "apiKey", "name": "k", "in": "body"}
        }}),
    );
    let at = "/components/securitySchemes";
    assert_eq!(
        shape_document(&mut root),
        format!(
            "missing-field {at}/flow/flows/clientCredentials\ninvalid-security-scheme {at}/key\n"
        )
    );
    assert_eq!(
        root["components"]["securitySchemes"]["tls"],
        json!({"type": "http", "scheme": "mutualTLS"})
    );
}

#[test]
fn what_only_3_2_says_is_kept() {
    let text = r##"openapi: 3.2.0
$self: https://example.com/api.yaml
info: {title: t, version: '1'}
tags: [{name: a, summary: A., parent: b, kind: nav}]
paths:
  /a:
    query:
      security: [{'https://example.com/api.yaml#/components/securitySchemes/o': []}]
      responses:
        '200':
          summary: Found.
          content:
            application/json: {$ref: 'https://example.com/api.yaml#/components/mediaTypes/M'}
    additionalOperations:
      COPY: {responses: {'204': {}}}
components:
  mediaTypes:
    M: {schema: {type: object}, examples: {one: {dataValue: 1, serializedValue: '01'}, two: {serializedValue: '{"a": 2}'}}}
  securitySchemes:
    o:
      type: oauth2
      deprecated: true
      oauth2MetadataUrl: https://example.com/meta
      flows: {deviceAuthorization: {deviceAuthorizationUrl: /d, tokenUrl: /t, scopes: {s: S}}}
"##;
    let (normalized, report) = normalize_text(text);
    assert_eq!(report, "");
    let normalized = normalized.expect("a good document");
    let found: Vec<_> = operations_of(&normalized.openapi, &normalized.additions).collect();
    let methods: Vec<(&str, &str)> = found.iter().map(|it| (it.method, it.at.as_str())).collect();
    assert_eq!(methods, [("query", "/query"), ("COPY", "/additionalOperations/COPY")]);
    let query = serde_json::to_value(found[0].operation).expect("JSON");
    assert_eq!(query["security"], json!([{"o": []}]));
    let response = &query["responses"]["200"];
    assert_eq!(response["description"], "Found.");
    let examples = &response["content"]["application/json"]["examples"];
    assert_eq!(*examples, json!({"one": {"value": 1}, "two": {"value": {"a": 2}}}));
    let additions = &normalized.additions;
    assert_eq!(additions.tag_parents.get("a").map(String::as_str), Some("b"));
    assert_eq!(additions.tag_kinds.get("a").map(String::as_str), Some("nav"));
    assert!(additions.deprecated_schemes.contains("/components/securitySchemes/o"));
    let flow = &additions.device_flows["/components/securitySchemes/o/flows"];
    assert_eq!((flow.token_url.as_str(), flow.scopes["s"].as_str()), ("/t", "S"));
}

#[test]
fn additional_operations_have_a_token_without_a_field() {
    let of = |method: &str| {
        let text = format!(
            "openapi: 3.2.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /a: {{additionalOperations: {{'{method}': {{responses: {{}}}}}}}}\n"
        );
        normalize_text(&text).1
    };
    assert_eq!(of("COPY"), "");
    assert_eq!(of("get"), "");
    assert_eq!(of("POST"), "error invalid-method a.yaml:4:31\n");
    assert_eq!(of("A B"), "error invalid-method a.yaml:4:31\n");
}

#[test]
fn what_does_not_fit_together_is_told() {
    let text = "openapi: 3.2.0
info: {title: t, version: '1'}
servers: [{url: 'https://{v}', variables: {v: {enum: [], default: a}}}]
paths:
  /a:
    get:
      parameters:
        - {name: 'A[b]', in: header, schema: {}, example: 1, examples: {one: {value: 1, dataValue: 2}}}
        - {name: B, in: header, allowReserved: true, schema: {}}
        - {name: C, in: cookie, style: cookie, allowReserved: true, schema: {}}
      responses: {default: {headers: {'C=d': {schema: {}, allowReserved: true}}}}
";
    assert_eq!(
        normalize_text(text).1,
        "warning empty-enum a.yaml:3:48
warning excluding-fields a.yaml:8:100
warning excluding-fields a.yaml:8:62
warning invalid-header-name a.yaml:8:11
warning unknown-field a.yaml:9:48
warning unknown-field a.yaml:10:63
warning unknown-field a.yaml:11:74
warning invalid-header-name a.yaml:11:39
"
    );
    let empty = "openapi: 3.2.0\ninfo: {title: t, version: '1'}\n";
    assert_eq!(normalize_text(empty).1, "warning missing-field a.yaml:1:1\n");
    assert_eq!(normalize_text(&format!("{empty}components: {{}}\n")).1, "");
}

#[test]
fn the_whole_query_is_one_parameter() {
    let whole = "{name: q, in: querystring, content: {application/json: {schema: {}}}}";
    let of = |parameters: &str| {
        let text = format!(
            "openapi: 3.2.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    get:\n      parameters: [{parameters}]\n      responses: {{}}\n"
        );
        normalize_text(&text)
    };
    let (normalized, report) = of(whole);
    assert_eq!(report, "");
    let places = normalized.expect("a good document").additions.whole_queries;
    assert!(places.contains("/paths/~1a/get/parameters/0"));
    let other = "{name: p, in: query, schema: {}}";
    assert_eq!(of(&format!("{whole}, {other}")).1, "error invalid-parameter a.yaml:5:5\n");
    let second = whole.replace("name: q", "name: r");
    assert_eq!(of(&format!("{whole}, {second}")).1, "error invalid-parameter a.yaml:5:5\n");
    let schema = "{name: q, in: querystring, schema: {}}";
    assert_eq!(of(schema).1, "error invalid-parameter a.yaml:6:20\n");
}

#[test]
fn a_path_without_its_slash_has_its_references_followed() {
    let text = r##"openapi: 3.2.0
info: {title: t, version: '1'}
paths:
  pets:
    get:
      responses:
        '200': {description: Pets., content: {application/json: {$ref: '#/components/mediaTypes/Pets'}}}
  cats: {$ref: '#/components/pathItems/Cats'}
components:
  mediaTypes:
    Pets: {schema: {type: array, items: {type: string}}}
  pathItems:
    Cats: {get: {responses: {'204': {description: None.}}}}
"##;
    let (normalized, report) = normalize_text(text);
    assert!(report.starts_with("warning invalid-path a.yaml:4:3\n"), "{report}");
    let paths = normalized.expect("a document that is repaired").openapi.paths.paths;
    assert_eq!(paths.keys().collect::<Vec<_>>(), ["/pets", "/cats"]);
    let pets = serde_json::to_value(&paths["/pets"]).expect("JSON");
    let content = &pets["get"]["responses"]["200"]["content"]["application/json"];
    assert_eq!(content["schema"]["items"]["type"], "string", "{pets}");
}
