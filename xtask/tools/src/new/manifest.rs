//! The manifest of the workspace: this one's, without what only this repository has.

use toml::{Table, Value};
use xtask::Problem;

/// The packages of the new workspace.
const MEMBERS: [&str; 10] = [
    "codegen",
    "codegen/texts",
    "generated",
    "templates/runtime",
    "tests",
    "tests/proof",
    "xtask",
    "xtask/base",
    "xtask/site",
    "xtask/tools",
];

/// The packages of a workspace that only generates.
const GENERATOR: [&str; 4] = ["codegen", "codegen/texts", "templates/runtime", "xtask/base"];

/// The manifest of a repository whose document is at a path, made of the text of this one's.
///
/// # Errors
///
/// A manifest that is written in another way than this repository's.
pub(super) fn manifest(text: &str, spec_file: &str) -> Result<String, Problem> {
    let tested = "# What `cargo test` is about: the crate. `--workspace` is about the generator, too.\ndefault-members = [\"generated\", \"tests\"]";
    workspace(text, &MEMBERS, tested, &codegen(spec_file))
}

/// The manifest of a workspace with the generator alone, made of the text of this one's.
///
/// # Errors
///
/// A manifest that is written in another way than this repository's.
pub(crate) fn of_generator(text: &str) -> Result<String, Problem> {
    workspace(text, &GENERATOR, "", "[workspace.metadata]\ncodegen = []")
}

fn workspace(text: &str, members: &[&str], more: &str, crates: &str) -> Result<String, Problem> {
    let mut kept: Vec<String> = Vec::new();
    let mut section = "";
    for paragraph in text.trim_end().split("\n\n") {
        let heading = paragraph.lines().find(|line| line.starts_with('['));
        section = heading.unwrap_or(section);
        match section {
            "[workspace]" => kept.push(format!("{}{more}", head(members))),
            "[workspace.dependencies]" => kept.push(dependencies(paragraph, members)),
            "[[workspace.metadata.codegen]]" => {
                if !kept.iter().any(|it| it == crates) {
                    kept.push(crates.to_owned());
                }
            }
            _ => kept.push(paragraph.to_owned()),
        }
    }
    let manifest = format!("{}\n", kept.join("\n\n"));
    check(&manifest)?;
    Ok(manifest)
}

/// The beginning of the manifest.
fn head(members: &[&str]) -> String {
    let members: Vec<String> = members.iter().map(|it| format!("    \"{it}\",\n")).collect();
    format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n", members.concat())
}

/// The dependencies without the crates of this repository's own tests, and others that are not there.
fn dependencies(paragraph: &str, members: &[&str]) -> String {
    let is_kept = |line: &&str| {
        let path = line.split_once("path = \"").and_then(|(_, path)| path.split('"').next());
        path.is_none_or(|path| members.contains(&path) && path != "generated")
    };
    paragraph.lines().filter(is_kept).collect::<Vec<_>>().join("\n")
}

fn codegen(spec_file: &str) -> String {
    format!(
        "# The crate that `cargo xtask codegen` makes, and `cargo xtask codegen --check` checks.\n\
         [[workspace.metadata.codegen]]\nspec = {}\nconfig = \"spec/sdk.toml\"\nout = \"generated\"",
        Value::String(spec_file.to_owned())
    )
}

fn check(manifest: &str) -> Result<(), Problem> {
    let wrong = |what: &str| Problem(format!("the manifest of the workspace {what}"));
    let table: Table = manifest.parse().map_err(|error| wrong(&format!("is no TOML: {error}")))?;
    let workspace = table.get("workspace").and_then(Value::as_table);
    for key in ["members", "dependencies", "metadata", "package"] {
        if workspace.is_none_or(|workspace| !workspace.contains_key(key)) {
            return Err(wrong(&format!("lacks `workspace.{key}`")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_this_repository_has_is_left_out() {
        let own = include_str!("../../../../Cargo.toml");
        let manifest: Table = manifest(own, "spec/pets.yaml").unwrap().parse().unwrap();
        let workspace = manifest["workspace"].as_table().unwrap();
        let crates = workspace["metadata"]["codegen"].as_array().unwrap();
        assert_eq!(crates.len(), 1);
        assert_eq!(crates[0]["spec"].as_str(), Some("spec/pets.yaml"));
        assert!(!workspace.contains_key("exclude"));
        let before: Table = own.parse().unwrap();
        let dependencies = workspace["dependencies"].as_table().unwrap();
        assert!(dependencies.len() > 15, "the dependencies of the generator are there");
        let paths = dependencies.values().filter_map(|it| it.get("path")?.as_str());
        assert!(paths.into_iter().all(|path| MEMBERS.contains(&path) && path != "generated"));
        assert_eq!(manifest["profile"], before["profile"]);
        assert_eq!(workspace["lints"], before["workspace"]["lints"]);
    }

    #[test]
    fn a_generator_alone_is_one() {
        let own = include_str!("../../../../Cargo.toml");
        let manifest: Table = of_generator(own).unwrap().parse().unwrap();
        let workspace = manifest["workspace"].as_table().unwrap();
        assert_eq!(workspace["members"].as_array().unwrap().len(), GENERATOR.len());
        assert_eq!(workspace["metadata"]["codegen"].as_array().unwrap().len(), 0);
        assert!(workspace["dependencies"].get("tools").is_none());
        assert!(workspace["dependencies"].get("xtask").is_some());
    }

    #[test]
    fn it_can_be_made_of_one_that_was_made() {
        let once = manifest(include_str!("../../../../Cargo.toml"), "spec/pets.yaml").unwrap();
        assert_eq!(manifest(&once, "spec/pets.yaml").unwrap(), once);
    }
}
