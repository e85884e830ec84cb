//! The loop that somebody would write by hand for a stream: the pieces of `reqwest`, cut into lines, which `serde_json`
//! reads into structs that derive `Deserialize`.

use std::error::Error;

use serde::Deserialize;

/// A piece of an answer, as the APIs of language models send it.
#[derive(Debug, Deserialize)]
pub struct Chunk {
    /// Identifies the answer.
    pub id: String,
    /// What the model says.
    pub choices: Vec<Choice>,
    /// What it took, in the last piece.
    pub usage: Option<Usage>,
}

/// One of several answers to the same question.
#[derive(Debug, Deserialize)]
pub struct Choice {
    /// Which of the answers it is.
    pub index: i64,
    /// What is new of it.
    pub delta: Delta,
    /// Why it ends.
    pub finish_reason: Option<String>,
}

/// What is new of an answer.
#[derive(Debug, Deserialize)]
pub struct Delta {
    /// Who says it.
    pub role: Option<Role>,
    /// Its text.
    pub content: Option<String>,
}

/// Who says something.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Role {
    System,
    User,
    Assistant,
}

/// What an answer took.
#[derive(Debug, Deserialize)]
pub struct Usage {
    /// All tokens of question and answer.
    pub total_tokens: i64,
}

/// Gives each item of a stream to `take`: what follows `start` in the lines that are not empty.
///
/// # Errors
///
/// No connection, an answer that is no success, or a line that is no item.
pub async fn read(
    url: &str,
    start: &[u8],
    mut take: impl FnMut(Chunk),
) -> Result<(), Box<dyn Error>> {
    let mut answer = reqwest::get(url).await?.error_for_status()?;
    let mut buffer = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        buffer.extend_from_slice(&piece);
        let mut taken = 0;
        while let Some(length) = buffer[taken..].iter().position(|byte| *byte == b'\n') {
            let line = &buffer[taken..taken + length];
            taken += length + 1;
            if !line.is_empty() {
                take(serde_json::from_slice(line.strip_prefix(start).ok_or("no item")?)?);
            }
        }
        buffer.drain(..taken);
    }
    Ok(())
}
