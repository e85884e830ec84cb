//! Each test that a page, a script or a comment says to run is there: `cargo test -p sdk-tests --test PROGRAM FILTER`.

use std::collections::BTreeMap;
use std::fs;

use sdk_tests::folder::{texts, workspace};

/// The files of the test programs, by their path.
fn sources() -> BTreeMap<String, String> {
    let mut sources = texts(&workspace().join("tests/tests"));
    sources.retain(|path, _| path.ends_with(".rs"));
    sources
}

/// The functions of each program, by the names that filters are compared with: `hostile::file_names::…`.
fn functions(sources: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let mut functions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources {
        let path = path.trim_end_matches(".rs");
        let path = path.trim_end_matches("/main").trim_end_matches("/mod").replace('/', "::");
        let (program, module) = path.split_once("::").unwrap_or((&path, ""));
        let names = text.lines().filter_map(|line| {
            let line = line.trim_start();
            let rest = line.strip_prefix("fn ").or_else(|| line.strip_prefix("async fn "))?;
            Some(format!("{module}::{}", rest.split(['(', '<']).next()?))
        });
        functions.entry(program.to_owned()).or_default().extend(names);
    }
    functions
}

/// What one call of cargo runs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Call<'t> {
    programs: Vec<&'t str>,
    filters: Vec<&'t str>,
}

/// The calls in a text that name their programs.
fn calls(text: &str) -> Vec<Call<'_>> {
    let commands =
        text.split(['`', '\n', ';']).filter_map(|part| Some(part.split_once("cargo test ")?.1));
    let calls = commands.map(call).filter(|call| !call.programs.is_empty());
    calls.collect()
}

fn call(command: &str) -> Call<'_> {
    let mut call = Call::default();
    let mut option = "";
    for word in command.split_whitespace().take_while(|word| !word.starts_with('#')) {
        let is_name = word.chars().all(|it| matches!(it, 'a'..='z' | '0'..='9' | '_' | ':'));
        match option {
            "--test" if is_name => call.programs.push(word),
            "-p" | "--test" | "--skip" | "--test-threads" => {}
            _ if is_name => call.filters.push(word),
            _ => {}
        }
        option = word;
    }
    call
}

#[test]
fn a_call_is_read() {
    let text = "a `cargo test -p sdk-tests --test a --test b c::` and\ncargo test --test d -- --ignored --skip e f # g";
    let of = |programs: &[&'static str], filters: &[&'static str]| Call {
        programs: programs.to_vec(),
        filters: filters.to_vec(),
    };
    assert_eq!(calls(text), [of(&["a", "b"], &["c::"]), of(&["d"], &["f"])]);
}

#[test]
fn every_test_that_is_named_is_there() {
    let sources = sources();
    let functions = functions(&sources);
    let read = |path: &str| fs::read_to_string(workspace().join(path)).unwrap();
    let pages =
        super::pages::pages().into_iter().chain([".ci/run", "SECURITY.md"].map(str::to_owned));
    let pages: Vec<(String, String)> = pages.map(|path| (path.clone(), read(&path))).collect();
    let mut count = 0;
    let sources = sources.iter().filter(|(path, _)| !path.ends_with("named_tests.rs"));
    for (path, text) in pages.iter().map(|(path, text)| (path, text)).chain(sources) {
        for Call { programs, filters } in calls(text) {
            // The worked example says which file to write.
            if programs.iter().any(|it| text.contains(&format!("Write `tests/tests/{it}.rs`"))) {
                continue;
            }
            let missing = programs.iter().find(|it| !functions.contains_key(**it));
            assert_eq!(missing, None, "{path} names a program that is not there");
            let names: Vec<&String> = programs.iter().flat_map(|it| &functions[*it]).collect();
            let missing = filters.iter().find(|it| !names.iter().any(|name| name.contains(**it)));
            assert_eq!(missing, None, "{path} names a test of {programs:?} that is not there");
            count += 1;
        }
    }
    assert!(count > 50, "only {count} calls were found");
}
