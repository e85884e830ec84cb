//! `cargo sdk`: the commands of `cargo xtask` as a program that is installed, and needs no repository.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use xtask::Console;

/// A generator allocates many small strings from several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut arguments: Vec<OsString> = env::args_os().collect();
    // Cargo passes its subcommand on: `cargo sdk list` runs `cargo-sdk sdk list`.
    if arguments.get(1).is_some_and(|first| first == "sdk") {
        arguments.remove(1);
    }
    Console::with_streams(|console| tools::run_installed(arguments, console)).into()
}
