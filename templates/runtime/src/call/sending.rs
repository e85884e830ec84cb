//! How a call is made.

use super::Call;
#[cfg(feature = "blocking")]
use crate::runtime::blocking::{Blocking, block_on};
use crate::runtime::download::Download;
use crate::runtime::error::Result;
use crate::runtime::pages::{Items, Pages};
use crate::runtime::response::{Answer, Response};
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
    ) -> BoxFuture<Result<Response<T>>> {
        Box::pin(async move {
            let (answer, body) = transport::decoded(self, decode).await?;
            Ok(Response::new(answer, body))
        })
    }

    /// As [`send`](Self::send), but gives the decoded body only.
    pub fn into_body<T: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<T>> {
        Box::pin(async move { Ok(transport::decoded(self, decode).await?.1) })
    }

    /// Makes the call, and leaves the body of a successful answer to be read piece by
    /// piece.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), but for the body.
    pub fn download(self) -> BoxFuture<Result<Download>> {
        Box::pin(transport::execute(self, Download::begin))
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
}
