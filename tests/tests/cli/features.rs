//! Fields of bodies, lists, values that are listed, files, pages and streams on the command line.

use sdk_tests::program::{Program, Ran};
use sdk_tests::wire::{Received, Server, answer};
use serde_json::{Value, json};

/// Runs the program against a server that answers all requests with what the function gives.
async fn run_with(
    handler: impl Fn(&Received) -> Vec<u8> + Send + Sync + 'static,
    files: &[(&str, &str)],
    arguments: &[&str],
) -> (Vec<Received>, Ran) {
    let server = Server::start(handler).await;
    let program = Program::new("features");
    for (name, content) in files {
        std::fs::write(program.folder().join(name), content).unwrap();
    }
    let own = ["--base-url", &server.url, "--allow-http", "--max-retries", "0", "--key", "k"];
    let all: Vec<String> = arguments.iter().chain(&own).map(|it| (*it).to_owned()).collect();
    let running = tokio::task::spawn_blocking(move || {
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        program.run(&all)
    });
    let ran = running.await.expect("the run does not panic");
    (server.received(), ran)
}

/// As [`run_with`], against a server whose answers have no body.
async fn run(files: &[(&str, &str)], arguments: &[&str]) -> (Vec<Received>, Ran) {
    run_with(|_| answer("204 No Content", &[], ""), files, arguments).await
}

/// The one request of a run that did not fail.
async fn request(files: &[(&str, &str)], arguments: &[&str]) -> Received {
    let (mut received, ran) = run(files, arguments).await;
    assert_eq!((ran.code, ran.text()), (Some(0), ""), "{arguments:?}: {}", ran.errors);
    assert_eq!(received.len(), 1, "{arguments:?}");
    received.remove(0)
}

fn json_of(received: &Received) -> Value {
    serde_json::from_slice(&received.body).expect("the body is JSON")
}

fn json_answer(body: &Value) -> Vec<u8> {
    answer("200 OK", &[("content-type", "application/json")], body.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_are_written_in_their_styles() {
    let arguments = ["styles", "simple-path", "a b", "1,2", r#"{"from":1}"#, r#"{"to":2}"#];
    let received = request(&[], &arguments).await;
    assert_eq!(received.target(), "/simple/a%20b/1,2/from,1/to=2");
    let flags = ["--list", "1", "--list", "2", "--joined", "3", "--joined", "4", "--deep.to", "-5"];
    let arguments = [&["styles", "query", "--required", "--escaped", "a/b"][..], &flags].concat();
    let received = request(&[], &arguments).await;
    let expected = "/query?required=true&list=1&list=2&joined=3,4&deep%5Bto%5D=-5&escaped=a%2Fb";
    assert_eq!(received.target(), expected);
    let arguments = ["styles", "header", "--x-plain", "7", "--x-exploded.from", "1"];
    let received = request(&[], &arguments).await;
    assert_eq!(received.header("x-plain"), Some("7"));
    assert_eq!(received.header("x-exploded"), Some("from=1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_taken_get_a_word_before_them() {
    let flags = ["--query-limit", "few", "--query-id", "2", "--header-id=false"];
    let arguments = [&["styles", "shared-parameters", "1"][..], &flags].concat();
    let received = request(&[], &arguments).await;
    assert_eq!(received.target(), "/shared/1?limit=few&id=2");
    assert_eq!(received.header("id"), Some("false"));
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_of_a_form_are_flags() {
    let flags = ["--title", "a&b", "--tags", "x", "--tags", "y", "--count", "-3"];
    let received = request(&[], &[&["bodies", "send-form"][..], &flags].concat()).await;
    assert_eq!(String::from_utf8_lossy(&received.body), "title=a%26b&tags=x&tags=y&count=-3");

    let (received, ran) = run(&[], &["bodies", "send-form", "--count", "many"]).await;
    assert_eq!((ran.code, received.len()), (Some(2), 0));
    assert!(ran.errors.contains("it is no integer of 64 bits"), "{}", ran.errors);
    let (_, ran) = run(&[], &["bodies", "send-form"]).await;
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.contains("--title <TEXT>"), "what is required is told: {}", ran.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_parts_of_a_form() {
    let files = [("a.png", "PNG"), ("b.txt", "one"), ("c.txt", "two")];
    let flags = ["--photo", "a.png", "--attachments", "b.txt", "--attachments", "c.txt"];
    let more = ["--title", "t", "--range.from", "1"];
    let arguments = [&["bodies", "send-parts"][..], &flags, &more].concat();
    let received = request(&files, &arguments).await;
    let body = String::from_utf8_lossy(&received.body).into_owned();
    let media_type = received.header("content-type").unwrap();
    assert!(media_type.starts_with("multipart/form-data; boundary="), "{media_type}");
    for part in [
        "name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n",
        "name=\"attachments\"; filename=\"b.txt\"",
        "name=\"attachments\"; filename=\"c.txt\"",
        "name=\"title\"\r\n\r\nt\r\n",
        "{\"from\":1}",
    ] {
        assert!(body.to_lowercase().contains(&part.to_lowercase()), "{part}\n{body}");
    }
    let (_, ran) = run(&[], &["bodies", "send-parts", "--photo", "absent.png"]).await;
    assert_eq!(ran.code, Some(1), "{}", ran.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_fields_is_a_file() {
    let received = request(&[("a.png", "\u{1}PNG")], &["bodies", "send-bytes", "--body", "a.png"]);
    let received = received.await;
    assert_eq!(received.body, b"\x01PNG");
    assert_eq!(received.header("content-type"), Some("image/png"));
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_within_a_body_have_flags_with_dots() {
    let flags = ["--owner.name", "Ada", "--sizes", r#"{"width": 2}"#, "--sizes", r#"{"width": 3}"#];
    let arguments = [&["devices", "search", "--sort", "name"][..], &flags].concat();
    let (received, ran) = run_with(|_| json_answer(&json!({"hits": []})), &[], &arguments).await;
    assert_eq!(ran.json(), json!({"hits": []}));
    assert_eq!(ran.errors, "");
    assert_eq!(received[0].target(), "/devices/search?sort=name");
    let sent = json!({"owner": {"name": "Ada"}, "sizes": [{"width": 2}, {"width": 3}]});
    assert_eq!(json_of(&received[0]), sent);

    let help = Program::new("features").run(&["devices", "search", "--help"]);
    assert!(help.text().contains("[possible values: name, age]"), "{}", help.text());
    assert!(help.text().contains("--owner.name <TEXT>"), "{}", help.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_the_document_does_not_list_is_sent_and_told() {
    let arguments = ["devices", "search", "--sort", "colour", "--owner.name", "Ada"];
    let (received, ran) = run_with(|_| json_answer(&json!({})), &[], &arguments).await;
    assert_eq!(ran.code, Some(0));
    assert_eq!(received[0].target(), "/devices/search?sort=colour");
    let warning =
        "warning: --sort is \"colour\", which the document does not list; it has name, age\n";
    assert_eq!(ran.errors, warning);
}

/// Three pages of two items, by the `Link` header.
fn linked(request: &Received) -> Vec<u8> {
    let page = match request.target() {
        "/lists/link" => 1,
        "/lists/link?page=2" => 2,
        _ => 3,
    };
    let items = json!([{"id": page * 10}, {"id": page * 10 + 1}]).to_string();
    let host = request.header("host").unwrap_or_default();
    let link = format!("<http://{host}/lists/link?page={}>; rel=\"next\"", page + 1);
    let json = ("content-type", "application/json");
    match page {
        3 => answer("200 OK", &[json], items),
        _ => answer("200 OK", &[json, ("link", &link)], items),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_of_a_list_are_read_or_as_many_as_the_limit_needs() {
    let (received, ran) = run_with(linked, &[], &["lists", "list-by-link"]).await;
    let ids = |ran: &Ran| -> Vec<i64> {
        let list = ran.json();
        list.as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
    };
    assert_eq!(ids(&ran), [10, 11, 20, 21, 30, 31]);
    assert_eq!(received.len(), 3);
    let (received, ran) = run_with(linked, &[], &["lists", "list-by-link", "--limit", "3"]).await;
    assert_eq!(ids(&ran), [10, 11, 20]);
    assert_eq!(received.len(), 2, "no page is asked for that is not needed");
    let (received, ran) = run_with(linked, &[], &["lists", "list-by-link", "--limit", "0"]).await;
    assert_eq!((ran.text(), received.len()), ("[]\n", 0));
    let lines = ["lists", "list-by-link", "--limit", "2", "--format", "lines"];
    assert_eq!(run_with(linked, &[], &lines).await.1.text(), "{\"id\":10}\n{\"id\":11}\n");
    let table = ["lists", "list-by-link", "--format", "table"];
    let (_, ran) = run_with(linked, &[], &table).await;
    assert_eq!(ran.text(), "ID\n10\n11\n20\n21\n30\n31\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_items_of_a_page_are_where_the_document_has_them() {
    let page = |request: &Received| {
        let is_first = !request.target().contains("marker=m");
        let next = if is_first { json!({"cursor": "m"}) } else { json!({}) };
        json_answer(&json!({
            "items": [{"id": if is_first { 1 } else { 2 }}], "next": next, "marker": next["cursor"],
        }))
    };
    let (received, ran) = run_with(page, &[], &["lists", "list-by-number", "--limit", "1"]).await;
    assert_eq!(ran.json(), json!([{"id": 1}]));
    assert_eq!(received.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_go_to_a_file() {
    let handler = |_: &Received| answer("200 OK", &[("content-type", "image/png")], b"\x89PNG\x00");
    let server = Server::start(handler).await;
    let program = Program::new("features");
    let url = server.url.clone();
    let running = tokio::task::spawn_blocking(move || {
        let arguments = [
            "answers",
            "file",
            "--output",
            "a.png",
            "--base-url",
            &url,
            "--allow-http",
            "--key",
            "k",
        ];
        let ran = program.run(&arguments);
        (std::fs::read(program.folder().join("a.png")), ran)
    });
    let (written, ran) = running.await.unwrap();
    assert_eq!((ran.code, ran.text()), (Some(0), ""), "{}", ran.errors);
    assert_eq!(written.unwrap(), b"\x89PNG\x00");
}

#[tokio::test(flavor = "multi_thread")]
async fn items_of_a_stream_are_lines() {
    let events = "event: a\ndata: {\"from\":\ndata: 1}\n\ndata: {\"from\": 2}\n\ndata: [DONE]\n\n";
    let media_type = ("content-type", "text/event-stream");
    let handler = move |_: &Received| answer("200 OK", &[media_type], events);
    let (_, ran) = run_with(handler, &[], &["streams", "watch-ranges"]).await;
    assert_eq!((ran.code, ran.text()), (Some(0), "{\"from\":1}\n{\"from\":2}\n"), "{}", ran.errors);
    let files = [("items.json", r#"[{"from": 1}, {"from": 2}]"#)];
    let handler = |_: &Received| json_answer(&json!({}));
    let arguments = ["streams", "import-ranges", "--json", "items.json"];
    let (received, ran) = run_with(handler, &files, &arguments).await;
    assert_eq!(ran.code, Some(0), "{}", ran.errors);
    let body = String::from_utf8_lossy(&received[0].body).into_owned();
    assert_eq!(body, "{\"from\":1}\n{\"from\":2}\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_have_flags_and_environment_variables() {
    let server = Server::always(answer("204 No Content", &[], "")).await;
    let program = Program::new("features");
    let url = server.url.clone();
    let running = tokio::task::spawn_blocking(move || {
        let command = ["security", "basic-password", "--allow-http"];
        let variables = [("FEATURES_BASE_URL", url.as_str())];
        let missing = program.run_with(&command, &variables, b"");
        let flags = [&command[..], &["--password", "ada:secret"]].concat();
        let given = program.run_with(&flags, &variables, b"");
        let variables = [variables[0], ("FEATURES_PASSWORD", "ada:secret")];
        (missing, given, program.run_with(&command, &variables, b""))
    });
    let (missing, given, of_variables) = running.await.unwrap();
    assert_eq!(missing.code, Some(3), "{}", missing.errors);
    assert!(missing.errors.contains("help: give it by "), "{}", missing.errors);
    assert!(!missing.errors.contains("ClientBuilder"), "{}", missing.errors);
    assert_eq!(given.code, Some(0), "{}", given.errors);
    assert_eq!(of_variables.code, Some(0), "{}", of_variables.errors);
    let received = server.received();
    assert_eq!(received.len(), 2);
    for request in received {
        assert_eq!(request.header("authorization"), Some("Basic YWRhOnNlY3JldA=="));
    }
}
