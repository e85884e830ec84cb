//! The program that `cargo xtask` starts for its subcommands of this package.

use std::env;
use std::process::ExitCode;

use xtask::Console;

fn main() -> ExitCode {
    Console::with_streams(|console| tools::run(env::args_os(), console)).into()
}
