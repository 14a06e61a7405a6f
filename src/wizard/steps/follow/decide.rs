//! The decisions that the service waits for, about the job or about one of its drives. Only those that the service offers.

use super::state::{Decision, FollowQuestion, FollowStep};
use crate::azure::fault::Fault;
use crate::azure::model::Job;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::poll;
use crate::wizard::shared::Shared;

impl Decision {
    /// Everything that the service offers for a job, in its order: for the job, then for each drive.
    pub(super) fn all(job: &Job) -> Vec<Self> {
        let of_job = job.resolutions.iter().map(|word| (None, word));
        let of_drives =
            job.drives.iter().flat_map(|drive| drive.resolutions.iter().map(|word| (Some(&drive.id), word)));
        let offered = of_job.chain(of_drives).filter(|(_, word)| !word.trim().is_empty() && *word != "None");
        offered.map(|(drive, word)| Self { drive: drive.cloned(), resolution: word.clone() }).collect()
    }
}

/// What a resolution means, as far as its name says; `None` for a word that no document lists.
pub fn meaning(resolution: &str) -> Option<&'static str> {
    match resolution {
        "Resume" => Some("go on where it stopped"),
        "Restart" => Some("begin again from the start"),
        "MoveToCleanUpDevice" => Some("give up the copy and clean the drive: what is on it is lost"),
        "ReachOutToOperation" => Some("have Microsoft's operations team look at it"),
        _ => None,
    }
}

impl FollowStep {
    /// Every decision that the service offers now.
    pub fn decisions(shared: &Shared) -> Vec<Decision> {
        shared.catalogue.job.as_ref().map(Decision::all).unwrap_or_default()
    }

    /// Asks about the first choice for the drive under the cursor, or for the job; once it is open, about the next choice.
    pub(super) fn next_decision(&mut self, shared: &Shared) {
        let all = Self::decisions(shared);
        let job = shared.catalogue.job.as_ref();
        let drive = self.drive_under_cursor().and_then(|row| job?.drives.get(row)).map(|drive| &drive.id);
        let at = match &self.question {
            Some(FollowQuestion::Decide(open)) => {
                all.iter().position(|one| one == open).map_or(0, |at| (at + 1) % all.len().max(1))
            }
            _ => all.iter().position(|one| one.drive.as_ref().is_some_and(|id| Some(id) == drive)).unwrap_or(0),
        };
        self.question = all.get(at).cloned().map(FollowQuestion::Decide);
    }

    pub(super) fn decide(&mut self, shared: &mut Shared, decision: Decision) -> Vec<Effect> {
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        if shared.refuses() {
            return Vec::new();
        }
        if !Self::decisions(shared).contains(&decision) {
            shared.warn(format!("The service does not offer {} any more.", decision.resolution));
            return Vec::new();
        }
        self.fault = None;
        let Decision { drive, resolution } = decision.clone();
        self.decided = Some(decision);
        let read = shared.requests.cancel(Slot::Job);
        let mitigate = shared.start(Slot::Mitigate, Call::Mitigate { job, drive, resolution });
        read.into_iter().chain([mitigate]).collect()
    }

    pub(super) fn decision_taken(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        let decision = self.decided.take();
        match outcome {
            Err(fault) => {
                let advice = "The service may have taken it: the job says so once it is read again.";
                self.fault = Some(fault.advise_if_unsettled(advice));
                poll::read(shared)
            }
            Ok(reply) => {
                if let (Reply::Job(Some(job)), Some(decision)) = (&reply, decision) {
                    let open = Decision::all(job).contains(&decision);
                    let word = &decision.resolution;
                    shared.say(if open {
                        format!("The service took {word}; the job, read after it, still offers it.")
                    } else {
                        format!("The service took {word}; the job, read after it, is in {}.", job.status)
                    });
                }
                poll::learn(shared, Ok(reply));
                Vec::new()
            }
        }
    }
}
