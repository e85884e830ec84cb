//! How a page of a mock leads to the next one.

use reqwest::Url;
use serde_json::{Map, Value};

use super::answers::MockAnswer;
use crate::runtime::paging::{Paging, position};

/// A page that leads on, in the way of the operation's lists.
///
/// `next` replaces parameters of the request's query where a URL leads on, and is the cursor where a
/// cursor does. Where the client counts items or pages itself, nothing tells it of a next one.
pub(super) fn leading_on(answer: MockAnswer, paging: Paging, url: &Url, next: &str) -> MockAnswer {
    match paging {
        Paging::Link => {
            answer.header("link", &format!("<{}>; rel=\"next\"", with_query(url, next)))
        }
        Paging::Url { next: pointer } => answer.with_text(pointer, &with_query(url, next)),
        Paging::Cursor { next: pointer, .. } => answer.with_text(pointer, next),
        Paging::Offset { .. } | Paging::PageNumber { .. } | Paging::None => answer,
    }
}

/// All pages of a list, each with what leads to the next one if that is not for the URL of a request to tell.
pub(super) fn counted(mut pages: Vec<MockAnswer>, paging: Paging) -> Vec<MockAnswer> {
    match paging {
        Paging::Offset { items, total, .. } if !total.is_empty() => {
            let count: usize = pages.iter().map(|page| page.count(items)).sum();
            pages.into_iter().map(|page| page.with(total, count.into())).collect()
        }
        Paging::Offset { items, .. } | Paging::PageNumber { items, .. } => {
            let end = pages.last().map(|page| page.clone().with(items, Value::Array(Vec::new())));
            pages.extend(end);
            pages
        }
        Paging::None | Paging::Link | Paging::Url { .. } | Paging::Cursor { .. } => pages,
    }
}

/// A URL without its origin, whose query has these parameters in place of its own of the same names.
fn with_query(url: &Url, parameters: &str) -> String {
    let mut next = url.clone();
    next.set_query(Some(parameters));
    let replaced: Vec<String> = next.query_pairs().map(|(name, _)| name.into_owned()).collect();
    let kept = url.query_pairs().filter(|(name, _)| !replaced.iter().any(|it| it == name));
    let kept: Vec<_> = kept.collect();
    if !kept.is_empty() {
        next.query_pairs_mut().extend_pairs(kept);
    }
    position(&next)
}

impl MockAnswer {
    fn with_text(self, pointer: &str, text: &str) -> Self {
        self.with(pointer, text.into())
    }

    /// Puts a value into a JSON body. A body that is no object there stays as it is.
    fn with(self, pointer: &str, value: Value) -> Self {
        let mut json = self.to_json();
        set(&mut json, pointer, value);
        self.with_whole(json.to_string())
    }

    /// How many items the list at a JSON Pointer has.
    fn count(&self, pointer: &str) -> usize {
        self.to_json().pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len)
    }

    fn to_json(&self) -> Value {
        serde_json::from_slice(self.whole()).unwrap_or_default()
    }
}

/// Sets the value at a JSON Pointer (RFC 6901), in objects that are made where there are none.
fn set(json: &mut Value, pointer: &str, value: Value) {
    let place = pointer.split('/').skip(1).try_fold(json, |json, token| {
        if json.is_null() {
            *json = Value::Object(Map::new());
        }
        let name = token.replace("~1", "/").replace("~0", "~");
        Some(json.as_object_mut()?.entry(name).or_insert(Value::Null))
    });
    if let Some(place) = place {
        *place = value;
    }
}
