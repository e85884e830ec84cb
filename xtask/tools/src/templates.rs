//! Generating with a user's own templates.
//!
//! Templates are compiled into the generator, which lets the compiler check them. So the generator is built anew with those
//! that differ, in a folder of the user's cache.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use codegen::suggest::did_you_mean;
use xtask::console::Console;
use xtask::{CodegenArguments, Exit, Problem, crates, program};

use crate::generator::Generator;
use crate::new::{manifest, write};

/// The parts of the generator that are built.
const PARTS: [&str; 4] = ["codegen", "docs/diagnostics.md", "templates", "xtask/base"];

/// Where the templates are among them.
const TEMPLATES: &str = "templates";

/// What a generated crate gets as it is: here a new file is no mistake.
const RUNTIME: &str = "runtime/src";

/// The files of a generator, by their paths.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Builds the generator with the templates of a folder, and has it generate.
///
/// # Errors
///
/// A file of the folder takes no template's place, there is no cargo, or no folder for a cache.
pub(crate) fn codegen(
    templates: &Path,
    arguments: &CodegenArguments,
    console: &mut Console<'_>,
) -> Result<Exit, Problem> {
    let files = with(&Generator::here(), templates)?;
    let cache = cache()?;
    let home = cache.join(name(templates));
    update(&home, &files)?;
    writeln!(
        console.errors,
        "The generator is built with the templates of {}.",
        templates.display()
    )?;
    let mut command = crates::cargo_itself();
    command.args(["run", "--quiet", "--profile", "tool", "--package", "xtask", "--manifest-path"]);
    command.arg(home.join("Cargo.toml")).arg("--target-dir").arg(cache.join("target"));
    command.args(["--", "codegen"]).args(arguments.words());
    command.env(program::CALLER, program::name());
    let status = command.status();
    let status = status.map_err(|error| Problem(format!("cargo cannot be started: {error}")))?;
    if status.success() {
        return Ok(Exit::Success);
    }
    if arguments.check {
        writeln!(
            console.errors,
            "Whatever is written needs `--templates {}`, too.",
            templates.display()
        )?;
    }
    Ok(Exit::Failure)
}

/// The generator's files, with those of the folder in the place of the templates.
fn with(generator: &Generator, folder: &Path) -> Result<Files, Problem> {
    let mut files = Files::new();
    for part in PARTS {
        files.extend(generator.files(part)?);
    }
    let manifest = manifest::of_generator(&generator.text("Cargo.toml")?)?;
    files.insert("Cargo.toml".into(), manifest.into_bytes());
    files.insert("Cargo.lock".into(), generator.text("Cargo.lock")?.into_bytes());
    let own = Generator::Folder(folder.to_owned()).files("")?;
    if own.is_empty() {
        return Err(Problem(format!("there are no templates in {}", folder.display())));
    }
    for (path, content) in own {
        let place = Path::new(TEMPLATES).join(&path);
        if !files.contains_key(&place) && !path.starts_with(RUNTIME) {
            let templates =
                files.keys().filter_map(|file| file.strip_prefix(TEMPLATES).ok()?.to_str());
            let help = did_you_mean(
                &path.to_string_lossy(),
                templates,
                "its path in that folder has to be one of templates/, such as api.rs.jinja",
            );
            let file = folder.join(path);
            return Err(Problem(format!(
                "{} takes the place of no template: {help}",
                file.display()
            )));
        }
        files.insert(place, content);
    }
    Ok(files)
}

/// Where generators with other templates are kept.
fn cache() -> Result<PathBuf, Problem> {
    let variable =
        |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| variable("HOME").map(|home| home.join(".cache")));
    let folder = folder.map(|folder| folder.join(concat!("cargo-sdk-", env!("CARGO_PKG_VERSION"))));
    folder.ok_or_else(|| {
        Problem(
            "there is no folder for a cache: set XDG_CACHE_HOME to one that can be written"
                .to_owned(),
        )
    })
}

/// What the generator with the templates of a folder is called in the cache: two folders are two generators.
fn name(templates: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    templates.canonicalize().unwrap_or_else(|_| templates.to_owned()).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Makes the folder hold the files and no others, but for what cargo makes. What is the same stays untouched, so that
/// cargo builds only what changed.
fn update(home: &Path, files: &Files) -> Result<(), Problem> {
    for (path, content) in files {
        let place = home.join(path);
        if fs::read(&place).ok().as_ref() != Some(content) {
            write(&place, content)?;
        }
    }
    for (path, _) in Generator::Folder(home.to_owned()).files("")? {
        // Cargo leaves out of it what this workspace does not need.
        if path != Path::new("Cargo.lock") && !files.contains_key(&path) {
            let place = home.join(path);
            fs::remove_file(&place).map_err(|error| {
                Problem(format!("{} cannot be removed: {error}", place.display()))
            })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_the_place_of_a_template() {
        let folder = tempfile::tempdir().unwrap();
        let problem = |folder: &Path| with(&Generator::here(), folder).unwrap_err().to_string();
        assert!(problem(folder.path()).contains("there are no templates in"));
        fs::write(folder.path().join("readme.md.jinja"), "mine").unwrap();
        fs::create_dir_all(folder.path().join("runtime/src/extra")).unwrap();
        fs::write(folder.path().join("runtime/src/extra/mod.rs"), "//! More.").unwrap();
        let files = with(&Generator::here(), folder.path()).unwrap();
        assert_eq!(files[Path::new("templates/readme.md.jinja")], b"mine");
        assert_eq!(files[Path::new("templates/runtime/src/extra/mod.rs")], b"//! More.");
        assert!(files[Path::new("templates/api.rs.jinja")].len() > 100, "the others are there");
        fs::write(folder.path().join("api_mods.rs.jinja"), "mine").unwrap();
        let message = problem(folder.path());
        assert!(message.ends_with("no template: did you mean `api_mod.rs.jinja`?"), "{message}");
        fs::remove_file(folder.path().join("api_mods.rs.jinja")).unwrap();
        fs::write(folder.path().join("extra.md.jinja"), "mine").unwrap();
        let message = problem(folder.path());
        assert!(message.contains("extra.md.jinja takes the place of no template"), "{message}");
    }

    #[test]
    fn what_is_the_same_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Files::from([("a/b".into(), b"1".to_vec()), ("c".into(), b"2".to_vec())]);
        update(folder.path(), &files).unwrap();
        let time = |path| fs::metadata(folder.path().join(path)).unwrap().modified().unwrap();
        let before = time("a/b");
        files.remove(Path::new("c"));
        update(folder.path(), &files).unwrap();
        assert_eq!(time("a/b"), before);
        assert!(!folder.path().join("c").exists());
    }
}
