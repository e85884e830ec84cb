//! How a call is made.

use std::future::Future;

use super::Call;
#[cfg(feature = "blocking")]
use crate::runtime::blocking::{Blocking, block_on};
use crate::runtime::download::Download;
use crate::runtime::error::Result;
use crate::runtime::pages::{Items, Pages};
use crate::runtime::response::{Answer, Response};
use crate::runtime::stream::framing::Format;
use crate::runtime::stream::{EventStream, JsonStream};
use crate::runtime::transport::{self, BoxFuture};

impl Call {
    /// Makes the call, and decodes the body of a successful answer with one of the functions of
    /// [`decode`](crate::runtime::decode).
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::runtime::Error); [`Error::Request`](crate::runtime::Error::Request) and
    /// [`Error::Authentication`](crate::runtime::Error::Authentication) come before any request.
    pub fn send<T: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> impl Future<Output = Result<Response<T>>> + Send + 'static {
        let decoded = transport::decoded(self, decode);
        async move {
            let (answer, body) = decoded.await?;
            Ok(Response::new(answer, body))
        }
    }

    /// As [`send`](Self::send), but gives the decoded body only.
    pub fn into_body<T: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<T>> {
        let decoded = transport::decoded(self, decode);
        Box::pin(async move { Ok(decoded.await?.1) })
    }

    /// Makes the call, and leaves the body of a successful answer to be read piece by
    /// piece.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), but for the body.
    pub fn download(self) -> BoxFuture<Result<Download>> {
        transport::execute(self, Download::begin)
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

    /// Goes through the pages of a list, from this call's page on.
    pub fn pages<P: Send + 'static>(self, decode: fn(&Answer) -> Result<P>) -> Pages<P> {
        Pages::new(self, decode)
    }

    /// Goes through the items of a list, from this call's page on.
    pub fn items<P: Send + 'static, I>(
        self,
        decode: fn(&Answer) -> Result<P>,
        items_of: fn(P) -> Vec<I>,
    ) -> Items<P, I> {
        Items::new(self.pages(decode), items_of)
    }

    /// As [`send`](Self::send), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); inside of an async runtime,
    /// [`Error::Request`](crate::runtime::Error::Request).
    #[cfg(feature = "blocking")]
    pub fn send_blocking<T: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> Result<Response<T>> {
        block_on(self.operation, self.send(decode))
    }

    /// As [`download`](Self::download), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`download`](Self::download); inside of an async runtime,
    /// [`Error::Request`](crate::runtime::Error::Request).
    #[cfg(feature = "blocking")]
    pub fn download_blocking(self) -> Result<Download> {
        block_on(self.operation, self.download())
    }

    /// As [`pages`](Self::pages), in code that is not async.
    #[cfg(feature = "blocking")]
    pub fn pages_blocking<P: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<P>,
    ) -> Blocking<Pages<P>> {
        Blocking::new(self.operation, self.pages(decode))
    }

    /// As [`items`](Self::items), in code that is not async.
    #[cfg(feature = "blocking")]
    pub fn items_blocking<P: Send + 'static, I>(
        self,
        decode: fn(&Answer) -> Result<P>,
        items_of: fn(P) -> Vec<I>,
    ) -> Blocking<Items<P, I>> {
        Blocking::new(self.operation, self.items(decode, items_of))
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
        Blocking::open(self.operation, self.events(decode))
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
        Blocking::open(self.operation, self.json_lines(decode))
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
        Blocking::open(self.operation, self.json_sequence(decode))
    }
}
