//! Deletes the job: asks first, notes the deletion in the draft before it is sent, and follows it to its end, also after the program was
//! closed.

use super::state::FollowStep;
use crate::azure::fault::Fault;
use crate::draft::{Gone, Intention};
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::poll;
use crate::wizard::shared::Shared;

/// Whether the service has BitLocker keys of the job that were not saved here. Nobody can read the drives without them.
pub fn unsaved_keys(shared: &Shared) -> bool {
    let sent_back = shared.draft.job.as_ref().is_some_and(|known| known.status.state.sent_back());
    sent_back && shared.draft.keys_file.is_none()
}

impl FollowStep {
    pub(super) fn delete(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        if shared.refuses() {
            return Vec::new();
        }
        self.fault = None;
        self.deletion_before = shared.draft.journal.delete;
        shared.draft.journal.delete = Some(Intention { at: shared.now, confirmed: false });
        // An answer to a read under way would be older than the deletion.
        let read = shared.requests.cancel(Slot::Job);
        let delete = shared.start(Slot::DeleteJob, Call::DeleteJob(job));
        read.into_iter().chain([delete]).collect()
    }

    pub(super) fn deleted(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Ok(Reply::Deleted) => {
                let at = shared.draft.journal.delete.map_or(shared.now, |delete| delete.at);
                shared.draft.journal.delete = Some(Intention { at, confirmed: true });
                shared.lose_job(Gone { seen: shared.service_time(), with_group: false });
                shared.say("The job is deleted, and its BitLocker keys with it.");
                Vec::new()
            }
            Ok(other) => {
                self.fault = Some(other.unexpected());
                poll::read(shared)
            }
            Err(fault) => {
                let advice = "The job may be deleted, or the service is still at it: the job is read again by itself.";
                if !fault.unsettled {
                    shared.draft.journal.delete = self.deletion_before;
                }
                self.fault = Some(fault.advise_if_unsettled(advice));
                // The job itself tells whether it is gone.
                poll::read(shared)
            }
        }
    }
}
