//! The jobs of all subscriptions, as the start screen asks for them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{Job, JobAddress};
use crate::draft::UsedSignIn;

/// A sign-in to look for jobs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewSignIn {
    /// Where.
    pub cloud: Cloud,
    /// How.
    pub sign_in: UsedSignIn,
}

/// A job that was found in a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundJob {
    /// Where it is.
    pub address: JobAddress,
    /// The job as it was listed: without its drives and its stages.
    pub job: Job,
    /// The sign-in that sees it.
    pub sign_in: UsedSignIn,
    /// When it was listed, where that was in an earlier run of the program; `None` for one that was listed in this run.
    #[serde(default)]
    pub seen_before: Option<Timestamp>,
}

/// The jobs that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobsOverview {
    /// The jobs.
    pub jobs: Vec<FoundJob>,
    /// What could not be read.
    pub unread: Vec<UnreadJobs>,
    /// Subscriptions that were read, with at least one of the services.
    pub subscriptions: usize,
    /// Subscriptions that were not asked, because there are too many or it took too long.
    pub left_out: usize,
}

/// Jobs that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadJobs {
    /// Of what, e.g. `Azure Data Box in Media production`.
    pub of: String,
    /// Why.
    pub fault: Fault,
}
