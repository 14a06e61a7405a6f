//! Drafts before and after their forms were filled in, and the job that comes of one.

use blobfreight::azure::model::{
    BlobList, Job, JobActions, JobAddress, JobState, JobStatus, LocationName, ServiceName, ShippingAddress,
};
use blobfreight::draft::{AddressAnswers, CreateIntention, Draft, Intention, JobAnswers, KnownJob};
use blobfreight::protocol::step::Step;

use crate::support::app_harness::full_draft;

/// A draft with account and location chosen and its forms empty, on this step.
pub(crate) fn draft(step: Step) -> Draft {
    Draft { address: AddressAnswers::default(), options: JobAnswers::default(), ..full_draft(step) }
}

pub(crate) fn address() -> AddressAnswers {
    let mut answers = AddressAnswers::default();
    let a = &mut answers.address;
    for (field, value) in [
        (&mut a.contact, "Contoso Media"),
        (&mut a.street1, "12 Harbour Road"),
        (&mut a.city, "Ghent"),
        (&mut a.postal_code, "9000"),
        (&mut a.country, "BE"),
        (&mut a.phone, "+32 9 555 01 99"),
        (&mut a.emails, "storage-team@contoso.com"),
        (&mut answers.shipping.carrier, "FedEx"),
        (&mut answers.shipping.account_number, "510087020"),
    ] {
        value.clone_into(field);
    }
    answers
}

/// A draft whose job was created two days ago and waits for its parcel.
pub(crate) fn created() -> Draft {
    let at = "2026-11-20T10:00:00Z".parse().unwrap();
    let mut draft = draft(Step::Ship);
    let job = JobAddress {
        service: ServiceName::ImportExport,
        subscription: "s1".into(),
        resource_group: "media-rg".into(),
        name: "export-media".into(),
    };
    let blobs = BlobList::Inline { paths: Vec::new(), prefixes: vec!["/footage/".into()] };
    draft.journal.create =
        Some(CreateIntention { job, blobs, intention: Intention { at, confirmed: true }, sent: Some(at) });
    draft.address = AddressAnswers { confirmed: true, ..address() };
    draft.options = full_draft(Step::Ship).options;
    draft.job = Some(KnownJob::told(&job_in("Creating"), None, at, at));
    draft
}

/// The job of [`created`] as the service tells it.
pub(crate) fn job_in(state: &str) -> Job {
    let status = JobStatus::of_classic(state);
    Job {
        id: "/subscriptions/s1/resourceGroups/media-rg/providers/Microsoft.ImportExport/jobs/export-media".into(),
        name: "export-media".into(),
        location: LocationName::new("westeurope"),
        job_type: "Export".into(),
        allows: JobActions::of_classic(status.state),
        status,
        shipping: ShippingAddress {
            recipient: "Azure Import/Export".into(),
            street1: "1 Made-up Street".into(),
            city: "Nowhere".into(),
            postal_code: "0000".into(),
            country: "Netherlands".into(),
            ..ShippingAddress::default()
        },
        log_level: "Verbose".into(),
        backup_manifest: true,
        ..Job::default()
    }
}

/// The same draft with its job at Data Box, last seen in this state.
pub(crate) fn created_on_data_box(word: &str) -> Draft {
    let mut draft = Draft { service: Some(ServiceName::DataBox), ..created() };
    if let Some(create) = &mut draft.journal.create {
        create.job.service = ServiceName::DataBox;
        create.blobs = BlobList::Containers(vec!["footage".into()]);
    }
    let at = "2026-11-20T10:00:00Z".parse().unwrap();
    draft.job = Some(KnownJob::told(&data_box_job(word), None, at, at));
    draft
}

/// The job of [`created_on_data_box`] as the service tells it, with the rights it is expected to give in that state.
pub(crate) fn data_box_job(word: &str) -> Job {
    let status = JobStatus::of_data_box(word);
    let new = matches!(status.state, JobState::Preparing | JobState::AwaitingShipment);
    let allows = JobActions {
        ship: status.state == JobState::AwaitingShipment,
        cancel: new,
        delete: status.state.is_over(),
        change_address: new,
    };
    Job {
        service: ServiceName::DataBox,
        id: "/subscriptions/s1/resourceGroups/media-rg/providers/Microsoft.DataBox/jobs/export-media".into(),
        job_type: "ExportFromAzure".into(),
        cancel_requested: status.state == JobState::Cancelled,
        allows,
        status,
        ..job_in("Creating")
    }
}
