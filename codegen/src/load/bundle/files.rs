//! The files that references name: which of them are read, and how.

use std::path::Path;

use super::{Bundler, File, Piece};
use crate::{
    diagnostics::Diagnostic,
    load::{
        SourceId,
        access::{self, AccessError},
        read,
    },
};

impl Bundler<'_> {
    /// The file that the reference at a place names, read now unless it was before.
    pub(super) fn file(&mut self, name: &str, place: &Piece, target: &str) -> Option<usize> {
        if name.contains("://") {
            let message = format!("`{target}` is a URL, and not a path");
            self.error(place, "remote-reference", message).help(
                "refer to a file by its path, once it is on this machine; nothing is fetched",
            );
            return None;
        }
        let Piece { file, at } = self.origin(place);
        let from = &self.files[file];
        let path = access::absolute(&from.path.parent().unwrap_or(Path::new("")).join(name));
        if let Some(file) = self.by_path.get(&path) {
            return *file;
        }
        let source = from.source;
        let real = match self.access.real(&path) {
            Ok(real) => real,
            Err(AccessError::Unreadable(error)) => {
                let shown = self.access.display_name(&path);
                read::unreadable(&shown, &error, self.diagnostics, in_place(at, source));
                self.by_path.insert(path, None);
                return None;
            }
            Err(refusal) => {
                self.refuse(place, target, &refusal);
                self.by_path.insert(path, None);
                return None;
            }
        };
        if let Some(file) = self.by_path.get(&real).copied() {
            self.by_path.insert(path, file);
            return file;
        }
        let display = self.access.display_name(&path);
        // Reading a device or a pipe may never end.
        if real.exists() && !real.is_file() {
            let message = format!("`{}` is not a regular file", display.display());
            self.error(place, "unreadable-file", message)
                .help("refer to a YAML or JSON file; `#` and a JSON pointer lead to what is in it");
            self.by_path.insert(path, None);
            return None;
        }
        let read = read::read_as(&real, &display, self.diagnostics, in_place(at, source));
        let Some(read) = read else {
            self.by_path.insert(path, None);
            return None;
        };
        read::report(read.findings, &read.source, self.diagnostics);
        let source = self.sources.add(read.source);
        self.diagnostics.attach(self.sources.clone());
        let file = self.files.len();
        self.files.push(File { source, path: real.clone(), value: read.value, identifiers: None });
        self.by_path.insert(path, Some(file));
        self.by_path.insert(real, Some(file));
        Some(file)
    }

    /// Reports a reference to a file that the document has no business with. The file was not read.
    fn refuse(&mut self, place: &Piece, target: &str, refusal: &AccessError) {
        let leads = match refusal {
            AccessError::LeadsOut => "is a symbolic link that leads out of",
            _ => "leads out of",
        };
        let message = format!("`{target}` {leads} the folder of the document");
        let help = format!(
            "a document may refer to files below {}; `--allow-files DIR`, or the key `allow-files` of sdk.toml, \
             allows those of another folder",
            self.access.home().display()
        );
        self.error(place, "file-not-allowed", message).help(help);
    }
}

/// Places an error that has no line at the reference that names the file.
fn in_place(at: String, source: SourceId) -> impl Fn(&mut Diagnostic) {
    move |diagnostic| {
        diagnostic.pointer = Some(at.clone());
        diagnostic.in_source(source).help("the path is relative to the file it is written in");
    }
}
