//! `cargo xtask`: see `cargo xtask --help`.

use std::env;
use std::process::ExitCode;

use xtask::Console;

/// A generator allocates many small strings from several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Console::with_streams(|console| xtask::run(env::args_os(), console)).into()
}
