//! What a call, the reading and writing of a page, and an item of a stream cost beside code that somebody writes by hand
//! with `reqwest` and serde's derives. The programs are those of the package `bench`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use xtask::{Problem, crates, workspace_manifest};

use super::generators::target_folder;
use super::measure::{self, Cost};
use crate::server::{Server, Unserved};

/// How many sessions are on a page.
const PAGE: &str = "200";

/// All comparisons.
pub(crate) struct Calls {
    /// What is counted: instructions or, without valgrind, nanoseconds of a processor.
    pub(crate) unit: &'static str,
    pub(crate) comparisons: Vec<Comparison>,
}

/// What both sides of a comparison cost.
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

/// Compares one call and an item of a stream over the loopback, and pages without a network.
///
/// # Errors
///
/// The programs do not build, or fail.
pub(crate) fn compare() -> Result<Calls, Problem> {
    let counts = measure::has_valgrind();
    let programs = build()?;
    let [call, page, stream] = ["one_call", "page", "stream"].map(|name| programs.join(name));
    let (server, streams) = (serve(&call)?, serve(&stream)?);
    let one_call = |side| each(&call, &[side, server.url()], 100, counts);
    let of_page = |side, task| {
        let whole = each(&page, &[side, task, PAGE], 20, counts)?;
        Ok::<_, Problem>(whole - each(&page, &[side, task, "0"], 20, counts)?)
    };
    let item = |side, format| each(&stream, &[side, format, streams.url()], 1000, counts);
    let read_by_hand = of_page("serde", "read")?;
    let comparison = |task, sdk, by_hand, bar| Comparison { task, sdk, by_hand, bar };
    let comparisons = vec![
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
        comparison(
            "an item of a stream of events, over the loopback",
            item("sdk", "events")?,
            item("by-hand", "events")?,
            1.1,
        ),
        comparison(
            "an item of a stream of JSON Lines, over the loopback",
            item("sdk", "lines")?,
            item("by-hand", "lines")?,
            1.1,
        ),
    ];
    let unit = if counts { "instructions" } else { "ns of a processor" };
    Ok(Calls { unit, comparisons })
}

/// Builds the programs that are compared. Gives their folder.
fn build() -> Result<PathBuf, Problem> {
    let target = target_folder();
    let mut command = crates::cargo_itself();
    command.args(["build", "--release", "--package", "bench", "--manifest-path"]);
    measure::cost(command.arg(workspace_manifest()).arg("--target-dir").arg(&target))?;
    Ok(target.join("release"))
}

/// Starts the server that is called, which is a part of the program that calls it.
fn serve(program: &Path) -> Result<Server, Problem> {
    let mut command = Command::new(program);
    let url = |line: &str| Some(line.trim().to_owned());
    let server = Server::start(command.arg("serve"), Duration::from_secs(60), url);
    server.map_err(|unserved| match unserved {
        Unserved::NotStarted(error) => Problem(format!("the server cannot be started: {error}")),
        Unserved::Silent(said) => Problem(format!("the server does not say its address:\n{said}")),
    })
}

/// What one more time costs: the difference between many times and few, by their number. `counts`: in instructions.
fn each(program: &Path, arguments: &[&str], few: u32, counts: bool) -> Result<f64, Problem> {
    let of = |times: u32| -> Result<f64, Problem> {
        let times = times.to_string();
        let arguments: Vec<&str> = arguments.iter().copied().chain([times.as_str()]).collect();
        if counts {
            #[expect(clippy::cast_precision_loss, reason = "ratios are of interest")]
            return Ok(measure::instructions(program, &arguments)? as f64);
        }
        let run = || measure::cost(Command::new(program).args(&arguments));
        let costs = (0..5).map(|_| run()).collect::<Result<Vec<_>, _>>()?;
        Ok(Cost::median(&costs).processor.as_secs_f64() * 1e9)
    };
    // Without valgrind there is noise, which more times drown.
    let factor = if counts { 1 } else { 100 };
    let (few, many) = (few * factor, few * factor * 6);
    Ok((of(many)? - of(few)?) / f64::from(many - few))
}
