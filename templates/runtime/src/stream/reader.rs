//! The connection of a stream: what comes, how long that may take, and what follows its end.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use tokio::time::{Sleep, sleep};

use super::framing::{Format, Frame, Framing, TooLarge, boundary};
use super::idle::Idle;
use super::reconnection::Reconnection;
use crate::runtime::body::{self, broken_off};
use crate::runtime::call::Call;
use crate::runtime::deviations::Deviations;
use crate::runtime::error::{DecodeError, Error, Result, TimeoutError};
use crate::runtime::media_type::essence;
use crate::runtime::response::{Answer, Budget, Head};
use crate::runtime::shown::Shown;
use crate::runtime::transport::{self, BoxFuture};

/// What holds for the streams of a client or of one call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StreamSettings {
    /// How long nothing may come.
    pub(crate) idle_timeout: Option<Duration>,
    /// Whether a stream of events that ended is asked for again.
    pub(crate) reconnects: bool,
}

/// Reads the items of an answer one by one, and keeps none.
pub(crate) struct Reader {
    head: Head,
    /// What an item is decoded from.
    item: Answer,
    /// How many items came.
    count: u64,
    format: Format,
    framing: Framing,
    /// What came and was not taken apart yet.
    piece: Bytes,
    state: State,
    idle: Idle,
    reconnection: Option<Reconnection>,
    limit: usize,
}

enum State {
    Reading(reqwest::Body),
    /// It is asked for again after this.
    Waiting(Pin<Box<Sleep>>),
    Connecting(BoxFuture<Result<Opened>>),
    Ended,
}

/// A successful answer whose body is still to be read.
struct Opened {
    head: Head,
    body: reqwest::Body,
    limit: usize,
}

impl Reader {
    /// Makes a call and gives its answer once the head is there.
    pub(crate) fn open(call: Call, format: Format) -> BoxFuture<Result<Self>> {
        Box::pin(async move {
            let settings = call.stream_settings();
            let is_followed = format == Format::Events;
            let reconnection = is_followed.then(|| Reconnection::of(&call)).flatten();
            let Opened { head, body, limit } = open(call, format).await?;
            // The charset is always UTF-8, whatever the header says.
            let item_head = Head { headers: HeaderMap::new(), ..head.clone() };
            Ok(Self {
                // There is no more to come (WHATWG HTML, section 9.2.3).
                reconnection: reconnection.filter(|_| head.status != StatusCode::NO_CONTENT),
                framing: Framing::new(format, limit, &head.headers),
                head,
                item: Answer::new(item_head, Bytes::new(), Budget::of_body(limit)),
                count: 0,
                format,
                piece: Bytes::new(),
                state: State::Reading(body),
                idle: Idle::new(settings.idle_timeout),
                limit,
            })
        })
    }

    /// Shows a stream by the head of its answer, and nothing of what it says.
    pub(crate) fn show(&self, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head { operation, status, request_id, .. } = &self.head;
        formatter
            .debug_struct(name)
            .field("operation", operation)
            .field("status", status)
            .field("request_id", &request_id.as_deref().map(Shown))
            .finish_non_exhaustive()
    }

    /// The head of the answer that is read now.
    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    pub(crate) fn last_event_id(&self) -> Option<&str> {
        self.framing.last_event_id()
    }

    /// The next item, made of its value, of what the stream says of it, and of what it deviates in. An item that cannot be decoded is an error, after which others may come.
    pub(crate) fn poll<T, I>(
        &mut self,
        context: &mut Context<'_>,
        decode: fn(&Answer) -> Result<T>,
        make: impl FnOnce(T, Frame, Deviations) -> I,
    ) -> Poll<Option<Result<I>>> {
        let frame = match ready!(self.poll_frame(context)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        let sentinel = self.head.operation.sentinel;
        if !sentinel.is_empty() && frame.data.trim_ascii() == sentinel.as_bytes() {
            self.drain(context);
            return Poll::Ready(None);
        }
        if let Some(reconnection) = &mut self.reconnection {
            reconnection.succeed();
        }
        Poll::Ready(Some(self.decode(frame, decode, make)))
    }

    #[inline]
    fn decode<T, I>(
        &mut self,
        mut frame: Frame,
        decode: fn(&Answer) -> Result<T>,
        make: impl FnOnce(T, Frame, Deviations) -> I,
    ) -> Result<I> {
        self.item.head.item = Some(self.count);
        self.count += 1;
        if frame.is_cut {
            let message = self.format.of_cut_item();
            let error = DecodeError::new(&self.item.head, frame.data, message);
            return Err(Error::Decode(error));
        }
        self.item.body = mem::take(&mut frame.data);
        self.swap_headers(&mut frame);
        let value = decode(&self.item);
        self.swap_headers(&mut frame);
        let deviations = self.item.deviations.take().unwrap_or_default();
        self.item.body = Bytes::new();
        Ok(make(value?, frame, deviations))
    }

    /// What stands in the headers of a part is for whoever decodes it.
    fn swap_headers(&mut self, frame: &mut Frame) {
        if let Some(headers) = &mut frame.headers {
            mem::swap(&mut **headers, &mut self.item.head.headers);
        }
    }

    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame>>> {
        loop {
            match self.framing.next(&mut self.piece) {
                Some(Ok(frame)) => return Poll::Ready(Some(Ok(frame))),
                Some(Err(TooLarge)) => return Poll::Ready(Some(Err(self.too_large()))),
                None => {}
            }
            let ended = match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Reading(body) => match Pin::new(body).poll_frame(context) {
                    Poll::Ready(Some(Ok(frame))) => {
                        self.idle.stop();
                        // What is no data is a trailer, which nothing is made of.
                        self.piece = frame.into_data().unwrap_or_default();
                        continue;
                    }
                    Poll::Ready(Some(Err(cause))) => Some(broken_off(self.head.operation, cause)),
                    Poll::Ready(None) => None,
                    Poll::Pending => {
                        let timeout = ready!(self.idle.poll(context));
                        let error = TimeoutError::idle(self.head.operation, timeout);
                        Some(Error::Timeout(error))
                    }
                },
                State::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    self.connect();
                    continue;
                }
                State::Connecting(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(opened) => {
                        self.go_on(opened);
                        continue;
                    }
                    Err(error) => Some(error),
                },
            };
            if let Some(last) = self.end(ended) {
                return Poll::Ready(Some(last));
            }
        }
    }

    /// Ends what is read, by a failure or as the server ended it; what it ends with is still to be given.
    fn end(&mut self, failure: Option<Error>) -> Option<Result<Frame>> {
        self.idle.stop();
        let last = self.framing.finish().filter(|_| failure.is_none());
        let is_lasting = failure
            .as_ref()
            .is_some_and(|error| !matches!(error, Error::Transport(_) | Error::Timeout(_)));
        let told = self.framing.reconnection_time();
        let reconnection = self.reconnection.as_mut().filter(|_| !is_lasting);
        let wait = reconnection.and_then(|it| it.wait(failure.is_some(), told));
        self.state = match wait {
            Some(wait) => State::Waiting(Box::pin(sleep(wait))),
            None => State::Ended,
        };
        match (failure, wait) {
            (Some(failure), None) => Some(Err(failure)),
            _ => last.map(Ok),
        }
    }

    /// Asks for the stream again, from the last event on.
    fn connect(&mut self) {
        let Some(reconnection) = &self.reconnection else {
            self.state = State::Ended;
            return;
        };
        let call = reconnection.call(self.framing.last_event_id());
        self.state = State::Connecting(open(call, self.format));
    }

    /// Goes on with another answer.
    fn go_on(&mut self, opened: Opened) {
        if opened.head.status == StatusCode::NO_CONTENT {
            self.reconnection = None;
        }
        self.head = opened.head;
        self.state = State::Reading(opened.body);
    }

    /// Ends the stream after its last item. What is there already is taken from the connection, so that another
    /// call can use it.
    fn drain(&mut self, context: &mut Context<'_>) {
        self.piece = Bytes::new();
        if let State::Reading(body) = &mut self.state {
            while let Poll::Ready(Some(Ok(_))) = Pin::new(&mut *body).poll_frame(context) {}
        }
        self.state = State::Ended;
    }

    fn too_large(&mut self) -> Error {
        self.item.head.item = Some(self.count);
        self.count += 1;
        body::too_large(&self.item.head, self.limit)
    }
}

/// Makes a call, and leaves the body of a successful answer to be read.
fn open(call: Call, format: Format) -> BoxFuture<Result<Opened>> {
    let begin = match format {
        Format::Events => begin_events,
        Format::JsonLines | Format::JsonSequence => begin,
        Format::Parts => begin_parts,
    };
    Box::pin(transport::execute(call, begin))
}

fn begin(head: Head, body: reqwest::Body, limit: usize) -> BoxFuture<Result<Opened>> {
    Box::pin(async move { Ok(Opened { head, body, limit }) })
}

/// An answer of another media type is no event stream (WHATWG HTML, section 9.2.3): without this, it would be
/// one in which no line says anything.
fn begin_events(head: Head, body: reqwest::Body, limit: usize) -> BoxFuture<Result<Opened>> {
    Box::pin(async move {
        let media_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = essence(media_type.unwrap_or_default());
        if essence.is_empty() || essence.eq_ignore_ascii_case("text/event-stream") {
            return begin(head, body, limit).await;
        }
        let message = format!("is no event stream but {essence}");
        let answer = body::read(head, body, limit).await.answer;
        Err(Error::Decode(DecodeError::new(&answer.head, answer.body, message)))
    })
}

/// Without a boundary there are no parts, unless there is nothing at all.
fn begin_parts(head: Head, body: reqwest::Body, limit: usize) -> BoxFuture<Result<Opened>> {
    Box::pin(async move {
        if boundary(&head.headers).is_some() {
            return begin(head, body, limit).await;
        }
        let answer = body::read(head, body, limit).await.answer;
        if answer.body.is_empty() {
            return begin(answer.head, reqwest::Body::default(), limit).await;
        }
        let message = "has no boundary between parts in its media type (RFC 2046, section 5.1.1)";
        Err(Error::Decode(DecodeError::new(&answer.head, answer.body, message)))
    })
}
