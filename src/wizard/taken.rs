//! The draft for a job that was made without one: in the portal, with the Azure CLI, with PowerShell, on another machine.

use std::sync::Arc;

use jiff::Timestamp;

use crate::azure::model::{
    BlobList, Job, JobAddress, LogLevel, ReturnAddress, ReturnShipping, StorageAccount, Subscription,
};
use crate::draft::{
    AddressAnswers, ChosenAccount, ChosenBlobs, CreateIntention, Draft, DraftId, EncryptionAnswers, ExportFacts,
    Intention, JobAnswers, KnownJob, ParcelAnswers, SignedIn, TypedAddress,
};
use crate::form::country;
use crate::form::job::tags::{DRAFT_TAG, written};
use crate::protocol::step::Step;
use crate::select::{Rule, Selection};

/// What was read of a job to make a draft of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenJob {
    /// Where it is.
    pub address: JobAddress,
    /// The job with its details.
    pub job: Job,
    /// Its subscription, where it was listed.
    pub subscription: Option<Subscription>,
    /// Its storage account, or why it could not be read.
    pub account: Result<StorageAccount, String>,
    /// What it exports, or why that is not known.
    pub rules: Result<Vec<Rule>, String>,
    /// The sign-in that sees it.
    pub sign_in: SignedIn,
}

impl TakenJob {
    /// The draft of this job, on the step where it stands. Nothing of it is to be created.
    pub fn draft(&self, id: DraftId, now: Timestamp) -> Draft {
        let Self { address, job, .. } = self;
        let facts = ExportFacts::of_job(job);
        let created = facts.created.unwrap_or(now);
        let blobs = job.blobs.clone().unwrap_or(BlobList::Inline { paths: Vec::new(), prefixes: Vec::new() });
        let confirmed = Intention { at: created, confirmed: true };
        let mut known = KnownJob::told(job, None, now, now);
        if let (Some(finished), Some((_, seen))) = (facts.finished, known.seen.last_mut()) {
            *seen = finished.at;
        }
        let parcel = job.delivery_package.clone().unwrap_or_default();
        let mut draft = Draft {
            step: if job.status.state.before_shipment() { Step::Ship } else { Step::Follow },
            parcel: ParcelAnswers {
                carrier: parcel.carrier,
                tracking_number: parcel.tracking_number,
                drive_count: parcel.drive_count.map(|count| count.to_string()).unwrap_or_default(),
                ship_date: parcel.ship_date.and_then(|date| date.get(..10).map(str::to_owned)).unwrap_or_default(),
                ..ParcelAnswers::default()
            },
            job: Some(known),
            ..self.answers(id, now)
        };
        draft.journal.create =
            Some(CreateIntention { job: address.clone(), blobs, intention: confirmed, sent: Some(created) });
        draft
    }

    /// The answers of the job, for another job.
    pub fn for_another_job(&self, id: DraftId, now: Timestamp) -> Draft {
        Draft { step: Step::Review, ..self.answers(id, now) }
    }

    /// What the job does not tell, a sentence each. `another`: for another job with its answers.
    pub fn untold(&self, another: bool) -> Vec<String> {
        let mut untold = Vec::new();
        if let Err(why) = &self.account {
            untold.push(format!("Its storage account was not read: {why}"));
        }
        if let Err(why) = &self.rules {
            untold.push(format!("Which blobs it exports is not known: {why}"));
        }
        if self.job.return_address.is_none() {
            untold.push("The return address: the service does not repeat it.".to_owned());
        }
        if another {
            untold.push(
                "The carrier account number: the services do not show it whole. Type it at Return address.".to_owned(),
            );
            untold.push("How many drives it takes, and where they are shipped: both are found out anew.".to_owned());
        } else if self.job.status.state.sent_back() {
            untold.push("Whether its BitLocker keys were saved somewhere else. Save them here to be sure.".to_owned());
        }
        untold
    }

    fn answers(&self, id: DraftId, now: Timestamp) -> Draft {
        let Self { address, job, .. } = self;
        let usual = JobAnswers::default();
        let own = |name: &str| name.eq_ignore_ascii_case(DRAFT_TAG);
        let tags = job.tags.iter().filter(|(name, _)| !own(name)).map(|(name, value)| (name.as_str(), value.as_str()));
        let rules = self.rules.clone().unwrap_or_default();
        let account = self.account.as_ref().ok().map(|account| account.id.clone());
        Draft {
            sign_in: Some(self.sign_in.clone()),
            account: self.chosen(),
            service: Some(address.service),
            selection: ChosenBlobs {
                rules: Arc::new(Selection::from_rules(rules).rules()),
                account,
                ..ChosenBlobs::default()
            },
            address: AddressAnswers {
                address: job.return_address.as_ref().map(typed).unwrap_or_default(),
                shipping: ReturnShipping {
                    carrier: job.return_shipping.as_ref().map(|shipping| shipping.carrier.clone()).unwrap_or_default(),
                    account_number: String::new(),
                },
                ..AddressAnswers::default()
            },
            options: JobAnswers {
                name: address.name.clone(),
                resource_group: address.resource_group.clone(),
                diagnostics_path: Some(job.diagnostics_path.clone())
                    .filter(|path| !path.is_empty())
                    .unwrap_or(usual.diagnostics_path),
                log_level: if job.log_level == LogLevel::Error.as_str() { LogLevel::Error } else { LogLevel::Verbose },
                backup_manifest: job.backup_manifest,
                encryption: EncryptionAnswers::from(&job.encryption),
                tags: written(tags),
                confirmed: false,
            },
            ..Draft::new(id, false, now)
        }
    }

    fn chosen(&self) -> Option<ChosenAccount> {
        let account = self.account.as_ref().ok()?.clone();
        let id = &self.address.subscription;
        let unlisted =
            || Subscription { id: id.clone(), name: id.clone(), tenant: String::new(), state: String::new() };
        Some(ChosenAccount { subscription: self.subscription.clone().unwrap_or_else(unlisted), account })
    }
}

/// The address as a person would have typed it.
fn typed(address: &ReturnAddress) -> TypedAddress {
    let named = country::exact(&address.country).map(|country| country.alpha2.to_owned());
    let code = Some(address.country_code.clone()).filter(|code| !code.is_empty()).or(named);
    TypedAddress {
        contact: address.contact.clone(),
        company: address.company.clone(),
        street1: address.street1.clone(),
        street2: address.street2.clone(),
        street3: address.street3.clone(),
        city: address.city.clone(),
        state: address.state.clone(),
        postal_code: address.postal_code.clone(),
        country: code.unwrap_or_else(|| address.country.clone()),
        phone: address.phone.clone(),
        emails: address.emails.join(", "),
        kind: address.kind,
        tax_number: address.tax_number.clone(),
    }
}
