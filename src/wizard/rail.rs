//! The rail: the progress and the mark of each step. It is computed from the shared state for every frame; nothing is stored.
//!
//! Review lists what is missing in the other steps, so it uses this file. That is why its own progress is computed here.

use crate::protocol::step::Step;
use crate::wizard::progress::{StepMark, StepProgress};
use crate::wizard::shared::Shared;
use crate::wizard::steps::{account, address, blobs, drives, follow, keys, location, options, ship, signin, verify};

/// The progress of a step.
pub fn progress(shared: &Shared, step: Step) -> StepProgress {
    match step {
        Step::SignIn => signin::progress(shared),
        Step::Account => account::progress(shared),
        Step::Blobs => blobs::progress(shared),
        Step::Drives => drives::progress(shared),
        Step::Location => location::progress(shared),
        Step::Address => address::progress(shared),
        Step::Options => options::progress(shared),
        Step::Review => of_review(shared, || missing(shared).len()),
        Step::Ship => ship::progress(shared),
        Step::Follow => follow::progress(shared),
        Step::Keys => keys::progress(shared),
        Step::Verify => verify::progress(shared),
    }
}

/// The progress of every step, each computed once. Review counts what is missing in the steps before it.
pub fn all(shared: &Shared) -> Vec<(Step, StepProgress)> {
    let mut all: Vec<_> = Step::ANSWERS.iter().map(|step| (*step, progress(shared, *step))).collect();
    all.push((Step::Review, of_review(shared, || missing_in(all.iter().cloned()).len())));
    all.extend(Step::ALL.iter().skip(all.len()).map(|step| (*step, progress(shared, *step))));
    all
}

/// The mark of a step.
pub fn mark(shared: &Shared, step: Step) -> StepMark {
    mark_with(shared, step, &progress(shared, step))
}

/// The mark of a step with this progress.
pub fn mark_with(shared: &Shared, step: Step, progress: &StepProgress) -> StepMark {
    if shared.draft.step == step {
        StepMark::Here
    } else if progress.locked.is_some() {
        StepMark::Locked
    } else if progress.stale.is_some() {
        StepMark::Stale
    } else if progress.needs.is_some() && step < shared.draft.step {
        // A step ahead of the person may wait.
        StepMark::NeedsYou
    } else if progress.answered {
        StepMark::Done
    } else {
        StepMark::Open
    }
}

/// The progress of Review: how many answers are missing, then the job that was created.
fn of_review(shared: &Shared, missing: impl Fn() -> usize) -> StepProgress {
    let Some(job) = shared.draft.job_address().filter(|_| shared.draft.has_job()) else {
        let missing = missing();
        let needs = (missing > 0).then(|| format!("{missing} to settle"));
        return StepProgress { summary: needs.clone().unwrap_or_default(), ..StepProgress::default() };
    };
    if shared.draft.gone().is_some() && shared.draft.journal.delete.is_some() {
        let summary = format!("{} was deleted", job.name);
        return StepProgress { answered: true, summary, ..StepProgress::default() };
    }
    if shared.draft.gone().is_some() {
        let needs = Some("make a new draft: the job is gone".to_owned());
        return StepProgress { summary: format!("{} is gone", job.name), needs, ..StepProgress::default() };
    }
    StepProgress { answered: true, summary: format!("created {}", job.name), ..StepProgress::default() }
}

/// The steps that still need the person, each with what it needs.
pub fn missing(shared: &Shared) -> Vec<(Step, String)> {
    missing_in(Step::ANSWERS.iter().map(|step| (*step, progress(shared, *step))))
}

fn missing_in(answers: impl Iterator<Item = (Step, StepProgress)>) -> Vec<(Step, String)> {
    // A job can be created without a count; Review warns about it.
    let needed = answers.filter(|(step, _)| *step != Step::Drives);
    let lacks = needed.filter_map(|(step, progress)| {
        let stale = progress.stale.map(|why| format!("look again: {why}"));
        progress.needs.or(stale).or(progress.locked).map(|why| (step, why))
    });
    lacks.collect()
}
