//! Documents that are named by a URL.

use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use sdk_tests::command::{Run, tools};
use sdk_tests::documents::PETS;
use tempfile::TempDir;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};
use xtask::Exit;

/// A server with one document, which can be changed.
struct Server {
    url: String,
    document: Arc<Mutex<String>>,
}

impl Server {
    fn start(document: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1/pets.yaml", listener.local_addr().unwrap());
        let document = Arc::new(Mutex::new(document.to_owned()));
        let served = document.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).unwrap();
                let body = served.lock().unwrap().clone();
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
                );
                stream.write_all((head + &body).as_bytes()).unwrap();
            }
        });
        Self { url, document }
    }

    fn change(&self, from: &str, to: &str) {
        let mut document = self.document.lock().unwrap();
        assert!(document.contains(from));
        *document = document.replace(from, to);
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn generate(server: &Server, folder: &TempDir, arguments: &[&str]) -> Run {
    let out = folder.path().join("pets");
    let own = ["codegen", "--spec", &server.url, "--out", text(&out), "--name", "pets-sdk"];
    tools(&[&own, arguments].concat())
}

#[test]
fn a_crate_is_made_of_a_url_and_a_change_is_told() {
    let server = Server::start(PETS);
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("pets/.documents.toml");
    let check = generate(&server, &folder, &["--check"]);
    assert_eq!(check.exit, Exit::Failure);
    assert!(
        check.errors.contains(&format!("pets is not what {} gives", server.url)),
        "{}",
        check.errors
    );
    assert!(!record.exists(), "a check writes nothing");

    let run = generate(&server, &folder, &[]);
    assert_eq!((run.exit, run.errors.as_str()), (Exit::Success, ""));
    let first = fs::read_to_string(&record).unwrap();
    assert!(first.contains(&format!("url = \"{}\"\nsha256 = \"", server.url)), "{first}");
    assert!(first.contains(&format!("\nbytes = {}\n", PETS.len())), "{first}");
    let run = generate(&server, &folder, &["--check"]);
    assert_eq!((run.exit, run.errors.as_str()), (Exit::Success, ""));

    server.change("title: Pet Store", "title: Pet Shop");
    let told =
        format!("warning: {} has changed since it was read before: its SHA-256 was ", server.url);
    let refused = generate(&server, &folder, &["--deny-warnings"]);
    assert_eq!(refused.exit, Exit::Failure);
    assert!(refused.errors.starts_with(&told), "{}", refused.errors);
    assert_eq!(fs::read_to_string(&record).unwrap(), first, "nothing is written");
    let run = generate(&server, &folder, &[]);
    assert_eq!(run.exit, Exit::Success);
    assert!(run.errors.starts_with(&told), "{}", run.errors);
    let second = fs::read_to_string(&record).unwrap();
    assert!(second != first && second.matches("[[document]]").count() == 1, "{second}");
    assert_eq!(generate(&server, &folder, &[]).errors, "", "it is told once");
}

#[test]
fn what_is_at_the_url_may_be_no_document() {
    let server = Server::start("hello: world\n");
    let folder = tempfile::tempdir().unwrap();
    let run = generate(&server, &folder, &[]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("pets.yaml") && run.errors.contains("openapi"), "{}", run.errors);
    assert!(!folder.path().join("pets").exists());
    let run = tools(&["codegen", "--spec", "http://example.com/a.yaml", "--out", "/nowhere"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(
        run.errors.contains("error: http://example.com/a.yaml cannot be read: http lets"),
        "{}",
        run.errors
    );
}

#[test]
fn operations_are_listed_and_imported_from_a_url() {
    let server = Server::start(PETS);
    let list = tools(&["list", "--spec", &server.url]);
    assert_eq!((list.exit, list.errors.as_str()), (Exit::Success, ""));
    assert!(list.output.contains("getPet"), "{}", list.output);

    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.yaml");
    fs::write(&own, "openapi: 3.0.3\ninfo: {title: Own, version: '1'}\npaths: {}\n").unwrap();
    let arguments =
        ["import", "--from", &server.url, "--operation", "getPet", "--spec", text(&own)];
    let dry = tools(&[&arguments[..], &["--dry-run"]].concat());
    assert_eq!(dry.exit, Exit::Success, "{}", dry.errors);
    assert!(!folder.path().join(".documents.toml").exists());
    let run = tools(&arguments);
    assert_eq!((run.exit, run.errors.as_str()), (Exit::Success, ""));
    assert!(fs::read_to_string(&own).unwrap().contains("getPet"));
    assert!(
        fs::read_to_string(folder.path().join(".documents.toml")).unwrap().contains(&server.url)
    );
    server.change("title: Pet Store", "title: Pet Shop");
    assert!(tools(&arguments).errors.contains("has changed since it was read before"));
}

#[test]
fn a_repository_of_ones_own_is_made_of_a_url() {
    let server = Server::start(PETS);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("repository");
    let run = tools(&["new", "--spec", &server.url, "--name", "pets-sdk", text(&out)]);
    assert_eq!((run.exit, run.errors.as_str()), (Exit::Success, ""));
    assert_eq!(fs::read_to_string(out.join("spec/pets.yaml")).unwrap(), PETS);
    let record = fs::read_to_string(out.join("spec/.documents.toml")).unwrap();
    assert!(record.contains(&server.url), "{record}");
}

/// Starts a server with the document behind TLS. Gives its URL, and the root that vouches for it as PEM.
fn start_with_tls() -> (String, String) {
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.distinguished_name.push(DnType::CommonName, "An authority");
    let authority = CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let parameters = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = parameters.signed_by(&key, &authority).unwrap();
    let root = authority.as_ref().pem();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}/pets.yaml", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let mut request = [0; 4096];
            // A client that does not trust the server gets no further.
            if stream.read(&mut request).is_ok() {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", PETS.len());
                let _ = stream.write_all((head + PETS).as_bytes());
            }
        }
    });
    (url, root)
}

#[test]
#[ignore = "the test below runs it in processes of its own"]
fn list_what_is_at_a_url() {
    let run = tools(&["list", "--spec", &env::var("DOCUMENT_URL").unwrap()]);
    println!("{}{}", run.output, run.errors);
}

/// On Linux the roots of the system are where an environment variable says.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "the roots of this system are in no file")]
fn a_server_is_trusted_that_the_system_trusts() {
    let (url, root) = start_with_tls();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("root.pem");
    let list = || {
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "urls::list_what_is_at_a_url", "--ignored", "--nocapture"])
            .env("DOCUMENT_URL", &url)
            .env("SSL_CERT_FILE", &file)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    fs::write(&file, start_with_tls().1).unwrap();
    let refused = list();
    assert!(refused.contains("cannot be read") && refused.contains("certificate"), "{refused}");
    fs::write(&file, root).unwrap();
    assert!(list().contains("getPet"));
}
