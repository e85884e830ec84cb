//! `sdk.toml`: other names, types and traits of the user's, features, modules, and a part of the operations
//! only.

use std::fs;

use codegen::diagnostics::{Diagnostics, text};
use codegen::output::Files;
use codegen::{Options, generate};
use features_sdk::models::{Device, Range, SearchDevicesRequestSizesItem, Word};
use sdk_tests::documents::PETS;
use serde_json::json;

use crate::support::{kept, write};

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
    assert_contains(
        &files,
        "src/models/pet.rs",
        "pub born_at: Option<jiff::Timestamp> = \"bornAt\"",
    );
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
    assert_contains(&files, "src/api/zoo.rs", "FindAnimal -> models::Animal, decode::model");
    assert!(!files.contains_key("src/api/pet.rs"), "{:?}", files.keys());
    // On the wire nothing changes.
    assert_contains(&files, "src/api/zoo.rs", "GET \"/pets/{petId}\" as \"getPet\"");
}

#[test]
fn a_schema_and_a_format_can_be_a_type_of_the_users() {
    let files = generated("[types.formats]\ndate-time = \"std::time::SystemTime\"\n");
    assert_contains(
        &files,
        "src/models/pet.rs",
        "pub born_at: Option<std::time::SystemTime> = \"bornAt\"",
    );
    let files = generated("[types.schemas]\nPet = \"serde_json::Value\"\n");
    assert_contains(&files, "src/api/pet.rs", "GetPet -> serde_json::Value, decode::model");
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

#[test]
fn a_field_can_have_another_name_also_where_it_is_inherited_or_inline() {
    let made_at = "2026-02-03T04:05:06Z";
    let device: Device = kept(json!({
        "id": "d", "serial": "s", "owner": { "name": "o" }, "createdAt": made_at,
    }));
    assert_eq!(device.made_at.map(|time| time.to_string()).as_deref(), Some(made_at));
    let size = SearchDevicesRequestSizesItem::new().breadth(2);
    assert_eq!(write(&size), json!({ "width": 2 }));
}

#[test]
fn a_name_of_the_users_choice_goes_before_that_of_another_property() {
    let files = generated("[rename.fields]\n\"Pet.bornAt\" = \"name\"\n");
    assert_contains(&files, "src/models/pet.rs", "pub name: Option<jiff::Timestamp> = \"bornAt\"");
    assert_contains(
        &files,
        "src/models/pet.rs",
        "#[required]\n        pub name_2: String = \"name\"",
    );
}

#[test]
fn models_can_derive_more_traits() {
    assert_eq!(Range::default(), Range::new());
    let mut words = [Word::V2fa, Word::Plus1];
    words.sort();
    assert_eq!(words, [Word::Plus1, Word::V2fa]);
}

#[test]
fn a_trait_for_all_models_is_left_out_where_a_model_has_it() {
    let files = generated("[types.derives]\n\"*\" = [\"Eq\"]\nPet = [\"Hash\"]\n");
    assert_contains(&files, "src/models/pet.rs", "#[derive(Eq, Hash)]\n    pub struct Pet {");
}

#[test]
fn a_crate_for_a_type_of_the_users_is_a_dependency() {
    let files = generated(
        "[types.formats]\ndate-time = \"chrono::DateTime<chrono::Utc>\"\n\
         [package.dependencies]\nchrono = { version = \"0.4\", features = [\"serde\"] }\n",
    );
    let manifest: toml::Table = files["Cargo.toml"].parse().expect("a manifest");
    let expected = toml::toml! { version = "0.4"
    features = ["serde"] };
    assert_eq!(manifest["dependencies"]["chrono"], toml::Value::Table(expected));
    assert_contains(&files, "README.md", "| `chrono` | types of your own choice |");
}

#[test]
fn tags_can_share_a_feature_and_features_can_be_off_by_default() {
    let files = generated(
        "[features]\ndefault = [\"native-tls\"]\ntags.Pet = \"shop\"\ntags.Store = \"shop\"\n",
    );
    assert_contains(&files, "Cargo.toml", "default = [\"native-tls\"]\n");
    assert_contains(&files, "Cargo.toml", "\nshop = []\n# The client");
    assert_contains(&files, "README.md", "| `shop` | | [`PetApi`]");
    assert_contains(&files, "README.md", "| `native-tls` | yes | ");
    assert_contains(&files, "src/api/mod.rs", "#[cfg(feature = \"shop\")]\npub mod store;");
}

#[test]
fn tags_can_be_put_into_a_module() {
    let files = generated("[modules.tags]\nPet = \"animals\"\n");
    assert_contains(&files, "src/api/animals/pet.rs", "pub struct PetApi {");
    assert_contains(&files, "src/api/animals/mod.rs", "pub mod pet;");
    assert_contains(&files, "src/api/mod.rs", "pub mod animals;");
    assert_contains(&files, "src/models/animals.rs", "pub struct Pet {");
    assert_contains(&files, "src/api/store.rs", "pub struct StoreApi {");
}
