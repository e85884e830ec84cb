//! One change of a document each, and what the users of its SDK see of it.
//!
//! What breaks is what The Cargo Book calls a major change ("SemVer Compatibility"), for the Rust that is generated.

use std::fs;

use codegen::Options;
use codegen::diagnostics::Diagnostics;
use codegen::ir::Sdk;

use super::{Change, Impact, Kind, compare};

const PETS: &str = r##"openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example.com"}]
security: [{key: []}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pet]
      parameters:
        - {name: owner, in: query, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, format: int32, default: 10}}
      responses:
        "200":
          description: Pets
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
        "400": {description: Wrong}
    post:
      operationId: addPet
      tags: [Pet]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
      responses:
        "200": {description: Known, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "201": {description: New, content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}}
  /pets/{petId}:
    get:
      operationId: getPet
      tags: [Pet]
      parameters:
        - {name: petId, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: Pet
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-key}
  schemas:
    Pet:
      type: object
      required: [name, kind]
      properties:
        name: {type: string}
        kind: {$ref: "#/components/schemas/Kind"}
        age: {type: integer, format: int32, default: 1}
        tags: {$ref: "#/components/schemas/Tags"}
        home: {$ref: "#/components/schemas/Home"}
    Kind: {type: string, enum: [cat, dog]}
    Tags: {type: array, items: {type: string}}
    Owner: {type: object, properties: {name: {type: string}}}
    Home:
      oneOf: [{$ref: "#/components/schemas/House"}, {$ref: "#/components/schemas/Flat"}]
      discriminator: {propertyName: type, mapping: {house: House, flat: Flat}}
    House: {type: object, required: [type], properties: {type: {type: string}, rooms: {type: integer}}}
    Flat: {type: object, required: [type], properties: {type: {type: string}, floor: {type: integer}}}
"##;

fn sdk(document: &str) -> Sdk {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, document).unwrap();
    let options = Options { spec, ..Options::default() };
    let mut diagnostics = Diagnostics::new();
    let (document, config) = codegen::read(&options, &mut diagnostics).unwrap();
    let lowered = codegen::lowered(document, config, &options, &mut diagnostics);
    lowered.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// The changes that replacing parts of the document makes, in a line each: `+` is added, `-` removed, `~` changed; `!` is
/// what breaks, `*` what is new, and `.` all else.
fn changes(replacements: &[(&str, &str)]) -> Vec<String> {
    let mut document = PETS.to_owned();
    for (from, to) in replacements {
        assert_eq!(document.matches(from).count(), 1, "{from}");
        document = document.replace(from, to);
    }
    compare(&sdk(PETS), &sdk(&document)).iter().map(line).collect()
}

fn line(change: &Change) -> String {
    let impact = match change.impact {
        Impact::Breaking => '!',
        Impact::Minor => '*',
        Impact::Patch => '.',
    };
    let kind = match change.kind {
        Kind::Added => '+',
        Kind::Removed => '-',
        Kind::Changed => '~',
    };
    format!("{impact}{kind} {} {}", change.name, change.text).trim_end().to_owned()
}

#[test]
fn the_same_document_has_no_changes() {
    assert_eq!(changes(&[]), [""; 0]);
}

#[test]
fn what_only_its_readers_see_is_no_change() {
    assert_eq!(changes(&[("{description: Wrong}", "{description: Quite wrong}")]), [""; 0]);
}

#[test]
fn an_operation_is_removed() {
    let found = changes(&[(
        "    get:\n      operationId: getPet",
        "    x-get:\n      operationId: getPet",
    )]);
    assert_eq!(found, ["!- client.pet().get_pet `GET /pets/{petId}`"]);
}

#[test]
fn an_operation_is_added() {
    let added = "    delete:\n      operationId: removePet\n      tags: [Pet]\n      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]\n      responses: {\"204\": {description: Gone}}\ncomponents:\n";
    let found = changes(&[("components:\n", added)]);
    assert_eq!(found, ["*+ client.pet().remove_pet `DELETE /pets/{petId}`"]);
}

#[test]
fn an_operation_is_renamed() {
    let found = changes(&[("operationId: getPet", "operationId: readPet")]);
    assert_eq!(found, ["!~ client.pet().read_pet was called `client.pet().get_pet`"]);
}

#[test]
fn an_operation_goes_to_another_tag() {
    let found = changes(&[(
        "operationId: getPet\n      tags: [Pet]",
        "operationId: getPet\n      tags: [One]",
    )]);
    assert_eq!(
        found,
        [
            "*+ client.one() the tag `One`",
            "*+ one",
            "!~ client.one().get_pet was called `client.pet().get_pet`",
        ]
    );
}

#[test]
fn another_path_under_the_same_name_breaks_nothing() {
    let found = changes(&[("  /pets/{petId}:", "  /v2/pets/{petId}:")]);
    let text = "sends `GET /v2/pets/{petId}` now (it was `GET /pets/{petId}`)";
    assert_eq!(found, [format!(".~ client.pet().get_pet {text}")]);
}

#[test]
fn an_operation_is_deprecated() {
    let found = changes(&[("operationId: getPet", "operationId: getPet\n      deprecated: true")]);
    assert_eq!(found, ["*~ client.pet().get_pet deprecated"]);
}

#[test]
fn a_parameter_is_added() {
    let limit = "        - {name: limit,";
    let optional =
        format!("        - {{name: sort, in: query, schema: {{type: string}}}}\n{limit}");
    assert_eq!(
        changes(&[(limit, &optional)]),
        ["*+ client.pet().list_pets(sort) `String` in the query"]
    );
    let required = optional.replace("in: query,", "in: query, required: true,");
    assert_eq!(
        changes(&[(limit, &required)]),
        ["!+ client.pet().list_pets(sort) `String` in the query, required: an argument more"]
    );
}

#[test]
fn a_parameter_becomes_required_or_optional() {
    assert_eq!(
        changes(&[("name: limit, in: query,", "name: limit, in: query, required: true,")]),
        [
            "!~ client.pet().list_pets(limit) is required now: an argument, and no method of the request"
        ]
    );
    assert_eq!(
        changes(&[("name: owner, in: query, required: true,", "name: owner, in: query,")]),
        [
            "!~ client.pet().list_pets(owner) is optional now: a method of the request, and no argument"
        ]
    );
}

#[test]
fn a_parameter_has_another_type_default_or_place() {
    let limit = "{type: integer, format: int32, default: 10}";
    assert_eq!(
        changes(&[(limit, "{type: integer, format: int64, default: 10}")]),
        ["!~ client.pet().list_pets(limit) is `i64` now (it was `i32`)"]
    );
    assert_eq!(
        changes(&[(limit, "{type: integer, format: int32, default: 20}")]),
        [".~ client.pet().list_pets(limit) defaults to `20` (it was `10`)"]
    );
    assert_eq!(
        changes(&[("name: limit, in: query", "name: limit, in: header")]),
        [
            ".~ client.pet().list_pets(limit) is the header parameter `limit` now (it was query `limit`)"
        ]
    );
}

#[test]
fn an_argument_for_another_parameter_means_another_thing() {
    assert_eq!(
        changes(&[("name: owner,", "name: ownerId,")]),
        [
            "!- client.pet().list_pets(owner) it was `String` in the query",
            "!+ client.pet().list_pets(owner_id) `String` in the query, required: an argument more",
        ]
    );
}

#[test]
fn arguments_change_places() {
    let (owner, limit) = (
        "        - {name: owner, in: query, required: true, schema: {type: string}}\n",
        "        - {name: limit, in: query, required: true, schema: {type: string}}\n",
    );
    let was =
        "        - {name: limit, in: query, schema: {type: integer, format: int32, default: 10}}\n";
    let document = |parameters: String| PETS.replace(&format!("{owner}{was}"), &parameters);
    let old = sdk(&document(format!("{owner}{limit}")));
    let new = sdk(&document(format!("{limit}{owner}")));
    assert_eq!(
        compare(&old, &new).iter().map(line).collect::<Vec<_>>(),
        ["!~ client.pet().list_pets takes its arguments in another order: limit, owner"]
    );
}

#[test]
fn a_body_becomes_optional_or_another_one() {
    let text = "is optional now: a method of the request, and no argument";
    assert_eq!(
        changes(&[("        required: true\n", "")]),
        [format!("!~ client.pet().add_pet {text}")]
    );
    let content = "        content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n      responses:\n        \"200\": {description: Known";
    assert_eq!(
        changes(&[(content, &content.replacen("schemas/Pet", "schemas/Owner", 1))]),
        ["!~ client.pet().add_pet is `&models::Owner` now (it was `&models::Pet`)"]
    );
}

#[test]
fn an_answer_is_another_one() {
    let one = "description: Pet\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}";
    assert_eq!(
        changes(&[(one, &one.replace("schemas/Pet", "schemas/Owner"))]),
        ["!~ client.pet().get_pet is `models::Owner` now (it was `models::Pet`)"]
    );
    assert_eq!(
        changes(&[("\"400\": {description: Wrong}", "\"409\": {description: Wrong}")]),
        [
            ".~ client.pet().list_pets documents the errors 409",
            ".~ client.pet().list_pets does not document the errors 400 any more",
        ]
    );
}

#[test]
fn an_answer_has_a_further_variant() {
    let added = "        \"202\": {description: Later}\n        \"201\": {description: New";
    assert_eq!(
        changes(&[("        \"201\": {description: New", added)]),
        ["*+ AddPetOutput::Accepted status 202"]
    );
}

#[test]
fn a_field_is_added() {
    let age = "        age: {type";
    assert_eq!(
        changes(&[(age, "        born: {type: string, format: date}\n        age: {type")]),
        ["*+ models::Pet::born `Option<jiff::civil::Date>`"]
    );
    assert_eq!(
        changes(&[
            (age, "        born: {type: string, format: date}\n        age: {type"),
            ("required: [name, kind]", "required: [name, kind, born]"),
        ]),
        ["!+ models::Pet::born `jiff::civil::Date`, required: `models::Pet::new` takes it"]
    );
}

#[test]
fn a_field_is_removed_or_another_one() {
    let age = "        age: {type: integer, format: int32, default: 1}\n";
    assert_eq!(changes(&[(age, "")]), ["!- models::Pet::age it was `Option<i32>`"]);
    assert_eq!(
        changes(&[(age, &age.replace("int32", "int64"))]),
        ["!~ models::Pet::age is `Option<i64>` now (it was `Option<i32>`)"]
    );
    assert_eq!(
        changes(&[(age, &age.replace("default: 1", "nullable: true, default: 1"))]),
        ["!~ models::Pet::age is `Option<Option<i32>>` now (it was `Option<i32>`)"]
    );
    assert_eq!(
        changes(&[(age, &age.replace("default: 1", "default: 2"))]),
        [".~ models::Pet::age defaults to `2` (it was `1`)"]
    );
    assert_eq!(
        changes(&[(age, &age.replace("default: 1", "default: 1, deprecated: true"))]),
        ["*~ models::Pet::age deprecated"]
    );
}

/// A program calls the field by its name, and never the property.
#[test]
fn a_field_is_another_property() {
    let age = "        age: {type: integer, format: int32, default: 1}\n";
    assert_eq!(
        changes(&[(age, &age.replace("age:", "AGE:"))]),
        [".~ models::Pet::age is the property `AGE` now (it was `age`)"]
    );
}

#[test]
fn a_field_becomes_optional_or_required() {
    assert_eq!(
        changes(&[("required: [name, kind]", "required: [name]")]),
        [
            "!~ models::Pet::kind is `Option<models::Kind>` now (it was `models::Kind`); `new` does not take it any more"
        ]
    );
    assert_eq!(
        changes(&[("required: [name, kind]", "required: [name, kind, age]")]),
        ["!~ models::Pet::age is `i32` now (it was `Option<i32>`); `new` takes it now"]
    );
}

#[test]
fn the_arguments_of_new_change_places() {
    let (name, kind) =
        ("        name: {type: string}\n", "        kind: {$ref: \"#/components/schemas/Kind\"}\n");
    let (both, turned) = (format!("{name}{kind}"), format!("{kind}{name}"));
    assert_eq!(
        changes(&[(&both, &turned)]),
        ["!~ models::Pet::new takes its arguments in another order: kind, name"]
    );
}

#[test]
fn an_enum_has_a_further_value_or_one_less() {
    assert_eq!(
        changes(&[("enum: [cat, dog]", "enum: [cat, dog, cow]")]),
        ["*+ models::Kind::Cow `\"cow\"`"]
    );
    assert_eq!(
        changes(&[("enum: [cat, dog]", "enum: [cat]")]),
        ["!- models::Kind::Dog it stood for `\"dog\"`"]
    );
    assert_eq!(
        changes(&[("enum: [cat, dog]", "enum: [CAT, dog]")]),
        [".~ models::Kind::Cat stands for `\"CAT\"` now (it was `\"cat\"`)"]
    );
}

#[test]
fn a_union_has_a_further_variant_or_one_less() {
    let (flat, tag) = (", {$ref: \"#/components/schemas/Flat\"}]", ", flat: Flat}");
    assert_eq!(
        changes(&[
            (
                flat,
                ", {$ref: \"#/components/schemas/Flat\"}, {$ref: \"#/components/schemas/Owner\"}]"
            ),
            (tag, ", flat: Flat, owner: Owner}")
        ]),
        ["*+ models::Home::Owner `models::Owner`"]
    );
    assert_eq!(
        changes(&[(flat, "]"), (tag, "}")]),
        [
            "!- models::Home::Flat",
            "!~ models::Flat does not come with the feature `pet` any more, of interest without the default ones",
        ]
    );
}

#[test]
fn a_field_of_all_variants_has_another_type() {
    let (before, _) = PETS.split_once("    Home:\n").unwrap();
    let with = |ty: &str| {
        format!(
            r##"{before}    Home:
      type: object
      required: [type]
      properties: {{type: {{type: string}}, size: {{type: {ty}}}}}
      discriminator: {{propertyName: type, mapping: {{house: "#/components/schemas/House"}}}}
    House:
      allOf: [{{$ref: "#/components/schemas/Home"}}, {{type: object, properties: {{rooms: {{type: integer}}}}}}]
"##
        )
    };
    let found = compare(&sdk(&with("string")), &sdk(&with("boolean")));
    let found: Vec<String> = found.iter().map(line).filter(|it| it.contains("()")).collect();
    assert_eq!(found, ["!~ models::Home::size() is `Option<bool>` now (it was `Option<String>`)"]);
}

/// Whoever has the feature `all-models` has every tag, and so the models of each.
#[test]
fn a_model_that_an_operation_reaches_now_stays_where_it_was() {
    let one = "description: Pet\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}";
    let spare = "    Kind: {type: string";
    let spared = PETS.replace(spare, &format!("    Spare: {{type: object}}\n{spare}"));
    let reached = spared.replace(one, &one.replace("schemas/Pet", "schemas/Spare"));
    let found = compare(&sdk(&spared), &sdk(&reached));
    let found: Vec<String> =
        found.iter().map(line).filter(|it| it.contains("models::Spare ")).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_model_is_another_kind_of_thing() {
    assert_eq!(
        changes(&[(
            "Kind: {type: string, enum: [cat, dog]}",
            "Kind: {type: integer, enum: [1, 2]}"
        )]),
        ["!~ models::Kind is an enum of integers now (it was an enum of texts)"]
    );
}

#[test]
fn an_alias_counts_for_what_it_stands_for() {
    let found = changes(&[(
        "        tags: {$ref: \"#/components/schemas/Tags\"}",
        "        tags: {type: array, items: {type: string}}",
    )]);
    assert_eq!(
        found,
        [
            "!~ models::Tags does not come with the feature `pet` any more, of interest without the default ones"
        ]
    );
    let found = changes(&[(
        "Tags: {type: array, items: {type: string}}",
        "Tags: {type: array, items: {type: integer}}",
    )]);
    assert_eq!(
        found,
        [
            "!~ models::Pet::tags is `Option<Vec<i64>>` now (it was `Option<Vec<String>>`)",
            "!~ models::Tags is `Vec<i64>` now (it was `Vec<String>`)",
        ]
    );
}

#[test]
fn credentials_are_others() {
    let scheme = "key: {type: apiKey, in: header, name: x-key}";
    assert_eq!(
        changes(&[(scheme, "key: {type: apiKey, in: header, name: x-api-key}")]),
        [".~ ClientBuilder::key sends the header `x-api-key` now (it was the header `x-key`)"]
    );
    assert_eq!(
        changes(&[(scheme, "key: {type: http, scheme: basic}")]),
        ["!~ ClientBuilder::key does not take a text any more, but a user and a password"]
    );
    assert_eq!(
        changes(&[("operationId: getPet", "operationId: getPet\n      security: []")]),
        [".~ client.pet().get_pet needs no credential (it was authorized by `key`)"]
    );
}

#[test]
fn the_server_is_another_one() {
    assert_eq!(
        changes(&[("https://pets.example.com", "https://api.example.com")]),
        [".~ the default base URL `https://api.example.com` (it was `https://pets.example.com`)"]
    );
}
