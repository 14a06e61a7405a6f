//! The progress of a step, as the rail shows it. Every step computes its own.

use crate::protocol::action::Action;
use crate::protocol::step::Step;
use crate::wizard::shared::Shared;

/// Why the steps after Drives stay locked for an account used without a sign-in.
pub fn only_given(shared: &Shared) -> String {
    format!("sign in first ({}): a key opens only blobs", shared.key(&Action::Goto(Step::SignIn)))
}

/// The progress of one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepProgress {
    /// The step is answered.
    pub answered: bool,
    /// The answer in a few words; empty while there is none.
    pub summary: String,
    /// Why the answer may no longer fit, e.g. `account changed`.
    pub stale: Option<String>,
    /// What the person still has to do before the job can be created, e.g. `name the job`.
    pub needs: Option<String>,
    /// Why the step cannot be opened yet, e.g. `sign in first`.
    pub locked: Option<String>,
}

impl StepProgress {
    /// A step that cannot be opened yet.
    pub fn locked(why: &str) -> Self {
        Self { locked: Some(why.to_owned()), ..Self::default() }
    }
}

/// The mark of a step on the rail.
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
    /// Answered, but an answer it depends on has changed.
    Stale,
    /// Cannot be opened yet.
    Locked,
}
