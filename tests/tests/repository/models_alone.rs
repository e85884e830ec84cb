//! Without the feature `client` a crate has its models, and depends on nothing that opens a connection.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use sdk_tests::folder::workspace;
use toml::Table;
use xtask::crates;

/// What the models need.
const OF_MODELS: [&str; 4] = ["bytes", "jiff", "serde", "serde_json"];

/// A program with the models of one tag.
const PROGRAM: &str = r##"
use okta_sdk::models::{CreateSessionRequest, Session, SessionStatus};

fn main() -> Result<(), serde_json::Error> {
    let request = CreateSessionRequest::new().session_token("a-token");
    println!("{}", serde_json::to_string(&request)?);
    let text = r#"{"id":"101","status":"ACTIVE","mfaActive":"yes","newer":[1.5]}"#;
    let session: Session = serde_json::from_str(text)?;
    assert_eq!(session.status, Some(SessionStatus::Active));
    println!("{}", serde_json::to_string(&session.login("ada@example.com"))?);
    Ok(())
}
"##;

/// The names of the crates that a build of a package without its default features has in it.
fn dependencies(package: &str, arguments: &[&str]) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(workspace()).args(["tree", "--locked", "--offline", "--package", package]);
    command.args(["--no-default-features", "--edges", "normal", "--prefix", "none"]);
    let output = command.args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo tree {arguments:?}: {errors}");
    let tree = String::from_utf8(output.stdout).unwrap();
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != package).map(str::to_owned).collect()
}

#[test]
fn models_need_nothing_that_opens_a_connection() {
    let of_tags: [&[&str]; 2] = [&[], &["--features", "session"]];
    for arguments in of_tags {
        let direct = dependencies("okta-sdk", &[&["--depth", "1"], arguments].concat());
        assert_eq!(direct, OF_MODELS.map(str::to_owned).into(), "{arguments:?}");
        let all = dependencies("okta-sdk", arguments);
        for name in ["reqwest", "hyper", "tokio", "tower", "rustls", "aws-lc-rs", "http"] {
            assert!(!all.contains(name), "{name} with {arguments:?}");
        }
    }
    // Those of the user's choice are the models' as well.
    let direct = dependencies("features-sdk", &["--depth", "1", "--features", "all-models"]);
    let expected = OF_MODELS.into_iter().chain(["indexmap"]).map(str::to_owned);
    assert_eq!(direct, expected.collect());
}

#[test]
fn what_needs_the_client_brings_it_along() {
    let text = fs::read_to_string(workspace().join("generated/Cargo.toml")).unwrap();
    let features: Table = text.parse::<Table>().unwrap()["features"].as_table().unwrap().clone();
    for (feature, needs) in features {
        let is_of_tag = feature == "session";
        if feature != "client" {
            let needed = needs.as_array().unwrap().iter().any(|it| it.as_str() == Some("client"));
            assert_eq!(needed, !is_of_tag, "{feature}");
        }
        let with_tls = dependencies("okta-sdk", &["--features", &feature]);
        assert_eq!(with_tls.contains("reqwest"), !is_of_tag, "{feature}");
    }
}

/// What the document does not know, or says otherwise, is kept as it is by a client.
#[test]
fn a_program_reads_and_writes_models() {
    let folder = tempfile::tempdir().unwrap();
    let sdk = workspace().join("generated");
    let manifest = format!(
        "[package]\nname = \"reader\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         okta-sdk = {{ path = {:?}, default-features = false, features = [\"session\"] }}\n\
         serde_json = \"1\"\n\n[profile.dev]\ndebug = false\n\n[workspace]\n",
        sdk.to_str().unwrap()
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/main.rs"), PROGRAM).unwrap();
    let output = crates::command(folder.path()).unwrap().args(["run", "--quiet"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let session = r#"{"id":"101","login":"ada@example.com","status":"ACTIVE","mfaActive":"yes","newer":[1.5]}"#;
    assert_eq!(lines, format!("{}\n{session}\n", r#"{"sessionToken":"a-token"}"#));
}
