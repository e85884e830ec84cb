//! Takes the base URL of a server, makes every call of the SDK against it, and writes what came of
//! each to the standard output, as JSON.

use std::error::Error;
use std::io;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let base_url = std::env::args().nth(1).ok_or("name the base URL of the server")?;
    let records = judge_driver::records(&base_url).await?;
    serde_json::to_writer(io::stdout().lock(), &records)?;
    Ok(())
}
