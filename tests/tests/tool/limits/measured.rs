//! Measures the command in a process of its own, by what the shell's `time` and the kernel say of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::documents::KINDS;

/// The most seconds of a processor for a document.
const SECONDS: f64 = 10.0;

/// The most memory at a time, in MiB.
const MEBIBYTES: u64 = 1024;

/// After how long a run is ended.
const PATIENCE: Duration = Duration::from_secs(100);

/// The clock ticks of a second in `/proc` (`USER_HZ`).
const TICKS: f64 = 100.0;

/// Runs every kind in its full size, prints a row of `docs/reliability.md` for each, and fails where one misses a bar.
pub fn measure_all() {
    let mut missed = Vec::new();
    println!("| document | size | seconds | MiB | ends in |\n| --- | --- | --- | --- | --- |");
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let spec = (kind.make)(kind.name, kind.full).write(folder.path());
        let size = fs::metadata(&spec).unwrap().len() as f64 / 1e6;
        let Measured { seconds, mebibytes, end } = measure(&spec, folder.path());
        let name = format!("{}: {}", kind.name, kind.full);
        println!("| {name} | {size:.1} MB | {seconds:.1} | {mebibytes} | {end} |");
        if seconds > SECONDS || mebibytes > MEBIBYTES || end == "an abort" {
            missed.push(name);
        }
    }
    assert!(missed.is_empty(), "beyond {SECONDS} s or {MEBIBYTES} MiB: {missed:#?}");
}

struct Measured {
    seconds: f64,
    mebibytes: u64,
    end: &'static str,
}

fn measure(spec: &Path, folder: &Path) -> Measured {
    let mut child = Command::new(binary())
        .args(["codegen", "--name", "t-sdk", "--spec"])
        .arg(spec)
        .arg("--out")
        .arg(folder.join("out"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the release build of xtask runs");
    let start = Instant::now();
    let (mut seconds, mut mebibytes) = (0.0_f64, 0);
    let status = loop {
        if let Some((time, memory)) = usage(&child) {
            (seconds, mebibytes) = (seconds.max(time), mebibytes.max(memory));
        }
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        sleep(Duration::from_millis(5));
    };
    let end = match status.map(|status| status.code()) {
        None => "no end",
        Some(Some(0)) => "a crate",
        Some(Some(_)) => "a diagnostic",
        Some(None) => "an abort",
    };
    Measured { seconds, mebibytes, end }
}

/// The processor time of a process in seconds, and the most memory that it had at a time in MiB.
fn usage(child: &Child) -> Option<(f64, u64)> {
    let proc = PathBuf::from(format!("/proc/{}", child.id()));
    let stat = fs::read_to_string(proc.join("stat")).ok()?;
    // Behind the name, which stands in parentheses: fields 14 and 15 of proc(5) are the times.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11..13)?.iter().filter_map(|it| it.parse::<f64>().ok()).sum();
    let status = fs::read_to_string(proc.join("status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    Some((ticks / TICKS, kibibytes / 1024))
}

/// The release build of the command, in the folder that this test was built in.
fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().nth(3).unwrap();
    target.join("release/xtask")
}
