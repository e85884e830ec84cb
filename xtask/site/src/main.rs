//! Started by `cargo xtask docs`.

use std::env;
use std::process::ExitCode;

use xtask::Console;

fn main() -> ExitCode {
    Console::with_streams(|console| site::run(env::args_os(), console)).into()
}
