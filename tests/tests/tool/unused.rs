//! A name in `sdk.toml` that the document does not have is an error: the key would do nothing.

use std::fs;

use sdk_tests::command::{Run, codegen_into};
use sdk_tests::documents::{Broken, PETS};
use xtask::Exit;

/// A document with all that can be named.
fn document() -> String {
    PETS.replace(
        "components:\n",
        "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: Key}\n",
    )
}

fn generate(configuration: &str, arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    let config = folder.path().join("sdk.toml");
    fs::write(&spec, document()).unwrap();
    fs::write(&config, configuration).unwrap();
    let files = ["--spec", spec.to_str().unwrap(), "--config", config.to_str().unwrap()];
    codegen_into(&folder.path().join("out"), &[&files, arguments].concat())
}

/// Checks that each name that is marked is reported, at its place, and nothing else.
fn assert_unused(marked: &str) {
    let broken = Broken::new(marked);
    let run = generate(&broken.text, &["--format", "json"]);
    assert_eq!(run.exit, Exit::Failure, "{}", run.errors);
    let mut places = Vec::new();
    for found in run.diagnostics() {
        assert_eq!(
            (found.code.as_str(), found.file.as_str()),
            ("unused-configuration", "sdk.toml")
        );
        places.push(found.place);
    }
    places.sort_unstable();
    assert_eq!(places, broken.places);
}

#[test]
fn names_that_the_document_has_are_taken() {
    let run = generate(
        "[rename]\nschemas.Pet = \"Animal\"\noperations.getPet = \"fetchPet\"\ntags.Pet = \"Animals\"\n\
         [rename.fields]\n\"Pet.bornAt\" = \"born\"\n\
         [types]\nformats.date-time = \"String\"\nderives.Pet = [\"Eq\"]\n\
         [features]\ndefault = [\"rustls\"]\ntags.Pet = \"animals\"\n\
         [modules]\ntags.Pet = \"zoo\"\n\
         [select]\ntags = [\"Pet\"]\npaths = [\"/pets*\"]\noperations = [\"getPet\"]\n\
         [security.key]\nprefix = \"Key\"\n",
        &[],
    );
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
}

#[test]
fn names_in_tables_are_checked() {
    assert_unused(
        "[rename.schemas]\n▶Pte = \"Animal\"\nPet = \"Animal\"\n\
         [rename.operations]\n▶getPets = \"a\"\n\
         [rename.tags]\n▶pet = \"b\"\n\
         [types.schemas]\n▶Cat = \"String\"\n\
         [types.formats]\n▶date = \"String\"\n\
         [security.▶token]\nprefix = \"a\"\n\
         [nesting.parameters]\n▶petId = \"json\"\n",
    );
}

#[test]
fn streams_are_checked() {
    assert_unused("[streams.▶getCat]\nitem = ▶\"Cat\"\n");
    // Its answer is JSON.
    assert_unused("[streams.▶getPet]\nsentinel = \"end\"\n");
}

#[test]
fn names_in_lists_are_checked() {
    assert_unused(
        "[select]\ntags = [\"Pet\", ▶\"Cat\"]\noperations = [▶\"getCat\"]\npaths = [▶\"/cats/*\"]\n\
         [[paging]]\nstyle = \"link\"\n[[paging]]\nstyle = \"link\"\noperations = [▶\"listCats\"]\n",
    );
}

#[test]
fn steering_of_the_crate_is_checked() {
    assert_unused("[features.tags]\n▶Cat = \"cats\"\n[modules.tags]\n▶Cat = \"cats\"\n");
    assert_unused(
        "[rename.fields]\n▶\"Pet.age\" = \"years\"\n\"Pet.bornAt\" = \"born\"\n\
         [types.derives]\n▶Cat = [\"Eq\"]\n▶Pet = [\"Clone\"]\n\
         [features]\ndefault = [\"rustls\", ▶\"pets\"]\ntags.▶Pet = \"mock\"\n\
         [modules]\ntags.▶Pet = \"fn\"\n",
    );
}

#[test]
fn types_of_the_users_are_checked() {
    let cases = [
        ("[types.formats]\ndate-time = \"Vec<\"\n", "invalid-rust-type", "sdk.toml:2:1"),
        ("[types.derives]\nPet = [\"a b\"]\n", "invalid-rust-type", "sdk.toml:2:1"),
        ("[types.formats]\ndate-time = \"chrono::Time\"\n", "missing-dependency", "sdk.toml:2:1"),
        ("[package.dependencies]\nchrono = \"0.4\"\n", "unused-configuration", "sdk.toml:2:1"),
        ("[package.dependencies]\nserde = \"1\"\n", "unused-configuration", "sdk.toml:2:1"),
        ("[package.dependencies]\nchrono = 4\n", "invalid-dependency", "sdk.toml:2:1"),
    ];
    for (configuration, code, place) in cases {
        let run = generate(configuration, &[]);
        assert_eq!(run.exit, Exit::Failure, "{configuration}");
        assert!(run.errors.contains(&format!("error[{code}]")), "{}", run.errors);
        assert!(run.errors.contains(place), "{}", run.errors);
    }
}

#[test]
fn the_name_that_may_be_meant_is_offered() {
    let run = generate("[rename.schemas]\nPte = \"Animal\"\n", &[]);
    assert!(run.errors.contains("did you mean `Pet`?"), "{}", run.errors);
}

#[test]
fn a_name_that_no_crate_can_have_is_refused() {
    for name in ["1pets", "fn", "pet store", "pets\"\n[dependencies]"] {
        let run = generate("", &["--name", name]);
        assert_eq!(run.exit, Exit::Failure, "{name}");
        assert!(run.errors.contains("error[invalid-package-name]"), "{}", run.errors);
    }
    let run = generate("[package]\nname = \"std\"\n", &[]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("sdk.toml:2:1"), "{}", run.errors);
}
