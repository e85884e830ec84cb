//! How long nothing may come.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// Watches for how long nothing has come.
pub(super) struct Idle {
    timeout: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    /// The timer runs: something is waited for.
    is_waiting: bool,
}

impl Idle {
    pub(super) fn new(timeout: Option<Duration>) -> Self {
        Self { timeout, timer: None, is_waiting: false }
    }

    /// Something came.
    pub(super) fn stop(&mut self) {
        self.is_waiting = false;
    }

    /// Nothing is there. Ready, with the time, once that has been so for too long.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Duration> {
        let Some(timeout) = self.timeout else { return Poll::Pending };
        if !self.is_waiting {
            let Some(end) = Instant::now().checked_add(timeout) else { return Poll::Pending };
            match &mut self.timer {
                Some(timer) => timer.as_mut().reset(end),
                None => self.timer = Some(Box::pin(sleep_until(end))),
            }
            self.is_waiting = true;
        }
        match &mut self.timer {
            Some(timer) => timer.as_mut().poll(context).map(|()| timeout),
            None => Poll::Pending,
        }
    }
}
