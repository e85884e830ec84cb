//! TLS by the library of the system: a program that has no other one shakes hands with a server.
//!
//! Only on Linux, where that library is OpenSSL: those of macOS and Windows have demands on a certificate's term that
//! change with their versions.

use std::fs;
use std::path::Path;
use std::process::Command;

use sdk_tests::folder::workspace;
use tempfile::TempDir;
use xtask::crates;

use crate::support::tls_server::Authority;

/// Asks for a session, and prints its id, or why there is none. The root and the identity are files beside it.
const PROGRAM: &str = r#"
use std::{env, error::Error, fs};

use okta_sdk::Client;
use reqwest::{Certificate, Identity};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Client::builder().base_url(env::var("URL")?).api_token("token").max_retries(0);
    if let Ok(root) = fs::read("root.pem") {
        builder = builder.root_certificate(Certificate::from_pem(&root)?);
    }
    if let (Ok(certificate), Ok(key)) = (fs::read("client.pem"), fs::read("client.key")) {
        builder = builder.identity(Identity::from_pkcs8_pem(&certificate, &key)?);
    }
    match builder.build()?.session().get_session("1").await {
        Ok(session) => println!("spoke {}", session.id.unwrap_or_default()),
        Err(error) => println!("failed: {error}"),
    }
    Ok(())
}
"#;

/// The package of that program.
fn package() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = format!(
        "[package]\nname = \"shaker\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         okta-sdk = {{ path = {:?}, default-features = false, features = [\"native-tls\", \"session\"] }}\n\
         reqwest = {{ version = \"0.13\", default-features = false }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [features]\nboth = [\"okta-sdk/rustls\"]\n\n[profile.dev]\ndebug = false\n\n[workspace]\n",
        workspace().join("generated")
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("the folder can be written");
    fs::create_dir(folder.path().join("src")).expect("the folder can be written");
    fs::write(folder.path().join("src/main.rs"), PROGRAM).expect("the folder can be written");
    folder
}

/// What cargo prints in the folder of the package. It may wait for other tests' builds, so not on the test's thread.
async fn cargo(folder: &Path, arguments: &'static [&str], url: &str) -> String {
    let mut command: Command = crates::command(folder).expect("the folder can be written");
    command.args(arguments).env("URL", url);
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("no panic").expect("cargo can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[ignore = "compiles the client anew, with the headers of OpenSSL; .ci/run runs it"]
#[tokio::test(flavor = "multi_thread")]
async fn the_library_of_the_system_shakes_hands() {
    let package = package();
    let folder = package.path();
    let run = |url: String| async move { cargo(folder, &["run", "--quiet"], &url).await };
    let authority = Authority::new();
    let (open, closed) = (authority.start().await, authority.start_for_known_clients().await);

    let untrusting = run(open.clone()).await;
    assert!(untrusting.contains("certificate verify failed"), "in OpenSSL's words: {untrusting}");
    fs::write(folder.join("root.pem"), Authority::new().root_pem()).expect("it can be written");
    let misled = run(open.clone()).await;
    assert!(misled.contains("certificate verify failed"), "{misled}");
    fs::write(folder.join("root.pem"), authority.root_pem()).expect("it can be written");
    assert_eq!(run(open).await, "spoke HTTP/2.0");

    let anonymous = run(closed.clone()).await;
    assert!(anonymous.starts_with("failed: "), "the server does not know the client: {anonymous}");
    let [certificate, key] = authority.identity_pem();
    fs::write(folder.join("client.pem"), certificate).expect("it can be written");
    fs::write(folder.join("client.key"), key).expect("it can be written");
    assert_eq!(run(closed).await, "spoke HTTP/2.0");

    // Where the program has both, the system's is taken.
    fs::write(folder.join("root.pem"), Authority::new().root_pem()).expect("it can be written");
    let both =
        cargo(folder, &["run", "--quiet", "--features", "both"], &authority.start().await).await;
    assert!(both.contains("certificate verify failed"), "{both}");

    let tree = cargo(folder, &["tree", "--edges", "normal", "--prefix", "none"], "").await;
    assert!(tree.contains("\nopenssl v") && !tree.contains("\nrustls v"), "{tree}");
}
