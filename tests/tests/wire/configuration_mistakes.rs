//! A configuration with mistakes: each is told with its source, and none with its value.

use std::fs;
use std::path::PathBuf;

use okta_sdk::{Client, Configuration, Error};
use tempfile::TempDir;

const SECRET: &str = "00secret-token";

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).expect("the folder can be written");
    path
}

/// Everything that is wrong.
fn problems(configuration: Configuration) -> Vec<String> {
    let built = Client::builder().configuration(configuration).build();
    let Err(Error::Configuration(error)) = built else { panic!("{built:?}") };
    assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    error.problems().to_vec()
}

fn assert_among(found: &[String], expected: &str) {
    assert!(found.iter().any(|problem| problem == expected), "{expected} is not in {found:#?}");
}

#[test]
fn mistakes_in_a_file() {
    let folder = TempDir::new().expect("a folder");
    let text = "\
okta:
  client:
    tokn: 00secret-token
    requestTimeout: 00secret-token
    proxy:
      hots: x
    token: {a: 00secret-token}
  other: 1
";
    let path = file(&folder, "okta.yaml", text);
    let found = problems(Configuration::empty().file(&path));
    let expected = [
        "there is no setting `okta.other`",
        "there is no setting `okta.client.tokn`; did you mean `token`?",
        "there is no setting `okta.client.proxy.hots`; did you mean `proxy.host`?",
        "okta.client.token must be a text, a number, true, false or a list of texts",
        "okta.client.requestTimeout: must be a whole number from 0 on",
    ];
    for problem in expected {
        assert_among(&found, &format!("{}: {problem}", path.display()));
    }
}

#[test]
fn mistakes_in_environment_variables() {
    let pairs = [
        ("TOKNE", SECRET),
        ("RATELIMIT_MAXRETRIES", SECRET),
        ("AUTHORIZATIONMODE", SECRET),
        ("PROXY_PORT", "99999"),
        ("CLIENTID", "0oa"),
    ];
    let pairs = pairs.map(|(name, value)| (format!("OKTA_CLIENT_{name}"), value.to_owned()));
    let found = problems(Configuration::empty().environment(pairs));
    let expected = [
        "TOKNE: there is no such setting; did you mean `TOKEN`?",
        "RATELIMIT_MAXRETRIES: must be a whole number from 0 on",
        "AUTHORIZATIONMODE: must be one of Bearer, PrivateKey, SSWS",
        "PROXY_PORT: must be a whole number from 0 on",
        "CLIENTID: it needs a private key besides",
    ];
    for problem in expected {
        assert_among(&found, &format!("environment variable OKTA_CLIENT_{problem}"));
    }
}

#[test]
fn files_that_cannot_be_read() {
    let folder = TempDir::new().expect("a folder");
    let broken = file(&folder, "broken.yaml", "okta:\n  client:\n    token: \"00secret-token\n");
    let list = file(&folder, "list.yaml", "okta: [1]");
    let missing = folder.path().join("missing.yaml");
    let found = problems(Configuration::empty().file(broken).file(missing).file(list));
    assert!(found[0].contains("broken.yaml: not valid YAML at line"), "{found:?}");
    assert!(found[1].contains("missing.yaml: No such file"), "{found:?}");
    assert!(found[2].ends_with("list.yaml: okta must hold keys and values"), "{found:?}");
}
