//! What happens when a page does not come: it is fetched again, its listing is restarted, or its rule is given up without losing its
//! place. All of it is bounded: whatever a service answers, a scan ends, and what it could not count is not called counted.

use std::time::Duration;

use super::engine::{Engine, InFlight};
use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::scan::retry::{PageFailure, RetryDecision};
use crate::scan::task::ListingTask;

/// How often one listing is restarted because its marker is refused, and a rule because its listings cannot go on.
const MAX_RESTARTS: u32 = 3;

impl Engine<'_> {
    pub(super) fn listing_failed(&mut self, id: u64, mut task: ListingTask, fault: &Fault) {
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

    /// Restarts a listing after its marker was refused. Restarts the whole rule where names do not separate its listings.
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

    /// Handles the answer that a container does not exist or is being deleted:
    ///
    /// - The rule names the container and no page of it was read: the rule matches nothing.
    /// - A listing of containers named it: the containers are listed again, which shows whether it still exists.
    /// - Otherwise it was deleted during the count.
    fn container_missing(&mut self, id: u64, mut task: ListingTask, fault: &Fault) {
        let rule = task.rule;
        let is_first = task.is_first_page();
        let is_named = self.ledger.names_container(rule);
        if is_first && is_named && self.ledger.is_untouched(rule) && fault.is_container_missing() {
            return self.ledger.container_missing(rule);
        }
        if is_first && task.is_whole_container() && !is_named && task.restarts < MAX_RESTARTS {
            task.restarts += 1;
            return self.queue.push_front((id, task.container_listing()));
        }
        self.ledger.forget(rule);
        self.give_up(task, fault);
    }

    /// What to do about a page of a listing that did not come.
    pub(super) fn retry_decision(&mut self, task: &mut ListingTask, fault: &Fault) -> RetryDecision {
        if self.retries_without_deleted(task, fault) {
            return RetryDecision::Again(Duration::ZERO);
        }
        task.failures += 1;
        self.note_throttle(fault);
        let failure = PageFailure {
            fault,
            failures: task.failures,
            with_marker: task.marker.is_some(),
            answered: self.service.answered,
            first_pause: self.options.pause,
            max_attempts: self.options.max_attempts,
        };
        let decision = failure.decide();
        if let RetryDecision::Again(pause) = decision {
            self.waiting = Some(waiting_words(fault, pause));
        }
        decision
    }

    /// Whether a refused listing gets another attempt without soft-deleted blobs, which not every account lists among the others.
    fn retries_without_deleted(&self, task: &mut ListingTask, fault: &Fault) -> bool {
        let is_first = task.marker.is_none() && task.container.is_some() && fault.status == Some(400);
        let retries = is_first && self.service.lists_deleted && !task.without_deleted;
        task.without_deleted |= retries;
        retries
    }

    /// Ends the scan; keeps everything that is open for a later one.
    pub(super) fn stop_all(&mut self, fault: &Fault) {
        self.dissolve_all();
        for rule in self.ledger.unfinished() {
            self.park_all(rule, fault);
        }
        // Nobody needs these answers, and waiting for them would delay the end.
        self.split_probes.clear();
        self.requests.abort_all();
    }

    /// Gives a rule up; keeps its listings for a later scan.
    fn give_up(&mut self, task: ListingTask, fault: &Fault) {
        let rule = task.rule;
        self.ledger.park(rule, task, fault);
        self.park_all(rule, fault);
    }

    /// Takes back all listings of a rule and keeps them for a later scan.
    fn park_all(&mut self, rule: usize, fault: &Fault) {
        for task in self.take_back(rule) {
            self.ledger.park(rule, task, fault);
        }
    }

    /// Counts a rule again from its beginning, in one listing. Its names are not sorted, so it cannot be split.
    pub(super) fn restart_rule(&mut self, rule: usize) {
        self.take_back(rule);
        let task = self.ledger.restart(rule);
        let id = self.new_id();
        self.queue.push_front((id, task));
    }

    /// Takes all listings of a rule out of the queue and the requests in flight.
    fn take_back(&mut self, rule: usize) -> Vec<ListingTask> {
        let (taken, kept): (Vec<_>, Vec<_>) = self.queue.drain(..).partition(|(_, task)| task.rule == rule);
        self.queue = kept.into();
        let mut tasks: Vec<ListingTask> = taken.into_iter().map(|(_, task)| task).collect();
        let is_ours = |purpose: &InFlight| matches!(purpose, InFlight::Page(task) if task.rule == rule);
        for (_, purpose) in self.in_flight.extract_if(|_, purpose| is_ours(purpose)) {
            if let InFlight::Page(task) = purpose {
                tasks.push(task);
            }
        }
        tasks
    }
}

/// `the storage service is busy; it asks to wait 6 s`.
fn waiting_words(fault: &Fault, pause: Duration) -> String {
    let reason = fault.reason.trim_end_matches('.');
    match fault.retry {
        Retry::After(_) => format!("{reason}; it asks to wait {} s", pause.as_secs_f64().ceil()),
        Retry::Now | Retry::Never => reason.to_owned(),
    }
}
