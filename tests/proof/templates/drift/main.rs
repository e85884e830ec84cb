//! Takes the path of a file with questions, as JSON, and writes to the standard output, as JSON and in
//! the same order, what the client made of each.

use std::io;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("name the file with the questions")?;
    let questions: Vec<drift_driver::Question> = serde_json::from_slice(&std::fs::read(path)?)?;
    serde_json::to_writer(io::stdout().lock(), &drift_driver::told(&questions)?)?;
    Ok(())
}
