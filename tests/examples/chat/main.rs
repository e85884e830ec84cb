//! A question to a language model: `cargo run -p sdk-tests --example chat -- "Who are you?"`.
//!
//! The model is one in this process that repeats the question, unless `PARROT_URL` and `PARROT_KEY` say where there is
//! another one. What is done with the SDK is in `conversation.rs`.

mod conversation;

use std::env;
use std::error::Error;
use std::io::stdout;

use chat_sdk::Client;
use sdk_tests::practice_model::PracticeModel;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let question = env::args().nth(1).unwrap_or_else(|| "Who are you?".to_owned());
    let client = match (env::var("PARROT_URL"), env::var("PARROT_KEY")) {
        (Ok(url), Ok(key)) => Client::builder().base_url(url).api_key(key).build()?,
        _ => {
            let model = PracticeModel::start().await?;
            // Only for a server on this computer: elsewhere, http would show the key to others.
            let builder = Client::builder().base_url(model.url()).allow_http(true);
            builder.api_key(PracticeModel::KEY).build()?
        }
    };
    conversation::ask(&client, &question, stdout()).await?;
    Ok(())
}
