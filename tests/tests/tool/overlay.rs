//! OpenAPI Overlays: changes to a document that stand beside it.

use std::fs;
use std::path::Path;

use sdk_tests::command::{Reported, Run, codegen_into};
use sdk_tests::documents::{Broken, PETS};
use tempfile::TempDir;
use xtask::Exit;

/// What every overlay here starts with.
const HEAD: &str = "overlay: 1.1.0\ninfo: {title: Ours, version: 1.0.0}\nactions:\n";

/// Writes the pet store and an overlay of these actions into a folder.
fn folder_with(actions: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), PETS).unwrap();
    fs::write(folder.path().join("overlay.yaml"), format!("{HEAD}{actions}")).unwrap();
    folder
}

fn generate(folder: &Path, arguments: &[&str]) -> Run {
    let spec = folder.join("pets.yaml");
    let spec = spec.to_str().unwrap();
    let arguments = [&["--spec", spec, "--name", "pets", "--no-tests"], arguments].concat();
    codegen_into(&folder.join("out"), &arguments)
}

/// Generates with the overlay, and gives the models.
fn models_with(actions: &str) -> String {
    let folder = folder_with(actions);
    let overlay = folder.path().join("overlay.yaml");
    let run = generate(folder.path(), &["--overlay", overlay.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let models = folder.path().join("out/src/models");
    let files = fs::read_dir(models).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// Generates with an overlay that [`Broken`] marks, and gives what is reported; all marks have to be in it.
fn reported(actions: &str, arguments: &[&str]) -> (Exit, Vec<Reported>) {
    let broken = Broken::new(&format!("{HEAD}{actions}"));
    let folder = folder_with("");
    let overlay = broken.write(folder.path(), "overlay.yaml");
    let overlay = overlay.to_str().unwrap();
    let arguments = [&["--overlay", overlay, "--format", "json"], arguments].concat();
    let run = generate(folder.path(), &arguments);
    let found = run.diagnostics();
    for place in &broken.places {
        assert!(found.iter().any(|it| it.place == *place), "{place:?} is not in {found:#?}");
    }
    (run.exit, found)
}

#[test]
fn a_property_is_added() {
    let models = models_with(
        "  - target: $.components.schemas.Pet\n    update:\n      properties: {nickName: {type: string}}\n      required: [nickName]\n",
    );
    assert!(models.contains("pub nick_name: String = \"nickName\","), "{models}");
    assert!(models.contains(" pub name: String = \"name\","), "what was there is gone: {models}");
}

#[test]
fn a_property_is_removed() {
    let models =
        models_with("  - target: $.components.schemas.*.properties.bornAt\n    remove: true\n");
    assert!(!models.contains("born_at"), "{models}");
}

#[test]
fn elements_are_removed_by_what_they_hold() {
    let folder = folder_with(
        "  - target: $.paths.*.*.parameters[?@.name == 'petId']\n    remove: true\n  - target: $.paths['/pets/{petId}'].get.parameters\n    update: {name: petId, in: path, required: true, schema: {type: integer}}\n",
    );
    let overlay = folder.path().join("overlay.yaml");
    let run = generate(folder.path(), &["--overlay", overlay.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let api = fs::read_to_string(folder.path().join("out/src/api/pet.rs")).unwrap();
    assert!(api.contains("pet_id: i64"), "{api}");
}

#[test]
fn a_node_is_copied() {
    let models = models_with(
        "  - target: $.components.schemas\n    update: {Dog: {}}\n  - target: $.components.schemas.Dog\n    copy: $.components.schemas.Pet\n  - target: $.paths['/pets/{petId}'].get.responses['200'].content['application/json'].schema['$ref']\n    update: '#/components/schemas/Dog'\n",
    );
    assert!(models.contains("pub struct Dog {"), "{models}");
}

#[test]
fn the_configuration_names_overlays_beside_it() {
    let folder = folder_with("  - target: $.info\n    update: {title: Zoo}\n");
    let config = folder.path().join("sdk.toml");
    fs::write(&config, "overlays = [\"overlay.yaml\"]\n").unwrap();
    let run = generate(folder.path(), &["--config", config.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let manifest = fs::read_to_string(folder.path().join("out/Cargo.toml")).unwrap();
    assert!(manifest.contains("Zoo"), "{manifest}");
}

#[test]
fn a_missing_overlay_is_an_error() {
    let folder = folder_with("");
    let run = generate(folder.path(), &["--overlay", "none.yaml"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("none.yaml"), "{}", run.errors);
}

#[test]
fn a_target_that_is_not_there_is_a_warning() {
    let actions = "  - target: ▶$.components.schemas.Cat\n    remove: true\n";
    let (exit, found) = reported(actions, &[]);
    assert_eq!((exit, found.len()), (Exit::Success, 1));
    assert_eq!(found[0].code, "overlay-without-effect");
    assert_eq!(reported(actions, &["--deny-warnings"]).0, Exit::Failure);
}

#[test]
fn mistakes_in_an_overlay_are_told_with_their_places() {
    let (exit, found) = reported(
        "  - target: ▶$.paths./pets\n    remove: true\n  - target: $.info\n    ▶updaet: {title: x}\n  - ▶description: no target\n  - target: $.info\n    copy: ▶$.tags.*\n  - target: $.info\n    ▶update: [1]\n  - target: ▶$\n    remove: true\n",
        &[],
    );
    assert_eq!(exit, Exit::Failure);
    assert!(found.iter().all(|it| it.file == "overlay.yaml"), "{found:#?}");
}

/// A problem in what an overlay added is shown in the overlay.
#[test]
fn what_an_overlay_adds_is_found_in_it() {
    let (exit, found) = reported(
        "  - target: $.components.schemas.Pet.properties\n    update:\n      owner: {$ref: ▶'#/components/schemas/Owner'}\n",
        &[],
    );
    assert_eq!(exit, Exit::Failure);
    let only = (found[0].code.as_str(), found[0].file.as_str());
    assert_eq!(only, ("dangling-reference", "overlay.yaml"));
}

#[test]
fn a_version_that_is_not_known_is_an_error() {
    let folder = folder_with("  - {target: $.info, remove: true}\n");
    let overlay = folder.path().join("overlay.yaml");
    for (version, words) in [("2.0.0", "no overlay of version"), ("1.0.0", "cannot copy")] {
        let text = format!(
            "overlay: {version}\ninfo: {{title: a, version: b}}\nactions:\n  - {{target: $.info, copy: $.info}}\n"
        );
        fs::write(&overlay, text).unwrap();
        let run = generate(folder.path(), &["--overlay", overlay.to_str().unwrap()]);
        assert_eq!(run.exit, Exit::Failure);
        assert!(run.errors.contains(words), "{}", run.errors);
    }
}
