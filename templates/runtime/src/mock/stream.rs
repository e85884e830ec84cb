//! What a mock answers with item by item.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use std::vec;

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::time::{Sleep, sleep};

use crate::runtime::error::BoxError;

/// An answer that comes item by item, with pauses, and breaks off where a test wants it to.
///
/// ```text
/// let stream = MockStream::new().item(first).pause(Duration::from_secs(1)).item(second).breaks_off();
/// mock.notes().watch_notes().returns(stream);
/// ```
#[derive(Clone, Debug)]
pub struct MockStream<I> {
    pub(super) steps: Vec<Step<I>>,
}

/// What a stream does next.
#[derive(Clone, Debug)]
pub(super) enum Step<I> {
    Item(I),
    Bytes(Bytes),
    Pause(Duration),
    BreakOff,
}

impl<I> MockStream<I> {
    /// A stream without items.
    pub fn new() -> Self {
        Self { steps: Vec::new() }
    }

    /// Gives an item.
    #[must_use]
    pub fn item(self, item: impl Into<I>) -> Self {
        self.step(Step::Item(item.into()))
    }

    /// Gives bytes that need be no item.
    #[must_use]
    pub fn bytes(self, bytes: impl Into<Bytes>) -> Self {
        self.step(Step::Bytes(bytes.into()))
    }

    /// Gives nothing for that time, by the clock of tokio.
    #[must_use]
    pub fn pause(self, pause: Duration) -> Self {
        self.step(Step::Pause(pause))
    }

    /// Breaks the connection off. Nothing comes after that.
    #[must_use]
    pub fn breaks_off(self) -> Self {
        self.step(Step::BreakOff)
    }

    fn step(mut self, step: Step<I>) -> Self {
        self.steps.push(step);
        self
    }

    /// How many items there are.
    pub(super) fn count(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Item(_))).count()
    }

    /// Whether the connection breaks off at the end.
    pub(super) fn ends_broken_off(&self) -> bool {
        matches!(self.steps.last(), Some(Step::BreakOff))
    }

    /// Writes the items.
    pub(super) fn written(&self, write: impl Fn(&I) -> Bytes) -> Vec<Step<Bytes>> {
        let step = |step: &Step<I>| match step {
            Step::Item(item) => Step::Item(write(item)),
            Step::Bytes(bytes) => Step::Bytes(bytes.clone()),
            Step::Pause(pause) => Step::Pause(*pause),
            Step::BreakOff => Step::BreakOff,
        };
        self.steps.iter().map(step).collect()
    }
}

impl<I> Default for MockStream<I> {
    fn default() -> Self {
        Self::new()
    }
}

/// These items, without a pause.
impl<I> From<Vec<I>> for MockStream<I> {
    fn from(items: Vec<I>) -> Self {
        Self { steps: items.into_iter().map(Step::Item).collect() }
    }
}

/// A body that does what the steps say.
pub(super) struct SteppedBody {
    steps: vec::IntoIter<Step<Bytes>>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl SteppedBody {
    pub(super) fn new(steps: Vec<Step<Bytes>>) -> Self {
        Self { steps: steps.into_iter(), pause: None }
    }
}

impl Body for SteppedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        loop {
            if let Some(pause) = &mut self.pause {
                if pause.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                self.pause = None;
            }
            match self.steps.next() {
                Some(Step::Item(bytes) | Step::Bytes(bytes)) => {
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Step::Pause(pause)) => self.pause = Some(Box::pin(sleep(pause))),
                Some(Step::BreakOff) => return Poll::Ready(Some(Err(BrokenOff.into()))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The error of a stream that is to break off.
#[derive(Debug)]
struct BrokenOff;

impl fmt::Display for BrokenOff {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the mock broke the stream off")
    }
}

impl std::error::Error for BrokenOff {}
