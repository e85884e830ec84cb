//! The pages at the root of the repository hold true as the code moves: their links lead somewhere,
//! and the worked example of CONTRIBUTING.md works.

use std::collections::BTreeSet;
use std::fs;

use sdk_tests::command::codegen_into;
use sdk_tests::folder::workspace;
use xtask::Exit;

/// The pages, each with links relative to the root of the repository.
const PAGES: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

fn page(name: &str) -> String {
    fs::read_to_string(workspace().join(name)).unwrap()
}

/// The lines outside of code blocks.
fn prose(text: &str) -> Vec<&str> {
    let mut in_code = false;
    let is_prose = |line: &&str| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !is_fence && !in_code
    };
    text.lines().filter(is_prose).collect()
}

/// The code block of that language in the section of that heading.
fn block<'t>(text: &'t str, heading: &str, language: &str) -> &'t str {
    let (_, section) = text.split_once(&format!("\n{heading}\n")).expect("the heading is there");
    let (_, block) = section.split_once(&format!("\n```{language}\n")).expect("the block is there");
    block.split_once("```\n").expect("the block has an end").0
}

/// The targets of the links in a text, such as `ARCHITECTURE.md#lower`.
fn links(text: &str) -> BTreeSet<String> {
    let lines = prose(text).into_iter();
    let targets = lines.flat_map(|line| line.split("](").skip(1).map(|rest| rest.split_once(')')));
    let targets = targets.map(|target| target.expect("a link has an end").0);
    targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// The anchors that GitHub gives the headings of a text.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).into_iter().filter(|line| line.starts_with('#'));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    headings
        .map(|heading| heading.trim_start_matches('#').trim().to_lowercase())
        .map(|heading| heading.chars().filter(kept).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    for name in PAGES {
        let links = links(&page(name));
        assert!(!links.is_empty(), "no link was found in {name}");
        for link in links {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let file = if file.is_empty() { name } else { file };
            let exists = workspace().join(file).exists();
            if !exists || !anchor.is_empty() && !anchors(&page(file)).contains(anchor) {
                broken.push(format!("{name}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "these links lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn every_key_of_the_configuration_is_explained() {
    let explained = page("ARCHITECTURE.md");
    let table: toml::Table = page("spec/sdk.toml").parse().unwrap();
    for (section, value) in &table {
        assert!(explained.contains(&format!("| `{section}")), "{section} is not in the table");
        let keys = value.as_table().into_iter().flat_map(|table| table.keys());
        // Below `security` stand the names of the document's schemes.
        for key in keys.filter(|_| section != "security") {
            let words = [format!("`{section}.{key}"), format!("`.{key}`")];
            let is_there = words.iter().any(|word| explained.contains(word));
            assert!(is_there, "{section}.{key} is not in the table");
        }
    }
}

#[test]
fn the_worked_example_makes_the_method_that_it_promises() {
    let contributing = page("CONTRIBUTING.md");
    let endpoint = block(&contributing, "## Add an endpoint", "yaml");
    let place = "  /api/v1/sessions/{sessionId}:\n";
    let document = page("spec/okta.yaml");
    assert_eq!(document.matches(place).count(), 1);
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("okta.yaml");
    fs::write(&spec, document.replace(place, &format!("{endpoint}{place}"))).unwrap();
    let out = folder.path().join("sdk");

    let run = codegen_into(&out, &["--spec", spec.to_str().unwrap(), "--deny-warnings"]);

    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains(" 5 operations, "), "{}", run.output);
    let api = fs::read_to_string(out.join("src/api/session.rs")).unwrap();
    assert!(api.contains("get_current_session"), "{api}");
    let test = block(&contributing, "## Add an endpoint", "rust");
    assert!(test.contains(".get_current_session("), "the example calls another method");
}
