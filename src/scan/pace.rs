//! How many requests may be under way: more while the service answers, fewer when it asks to slow down. Pure.

use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind, Retry};

/// The longest pause; a Retry-After above it is cut to it.
const LONGEST: Duration = Duration::from_secs(60);

/// Lanes a scan begins with.
const FIRST: usize = 8;

/// The number of lanes, by additive increase and multiplicative decrease.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    lanes: usize,
    most: usize,
    /// Answers until the next lane is added; zero before the first complaint, when every answer adds one.
    step: usize,
    answers: usize,
    /// Complaints of requests sent before the last decrease say nothing new.
    deaf: usize,
}

impl Pace {
    pub(super) fn new(most: usize) -> Self {
        let most = most.clamp(1, 64);
        Self { lanes: most.min(FIRST), most, step: 0, answers: 0, deaf: 0 }
    }

    pub(super) fn lanes(&self) -> usize {
        self.lanes
    }

    pub(super) fn answered(&mut self) {
        self.deaf = self.deaf.saturating_sub(1);
        self.answers += 1;
        if self.answers >= self.step {
            self.answers = 0;
            self.lanes = (self.lanes + 1).min(self.most);
            self.step = if self.step == 0 { 0 } else { self.lanes };
        }
    }

    pub(super) fn throttled(&mut self) {
        if self.deaf > 0 {
            self.deaf -= 1;
            return;
        }
        self.deaf = self.lanes.saturating_sub(1);
        self.lanes = (self.lanes / 2).max(1);
        self.step = self.lanes;
        self.answers = 0;
    }
}

/// What to do about a page that did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Ask again after a pause.
    Again(Duration),
    /// The marker no longer counts: begin the listing anew.
    Anew,
    /// The container is not there: nothing to count.
    Nothing,
    /// This rule cannot be counted.
    GiveUp,
    /// Nothing can be counted any more.
    Stop,
}

/// The remedy for `fault`, after so many failures of the same page in a row, this one included.
pub(super) fn remedy(fault: &Fault, failures: u32, with_marker: bool, base: Duration, patience: u32) -> Remedy {
    let again = || {
        let grown = base.saturating_mul(1 << failures.min(10).saturating_sub(1));
        match fault.retry {
            Retry::After(seconds) => Remedy::Again(Duration::from_secs(seconds).max(base).min(LONGEST)),
            Retry::Now | Retry::Never => Remedy::Again(grown.min(LONGEST)),
        }
    };
    match fault.kind {
        FaultKind::Throttled | FaultKind::Service | FaultKind::Offline | FaultKind::BrokenAnswer
            if failures < patience =>
        {
            again()
        }
        FaultKind::SignedOut if failures < 3 => again(),
        FaultKind::Gone => Remedy::Nothing,
        FaultKind::BadRequest | FaultKind::Conflict if with_marker && failures < 4 => Remedy::Anew,
        FaultKind::SignedOut | FaultKind::Offline | FaultKind::Local => Remedy::Stop,
        _ => Remedy::GiveUp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: FaultKind, retry: Retry) -> Fault {
        Fault { kind, retry, ..Fault::local("list", "why") }
    }

    #[test]
    fn lanes_double_down_on_complaints_and_come_back_one_by_one() {
        let mut pace = Pace::new(16);
        (0..20).for_each(|_| pace.answered());
        assert_eq!(pace.lanes(), 16);
        (0..16).for_each(|_| pace.throttled());
        assert_eq!(pace.lanes(), 8, "one wave of complaints counts once");
        pace.throttled();
        assert_eq!(pace.lanes(), 4);
        (0..5).for_each(|_| pace.answered());
        assert_eq!(pace.lanes(), 5);
    }

    #[test]
    fn retry_after_is_kept_and_other_pauses_grow() {
        let base = Duration::from_millis(100);
        let throttled = fault(FaultKind::Throttled, Retry::After(7));
        assert_eq!(remedy(&throttled, 1, true, base, 8), Remedy::Again(Duration::from_secs(7)));
        let failing = fault(FaultKind::Service, Retry::Now);
        assert_eq!(remedy(&failing, 3, false, base, 8), Remedy::Again(Duration::from_millis(400)));
        assert_eq!(remedy(&failing, 8, false, base, 8), Remedy::GiveUp);
        assert_eq!(remedy(&fault(FaultKind::BadRequest, Retry::Never), 1, true, base, 8), Remedy::Anew);
        assert_eq!(remedy(&fault(FaultKind::BadRequest, Retry::Never), 1, false, base, 8), Remedy::GiveUp);
    }
}
