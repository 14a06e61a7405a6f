//! A draft: everything a person has answered so far, as one value that survives `kill -9`. How it stands in its file is `file`'s
//! business; a recording of a session holds it in the same form.
//!
//! No secret has a field here: tokens, keys and passwords stay in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::answers::{AddressAnswers, ChosenAccount, ChosenBlobs, ChosenLocation, JobAnswers, ParcelAnswers, SignedIn};
use super::direct::DirectAccount;
use super::drives::{DriveAnswers, PartOf};
use super::id::DraftId;
use super::job::{Gone, KnownJob};
use super::journal::{CreateIntention, Journal};
use super::server::AccountServer;
use super::verified::Verification;
use crate::azure::model::{Job, JobAddress, JobState, ServiceName};
use crate::protocol::step::Step;
use crate::select::{Rule, Selection};

/// The version this program writes. Older ones are migrated, newer ones refused and left untouched.
pub const VERSION: u32 = 10;

/// Everything answered so far, and where the person stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Layout version of this value, see [`VERSION`].
    pub version: u32,
    /// Its name.
    pub id: DraftId,
    /// Made in a rehearsal: it belongs to the simulated Azure and to nothing else.
    pub rehearsal: bool,
    /// When it was begun.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
    /// The step the person is on.
    pub step: Step,
    /// The step the person last worked on. Going back to look does not change it, so that the draft is resumed where the work is.
    pub worked_on: Option<Step>,
    /// The focused field or row of each step that has one.
    pub focus: BTreeMap<Step, usize>,
    /// Cloud and way of signing in.
    pub sign_in: Option<SignedIn>,
    /// Subscription and storage account.
    pub account: Option<ChosenAccount>,
    /// Where the person let the sign-in be used although the server is none of the cloud's.
    pub allowed_server: Option<AccountServer>,
    /// The account as it was opened without a sign-in; counts while none is chosen.
    pub given: Option<DirectAccount>,
    /// The service that takes the job. The program proposes one once, for the account; from then on only the person changes it.
    pub service: Option<ServiceName>,
    /// What is exported.
    pub selection: ChosenBlobs,
    /// How many drives that takes.
    pub drives: DriveAnswers,
    /// Which job of a split export this is; `None` for an export that was never split.
    pub part: Option<PartOf>,
    /// Where the drives are shipped.
    pub location: Option<ChosenLocation>,
    /// Return address and carrier, raw as typed.
    pub address: AddressAnswers,
    /// Job name and options, raw as typed.
    pub options: JobAnswers,
    /// What was sent, or was about to be sent, that cannot be taken back.
    pub journal: Journal,
    /// The parcel to Microsoft, raw as typed.
    pub parcel: ParcelAnswers,
    /// What the service last said about the job, so that a resumed draft has something to show at once.
    pub job: Option<KnownJob>,
    /// File the BitLocker keys were saved to; never the keys.
    pub keys_file: Option<String>,
    /// Serial numbers of the drives whose keys are in that file.
    pub keys_of: Vec<String>,
    /// Paths of the files that were saved for the person: packing slip, label, calendar, reports.
    pub papers: Vec<String>,
    /// What came of the checks of the returned drives.
    pub verified: Verification,
}

/// What is known of a cancellation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancellation {
    /// The job says that it was requested.
    Requested,
    /// The request was sent, and the job does not show it so far.
    Unconfirmed,
}

impl Cancellation {
    /// What it means for the drives, as two sentences.
    pub fn words(self) -> &'static str {
        match self {
            Self::Requested => "Cancelling was asked for. Send no drives.",
            Self::Unconfirmed => {
                "Cancelling may have been asked for: it was sent and the job does not show it. Send no drives before that is known."
            }
        }
    }
}

impl Draft {
    /// An empty draft that stands on the first step.
    pub fn new(id: DraftId, rehearsal: bool, now: Timestamp) -> Self {
        Self {
            version: VERSION,
            id,
            rehearsal,
            created: now,
            changed: now,
            step: Step::SignIn,
            worked_on: None,
            focus: BTreeMap::new(),
            sign_in: None,
            account: None,
            allowed_server: None,
            given: None,
            service: None,
            selection: ChosenBlobs::default(),
            drives: DriveAnswers::default(),
            part: None,
            location: None,
            address: AddressAnswers::default(),
            options: JobAnswers::default(),
            journal: Journal::default(),
            parcel: ParcelAnswers::default(),
            job: None,
            keys_file: None,
            keys_of: Vec::new(),
            papers: Vec::new(),
            verified: Verification::default(),
        }
    }

    /// A draft for another job with the same answers. Requests, the job and the steps after Review are left out.
    pub fn for_another_job(&self, id: DraftId, now: Timestamp) -> Self {
        Self {
            id,
            created: now,
            changed: now,
            step: self.resumes_at().min(Step::Review),
            worked_on: None,
            journal: Journal::default(),
            parcel: ParcelAnswers::default(),
            job: None,
            keys_file: None,
            keys_of: Vec::new(),
            papers: Vec::new(),
            verified: Verification::default(),
            ..self.clone()
        }
    }

    /// A draft for a job that exports these blobs, with the other answers of this one. It goes on at counting them.
    pub fn for_blobs(&self, rules: Vec<Rule>, now: Timestamp) -> Self {
        let own = self.for_another_job(self.id.clone(), now);
        let account =
            own.selection.account.clone().or_else(|| own.account.as_ref().map(|chosen| chosen.account.id.clone()));
        Self {
            step: Step::Drives,
            selection: ChosenBlobs {
                rules: Arc::new(Selection::from_rules(rules).rules()),
                account,
                ..ChosenBlobs::default()
            },
            drives: DriveAnswers { sizes: own.drives.sizes.clone(), counted: None },
            part: None,
            ..own
        }
    }

    /// The service that takes the job; the classic one while none is chosen.
    pub fn service(&self) -> ServiceName {
        self.service.unwrap_or_default()
    }

    /// The return carriers of the chosen location; none before one is chosen.
    pub fn carriers(&self) -> Vec<String> {
        self.location.as_ref().map(|location| location.carriers.clone()).unwrap_or_default()
    }

    /// The step to open when it is resumed.
    pub fn resumes_at(&self) -> Step {
        self.worked_on.unwrap_or(self.step)
    }

    /// Whether the other draft has the same answers, wherever on screen it stands.
    pub fn answers_like(&self, other: &Self) -> bool {
        let there = Self {
            step: self.step,
            worked_on: self.worked_on,
            focus: self.focus.clone(),
            changed: self.changed,
            selection: ChosenBlobs { place: self.selection.place.clone(), ..other.selection.clone() },
            ..other.clone()
        };
        *self == there
    }

    /// Whether nothing was answered yet: there is nothing to keep. A rehearsal signs in by itself.
    pub fn is_untouched(&self) -> bool {
        let sign_in = self.sign_in.clone().filter(|_| self.rehearsal);
        self.answers_like(&Self { sign_in, ..Self::new(self.id.clone(), self.rehearsal, self.created) })
    }

    /// The job this draft made or is about to make, once its name is settled.
    pub fn job_address(&self) -> Option<&JobAddress> {
        self.journal.create.as_ref().map(|create| &create.job)
    }

    /// The service of that job.
    pub fn job_service(&self) -> Option<ServiceName> {
        self.job_address().map(|job| job.service)
    }

    /// The create request that was sent and that the service has neither confirmed nor can be said to have missed.
    pub fn open_create(&self) -> Option<&CreateIntention> {
        let open = |create: &&CreateIntention| create.sent.is_some() && !create.intention.confirmed;
        self.journal.create.as_ref().filter(open).filter(|_| !self.has_job())
    }

    /// Whether the service made the job; from then on its answers can no longer be edited, also when the job is gone.
    pub fn has_job(&self) -> bool {
        self.job.is_some()
    }

    /// That the service answered that the job does not exist any more.
    pub fn gone(&self) -> Option<Gone> {
        self.job.as_ref().and_then(|known| known.gone)
    }

    /// Takes in the job as just read. `read` is this machine's time, `at` the service's.
    pub fn learn_job(&mut self, job: &Job, read: Timestamp, at: Timestamp) {
        let cancelled = job.cancel_requested || job.status.state == JobState::Cancelled;
        self.journal.settle_cancellation(cancelled, read);
        self.job = Some(KnownJob::told(job, self.job.take(), read, at));
    }

    /// The drives of the job that came and whose keys are not in the saved file; none where the draft does not say whose keys are in it.
    pub fn drives_without_key(&self) -> Vec<&str> {
        let Some(known) = self.job.as_ref().filter(|_| !self.keys_of.is_empty()) else { return Vec::new() };
        known.drives_without_key(|id| self.keys_of.iter().any(|saved| saved.eq_ignore_ascii_case(id)))
    }

    /// Whether the keys of all drives that came are in a file, as far as that is known.
    pub fn has_all_keys(&self) -> bool {
        self.keys_file.is_some() && self.drives_without_key().is_empty()
    }

    /// The cancellation of a job whose drives were not sent. `None` when none is known, and when the drives were sent.
    pub fn cancellation(&self) -> Option<Cancellation> {
        let known = self.job.as_ref().filter(|known| known.gone.is_none() && known.status.state.before_shipment())?;
        let sent = self.journal.cancel.map(|_| Cancellation::Unconfirmed);
        if known.cancel_requested { Some(Cancellation::Requested) } else { sent }
    }

    /// Whether the person let the sign-in be used at the server of this endpoint, for the chosen account.
    pub fn allows(&self, endpoint: &str) -> bool {
        let here = self.account.as_ref().and_then(|chosen| AccountServer::of(&chosen.account.id, endpoint));
        here.is_some() && self.allowed_server == here
    }
}
