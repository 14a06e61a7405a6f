//! What the start screen lists of each draft on disk.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::drives::PartOf;
use super::id::DraftId;
use crate::azure::model::JobStatus;
use crate::protocol::step::Step;

/// A draft on disk, as the start screen lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftEntry {
    /// Its name.
    pub id: DraftId,
    /// When the file was last written.
    pub changed: Timestamp,
    /// What could be read of it.
    pub content: DraftSummary,
}

/// What could be read of a listed draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftSummary {
    /// It can be opened.
    Ready {
        /// The step it stands on.
        step: Step,
        /// It belongs to the simulated Azure.
        rehearsal: bool,
        /// Storage account, once chosen.
        account: Option<String>,
        /// Job name, once typed.
        job: Option<String>,
        /// What the service last said of the job.
        status: Option<JobStatus>,
        /// The service answered that the job does not exist any more.
        gone: bool,
        /// Which job of a split export it is.
        part: Option<PartOf>,
    },
    /// It cannot be opened; why and what to do, one sentence.
    Refused(String),
}
