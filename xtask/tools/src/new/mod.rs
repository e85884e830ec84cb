//! A repository of this one's shape for another API.
//!
//! What is the same in both is copied from here; what is not, is made of the document and of the few files in `files/`.

mod copies;
mod first_call;
pub(crate) mod manifest;
mod settings;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::diagnostics::Diagnostics;
use codegen::ir::Sdk;
use codegen::load::Document;
use codegen::{Options, output};
use xtask::Problem;

use crate::generator::Generator;

/// What a repository is made of.
#[derive(Clone, Debug)]
pub struct Request {
    /// The document.
    pub spec: PathBuf,
    /// The name of the crate.
    pub name: String,
    /// Its licence, an SPDX expression.
    pub license: Option<String>,
    /// Folders whose files the document may refer to, besides its own.
    pub allow_files: Vec<PathBuf>,
    /// The folder of the repository, which is not there yet or empty.
    pub folder: PathBuf,
}

/// The packages that every such repository has, whose names the crate cannot have.
const PACKAGES: [&str; 10] = [
    "cargo-sdk",
    "codegen",
    "proof",
    "runtime",
    "sdk-tests",
    "sdk-under-test",
    "site",
    "texts",
    "tools",
    "xtask",
];

/// The folder of the document in the repository.
pub(crate) const SPEC: &str = "spec";

/// The text files that are made of their templates, by the path in the repository.
const FILES: [(&str, &str); 6] = [
    ("README.md", include_str!("files/README.md")),
    (".github/workflows/ci.yml", include_str!("files/ci.yml")),
    (".github/workflows/publish.yml", include_str!("files/publish.yml")),
    ("tests/Cargo.toml", include_str!("files/tests.toml")),
    ("tests/src/lib.rs", include_str!("files/lib.rs")),
    ("tests/tests/generated.rs", include_str!("files/generated.rs")),
];

/// The SDK of the document, by which the repository is filled in; none after an error in it.
pub fn read(request: &Request, diagnostics: &mut Diagnostics) -> Option<(Document, Sdk)> {
    let options = Options {
        spec: request.spec.clone(),
        allow_files: request.allow_files.clone(),
        name: Some(request.name.clone()),
        ..Options::default()
    };
    let (document, config) = codegen::read(&options, diagnostics)?;
    let lowered = codegen::lowered(document.clone(), config, &options, diagnostics);
    let sdk = lowered.filter(|_| !diagnostics.has_errors())?;
    Some((document, sdk))
}

/// Lays the repository out, the crate included.
///
/// # Errors
///
/// A name that is taken, a folder that holds something, a document with files beyond its own folder, and what the file system
/// refuses.
pub fn lay_out(request: &Request, document: &Document, sdk: &Sdk) -> Result<(), Problem> {
    check(request)?;
    let folder = &request.folder;
    let generator = Generator::here();
    let spec = copies::document(document, &folder.join(SPEC))?;
    copies::generator(&generator, folder)?;
    let spec_file = format!("{SPEC}/{spec}");
    let fill = |text: &str| {
        text.replace("CRATE_NAME", &request.name)
            .replace("CRATE_LIBRARY", &request.name.replace('-', "_"))
            .replace("API_TITLE", &one_line(&sdk.title))
            .replace("SPEC_FILE", &spec_file)
            .replace("SPEC_NAME", &spec)
    };
    for (path, text) in FILES {
        write(&folder.join(path), fill(text).as_bytes())?;
    }
    let manifest = manifest::manifest(&generator.text("Cargo.toml")?, &spec_file)?;
    write(&folder.join("Cargo.toml"), manifest.as_bytes())?;
    let config = settings::settings(sdk, request);
    write(&folder.join("spec/sdk.toml"), config.as_bytes())?;
    copies::pages(&generator, folder)?;
    let sdk = generate(folder, &spec_file, request)?;
    let test = fill(&first_call::test(&sdk));
    write(&folder.join("tests/tests/client.rs"), test.as_bytes())
}

/// What would go wrong later.
fn check(request: &Request) -> Result<(), Problem> {
    if PACKAGES.contains(&request.name.as_str()) {
        let message =
            format!("a package of the generator is called `{}`: choose another name", request.name);
        return Err(Problem(message));
    }
    let folder = &request.folder;
    let is_empty = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(Problem(format!("{} cannot be read: {error}", folder.display()))),
    };
    if is_empty {
        return Ok(());
    }
    Err(Problem(format!(
        "{} holds something: name a folder that is not there yet",
        folder.display()
    )))
}

/// Generates the crate, as `cargo xtask codegen` in the repository does, and gives what it was made of.
fn generate(folder: &Path, spec_file: &str, request: &Request) -> Result<Sdk, Problem> {
    let options = Options {
        spec: folder.join(spec_file),
        config: Some(folder.join("spec/sdk.toml")),
        allow_files: request.allow_files.clone(),
        tests: true,
        ..Options::default()
    };
    let mut diagnostics = Diagnostics::new();
    let generated = codegen::generate(&options, &mut diagnostics);
    let generated = generated.filter(|_| !diagnostics.has_errors());
    let sdk = codegen::read(&options, &mut diagnostics).and_then(|(document, config)| {
        codegen::lowered(document, config, &options, &mut Diagnostics::new())
    });
    let Some((generated, sdk)) = generated.zip(sdk) else {
        let report = codegen::diagnostics::text(&diagnostics, false);
        return Err(Problem(format!("the copied document gives no crate:\n{report}")));
    };
    output::update(&generated.files, &folder.join("generated"))?;
    Ok(sdk)
}

/// Writes a file, and the folders that it is in.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Problem> {
    let written = match path.parent() {
        Some(folder) => fs::create_dir_all(folder).and_then(|()| fs::write(path, content)),
        None => fs::write(path, content),
    };
    written.map_err(|error| Problem(format!("{} cannot be written: {error}", path.display())))
}

/// A text of the document that cannot end the line it stands on, nor be Markdown.
fn one_line(text: &str) -> String {
    codegen::render::markdown::code(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
