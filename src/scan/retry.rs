//! Decides what a scan does when a page does not come. Every such decision of a scan is here. Pure.
//!
//! What an answer means is decided before, where it is read: `azure::errors` gives a [`Fault`] its kind and says whether asking again may
//! help. This file adds what only a scan knows: how often the page has failed, whether the request had a marker, and whether the failure
//! ends one rule or the whole scan. `azure::transport` cannot decide for the scan, and the scan not for it: a wizard's call waits
//! within the call and ends in one answer, while a failed page must give its place to other pages, halve the window and perhaps restart
//! its listing. So the scan sends each request once and decides between requests. Both share the growing pause.

use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::azure::transport::{MAX_PAUSE, doubled};

/// Attempts for an answer that may change, but seldom does, e.g. a 404 that is not the service's own.
const ATTEMPTS_REFUSED: u32 = 3;

/// Attempts for an answer that whatever stands before the service gives to every request, e.g. a sign-in page.
const ATTEMPTS_INTERCEPTED: u32 = 2;

/// Attempts while the service has never answered: after seven times the first pause it is taken to be out of reach.
const ATTEMPTS_UNANSWERED: u32 = 4;

/// A service that answered before is waited for so many times longer than a page that fails, in attempts: a laptop sleeps, a network
/// changes. With the usual pauses that is a quarter of an hour.
const PATIENCE_OFFLINE: u32 = 4;

/// The pause doubles up to the one after so many failures.
const LONGEST_PAUSE_AFTER: u32 = 7;

/// Repetitions of a probe for folders. A scan gets on without its answer.
const PROBE_REPETITIONS: u32 = 3;

/// What to do about a page that did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RetryDecision {
    /// Send the request again after a pause.
    Again(Duration),
    /// The marker is refused: start the listing again from its beginning.
    Restart,
    /// The container does not exist or is being deleted. What that means depends on what was listed before.
    Missing,
    /// This rule cannot be counted.
    GiveUp,
    /// Nothing can be counted any more.
    Stop,
}

/// A page that did not come, and what the decision depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageFailure<'a> {
    pub(super) fault: &'a Fault,
    /// Failures of the same page in a row, this one included.
    pub(super) failures: u32,
    pub(super) with_marker: bool,
    /// The service has answered a request of this scan.
    pub(super) answered: bool,
    /// The pause after the first failure.
    pub(super) first_pause: Duration,
    /// Failures of a page in a row before it is given up, as the person set it.
    pub(super) max_attempts: u32,
}

impl PageFailure<'_> {
    pub(super) fn decide(&self) -> RetryDecision {
        let (kind, status) = (self.fault.kind, self.fault.status);
        match (kind, status) {
            _ if self.is_container_going() => RetryDecision::Missing,
            // A redirect, a web page, a certificate or a proxy's refusal: the next request gets the same answer, whatever it is for.
            (FaultKind::BrokenAnswer | FaultKind::Offline, _) if self.fault.retry == Retry::Never => {
                self.again(ATTEMPTS_INTERCEPTED, RetryDecision::Stop)
            }
            (_, Some(407)) => self.again(ATTEMPTS_INTERCEPTED, RetryDecision::Stop),
            (FaultKind::SignedOut, _) => self.again(ATTEMPTS_REFUSED, RetryDecision::Stop),
            (FaultKind::Offline, _) if self.answered => {
                self.again_up_to(self.max_attempts.saturating_mul(PATIENCE_OFFLINE), RetryDecision::Stop)
            }
            // A service that has never answered is more likely not there than away for a while.
            (FaultKind::Offline, _) => self.again(ATTEMPTS_UNANSWERED, RetryDecision::Stop),
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

    /// Another attempt, unless the page has failed `attempts` times, or as often as the person allows; then `last`.
    fn again(&self, attempts: u32, last: RetryDecision) -> RetryDecision {
        self.again_up_to(attempts.min(self.max_attempts), last)
    }

    fn again_up_to(&self, attempts: u32, last: RetryDecision) -> RetryDecision {
        if self.failures >= attempts {
            return last;
        }
        RetryDecision::Again(match self.fault.retry {
            Retry::After(seconds) => Duration::from_secs(seconds).max(self.first_pause).min(MAX_PAUSE),
            Retry::Now | Retry::Never => doubled(self.first_pause, self.failures.min(LONGEST_PAUSE_AFTER)),
        })
    }
}

/// The pause before a probe for folders is sent again; `None` when it has failed too often.
pub(super) fn pause_before_probe(first_pause: Duration, failures: u32) -> Option<Duration> {
    (failures <= PROBE_REPETITIONS).then(|| first_pause.saturating_mul(failures))
}

/// Whether the service asks to slow down. A storage account that is busy says so by 429 or 503.
pub(super) fn is_throttling(fault: &Fault) -> bool {
    fault.kind == FaultKind::Throttled || fault.status == Some(503)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(fault: &Fault, failures: u32, with_marker: bool) -> PageFailure<'_> {
        let first_pause = Duration::from_millis(100);
        PageFailure { fault, failures, with_marker, answered: true, first_pause, max_attempts: 8 }
    }

    fn decide(kind: FaultKind, status: u16, retry: Retry, failures: u32, with_marker: bool) -> RetryDecision {
        let fault = Fault { kind, retry, status: Some(status), ..Fault::local("list", "why") };
        failure(&fault, failures, with_marker).decide()
    }

    #[test]
    fn retry_after_is_kept_and_other_pauses_grow() {
        let throttled = decide(FaultKind::Throttled, 429, Retry::After(7), 1, true);
        assert_eq!(throttled, RetryDecision::Again(Duration::from_secs(7)));
        let failing = |failures| decide(FaultKind::Service, 500, Retry::Now, failures, false);
        assert_eq!((failing(3), failing(8)), (RetryDecision::Again(Duration::from_millis(400)), RetryDecision::GiveUp));
        assert_eq!(decide(FaultKind::BadRequest, 400, Retry::Never, 1, true), RetryDecision::Restart);
        assert_eq!(decide(FaultKind::BadRequest, 400, Retry::Never, 1, false), RetryDecision::GiveUp);
    }

    #[test]
    fn what_a_proxy_or_a_sign_in_page_answers_is_believed_at_once() {
        for (kind, status) in
            [(FaultKind::BrokenAnswer, 302), (FaultKind::BrokenAnswer, 200), (FaultKind::BadRequest, 407)]
        {
            let decisions = [1, 2].map(|failures| decide(kind, status, Retry::Never, failures, true));
            assert_eq!(decisions, [RetryDecision::Again(Duration::from_millis(100)), RetryDecision::Stop], "{status}");
        }
    }

    #[test]
    fn only_the_service_itself_can_say_that_a_container_is_missing() {
        assert!(matches!(decide(FaultKind::Gone, 404, Retry::Never, 1, false), RetryDecision::Again(_)));
        assert_eq!(decide(FaultKind::Gone, 410, Retry::Never, 3, false), RetryDecision::GiveUp);
        let code = Some("ContainerNotFound".to_owned());
        let fault = Fault { kind: FaultKind::Gone, status: Some(404), code, ..Fault::local("list", "why") };
        assert_eq!(failure(&fault, 1, false).decide(), RetryDecision::Missing);
    }

    #[test]
    fn t39_a_service_that_never_answered_is_given_up_early_and_one_that_is_away_is_waited_for() {
        let fault = Fault { kind: FaultKind::Offline, ..Fault::local("list", "no such host") };
        let after = |failures, answered| PageFailure { answered, ..failure(&fault, failures, false) }.decide();
        assert_eq!((after(4, false), after(32, true)), (RetryDecision::Stop, RetryDecision::Stop));
        assert!(matches!((after(3, false), after(31, true)), (RetryDecision::Again(_), RetryDecision::Again(_))));
        let pauses: Vec<Duration> = (1..32)
            .filter_map(|failures| match after(failures, true) {
                RetryDecision::Again(pause) => Some(pause),
                _ => None,
            })
            .collect();
        let first = Duration::from_millis(100);
        assert_eq!(pauses.iter().max(), Some(&(first * 64)));
        assert!(
            pauses.iter().sum::<Duration>() > first * 1_600,
            "with a first pause of half a second, a quarter of an hour"
        );
    }

    #[test]
    fn a_probe_is_repeated_three_times() {
        let pauses = [1, 2, 3, 4].map(|failures| pause_before_probe(Duration::from_millis(100), failures));
        assert_eq!(pauses, [Some(100), Some(200), Some(300), None].map(|pause| pause.map(Duration::from_millis)));
    }
}
