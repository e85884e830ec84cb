//! The stages of the generator, one by one: `cargo bench -p bench --bench generator`. Of each document of
//! [`DOCUMENTS`], a stage is given what the one before made of it.

use std::path::PathBuf;

use codegen::config::Config;
use codegen::diagnostics::Diagnostics;
use codegen::ir::Sdk;
use codegen::load::Document;
use codegen::normalize::Normalized;
use codegen::output::Files;
use codegen::{load, lower, normalize, render};
use divan::Bencher;

/// A small document, and one with each feature of OpenAPI.
const DOCUMENTS: [&str; 2] = ["spec/okta.yaml", "tests/features/openapi.yaml"];

fn main() {
    divan::main();
}

fn path(document: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(document)
}

fn loaded(document: &str) -> Document {
    load::load(&path(document), &mut Diagnostics::default()).expect("a document")
}

fn normalized(document: &str) -> Normalized {
    normalize::normalize(loaded(document), &mut Diagnostics::default()).expect("a good document")
}

fn configuration(document: &str) -> Config {
    let file = path(document).with_file_name("sdk.toml");
    Config::load(&file, &mut Diagnostics::default()).expect("a configuration")
}

fn lowered(document: &str) -> Sdk {
    let config = configuration(document);
    lower::lower(&normalized(document), &config, &mut Diagnostics::default()).expect("an SDK")
}

#[divan::bench(args = DOCUMENTS)]
fn load(document: &str) -> Document {
    loaded(document)
}

#[divan::bench(args = DOCUMENTS)]
fn normalize(bencher: Bencher, document: &str) {
    let normalize = |document| normalize::normalize(document, &mut Diagnostics::default());
    bencher.with_inputs(|| loaded(document)).bench_values(normalize);
}

#[divan::bench(args = DOCUMENTS)]
fn lower(bencher: Bencher, document: &str) {
    let (document, config) = (normalized(document), configuration(document));
    bencher.bench_local(|| lower::lower(&document, &config, &mut Diagnostics::default()));
}

#[divan::bench(args = DOCUMENTS)]
fn render(bencher: Bencher, document: &str) {
    let sdk = lowered(document);
    let render = || -> Files { render::render(&sdk, true, None).expect("files") };
    bencher.bench_local(render);
}
