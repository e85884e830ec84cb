//! Which paths may be generated.

use std::collections::BTreeMap;

use super::{Error, Files, MARKED_FILES};

/// What cargo makes in the folder of a crate.
const MADE_BY_CARGO: [&str; 2] = ["target", "Cargo.lock"];

/// The folders that cargo may work in: that of the crate, and that of the command line in it, a package of its own.
const PACKAGES: [&str; 2] = ["", "cli/"];

/// How the names of files begin that have the text of a licence, or what it demands.
const LICENCES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];

/// Whether the entry `name` of a generated folder belongs to somebody else: hidden, or, in the folder of a package, made by
/// cargo or the licence that its owner chose. `prefix` is the way there, with `/` behind each folder.
pub(super) fn is_left_alone(name: &str, prefix: &str) -> bool {
    let is_of_package = || MADE_BY_CARGO.contains(&name) || is_licence(name);
    name.starts_with('.') || (PACKAGES.contains(&prefix) && is_of_package())
}

/// Whether a file is a licence by its name, such as `LICENSE`, `LICENSE-MIT` or `NOTICE.txt`.
fn is_licence(name: &str) -> bool {
    let stem = name.split(['.', '-']).next().unwrap_or_default();
    LICENCES.contains(&stem)
}

/// Checks that `files` can be a folder on every platform, and one that this generator finds again.
///
/// # Errors
///
/// The first path that is no plain relative one, two paths that differ in case only, or the lack of a
/// file that tells a generated folder.
pub(super) fn check(files: &Files) -> Result<(), Error> {
    let mut by_folded_path = BTreeMap::new();
    for path in files.keys() {
        check_path(path)?;
        if let Some(first) = by_folded_path.insert(path.to_ascii_lowercase(), path) {
            return Err(Error::SamePath { first: first.clone(), second: path.clone() });
        }
    }
    for path in MARKED_FILES {
        if !files.contains_key(path) {
            return Err(Error::Missing { path });
        }
    }
    Ok(())
}

fn check_path(path: &str) -> Result<(), Error> {
    let parts = path.split('/').scan(0, |start, name| {
        let prefix = path.get(..*start).unwrap_or_default();
        *start += name.len() + 1;
        Some((prefix, name))
    });
    let problem = parts.into_iter().find_map(|(prefix, name)| problem_of(name, prefix));
    match problem {
        Some(problem) => Err(Error::Path { path: path.to_owned(), problem }),
        None => Ok(()),
    }
}

/// An allow-list, so that no document can make a name that means something to a shell, to a
/// terminal or to the file system (`..`, `C:`, a NUL).
fn problem_of(name: &str, prefix: &str) -> Option<&'static str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.is_empty() {
        Some("a part of it is empty")
    } else if !name.chars().all(allowed) {
        Some("it may hold only ASCII letters, digits, `_`, `-` and `.`")
    } else if name.ends_with('.') {
        Some("a part of it ends in a dot")
    } else if is_left_alone(name, prefix) {
        Some("hidden files, licences, `target` and `Cargo.lock` are not the generator's")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Files {
        let mut files: Files = paths.iter().map(|&path| (path.to_owned(), String::new())).collect();
        for path in MARKED_FILES {
            files.insert(path.to_owned(), String::new());
        }
        files
    }

    #[test]
    fn plain_relative_paths_pass() {
        assert!(check(&files(&["docs/SessionApi.md", "src/api/a-b_2.rs"])).is_ok());
        assert!(check(&files(&["src/target/Cargo.lock", "src/LICENSE", "LICENSES.md"])).is_ok());
    }

    #[test]
    fn paths_that_leave_the_folder_or_hide_in_it_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../outside.rs",
            "src/../../outside.rs",
            "src//lib.rs",
            "src/./lib.rs",
            "src\\lib.rs",
            "C:/lib.rs",
            "src/a b.rs",
            "src/\u{e9}.rs",
            "src/nul\0.rs",
            "src/$(id).rs",
            "src/line\nbreak.rs",
            "src/dot.",
            ".gitignore",
            "src/.hidden/lib.rs",
            "target/lib.rs",
            "Cargo.lock",
            "cli/target/main.rs",
            "cli/Cargo.lock",
            "LICENSE",
            "LICENSE-MIT",
            "cli/NOTICE.md",
        ] {
            let error = check(&files(&[path])).expect_err(path);
            assert!(matches!(&error, Error::Path { path: named, .. } if named == path), "{error}");
        }
    }

    #[test]
    fn paths_that_differ_in_case_only_are_refused() {
        let error = check(&files(&["docs/User.md", "docs/user.md"])).expect_err("one file");
        assert!(error.to_string().contains("`docs/User.md` and `docs/user.md`"));
    }

    #[test]
    fn what_tells_a_generated_folder_is_demanded() {
        let mut lacking = files(&[]);
        lacking.remove("src/lib.rs");
        let error = check(&lacking).expect_err("there is no src/lib.rs");
        assert!(matches!(error, Error::Missing { path: "src/lib.rs" }));
    }
}
