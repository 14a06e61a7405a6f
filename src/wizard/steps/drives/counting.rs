//! Starts and stops the count. A count follows the selection, whatever step is open.

use std::sync::Arc;
use std::time::Duration;

use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Slot};
use crate::protocol::step::Step;
use crate::wizard::clock::passed;
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::estimate::fits;
use crate::wizard::steps::drives::state::{CountCommand, CountSubject, DrivesStep};

/// Outside the step, a count starts when the selection has not changed for this long.
pub const REST: Duration = Duration::from_secs(1);

impl DrivesStep {
    /// Whether counting is possible here and now.
    pub fn can_count(shared: &Shared) -> bool {
        Self::has_something_to_count(shared) && shared.blob_endpoint().is_some()
    }

    /// Whether there will be something to count, once the account is open.
    fn has_something_to_count(shared: &Shared) -> bool {
        !shared.is_read_only() && !shared.draft.has_job() && !shared.draft.selection.rules.is_empty()
    }

    /// Time until a count starts by itself; `None` if none will.
    pub fn starts_in(&self, shared: &Shared) -> Option<Duration> {
        let idle = self.command == CountCommand::Go && self.fault.is_none() && !shared.requests.is_busy(Slot::Scan);
        if !idle || !Self::can_count(shared) || self.follow_state.asked.as_ref() == Some(&self.follow_state.seen) {
            return None;
        }
        let behind = match shared.draft.step {
            // While the person checks rows, once the hand rests. What is known already is not counted again.
            Step::Blobs => !Self::is_known(shared),
            step => step > Step::Blobs && self.follow_state.asked.is_some(),
        };
        let rested = passed(self.follow_state.since, shared.now);
        let wait = if shared.draft.step == Step::Drives { Duration::ZERO } else { REST.saturating_sub(rested) };
        (shared.draft.step == Step::Drives || behind).then_some(wait)
    }

    /// Whether a complete count of the present selection is in the draft.
    fn is_known(shared: &Shared) -> bool {
        shared.draft.drives.counted.as_ref().is_some_and(|counted| counted.complete && fits(shared, counted))
    }

    /// Called after every message: stops the count when the selection has changed, and starts one that is due.
    pub fn follow(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        let now = CountSubject::of(shared);
        if now != self.follow_state.seen {
            self.follow_state.seen = now;
            self.follow_state.since = shared.now;
            self.fault = None;
            if self.command == CountCommand::Stop {
                self.command = CountCommand::Go;
            }
            shared.count.live = None;
            effects.extend(shared.requests.cancel(Slot::Scan));
        }
        if self.starts_in(shared) == Some(Duration::ZERO) {
            effects.extend(self.start(shared, false));
        }
        effects
    }

    /// Counts anew: at once, or as soon as the account is open.
    pub(super) fn count_anew(&mut self, shared: &mut Shared) -> Option<Effect> {
        let started = self.start(shared, true);
        if started.is_none() {
            self.say_why_not_counted(shared);
            if Self::has_something_to_count(shared) {
                self.command = CountCommand::Go;
                self.fault = None;
                self.follow_state.forget();
                self.follow_state.anew = true;
            }
        }
        started
    }

    /// Starts a count; `anew` discards what earlier counts left on disk.
    pub(super) fn start(&mut self, shared: &mut Shared, anew: bool) -> Option<Effect> {
        let endpoint = shared.blob_endpoint().map(str::to_owned).filter(|_| Self::can_count(shared))?;
        self.command = CountCommand::Go;
        self.fault = None;
        self.follow_state.asked = Some(CountSubject::of(shared));
        let anew = std::mem::take(&mut self.follow_state.anew) || anew;
        if let Some(why) = self.follow_state.why_not_counted.take() {
            shared.notice.take_if(|notice| notice.text == why);
        }
        shared.count.live = None;
        let (rules, draft) = (Arc::clone(&shared.draft.selection.rules), shared.draft.id.clone());
        Some(shared.start(Slot::Scan, Call::Scan { endpoint, rules, draft, anew }))
    }

    /// Stops the count. What was counted stays on disk and is not counted again.
    pub(super) fn stop(&mut self, shared: &mut Shared, command: CountCommand) -> Option<Effect> {
        self.command = command;
        self.follow_state.forget();
        shared.requests.cancel(Slot::Scan)
    }

    /// Whether the selection is not counted to the end yet.
    pub(super) fn is_open(&self, shared: &Shared) -> bool {
        // A second count that was paused leaves the report of the first one.
        !Self::is_known(shared) || shared.count.report.is_none() || shared.count.live.is_some() || self.fault.is_some()
    }

    /// Pauses, or goes on.
    pub(super) fn pause_or_go_on(&mut self, shared: &mut Shared) -> Option<Effect> {
        if shared.requests.is_busy(Slot::Scan) {
            return self.stop(shared, CountCommand::Pause);
        }
        if !self.is_open(shared) {
            shared.say(format!("Everything is counted; {} counts anew.", shared.key(&Action::Reload)));
            return None;
        }
        let started = self.start(shared, false);
        if started.is_none() {
            self.say_why_not_counted(shared);
        }
        started
    }

    fn say_why_not_counted(&mut self, shared: &mut Shared) {
        let why = Self::why_not_counted(shared);
        shared.warn(why.clone());
        self.follow_state.why_not_counted = Some(why);
    }

    /// Why nothing can be counted now.
    pub fn why_not_counted(shared: &Shared) -> String {
        if let Some(why) = shared.why_read_only().filter(|_| !shared.draft.has_job()) {
            return format!("Nothing is counted here. {why}");
        }
        let words = if shared.draft.has_job() {
            "The job was created; what it exports cannot be changed any more."
        } else if shared.draft.selection.rules.is_empty() {
            "Nothing is checked yet, so there is nothing to count."
        } else if shared.direct_account().is_some() {
            "Counting begins once the account is open; the step Blobs says what it waits for."
        } else if shared.foreign_server().is_some() {
            return format!(
                "Counting begins once you allow the server of the account's blobs, in the step Blobs ({}).",
                shared.key(&Action::Goto(Step::Blobs))
            );
        } else {
            "Counting begins once you are signed in and the account is read."
        };
        words.to_owned()
    }
}
