//! The machine that a measurement was made on.

use std::fs;
use std::process::Command;
use std::thread;

/// The processor, its cores, the memory and the compiler, in a line.
pub(crate) fn card() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor".to_owned());
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_else(|| "unknown memory".to_owned());
    let compiler = Command::new("rustc").arg("--version").output().ok();
    let compiler = compiler.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let compiler = compiler.unwrap_or_default();
    format!("{cores} cores of {processor}, {memory}, {}, {compiler}", std::env::consts::OS)
}

/// A field of a file that the kernel writes for people.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
