//! Whatever a document, a file's name or an argument says, a terminal only shows it.

use std::fs;
use std::path::Path;

use codegen::characters::is_hidden;
use sdk_tests::command::{Run, codegen_into, xtask};
use sdk_tests::documents::PETS;
use xtask::{Console, Exit};

/// Sets the title, clears the screen (in 7 and in 8 bits), overwrites the line, turns the text around,
/// and hides some.
const HOSTILE: &str =
    "x\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}2J\r\u{202e}\u{2066}\u{200b}\u{2028}\u{e0041}z";

/// How it is shown.
const SHOWN: &str =
    "x\\u{1b}]0;owned\\u{7}\\u{1b}[2J\\u{9b}2J\\r\\u{202e}\\u{2066}\\u{200b}\\u{2028}\\u{e0041}z";

/// [`HOSTILE`] as a string of YAML.
fn quoted() -> String {
    let escaped = HOSTILE.chars().map(|letter| format!("\\U{:08x}", u32::from(letter)));
    format!("\"{}\"", escaped.collect::<String>())
}

#[track_caller]
fn assert_printable(text: &str) {
    let found = text.chars().find(|&letter| is_hidden(letter) && !matches!(letter, '\n' | '\t'));
    assert_eq!(found, None, "{text:?}");
}

#[track_caller]
fn assert_shown(run: &Run, shown: &str) {
    assert_printable(&run.output);
    assert_printable(&run.errors);
    let all = format!("{}{}", run.output, run.errors);
    // A report breaks long lines, and draws a line before what follows.
    let joined: String = all.chars().filter(|c| !c.is_whitespace() && *c != '│').collect();
    assert!(joined.contains(shown), "{all}");
}

/// A document that says [`HOSTILE`] wherever that is allowed, and where it is wrong.
fn document() -> String {
    let hostile = quoted();
    PETS.replace("title: Pet Store", &format!("title: {hostile}\n  {hostile}: 1"))
        .replace("summary: Get a pet", &format!("summary: {hostile}"))
        .replace("operationId: getPet", &format!("operationId: {hostile}"))
        .replace("tags: [Pet]", &format!("tags: [{hostile}]"))
        .replace("type: object", &format!("type: {hostile}\n      $ref: {hostile}"))
}

#[test]
fn a_report_of_codegen() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, document()).unwrap();
    let spec = spec.to_str().unwrap();
    for arguments in [&["--spec", spec][..], &["--spec", spec, "--format", "json"]] {
        let run = codegen_into(&folder.path().join("out"), arguments);
        assert_eq!(run.exit, Exit::Failure);
        let shown = if arguments.len() == 2 { "owned\\u{7}" } else { "owned\\u0007" };
        assert_shown(&run, shown);
    }
}

/// The colours of a report are the only escape sequences, and none of the document's is among them.
#[test]
fn a_coloured_report() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, document().replace("title: \"", "title: \"\\u001b[31mred")).unwrap();
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut console =
        Console { output: &mut output, errors: &mut errors, colored: true, colored_output: false };
    xtask::run(["xtask", "list", "--spec", spec.to_str().unwrap()], &mut console);
    let out = folder.path().join("out");
    let arguments =
        ["xtask", "codegen", "--out", out.to_str().unwrap(), "--spec", spec.to_str().unwrap()];
    xtask::run(arguments, &mut console);
    let errors = String::from_utf8(errors).unwrap();
    assert!(errors.contains("\u{1b}[1m\u{1b}["), "it is coloured: {errors:?}");
    let mut parts = errors.split('\u{1b}');
    assert_printable(parts.next().unwrap());
    for part in parts {
        let (colour, rest) = part.strip_prefix('[').and_then(|part| part.split_once('m')).unwrap();
        assert!(colour.chars().all(|c| c.is_ascii_digit() || c == ';'), "{colour:?}");
        assert_printable(rest);
    }
}

#[test]
fn the_name_and_the_lines_of_a_broken_file() {
    let folder = tempfile::tempdir().unwrap();
    // A line break cannot be in every file's name.
    let name = HOSTILE.replace('/', "");
    let spec = folder.path().join(format!("{name}.yaml"));
    if fs::write(&spec, format!("a: [{HOSTILE}\nb: }}\n")).is_err() {
        return;
    }
    let spec = spec.to_str().unwrap();
    assert_shown(&codegen_into(&folder.path().join("out"), &["--spec", spec]), SHOWN);
    assert_shown(&xtask(&["list", "--spec", spec]), SHOWN);
    let missing = format!("{spec}.not-there");
    assert_shown(&xtask(&["list", "--spec", &missing]), SHOWN);
    assert_shown(&xtask(&["corpus", &missing]), SHOWN);
    assert_shown(&xtask(&["import", "--from", &missing, "--spec", &missing]), SHOWN);
}

#[test]
fn an_argument() {
    // clap takes out some of the escape sequences, so the rest is looked for.
    let (_, shown) = SHOWN.rsplit_once("[2J").unwrap();
    assert_shown(&xtask(&["list", HOSTILE]), shown);
    assert_shown(&xtask(&["list", "--format", HOSTILE]), shown);
    assert_shown(&xtask(&["list", "--tag", HOSTILE]), SHOWN);
}

#[test]
fn the_list_of_operations() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.json");
    let hostile = serde_json::to_string(HOSTILE).unwrap();
    let operation = format!(
        "{{\"tags\": [{hostile}], \"operationId\": {hostile}, \"summary\": \"a\\nb\", \"responses\": {{}}}}"
    );
    let text = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \
         \"paths\": {{\"/a\\nerror: forged\": {{\"get\": {operation}}}}}}}"
    );
    fs::write(&spec, text).unwrap();
    let spec = spec.to_str().unwrap();
    let run = xtask(&["list", "--spec", spec]);
    assert_shown(&run, SHOWN);
    assert_eq!(run.output.lines().count(), 1, "one line for one operation: {}", run.output);
    assert!(run.output.contains("/a\\nerror: forged"), "{}", run.output);

    let run = xtask(&["list", "--spec", spec, "--format", "json"]);
    assert_printable(&run.output);
    let list: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(list[0]["tags"][0], HOSTILE, "JSON means what the document says");
}

#[test]
fn the_table_of_a_corpus() {
    let folder = tempfile::tempdir().unwrap();
    let text = PETS.replace("openapi: 3.0.3", "openapi: \"3.0.3\u{1b}[2J\u{202e}\"");
    fs::write(folder.path().join("pets.yaml"), text).unwrap();
    let run = xtask(&["corpus", folder.path().to_str().unwrap()]);
    assert_shown(&run, "3.0.3\\u{1b}[2J\\u{202e}");
}

#[test]
fn what_was_imported() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let name = quoted();
    let from =
        write("from.yaml", &PETS.replace("operationId: getPet", &format!("operationId: {name}")));
    let into = write("into.yaml", "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n");
    let run = xtask(&["import", "--from", &from, "--spec", &into, "--dry-run"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert_shown(&run, SHOWN);
}

#[test]
fn an_overlay() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, PETS).unwrap();
    let overlay = folder.path().join("overlay.yaml");
    let text = format!(
        "overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n- {{target: {}, remove: true}}\n",
        quoted()
    );
    fs::write(&overlay, text).unwrap();
    let arguments = ["--spec", spec.to_str().unwrap(), "--overlay", overlay.to_str().unwrap()];
    assert_shown(&codegen_into(&folder.path().join("out"), &arguments), SHOWN);
}

#[test]
fn the_difference_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(codegen_into(folder.path(), &[]).exit, Exit::Success);
    let edit = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, format!("{text}// {HOSTILE}\n")).unwrap();
    };
    edit(&folder.path().join("src/lib.rs"));
    let run = codegen_into(folder.path(), &["--check"]);
    assert_shown(&run, &format!("-//{SHOWN}"));
}

#[test]
fn the_name_of_a_file_of_the_users() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(codegen_into(folder.path(), &[]).exit, Exit::Success);
    if fs::write(folder.path().join(HOSTILE), "theirs").is_ok() {
        assert_shown(&codegen_into(folder.path(), &[]), SHOWN);
    }
}
