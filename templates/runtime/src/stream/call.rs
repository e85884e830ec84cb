//! Calls whose answers or bodies flow.

use std::time::Duration;

use serde::Serialize;

use super::framing::Format;
use super::json_items::{JsonItems, Written};
use super::reader::StreamSettings;
use super::{EventStream, JsonStream};
#[cfg(feature = "blocking")]
use crate::runtime::blocking::Blocking;
use crate::runtime::call::Call;
use crate::runtime::error::Result;
use crate::runtime::response::Answer;
use crate::runtime::transport::BoxFuture;

impl Call {
    pub(crate) fn stream_settings(&self) -> StreamSettings {
        self.stream
    }

    /// Sets for how long nothing may come of an answer that is a stream, in place of the client's time.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.stream.idle_timeout = Some(timeout);
        self
    }

    /// Sets whether a stream of events that ended is asked for again, from the last event on, in place of what holds
    /// for the operation. See [`events`](Self::events).
    pub fn reconnect(mut self, reconnect: bool) -> Self {
        self.stream.reconnects = reconnect;
        self
    }

    /// Sets a body of JSON texts, one on each line, sent as that media type. The items of a stream are sent as they
    /// become available; such a call is made once.
    pub fn json_lines_body<T: Serialize + Send + 'static>(
        self,
        media_type: &str,
        body: impl Into<JsonItems<T>>,
    ) -> Self {
        self.json_items(media_type, Format::JsonLines, body.into())
    }

    /// Sets a body that is a JSON text sequence (RFC 7464), sent as that media type. The items of a stream are sent as
    /// they become available; such a call is made once.
    pub fn json_sequence_body<T: Serialize + Send + 'static>(
        self,
        media_type: &str,
        body: impl Into<JsonItems<T>>,
    ) -> Self {
        self.json_items(media_type, Format::JsonSequence, body.into())
    }

    fn json_items<T: Serialize + Send + 'static>(
        mut self,
        media_type: &str,
        format: Format,
        items: JsonItems<T>,
    ) -> Self {
        match items.written(format) {
            Ok(Written::Bytes(bytes)) => self.bytes(media_type, bytes),
            Ok(Written::Flow(body)) => self.upload(media_type, body),
            Err(cause) => {
                self.fail(format!("an item of the body cannot be written as JSON: {cause}"));
                self
            }
        }
    }

    /// Makes the call, and gives the server-sent events of a successful answer as they come
    /// (WHATWG HTML, section 9.2).
    ///
    /// Where [`reconnect`](Self::reconnect) or the operation says so, the call is made again when the stream ends or
    /// breaks off, with `Last-Event-ID`, after the time that the server asks for, or 3 seconds. It is given up where
    /// the server answers 204, or with an error; where it asks for a longer time than
    /// [`max_retry_wait`](Self::max_retry_wait); or after as many failures in a row as
    /// [`max_retries`](Self::max_retries) allows.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); [`Error::Decode`](crate::runtime::Error::Decode): the answer is of another media type.
    pub fn events<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<EventStream<T>>> {
        EventStream::open(self, decode)
    }

    /// Makes the call, and gives the JSON texts of a successful answer as they come, one on each line.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), but for the body.
    pub fn json_lines<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<JsonStream<T>>> {
        JsonStream::open(self, Format::JsonLines, decode)
    }

    /// Makes the call, and gives the JSON texts of a successful answer as they come, as a sequence (RFC 7464).
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), but for the body.
    pub fn json_sequence<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<JsonStream<T>>> {
        JsonStream::open(self, Format::JsonSequence, decode)
    }

    /// As [`events`](Self::events), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`events`](Self::events); inside of an async runtime,
    /// [`Error::Request`](crate::runtime::Error::Request).
    #[cfg(feature = "blocking")]
    pub fn events_blocking<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> Result<Blocking<EventStream<T>>> {
        Blocking::open(self.operation(), self.events(decode))
    }

    /// As [`json_lines`](Self::json_lines), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`json_lines`](Self::json_lines); inside of an async runtime,
    /// [`Error::Request`](crate::runtime::Error::Request).
    #[cfg(feature = "blocking")]
    pub fn json_lines_blocking<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> Result<Blocking<JsonStream<T>>> {
        Blocking::open(self.operation(), self.json_lines(decode))
    }

    /// As [`json_sequence`](Self::json_sequence), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`json_sequence`](Self::json_sequence); inside of an async runtime,
    /// [`Error::Request`](crate::runtime::Error::Request).
    #[cfg(feature = "blocking")]
    pub fn json_sequence_blocking<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> Result<Blocking<JsonStream<T>>> {
        Blocking::open(self.operation(), self.json_sequence(decode))
    }
}
