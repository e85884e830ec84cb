//! `Client::from_env`: what a process finds in its home, its working directory and its environment.

use std::env;
use std::fs;
use std::process::Command;

use okta_sdk::Client;
use tempfile::TempDir;

const TOKEN: &str = "00token-that-must-stay-secret";

/// A process whose home and working directory have a configuration file each.
struct Process {
    home: TempDir,
    directory: TempDir,
}

impl Process {
    fn new() -> Self {
        let home = TempDir::new().expect("a folder");
        let directory = TempDir::new().expect("a folder");
        let text = |org: &str| format!("okta:\n  client:\n    orgUrl: {org}\n    token: {TOKEN}\n");
        let of_home = format!("{}    requestTimeout: 11\n", text("https://home.test"));
        fs::create_dir(home.path().join(".okta")).expect("the folder can be written");
        fs::write(home.path().join(".okta/okta.yaml"), of_home).expect("the folder can be written");
        fs::write(directory.path().join(".okta.yaml"), text("https://here.test"))
            .expect("the folder can be written");
        Self { home, directory }
    }

    /// Runs the test below in a process with these environment variables. Gives what it prints.
    fn run(&self, variables: &[(&str, &str)]) -> String {
        let output = Command::new(env::current_exe().expect("this is a program"))
            .args(["--exact", "configuration_of_a_process::print_client"])
            .args(["--ignored", "--nocapture"])
            .current_dir(&self.directory)
            .env_clear()
            .env("HOME", self.home.path())
            .envs(variables.iter().copied())
            .output()
            .expect("the program can be run");
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.contains("1 passed"), "{output}");
        assert!(!output.contains(TOKEN), "{output}");
        output
    }
}

#[test]
#[ignore = "the tests below run it in processes of its own"]
fn print_client() {
    match Client::from_env() {
        Ok(client) => println!("{client:?}"),
        Err(error) => println!("{error}"),
    }
}

#[test]
fn the_working_directory_counts_more_than_the_home() {
    let output = Process::new().run(&[]);
    assert!(output.contains("https://here.test"), "{output}");
    assert!(output.contains("timeout: Some(11s)"), "{output}");
}

#[test]
fn the_environment_counts_more_than_files() {
    let output = Process::new().run(&[("OKTA_CLIENT_ORGURL", "https://environment.test")]);
    assert!(output.contains("https://environment.test"), "{output}");
}

#[test]
fn mistakes_of_all_sources_are_told_at_once() {
    let variables = [("OKTA_CLIENT_ORGURL", "https://acme-admin.okta.com"), ("OKTA_CLIENT_X", "1")];
    let output = Process::new().run(&variables);
    assert!(output.contains("OKTA_CLIENT_X: there is no such setting"), "{output}");
    assert!(output.contains("without `-admin`"), "{output}");
}
