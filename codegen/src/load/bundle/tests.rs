use crate::load::testing::{Loaded, load_files};

const ROOT: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /pets:
    $ref: paths/pets.yaml
components:
  schemas:
    Pet: {$ref: schemas/pet.yaml}
    Error: {type: string}
";
const PATHS: &str = "
get:
  responses:
    '200':
      description: ok
      content: {application/json: {schema: {$ref: ../schemas/pet.yaml}}}
    default: {$ref: '../common.yaml#/responses/Failure'}
";
const PET: &str = "
type: object
properties:
  owner: {$ref: 'owner.yaml#/Owner'}
  parent: {$ref: '#'}
  name: {$ref: '#/properties/alias'}
  alias: {type: string}
";
const OWNER: &str = "
Owner:
  properties:
    pets: {type: array, items: {$ref: pet.yaml}}
    error: {$ref: '../openapi.yaml#/components/schemas/Error'}
";
const COMMON: &str = "
responses:
  Failure:
    description: failed
    content: {application/json: {schema: {$ref: '#/Error'}}}
Error: {type: integer}
";

fn split() -> Loaded {
    load_files(&[
        ("openapi.yaml", ROOT),
        ("paths/pets.yaml", PATHS),
        ("schemas/pet.yaml", PET),
        ("schemas/owner.yaml", OWNER),
        ("common.yaml", COMMON),
    ])
}

#[test]
fn what_stands_in_other_files_becomes_components() {
    let loaded = split();
    assert_eq!(loaded.report(), "");
    let get = |at: &str| loaded.get(at).as_str().unwrap_or_default().to_owned();
    assert_eq!(get("/paths/~1pets/$ref"), "#/components/pathItems/pets");
    let content = "content/application~1json/schema/$ref";
    let item = "/components/pathItems/pets/get/responses";
    assert_eq!(get(&format!("{item}/200/{content}")), "#/components/schemas/Pet");
    assert_eq!(get(&format!("{item}/default/$ref")), "#/components/responses/Failure");
}

#[test]
fn a_component_that_only_refers_to_a_file_gives_its_name() {
    let loaded = split();
    assert_eq!(loaded.get("/components/schemas/Pet/type"), "object");
    assert_eq!(
        loaded.get("/components/schemas/Pet/properties/parent/$ref"),
        "#/components/schemas/Pet"
    );
    assert_eq!(
        loaded.get("/components/schemas/Owner/properties/pets/items/$ref"),
        "#/components/schemas/Pet"
    );
}

#[test]
fn a_piece_inside_another_stays_one_type() {
    let loaded = split();
    let pet = "/components/schemas/Pet/properties";
    assert_eq!(loaded.get(&format!("{pet}/name/$ref")), "#/components/schemas/alias");
    assert_eq!(loaded.get(&format!("{pet}/alias/$ref")), "#/components/schemas/alias");
    assert_eq!(loaded.get("/components/schemas/alias/type"), "string");
}

#[test]
fn equal_names_of_two_files_are_told_apart() {
    let loaded = split();
    assert_eq!(loaded.get("/components/schemas/Error/type"), "string");
    assert_eq!(loaded.get("/components/schemas/CommonError/type"), "integer");
    let reference = "/components/responses/Failure/content/application~1json/schema/$ref";
    assert_eq!(loaded.get(reference), "#/components/schemas/CommonError");
}

#[test]
fn places_lead_back_to_the_file() {
    let loaded = split();
    let place = |pointer| {
        let location = loaded.document().sources.locate(pointer).expect("a place");
        (location.file.rsplit_once('/').expect("a folder").1.to_owned(), location.line)
    };
    assert_eq!(place("/components/schemas/Owner/properties/error"), ("owner.yaml".to_owned(), 5));
    assert_eq!(place("/components/pathItems/pets/get"), ("pets.yaml".to_owned(), 2));
}

#[test]
fn what_is_not_there_is_reported_where_it_is_referred_to() {
    let loaded = load_files(&[
        (
            "openapi.yaml",
            "openapi: 3.0.3\npaths:\n  /a: {$ref: missing.yaml}\n  /b: {$ref: 'b.yaml'}\n",
        ),
        (
            "b.yaml",
            "get:\n  responses:\n    '200':\n      $ref: '#/nothing'\n    '400': {$ref: 'https://example.com/r.yaml'}\n",
        ),
    ]);
    assert_eq!(
        loaded.report(),
        "error unreadable-file openapi.yaml:3:14\nerror dangling-reference b.yaml:4:13\nerror remote-reference b.yaml:5:19\n"
    );
}

#[cfg(unix)]
#[test]
fn devices_are_not_read() {
    let root = "openapi: 3.0.3\npaths:\n  /a: {$ref: /dev/zero}\n  /b: {$ref: '.'}\n";
    let report =
        "error file-not-allowed openapi.yaml:3:14\nerror unreadable-file openapi.yaml:4:14\n";
    assert_eq!(load_files(&[("openapi.yaml", root)]).report(), report);
}

#[test]
fn references_where_openapi_has_none_are_read_as_copies() {
    let loaded = load_files(&[
        (
            "openapi.yaml",
            "
openapi: 3.0.3
info: {title: t, version: '1', description: {$ref: docs/about.md}}
paths: {$ref: paths/index.yaml}
components:
  schemas: {$ref: schemas/index.yaml}
",
        ),
        ("docs/about.md", "# About: [\n"),
        ("paths/index.yaml", "/pets:\n  get: {$ref: pets.yaml, operationId: listPets}\n"),
        (
            "paths/pets.yaml",
            "
responses:
  '200':
    description: ok
    content: {$ref: '#/x-content'}
x-content:
  application/json: {schema: {$ref: '../schemas/index.yaml#/Pet'}}
",
        ),
        ("schemas/index.yaml", "Pet: {$ref: pet.yaml}\nTag: {type: string}\n"),
        (
            "schemas/pet.yaml",
            "type: object\nproperties: {tag: {$ref: 'index.yaml#/Tag'}, parent: {$ref: '#'}}\n",
        ),
    ]);
    assert_eq!(
        loaded.report(),
        "warning misplaced-reference openapi.yaml:3:52\n\
         warning misplaced-reference openapi.yaml:4:15\n\
         warning misplaced-reference openapi.yaml:6:19\n\
         warning misplaced-reference paths/index.yaml:2:15\n"
    );
    assert_eq!(loaded.get("/info/description"), "# About: [\n");
    let operation = "/paths/~1pets/get";
    assert_eq!(loaded.get(&format!("{operation}/operationId")), "listPets");
    let schema = format!("{operation}/responses/200/content/application~1json/schema/$ref");
    assert_eq!(loaded.get(&schema), "#/components/schemas/Pet");
    let properties = "/components/schemas/Pet/properties";
    assert_eq!(loaded.get(&format!("{properties}/tag/$ref")), "#/components/schemas/Tag");
    assert_eq!(loaded.get(&format!("{properties}/parent/$ref")), "#/components/schemas/Pet");
    let names: Vec<&String> =
        loaded.get("/components/schemas").as_object().expect("an object").keys().collect();
    assert_eq!(names, ["Pet", "Tag"]);
}

#[test]
fn a_copy_that_contains_itself_is_an_error() {
    let root = "
openapi: 3.0.3
paths:
  /a:
    get: {$ref: '#/paths/~1b/get'}
    put: {$ref: '#/nowhere'}
  /b:
    get: {$ref: '#/paths/~1a/get'}
components:
  schemas:
    A: {properties: {$ref: '#/components/schemas'}}
";
    let report = load_files(&[("openapi.yaml", root)]).report();
    assert!(report.contains("error circular-reference openapi.yaml:5:17"), "{report}");
    assert!(report.contains("error circular-reference openapi.yaml:11:28"), "{report}");
    assert!(report.contains("error dangling-reference openapi.yaml:6:17"), "{report}");
}

#[test]
fn copies_that_contain_each_other_twice_end_at_once() {
    let twice = |target: &str| {
        format!(
            "{{required: {{$ref: '#/components/schemas/{target}'}}, properties: {{$ref: '#/components/schemas/{target}'}}}}"
        )
    };
    for (a, b) in [("A", "A"), ("B", "A")] {
        let head = "openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n";
        let root = format!("{head}    A: {}\n    B: {}\n", twice(a), twice(b));
        let start = std::time::Instant::now();
        let report = load_files(&[("openapi.yaml", &root)]).report();
        assert!(report.contains("error circular-reference openapi.yaml:"), "{report}");
        assert!(report.lines().count() < 10, "{report}");
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}
