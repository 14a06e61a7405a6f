//! What the engine does when a page does not come: ask again, begin a listing anew, or give a rule up without losing its place. All of
//! it is bounded: whatever a service answers, a scan ends, and what it could not count is not called counted.

use std::time::Duration;

use super::{Engine, ListingsInFlight};
use crate::azure::fault::{Fault, FaultKind};
use crate::scan::task::ListingTask;
use crate::scan::window::{Failure, RetryDecision};

/// Failures after which a service that has never answered is given up: after seven times the first pause.
const NOBODY_THERE: u32 = 4;

/// How often one listing begins anew because its marker was refused, and a rule because its names cannot be gone on from.
const BEGINNINGS: u32 = 3;

impl Engine<'_> {
    pub(super) fn failed(&mut self, id: u64, task: ListingTask, fault: &Fault) {
        let mut task = task;
        match self.remedy(&mut task, fault) {
            RetryDecision::Again(pause) => self.launch(id, task, pause),
            RetryDecision::Anew => self.begin_again(id, task, fault),
            RetryDecision::Missing => self.missing(id, task, fault),
            // A hierarchical namespace refuses prefixes that go on behind a file's name: then the rule is listed in one piece.
            RetryDecision::GiveUp if fault.kind == FaultKind::BadRequest && self.units.is_split(task.unit) => {
                self.begin_rule_again(task, fault);
            }
            RetryDecision::GiveUp => self.give_up(task, fault),
            RetryDecision::Stop => {
                self.give_up(task, fault);
                self.stop(fault);
            }
        }
    }

    /// Begins a listing anew whose marker was refused, or the whole rule where its listings cannot be told apart by names.
    fn begin_again(&mut self, id: u64, mut task: ListingTask, fault: &Fault) {
        if task.container.is_none() || !self.units.is_ordered(task.unit) {
            return self.begin_rule_again(task, fault);
        }
        task.beginnings += 1;
        if task.beginnings > BEGINNINGS {
            return self.give_up(task, fault);
        }
        task.restart();
        self.queue.push_front((id, task));
    }

    fn begin_rule_again(&mut self, task: ListingTask, fault: &Fault) {
        if self.units.beginnings(task.unit) >= BEGINNINGS {
            return self.give_up(task, fault);
        }
        self.start_over(task.unit);
    }

    /// The service says that the container is not there, or not for long. Where a rule names it and nothing of it was listed, the
    /// rule matches nothing. Where a listing of containers named it, another listing tells whether it still does. Otherwise it was
    /// deleted while it was counted.
    fn missing(&mut self, id: u64, mut task: ListingTask, fault: &Fault) {
        let unit = task.unit;
        let first = task.is_first_page();
        if first && self.units.names_container(unit) && self.units.is_untouched(unit) && fault.is_container_missing() {
            return self.units.missing(unit);
        }
        if first && task.is_whole_container() && !self.units.names_container(unit) && task.beginnings < BEGINNINGS {
            task.beginnings += 1;
            let confirm = task.container_listing();
            return self.queue.push_front((id, confirm));
        }
        self.units.forget(unit);
        self.give_up(task, fault);
    }

    /// What to do about a listing's page that did not come.
    pub(super) fn remedy(&mut self, task: &mut ListingTask, fault: &Fault) -> RetryDecision {
        if self.may_be_plainer(task, fault) {
            return RetryDecision::Again(Duration::ZERO);
        }
        task.failures += 1;
        self.heed(fault);
        let failure = Failure {
            fault,
            times: task.failures,
            with_marker: task.marker.is_some(),
            base: self.options.pause,
            patience: self.patience(fault),
        };
        let remedy = failure.remedy();
        if matches!(remedy, RetryDecision::Again(_)) {
            self.waiting = Some(fault.reason.clone());
        }
        remedy
    }

    /// Whether a refused listing is worth a try without soft-deleted blobs, which not every account lists among the others.
    fn may_be_plainer(&self, task: &mut ListingTask, fault: &Fault) -> bool {
        let first = task.marker.is_none() && task.container.is_some() && fault.status == Some(400);
        let again = first && self.service.deleted && !task.plain;
        task.plain |= again;
        again
    }

    /// How often a page is asked for. A service that has never answered is more likely not there than away for a while.
    fn patience(&self, fault: &Fault) -> u32 {
        let nobody = fault.kind == FaultKind::Offline && !self.service.answered;
        if nobody { NOBODY_THERE.min(self.options.patience) } else { self.options.patience }
    }

    /// Slows down where the service asks for it; a storage account that is busy says so by either status.
    pub(super) fn heed(&mut self, fault: &Fault) {
        if fault.kind == FaultKind::Throttled || fault.status == Some(503) {
            self.pace.throttled();
        }
    }

    /// Keeps everything that is open for a later scan.
    pub(super) fn stop(&mut self, fault: &Fault) {
        self.dissolve_all();
        for unit in self.units.unfinished() {
            self.park(unit, fault);
        }
        // What still waits or is under way would only make the end late.
        self.lanes.abort_all();
    }

    fn give_up(&mut self, task: ListingTask, fault: &Fault) {
        let unit = task.unit;
        self.units.park(unit, task, fault);
        self.park(unit, fault);
    }

    /// Takes back all listings of a rule and keeps them for a later scan.
    fn park(&mut self, unit: usize, fault: &Fault) {
        for task in self.take_back(unit) {
            self.units.park(unit, task, fault);
        }
    }

    /// Counts a rule from the beginning, in one listing: its names do not come in an order that could be cut.
    pub(super) fn start_over(&mut self, unit: usize) {
        self.take_back(unit);
        let task = self.units.start_over(unit);
        let id = self.id();
        self.queue.push_front((id, task));
    }

    fn take_back(&mut self, unit: usize) -> Vec<ListingTask> {
        let (taken, kept): (Vec<_>, Vec<_>) = self.queue.drain(..).partition(|(_, task)| task.unit == unit);
        self.queue = kept.into();
        let mut tasks: Vec<ListingTask> = taken.into_iter().map(|(_, task)| task).collect();
        let of_unit = |flight: &ListingsInFlight| matches!(flight, ListingsInFlight::Page(task) if task.unit == unit);
        let ids: Vec<u64> = self.flying.iter().filter(|(_, flight)| of_unit(flight)).map(|(id, _)| *id).collect();
        for id in ids {
            if let Some(ListingsInFlight::Page(task)) = self.flying.remove(&id) {
                tasks.push(task);
            }
        }
        tasks
    }
}
