//! The pages of a list, and the items on them, one after the other.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::body;
use super::call::Call;
use super::error::{Error, Result};
use super::paging::next_call;
use super::response::{Answer, Response};
use super::transport::{self, BoxFuture};

/// The pages of a list: a stream that asks for a page when it is polled for one, and
/// keeps none.
///
/// It ends after the last page and after the first error.
#[must_use = "a page is asked for when the stream is polled"]
pub struct Pages<P> {
    state: State,
    decode: fn(&Answer) -> Result<P>,
}

enum State {
    Ready(Box<Call>),
    Waiting(BoxFuture<Result<Page>>),
    Failed(Error),
    Finished,
}

/// A page, and the call for the next one.
struct Page {
    answer: Answer,
    next: Result<Option<Call>>,
}

impl<P> Pages<P> {
    pub(crate) fn new(call: Call, decode: fn(&Answer) -> Result<P>) -> Self {
        Self { state: State::Ready(Box::new(call)), decode }
    }

    /// Gives the next page. `None`: there is none.
    pub async fn next(&mut self) -> Option<Result<Response<P>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<P>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Finished) {
                State::Ready(call) => self.state = State::Waiting(fetch(*call)),
                State::Waiting(mut page) => match page.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(page);
                        return Poll::Pending;
                    }
                    Poll::Ready(page) => {
                        return Poll::Ready(Some(page.and_then(|page| self.take(page))));
                    }
                },
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Finished => return Poll::Ready(None),
            }
        }
    }

    /// Decodes a page. A bad link to the next page is an error of its own, after this
    /// page.
    fn take(&mut self, page: Page) -> Result<Response<P>> {
        let body = (self.decode)(&page.answer)?;
        self.state = match page.next {
            Ok(Some(call)) => State::Ready(Box::new(call)),
            Ok(None) => State::Finished,
            Err(error) => State::Failed(error),
        };
        Ok(Response::new(page.answer.head, body))
    }
}

fn fetch(call: Call) -> BoxFuture<Result<Page>> {
    Box::pin(async move {
        let url = call.url()?;
        let answer = transport::execute(call.clone(), body::whole).await?;
        let next = next_call(&call, &url, &answer);
        Ok(Page { answer, next })
    })
}

impl<P> Stream for Pages<P> {
    type Item = Result<Response<P>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready(_) => "ready",
            State::Waiting(_) => "waiting",
            State::Failed(_) => "failed",
            State::Finished => "finished",
        };
        formatter.debug_struct("Pages").field("state", &state).finish_non_exhaustive()
    }
}

/// The items of a list: a stream that asks for a page when the one before is used up.
///
/// It ends after the last item and after the first error.
#[must_use = "a page is asked for when the stream is polled"]
pub struct Items<P, I> {
    pages: Pages<P>,
    items_of: fn(P) -> Vec<I>,
    page: vec::IntoIter<I>,
}

impl<P, I> Items<P, I> {
    pub(crate) fn new(pages: Pages<P>, items_of: fn(P) -> Vec<I>) -> Self {
        Self { pages, items_of, page: Vec::new().into_iter() }
    }

    /// Gives the next item. `None`: there is none.
    pub async fn next(&mut self) -> Option<Result<I>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.page = (self.items_of)(page.into_body()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// An item is handed out as a whole, so that nothing here is ever pinned.
impl<P, I> Unpin for Items<P, I> {}

impl<P, I> Stream for Items<P, I> {
    type Item = Result<I>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<P, I> fmt::Debug for Items<P, I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = self.page.as_slice().len();
        formatter
            .debug_struct("Items")
            .field("pages", &self.pages)
            .field("left_on_page", &left)
            .finish()
    }
}
