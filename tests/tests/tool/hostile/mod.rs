//! No text of a document becomes anything but a text, wherever it stands.
//!
//! Each text of a hostile list is put into every place of a document that holds a string, one at a time and in all
//! places at once. The crate has to be the same as with a harmless text in the same place, but for names and literals:
//! the same items, files, keys of the manifest and doctests. `cargo test -p sdk-tests --test tool hostile` tries a part
//! of the places, `-- --ignored` all of them, and lists and runs the doctests of the crate.

mod doctests;
mod file_names;
mod positions;
mod skeleton;
mod texts;

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use codegen::diagnostics::Diagnostics;
use codegen::output::{Files, update};
use codegen::{Generated, Options};
use positions::Position;
use sdk_tests::folder::workspace;
use serde_json::Value;
use skeleton::{Reader, Skeleton};
use tempfile::TempDir;
use texts::{HARMLESS, TEXTS};

/// The document with every construct.
fn document() -> Value {
    let path = workspace().join("tests/features/openapi.yaml");
    let loaded = codegen::load::load(&path, &mut Diagnostics::new());
    loaded.expect("the document is in the repository").root
}

/// Where crates are made whose documents are alike. What is as in the crate of the document as it stands is not checked
/// and not read a second time.
struct Workplace {
    folder: TempDir,
    reader: Reader,
}

impl Workplace {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        // With a command line, in whose data the texts stand, too.
        let configuration = folder.path().join("sdk.toml");
        fs::write(configuration, "[cli]\n").expect("a temporary folder can be written");
        let mut workplace = Self { folder, reader: Reader::default() };
        let files = workplace.generate(&document()).expect("the document has no error");
        workplace.reader.read(&files).expect("the document is harmless");
        update(&files, &workplace.written()).expect("a temporary folder can be written");
        workplace
    }

    fn written(&self) -> PathBuf {
        self.folder.path().join("written")
    }

    /// Generates in memory. Without an error there is a crate; else the places of the problems.
    fn generate(&self, document: &Value) -> Result<Files, Vec<String>> {
        let spec = self.folder.path().join("openapi.json");
        fs::write(&spec, document.to_string()).expect("a temporary folder can be written");
        let options = Options {
            spec,
            config: Some(self.folder.path().join("sdk.toml")),
            name: Some("hostile-sdk".to_owned()),
            tests: true,
            written: Some(self.written()),
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

    fn outcome(&mut self, document: &Value) -> Outcome {
        match panic::catch_unwind(AssertUnwindSafe(|| self.generate(document))) {
            Ok(Ok(files)) => self.reader.read(&files).map_or_else(Outcome::Fault, Outcome::Crate),
            Ok(Err(places)) => Outcome::Refusal(places),
            Err(_) => Outcome::Fault("a panic".to_owned()),
        }
    }
}

/// Places that are tried together, and for each round the texts that they get, by their index.
struct Group<'a> {
    places: Vec<&'a Position>,
    rounds: Vec<Vec<usize>>,
}

/// What becomes of a document.
enum Outcome {
    /// A crate of that shape.
    Crate(Skeleton),
    /// An error, which is no danger, and the places that it names.
    Refusal(Vec<String>),
    /// What no document may bring about.
    Fault(String),
}

/// What tries groups, one after the other.
struct Worker {
    document: Value,
    workplace: Workplace,
    crates: usize,
    faults: Vec<String>,
}

impl Worker {
    fn new() -> Self {
        Self { document: document(), workplace: Workplace::new(), crates: 0, faults: Vec::new() }
    }

    /// Tries the places together that take harmless words, and each of the others alone.
    fn work(&mut self, group: &Group<'_>) {
        let alone: Vec<Outcome> =
            group.places.iter().map(|place| self.outcome(&[place], &[None])).collect();
        let indexes = 0..group.places.len();
        let (free, others): (Vec<_>, Vec<_>) =
            indexes.partition(|index| matches!(alone[*index], Outcome::Crate(_)));
        let others = others.into_iter().map(|index| vec![index]);
        for part in others.chain([free]).filter(|part| !part.is_empty()) {
            let places: Vec<_> = part.iter().map(|index| group.places[*index]).collect();
            let made;
            let harmless = match part.as_slice() {
                [index] => &alone[*index],
                _ => {
                    made = self.outcome(&places, &vec![None; places.len()]);
                    &made
                }
            };
            for texts in &group.rounds {
                let texts: Vec<_> = part.iter().map(|index| Some(texts[*index])).collect();
                self.round(&places, &texts, harmless);
            }
        }
    }

    /// Makes the crate with a text in each place, or with harmless words.
    fn outcome(&mut self, places: &[&Position], texts: &[Option<usize>]) -> Outcome {
        let texts = places.iter().zip(texts).enumerate().map(|(index, (place, text))| {
            let text = text.map(|text| TEXTS[text].text);
            let text = text.filter(|text| {
                !positions::is_taken(&self.document, place, text)
                    && !positions::has_meaning(&self.document, place, text)
            });
            (*place, text.map_or_else(|| numbered(HARMLESS, index), str::to_owned))
        });
        self.workplace.outcome(&positions::with(&self.document, texts))
    }

    /// Tries texts together. Those that a refusal is about are tried alone, beside harmless words, and where it is not
    /// plain which these are, or there is a fault, one half after the other.
    fn round(&mut self, places: &[&Position], texts: &[Option<usize>], harmless: &Outcome) {
        let tried: Vec<usize> = (0..texts.len()).filter(|index| texts[*index].is_some()).collect();
        let only = |worker: &mut Self, part: &[usize]| {
            let kept =
                |(index, text): (usize, &Option<usize>)| text.filter(|_| part.contains(&index));
            let texts: Vec<_> = texts.iter().enumerate().map(kept).collect();
            worker.round(places, &texts, harmless);
        };
        let (first, second) = tried.split_at(tried.len() / 2);
        let fault = match self.outcome(places, texts) {
            Outcome::Refusal(_) if tried.len() == 1 => return,
            Outcome::Refusal(named) => {
                let is_named = |index: &usize| named.iter().any(|it| concerns(it, places[*index]));
                let (named, others): (Vec<_>, Vec<_>) = tried.iter().copied().partition(is_named);
                if named.is_empty() || others.is_empty() {
                    only(self, first);
                    only(self, second);
                } else {
                    named.iter().for_each(|index| only(self, &[*index]));
                    only(self, &others);
                }
                return;
            }
            Outcome::Crate(found) => match harmless {
                Outcome::Crate(expected) => difference(expected, &found),
                _ => None,
            },
            Outcome::Fault(fault) => Some(fault),
        };
        let Some(fault) = fault else {
            self.crates += tried.len();
            return;
        };
        let faults = self.faults.len();
        if tried.len() > 1 {
            only(self, first);
            only(self, second);
        }
        if self.faults.len() == faults {
            let text = |index: usize| (TEXTS[texts[index].unwrap_or_default()].name, places[index]);
            let tried: Vec<_> = tried.into_iter().map(text).collect();
            self.faults.push(format!("{tried:?}: {fault}"));
        }
    }
}

/// Tries groups on all cores; gives how many texts became a part of a crate, and what is wrong.
fn try_all(groups: &[Group<'_>]) -> (usize, Vec<String>) {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut worker = Worker::new();
        while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
            worker.work(group);
        }
        (worker.crates, worker.faults)
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = (0, Vec::new());
        for done in workers {
            let (crates, faults) = done.join().expect("a worker does not panic");
            all.0 += crates;
            all.1.extend(faults);
        }
        all
    })
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
fn free_positions(workplace: &Workplace) -> (Vec<Position>, Skeleton) {
    let document = document();
    let mut free: Vec<Position> = positions::all(&document);
    free.retain(|position| !is_structure(position));
    for _ in 0..200 {
        let texts = free.iter().enumerate().map(|(index, it)| (it, numbered(HARMLESS, index)));
        match workplace.generate(&positions::with(&document, texts)) {
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
    let alone = |(index, place): (usize, _)| Group {
        places: vec![place],
        rounds: vec![vec![index * 7 % TEXTS.len()]],
    };
    let groups: Vec<_> = positions.iter().step_by(stride).enumerate().map(alone).collect();
    let (crates, faults) = try_all(&groups);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(crates * 2 > groups.len(), "{crates} crates of {} tries", groups.len());
}

/// How many places have a text at a time where every text is tried in every place. Alone, each takes hours.
const AT_A_TIME: usize = 8;

#[test]
#[ignore = "takes half an hour of a processor; run it in release mode"]
fn no_text_changes_the_items_of_a_crate_anywhere() {
    let document = document();
    let positions = positions::all(&document);
    // Places that stand together in the document are not in one group.
    let stride = positions.len().div_ceil(AT_A_TIME);
    let groups: Vec<_> = (0..stride)
        .map(|first| with_every_text(positions.iter().skip(first).step_by(stride).collect()))
        .collect();
    let (crates, faults) = try_all(&groups);
    println!("{} places, {} texts, {crates} in a crate", positions.len(), TEXTS.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Each place gets each text once, and no two places the same one at a time.
fn with_every_text(places: Vec<&Position>) -> Group<'_> {
    let rounds = (0..TEXTS.len())
        .map(|round| (0..places.len()).map(|place| (round + place * 7) % TEXTS.len()).collect())
        .collect();
    Group { places, rounds }
}

#[test]
fn no_text_in_all_places_at_once_changes_the_items_of_a_crate() {
    let mut workplace = Workplace::new();
    let (free, expected) = free_positions(&workplace);
    assert!(free.len() > 300, "{} places", free.len());
    let document = document();
    let mut faults = Vec::new();
    for text in TEXTS {
        let texts = free.iter().enumerate().map(|(index, it)| (it, numbered(text.text, index)));
        let fault = match workplace.outcome(&positions::with(&document, texts)) {
            Outcome::Fault(fault) => Some(fault),
            Outcome::Crate(found) => difference(&expected, &found),
            Outcome::Refusal(_) => None,
        };
        faults.extend(fault.map(|fault| format!("{}: {fault}", text.name)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
