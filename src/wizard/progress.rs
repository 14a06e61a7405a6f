//! How far a step is, as the rail shows it: plain data that every step makes of itself.

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
