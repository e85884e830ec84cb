//! How an operation is held against its contract.

use std::pin::Pin;

use serde::Serialize;
use serde_json::Value;

use {{ library }}::{ApiError, Client, Error, ErrorModel};

use super::server::Server;
use super::{Answer, Contract, Refusal, client, difference};

/// What a call gave: the answer that it decoded, written as JSON again.
type Outcome = Result<serde_json::Result<Value>, Error>;

/// Makes a call.
type Call<'f> = &'f dyn Fn(&Client) -> Pin<Box<dyn Future<Output = Outcome>>>;

impl Contract<'_> {
    /// Makes the call once for each answer of the contract, and panics with all that differs.
    pub fn check<T, C>(&self, call: impl Fn(&Client) -> C)
    where
        T: Serialize,
        C: IntoFuture<Output = Result<T, Error>>,
        C::IntoFuture: 'static,
    {
        let problems = self.problems(call);
        assert!(problems.is_empty(), "not as the document says:\n{}", problems.join("\n"));
    }

    /// All that differs from the contract, each thing once.
    pub(super) fn problems<T, C>(&self, call: impl Fn(&Client) -> C) -> Vec<String>
    where
        T: Serialize,
        C: IntoFuture<Output = Result<T, Error>>,
        C::IntoFuture: 'static,
    {
        // What does not depend on the operation is compiled once.
        let mut problems = self.all_problems(&|client| {
            let call = call(client).into_future();
            Box::pin(async move { call.await.map(serde_json::to_value) })
        });
        problems.sort();
        problems.dedup();
        problems
    }

    fn all_problems(&self, call: Call<'_>) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("the system has resources for a runtime").block_on(async {
            let server = Server::start().await.expect("the system has a free port");
            let client = client::client(&server.url);
            let mut problems = Vec::new();
            for answer in self.answers {
                let (received, outcome) = server.exchange(answer, call(&client)).await;
                problems.extend(received.problems(self));
                problems.extend(answer.problems(outcome));
            }
            for refusal in self.refusals {
                let (received, outcome) = server.exchange(&refusal.answer, call(&client)).await;
                problems.extend(received.problems(self));
                problems.extend(refusal.problems(outcome));
            }
            problems
        })
    }
}

impl Answer<'_> {
    /// How what the call gave differs from what the server said.
    fn problems(&self, outcome: Outcome) -> Vec<String> {
        let Self(status, media_type, body) = *self;
        let given = match outcome {
            Ok(Ok(given)) => given,
            Ok(Err(error)) => return vec![format!("answer {status}: not writable: {error}")],
            Err(error) => return vec![format!("answer {status}: {error}")],
        };
        let expected = match media_type {
            "" if given == "" => return Vec::new(),
            "" => Value::Null,
            media_type if media_type.contains("json") => json(body),
            _ => Value::from(body),
        };
        difference::of_json(&expected, &given, &format!("answer {status}: $"))
    }
}

impl Refusal<'_> {
    /// How the error that the call gave differs from what the server said.
    fn problems(&self, outcome: Outcome) -> Vec<String> {
        let Answer(status, media_type, body) = self.answer;
        let place = format!("error {status}: $");
        let error = match outcome {
            Err(Error::Api(error)) if error.status() == status => error,
            other => return vec![format!("error {status}: came as {other:?}")],
        };
        if error.body() != body {
            return vec![format!("error {status}: its body is not what the server sent")];
        }
        if !media_type.contains("json") {
            return Vec::new();
        }
        let expected = json(body);
        let mut problems = match (self.read)(&error) {
            Ok(read) => difference::of_json(&expected, &read, &place),
            Err(error) => vec![format!("error {status}: {error}")],
        };
        problems.extend(model_problems(&error, &expected, &place));
        problems
    }
}

/// Whether the error comes with its model where the body is one.
fn model_problems(error: &ApiError, expected: &Value, place: &str) -> Vec<String> {
    match (error.model().map(serde_json::to_value), error.json::<ErrorModel>()) {
        (Some(Ok(model)), _) => difference::of_json(expected, &model, place),
        (None, Err(_)) => Vec::new(),
        _ => vec![format!("{place}: the error has no model")],
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the generator writes legal JSON")
}
