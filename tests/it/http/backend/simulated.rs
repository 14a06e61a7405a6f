//! The backend against the simulated Azure: a whole export job as the wizard drives it.

use blobfreight::{
    azure::{
        fault::FaultKind,
        model::{
            BlobList, DeliveryPackage, EncryptionKey, JobAddress, JobChange, JobState, LocationName, LocationQuery,
            LogLevel, NewJob, ResourceGroup, ReturnAddress, ReturnShipping, ServiceName,
        },
    },
    sim,
};

use crate::http::backend::rehearsal::sign_in;
use crate::http::backend::server::quick;
use crate::support::pages::all;

pub(in crate::http) fn new_job(account: &str, location: LocationName) -> NewJob {
    let text = String::from;
    NewJob {
        location,
        storage_account: account.into(),
        return_address: ReturnAddress {
            contact: text("Ada Example"),
            street1: text("1 Way"),
            city: text("Ghent"),
            postal_code: text("9000"),
            country: text("Belgium"),
            phone: text("+3290000000"),
            emails: vec![text("ops@example.com")],
            ..ReturnAddress::default()
        },
        return_shipping: ReturnShipping { carrier: text("FedEx"), account_number: text("123456789") },
        diagnostics_path: text("waimportexport"),
        log_level: LogLevel::Verbose,
        backup_manifest: true,
        encryption: EncryptionKey::MicrosoftManaged,
        blobs: BlobList::Inline { paths: Vec::new(), prefixes: vec![text("/")] },
        tags: vec![(text("blobfreight-draft"), text("d1"))],
    }
}

#[tokio::test]
async fn a_job_goes_from_an_empty_name_to_shipping_and_reads_back_as_sent() {
    let sim = sim::start(sim::SimOptions { clock_rate: 0.0, ..sim::SimOptions::default() }).await.unwrap();
    let ends = sim.endpoints().clone();
    let (azure, identity) = sign_in(&sim, quick()).await;
    assert_eq!(identity.tenant.as_deref(), Some(ends.tenant.as_str()));

    assert!(azure.subscriptions().await.unwrap().iter().any(|sub| sub.id == ends.subscription));
    assert!(!azure.resource_groups(&ends.subscription).await.unwrap().is_empty());
    let wanted = ResourceGroup { name: "Export-rg(1)".into(), location: "northeurope".into() };
    for _ in 0..2 {
        assert_eq!(
            azure.create_resource_group(&ends.subscription, &wanted).await.unwrap(),
            wanted,
            "also a second time"
        );
    }
    assert!(azure.resource_groups(&ends.subscription).await.unwrap().contains(&wanted));
    let elsewhere = ResourceGroup { location: "westeurope".into(), ..wanted };
    let fault = azure.create_resource_group(&ends.subscription, &elsewhere).await.unwrap_err();
    assert!(
        fault.code.as_deref() == Some("InvalidResourceGroupLocation") && fault.reason.contains("northeurope"),
        "{fault}"
    );
    let account = azure.storage_account(&ends.storage_account).await.unwrap();
    assert!(azure.storage_accounts(&ends.subscription).await.unwrap().contains(&account));
    azure.register(ServiceName::ImportExport, &ends.subscription).await.unwrap();
    assert!(
        azure
            .provider(ServiceName::ImportExport, &ends.subscription)
            .await
            .unwrap()
            .api_versions
            .contains(&"2021-01-01".to_owned())
    );

    let endpoint = &account.blob_endpoint;
    let containers = all(async |marker| azure.containers(endpoint, marker.as_deref()).await.unwrap()).await;
    assert!(containers.iter().any(|container| container.name == "$root"));
    let names = containers.iter().filter(|container| container.name != "$root");
    let first = names.map(|container| container.name.clone()).next().unwrap();
    let page = azure.entries(&account.blob_endpoint, &first, "", None).await.unwrap();
    assert!(!page.items.is_empty());

    let jobs = azure.jobs(ServiceName::ImportExport);
    let locations = jobs.locations(&LocationQuery::default()).await.unwrap();
    assert!(locations.iter().any(|location| location.name == LocationName::new(&account.location)));
    let at = JobAddress {
        service: ServiceName::ImportExport,
        subscription: ends.subscription.clone(),
        resource_group: ends.resource_group.clone(),
        name: "backend-job".into(),
    };
    assert_eq!(jobs.get(&at).await, Ok(None));
    let wanted = new_job(&account.id, LocationName::new(&account.location));
    let made = jobs.create(&at, &wanted).await.unwrap();
    assert_eq!(
        (made.status.word.as_str(), made.backup_manifest, made.tag("blobfreight-draft")),
        ("Creating", true, Some("d1"))
    );
    assert_eq!(made.return_address, Some(wanted.return_address));
    assert_eq!(made.blobs, Some(wanted.blobs));

    let parcel = DeliveryPackage {
        carrier: "FedEx".into(),
        tracking_number: "7712".into(),
        drive_count: Some(2),
        ship_date: Some("2026-03-01T00:00:00Z".into()),
    };
    let change = JobChange { ship: true, delivery_package: Some(parcel.clone()), ..JobChange::default() };
    jobs.update(&at, &change).await.unwrap();
    let read = jobs.get(&at).await.unwrap().unwrap();
    assert_eq!((read.status.state, read.delivery_package), (JobState::Shipped, Some(parcel)));
    assert!(read.backup_manifest, "what was not changed stays as it was");
    let listed = jobs.list_by_subscription(&ends.subscription).await.unwrap();
    assert!(listed.iter().any(|job| job.name == "backend-job"));
    assert_eq!(jobs.delete(&at).await.unwrap_err().kind, FaultKind::Conflict);
}

#[tokio::test]
async fn a_parcel_whose_announcement_was_lost_may_be_announced_and_the_same_again_does_no_harm() {
    let sim = sim::start(sim::SimOptions { clock_rate: 0.0, ..sim::SimOptions::default() }).await.unwrap();
    let ends = sim.endpoints().clone();
    let azure = sign_in(&sim, quick()).await.0;
    azure.register(ServiceName::ImportExport, &ends.subscription).await.unwrap();
    let account = azure.storage_account(&ends.storage_account).await.unwrap();
    let at = JobAddress {
        service: ServiceName::ImportExport,
        subscription: ends.subscription.clone(),
        resource_group: ends.resource_group.clone(),
        name: "lost-parcel".into(),
    };
    azure
        .jobs(ServiceName::ImportExport)
        .create(&at, &new_job(&account.id, LocationName::new(&account.location)))
        .await
        .unwrap();
    let parcel =
        DeliveryPackage { carrier: "FedEx".into(), tracking_number: "7712".into(), ..DeliveryPackage::default() };
    let change = JobChange { ship: true, delivery_package: Some(parcel.clone()), ..JobChange::default() };
    sim.faults().add(sim::FaultRule {
        method: Some("PATCH".into()),
        ..sim::FaultRule::next("lost-parcel", sim::FaultAction::Lost)
    });
    let fault = azure.jobs(ServiceName::ImportExport).update(&at, &change).await.unwrap_err();
    assert!(fault.unsettled, "{fault}");
    for _ in 0..2 {
        let read = azure.jobs(ServiceName::ImportExport).get(&at).await.unwrap().unwrap();
        assert_eq!((read.status.state, read.delivery_package), (JobState::Shipped, Some(parcel.clone())));
        let _taken_or_refused = azure.jobs(ServiceName::ImportExport).update(&at, &change).await;
    }
}

#[tokio::test]
async fn a_job_whose_answer_was_lost_was_made_once_and_is_found_by_reading() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let ends = sim.endpoints().clone();
    let azure = sign_in(&sim, quick()).await.0;
    azure.register(ServiceName::ImportExport, &ends.subscription).await.unwrap();
    let account = azure.storage_account(&ends.storage_account).await.unwrap();
    let at = JobAddress {
        service: ServiceName::ImportExport,
        subscription: ends.subscription,
        resource_group: ends.resource_group,
        name: "lost-job".into(),
    };
    let lost = sim::FaultRule::next("lost-job", sim::FaultAction::Lost);
    sim.faults().add(sim::FaultRule { method: Some("PUT".into()), times: 9, ..lost });
    let wanted = new_job(&account.id, LocationName::new(&account.location));
    let fault = azure.jobs(ServiceName::ImportExport).create(&at, &wanted).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::BrokenAnswer, "{fault}");
    assert_eq!(sim.faults().pending(), 1, "the script is not used up");
    assert_eq!(
        azure.jobs(ServiceName::ImportExport).get(&at).await.unwrap().unwrap().tag("blobfreight-draft"),
        Some("d1")
    );
    let puts = sim.journal().iter().filter(|seen| format!("{seen:?}").contains("PUT")).count();
    assert_eq!(puts, 1);
}
