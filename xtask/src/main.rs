//! `cargo xtask`: see `cargo xtask --help`.

use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use xtask::Console;

/// A generator allocates many small strings from several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut console = Console {
        output: &mut io::stdout(),
        errors: &mut io::stderr(),
        colored: io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none(),
    };
    xtask::run(env::args_os(), &mut console).into()
}
