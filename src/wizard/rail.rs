//! The rail: every step with its state and a one-line summary. Derived from the desk on each look; nothing is stored.

use super::desk::Desk;
use super::{Step, account, address, blobs, drives, follow, keys, location, options, review, ship, signin};

/// What a step says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
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

impl Progress {
    /// A step that cannot be opened yet.
    pub fn locked(why: &str) -> Self {
        Self { locked: Some(why.to_owned()), ..Self::default() }
    }
}

/// The state a step shows on the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
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
pub fn progress(desk: &Desk, step: Step) -> Progress {
    match step {
        Step::SignIn => signin::progress(desk),
        Step::Account => account::progress(desk),
        Step::Blobs => blobs::progress(desk),
        Step::Drives => drives::progress(desk),
        Step::Location => location::progress(desk),
        Step::Address => address::progress(desk),
        Step::Options => options::progress(desk),
        Step::Review => review::progress(desk),
        Step::Ship => ship::progress(desk),
        Step::Follow => follow::progress(desk),
        Step::Keys => keys::progress(desk),
    }
}

/// The mark of a step.
pub fn mark(desk: &Desk, step: Step) -> Mark {
    let progress = progress(desk, step);
    if desk.draft.step == step {
        Mark::Here
    } else if progress.locked.is_some() {
        Mark::Locked
    } else if progress.stale.is_some() {
        Mark::Stale
    } else if progress.needs.is_some() && step < desk.draft.step {
        // What lies ahead needs nobody yet.
        Mark::NeedsYou
    } else if progress.answered {
        Mark::Done
    } else {
        Mark::Open
    }
}
