//! What the start screen lists of each draft on disk.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::drives::PartOf;
use super::facts::ExportFacts;
use super::id::DraftId;
use crate::azure::model::{JobAddress, SignInMethod};
use crate::protocol::step::Step;

/// A draft on disk, as the start screen lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftEntry {
    /// Its name.
    pub id: DraftId,
    /// When the file was last written.
    pub changed: Timestamp,
    /// The person put it away.
    #[serde(default)]
    pub archived: bool,
    /// What could be read of it.
    pub content: DraftSummary,
}

/// What could be read of a listed draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftSummary {
    /// It can be opened.
    Ready(Box<ReadyDraft>),
    /// It cannot be opened; why and what to do, one sentence.
    Refused(String),
}

/// A draft that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyDraft {
    /// The step it stands on.
    pub step: Step,
    /// It belongs to the simulated Azure.
    pub rehearsal: bool,
    /// Storage account, once chosen.
    pub account: Option<String>,
    /// Job name, once typed.
    pub job: Option<String>,
    /// Where its job is, or is to be; `None` before Review.
    pub address: Option<JobAddress>,
    /// How it signs in, once it did.
    pub sign_in: Option<UsedSignIn>,
    /// Which job of a split export it is.
    pub part: Option<PartOf>,
    /// What decides what comes next.
    pub facts: ExportFacts,
    /// When the service last told something of its job, by this machine's clock.
    #[serde(default)]
    pub told: Option<Timestamp>,
}

/// A sign-in that a draft used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UsedSignIn {
    /// Name of the cloud.
    pub cloud: String,
    /// Tenant typed by hand.
    pub tenant: Option<String>,
    /// The method.
    pub method: SignInMethod,
}

impl ReadyDraft {
    /// The row of a draft.
    pub fn of(draft: &Draft) -> Self {
        let typed = Some(draft.options.name.trim()).filter(|name| !name.is_empty());
        let given = draft.given.as_ref().map(|given| &given.name);
        Self {
            step: draft.resumes_at(),
            rehearsal: draft.rehearsal,
            account: draft.account.as_ref().map(|chosen| &chosen.account.name).or(given).cloned(),
            job: draft.job_address().map(|job| job.name.as_str()).or(typed).map(str::to_owned),
            address: draft.job_address().cloned(),
            sign_in: draft.sign_in.as_ref().map(|known| UsedSignIn {
                cloud: known.cloud.clone(),
                tenant: known.tenant.clone(),
                method: known.identity.method,
            }),
            part: draft.part,
            facts: ExportFacts::of_draft(draft),
            told: draft.job.as_ref().map(|job| job.gone.map_or(job.read, |gone| gone.seen.max(job.read))),
        }
    }
}

impl DraftSummary {
    /// The draft, where it can be opened.
    pub fn ready(&self) -> Option<&ReadyDraft> {
        match self {
            Self::Ready(draft) => Some(draft),
            Self::Refused(_) => None,
        }
    }
}

impl DraftEntry {
    /// The draft, where it can be opened.
    pub fn ready(&self) -> Option<&ReadyDraft> {
        self.content.ready()
    }
}
