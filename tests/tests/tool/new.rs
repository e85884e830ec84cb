//! `cargo xtask new`: a repository of this one's shape for another API.

use std::fs;
use std::path::Path;
use std::process::Command;

use sdk_tests::command::{Run, tools};
use sdk_tests::documents::PETS;
use sdk_tests::folder::{texts, workspace};
use sdk_tests::markdown::broken_links;
use xtask::Exit;

/// Lays out the repository of a document, whose name is `pets.yaml`, in the folder `repository` beside it.
fn lay_out(folder: &Path, document: &str, arguments: &[&str]) -> Run {
    let spec = folder.join("pets.yaml");
    fs::write(&spec, document).unwrap();
    let out = folder.join("repository");
    let own = ["new", "--spec", spec.to_str().unwrap(), out.to_str().unwrap()];
    tools(&[&own, arguments].concat())
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("repository").join(path)).unwrap()
}

#[test]
fn the_repository_has_what_this_one_has() {
    let folder = tempfile::tempdir().unwrap();
    let run = lay_out(folder.path(), PETS, &["--name", "pets-sdk", "--license", "MIT"]);
    assert_eq!((run.exit, run.errors.as_str()), (Exit::Success, ""));
    assert!(run.output.contains("the repository of pets-sdk, with 1 operations"), "{}", run.output);
    assert_eq!(read(folder.path(), "spec/pets.yaml"), PETS);
    let manifest = read(folder.path(), "generated/Cargo.toml");
    assert!(manifest.contains("name = \"pets-sdk\"") && manifest.contains("license = \"MIT\""));
    for path in ["codegen/src/lib.rs", "templates/api.rs.jinja", "xtask/src/main.rs", "Cargo.lock"]
    {
        let own = fs::read_to_string(workspace().join(path)).unwrap();
        assert!(read(folder.path(), path) == own, "{path}");
    }
    let workflow = read(folder.path(), ".github/workflows/ci.yml");
    assert!(workflow.contains("cargo clippy -p pets-sdk --all-targets"), "{workflow}");
    assert!(workflow.contains("\"$RUNNER_TEMP/base/spec/pets.yaml\" spec/pets.yaml"), "{workflow}");
    for workflow in ["ci.yml", "publish.yml"] {
        let workflow = read(folder.path(), &format!(".github/workflows/{workflow}"));
        for placeholder in ["CRATE_NAME", "CRATE_LIBRARY", "API_TITLE", "SPEC_FILE"] {
            assert!(!workflow.contains(placeholder), "{placeholder} is left in {workflow}");
        }
    }
}

#[test]
fn nothing_of_the_api_of_this_repository_is_left() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), PETS, &[]);
    let mut named = Vec::new();
    for (path, text) in texts(&folder.path().join("repository")) {
        if text.to_lowercase().contains("okta") && !path.starts_with("tests/proof/") {
            named.push(path);
        }
    }
    assert_eq!(named, [""; 0]);
}

#[test]
fn its_pages_have_no_broken_links() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), PETS, &[]);
    let repository = folder.path().join("repository");
    let pages = [
        "README.md",
        "docs/commands.md",
        "docs/configuration.md",
        "docs/diagnostics.md",
        "docs/openapi.md",
        "docs/templates.md",
        "docs/SUMMARY.md",
    ];
    let broken = broken_links(&repository, &pages.map(str::to_owned));
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn what_was_found_is_in_its_sdk_toml() {
    let document = PETS.replace(
        "          description: The pet\n",
        "          description: The pet\n          headers: {X-Request-Id: {schema: {type: string}}, X-RateLimit-Reset: {schema: {type: integer}}}\n",
    );
    let document = document
        .replace("https://pets.example.com", "/v1")
        .replace("        name: {type: string}", "        name: {type: string}\n        chipToken: {type: string}\n        nextPageToken: {type: string}")
        .replace("schema: {type: string}}\n", "schema: {type: string}}\n        - {name: cursor, in: query, schema: {type: string}}\n")
        + "  securitySchemes: {the key: {type: apiKey, in: header, name: X-Key}}\nsecurity: [{the key: []}]\n";
    let folder = tempfile::tempdir().unwrap();
    let run = lay_out(folder.path(), &document, &[]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let config = read(folder.path(), "spec/sdk.toml");
    for line in [
        "#:schema ../docs/sdk.schema.json",
        "name = \"pet-store-sdk\"",
        "# license = \"MIT OR Apache-2.0\"",
        "base-url-required = true",
        "# A key in the header X-Key.\n[security.\"the key\"]\nmethod = \"the_key\"",
        "request-id = [\"x-request-id\"]",
        "# limit = \"x-ratelimit-limit\"",
        "\nreset = \"x-ratelimit-reset\"",
        "properties = [\"chipToken\"]",
        "# 1 of them: getPet\n# [[paging]]\n# style = \"cursor\"\n# parameter = \"cursor\"",
        "# tags = [\"Pet\"]",
    ] {
        assert!(config.contains(line), "`{line}` is not in\n{config}");
    }
}

/// FastAPI makes operationIds of a function's name, the path and the method.
#[test]
fn ids_that_repeat_path_and_method_get_short_names() {
    let operation = |id: &str| {
        format!("{{operationId: {id}, tags: [Pet], responses: {{'204': {{description: Done}}}}}}")
    };
    let more = format!(
        "  /pets/{{pet-id}}/toys:\n    parameters: [{{name: pet-id, in: path, required: true, schema: {{type: string}}}}]\n    get: {}\n    put: {}\n    delete: {}\n  /pets:\n    put: {}\n",
        operation("list_toys_pets__pet_id__toys_get"),
        operation("put_all_pets__pet_id__toys_put"),
        operation("forget"),
        operation("put_all_pets_put"),
    );
    let document = PETS.replace("paths:\n", &format!("paths:\n{more}"));
    let folder = tempfile::tempdir().unwrap();
    let run = lay_out(folder.path(), &document, &["--name", "pets-sdk"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let config: toml::Table = read(folder.path(), "spec/sdk.toml").parse().unwrap();
    let names = config["rename"]["operations"].as_table().unwrap();
    let names: Vec<_> = names.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    // Two operations of a tag cannot have one name.
    assert_eq!(names, [("list_toys_pets__pet_id__toys_get", Some("list_toys"))]);
    let test = read(folder.path(), "tests/tests/client.rs");
    assert!(test.contains("client.pet().list_toys("), "{test}");
}

/// `its_tests_pass_at_once` runs it.
#[test]
fn its_test_makes_a_call() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), PETS, &["--name", "pets-sdk"]);
    let test = read(folder.path(), "tests/tests/client.rs");
    for line in ["mock.pet().get_pet().fails(404);", "let Err(error) = client.pet().get_pet("] {
        assert!(test.contains(line), "{line} is not in\n{test}");
    }
}

#[test]
fn the_files_of_a_document_come_with_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("schemas")).unwrap();
    let schema = "type: object\nproperties: {name: {type: string}}\n";
    fs::write(folder.path().join("schemas/pet.yaml"), schema).unwrap();
    let document = PETS.replace("#/components/schemas/Pet", "schemas/pet.yaml");
    let run = lay_out(folder.path(), &document, &[]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert_eq!(read(folder.path(), "spec/schemas/pet.yaml"), schema);
}

#[test]
fn texts_of_the_document_stay_texts() {
    let folder = tempfile::tempdir().unwrap();
    let title = "\"Pets` [x](y) \\n[package]\\nname = '\\\"evil\\\"'\"";
    let run =
        lay_out(folder.path(), &PETS.replace("title: Pet Store", &format!("title: {title}")), &[]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let config: toml::Table = read(folder.path(), "spec/sdk.toml").parse().unwrap();
    assert_eq!(config["package"]["name"].as_str(), Some("pets-x-y-package-sdk"));
}

#[test]
fn nothing_is_laid_out_where_something_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().join("repository");
    for (document, arguments, message) in [
        ("openapi: 3.0.3\n", &["--name", "1-pets"][..], "a crate cannot be called"),
        (PETS, &["--name", "tools"], "a package of the generator is called `tools`"),
        ("openapi: 2.0\n", &[], "is not supported"),
    ] {
        let run = lay_out(folder.path(), document, arguments);
        assert_eq!(run.exit, Exit::Failure);
        assert!(run.errors.contains(message), "{}", run.errors);
        assert!(!repository.exists(), "{message}: something is there");
    }
    fs::create_dir(&repository).unwrap();
    fs::write(repository.join("thesis.txt"), "years of work").unwrap();
    let run = lay_out(folder.path(), PETS, &[]);
    assert!(run.errors.contains("holds something"), "{}", run.errors);
    assert_eq!(fs::read_dir(&repository).unwrap().count(), 1);
}

#[test]
#[ignore = "builds the generator and the crate anew: .ci/run does"]
fn its_tests_pass_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let run = lay_out(folder.path(), PETS, &["--name", "pets-sdk"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let repository = folder.path().join("repository");
    // What is built already is built there.
    let target = workspace().join("target");
    for arguments in [&["fmt", "--all", "--check"][..], &["test"]] {
        let cargo = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&repository)
            .env("CARGO_TARGET_DIR", &target)
            .output()
            .unwrap();
        let (output, errors) =
            (String::from_utf8_lossy(&cargo.stdout), String::from_utf8_lossy(&cargo.stderr));
        assert!(cargo.status.success(), "{arguments:?}: {output}{errors}");
    }
}
