//! When counting starts, stops and starts over. It follows the selection by itself, whatever step is open; what comes out is
//! taken in elsewhere.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::Drives;
use crate::app::protocol::{Call, Effect, Slot};
use crate::select::Rule;
use crate::wizard::Step;
use crate::wizard::desk::Desk;

/// A selection that has not changed for so long is worth counting while another step is open.
pub const REST: Duration = Duration::from_secs(1);

/// What the person wants of the count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Count.
    #[default]
    Go,
    /// Wait until told to go on, whatever changes.
    Pause,
    /// Stop counting this selection; another one is counted again.
    Stop,
}

/// What is counted: the rules of one account, chosen or given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) account: Option<String>,
    pub(super) rules: Arc<Vec<Rule>>,
}

impl Subject {
    pub(super) fn of(desk: &Desk) -> Self {
        let account = desk.blob_account().map(|(id, _)| id.to_owned());
        Self { account, rules: Arc::clone(&desk.draft.selection.rules) }
    }
}

/// How the count follows the selection.
#[derive(Debug)]
pub(super) struct Following {
    /// The selection as last seen, and since when.
    seen: Subject,
    since: Timestamp,
    /// What the last count was started for; `None` before the first.
    asked: Option<Subject>,
}

impl Following {
    pub(super) fn new(desk: &Desk) -> Self {
        Self { seen: Subject::of(desk), since: desk.now, asked: None }
    }

    /// The last count is of no more use.
    pub(super) fn forget(&mut self) {
        self.asked = None;
    }
}

impl Drives {
    /// Whether counting is possible here and now.
    pub fn can_count(desk: &Desk) -> bool {
        let open = !desk.is_read_only() && !desk.draft.has_job() && !desk.draft.selection.rules.is_empty();
        open && desk.blob_endpoint().is_some()
    }

    /// How long until counting starts by itself; `None` when it will not.
    pub fn starts_in(&self, desk: &Desk) -> Option<Duration> {
        let idle = self.wish == Wish::Go && self.fault.is_none() && !desk.requests.is_busy(Slot::Scan);
        if !idle || !Self::can_count(desk) || self.following.asked.as_ref() == Some(&self.following.seen) {
            return None;
        }
        // Before the first visit nothing is asked for, and while rows are checked it would start over and over.
        let behind = desk.draft.step > Step::Blobs && self.following.asked.is_some();
        let rested = Duration::try_from(desk.now.duration_since(self.following.since)).unwrap_or(Duration::ZERO);
        let wait = if desk.draft.step == Step::Drives { Duration::ZERO } else { REST.saturating_sub(rested) };
        (desk.draft.step == Step::Drives || behind).then_some(wait)
    }

    /// Called after every message: stops a count whose selection changed, starts one that is due.
    pub fn follow(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let mut effects = Vec::new();
        let now = Subject::of(desk);
        if now != self.following.seen {
            self.following.seen = now;
            self.following.since = desk.now;
            self.fault = None;
            if self.wish == Wish::Stop {
                self.wish = Wish::Go;
            }
            desk.count.live = None;
            effects.extend(desk.requests.cancel(Slot::Scan));
        }
        if self.starts_in(desk) == Some(Duration::ZERO) {
            effects.extend(self.start(desk, false));
        }
        effects
    }

    /// Counts; `anew` forgets what earlier counts left on disk.
    pub(super) fn start(&mut self, desk: &mut Desk, anew: bool) -> Option<Effect> {
        let endpoint = desk.blob_endpoint().map(str::to_owned).filter(|_| Self::can_count(desk))?;
        self.wish = Wish::Go;
        self.fault = None;
        self.following.asked = Some(Subject::of(desk));
        desk.count.live = None;
        let (rules, draft) = (Arc::clone(&desk.draft.selection.rules), desk.draft.id.clone());
        Some(desk.start(Slot::Scan, Call::Scan { endpoint, rules, draft, anew }))
    }

    /// Stops asking. What was counted stays on disk and is not counted again.
    pub(super) fn hold(&mut self, desk: &mut Desk, wish: Wish) -> Option<Effect> {
        self.wish = wish;
        self.following.forget();
        desk.requests.cancel(Slot::Scan)
    }

    /// Whether there is still something to count of the blobs as they are checked now.
    pub(super) fn is_open(&self, desk: &Desk) -> bool {
        let counted = desk.draft.drives.counted.as_ref();
        let whole = counted.is_some_and(|counted| counted.complete && super::fits(desk, counted));
        // A count made anew and paused leaves the report of the one before.
        !whole || desk.count.report.is_none() || desk.count.live.is_some() || self.fault.is_some()
    }

    /// Pauses, or goes on.
    pub(super) fn pause_or_go_on(&mut self, desk: &mut Desk) -> Option<Effect> {
        if desk.requests.is_busy(Slot::Scan) {
            return self.hold(desk, Wish::Pause);
        }
        if !self.is_open(desk) {
            desk.say("Everything is counted; r counts anew.");
            return None;
        }
        let started = self.start(desk, false);
        if started.is_none() {
            desk.warn(Self::hindrance(desk));
        }
        started
    }

    /// Why nothing can be counted now.
    pub fn hindrance(desk: &Desk) -> String {
        if let Some(why) = desk.why_read_only().filter(|_| !desk.draft.has_job()) {
            return format!("Nothing is counted here. {why}");
        }
        let words = if desk.draft.has_job() {
            "The job was created; what it exports cannot be changed any more."
        } else if desk.draft.selection.rules.is_empty() {
            "Nothing is checked yet, so there is nothing to count."
        } else if desk.given().is_some() {
            "Counting begins once the account is open; the step Blobs says what it waits for."
        } else if desk.foreign_server().is_some() {
            "Counting begins once you allow the server of the account's blobs, in the step Blobs (Alt-3)."
        } else {
            "Counting begins once you are signed in and the account is read."
        };
        words.to_owned()
    }
}
