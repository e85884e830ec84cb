//! When an event stream that ended is asked for again.

use std::time::Duration;

use crate::runtime::call::Call;

/// The wait before the client connects again where the server names none, as the standard has it: a few
/// seconds (WHATWG HTML, section 9.2.2).
const RECONNECTION_TIME: Duration = Duration::from_secs(3);

/// The shortest wait after a connection that gave nothing.
const SHORTEST_WAIT: Duration = Duration::from_millis(50);

/// The header with the id of the last event that arrived (WHATWG HTML, section 9.2.4).
const LAST_EVENT_ID: &str = "last-event-id";

/// What it takes to ask for a stream again.
pub(super) struct Reconnection {
    call: Call,
    /// How often it was made since the last item.
    fruitless: u32,
    /// How often it failed since then.
    failures: u32,
}

impl Reconnection {
    /// For a call that may be made again, and can be.
    pub(super) fn of(call: &Call) -> Option<Self> {
        let call = call.again()?;
        call.stream_settings().reconnects.then_some(Self { call, fruitless: 0, failures: 0 })
    }

    /// Notes that an item came.
    pub(super) fn succeed(&mut self) {
        (self.fruitless, self.failures) = (0, 0);
    }

    /// How long to wait before the stream is asked for again: the server's time, doubled with each connection in a row
    /// after the first that gave nothing. `None`: it is not, after too many failures or since the server's time is longer
    /// than the client waits.
    pub(super) fn wait(&mut self, has_failed: bool, told: Option<Duration>) -> Option<Duration> {
        let policy = self.call.retry_policy();
        let told = told.unwrap_or(RECONNECTION_TIME.min(policy.max_wait));
        let is_given_up = has_failed && self.failures >= policy.max_retries;
        if is_given_up || told > policy.max_wait {
            return None;
        }
        let wait = match self.fruitless {
            0 => told,
            count => told.max(SHORTEST_WAIT).saturating_mul(2_u32.saturating_pow(count)),
        };
        self.fruitless += 1;
        self.failures += u32::from(has_failed);
        Some(wait.min(policy.max_wait))
    }

    /// The call that goes on after the event with that id.
    pub(super) fn call(&self, last_event_id: Option<&str>) -> Call {
        let call = self.call.clone();
        match last_event_id {
            Some(id) => call.header(LAST_EVENT_ID, id),
            None => call,
        }
    }
}
