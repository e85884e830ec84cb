//! Calls from code that is not async.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::Duration;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use super::error::{BoxError, Error, RequestError, Result, TransportError};
use super::operation::Operation;
use super::pages::{Items, Pages};

/// Runs a call to its end, on a thread of the SDK's own that all blocking calls share.
pub(crate) fn block_on<T>(
    operation: &'static Operation,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    if Handle::try_current().is_ok() {
        let message = "a blocking method was called inside of an async runtime, which it would \
                       stop; await the async method of the same name instead";
        return Err(Error::Request(RequestError::new(operation, message)));
    }
    match runtime() {
        Ok(runtime) => runtime.block_on(call),
        Err(cause) => Err(Error::Transport(TransportError::new(operation, cause))),
    }
}

/// The runtime of all blocking calls. It has a thread, so that connections live on
/// between calls.
fn runtime() -> std::result::Result<&'static Runtime, BoxError> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("sdk-blocking")
        .enable_all()
        .build()?;
    Ok(RUNTIME.get_or_init(|| runtime))
}

/// Pages, items or events, one after the other, in code that is not async.
///
/// It ends where the async stream does. Inside of an async runtime it gives an
/// [`Error::Request`], and ends.
#[derive(Debug)]
#[must_use = "what comes next is asked for when the iterator is"]
pub struct Blocking<S> {
    operation: &'static Operation,
    stream: S,
    is_over: bool,
}

impl<S> Blocking<S> {
    pub(crate) fn new(operation: &'static Operation, stream: S) -> Self {
        Self { operation, stream, is_over: false }
    }

    /// What an operation gives, once it has begun.
    #[cfg(feature = "streams")]
    pub(crate) fn open(
        operation: &'static Operation,
        opening: impl Future<Output = Result<S>>,
    ) -> Result<Self> {
        Ok(Self::new(operation, block_on(operation, opening)?))
    }

    /// The stream, which has the head of its answer.
    pub fn as_stream(&self) -> &S {
        &self.stream
    }
}

impl<P: Send + 'static> Blocking<Pages<P>> {
    /// As [`Pages::resume_at`].
    ///
    /// # Errors
    ///
    /// As for [`Pages::resume_at`].
    pub fn resume_at(mut self, text: &str) -> Result<Self> {
        self.stream = self.stream.resume_at(text)?;
        Ok(self)
    }

    /// As [`Pages::position`].
    pub fn position(&self) -> Option<&str> {
        self.stream.position()
    }
}

impl<P: Send + 'static, I> Blocking<Items<P, I>> {
    /// As [`Items::resume_at`].
    ///
    /// # Errors
    ///
    /// As for [`Items::resume_at`].
    pub fn resume_at(mut self, text: &str) -> Result<Self> {
        self.stream = self.stream.resume_at(text)?;
        Ok(self)
    }

    /// As [`Items::follow`].
    pub fn follow(mut self, pause: Duration) -> Self {
        self.stream = self.stream.follow(pause);
        self
    }

    /// As [`Items::position`].
    pub fn position(&self) -> Option<&str> {
        self.stream.position()
    }
}

impl<T, S: Stream<Item = Result<T>> + Unpin> Iterator for Blocking<S> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let stream = &mut self.stream;
        let next = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        let item = block_on(self.operation, async { Ok(next.await) });
        self.is_over = !matches!(item, Ok(Some(_)));
        item.unwrap_or_else(|error| Some(Err(error)))
    }
}
