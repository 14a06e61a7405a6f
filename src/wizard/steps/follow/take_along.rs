//! What a person takes along from the page: the deadlines as a calendar file, and the address of the job in the portal.

use super::state::FollowStep;
use crate::azure::fault::Fault;
use crate::protocol::message::{Call, Effect, NamedText, Reply, Slot};
use crate::wizard::calendar::calendar;
use crate::wizard::shared::Shared;

impl FollowStep {
    /// The address of the job in the portal; `None` where the cloud has none, as in a rehearsal, and before the job was read.
    pub fn portal_link(shared: &Shared) -> Option<String> {
        let session = shared.session.as_ref()?;
        let job = shared.catalogue.job.as_ref()?;
        session.cloud.portal_link(session.identity.tenant.as_deref(), &job.id)
    }

    pub(super) fn copy_link(shared: &mut Shared) -> Vec<Effect> {
        let Some(link) = Self::portal_link(shared) else {
            shared.warn("The address of the job in the portal is not known here.");
            return Vec::new();
        };
        shared.say(format!("On the clipboard, if the terminal allows it: {link}"));
        vec![Effect::Copy(link)]
    }

    pub(super) fn save_calendar(shared: &mut Shared) -> Vec<Effect> {
        let due = shared.job_deadline();
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        let Some(due) = due else {
            shared.warn("The job has no deadline in its state.");
            return Vec::new();
        };
        if shared.refuses() || shared.requests.is_busy(Slot::Calendar) {
            return Vec::new();
        }
        let text = calendar(&job.name, shared.draft.rehearsal, &[due], shared.now);
        vec![
            shared.start(Slot::Calendar, Call::SavePapers(vec![NamedText { name: format!("{}.ics", job.name), text }])),
        ]
    }

    pub(super) fn calendar_saved(shared: &mut Shared, outcome: Result<Reply, Fault>) {
        match outcome {
            Ok(Reply::SavedPapers(files)) => {
                let files = shared.note_saved_files(&files);
                shared.say(format!("Saved to {}; opening it adds the deadlines to a calendar.", files.join(" and ")));
            }
            Ok(other) => shared.warn_of(&other.unexpected()),
            Err(fault) => shared.warn_of(&fault),
        }
    }
}
