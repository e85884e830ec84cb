//! `cargo xtask judge`: what a server that knows the document says of the SDK's requests.
//!
//! The server here only pretends to be Prism, so that it can say what it is told to. The real one
//! judges `spec/okta.yaml` where there is Node: see CONTRIBUTING.md.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sdk_tests::command::{Run, proof};
use sdk_tests::folder::workspace;
use sdk_tests::wire::{Received, Server, answer};
use serde_json::Value;
use xtask::Exit;

const DOCUMENT: &str = r##"openapi: 3.0.3
info: {title: Pets, version: 1.0.0, license: {name: MIT}}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pet]
      responses:
        "200":
          description: The pets
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}
    post:
      operationId: createPet
      tags: [Pet]
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Pet"}
            examples:
              broken: {value: {name: Rex}}
              lost: {value: {$ref: "#/definitions/lost"}}
      responses:
        "201": {description: Made}
  /pets/{petId}:
    get:
      operationId: getPet
      tags: [Pet]
      parameters:
        - {name: petId, in: path, required: true, schema: {type: string, format: uuid}}
      responses:
        "200":
          description: The pet
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
components:
  schemas:
    Pet:
      type: object
      required: [name, secret]
      properties:
        name: {type: string}
        secret: {$ref: "#/components/schemas/Secret"}
    Secret: {type: string, minLength: 8, writeOnly: true}
"##;

/// What Prism says of a secret that is too short.
const VIOLATION: &str = r#"[{"location":["request","body","secret"],"severity":"Error","code":"minLength","message":"Request body property secret must NOT have fewer than 8 characters"}]"#;

/// Answers as Prism would, but finds something wrong with the body of the SDK, and not with the same
/// from curl; and it cannot list pets.
fn pretend(request: &Received) -> Vec<u8> {
    let json = ("content-type", "application/json");
    let is_by_curl = request.header("user-agent").is_some_and(|agent| agent.starts_with("curl"));
    let mut words = request.request_line.split(' ');
    match (words.next(), words.next()) {
        (Some("GET"), Some("/pets")) => answer(
            "500 Internal Server Error",
            &[("content-type", "application/problem+json")],
            r#"{"type":"https://stoplight.io/prism/errors#UNKNOWN","title":"Maximum call stack size exceeded"}"#,
        ),
        (Some("POST"), Some("/pets")) if is_by_curl => answer("201 Created", &[], ""),
        (Some("POST"), Some("/pets")) => {
            answer("400 Bad Request", &[("sl-violations", VIOLATION), json], "{}")
        }
        (Some("GET"), Some(target)) if target.len() == "/pets/".len() + 36 => {
            // Nobody is told the secret.
            answer("200 OK", &[json], r#"{"name":"Rex"}"#)
        }
        other => answer("404 Not Found", &[], format!("{other:?}")),
    }
}

/// A program that says that Prism listens at a URL, and goes on until it is ended.
fn pretended_prism(folder: &Path, url: &str) -> PathBuf {
    let program = folder.join("prism");
    let line = format!("[1:00:00 PM] › [CLI] ▶  start     Prism is listening on {url}");
    fs::write(&program, format!("#!/bin/sh\necho '{line}'\nexec sleep 600\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

/// Runs `cargo xtask judge` beside the server of the test.
async fn judge(spec: &Path, prism: &Path, further: &[&str]) -> Run {
    let path = |path: &Path| path.to_str().expect("the path is UTF-8").to_owned();
    let mut arguments = vec!["judge".to_owned(), path(spec), "--prism".to_owned(), path(prism)];
    arguments.extend(further.iter().map(|&argument| argument.to_owned()));
    let run = tokio::task::spawn_blocking(move || {
        proof(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    });
    run.await.expect("the command does not panic")
}

/// The operations of a report by their operationId.
fn operations(report: &Value) -> BTreeMap<String, Value> {
    let lines = report["operations"].as_array().expect("there are operations");
    lines.iter().map(|line| (line["id"].as_str().unwrap().to_owned(), line.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "compiles crates of its own; .ci/run runs it"]
async fn each_operation_gets_a_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, DOCUMENT).unwrap();
    let server = Server::start(pretend).await;
    let prism = pretended_prism(folder.path(), &server.url);
    let keep = folder.path().join("keep");
    let keep = keep.to_str().unwrap();

    let run = judge(&spec, &prism, &["--keep", keep, "--format", "json"]).await;

    assert_eq!((run.exit, run.errors.as_str()), (Exit::Failure, ""));
    let report: Value = serde_json::from_str(&run.output).expect("the report is JSON");
    let operations = operations(&report);
    assert_eq!(operations["getPet"]["verdict"], "passed", "{report:#}");
    let violation = &operations["createPet"];
    assert_eq!(violation["verdict"], "violation");
    let text = violation["detail"].as_str().unwrap();
    assert!(text.starts_with("request.body.secret: Request body property secret"), "{text}");
    let unserved = &operations["listPets"];
    assert_eq!(unserved["verdict"], "not_served");
    let command = unserved["detail"]["command"].as_str().unwrap();
    assert!(command.starts_with("curl ") && command.contains("/pets "), "{command}");
    assert_eq!(unserved["detail"]["answer"], "500 Maximum call stack size exceeded");

    // The values are valid, even where the document's example is not.
    let requests = server.received();
    let is_created = |request: &&Received| request.request_line.starts_with("POST");
    let created = requests.iter().find(is_created).expect("it was called");
    let body: Value = serde_json::from_slice(&created.body).expect("the body is JSON");
    assert!(body["secret"].as_str().is_some_and(|secret| secret.len() >= 8), "{body}");

    // Prism could not read the example that leads nowhere.
    assert_eq!(report["removed"][0]["target"], "#/definitions/lost");
    let document = fs::read_to_string(Path::new(keep).join("document.json")).unwrap();
    assert!(document.contains("\"broken\"") && !document.contains("lost"), "{document}");

    // The table, from what is built already.
    let run = judge(&spec, &prism, &["--keep", keep]).await;
    assert!(run.output.ends_with("| 3 | 1 | 0 | 0 | 1 | 1 | 0 | 0 |\n"), "{}", run.output);
}

#[tokio::test]
async fn without_prism_there_is_help() {
    let spec = workspace().join("spec/okta.yaml");
    let run = judge(&spec, Path::new("/nowhere/prism"), &[]).await;
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("npm install @stoplight/prism-cli"), "{}", run.errors);
}

/// The real Prism, by the environment variable that names its program.
struct Prism {
    process: Child,
    url: String,
}

impl Prism {
    fn program() -> PathBuf {
        std::env::var_os("PRISM").expect("set PRISM to the path of Prism's program").into()
    }

    fn start(document: &Path) -> Self {
        let process = Command::new(Self::program())
            .args(["mock", "--host", "127.0.0.1", "--port", "0"])
            .arg(document)
            .stdout(Stdio::piped())
            .spawn();
        let mut process = process.expect("Prism can be started");
        let mut output = process.stdout.take().expect("the output is piped");
        let mut said = String::new();
        let mut bytes = [0; 1024];
        while !said.contains("listening on http") || !said.ends_with('\n') {
            let length = output.read(&mut bytes).expect("the output can be read");
            assert_ne!(length, 0, "Prism ended: {said}");
            said.push_str(&String::from_utf8_lossy(&bytes[..length]));
        }
        // Prism blocks on a full pipe, so its output is read to the end.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        let (_, url) = said.split_once("listening on http://").expect("it was there");
        let url = url.lines().next().expect("a line").trim().to_owned();
        Self { process, url }
    }

    /// Hands a request on, with another body where it is not curl's. Gives the answer.
    fn with_a_wrong_body(&self, request: &Received) -> Vec<u8> {
        let is_by_curl = request.header("user-agent").is_some_and(|it| it.starts_with("curl"));
        let body = match request.request_line.starts_with("POST") && !is_by_curl {
            true => br#"{"sessionToken":5}"#.to_vec(),
            false => request.body.clone(),
        };
        let mut text = format!("{}\r\nconnection: close\r\n", request.request_line);
        for (name, value) in &request.headers {
            if !matches!(name.as_str(), "content-length" | "connection") {
                text += &format!("{name}: {value}\r\n");
            }
        }
        text += &format!("content-length: {}\r\n\r\n", body.len());
        let mut stream = TcpStream::connect(&self.url).expect("Prism listens");
        stream.write_all(&[text.as_bytes(), &body].concat()).expect("Prism reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("Prism answers");
        answer
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended by itself, which is no failure of the test.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
#[ignore = "needs Prism, see CONTRIBUTING.md"]
async fn prism_has_nothing_against_the_sdk() {
    let spec = workspace().join("spec/okta.yaml");
    let config = workspace().join("spec/sdk.toml");
    let run = judge(&spec, &Prism::program(), &["--config", config.to_str().unwrap()]).await;
    assert_eq!(run.exit, Exit::Success, "{}{}", run.output, run.errors);
    assert!(run.output.ends_with("| 4 | 4 | 0 | 0 | 0 | 0 | 0 | 0 |\n"), "{}", run.output);
}

/// A judge that never complains proves nothing: here a proxy spoils the bodies on their way to Prism.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Prism, see CONTRIBUTING.md"]
async fn prism_sees_a_wrong_body() {
    let spec = workspace().join("spec/okta.yaml");
    let folder = tempfile::tempdir().unwrap();
    let prism = Prism::start(&spec);
    let server = Server::start(move |request| prism.with_a_wrong_body(request)).await;
    let program = pretended_prism(folder.path(), &server.url);

    let run = judge(&spec, &program, &["--format", "json"]).await;

    assert_eq!((run.exit, run.errors.as_str()), (Exit::Failure, ""));
    let report: Value = serde_json::from_str(&run.output).expect("the report is JSON");
    let operations = operations(&report);
    let violation = &operations["createSession"];
    assert_eq!(violation["verdict"], "violation", "{report:#}");
    let text = violation["detail"].as_str().unwrap();
    assert_eq!(
        text,
        "request.body.sessionToken: Request body property sessionToken must be string"
    );
    for id in ["getSession", "endSession"] {
        assert_eq!(operations[id]["verdict"], "passed", "{report:#}");
    }
}
