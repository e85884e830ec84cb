//! `sdk.toml`: other names, types of the user's, and a part of the operations only.

use std::fs;

use codegen::diagnostics::{Diagnostics, text};
use codegen::output::Files;
use codegen::{Options, generate};
use sdk_tests::documents::PETS;

/// The crate that a configuration makes of [`PETS`] and one more operation.
fn generated(config: &str) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    let store = "  /stores:\n    get:\n      operationId: listStores\n      tags: [Store]\n      \
                 responses:\n        \"204\": {description: None}\ncomponents:";
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, PETS.replace("components:", store)).expect("the document is written");
    let file = folder.path().join("sdk.toml");
    fs::write(&file, config).expect("the configuration is written");
    let options = Options { spec, config: Some(file), ..Options::default() };
    let mut diagnostics = Diagnostics::new();
    let generated = generate(&options, &mut diagnostics);
    generated.unwrap_or_else(|| panic!("{}", text(&diagnostics, false))).files
}

#[track_caller]
fn assert_contains(files: &Files, path: &str, text: &str) {
    let file = files.get(path).unwrap_or_else(|| panic!("{path} is not in {:?}", files.keys()));
    assert!(file.contains(text), "`{text}` is not in\n{file}");
}

#[test]
fn without_a_configuration_the_documents_names_count() {
    let files = generated("");
    assert_contains(&files, "src/api/pet.rs", "pub fn get_pet(");
    assert_contains(&files, "src/api/store.rs", "pub fn list_stores(");
    assert_contains(&files, "src/models/pet.rs", "pub struct Pet {");
    assert_contains(&files, "src/models/pet.rs", "born_at: jiff::Timestamp = \"bornAt\"");
}

#[test]
fn a_schema_an_operation_and_a_tag_can_have_another_name() {
    let files = generated(
        "[rename.schemas]\nPet = \"Animal\"\n[rename.operations]\ngetPet = \"findAnimal\"\n\
         [rename.tags]\nPet = \"Zoo\"\n",
    );
    assert_contains(&files, "src/models/zoo.rs", "pub struct Animal {");
    assert_contains(&files, "src/api/zoo.rs", "pub struct ZooApi {");
    assert_contains(&files, "src/api/zoo.rs", "pub fn find_animal(");
    assert_contains(&files, "src/api/zoo.rs", "FindAnimal -> models::Animal, decode::json");
    assert!(!files.contains_key("src/api/pet.rs"), "{:?}", files.keys());
    // On the wire nothing changes.
    assert_contains(&files, "src/api/zoo.rs", "GET \"/pets/{petId}\" as \"getPet\"");
}

#[test]
fn a_schema_and_a_format_can_be_a_type_of_the_users() {
    let files = generated("[types.formats]\ndate-time = \"std::time::SystemTime\"\n");
    assert_contains(&files, "src/models/pet.rs", "born_at: std::time::SystemTime = \"bornAt\"");
    let files = generated("[types.schemas]\nPet = \"serde_json::Value\"\n");
    assert_contains(&files, "src/api/pet.rs", "GetPet -> serde_json::Value, decode::json");
    assert!(!files.values().any(|text| text.contains("pub struct Pet {")), "the model is left");
}

#[test]
fn operations_can_be_picked_by_tag_id_or_path_with_the_models_they_reach() {
    for select in ["tags = [\"Store\"]", "operations = [\"listStores\"]", "paths = [\"/sto*\"]"] {
        let files = generated(&format!("[select]\n{select}\n"));
        assert_contains(&files, "src/api/store.rs", "pub fn list_stores(");
        assert!(!files.contains_key("src/api/pet.rs"), "{select}: {:?}", files.keys());
        let has_pet = files.values().any(|text| text.contains("pub struct Pet {"));
        assert!(!has_pet, "{select}: no operation reaches the model");
    }
}
