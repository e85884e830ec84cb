//! What a server may answer with in place of a document.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use super::download::Client;
use super::location::Location;

/// Starts a server that answers each request for `/NAME` with what `answer` gives for `/NAME`. Gives its URL.
fn server(answer: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap(), &answer);
        }
    });
    url
}

fn serve(mut stream: TcpStream, answer: &impl Fn(&str) -> Option<String>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let path = line.split(' ').nth(1).unwrap().to_owned();
    while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
    match answer(&path) {
        Some(answer) => drop(stream.write_all(answer.as_bytes())),
        // It never answers.
        None => thread::sleep(Duration::from_secs(5)),
    }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn client() -> Client {
    Client::with_limits(Duration::from_secs(2), 1_000)
}

fn get(url: &str) -> Result<(Vec<u8>, String), String> {
    client().get(&Location::parse(url).unwrap()).map_err(|problem| problem.to_string())
}

#[test]
fn a_document_comes_with_its_hash() {
    let url = server(|_| Some(answer("200 OK", "", "abc")));
    // FIPS 180-4, the example of NIST for SHA-256.
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(get(&url).unwrap(), (b"abc".to_vec(), expected.to_owned()));
}

#[test]
fn what_is_no_document_is_refused() {
    let url = server(|path| {
        Some(match path {
            "/large" => answer("200 OK", "", &"a".repeat(1_001)),
            "/whole" => answer("200 OK", "", &"a".repeat(1_000)),
            "/endless" => {
                format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", "a".repeat(1 << 20))
            }
            "/page" => answer("200 OK", "content-type: text/html; charset=utf-8\r\n", "<html>"),
            "/empty" => answer("204 No Content", "", ""),
            "/short" => {
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\nabc".to_owned()
            }
            "/nowhere" => answer("302 Found", "", ""),
            _ => answer("404 Not Found", "", "no such file"),
        })
    });
    assert_eq!(get(&format!("{url}/whole")).unwrap().0.len(), 1_000);
    for (path, expected) in [
        ("/large", "it has more than 1000 bytes"),
        ("/endless", "it has more than 1000 bytes"),
        ("/page", "it is a page for a browser (text/html)"),
        ("/empty", "the server answers 204 No Content"),
        ("/nowhere", "the server answers 302 Found"),
        ("/missing", "the server answers 404 Not Found"),
        ("/short", "cannot be read: "),
    ] {
        let problem = get(&format!("{url}{path}")).unwrap_err();
        assert!(problem.starts_with(&format!("{url}{path} cannot be read: ")), "{problem}");
        assert!(problem.contains(expected), "{problem}");
    }
}

#[test]
fn a_redirect_is_followed_where_it_stays() {
    let elsewhere = server(|_| Some(answer("200 OK", "", "evil")));
    let target = elsewhere.clone();
    let url = server(move |path| {
        let to = |target: &str| answer("302 Found", &format!("location: {target}\r\n"), "");
        Some(match path {
            "/old.yaml" => to("/new.yaml"),
            "/new.yaml" => answer("200 OK", "", "new"),
            "/elsewhere" => to(&target),
            "/file" => to("file:///etc/passwd"),
            "/https" => to("https://127.0.0.1:1/"),
            _ => to("/circle"),
        })
    });
    assert_eq!(get(&format!("{url}/old.yaml")).unwrap().0, b"new");
    for (path, expected) in [
        ("/elsewhere", format!("if you trust it, name {elsewhere}/ yourself")),
        ("/file", "it leads from http to file:///etc/passwd".to_owned()),
        ("/https", "it leads from http to https://127.0.0.1:1/".to_owned()),
        ("/circle", "it leads on more than 5 times".to_owned()),
    ] {
        let problem = get(&format!("{url}{path}")).unwrap_err();
        assert!(problem.contains(&expected), "{problem}");
    }
}

#[test]
fn a_server_that_does_not_answer_is_not_waited_for() {
    let url = server(|_| None);
    let problem = get(&url).unwrap_err();
    assert!(problem.contains("timeout"), "{problem}");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a", listener.local_addr().unwrap());
    drop(listener);
    assert!(get(&url).unwrap_err().contains("refused"));
}

/// A server that speaks no TLS is none for https.
#[test]
fn https_is_not_given_up() {
    let url = server(|_| Some(answer("200 OK", "", "abc"))).replace("http://", "https://");
    assert!(get(&url).is_err());
}
