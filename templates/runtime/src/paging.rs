//! From one page of a list to the request for the next.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use reqwest::Url;

use super::call::Call;
use super::decode;
use super::error::{Error, PagingError, Result};
use super::json::{self, Document};
use super::link;
use super::operation::Operation;
use super::origin::origin;
use super::response::Answer;
use super::shown::Shown;

/// How an operation that answers with a part of a list tells where the next part is.
///
/// `next`, `items` and `total` are JSON Pointers (RFC 6901) into the body of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The operation gives everything at once.
    None,
    /// A `Link` header with the relation `next` (RFC 8288).
    Link,
    /// A URL in the body.
    Url {
        /// Where the URL is. The last page has none there.
        next: &'static str,
    },
    /// A value in the body, which goes into a query parameter of the next request.
    Cursor {
        /// The query parameter.
        parameter: &'static str,
        /// Where the value is. The last page has none there.
        next: &'static str,
    },
    /// A query parameter with the number of items to skip.
    Offset {
        /// The query parameter.
        parameter: &'static str,
        /// Where the list of items is. The list ends with a page without items.
        items: &'static str,
        /// Where the number of all items is, which spares the request for that page.
        /// Empty: the server does not tell it.
        total: &'static str,
    },
    /// A query parameter with the number of the page.
    PageNumber {
        /// The query parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
        /// Where the list of items is. The list ends with a page without items.
        items: &'static str,
    },
}

/// How many pages are remembered: their hashes take about a megabyte at most.
const MAX_REMEMBERED: usize = 1 << 16;

/// The pages that were passed, so that a list that goes in a circle ends.
///
/// Of a list of more than [`MAX_REMEMBERED`] pages the earlier ones are forgotten now and then: a
/// circle that is not longer is found in its second round at the latest.
#[derive(Default)]
pub(crate) struct Trail {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl Trail {
    /// Remembers the page at a URL, and gives the call for the next one unless it was passed.
    pub(crate) fn pass(&mut self, url: &Url, next: Option<Call>) -> Result<Option<Call>> {
        let Some(next) = next else { return Ok(None) };
        if self.hashes.len() >= MAX_REMEMBERED {
            self.hashes.clear();
        }
        self.hashes.insert(self.hasher.hash_one(url));
        if self.hashes.contains(&self.hasher.hash_one(next.url()?)) {
            let message = "the page names one as the next page that came before it";
            return Err(error(next.operation(), message.to_owned()));
        }
        Ok(Some(next))
    }
}

/// The call for the page after this one. `None`: this one is the last.
pub(crate) fn next_call(call: &Call, url: &Url, answer: &Answer) -> Result<Option<Call>> {
    let operation = answer.head.operation;
    match operation.paging {
        Paging::None => Ok(None),
        Paging::Link => match link::next(answer.headers()) {
            Some(target) => follow(call, url, &target, operation).map(Some),
            None => Ok(None),
        },
        Paging::Url { next } => match text_at(answer, next)? {
            Some(target) => follow(call, url, &target, operation).map(Some),
            None => Ok(None),
        },
        Paging::Cursor { parameter, next } => {
            let Some(cursor) = text_at(answer, next)? else { return Ok(None) };
            if call.query_value(parameter).as_deref() == Some(cursor.as_str()) {
                return Err(same_page(operation));
            }
            Ok(Some(call.clone().replace_query(parameter, &cursor)))
        }
        Paging::Offset { parameter, items, total } => {
            let count = count(answer, items)?;
            let next = number(call, parameter).unwrap_or(0).saturating_add(count);
            let total = match total {
                "" => None,
                total => text_at(answer, total)?.and_then(|total| total.parse().ok()),
            };
            let total: Option<u64> = total;
            if count == 0 || total.is_some_and(|total| next >= total) {
                return Ok(None);
            }
            Ok(Some(call.clone().replace_query(parameter, &next.to_string())))
        }
        Paging::PageNumber { parameter, first, items } => {
            if count(answer, items)? == 0 {
                return Ok(None);
            }
            let next = number(call, parameter).unwrap_or(first).saturating_add(1);
            Ok(Some(call.clone().replace_query(parameter, &next.to_string())))
        }
    }
}

/// The same call at the URL that the server names for the next page.
///
/// It must be of the same origin: the credentials of the call go there.
fn follow(call: &Call, url: &Url, target: &str, operation: &'static Operation) -> Result<Call> {
    let next = url.join(target).map_err(|cause| {
        error(operation, format!("the link to the next page is no URL: {cause}"))
    })?;
    if next.origin() != url.origin() {
        let (found, own) = (origin(&next), origin(url));
        return Err(error(
            operation,
            format!(
                "the link to the next page leads to {found} and not to {own}; it is not followed"
            ),
        ));
    }
    if next == *url {
        return Err(same_page(operation));
    }
    Ok(call.clone().at(with_kept_parameters(next, url, operation)))
}

/// The URL of the next page, with the parameters of this one that the server forgets.
fn with_kept_parameters(mut next: Url, url: &Url, operation: &Operation) -> Url {
    for name in operation.kept_parameters {
        let is_it = |(key, _): &(Cow<'_, str>, Cow<'_, str>)| key == name;
        if next.query_pairs().any(|pair| is_it(&pair)) {
            continue;
        }
        let values: Vec<String> =
            url.query_pairs().filter(is_it).map(|(_, value)| value.into_owned()).collect();
        if !values.is_empty() {
            next.query_pairs_mut().extend_pairs(values.iter().map(|value| (name, value)));
        }
    }
    next
}

/// The call for the page at a position that [`Pages`](super::Pages) gave.
///
/// # Errors
///
/// [`Error::Paging`]: it is no position at this client's origin.
pub(crate) fn resume(call: &Call, position: &str) -> Result<Call> {
    let operation = call.operation();
    let here = call.url()?;
    let there = here.join(position).ok().filter(|there| there.origin() == here.origin());
    let Some(there) = there else {
        let message = format!("`{}` is no position in this list", Shown(position));
        return Err(error(operation, message));
    };
    Ok(call.clone().at(there))
}

/// The position of a page: its URL without the origin, and so without what could not be stored.
pub(crate) fn position(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// Finds something in the body, of which only single values are wanted.
fn find<T>(answer: &Answer, find: impl FnOnce(&Document) -> T) -> Result<T> {
    let text = decode::json_text(answer);
    match json::validated(&text, answer.budget.limits()) {
        Ok(document) => Ok(find(&document)),
        Err(_) => Err(error(answer.head.operation, "the page is not JSON".to_owned())),
    }
}

/// The text or number at a place. Null and the empty text stand for none.
fn text_at(answer: &Answer, pointer: &str) -> Result<Option<String>> {
    let text = find(answer, |page| json::text_at(page, pointer))?;
    Ok(text.filter(|text| !text.is_empty()))
}

fn count(answer: &Answer, items: &str) -> Result<u64> {
    let count = find(answer, |page| page.count_at(items))?;
    count.ok_or_else(|| error(answer.head.operation, format!("the page has no list at `{items}`")))
}

fn number(call: &Call, parameter: &str) -> Option<u64> {
    call.query_value(parameter)?.parse().ok()
}

fn same_page(operation: &'static Operation) -> Error {
    error(operation, "the page names itself as the next page".to_owned())
}

fn error(operation: &'static Operation, message: String) -> Error {
    Error::Paging(PagingError::new(operation, message))
}
