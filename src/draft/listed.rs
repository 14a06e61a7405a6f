//! A draft as the start screen lists it: plain data, made by the store, shown without opening the draft.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Draft, DraftId};
use crate::azure::model::JobState;
use crate::wizard::Step;

/// A draft file, readable or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub id: DraftId,
    /// When the draft was last changed; for an unreadable one, when its file was.
    pub changed: Timestamp,
    /// What is in it, or why that cannot be read.
    pub condition: Condition,
    /// Another running program that has it open.
    pub held_by: Option<Holder>,
}

/// Whether a draft file can be resumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Yes; this is in it.
    Fine(Box<Summary>),
    /// Written by a newer program, with this layout version. Left untouched.
    Newer(u32),
    /// Not a draft, or a damaged one: where and why.
    Broken(String),
}

/// What the start screen says about a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The step the person is on.
    pub step: Step,
    /// Made in a rehearsal.
    pub rehearsal: bool,
    /// Name of the storage account, once chosen.
    pub account: Option<String>,
    /// Name of the job: the one created, else the one typed.
    pub job: Option<String>,
    /// What the service last said about the job.
    pub state: Option<JobState>,
}

impl From<&Draft> for Summary {
    fn from(draft: &Draft) -> Self {
        let typed = Some(draft.options.name.trim()).filter(|name| !name.is_empty());
        Self {
            step: draft.step,
            rehearsal: draft.rehearsal,
            account: draft.account.as_ref().map(|chosen| chosen.account.name.clone()),
            job: draft.job_address().map(|job| job.name.as_str()).or(typed).map(str::to_owned),
            state: draft.job.as_ref().map(|job| job.state.clone()),
        }
    }
}

/// The running program that has a draft open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its process id.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// Since when.
    pub since: Timestamp,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} on {} since {}", self.pid, self.host, self.since.strftime("%Y-%m-%d %H:%M UTC"))
    }
}
