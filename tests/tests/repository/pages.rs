//! The pages at the root of the repository hold true as the code moves: their links lead somewhere,
//! and the worked example of CONTRIBUTING.md works.

use std::fs;

use codegen::document::structure::{Object, field};
use sdk_tests::command::codegen_into;
use sdk_tests::folder::{snapshot, texts, workspace};
use sdk_tests::markdown::broken_links;
use xtask::Exit;

/// The pages, relative to the root of the repository: some at the root, and all in `docs/`.
pub(super) fn pages() -> Vec<String> {
    let mut pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned).to_vec();
    pages.extend(pages_of_the_site());
    pages
}

/// The pages in `docs/`, which are those of the site.
fn pages_of_the_site() -> Vec<String> {
    let files = fs::read_dir(workspace().join("docs")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut pages: Vec<String> =
        names.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}")).collect();
    assert!(pages.len() > 20, "{pages:?}");
    pages.sort();
    pages
}

fn page(name: &str) -> String {
    fs::read_to_string(workspace().join(name)).unwrap()
}

/// The code block of that language in the section of that heading.
fn block<'t>(text: &'t str, heading: &str, language: &str) -> &'t str {
    let (_, section) = text.split_once(&format!("\n{heading}\n")).expect("the heading is there");
    let (_, block) = section.split_once(&format!("\n```{language}\n")).expect("the block is there");
    block.split_once("```\n").expect("the block has an end").0
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let broken = broken_links(&workspace(), &pages());
    assert!(broken.is_empty(), "these links lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn a_broken_link_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let page = "# A\n\n## b_c\n\n## B_c\n\n```text\n[no](link.md)\n```\n\n\
                [1](#b_c) [2](#b_c-1) [3](b.md) [4](#d) [5](#b_c-2) [6](b.md#a) [7](c.md)\n";
    fs::write(folder.path().join("a.md"), page).unwrap();
    fs::write(folder.path().join("b.md"), "").unwrap();

    let broken = broken_links(folder.path(), &["a.md".to_owned()]);

    assert_eq!(broken, ["a.md: #b_c-2", "a.md: #d", "a.md: b.md#a", "a.md: c.md"]);
}

/// The fences of code blocks in Rust, by what follows the three marks.
fn rust_blocks(text: &str) -> Vec<&str> {
    let fences = text.lines().filter_map(|line| line.trim_start().strip_prefix("```"));
    fences.filter(|fence| fence.starts_with("rust")).collect()
}

/// `cargo test -p sdk-tests --doc` compiles those of the pages that are named in `src/lib.rs`.
#[test]
fn every_rust_block_of_the_site_is_compiled() {
    let compiled = page("tests/src/lib.rs");
    let mut blocks = 0;
    for name in pages_of_the_site() {
        for fence in rust_blocks(&page(&name)) {
            assert!(["rust", "rust,no_run"].contains(&fence), "{name} has a block `{fence}`");
            let is_compiled =
                compiled.contains(&format!("#[doc = include_str!(\"../../{name}\")]"));
            assert!(is_compiled, "tests/src/lib.rs does not name {name}");
            blocks += 1;
        }
    }
    assert!(blocks > 15, "only {blocks} blocks were found");
}

/// The paths of all templates below a folder of `templates/`.
fn templates() -> Vec<String> {
    let files = snapshot(&workspace().join("templates")).into_keys();
    let templates: Vec<String> = files.filter(|path| path.ends_with(".jinja")).collect();
    assert!(templates.len() > 20, "{templates:?}");
    templates
}

#[test]
fn every_template_has_its_place_on_the_page() {
    let text = page("docs/templates.md");
    for template in templates() {
        let has_section = text.contains(&format!("\n### `{template}`\n"));
        let has_row = text.contains(&format!("\n| `{template}` | "));
        assert!(
            has_section || has_row,
            "{template} has no section in docs/templates.md, nor a row"
        );
    }
}

/// The changes that a section shows, each as the lines before and after it.
fn changes(section: &str) -> impl Iterator<Item = [String; 2]> {
    let blocks = section.split("```diff\n").skip(1);
    blocks.map(|block| {
        let (block, _) = block.split_once("```").expect("the block has an end");
        ['+', '-'].map(|left_out| {
            let lines = block.lines().filter(|line| !line.starts_with(left_out));
            lines.map(|line| line.get(1..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
        })
    })
}

#[test]
fn every_change_on_the_page_fits_its_template() {
    let text = page("docs/templates.md");
    let mut count = 0;
    for section in text.split("\n### `").skip(1) {
        let (template, rest) = section.split_once('`').unwrap();
        let rest = rest.split("\n## ").next().unwrap();
        let template = page(&format!("templates/{template}"));
        for [before, after] in changes(rest) {
            assert_eq!(template.matches(&before).count(), 1, "not once there:\n{before}");
            assert_ne!(before, after);
            count += 1;
        }
    }
    assert!(count > 12, "only {count} changes were found");
}

/// The references of the crates that are checked in.
#[test]
fn every_link_of_a_reference_leads_to_a_file_and_a_heading() {
    for folder in ["generated", "tests/features/generated", "tests/chat/generated"] {
        let folder = workspace().join(folder);
        let pages: Vec<String> =
            snapshot(&folder).into_keys().filter(|path| path.ends_with(".md")).collect();
        let models = pages.iter().filter(|page| page.starts_with("docs/models/"));
        assert!(models.count() > 1, "{pages:?}");
        let broken = broken_links(&folder, &pages);
        assert!(broken.is_empty(), "these links lead nowhere:\n{}", broken.join("\n"));
    }
}

/// The fields of the objects of OpenAPI 3.2.0, section 4, and the keywords of its Schema Object.
const FIELDS: [(Object, &str); 26] = [
    (
        Object::OpenApi,
        "openapi $self info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    ),
    (Object::Info, "title summary description termsOfService contact license version"),
    (Object::Contact, "name url email"),
    (Object::License, "name identifier url"),
    (Object::Server, "url description name variables"),
    (Object::ServerVariable, "enum default description"),
    (
        Object::Components,
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems mediaTypes",
    ),
    (
        Object::PathItem,
        "summary description get put post delete options head patch trace query additionalOperations servers parameters",
    ),
    (
        Object::Operation,
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security servers",
    ),
    (Object::ExternalDocumentation, "description url"),
    (
        Object::Parameter,
        "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples content",
    ),
    (Object::RequestBody, "description content required"),
    (Object::MediaType, "schema itemSchema example examples encoding prefixEncoding itemEncoding"),
    (
        Object::Encoding,
        "contentType headers encoding prefixEncoding itemEncoding style explode allowReserved",
    ),
    (Object::Responses, "default"),
    (Object::Response, "summary description headers content links"),
    (Object::Example, "summary description dataValue serializedValue value externalValue"),
    (Object::Link, "operationRef operationId parameters requestBody description server"),
    (
        Object::Header,
        "description required deprecated style explode schema example examples content",
    ),
    (Object::Tag, "name summary description externalDocs parent kind"),
    (Object::Discriminator, "propertyName mapping defaultMapping"),
    (
        Object::SecurityScheme,
        "type description name in scheme bearerFormat flows openIdConnectUrl oauth2MetadataUrl deprecated",
    ),
    (
        Object::OAuthFlows,
        "implicit password clientCredentials authorizationCode deviceAuthorization",
    ),
    (Object::OAuthFlow, "authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl scopes"),
    (
        Object::Schema,
        "discriminator xml externalDocs example type nullable enum const properties required additionalProperties patternProperties allOf oneOf anyOf not items prefixItems format title description default readOnly writeOnly deprecated",
    ),
    (
        Object::Schema,
        "multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxProperties minProperties contentEncoding contentMediaType contentSchema if then else dependentSchemas dependentRequired contains minContains maxContains propertyNames unevaluatedItems unevaluatedProperties $id $schema $anchor $dynamicRef $dynamicAnchor $defs $comment $vocabulary",
    ),
];

/// What the page says of OpenAPI is about every field that there is.
#[test]
fn every_field_of_openapi_is_explained() {
    let explained = page("docs/openapi.md");
    for (object, fields) in FIELDS {
        for name in fields.split(' ') {
            assert!(field(object, name).is_some(), "the generator does not know {object:?} {name}");
            let words = [format!("`{name}`"), format!("`{name}:"), format!("`{name} ")];
            let is_there = words.iter().any(|word| explained.contains(word));
            assert!(is_there, "`{name}`, of {object:?}, is not in the table");
        }
    }
    for name in ["nodeType", "name", "namespace", "prefix", "attribute", "wrapped"] {
        assert!(explained.contains(&format!("`{name}`")), "`{name}` of `xml` is not in the table");
    }
}

#[test]
fn every_key_of_the_configuration_is_explained() {
    let explained = page("docs/configuration.md");
    let table: toml::Table = page("spec/sdk.toml").parse().unwrap();
    for (section, value) in &table {
        assert!(explained.contains(&format!("| `{section}")), "{section} is not in the table");
        let keys = value.as_table().into_iter().flat_map(|table| table.keys());
        // Below `security` stand the names of the document's schemes.
        for key in keys.filter(|_| section != "security") {
            let words = [format!("`{section}.{key}"), format!("`.{key}`")];
            let is_there = words.iter().any(|word| explained.contains(word));
            assert!(is_there, "{section}.{key} is not in the table");
        }
    }
}

#[test]
fn the_worked_example_makes_the_method_that_it_promises() {
    let contributing = page("CONTRIBUTING.md");
    let endpoint = block(&contributing, "## Add an endpoint", "yaml");
    let place = "  /api/v1/sessions/{sessionId}:\n";
    let document = page("spec/okta.yaml");
    assert_eq!(document.matches(place).count(), 1);
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("okta.yaml");
    fs::write(&spec, document.replace(place, &format!("{endpoint}{place}"))).unwrap();
    let out = folder.path().join("sdk");

    let run = codegen_into(&out, &["--spec", spec.to_str().unwrap(), "--deny-warnings"]);

    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains(" 5 operations, "), "{}", run.output);
    let api = fs::read_to_string(out.join("src/api/session.rs")).unwrap();
    assert!(api.contains("get_current_session"), "{api}");
    let test = block(&contributing, "## Add an endpoint", "rust");
    assert!(test.contains(".get_current_session("), "the example calls another method");
}

/// Every text file below `.github`, by its path.
fn forms_and_workflows() -> Vec<(String, String)> {
    let files = texts(&workspace().join(".github")).into_iter();
    let files: Vec<_> = files.filter(|(path, _)| path.ends_with(".yml")).collect();
    assert!(files.len() > 4, "{files:?}");
    files
}

#[test]
fn forms_and_workflows_are_yaml() {
    for (path, text) in forms_and_workflows() {
        let value: serde_yaml::Value = serde_yaml::from_str(&text)
            .unwrap_or_else(|error| panic!(".github/{path} is no YAML: {error}"));
        if path.starts_with("ISSUE_TEMPLATE/") && !path.ends_with("config.yml") {
            let body = value["body"].as_sequence().unwrap();
            assert!(value["name"].is_string() && value["description"].is_string(), "{path}");
            assert!(body.iter().all(|field| field["attributes"]["label"].is_string()), "{path}");
        }
    }
}

#[test]
fn workflows_call_what_there_is() {
    let commands = sdk_tests::command::xtask(&["--help"]).output;
    for (path, text) in forms_and_workflows() {
        for (_, after) in
            text.match_indices("cargo xtask ").map(|(at, it)| (at, &text[at + it.len()..]))
        {
            let command = after.split_whitespace().next().unwrap();
            assert!(
                commands.contains(&format!("\n  {command} ")),
                ".github/{path} calls {command}"
            );
        }
        for file in text.split_whitespace().filter(|word| word.starts_with(".ci/")) {
            assert!(workspace().join(file).exists(), ".github/{path} calls {file}");
        }
    }
}
