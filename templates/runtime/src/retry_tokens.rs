//! How many retries a client has left, so that it does not multiply an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a client begins with, and has at most.
const CAPACITY: u32 = 500;
/// What a retry after a failure takes. A hundred in a row, and only first attempts are left.
const COST: u32 = 5;

/// A bucket of tokens that all calls of a client share. A retry after a failure takes some; a call that
/// succeeds puts one back, and one that succeeds by a retry what that took.
#[derive(Debug)]
pub(crate) struct RetryTokens(AtomicU32);

impl RetryTokens {
    /// A full bucket.
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Takes what a retry costs, if it is there.
    pub(crate) fn take(&self) -> bool {
        let take = |tokens: u32| tokens.checked_sub(COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Puts back what a success is worth.
    pub(crate) fn put_back(&self, retries: u32) {
        let worth = retries.saturating_mul(COST).max(1);
        let put = |tokens: u32| Some(tokens.saturating_add(worth).min(CAPACITY));
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, put);
    }
}
