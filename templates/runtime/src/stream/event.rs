//! One event of an event stream.

use std::time::Duration;

use super::framing::Frame;
use crate::runtime::deviation::Deviation;
use crate::runtime::deviations::Deviations;

/// An event of a stream of server-sent events (WHATWG HTML, section 9.2).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event<T> {
    /// What the event says: the lines of its data, decoded.
    pub data: T,
    /// The type of the event. `None`: the server names none, and browsers call it `message`.
    pub event_type: Option<String>,
    /// The id of the last event that had one: where the stream goes on after this event. `None`: none had one.
    pub id: Option<String>,
    /// After how long the server wants the client to connect again, where the event says so.
    pub retry: Option<Duration>,
    deviations: Deviations,
}

impl<T> Event<T> {
    /// An event with that data, and without a type, an id or a time.
    pub fn new(data: T) -> Self {
        Self { data, event_type: None, id: None, retry: None, deviations: Deviations::default() }
    }

    /// Sets [`event_type`](Self#structfield.event_type).
    #[must_use]
    pub fn event_type(mut self, event_type: impl Into<String>) -> Self {
        self.event_type = Some(event_type.into());
        self
    }

    /// Sets [`id`](Self#structfield.id).
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets [`retry`](Self#structfield.retry), of which the wire has milliseconds.
    #[must_use]
    pub fn retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Where the data is not what the document says: see
    /// [`Response::deviations`](crate::runtime::Response::deviations).
    pub fn deviations(&self) -> Vec<Deviation> {
        self.deviations.list()
    }

    /// That of an item.
    pub(super) fn of(data: T, frame: Frame, deviations: Deviations) -> Self {
        let Frame { event_type, id, retry, .. } = frame;
        Self { data, event_type, id, retry, deviations }
    }
}

/// An event with that data, and nothing else.
impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}
