//! A budget instead of refusals: calls wait before they would be refused by a rate limit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex as Turn;
use tokio::time::Instant;

use super::error::{Error, Result, TimeoutError};
use super::operation::Operation;
use super::rate_limit::{AFTER_RESET, RateLimit};
use super::response::Head;
use super::retry::server_time;

/// How long a window is taken to be until two of them were seen.
const WINDOW: Duration = Duration::from_secs(60);

/// The budgets of a client: one for each group of operations, whose paths begin with the same segments
/// before any parameter.
#[derive(Debug)]
pub(crate) struct RateBudget {
    /// The part of each window that the client may use.
    share: f64,
    groups: Mutex<HashMap<&'static str, Arc<Group>>>,
}

#[derive(Debug, Default)]
struct Group {
    /// Whoever is to go next holds it: first come, first served.
    turn: Turn<()>,
    window: Mutex<Window>,
}

/// What is known of the current window.
#[derive(Debug, Default)]
struct Window {
    limit: Option<u64>,
    /// What the server said to be left, at its least. `None`: nothing was heard in this window.
    remaining: Option<u64>,
    reset: Option<Instant>,
    length: Option<Duration>,
    /// Calls whose answer did not come yet.
    in_flight: u64,
    /// Calls that wait for their turn.
    waiting: u64,
}

/// Permission for one request, until its answer is there.
#[derive(Debug)]
pub(crate) struct Permit(Option<Arc<Group>>);

impl RateBudget {
    pub(crate) fn new(share: f64) -> Self {
        Self { share: share.clamp(0.0, 1.0), groups: Mutex::default() }
    }

    /// Waits until the server will not refuse a request.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`], at once, where that is after the deadline.
    pub(crate) async fn permit(
        &self,
        operation: &'static Operation,
        timeout: Option<Duration>,
        deadline: Option<Instant>,
    ) -> Result<Permit> {
        let group = self.group(operation);
        let is_late = |begin: Instant| deadline.is_some_and(|deadline| begin >= deadline);
        if is_late(group.window().expected_begin(self.share)) {
            return Err(Error::Timeout(TimeoutError::new(operation, timeout)));
        }
        let _waiting = Waiting::new(&group);
        let _turn = group.turn.lock().await;
        loop {
            let wait = match group.window().take(self.share) {
                Taken::Permit => return Ok(Permit(Some(group.clone()))),
                Taken::Until(begin) if is_late(begin) => {
                    return Err(Error::Timeout(TimeoutError::new(operation, timeout)));
                }
                Taken::Until(begin) => begin,
                // An answer will tell; it is looked for often enough.
                Taken::Unknown => Instant::now() + Duration::from_millis(5),
            };
            tokio::time::sleep_until(wait).await;
        }
    }

    fn group(&self, operation: &'static Operation) -> Arc<Group> {
        let end = operation.path.find('{').unwrap_or(operation.path.len());
        let name = operation.path[..end].trim_end_matches('/');
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.entry(name).or_default().clone()
    }
}

impl Group {
    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What comes of asking for a permit.
enum Taken {
    Permit,
    /// There is none before that time.
    Until(Instant),
    /// The first answer has not told the limit yet.
    Unknown,
}

/// How many of the requests that a window allows are this client's.
fn own(limit: u64, share: f64) -> u64 {
    // At least one, or nothing would ever go.
    ((limit as f64 * share).floor() as u64).max(1)
}

impl Window {
    /// Forgets a window that is over.
    fn turn_over(&mut self) {
        if self.reset.is_some_and(|reset| Instant::now() >= reset) {
            self.remaining = None;
            self.reset = None;
        }
    }

    /// How many requests may go now. `None`: the limit is not known.
    fn available(&self, share: f64) -> Option<u64> {
        let limit = self.limit?;
        let own = own(limit, share);
        let reserve = limit - own.min(limit);
        let left = match self.remaining {
            Some(remaining) => remaining.saturating_sub(reserve),
            None => own,
        };
        Some(left.saturating_sub(self.in_flight))
    }

    fn take(&mut self, share: f64) -> Taken {
        self.turn_over();
        match (self.available(share), self.reset) {
            (None, _) if self.in_flight > 0 => Taken::Unknown,
            (None, _) => {
                self.in_flight += 1;
                Taken::Permit
            }
            (Some(0), Some(reset)) => Taken::Until(reset),
            (Some(0), None) => Taken::Unknown,
            (Some(_), _) => {
                self.in_flight += 1;
                Taken::Permit
            }
        }
    }

    /// When a call that comes now can begin, if those before it use what there is.
    fn expected_begin(&mut self, share: f64) -> Instant {
        self.turn_over();
        let now = Instant::now();
        let (Some(limit), Some(available)) = (self.limit, self.available(share)) else {
            return now;
        };
        let Some(behind) = self.waiting.checked_sub(available) else { return now };
        let windows = behind / own(limit, share);
        let length = self.length.unwrap_or(WINDOW);
        let further = u32::try_from(windows).ok().and_then(|windows| length.checked_mul(windows));
        let first = self.reset.unwrap_or(now);
        further.and_then(|further| first.checked_add(further)).unwrap_or(first)
    }

    /// Learns from an answer that came at `now` by the server's clock.
    fn learn(&mut self, told: &RateLimit, now: Timestamp) {
        self.limit = told.limit.or(self.limit);
        let Some(left) = told.until_reset(now) else { return };
        let end = Instant::now() + left;
        // The same end is told a second earlier or later.
        let is_later = self.reset.is_none_or(|known| end > known + AFTER_RESET);
        if is_later {
            if let Some(known) = self.reset {
                self.length = Some(end - known);
            }
            self.reset = Some(end);
            self.remaining = told.remaining;
        } else if let Some(remaining) = told.remaining {
            let least = self.remaining.map_or(remaining, |known| known.min(remaining));
            self.remaining = Some(least);
        }
    }
}

impl Permit {
    /// No budget is kept.
    pub(crate) const NONE: Self = Self(None);

    /// Learns what the answer says of the limit.
    pub(crate) fn learn(&self, head: &Head) {
        if let (Some(group), Some(told)) = (&self.0, &head.rate_limit) {
            group.window().learn(told, server_time(&head.headers));
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(group) = &self.0 {
            let mut window = group.window();
            window.in_flight = window.in_flight.saturating_sub(1);
        }
    }
}

/// A call that waits for its turn, until it has it or is given up.
struct Waiting<'g>(&'g Group);

impl<'g> Waiting<'g> {
    fn new(group: &'g Group) -> Self {
        group.window().waiting += 1;
        Self(group)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut window = self.0.window();
        window.waiting = window.waiting.saturating_sub(1);
    }
}
