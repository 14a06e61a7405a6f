//! The job after its creation as a person meets it on Ship, Follow, Keys and Review: its newest state everywhere, and what is left when it
//! is gone. Keys and answers in, draft, effects and screen out. No terminal, no network.
use crate::pure::steps_forms::answers;
mod account_lock;
mod cancelling;
mod clock;
mod deletion;
mod ends;
pub(crate) mod failures;
mod gone;
mod hostile;
mod keys;
mod locked;
mod moved;
mod polling;
mod rights;
pub(crate) mod stages;

use answers::{created, job_in};
use blobfreight::draft::{Draft, KnownJob};
use blobfreight::protocol::message::Reply;
use blobfreight::protocol::step::Step;

use crate::support::app_harness::now;

/// The answer that the job is in this state.
fn job(state: &str) -> Reply {
    Reply::Job(Some(Box::new(job_in(state))))
}

/// A draft whose job was last seen in this state, standing on a step.
fn known(step: Step, state: &str) -> Draft {
    let mut draft = created();
    draft.step = step;
    let before = draft.job.take();
    draft.job = Some(KnownJob::told(&job_in(state), before, now(), now()));
    draft
}
