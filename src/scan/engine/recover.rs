//! What the engine does when a page does not come: ask again, begin a listing anew, or give a rule up without losing its place. All of
//! it is bounded: whatever a service answers, a scan ends, and what it could not count is not called counted.

use std::time::Duration;

use super::{Engine, InFlight};
use crate::azure::fault::{Fault, FaultKind};
use crate::scan::task::ListingTask;
use crate::scan::window::{Failure, RetryDecision};

/// Failures after which a service that has never answered is given up: after seven times the first pause.
const ATTEMPTS_UNANSWERED: u32 = 4;

/// How often one listing begins anew because its marker was refused, and a rule because its names cannot be gone on from.
const MAX_RESTARTS: u32 = 3;

impl Engine<'_> {
    pub(super) fn listing_failed(&mut self, id: u64, task: ListingTask, fault: &Fault) {
        let mut task = task;
        match self.retry_decision(&mut task, fault) {
            RetryDecision::Again(pause) => self.send_listing(id, task, pause),
            RetryDecision::Restart => self.restart_listing(id, task, fault),
            RetryDecision::Missing => self.container_missing(id, task, fault),
            // A hierarchical namespace refuses prefixes that go on behind a file's name: then the rule is listed in one piece.
            RetryDecision::GiveUp if fault.kind == FaultKind::BadRequest && self.ledger.is_split(task.rule) => {
                self.try_restart_rule(task, fault);
            }
            RetryDecision::GiveUp => self.give_up(task, fault),
            RetryDecision::Stop => {
                self.give_up(task, fault);
                self.stop_all(fault);
            }
        }
    }

    /// Begins a listing anew whose marker was refused, or the whole rule where its listings cannot be told apart by names.
    fn restart_listing(&mut self, id: u64, mut task: ListingTask, fault: &Fault) {
        if task.container.is_none() || !self.ledger.is_ordered(task.rule) {
            return self.try_restart_rule(task, fault);
        }
        task.restarts += 1;
        if task.restarts > MAX_RESTARTS {
            return self.give_up(task, fault);
        }
        task.restart();
        self.queue.push_front((id, task));
    }

    fn try_restart_rule(&mut self, task: ListingTask, fault: &Fault) {
        if self.ledger.restarts(task.rule) >= MAX_RESTARTS {
            return self.give_up(task, fault);
        }
        self.restart_rule(task.rule);
    }

    /// The service says that the container is not there, or not for long. Where a rule names it and nothing of it was listed, the
    /// rule matches nothing. Where a listing of containers named it, another listing tells whether it still does. Otherwise it was
    /// deleted while it was counted.
    fn container_missing(&mut self, id: u64, mut task: ListingTask, fault: &Fault) {
        let unit = task.rule;
        let first = task.is_first_page();
        if first && self.ledger.names_container(unit) && self.ledger.is_untouched(unit) && fault.is_container_missing()
        {
            return self.ledger.container_missing(unit);
        }
        if first && task.is_whole_container() && !self.ledger.names_container(unit) && task.restarts < MAX_RESTARTS {
            task.restarts += 1;
            let confirm = task.container_listing();
            return self.queue.push_front((id, confirm));
        }
        self.ledger.forget(unit);
        self.give_up(task, fault);
    }

    /// What to do about a listing's page that did not come.
    pub(super) fn retry_decision(&mut self, task: &mut ListingTask, fault: &Fault) -> RetryDecision {
        if self.retries_without_deleted(task, fault) {
            return RetryDecision::Again(Duration::ZERO);
        }
        task.failures += 1;
        self.note_throttle(fault);
        let failure = Failure {
            fault,
            failures: task.failures,
            with_marker: task.marker.is_some(),
            first_pause: self.options.pause,
            max_attempts: self.max_attempts(fault),
        };
        let remedy = failure.decide();
        if matches!(remedy, RetryDecision::Again(_)) {
            self.waiting = Some(fault.reason.clone());
        }
        remedy
    }

    /// Whether a refused listing is worth a try without soft-deleted blobs, which not every account lists among the others.
    fn retries_without_deleted(&self, task: &mut ListingTask, fault: &Fault) -> bool {
        let first = task.marker.is_none() && task.container.is_some() && fault.status == Some(400);
        let again = first && self.service.deleted && !task.without_deleted;
        task.without_deleted |= again;
        again
    }

    /// How often a page is asked for. A service that has never answered is more likely not there than away for a while.
    fn max_attempts(&self, fault: &Fault) -> u32 {
        let nobody = fault.kind == FaultKind::Offline && !self.service.answered;
        if nobody { ATTEMPTS_UNANSWERED.min(self.options.max_attempts) } else { self.options.max_attempts }
    }

    /// Slows down where the service asks for it; a storage account that is busy says so by either status.
    pub(super) fn note_throttle(&mut self, fault: &Fault) {
        if fault.kind == FaultKind::Throttled || fault.status == Some(503) {
            self.window.throttled();
        }
    }

    /// Keeps everything that is open for a later scan.
    pub(super) fn stop_all(&mut self, fault: &Fault) {
        self.unbundle_all();
        for unit in self.ledger.unfinished() {
            self.park(unit, fault);
        }
        // What still waits or is under way would only make the end late.
        self.requests.abort_all();
    }

    fn give_up(&mut self, task: ListingTask, fault: &Fault) {
        let unit = task.rule;
        self.ledger.park(unit, task, fault);
        self.park(unit, fault);
    }

    /// Takes back all listings of a rule and keeps them for a later scan.
    fn park(&mut self, unit: usize, fault: &Fault) {
        for task in self.take_back(unit) {
            self.ledger.park(unit, task, fault);
        }
    }

    /// Counts a rule from the beginning, in one listing: its names do not come in an order that could be cut.
    pub(super) fn restart_rule(&mut self, unit: usize) {
        self.take_back(unit);
        let task = self.ledger.restart(unit);
        let id = self.new_id();
        self.queue.push_front((id, task));
    }

    fn take_back(&mut self, unit: usize) -> Vec<ListingTask> {
        let (taken, kept): (Vec<_>, Vec<_>) = self.queue.drain(..).partition(|(_, task)| task.rule == unit);
        self.queue = kept.into();
        let mut tasks: Vec<ListingTask> = taken.into_iter().map(|(_, task)| task).collect();
        let of_unit = |flight: &InFlight| matches!(flight, InFlight::Page(task) if task.rule == unit);
        let ids: Vec<u64> = self.in_flight.iter().filter(|(_, flight)| of_unit(flight)).map(|(id, _)| *id).collect();
        for id in ids {
            if let Some(InFlight::Page(task)) = self.in_flight.remove(&id) {
                tasks.push(task);
            }
        }
        tasks
    }
}
