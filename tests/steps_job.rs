//! The job after its creation as a person meets it on Ship, Follow, Keys and Review: its newest state everywhere, and what is left when it
//! is gone. Keys and answers in, draft, effects and screen out. No terminal, no network.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "steps_forms/answers.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod answers;
#[path = "support/app_harness.rs"]
mod app_harness;
#[path = "steps_job/clock.rs"]
mod clock;
#[path = "steps_job/gone.rs"]
mod gone;
#[path = "steps_job/hostile.rs"]
mod hostile;
#[path = "support/lines.rs"]
mod lines;
#[path = "steps_job/locked.rs"]
mod locked;
#[path = "steps_job/polling.rs"]
mod polling;

use answers::{created, job_in};
use blobfreight::azure::model::JobState;
use blobfreight::draft::{Draft, KnownJob};
use blobfreight::protocol::message::Reply;
use blobfreight::protocol::step::Step;

use app_harness::now;

/// The answer that the job is in this state.
fn job(state: JobState) -> Reply {
    Reply::Job(Some(Box::new(job_in(state))))
}

/// A draft whose job was last seen in this state, standing on a step.
fn known(step: Step, state: JobState) -> Draft {
    let mut draft = created();
    draft.step = step;
    let before = draft.job.take();
    draft.job = Some(KnownJob::told(&job_in(state), before, now(), now()));
    draft
}
