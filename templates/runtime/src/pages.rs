//! The pages of a list, and the items on them, one after the other.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use std::vec;

use futures_core::Stream;
use reqwest::Url;

use super::call::Call;
use super::error::{Error, PagingError, Result};
use super::operation::Operation;
use super::paging::{Trail, next_call, position, resume};
use super::response::{Answer, Response};
use super::transport::{self, BoxFuture};

/// How many pages without items may follow each other, unless the caller says otherwise.
const MAX_EMPTY_PAGES: usize = 1000;

/// The pages of a list: a stream that asks for a page when it is polled for one, and
/// keeps none.
///
/// It ends after the last page and after the first error. The call's time-out holds for each page.
/// A page that leads back to one before it is an [`Error::Paging`], after that page.
#[must_use = "a page is asked for when the stream is polled"]
pub struct Pages<P> {
    operation: &'static Operation,
    state: State<P>,
    trail: Trail,
    /// Where the page is that was given last.
    given: Option<String>,
    /// Where the page after that one is.
    position: Option<String>,
    decode: fn(&Answer) -> Result<P>,
    /// How long to wait where a log ends for now, before it is gone on with there.
    pause: Option<Duration>,
    /// What such a log is asked by.
    call: Box<Call>,
}

enum State<P> {
    Ready(Box<Call>),
    Waiting(BoxFuture<Result<Page<P>>>),
    Failed(Error),
    Finished,
}

/// A page, and the call for the next one.
struct Page<P> {
    response: Response<P>,
    url: Url,
    next: Result<Option<Call>>,
}

impl<P: Send + 'static> Pages<P> {
    pub(crate) fn new(call: Call, decode: fn(&Answer) -> Result<P>) -> Self {
        let operation = call.operation();
        Self {
            operation,
            given: None,
            position: call.url().ok().map(|url| position(&url)),
            call: Box::new(call.clone()),
            state: State::Ready(Box::new(call)),
            trail: Trail::default(),
            decode,
            pause: None,
        }
    }

    /// Goes on at a [position](Self::position) that the same list of the same API gave, in whatever
    /// process. Before the first page is asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Paging`]: it is no position of this list.
    pub fn resume_at(mut self, text: &str) -> Result<Self> {
        if let State::Ready(call) = &self.state {
            let call = resume(call, text)?;
            self.position = Some(position(&call.url()?));
            self.state = State::Ready(Box::new(call));
        }
        Ok(self)
    }

    /// Where the next page is, as a text that can be stored: [`resume_at`](Self::resume_at) goes on
    /// there. `None`: there is none. After an error, it is where the page that failed is.
    pub fn position(&self) -> Option<&str> {
        self.position.as_deref()
    }

    /// Gives the next page. `None`: there is none.
    pub async fn next(&mut self) -> Option<Result<Response<P>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<P>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Finished) {
                State::Ready(call) => self.state = State::Waiting(fetch(*call, self.decode)),
                State::Waiting(mut page) => match page.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(page);
                        return Poll::Pending;
                    }
                    Poll::Ready(page) => {
                        return Poll::Ready(Some(page.map(|page| self.take(page))));
                    }
                },
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Finished => return Poll::Ready(None),
            }
        }
    }

    /// Ends at a page without items, or waits and goes on after it.
    fn pause(&mut self) {
        self.state = State::Finished;
        let (Some(pause), Some(position)) = (self.pause, &self.position) else { return };
        // What is asked for again and again goes in no circle.
        self.trail = Trail::default();
        self.state = match resume(&self.call, position) {
            Ok(call) => {
                let page = fetch(call, self.decode);
                State::Waiting(Box::pin(async move {
                    tokio::time::sleep(pause).await;
                    page.await
                }))
            }
            Err(error) => State::Failed(error),
        };
    }

    /// Takes a page. A bad link to the next page is an error of its own, after this page.
    fn take(&mut self, page: Page<P>) -> Response<P> {
        let next = match &page.next {
            Ok(next) => next.as_ref().and_then(|call| call.url().ok()).map(|url| position(&url)),
            Err(_) => Some(position(&page.url)),
        };
        self.given = std::mem::replace(&mut self.position, next);
        self.state = match page.next.and_then(|next| self.trail.pass(&page.url, next)) {
            Ok(Some(call)) => State::Ready(Box::new(call)),
            Ok(None) => State::Finished,
            Err(error) => State::Failed(error),
        };
        page.response
    }
}

fn fetch<P: Send + 'static>(
    call: Call,
    decode: fn(&Answer) -> Result<P>,
) -> BoxFuture<Result<Page<P>>> {
    Box::pin(async move {
        let url = call.url()?;
        let (this, here) = (call.clone(), url.clone());
        let decoded = transport::decoded(call, move |answer| {
            let body = decode(answer)?;
            Ok((body, next_call(&this, &here, answer)))
        });
        let (answer, (body, next)) = decoded.await?;
        Ok(Page { response: Response::new(answer, body), url, next })
    })
}

/// A page is handed out as a whole, so that nothing here is ever pinned.
impl<P> Unpin for Pages<P> {}

impl<P: Send + 'static> Stream for Pages<P> {
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
/// It ends after the last item and after the first error. The call's time-out holds for each page.
/// Pages without items are passed over, [up to a bound](Self::max_empty_pages). Where the list is a log
/// that goes on with what happens later, the first of them ends it for now, and
/// [`position`](Self::position) tells where to go on.
#[must_use = "a page is asked for when the stream is polled"]
pub struct Items<P, I> {
    pages: Pages<P>,
    items_of: fn(P) -> Vec<I>,
    page: vec::IntoIter<I>,
    empty_pages: usize,
    max_empty_pages: usize,
}

impl<P: Send + 'static, I> Items<P, I> {
    pub(crate) fn new(pages: Pages<P>, items_of: fn(P) -> Vec<I>) -> Self {
        Self {
            pages,
            items_of,
            page: Vec::new().into_iter(),
            empty_pages: 0,
            max_empty_pages: MAX_EMPTY_PAGES,
        }
    }

    /// Sets how many pages without items may follow each other, which some servers send while they
    /// search. After one more, the list ends with an [`Error::Paging`]. Default: 1000.
    pub fn max_empty_pages(mut self, max_empty_pages: usize) -> Self {
        self.max_empty_pages = max_empty_pages;
        self
    }

    /// Goes on at a [position](Self::position) that the same list of the same API gave, in whatever
    /// process. Before the first item is asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Paging`]: it is no position of this list.
    pub fn resume_at(mut self, text: &str) -> Result<Self> {
        self.pages = self.pages.resume_at(text)?;
        Ok(self)
    }

    /// Follows a log that goes on with what happens later: where it ends for now, waits for so long and
    /// asks again, for ever. Only a list that the SDK knows for such a log does so; any other one ends
    /// as ever.
    ///
    /// ```text
    /// let mut events = list.stream().follow(Duration::from_secs(10));
    /// if let Some(position) = load() {
    ///     events = events.resume_at(&position)?;
    /// }
    /// while let Some(event) = events.next().await {
    ///     handle(event?);
    ///     store(events.position());
    /// }
    /// ```
    pub fn follow(mut self, pause: Duration) -> Self {
        self.pages.pause = Some(pause);
        self
    }

    /// Where the items go on, as a text that can be stored: [`resume_at`](Self::resume_at) begins there.
    /// It is a page: the one whose items are given now, as long as some are left, and the next one then.
    /// `None`: there are no more.
    ///
    /// A log that is [followed](Self::follow) goes on there after a failure, or in another process.
    pub fn position(&self) -> Option<&str> {
        match self.page.len() {
            0 => self.pages.position(),
            _ => self.pages.given.as_deref(),
        }
    }

    /// Gives the next item. `None`: there is none.
    pub async fn next(&mut self) -> Option<Result<I>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I>>> {
        loop {
            if let Some(item) = self.page.next() {
                self.empty_pages = 0;
                return Poll::Ready(Some(Ok(item)));
            }
            if self.empty_pages > self.max_empty_pages {
                return Poll::Ready(self.give_up().map(Err));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => {
                    self.page = (self.items_of)(page.into_body()).into_iter();
                    self.empty_pages += 1;
                    if self.page.len() == 0 && self.pages.operation.empty_page_ends {
                        self.empty_pages = 0;
                        self.pages.pause();
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Send + 'static, I> Items<P, I> {
    /// Ends the list, with an error unless it ended already.
    fn give_up(&mut self) -> Option<Error> {
        if matches!(self.pages.state, State::Finished) {
            return None;
        }
        self.pages.state = State::Finished;
        let message = format!(
            "{} pages without items came in a row, and the last one names a next one; \
             `Items::max_empty_pages` permits more",
            self.empty_pages
        );
        Some(Error::Paging(PagingError::new(self.pages.operation, message)))
    }
}

/// An item is handed out as a whole, so that nothing here is ever pinned.
impl<P, I> Unpin for Items<P, I> {}

impl<P: Send + 'static, I> Stream for Items<P, I> {
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
