//! The draft of the golden files as a program of an earlier version wrote it, read today: what came later is empty or unknown.

use std::collections::BTreeSet;

use blobfreight::azure::model::{AddressKind, BlobList, JobActions, JobStatus, ServiceName};
use blobfreight::draft::{Draft, EncryptionAnswers, KnownJob, Verification};
use blobfreight::protocol::step::Step;

use super::golden::{at, draft};

/// The same as a program of version 9 wrote it, which forgot that cancelling a job was asked for and that the service waits for a decision.
pub(super) fn of_version_9() -> Draft {
    let mut draft = draft();
    draft.journal.cancel = None;
    draft.job = draft.job.map(|job| KnownJob { cancel_requested: false, asks: false, ..job });
    draft
}

/// The same as a program of version 8 wrote it, which created jobs with a key of Microsoft only, did not look at private endpoints, and
/// kept only the newest address of a job.
pub(super) fn of_version_8() -> Draft {
    let mut draft = of_version_9();
    draft.options.encryption = EncryptionAnswers::default();
    draft.account.as_mut().unwrap().account.private_endpoints = None;
    draft.job = draft.job.map(|job| KnownJob { earlier_address: None, ..job });
    draft
}

/// The same as a program of version 7 wrote it, which did not look at the tiers of blobs.
pub(super) fn of_version_7() -> Draft {
    let mut draft = of_version_8();
    draft.drives.counted.as_mut().unwrap().tiers = None;
    draft
}

/// The same as a program of version 6 wrote it, which could not check drives.
pub(super) fn of_version_6() -> Draft {
    let mut draft = of_version_7();
    draft.verified = Verification::default();
    draft.focus.remove(&Step::Verify);
    draft
}

/// The same as a program of version 5 wrote it, which knew less of the drives.
pub(super) fn of_version_5() -> Draft {
    let mut draft = of_version_6();
    (draft.parcel.serials, draft.parcel.checked) = (String::new(), BTreeSet::new());
    (draft.keys_of, draft.papers) = (Vec::new(), Vec::new());
    draft.job = draft.job.map(|job| KnownJob { drives: Vec::new(), back: None, ..job });
    draft
}

/// The same as a program of version 4 wrote it, which had one field for contact and company, and one e-mail address.
pub(super) fn of_version_4() -> Draft {
    let mut draft = of_version_5();
    let address = &mut draft.address.address;
    (address.company, address.street3, address.tax_number) = (String::new(), String::new(), String::new());
    (address.country, address.emails) = ("Belgium".into(), "media@contoso.example".into());
    address.kind = AddressKind::Unstated;
    draft.focus.insert(Step::Address, 0);
    draft
}

/// The same as a program of version 3 wrote it, which knew one service only.
pub(super) fn of_version_3() -> Draft {
    let mut draft = of_version_4();
    let words = ["Creating", "Shipping", "Received", "Transferring", "Packaging", "Completed", "Closed", "Mislaid"];
    draft.service = Some(ServiceName::ImportExport);
    draft.journal.delete = None;
    if let Some(create) = &mut draft.journal.create {
        create.job.service = ServiceName::ImportExport;
        create.blobs = BlobList::Inline { paths: vec!["films/with".into()], prefixes: vec!["/films/2026/".into()] };
    }
    if let Some(job) = &mut draft.job {
        job.status = JobStatus::of_classic("Faulted");
        job.allows = JobActions::of_classic(job.status.state);
        job.seen = words.map(JobStatus::of_classic).into_iter().zip((10_i8..).map(at)).collect();
        (job.shipping.street3, job.shipping.instruction) = (String::new(), String::new());
    }
    if let Some(location) = &mut draft.location {
        (location.address.street3, location.address.instruction) = (String::new(), String::new());
        (location.service, location.country_code) = (ServiceName::ImportExport, String::new());
    }
    draft
}

/// The same as a program of version 2 wrote it, read today: a create that was noted counts as sent then.
pub(super) fn of_version_2() -> Draft {
    let mut draft = of_version_3();
    draft.allowed_server = None;
    draft.journal.list = None;
    if let Some(create) = &mut draft.journal.create {
        create.sent = Some(create.intention.at);
    }
    if let Some(plan) = draft.drives.counted.as_mut().and_then(|counted| counted.plan.as_mut()) {
        plan.bytes = None;
    }
    draft
}

/// The same of version 1, which knew neither a past nor an end of a job.
pub(super) fn of_version_1() -> Draft {
    let mut draft = of_version_2();
    draft.worked_on = None;
    draft.job = draft.job.map(|job| KnownJob { created: None, seen: Vec::new(), gone: None, ..job });
    draft
}
