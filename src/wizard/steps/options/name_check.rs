//! Whether the name of the job is free in its resource group: asked once the keys rest for half a second. Another person may take the
//! name later, so Review looks again before it creates the job.

use std::time::Duration;

use crate::azure::fault::Fault;
use crate::azure::model::{Job, JobAddress};
use crate::form::job::tags::DRAFT_TAG;
use crate::form::job::{is_group, is_name};
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::clock::passed;
use crate::wizard::inquiry::Inquiry;
use crate::wizard::shared::{NameAnswer, Shared};
use crate::wizard::steps::options::state::{JobStep, subscription, why_frozen};

/// How long the keys rest before the question.
const REST: Duration = Duration::from_millis(500);

/// The job whose name is asked for; `None` while name or group are not right, and once they cannot change.
fn wanted(shared: &Shared) -> Option<JobAddress> {
    let answers = &shared.draft.options;
    let (name, group) = (answers.name.trim(), answers.resource_group.trim());
    let right = is_name(name) && !group.is_empty() && is_group(group) && why_frozen(shared).is_none();
    Some(JobAddress {
        service: shared.draft.service(),
        subscription: subscription(shared).filter(|_| right)?.to_owned(),
        resource_group: group.to_owned(),
        name: name.to_owned(),
    })
}

fn answer(shared: &Shared) -> Option<&NameAnswer> {
    shared.catalogue.job_name.as_ref()?.answer_to(&wanted(shared)?)
}

/// The job that has the name; not the draft's own.
fn taken_by(shared: &Shared) -> Option<&Job> {
    let found = answer(shared)?.as_ref().ok()?.as_deref()?;
    (found.tag(DRAFT_TAG) != Some(shared.draft.id.as_str())).then_some(found)
}

/// Whether a job was seen that has the name.
pub fn is_taken(shared: &Shared) -> bool {
    taken_by(shared).is_some()
}

/// What is known of the name, in a sentence; `None` while nothing is asked.
pub fn words(shared: &Shared) -> Option<String> {
    let wanted = wanted(shared)?;
    if shared.session.is_none() {
        return Some("Not checked whether the name is free: nobody is signed in.".to_owned());
    }
    if let Some(job) = taken_by(shared) {
        let made = job.created.as_deref().and_then(|created| created.get(..10));
        let made = made.map(|day| format!(", made {day}")).unwrap_or_default();
        return Some(format!("Taken by a job of {} ({}{made}).", wanted.service.title(), job.status));
    }
    Some(match answer(shared) {
        Some(Ok(_)) => format!("Free as of now in {}.", wanted.resource_group),
        Some(Err(fault)) => format!("Not checked whether the name is free: {}.", fault.reason.trim_end_matches('.')),
        None if shared.requests.is_busy(Slot::JobName) => "Checking whether the name is free.".to_owned(),
        None => return None,
    })
}

/// Takes in the answer. The question it belongs to is the last one that was sent.
pub(super) fn take(shared: &mut Shared, outcome: Result<Reply, Fault>) {
    let answer = match outcome {
        Ok(Reply::Job(found)) => Ok(found),
        Ok(other) => Err(other.unexpected()),
        Err(fault) => Err(fault),
    };
    if let Some(inquiry) = &mut shared.catalogue.job_name {
        inquiry.answer = Some(answer);
    }
}

impl JobStep {
    /// Notes when name and group were last typed.
    pub(super) fn note_typing(&mut self, shared: &Shared) {
        let wanted = wanted(shared);
        if self.typed.as_ref().map(|(typed, _)| typed) != wanted.as_ref() {
            self.typed = wanted.map(|wanted| (wanted, shared.now));
        }
        self.form.set_facts(<Self as crate::wizard::form_step::FormStep>::facts(shared));
    }

    /// How long until the question may be sent; `None` where there is none.
    pub(super) fn name_rest(&self, shared: &Shared) -> Option<Duration> {
        let (typed, since) = self.typed.as_ref().filter(|_| shared.session.is_some())?;
        let asked = shared.catalogue.job_name.as_ref().is_some_and(|inquiry| inquiry.question == *typed);
        let rested = passed(*since, shared.now);
        (!asked && wanted(shared).as_ref() == Some(typed)).then(|| REST.saturating_sub(rested))
    }

    /// Sends the question once the keys have rested.
    pub(super) fn ask_name(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let due = self.name_rest(shared).is_some_and(|rest| rest.is_zero());
        let Some(job) = wanted(shared).filter(|_| due) else { return Vec::new() };
        shared.catalogue.job_name = Some(Inquiry::new(job.clone()));
        let effect = shared.start(Slot::JobName, Call::Job(job));
        self.note_typing(shared);
        vec![effect]
    }
}
