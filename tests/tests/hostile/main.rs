//! No text of a document becomes anything but a text, wherever it stands.
//!
//! Each text of a hostile list is put into every place of a document that holds a string, one at a time and in all
//! places at once. The crate has to be the same as with a harmless text in the same place, but for names and literals:
//! the same items, files, keys of the manifest and doctests. `cargo test -p sdk-tests --test hostile` tries a part of
//! the places, `-- --ignored` all of them, and lists and runs the doctests of the crate.

mod doctests;
mod file_names;
mod positions;
mod skeleton;
mod texts;

use std::fs;
use std::panic;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use codegen::diagnostics::Diagnostics;
use codegen::output::Files;
use codegen::{Generated, Options};
use positions::Position;
use sdk_tests::folder::workspace;
use serde_json::Value;
use skeleton::Skeleton;
use texts::{HARMLESS, TEXTS};

/// The document with every construct.
fn document() -> Value {
    let path = workspace().join("tests/features/openapi.yaml");
    let loaded = codegen::load::load(&path, &mut Diagnostics::new());
    loaded.expect("the document is in the repository").root
}

/// Generates in memory. Without an error there is a crate.
fn generate(document: &Value, path: &Path) -> Result<Files, Vec<String>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).expect("a temporary folder can be written");
    }
    fs::write(path, document.to_string()).expect("a temporary folder can be written");
    let options = Options {
        spec: path.to_owned(),
        name: Some("hostile-sdk".to_owned()),
        tests: true,
        ..Options::default()
    };
    let mut diagnostics = Diagnostics::new();
    let generated = codegen::generate(&options, &mut diagnostics);
    let places = || diagnostics.iter().filter_map(|it| it.pointer.clone()).collect();
    match generated {
        Some(Generated { files, .. }) if !diagnostics.has_errors() => Ok(files),
        _ => Err(places()),
    }
}

/// The shape of the crate; none where the document is refused.
fn shape(document: &Value, path: &Path) -> Result<Option<Skeleton>, String> {
    match panic::catch_unwind(|| generate(document, path)) {
        Ok(Ok(files)) => skeleton::of(&files).map(Some),
        Ok(Err(_)) => Ok(None),
        Err(_) => Err("a panic".to_owned()),
    }
}

/// Tries texts in places, one at a time, on all cores; gives how many crates came out, and what is wrong.
fn one_at_a_time(tries: &[(&Position, usize)]) -> (usize, Vec<String>) {
    let document = document();
    let next = AtomicUsize::new(0);
    let worker = || {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let path = folder.path().join("openapi.json");
        let mut harmless: Option<(&Position, Result<Option<Skeleton>, String>)> = None;
        let (mut crates, mut faults) = (0, Vec::new());
        while let Some((position, text)) = tries.get(next.fetch_add(1, Ordering::Relaxed)) {
            let with = |text: &str| positions::with(&document, [(*position, text.to_owned())]);
            if harmless.as_ref().is_none_or(|(known, _)| known != position) {
                harmless = Some((position, shape(&with(HARMLESS), &path)));
            }
            let expected = harmless.as_ref().map(|(_, shape)| shape);
            let found = shape(&with(TEXTS[*text].text), &path);
            crates += usize::from(matches!(found, Ok(Some(_))));
            if let Some(fault) = fault(expected, &found) {
                faults.push(format!("{} in {position:?}: {fault}", TEXTS[*text].name));
            }
        }
        (crates, faults)
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let mut all = (0, Vec::new());
        for done in workers {
            let (crates, faults) = done.join().expect("a worker does not panic");
            all.0 += crates;
            all.1.extend(faults);
        }
        all
    })
}

/// What is wrong with a crate, where something is. A document that is refused is no danger.
fn fault(
    expected: Option<&Result<Option<Skeleton>, String>>,
    found: &Result<Option<Skeleton>, String>,
) -> Option<String> {
    match (expected, found) {
        (_, Err(fault)) => Some(fault.clone()),
        (Some(Ok(Some(expected))), Ok(Some(found))) => difference(expected, found),
        _ => None,
    }
}

/// The first difference between two crates.
fn difference(expected: &Skeleton, found: &Skeleton) -> Option<String> {
    if expected.tests != found.tests {
        return Some(format!("doctests {:?} in place of {:?}", found.tests, expected.tests));
    }
    if expected.manifest != found.manifest {
        return Some(format!("manifest {:?} in place of {:?}", found.manifest, expected.manifest));
    }
    let folder =
        expected.sources.keys().find(|it| expected.sources.get(*it) != found.sources.get(*it))?;
    let (old, new) = (&expected.sources[folder], found.sources.get(folder));
    let Some(new) = new else { return Some(format!("nothing in {folder}")) };
    let pair = old.iter().zip(new).find(|(old, new)| old != new);
    let Some((old, new)) = pair else { return Some(format!("{} files in {folder}", new.len())) };
    let start = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    let part = |text: &str| text[start.saturating_sub(40)..(start + 60).min(text.len())].to_owned();
    Some(format!("in {folder}, {} in place of {}", part(new), part(old)))
}

/// The places that a text can be put into all at once, and the crate that a harmless one gives there.
fn free_positions(path: &Path) -> (Vec<Position>, Skeleton) {
    let document = document();
    let mut free: Vec<Position> = positions::all(&document);
    free.retain(|position| !is_structure(position));
    for _ in 0..200 {
        let texts = free.iter().enumerate().map(|(index, it)| (it, numbered(HARMLESS, index)));
        match generate(&positions::with(&document, texts), path) {
            Ok(files) => return (free, skeleton::of(&files).expect("a harmless text is harmless")),
            Err(places) => {
                let before = free.len();
                free.retain(|it| !places.iter().any(|place| concerns(place, it)));
                assert!(free.len() < before, "no place is to blame: {places:?}");
            }
        }
    }
    panic!("no set of places takes a harmless text")
}

/// Names of OpenAPI's own, without which there is no document.
fn is_structure(position: &Position) -> bool {
    let last = position.pointer.rsplit('/').next().unwrap_or_default();
    let is_keyword = !position.pointer.contains("properties/")
        && !position.pointer.starts_with("/components/schemas/")
        || ["type", "properties", "$ref", "format"].contains(&last);
    let is_word = ["type", "$ref", "in", "style", "openapi", "required", "url", "propertyName"];
    (position.is_name && is_keyword && !is_named_by_the_author(&position.pointer))
        || (!position.is_name && is_word.contains(&last))
        || position.pointer.contains("/required/")
}

/// Names that the author of a document chooses.
fn is_named_by_the_author(pointer: &str) -> bool {
    let parts: Vec<&str> = pointer.split('/').collect();
    let parent = parts.len().checked_sub(2).map_or("", |index| parts[index]);
    let maps =
        ["schemas", "properties", "securitySchemes", "examples", "headers", "scopes", "encoding"];
    maps.contains(&parent)
}

/// Whether a diagnostic's place is that of a position, below it or right above.
fn concerns(place: &str, position: &Position) -> bool {
    let parent = position.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    place.starts_with(parent) || position.pointer.starts_with(place)
}

/// The text, told from the same text in other places.
fn numbered(text: &str, index: usize) -> String {
    format!("{text} {index}")
}

#[test]
fn no_text_changes_the_items_of_a_crate() {
    let document = document();
    let positions = positions::all(&document);
    // Every text, and every place, at least once.
    let stride = (positions.len() / 50).max(1);
    let places = positions.iter().step_by(stride);
    let tries: Vec<_> =
        places.enumerate().map(|(index, place)| (place, index * 7 % TEXTS.len())).collect();
    let (crates, faults) = one_at_a_time(&tries);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(crates * 2 > tries.len(), "{crates} crates of {} tries", tries.len());
}

#[test]
#[ignore = "takes an hour of a processor; run it in release mode"]
fn no_text_changes_the_items_of_a_crate_anywhere() {
    let document = document();
    let positions = positions::all(&document);
    let tries: Vec<_> =
        positions.iter().flat_map(|it| (0..TEXTS.len()).map(move |text| (it, text))).collect();
    let (crates, faults) = one_at_a_time(&tries);
    println!("{} places, {} texts, {crates} crates", positions.len(), TEXTS.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_text_in_all_places_at_once_changes_the_items_of_a_crate() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.json");
    let (free, expected) = free_positions(&path);
    assert!(free.len() > 300, "{} places", free.len());
    let document = document();
    let mut faults = Vec::new();
    for text in TEXTS {
        let texts = free.iter().enumerate().map(|(index, it)| (it, numbered(text.text, index)));
        match shape(&positions::with(&document, texts), &path) {
            Err(fault) => faults.push(format!("{}: {fault}", text.name)),
            Ok(Some(found)) => faults.extend(
                difference(&expected, &found).map(|fault| format!("{}: {fault}", text.name)),
            ),
            Ok(None) => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
