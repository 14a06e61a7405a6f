//! Deletes the job: asks first, notes the deletion in the draft before it is sent, and follows it to its end, also after the program was
//! closed.

use super::state::{FollowQuestion, FollowStep};
use crate::azure::fault::Fault;
use crate::draft::{Gone, Intention, KnownJob};
use crate::form::Field;
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::poll;
use crate::wizard::shared::Shared;

/// What the person types to delete a job whose keys were not saved.
pub const WITHOUT_KEYS: &str = "delete without keys";

/// Whether the service has BitLocker keys of the job that were not saved here. Nobody can read the drives without them.
pub fn unsaved_keys(shared: &Shared) -> bool {
    let has_keys = |known: &KnownJob| known.status.state.sent_back() && !known.has_no_drive();
    shared.draft.job.as_ref().is_some_and(has_keys) && !shared.draft.has_all_keys()
}

impl FollowStep {
    /// Asks whether to delete the job. Where its keys were not saved, the answer is typed.
    pub(super) fn ask_to_delete(&mut self, shared: &Shared) {
        self.question = Some(FollowQuestion::Delete);
        self.typing = unsaved_keys(shared).then(|| Field::new(""));
    }

    /// Takes the typed answer; `true` when it is the one that deletes.
    pub(super) fn take_typed(&mut self, shared: &mut Shared) -> bool {
        let typed = self.typing.as_ref().map(|field| field.value().trim().to_lowercase()).unwrap_or_default();
        if typed == WITHOUT_KEYS {
            self.typing = None;
            return true;
        }
        let (keys, save) = (shared.key(&Action::Goto(Step::Keys)), shared.key(&Action::Save));
        shared.warn(format!("Nothing is deleted. Save the keys first ({keys}, {save}), or type: {WITHOUT_KEYS}"));
        false
    }

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
