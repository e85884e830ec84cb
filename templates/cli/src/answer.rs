//! From a call to what is printed of its answer.

use clap::ArgMatches;
use sdk::Response;
use sdk::runtime::{Call, decode};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;

use crate::description::{Answer, Command};
use crate::failure::Failure;
use crate::output::Output;
use crate::terminal;

/// How many pages without items may follow each other.
const MAX_EMPTY_PAGES: usize = 1000;

/// Makes the call, and prints what comes.
pub fn print(
    command: &'static Command,
    call: Call,
    matches: &ArgMatches,
    output: &mut Output,
) -> Result<(), Failure> {
    let is_verbose = matches.get_flag("verbose");
    let done = match (command.answer, command.items) {
        (Answer::Document, Some(way)) => {
            let limit = matches.get_one::<u64>("limit").copied();
            pages(command, call, way, limit, is_verbose, output)
        }
        (Answer::Document, None) => document(call, is_verbose, output),
        (Answer::Download, _) => download(call, output),
        #[cfg(feature = "streams")]
        (answer, _) => crate::streams::print(answer, call, output),
    };
    match done {
        Err(Failure::Call(error)) if is_verbose => Err(Failure::CallInFull(error)),
        done => done,
    }
}

fn document(call: Call, is_verbose: bool, output: &mut Output) -> Result<(), Failure> {
    let response = call.send_blocking(decode::text)?;
    tell(&response, is_verbose);
    let body = response.into_body();
    match serde_json::from_str::<&RawValue>(&body) {
        Ok(json) => output.json(json),
        Err(_) => output.text(&body),
    }
}

/// The items of all pages, or the first of them.
fn pages(
    command: &Command,
    call: Call,
    way: &[&str],
    limit: Option<u64>,
    is_verbose: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut left = limit.unwrap_or(u64::MAX);
    let mut empty_pages = 0;
    output.begin_list()?;
    let mut pages = call.pages_blocking(decode::text);
    while left > 0 && empty_pages < MAX_EMPTY_PAGES {
        let Some(page) = pages.next() else { break };
        let page = page?;
        tell(&page, is_verbose);
        let body = page.into_body();
        let items = items(&body, way);
        if items.is_empty() {
            empty_pages += 1;
            if command.operation.empty_page_ends {
                break;
            }
            continue;
        }
        empty_pages = 0;
        let taken = items.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        output.items(&items[..taken])?;
        left -= taken as u64;
    }
    output.end_list()
}

/// The items of a page: the list that the properties lead to.
fn items<'b>(body: &'b str, way: &[&str]) -> Vec<&'b RawValue> {
    let Ok(mut value) = serde_json::from_str::<&RawValue>(body) else { return Vec::new() };
    for name in way {
        let members = HashMap::<String, &RawValue>::deserialize(value).unwrap_or_default();
        match members.get(*name) {
            Some(member) => value = member,
            None => return Vec::new(),
        }
    }
    Vec::<&RawValue>::deserialize(value).unwrap_or_default()
}

fn download(call: Call, output: &mut Output) -> Result<(), Failure> {
    let mut download = call.download_blocking()?;
    output.expect_bytes()?;
    while let Some(chunk) = download.chunk_blocking()? {
        output.bytes(&chunk)?;
    }
    Ok(())
}

/// Tells what stands around an answer.
fn tell(response: &Response<String>, is_verbose: bool) {
    if is_verbose {
        let id = response.request_id().map(|id| format!(", request {}", terminal::shown(id)));
        eprintln!("{}{}", response.status(), id.unwrap_or_default());
    }
}
