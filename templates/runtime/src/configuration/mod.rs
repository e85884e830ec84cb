//! The configuration of a client outside the program: files and environment variables.

mod apply;
pub(crate) mod yaml;

use std::env;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::settings::{ConfigurationSources, ConfigurationValue};
use super::shown::Shown;
use crate::settings::SETTINGS;

/// Names of more bytes are compared with no other.
const MAX_NAME: usize = 64;

/// The configuration of a client outside the program. `Debug` never shows a value.
///
/// What is read later counts more than what was read before, and what the program sets
/// with the methods of [`ClientBuilder`](crate::ClientBuilder) counts most. Settings that are
/// known to be another program's are passed over. An unknown key and a value that cannot be are errors of
/// [`ClientBuilder::build`](crate::ClientBuilder::build), which name their source.
#[derive(Clone)]
#[must_use = "a configuration has an effect once a client's builder has it"]
pub struct Configuration {
    sources: &'static ConfigurationSources,
    entries: Vec<Entry>,
    problems: Vec<String>,
}

/// A value and where it stands.
#[derive(Clone)]
struct Entry {
    value: ConfigurationValue,
    text: SecretString,
    source: String,
}

impl Configuration {
    /// A configuration without any value.
    pub fn empty() -> Self {
        Self { sources: &SETTINGS.configuration, entries: Vec::new(), problems: Vec::new() }
    }

    /// Reads, in rising order of precedence, the file in the home directory, the file in
    /// the working directory, and the environment variables. A file that does not exist
    /// is no error.
    pub fn read() -> Self {
        let mut configuration = Self::empty();
        let sources = configuration.sources;
        if let (Some(home), false) = (env::home_dir(), sources.home_file.is_empty()) {
            configuration.add_file(&home.join(sources.home_file), true);
        }
        if !sources.directory_file.is_empty() {
            configuration.add_file(Path::new(sources.directory_file), true);
        }
        configuration.environment(env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        }))
    }

    /// Reads a YAML file, which must exist.
    pub fn file(mut self, path: impl AsRef<Path>) -> Self {
        self.add_file(path.as_ref(), false);
        self
    }

    /// Reads environment variables: those whose name begins as this SDK's do. An empty
    /// one counts as not set.
    pub fn environment(mut self, variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let prefix = self.sources.environment_prefix;
        if prefix.is_empty() {
            return self;
        }
        for (name, value) in variables {
            let Some(rest) = name.strip_prefix(prefix) else { continue };
            let source = format!("environment variable {}", Shown(&name));
            let key = self.sources.keys.iter().find(|key| variable_name(key.name) == rest);
            match key {
                None if self.is_foreign(rest, "_", variable_name) => {}
                None => self.problems.push(format!(
                    "{source}: there is no such setting{}",
                    self.suggestion(rest, variable_name)
                )),
                Some(_) if value.is_empty() => {}
                Some(key) => self.set(key.value, value, source),
            }
        }
        self
    }

    fn add_file(&mut self, path: &Path, may_be_missing: bool) {
        let source = path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if may_be_missing && cause.kind() == ErrorKind::NotFound => return,
            Err(cause) => return self.problems.push(format!("{source}: {cause}")),
        };
        match yaml::read(&text) {
            Ok(document) => self.add_root(&document, &source),
            Err(fault) => self.problems.push(format!("{source}: {fault}")),
        }
    }

    /// Goes down to where the configuration is within a document.
    fn add_root(&mut self, document: &Value, source: &str) {
        let mut value = document;
        let mut path = String::new();
        for key in self.sources.root {
            let members = match value {
                Value::Null => return,
                Value::Object(members) => members,
                _ => return self.not_keys(source, &path),
            };
            for other in members.keys().filter(|other| other != key) {
                self.unknown(source, &path, other);
            }
            path.push_str(key);
            path.push('.');
            value = members.get(*key).unwrap_or(&Value::Null);
        }
        match value {
            Value::Null => {}
            Value::Object(members) => self.add_members(members, source, &path, ""),
            _ => self.not_keys(source, &path),
        }
    }

    fn add_members(
        &mut self,
        members: &Map<String, Value>,
        source: &str,
        root: &str,
        parents: &str,
    ) {
        for (name, value) in members {
            let name = format!("{parents}{name}");
            let key = self.sources.keys.iter().find(|key| key.name == name);
            let is_parent = {
                let start = format!("{name}.");
                self.sources.keys.iter().any(|key| key.name.starts_with(&start))
            };
            match (key, value) {
                (Some(_), Value::Null) => {}
                (Some(key), value) => match text_of(value) {
                    Some(text) => self.set(key.value, text, format!("{source}: {root}{name}")),
                    None => self.problems.push(format!(
                        "{source}: {root}{name} must be a text, a number, true, false or a list of texts"
                    )),
                },
                (None, Value::Object(inner)) if is_parent => {
                    self.add_members(inner, source, root, &format!("{name}."));
                }
                (None, Value::Null) if is_parent => {}
                (None, _) => self.unknown(source, root, &name),
            }
        }
    }

    /// Reports a key, which stands below `root`, unless it is another program's.
    fn unknown(&mut self, source: &str, root: &str, name: &str) {
        let key = format!("{root}{name}");
        if self.is_foreign(name, ".", str::to_owned) || self.is_foreign(&key, ".", str::to_owned) {
            return;
        }
        let suggestion = self.suggestion(name, str::to_owned);
        self.problems.push(format!("{source}: there is no setting `{}`{suggestion}", Shown(&key)));
    }

    /// Whether a name is that of another program's setting, or of one below it. `spelled` gives the names
    /// as they stand in the source.
    fn is_foreign(&self, name: &str, separator: &str, spelled: fn(&str) -> String) -> bool {
        self.sources.foreign.iter().any(|foreign| {
            let below = name.strip_prefix(&*spelled(foreign));
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with(separator))
        })
    }

    /// The setting whose name is nearest to one that does not exist, if it is near.
    fn suggestion(&self, name: &str, spelled: fn(&str) -> String) -> String {
        let names = self.sources.keys.iter().map(|key| spelled(key.name));
        let distances = names.map(|known| (distance(&known, name), known));
        match distances.min_by_key(|(distance, _)| *distance) {
            Some((distance, known)) if distance <= 2 => format!("; did you mean `{known}`?"),
            _ => String::new(),
        }
    }

    fn not_keys(&mut self, source: &str, path: &str) {
        let what = if path.is_empty() { "the file" } else { path.trim_end_matches('.') };
        self.problems.push(format!("{source}: {what} must hold keys and values"));
    }

    fn set(&mut self, value: ConfigurationValue, text: String, source: String) {
        self.entries.retain(|entry| entry.value != value);
        self.entries.push(Entry { value, text: text.into(), source });
    }

    fn get(&self, value: ConfigurationValue) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.value == value)
    }
}

impl Entry {
    fn text(&self) -> &str {
        self.text.expose_secret().trim()
    }
}

impl fmt::Debug for Configuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources: Vec<&str> = self.entries.iter().map(|entry| entry.source.as_str()).collect();
        formatter
            .debug_struct("Configuration")
            .field("values_from", &sources)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

/// How many characters have to be added, dropped or replaced to make one name of the other, in whatever
/// case (Levenshtein). Long names are as far apart as can be.
fn distance(left: &str, right: &str) -> usize {
    if left.len().max(right.len()) > MAX_NAME {
        return usize::MAX;
    }
    strsim::levenshtein(&left.to_lowercase(), &right.to_lowercase())
}

/// The name of a key's environment variable, after the prefix.
fn variable_name(key: &str) -> String {
    key.replace('.', "_").to_ascii_uppercase()
}

/// A value of a file as the text that an environment variable would have.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let items: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            items.map(|items| items.join(" "))
        }
        _ => None,
    }
}
