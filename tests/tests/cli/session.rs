//! The life of a session on the command line.

use sdk_tests::practice_org::PracticeOrg;
use sdk_tests::program::{Program, Ran};
use sdk_tests::wire::{Server, answer};
use serde_json::json;

/// The program, with the URL and the token of a server.
struct Okta {
    program: Program,
    url: String,
    token: &'static str,
}

impl Okta {
    fn at(url: &str) -> Self {
        let (program, url) = (Program::new("okta"), url.to_owned());
        Self { program, url, token: PracticeOrg::API_TOKEN }
    }

    async fn run(self, arguments: &[&str], input: &str) -> (Self, Ran) {
        let arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
        let input = input.to_owned();
        let running = tokio::task::spawn_blocking(move || {
            let own = ["--base-url", &self.url, "--allow-http", "--api-token", self.token];
            let all: Vec<&str> = arguments.iter().map(String::as_str).chain(own).collect();
            let ran = self.program.run_with(&all, &[], input.as_bytes());
            (self, ran)
        });
        running.await.expect("the run does not panic")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_created_read_refreshed_and_ended() {
    let org = PracticeOrg::start().await.unwrap();
    let okta = Okta::at(org.url());
    let token = PracticeOrg::SESSION_TOKEN;

    let (okta, created) = okta.run(&["session", "create", "--session-token", token], "").await;
    let created = created.json();
    let id = created["id"].as_str().unwrap();
    let (okta, read) = okta.run(&["session", "get", id], "").await;
    assert_eq!(read.json()["id"], id);
    let (okta, refreshed) = okta.run(&["session", "refresh", id], "").await;
    assert_eq!(refreshed.json()["login"], created["login"]);
    let (okta, ended) = okta.run(&["session", "end", id], "").await;
    assert_eq!((ended.code, ended.text()), (Some(0), ""), "{}", ended.errors);
    let (_, gone) = okta.run(&["session", "get", id], "").await;
    assert_eq!(gone.code, Some(4));
    assert!(gone.errors.starts_with("error: GET /api/v1/sessions/{sessionId}"), "{}", gone.errors);
    assert!(gone.errors.contains("404") && gone.text().is_empty(), "{}", gone.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_body_comes_from_a_file_and_flags_are_put_into_it() {
    let server =
        Server::always(answer("200 OK", &[("content-type", "application/json")], "{}")).await;
    let okta = Okta::at(&server.url);
    let body = r#"{"more": 12345678901234567890123, "sessionToken": "a"}"#;
    let (okta, ran) = okta.run(&["session", "create", "--json", "-"], body).await;
    assert_eq!(ran.code, Some(0), "{}", ran.errors);
    std::fs::write(okta.program.folder().join("body.json"), r#"{"other": 1}"#).unwrap();
    let flags = ["session", "create", "--json", "body.json", "--session-token", "b"];
    let (okta, ran) = okta.run(&flags, "").await;
    assert_eq!(ran.code, Some(0), "{}", ran.errors);
    let received = server.received();
    assert_eq!(received[0].body, body.as_bytes(), "as it is, to the last digit");
    let second: serde_json::Value = serde_json::from_slice(&received[1].body).unwrap();
    assert_eq!(second, json!({"other": 1, "sessionToken": "b"}));
    assert_eq!(received[1].header("authorization"), Some("SSWS practice-api-token"));

    let (okta, ran) = okta.run(&["session", "create", "--json", "-"], "{").await;
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.starts_with("error: standard input is not JSON: EOF"), "{}", ran.errors);
    let (okta, ran) = okta.run(&["session", "create", "--json", "absent.json"], "").await;
    assert_eq!(ran.code, Some(1));
    assert!(ran.errors.starts_with("error: absent.json: "), "{}", ran.errors);
    let (_, ran) = okta.run(&["session", "create"], "").await;
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.contains("give it by --json FILE"), "{}", ran.errors);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_shown_as_it_came_and_steers_no_terminal() {
    let body = r#"{"id":"1","n":1.10,"login":"a\u001b[2J","amr":["pwd","otp"],"x":{"y":"\u202e"}}"#
        .replace("\\u202e", "\u{202e}");
    let server =
        Server::always(answer("200 OK", &[("content-type", "application/json")], body)).await;
    let okta = Okta::at(&server.url);
    let (okta, json) = okta.run(&["session", "get", "1"], "").await;
    assert_eq!(
        json.text(),
        "{\n  \"id\": \"1\",\n  \"n\": 1.10,\n  \"login\": \"a\\u001b[2J\",\n  \"amr\": [\n    \"pwd\",\n    \
         \"otp\"\n  ],\n  \"x\": {\n    \"y\": \"\\u202e\"\n  }\n}\n"
    );
    let (okta, lines) = okta.run(&["session", "get", "1", "--format", "lines"], "").await;
    assert_eq!(lines.text().lines().count(), 1);
    let (okta, table) = okta.run(&["session", "get", "1", "--format", "table"], "").await;
    assert_eq!(
        table.text(),
        "id     1\nn      1.1\nlogin  a\\u{1b}[2J\namr    pwd,otp\nx.y    \\u{202e}\n"
    );
    let (okta, table) =
        okta.run(&["session", "get", "1", "--format", "table", "--columns", "id,x.y"], "").await;
    assert_eq!(table.text(), "id   1\nx.y  \\u{202e}\n");
    let (okta, file) = okta.run(&["session", "get", "1", "--output", "answer.json"], "").await;
    assert_eq!((file.code, file.text()), (Some(0), ""));
    let written = std::fs::read_to_string(okta.program.folder().join("answer.json")).unwrap();
    assert_eq!(written, json.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_failure_has_its_exit_code() {
    let server = Server::start(|request| match request.target() {
        "/api/v1/sessions/refused" => {
            let body = r#"{"errorCode":"E0000011","errorSummary":"Invalid token\u001b[31m"}"#;
            answer("401 Unauthorized", &[("content-type", "application/json")], body)
        }
        "/api/v1/sessions/broken" => answer("500 Internal Server Error", &[], ""),
        _ => answer("200 OK", &[("content-type", "text/plain; charset=utf-8")], [0xff]),
    })
    .await;
    let okta = Okta::at(&server.url);
    let (okta, ran) = okta.run(&["session", "get", "refused"], "").await;
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.errors.contains("Invalid token") && !ran.errors.contains('\u{1b}'),
        "{}",
        ran.errors
    );
    assert!(ran.errors.contains("\nhelp: give it by --api-token, "), "{}", ran.errors);
    assert!(ran.errors.contains("the environment variables OKTA_CLIENT_"), "{}", ran.errors);
    let (okta, ran) = okta.run(&["session", "get", "refused", "--verbose"], "").await;
    assert!(ran.errors.contains("\n  \"errorCode\": \"E0000011\",\n"), "{}", ran.errors);
    let (okta, ran) = okta.run(&["session", "get", "broken"], "").await;
    assert_eq!(ran.code, Some(5), "{}", ran.errors);
    let (okta, ran) = okta.run(&["session", "get", "undecodable"], "").await;
    assert_eq!(ran.code, Some(7), "{}", ran.errors);
    let (okta, ran) = okta.run(&["session", "get", ""], "").await;
    assert_eq!(ran.code, Some(2), "an empty path parameter makes no request: {}", ran.errors);
    let (okta, ran) = okta.run(&["session", "refrsh", "1"], "").await;
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.contains("'refresh'"), "{}", ran.errors);
    let nowhere = Okta { url: "http://127.0.0.1:9".to_owned(), ..okta };
    let (_, ran) = nowhere.run(&["session", "get", "1", "--max-retries", "0"], "").await;
    assert_eq!(ran.code, Some(6), "{}", ran.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_come_from_where_the_sdk_has_them() {
    let program = Program::new("okta");
    let ran = program.run(&["session", "get", "1"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.errors.contains("there is no base URL"), "{}", ran.errors);
    assert!(
        ran.errors.contains("\nhelp: settings are given by --base-url, --api-token, "),
        "{}",
        ran.errors
    );

    let server =
        Server::always(answer("200 OK", &[("content-type", "application/json")], "{}")).await;
    let url = server.url.clone();
    let ran = tokio::task::spawn_blocking(move || {
        let variables =
            [("OKTA_CLIENT_ORGURL", url.as_str()), ("OKTA_CLIENT_TOKEN", "of-the-environment")];
        program.run_with(&["session", "get", "1", "--allow-http"], &variables, b"")
    });
    assert_eq!(ran.await.unwrap().json(), json!({}));
    let request = server.only_request();
    assert_eq!(request.header("authorization"), Some("SSWS of-the-environment"));
    assert!(request.header("user-agent").unwrap().contains("okta-cli/"));
}

#[test]
fn help_has_an_example_and_completions_name_every_command() {
    let program = Program::new("okta");
    let help = program.run(&["session", "get", "--help"]);
    assert_eq!(help.code, Some(0));
    let end = "Example:\n  okta session get 101W_juydrDRByB7fUdRyE2JQ\n";
    assert!(help.text().ends_with(end), "{}", help.text());
    assert!(help.text().contains("GET /api/v1/sessions/{sessionId} (getSession)"));
    let help = program.run(&["--help"]);
    assert!(help.text().contains("\nExit codes:\n  0  done\n"), "{}", help.text());
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = program.run(&["completion", shell]);
        assert_eq!(script.code, Some(0), "{shell}: {}", script.errors);
        for word in ["session", "refresh", "session-token", "api-token"] {
            assert!(script.text().contains(word), "{shell} has no {word}");
        }
    }
}
