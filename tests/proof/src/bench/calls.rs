//! What a call, and the reading and writing of a page, cost beside code that somebody writes by hand with `reqwest`
//! and serde's derives. The programs are those of the package `bench`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use xtask::{Problem, crates, workspace_manifest};

use super::generators::target_folder;
use super::measure::{self, Cost};

/// How many sessions are on a page.
const PAGE: &str = "200";

/// What both sides of a comparison cost, in instructions or, without valgrind, in nanoseconds of a processor.
pub(crate) struct Comparison {
    /// What is done.
    pub(crate) task: &'static str,
    /// By the SDK.
    pub(crate) sdk: f64,
    /// By hand.
    pub(crate) by_hand: f64,
    /// The most that the first may be of the second.
    pub(crate) bar: f64,
}

/// Compares one call over the loopback, and pages without a network.
///
/// # Errors
///
/// The programs do not build, or fail.
pub(crate) fn compare() -> Result<Vec<Comparison>, Problem> {
    let programs = build()?;
    let server = Server::start(&programs)?;
    let call = programs.join("one_call");
    let page = programs.join("page");
    let one_call = |side| each(&call, &[side, &server.address], 100);
    let of_page = |side, task| {
        let whole = each(&page, &[side, task, PAGE], 20)?;
        Ok::<_, Problem>(whole - each(&page, &[side, task, "0"], 20)?)
    };
    let read_by_hand = of_page("serde", "read")?;
    let comparison = |task, sdk, by_hand, bar| Comparison { task, sdk, by_hand, bar };
    Ok(vec![
        comparison("one call, over the loopback", one_call("sdk")?, one_call("by-hand")?, 1.05),
        comparison("reading a page of 200", of_page("sdk", "read")?, read_by_hand, 1.0),
        comparison(
            "reading a page of 200, each with a deviation that serde would refuse",
            of_page("sdk", "read-deviating")?,
            read_by_hand,
            1.3,
        ),
        comparison(
            "writing a page of 200",
            of_page("sdk", "write")?,
            of_page("serde", "write")?,
            1.0,
        ),
    ])
}

/// The unit of a [`Comparison`].
pub(crate) fn unit() -> &'static str {
    if measure::has_valgrind() { "instructions" } else { "ns of a processor" }
}

/// Builds the programs that are compared. Gives their folder.
fn build() -> Result<PathBuf, Problem> {
    let target = target_folder();
    let mut command = crates::cargo_itself();
    command.args(["build", "--release", "--package", "bench", "--manifest-path"]);
    measure::cost(command.arg(workspace_manifest()).arg("--target-dir").arg(&target))?;
    Ok(target.join("release"))
}

/// What one more time costs: the difference between many times and few, by their number.
fn each(program: &Path, arguments: &[&str], few: u32) -> Result<f64, Problem> {
    let of = |times: u32| -> Result<f64, Problem> {
        let times = times.to_string();
        let arguments: Vec<&str> = arguments.iter().copied().chain([times.as_str()]).collect();
        if measure::has_valgrind() {
            #[expect(clippy::cast_precision_loss, reason = "ratios are of interest")]
            return Ok(measure::instructions(program, &arguments)? as f64);
        }
        let run = || measure::cost(Command::new(program).args(&arguments));
        let costs = (0..5).map(|_| run()).collect::<Result<Vec<_>, _>>()?;
        Ok(Cost::median(&costs).processor.as_secs_f64() * 1e9)
    };
    // Without valgrind there is noise, which more times drown.
    let factor = if measure::has_valgrind() { 1 } else { 100 };
    let (few, many) = (few * factor, few * factor * 6);
    Ok((of(many)? - of(few)?) / f64::from(many - few))
}

/// The server that is called. Dropping it ends the process.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(programs: &Path) -> Result<Self, Problem> {
        let mut process = Command::new(programs.join("one_call"))
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Problem(format!("the server cannot be started: {error}")))?;
        let mut address = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        Ok(Self { process, address: address.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already where this fails.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
