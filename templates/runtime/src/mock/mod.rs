//! A server within the process, for tests of programs that use the SDK.

mod answers;
mod next_page;
mod received;
#[cfg(feature = "streams")]
mod stream;
#[cfg(feature = "streams")]
mod stream_answers;
mod stub;

use std::fmt;
use std::sync::Arc;

use tower::service_fn;

use super::authentication::Credential;
use super::builder::ClientBuilder;
use super::client::Client;
use super::operation::Operation;
use super::settings::SecuritySchemeKind;
use super::transport::HttpService;
use crate::settings::SETTINGS;

use answers::Answers;
pub use answers::MockAnswer;
pub use received::ReceivedRequest;
#[cfg(feature = "streams")]
pub use stream::MockStream;
pub use stub::{Stub, encode};

/// The base URL of a mocked client. No request leaves the process.
const BASE_URL: &str = "https://mock.invalid";

/// A server within the process: a test says what each operation answers, and looks at
/// what was received. No socket is opened.
///
/// Each operation has a [`Stub`], which is called as the operation is. Beside answers that are as the
/// document says, a test can have one that deviates ([`returns_json`](Stub::returns_json)), a refusal by
/// the rate limit ([`fails_with_rate_limit`](Stub::fails_with_rate_limit)) and a list of several pages
/// ([`returns_pages`](Stub::returns_pages)).
///
/// A clone is the same server.
#[derive(Clone, Default)]
pub struct Mock {
    answers: Arc<Answers>,
}

impl Mock {
    /// A server that has no answer yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A client of this server. It has a credential for every security scheme, and makes
    /// no call again.
    ///
    /// # Panics
    ///
    /// Never in practice: the configuration is fixed.
    pub fn client(&self) -> Client {
        match self.builder().build() {
            Ok(client) => client,
            Err(error) => unreachable!("the configuration of a mock is fixed: {error}"),
        }
    }

    /// As [`client`](Self::client), to be set up further: with retries, or layers of
    /// your own.
    pub fn builder(&self) -> ClientBuilder {
        let answers = self.answers.clone();
        let network = HttpService::new(service_fn(move |request| {
            let answers = answers.clone();
            async move { answers.answer(request).await }
        }));
        let builder = Client::builder().base_url(BASE_URL).max_retries(0).network(network);
        SETTINGS.security_schemes.iter().fold(builder, |builder, scheme| match scheme.kind {
            SecuritySchemeKind::ApiKey { .. } => {
                builder.credential(scheme.name, Credential::api_key("mock"))
            }
            SecuritySchemeKind::Basic => {
                builder.credential(scheme.name, Credential::basic("mock", "mock"))
            }
            SecuritySchemeKind::Bearer => {
                builder.credential(scheme.name, Credential::bearer("mock"))
            }
            SecuritySchemeKind::Computed { .. } => {
                builder.credential(scheme.name, Credential::from_layer())
            }
            SecuritySchemeKind::MutualTls => builder,
        })
    }

    /// All requests that came, in their order.
    pub fn received(&self) -> Vec<ReceivedRequest> {
        self.answers.received()
    }

    /// What one operation answers. The generated code calls this.
    pub fn stub<T>(&self, operation: &'static Operation, encode: fn(&T) -> MockAnswer) -> Stub<T> {
        Stub::new(self.answers.clone(), operation, encode)
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let received = self.answers.received().len();
        formatter.debug_struct("Mock").field("received", &received).finish_non_exhaustive()
    }
}
