//! The crate in `generated/` is exactly what the generator gives.

use std::env;
use std::process::Command;

#[test]
fn the_crate_is_what_its_document_gives() {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The program that `cargo xtask` builds anyway, so that the generator is not compiled a second time for this test.
    let check = Command::new(cargo)
        .args(["xtask", "codegen", "--check"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs this test, too");
    let texts =
        [check.stdout, check.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(check.status.success(), "{}", texts.concat());
}
