//! What a command costs.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;
use xtask::Problem;

/// What a command took, with all processes that it started and waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cost {
    /// By the clock.
    pub(crate) wall: Duration,
    /// User and system time of all cores.
    pub(crate) processor: Duration,
    /// The most bytes that one of the processes had in memory.
    pub(crate) memory: u64,
}

impl Cost {
    /// The median of each of the figures, since a machine that others use disturbs some runs.
    pub(crate) fn median(costs: &[Self]) -> Self {
        Self {
            wall: median(costs.iter().map(|cost| cost.wall)),
            processor: median(costs.iter().map(|cost| cost.processor)),
            memory: median(costs.iter().map(|cost| cost.memory)),
        }
    }
}

/// The middle one; the upper where two are in the middle.
fn median<T: Ord + Default + Copy>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Runs a command, whose output nobody sees, and says what it cost.
///
/// # Errors
///
/// The command cannot be started, or it fails.
pub(crate) fn cost(command: &mut Command) -> Result<Cost, Problem> {
    let name = command.get_program().to_string_lossy().into_owned();
    let problem = |what: String| Problem(format!("{name} {what}"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut process =
        command.spawn().map_err(|error| problem(format!("cannot be started: {error}")))?;
    let ended =
        process.wait4().map_err(|error| problem(format!("cannot be waited for: {error}")))?;
    let wall = start.elapsed();
    if !ended.status.success() {
        let shown = format!("{command:?}");
        return Err(problem(format!("failed with {}\ncommand: {shown}", ended.status)));
    }
    let usage = ended.rusage;
    Ok(Cost { wall, processor: usage.utime + usage.stime, memory: usage.maxrss })
}

/// The number of instructions that a program executes, by valgrind's callgrind.
///
/// # Errors
///
/// valgrind cannot be started, or the program fails.
pub(crate) fn instructions(program: &std::path::Path, arguments: &[&str]) -> Result<u64, Problem> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Problem(format!("valgrind cannot be started: {error}")))?;
    let report = String::from_utf8_lossy(&output.stderr);
    collected(&report)
        .filter(|_| output.status.success())
        .ok_or_else(|| Problem(format!("valgrind failed:\n{report}")))
}

/// The sum in callgrind's last lines.
fn collected(report: &str) -> Option<u64> {
    let line = report.lines().find_map(|line| line.split_once("Collected : "))?;
    line.1.trim().parse().ok()
}

/// Whether valgrind is there.
pub(crate) fn has_valgrind() -> bool {
    let mut command = Command::new("valgrind");
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_of_each_figure_by_itself() {
        let cost = |wall, processor, memory| Cost {
            wall: Duration::from_millis(wall),
            processor: Duration::from_millis(processor),
            memory,
        };
        let median = Cost::median(&[cost(9, 1, 5), cost(2, 8, 7), cost(3, 2, 6)]);
        assert_eq!(median, cost(3, 2, 6));
    }

    #[test]
    fn the_instructions_are_in_the_last_lines_of_callgrind() {
        let report = "==7== Events    : Ir\n==7== Collected : 251302\n==7==\n";
        assert_eq!(collected(report), Some(251_302));
        assert_eq!(collected("no such program"), None);
    }

    #[test]
    #[cfg(unix)]
    fn the_cost_of_a_command_has_that_of_what_it_starts() {
        let mut command = Command::new("sh");
        command.args(["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done & wait"]);
        let cost = cost(&mut command).unwrap();
        assert!(cost.processor > Duration::from_millis(1), "{cost:?}");
        assert!(cost.memory > 100 * 1024, "{cost:?}");
        assert!(super::cost(&mut Command::new("false")).is_err());
    }
}
