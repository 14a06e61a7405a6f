//! The look at the jobs of all subscriptions: with which sign-ins, what it found, what to say of it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::SignInMethod;
use crate::draft::DraftEntry;
use crate::protocol::overview::{FoundJob, JobsOverview, OverviewSignIn};

/// What is known of the jobs of all subscriptions.
#[derive(Debug, Default)]
pub struct JobsLook {
    /// What the last look found.
    pub found: JobsOverview,
    /// Since when that is known.
    pub at: Option<Timestamp>,
    /// When the last look began.
    pub(super) begun: Option<Timestamp>,
    /// When the look began that found these jobs.
    pub(super) listed: Option<Timestamp>,
    /// Why the last look failed.
    pub fault: Option<Fault>,
    /// The last look was given up.
    pub stopped: bool,
    /// There was no sign-in to look with.
    pub no_sign_in: bool,
    /// The jobs found last time were asked for.
    pub recalled: bool,
}

/// How the look at the jobs stands, for the line below the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LookStanding<'a> {
    /// Nobody looked, because there is no sign-in that needs no person.
    SignInFirst,
    /// The person gave it up.
    Stopped,
    /// It failed.
    Failed(&'a Fault),
    /// Looked at this time.
    Looked(Timestamp),
    /// Not looked yet.
    NotYet,
}

impl JobsLook {
    /// The jobs that were found.
    pub fn jobs(&self) -> &[FoundJob] {
        &self.found.jobs
    }

    /// How it stands.
    pub fn standing(&self) -> LookStanding<'_> {
        match (&self.fault, self.at) {
            _ if self.no_sign_in => LookStanding::SignInFirst,
            (Some(fault), _) => LookStanding::Failed(fault),
            (None, _) if self.stopped => LookStanding::Stopped,
            (None, Some(at)) => LookStanding::Looked(at),
            (None, None) => LookStanding::NotYet,
        }
    }
}

/// The sign-ins that the drafts used, each once. A rehearsal has none: its Azure runs only while the rehearsal is open.
pub(super) fn sign_ins(drafts: &[DraftEntry], clouds: &[Cloud]) -> Vec<OverviewSignIn> {
    let used = drafts.iter().filter_map(|entry| entry.ready()?.sign_in.clone());
    let mut seen = BTreeSet::new();
    used.filter(|sign_in| sign_in.method != SignInMethod::Rehearsal)
        .filter(|sign_in| seen.insert(format!("{sign_in:?}")))
        .filter_map(|sign_in| {
            let cloud = clouds.iter().find(|cloud| cloud.name == sign_in.cloud)?.clone();
            Some(OverviewSignIn { cloud, sign_in })
        })
        .collect()
}
