//! Calls whose answers or bodies flow.

use std::time::Duration;

use serde::Serialize;

use super::flow::Written;
use super::framing::Format;
use super::reader::StreamSettings;
use super::{EventStream, JsonItems, JsonStream, PartEncodings, PartItems, PartStream};
#[cfg(feature = "blocking")]
use crate::runtime::blocking::Blocking;
use crate::runtime::call::Call;
use crate::runtime::error::{BoxError, Result};
use crate::runtime::model::FilePart;
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

    /// Makes the call, and gives the parts of a successful answer as they come (RFC 2046, section 5.1).
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), but for the body; [`Error::Decode`](crate::runtime::Error::Decode): the media type of
    /// the answer has no boundary.
    pub fn parts<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<PartStream<T>>> {
        PartStream::open(self, decode)
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
            Ok(body) => self.flowing_body(media_type, body),
            Err(cause) => {
                self.fail(format!("an item of the body cannot be written as JSON: {cause}"));
                self
            }
        }
    }

    /// Sets a body of several parts (RFC 2046, section 5.1), sent as that media type, which gets a boundary. What is an
    /// object or a list is a part of JSON, and everything else one of text, unless the encodings say otherwise. The parts
    /// of a stream are sent as they become available; such a call is made once.
    pub fn parts_body<T: Serialize + Send + 'static>(
        self,
        media_type: &str,
        body: impl Into<PartItems<T>>,
        encodings: PartEncodings,
    ) -> Self {
        self.parts_as(body.into().written(media_type, encodings))
    }

    /// As [`parts_body`](Self::parts_body), of files.
    pub fn file_parts_body(
        self,
        media_type: &str,
        body: impl Into<PartItems<FilePart>>,
        encodings: PartEncodings,
    ) -> Self {
        self.parts_as(body.into().written_as_files(media_type, encodings))
    }

    fn parts_as(mut self, written: std::result::Result<(String, Written), BoxError>) -> Self {
        match written {
            Ok((media_type, body)) => self.flowing_body(&media_type, body),
            Err(cause) => {
                self.fail(format!("a part of the body cannot be written: {cause}"));
                self
            }
        }
    }

    fn flowing_body(self, media_type: &str, body: Written) -> Self {
        match body {
            Written::Bytes(bytes) => self.bytes(media_type, bytes),
            Written::Flow(body) => self.upload(media_type, body),
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

    /// As [`parts`](Self::parts), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`parts`](Self::parts); inside of an async runtime,
    /// [`Error::Request`](crate::runtime::Error::Request).
    #[cfg(feature = "blocking")]
    pub fn parts_blocking<T: 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> Result<Blocking<PartStream<T>>> {
        Blocking::open(self.operation(), self.parts(decode))
    }
}
