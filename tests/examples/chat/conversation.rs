//! One question to the model, whose answer is printed as it comes.

use std::error::Error;
use std::io::Write;

use chat_sdk::Client;
use chat_sdk::models::{CompletionRequest, FinishReason, Message, Role};

/// Asks the model, and writes each piece of its answer as soon as it is there. Gives the whole answer.
///
/// # Errors
///
/// The call fails, the stream breaks off, or the model had to stop before the end.
pub async fn ask(
    client: &Client,
    question: &str,
    mut output: impl Write,
) -> Result<String, Box<dyn Error>> {
    let messages = vec![
        Message::new(Role::System, "Answer in one sentence."),
        Message::new(Role::User, question),
    ];
    let request = CompletionRequest::new("parrot-1", messages).stream(true);
    let mut events = client.chat().create_completion_event_stream(&request).await?;
    let mut answer = String::new();
    while let Some(event) = events.next().await {
        for choice in event?.data.choices {
            if let Some(piece) = choice.delta.content {
                write!(output, "{piece}")?;
                output.flush()?;
                answer.push_str(&piece);
            }
            if choice.finish_reason == Some(FinishReason::Length) {
                return Err("the answer is longer than the model may make it".into());
            }
        }
    }
    writeln!(output)?;
    Ok(answer)
}
