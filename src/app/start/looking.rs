//! The look at the jobs of all subscriptions behind the list: when it is made, and what is taken from its answer. Until the answer comes the
//! list has the jobs found last time.

use jiff::{SignedDuration, Timestamp};

use super::elsewhere::{self, JobsLook};
use super::rows::belongs;
use super::start::Start;
use crate::azure::fault::Fault;
use crate::draft::DraftEntry;
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Slot};
use crate::protocol::overview::{FoundJob, JobsOverview, OverviewSignIn};

/// Jobs that were looked at within this time are not looked at again by themselves.
const LOOK_EVERY: SignedDuration = SignedDuration::from_mins(5);

impl Start {
    /// Takes in the jobs that were found last time, until they are listed anew. One that no sign-in of the drafts would see again is left out.
    pub(crate) fn recall_jobs(&mut self, jobs: Vec<FoundJob>) {
        if self.look.at.is_some() {
            return;
        }
        let on = self.name_under_cursor();
        let sign_ins = elsewhere::sign_ins(self.drafts.as_deref().unwrap_or_default(), &self.clouds);
        let is_seen = |found: &FoundJob| sign_ins.iter().any(|with| with.sign_in == found.sign_in);
        self.look.found.jobs = jobs.into_iter().filter(is_seen).collect();
        self.put_cursor(on.as_ref());
    }

    /// Takes in the answer about the jobs of all subscriptions.
    pub(crate) fn learn_jobs(&mut self, outcome: Result<JobsOverview, Fault>, now: Timestamp) {
        let on = self.name_under_cursor();
        match outcome {
            Ok(found) => {
                let listed = self.look.begun;
                self.look = JobsLook { found, at: Some(now), listed, recalled: true, ..JobsLook::default() };
            }
            // What was found before stays in the list.
            Err(fault) => self.look.fault = Some(fault),
        }
        self.put_cursor(on.as_ref());
    }

    /// Removes the jobs of which a draft has newer facts: the service answered about them after the look began. A time in the future is not
    /// newer, because it comes from a wrong clock.
    pub(super) fn leave_out_older(&mut self, now: Timestamp) {
        let Some(listed) = self.look.listed else { return };
        let drafts = self.drafts.as_deref().unwrap_or_default();
        let newer = |entry: &DraftEntry| {
            entry.ready().and_then(|draft| draft.told).is_some_and(|told| told > listed && told <= now)
        };
        self.look.found.jobs.retain(|found| !drafts.iter().any(|entry| newer(entry) && belongs(entry, found)));
    }

    /// Looks at the jobs unless that was done a moment ago.
    pub(super) fn look_if_due(&mut self, now: Timestamp) -> Vec<Effect> {
        let sign_ins = elsewhere::sign_ins(self.drafts.as_deref().unwrap_or_default(), &self.clouds);
        self.look.no_sign_in = sign_ins.is_empty();
        // A clock that was set back makes the last look a thing of the future: it is looked again.
        let recent = self.look.at.is_some_and(|at| now >= at && now.duration_since(at) < LOOK_EVERY);
        if sign_ins.is_empty() || recent || self.requests.is_busy(Slot::JobsOverview) {
            return Vec::new();
        }
        let mut effects = Vec::new();
        if !std::mem::replace(&mut self.look.recalled, true) {
            effects.push(self.requests.start(Slot::FoundJobs, Call::FoundJobs, now));
        }
        effects.extend(self.look_with(sign_ins, now));
        effects
    }

    fn look_with(&mut self, sign_ins: Vec<OverviewSignIn>, now: Timestamp) -> Vec<Effect> {
        (self.look.fault, self.look.stopped, self.look.begun) = (None, false, Some(now));
        vec![self.requests.start(Slot::JobsOverview, Call::JobsOverview(sign_ins), now)]
    }

    pub(super) fn stop_looking(&mut self) -> Vec<Effect> {
        let stopped = self.requests.cancel(Slot::JobsOverview);
        if stopped.is_some() {
            self.look.stopped = true;
            self.say(format!("The jobs at Azure are not looked at; {} looks again.", self.keys.name(&Action::Reload)));
        }
        stopped.into_iter().collect()
    }
}
