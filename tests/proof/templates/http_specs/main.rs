//! Takes the base URL of the server, makes the calls of all scenarios against it, and writes what came of each to the
//! standard output, as JSON, with the server's own report.

use std::error::Error;
use std::io;

use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let base_url = std::env::args().nth(1).ok_or("name the base URL of the server")?;
    let records = http_specs_client::records(&base_url).await;
    let coverage = reqwest::get(format!("{base_url}/.coverage")).await?.text().await?;
    let coverage: Value = serde_json::from_str(&coverage)?;
    serde_json::to_writer(io::stdout().lock(), &json!({"records": records, "coverage": coverage}))?;
    Ok(())
}
