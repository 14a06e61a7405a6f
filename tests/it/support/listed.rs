//! Drafts and jobs as the start screen lists them.

use blobfreight::azure::model::{Job, JobAddress, JobStatus, ServiceName, SignInMethod};
use blobfreight::draft::{DraftEntry, DraftId, DraftSummary, ExportFacts, ReadyDraft, UsedSignIn};
use blobfreight::protocol::overview::{FoundJob, JobsOverview};
use blobfreight::protocol::step::Step;
use jiff::Timestamp;

/// A draft in the list.
pub(crate) fn entry(id: &str, changed: Timestamp, content: DraftSummary) -> DraftEntry {
    DraftEntry { id: DraftId::parse(id).unwrap(), changed, archived: false, content }
}

/// A draft that can be opened, with the word of the classic service for the state of its job.
pub(crate) fn ready(step: Step, account: &str, job: Option<&str>, state: Option<&str>) -> ReadyDraft {
    let status = state.map(JobStatus::of_classic);
    ReadyDraft {
        step,
        rehearsal: false,
        account: Some(account.to_owned()),
        job: job.map(str::to_owned),
        address: job.map(|name| address(ServiceName::ImportExport, name)),
        sign_in: None,
        part: None,
        facts: ExportFacts { step: Some(step), status, ..ExportFacts::default() },
        told: None,
    }
}

/// The same as a row of the list.
pub(crate) fn row(draft: ReadyDraft) -> DraftSummary {
    DraftSummary::Ready(Box::new(draft))
}

/// Where a job of the tests is.
pub(crate) fn address(service: ServiceName, name: &str) -> JobAddress {
    JobAddress { service, subscription: "11111111-aaaa".into(), resource_group: "media-rg".into(), name: name.into() }
}

/// A sign-in that needs no person.
pub(crate) fn sign_in() -> UsedSignIn {
    UsedSignIn { cloud: "public".into(), tenant: None, method: SignInMethod::DeveloperTools }
}

/// A job of Data Box, as a list has it.
pub(crate) fn found(name: &str, word: &str, created: Option<Timestamp>) -> FoundJob {
    let address = address(ServiceName::DataBox, name);
    let id = format!(
        "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.DataBox/jobs/{name}",
        address.subscription, address.resource_group
    );
    let job = Job {
        service: ServiceName::DataBox,
        id,
        name: name.into(),
        status: JobStatus::of_data_box(word),
        created: created.map(|created| created.to_string()),
        ..Job::default()
    };
    FoundJob { address, job, sign_in: sign_in(), seen_before: None }
}

/// The answer to the look at all jobs.
pub(crate) fn overview(jobs: Vec<FoundJob>) -> JobsOverview {
    JobsOverview { jobs, subscriptions: 2, ..JobsOverview::default() }
}
