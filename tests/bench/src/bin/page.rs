//! Reads or writes a page of sessions over and over: `page sdk|serde read|read-deviating|write SESSIONS TIMES`. What a run
//! costs besides is in one of no sessions, too.

use std::error::Error;
use std::hint::black_box;

use bench::canned::Canned;
use bench::{by_hand, sessions};
use okta_sdk::runtime::{Call, Method, Operation, decode};
use okta_sdk::{Client, models};

static LIST_SESSIONS: Operation = Operation {
    id: "listSessions",
    method: Method::GET,
    path: "/api/v1/sessions",
    ..Operation::DEFAULT
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [side, task, count, times] = &arguments[..] else {
        return Err("page sdk|serde read|read-deviating|write SESSIONS TIMES".into());
    };
    let times = times.parse()?;
    let text = sessions(count.parse()?, task == "read-deviating");
    match (side.as_str(), task.as_str()) {
        ("sdk", "read" | "read-deviating") => read_by_sdk(text, times),
        ("serde", "read") => read_by_serde(&text, times),
        ("sdk", "write") => write::<Vec<models::Session>>(&text, times),
        ("serde", "write") => write::<Vec<by_hand::Session>>(&text, times),
        _ => Err("unknown".into()),
    }
}

fn read_by_sdk(text: String, times: usize) -> Result<(), Box<dyn Error>> {
    let canned = Canned(text.into());
    let client = Client::builder().base_url("https://api.test").layer(canned).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for _ in 0..times {
        let call = Call::new(&client, &LIST_SESSIONS);
        black_box(runtime.block_on(call.into_body(decode::model::<Vec<models::Session>>))?);
    }
    Ok(())
}

fn read_by_serde(text: &str, times: usize) -> Result<(), Box<dyn Error>> {
    for _ in 0..times {
        black_box(serde_json::from_str::<Vec<by_hand::Session>>(text)?);
    }
    Ok(())
}

fn write<T: serde::de::DeserializeOwned + serde::Serialize>(
    text: &str,
    times: usize,
) -> Result<(), Box<dyn Error>> {
    let page: T = serde_json::from_str(text)?;
    for _ in 0..times {
        black_box(serde_json::to_vec(&page)?);
    }
    Ok(())
}
