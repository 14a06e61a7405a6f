//! The rail: every step with its state and a one-line summary. Derived from the desk on each look; nothing is stored.

use crate::protocol::step::Step;
use crate::wizard::shared::Shared;
use crate::wizard::steps::{account, address, blobs, drives, follow, keys, location, options, review, ship, signin};

/// What a step says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepProgress {
    /// It is answered.
    pub answered: bool,
    /// The answer in a few words; empty while there is none.
    pub summary: String,
    /// Why the answer may no longer fit, e.g. `account changed`.
    pub stale: Option<String>,
    /// What it needs from the person before the job can be created.
    pub needs: Option<String>,
    /// Why it cannot be opened yet.
    pub locked: Option<String>,
}

impl StepProgress {
    /// A step that cannot be opened yet.
    pub fn locked(why: &str) -> Self {
        Self { locked: Some(why.to_owned()), ..Self::default() }
    }
}

/// The state a step shows on the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepMark {
    /// Answered.
    Done,
    /// The person is here.
    Here,
    /// Can be opened, not answered yet.
    Open,
    /// Something is missing or wrong.
    NeedsYou,
    /// Answered, but something it rests on has changed.
    Stale,
    /// Cannot be opened yet.
    Locked,
}

/// What a step says of itself.
pub fn progress(shared: &Shared, step: Step) -> StepProgress {
    match step {
        Step::SignIn => signin::progress(shared),
        Step::Account => account::progress(shared),
        Step::Blobs => blobs::progress(shared),
        Step::Drives => drives::progress(shared),
        Step::Location => location::progress(shared),
        Step::Address => address::progress(shared),
        Step::Options => options::progress(shared),
        Step::Review => review::progress(shared),
        Step::Ship => ship::progress(shared),
        Step::Follow => follow::progress(shared),
        Step::Keys => keys::progress(shared),
    }
}

/// The mark of a step.
pub fn mark(shared: &Shared, step: Step) -> StepMark {
    let progress = progress(shared, step);
    if shared.draft.step == step {
        StepMark::Here
    } else if progress.locked.is_some() {
        StepMark::Locked
    } else if progress.stale.is_some() {
        StepMark::Stale
    } else if progress.needs.is_some() && step < shared.draft.step {
        // What lies ahead needs nobody yet.
        StepMark::NeedsYou
    } else if progress.answered {
        StepMark::Done
    } else {
        StepMark::Open
    }
}
