//! How many requests may be under way: more while the service answers, fewer when it asks to slow down. Pure.

use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind, Retry};

/// The longest pause; a Retry-After above it is cut to it.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Lanes a scan begins with.
const INITIAL: usize = 8;

/// The number of lanes, by additive increase and multiplicative decrease.
#[derive(Clone, Debug)]
pub(super) struct ConcurrencyWindow {
    size: usize,
    limit: usize,
    /// Answers until the next lane is added; zero before the first complaint, when every answer adds one.
    answers_to_grow: usize,
    answers: usize,
    /// Complaints of requests sent before the last decrease say nothing new.
    ignored: usize,
}

impl ConcurrencyWindow {
    pub(super) fn new(most: usize) -> Self {
        let limit = most.clamp(1, 64);
        Self { size: limit.min(INITIAL), limit, answers_to_grow: 0, answers: 0, ignored: 0 }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    pub(super) fn answered(&mut self) {
        self.ignored = self.ignored.saturating_sub(1);
        self.answers += 1;
        if self.answers >= self.answers_to_grow {
            self.answers = 0;
            self.size = (self.size + 1).min(self.limit);
            self.answers_to_grow = if self.answers_to_grow == 0 { 0 } else { self.size };
        }
    }

    pub(super) fn throttled(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        self.ignored = self.size.saturating_sub(1);
        self.size = (self.size / 2).max(1);
        self.answers_to_grow = self.size;
        self.answers = 0;
    }
}

/// What to do about a page that did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RetryDecision {
    /// Ask again after a pause.
    Again(Duration),
    /// The marker no longer counts: begin the listing anew.
    Restart,
    /// The service says that the container is not there, or is being deleted. What that means depends on what was listed before.
    Missing,
    /// This rule cannot be counted.
    GiveUp,
    /// Nothing can be counted any more.
    Stop,
}

/// A page that did not come, and what else decides on the remedy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure<'a> {
    pub(super) fault: &'a Fault,
    /// Failures of the same page in a row, this one included.
    pub(super) failures: u32,
    pub(super) with_marker: bool,
    /// The first pause.
    pub(super) first_pause: Duration,
    /// Failures after which a page is given up.
    pub(super) max_attempts: u32,
}

/// Failures after which an answer that hardly changes is believed.
const ATTEMPTS_REFUSED: u32 = 3;

impl Failure<'_> {
    pub(super) fn decide(&self) -> RetryDecision {
        let (kind, status) = (self.fault.kind, self.fault.status);
        match (kind, status) {
            _ if self.is_container_going() => RetryDecision::Missing,
            // A redirect, a web page, a certificate or a proxy's refusal: the next request gets the same, whatever it asks for.
            (FaultKind::BrokenAnswer | FaultKind::Offline, _) if self.fault.retry == Retry::Never => {
                self.again(2, RetryDecision::Stop)
            }
            (_, Some(407)) => self.again(2, RetryDecision::Stop),
            (FaultKind::SignedOut, _) => self.again(ATTEMPTS_REFUSED, RetryDecision::Stop),
            (FaultKind::Offline, _) => self.again(self.max_attempts, RetryDecision::Stop),
            (FaultKind::Throttled | FaultKind::Service | FaultKind::BrokenAnswer, _) | (_, Some(408)) => {
                self.again(self.max_attempts, RetryDecision::GiveUp)
            }
            (FaultKind::Local, _) => RetryDecision::Stop,
            (FaultKind::BadRequest, Some(400)) if self.with_marker => RetryDecision::Restart,
            (FaultKind::Denied | FaultKind::Cancelled, _) | (FaultKind::BadRequest, Some(400) | None) => {
                RetryDecision::GiveUp
            }
            (FaultKind::Gone | FaultKind::Conflict | FaultKind::BadRequest, _) => {
                self.again(ATTEMPTS_REFUSED, RetryDecision::GiveUp)
            }
        }
    }

    fn is_container_going(&self) -> bool {
        self.fault.is_container_missing() || self.fault.code.as_deref() == Some("ContainerBeingDeleted")
    }

    /// Another try, unless the page has failed so many times; then `last`.
    fn again(&self, most: u32, last: RetryDecision) -> RetryDecision {
        if self.failures >= most.min(self.max_attempts) {
            return last;
        }
        let grown = self.first_pause.saturating_mul(1 << self.failures.min(10).saturating_sub(1));
        RetryDecision::Again(match self.fault.retry {
            Retry::After(seconds) => Duration::from_secs(seconds).max(self.first_pause).min(LONGEST_PAUSE),
            Retry::Now | Retry::Never => grown.min(LONGEST_PAUSE),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedy(kind: FaultKind, status: u16, retry: Retry, times: u32, with_marker: bool) -> RetryDecision {
        let fault = Fault { kind, retry, status: Some(status), ..Fault::local("list", "why") };
        let base = Duration::from_millis(100);
        Failure { fault: &fault, failures: times, with_marker, first_pause: base, max_attempts: 8 }.decide()
    }

    #[test]
    fn lanes_double_down_on_complaints_and_come_back_one_by_one() {
        let mut pace = ConcurrencyWindow::new(16);
        (0..20).for_each(|_| pace.answered());
        assert_eq!(pace.size(), 16);
        (0..16).for_each(|_| pace.throttled());
        assert_eq!(pace.size(), 8, "one wave of complaints counts once");
        pace.throttled();
        assert_eq!(pace.size(), 4);
        (0..5).for_each(|_| pace.answered());
        assert_eq!(pace.size(), 5);
    }

    #[test]
    fn retry_after_is_kept_and_other_pauses_grow() {
        let throttled = remedy(FaultKind::Throttled, 429, Retry::After(7), 1, true);
        assert_eq!(throttled, RetryDecision::Again(Duration::from_secs(7)));
        let failing = |times| remedy(FaultKind::Service, 500, Retry::Now, times, false);
        assert_eq!((failing(3), failing(8)), (RetryDecision::Again(Duration::from_millis(400)), RetryDecision::GiveUp));
        assert_eq!(remedy(FaultKind::BadRequest, 400, Retry::Never, 1, true), RetryDecision::Restart);
        assert_eq!(remedy(FaultKind::BadRequest, 400, Retry::Never, 1, false), RetryDecision::GiveUp);
    }

    #[test]
    fn what_a_proxy_or_a_sign_in_page_answers_is_believed_at_once() {
        for (kind, status) in
            [(FaultKind::BrokenAnswer, 302), (FaultKind::BrokenAnswer, 200), (FaultKind::BadRequest, 407)]
        {
            let told = [1, 2].map(|times| remedy(kind, status, Retry::Never, times, true));
            assert_eq!(told, [RetryDecision::Again(Duration::from_millis(100)), RetryDecision::Stop], "{status}");
        }
    }

    #[test]
    fn only_the_service_itself_can_say_that_a_container_is_missing() {
        assert!(matches!(remedy(FaultKind::Gone, 404, Retry::Never, 1, false), RetryDecision::Again(_)));
        assert_eq!(remedy(FaultKind::Gone, 410, Retry::Never, 3, false), RetryDecision::GiveUp);
        let code = Some("ContainerNotFound".to_owned());
        let fault = Fault { kind: FaultKind::Gone, status: Some(404), code, ..Fault::local("list", "why") };
        let base = Duration::ZERO;
        let failure = Failure { fault: &fault, failures: 1, with_marker: false, first_pause: base, max_attempts: 8 };
        assert_eq!(failure.decide(), RetryDecision::Missing);
    }
}
