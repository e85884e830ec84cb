//! `cargo xtask conformance` and `cargo xtask judge`: see their `--help`.

use std::env;
use std::process::ExitCode;

use xtask::Console;

fn main() -> ExitCode {
    Console::with_streams(|console| proof::run(env::args_os(), console)).into()
}
