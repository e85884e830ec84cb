//! The crate in `generated/` is exactly what the generator gives.

use xtask::{Console, Exit};

#[test]
fn the_crate_is_what_its_document_gives() {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let exit = xtask::run(
        ["xtask", "codegen", "--check"],
        &mut Console {
            output: &mut output,
            errors: &mut errors,
            colored: false,
            colored_output: false,
        },
    );
    assert_eq!(exit, Exit::Success, "{}", String::from_utf8_lossy(&errors));
}
