//! A whole export over Data Box against the simulated Azure, its bad luck, and the points that nobody documents, both ways.

use blobfreight::{
    azure::{
        Azure,
        fault::FaultKind,
        jobs::find,
        model::{
            BlobList, CheckResult, DeliveryPackage, EncryptionKey, JobAddress, JobChange, JobState, KeyIdentity,
            LocationName, LocationQuery, NewJob, Offer, ServiceName, VaultKey,
        },
    },
    sim::{self, FaultAction, FaultRule, Sim, SimOptions, VaultAccess},
};
use jiff::SignedDuration;
use secrecy::ExposeSecret;

use super::{data_box, new_job};
use crate::http::backend::{rehearsal::sign_in, server::quick};

/// The simulated Azure with a clock that stands still, a session that may use Data Box, and a job that it would take.
struct DataBoxFixture {
    sim: Sim,
    azure: Azure,
    at: JobAddress,
    new: NewJob,
    query: LocationQuery,
}

impl DataBoxFixture {
    async fn new() -> Self {
        let sim = sim::start(SimOptions { clock_rate: 0.0, ..SimOptions::default() }).await.unwrap();
        let azure = sign_in(&sim, quick()).await.0;
        let ends = sim.endpoints().clone();
        azure.register(ServiceName::DataBox, &ends.subscription).await.unwrap();
        let account = azure.storage_account(&ends.storage_account).await.unwrap();
        let at = JobAddress {
            service: ServiceName::DataBox,
            subscription: ends.subscription.clone(),
            resource_group: ends.resource_group.clone(),
            name: "films".into(),
        };
        let region = LocationName::new(&account.location);
        let mut new = NewJob { location: region.clone(), storage_account: account.id.clone(), ..new_job() };
        new.return_address.country_code = "NO".into();
        new.return_address.postal_code = "0150".into();
        let query = LocationQuery {
            subscription: ends.subscription,
            resource_group: account.resource_group().to_owned(),
            region,
            country_code: "NO".into(),
        };
        Self { sim, azure, at, new, query }
    }

    /// The same with a job that waits for its drives.
    async fn with_job() -> Self {
        let fixture = Self::new().await;
        data_box(&fixture.azure).create(&fixture.at, &fixture.new).await.unwrap();
        fixture.hours(1);
        fixture
    }

    fn hours(&self, hours: i64) {
        self.sim.advance(SignedDuration::from_hours(hours));
    }

    fn fault(&self, method: &str, path: &str, kind: FaultAction) {
        self.sim.faults().add(FaultRule { method: Some(method.into()), ..FaultRule::next(path, kind) });
    }

    /// How many requests of this method went to the job itself.
    fn sent(&self, method: &str) -> usize {
        let to_the_job = |path: &str| path.contains("DataBox/jobs/films");
        self.sim.journal().iter().filter(|(sent, path, _)| sent == method && to_the_job(path)).count()
    }
}

fn shipped() -> JobChange {
    let parcel = DeliveryPackage { carrier: "DHL".into(), tracking_number: "77".into(), ..DeliveryPackage::default() };
    JobChange { ship: true, delivery_package: Some(parcel), ..JobChange::default() }
}

fn cancelled() -> JobChange {
    JobChange { cancel: Some("No budget".into()), ..JobChange::default() }
}

#[tokio::test]
async fn w76_a_job_with_a_key_of_the_customer_is_read_back_whole_and_its_keys_need_that_key() {
    let mut fixture = DataBoxFixture::new().await;
    let group = "/subscriptions/5e4e/resourceGroups/rg/providers";
    let key = EncryptionKey::CustomerManaged(VaultKey {
        url: "https://media-vault.vault.azure.net/keys/export".into(),
        vault: format!("{group}/Microsoft.KeyVault/vaults/media-vault"),
        identity: KeyIdentity::UserAssigned(format!("{group}/Microsoft.ManagedIdentity/userAssignedIdentities/export")),
    });
    fixture.new.encryption = key.clone();
    let (azure, at) = (&fixture.azure, &fixture.at);
    let jobs = data_box(azure);
    fixture.sim.switch(|switches| switches.vault_access = VaultAccess::Unprotected);
    let refused = jobs.create(at, &fixture.new).await.unwrap_err();
    assert_eq!(refused.code.as_deref(), Some("SsemUserErrorSoftDeleteAndPurgeProtectionNotEnabled"));
    assert!(refused.sentence().contains("purge protection"), "{}", refused.sentence());
    fixture.sim.switch(|switches| switches.vault_access = VaultAccess::Granted);
    assert_eq!(jobs.create(at, &fixture.new).await.unwrap().encryption, key);
    assert_eq!(jobs.get(at).await.unwrap().unwrap().encryption, key);

    fixture.sim.switch(|switches| switches.vault_access = VaultAccess::KeyDisabled);
    let unread = jobs.bitlocker_keys(at).await.unwrap_err();
    assert!(unread.sentence().contains("disabled"), "{}", unread.sentence());
    fixture.sim.switch(|switches| switches.vault_access = VaultAccess::Granted);
    assert!(jobs.bitlocker_keys(at).await.unwrap().is_empty(), "the service can look again");
}

#[tokio::test]
async fn a_whole_export_from_the_offer_to_the_lock_that_stays() {
    let fixture = DataBoxFixture::new().await;
    let (azure, at) = (&fixture.azure, &fixture.at);
    let jobs = data_box(azure);
    let offers = azure.services(&fixture.query).await.unwrap();
    assert_eq!((offers[0].service, &offers[0].offer), (ServiceName::DataBox, &Offer::Offered));
    let places = jobs.locations(&fixture.query).await.unwrap();
    assert!(places[0].address.is_complete() && !places[0].carriers.is_empty(), "{places:?}");
    let checks = jobs.check(at, &fixture.new).await.unwrap();
    assert!(checks.len() == 6 && checks.iter().all(|check| check.result == CheckResult::Valid), "{checks:?}");

    assert_eq!(jobs.get(at).await, Ok(None));
    let made = jobs.create(at, &fixture.new).await.unwrap();
    assert_eq!((made.status.state, made.tag("blobfreight-draft")), (JobState::Preparing, Some("d1")));
    assert_eq!((made.blobs.as_ref(), made.log_level.as_str()), (Some(&BlobList::WholeAccount), "Verbose"));
    fixture.hours(1);
    let waiting = jobs.get(at).await.unwrap().unwrap();
    assert!(waiting.allows.ship && waiting.allows.cancel && waiting.shipping.is_complete());
    let mut address = fixture.new.return_address.clone();
    address.phone = "555 2".into();
    let moved = JobChange { return_address: Some(address), ..JobChange::default() };
    assert_eq!(jobs.update(at, &moved).await.unwrap().return_address.unwrap().phone, "555 2");

    let under_way = jobs.update(at, &shipped()).await.unwrap();
    assert_eq!((under_way.status.state, under_way.allows.cancel), (JobState::Shipped, false));
    assert!(jobs.bitlocker_keys(at).await.unwrap().is_empty(), "not before the drives come back");
    fixture.hours(24 * 5);
    assert_eq!(jobs.get(at).await.unwrap().unwrap().status.state, JobState::Copying);
    fixture.hours(24 * 20);
    let done = jobs.get(at).await.unwrap().unwrap();
    assert!(done.status.state.sent_back() && done.percent == Some(100) && done.return_package.is_some(), "{done:?}");
    let keys = jobs.bitlocker_keys(at).await.unwrap();
    assert_eq!(keys.len(), done.drives.len());
    assert!(
        keys.iter()
            .all(|key| done.drives.iter().any(|drive| drive.id == key.drive) && !key.key.expose_secret().is_empty())
    );

    assert!(done.allows.delete, "{:?}", done.status);
    jobs.delete(at).await.unwrap();
    assert_eq!(jobs.get(at).await, Ok(None));
    let locks = azure.locks(&fixture.new.storage_account).await.unwrap();
    assert!(locks.len() == 1 && locks[0].is_of_data_box());
    assert!(azure.remove_lock(&fixture.new.storage_account, &locks[0]).await.unwrap().is_empty());
}

#[tokio::test]
async fn exactly_one_job_comes_of_a_create_whose_answer_is_lost() {
    // The answer to the create itself, and every answer to a poll.
    for (method, path, times) in [("PUT", "DataBox/jobs/films", 1), ("GET", "operationResults", 9)] {
        let fixture = DataBoxFixture::new().await;
        let lost = FaultRule { times, ..FaultRule::next(path, FaultAction::Lost) };
        fixture.sim.faults().add(FaultRule { method: Some(method.into()), ..lost });
        let jobs = data_box(&fixture.azure);
        let created = jobs.create(&fixture.at, &fixture.new).await;
        assert!(created.is_ok() || created.is_err_and(|fault| fault.unsettled), "{method}");
        fixture.hours(1);
        let found = find(jobs, &fixture.at, ("blobfreight-draft", "d1")).await.unwrap().unwrap();
        assert_eq!(found.name, "films");
        assert_eq!(
            (fixture.sent("PUT"), jobs.list_by_subscription(&fixture.at.subscription).await.unwrap().len()),
            (1, 1)
        );
        assert_eq!(
            jobs.create(&fixture.at, &fixture.new).await.unwrap_err().kind,
            FaultKind::Conflict,
            "never overwritten"
        );
    }
}

#[tokio::test]
async fn a_lost_answer_to_shipping_to_a_cancel_and_to_a_delete_leaves_it_open_until_the_job_is_read() {
    let fixture = DataBoxFixture::with_job().await;
    let jobs = data_box(&fixture.azure);
    fixture.fault("POST", "markDevicesShipped", FaultAction::Lost);
    assert!(jobs.update(&fixture.at, &shipped()).await.unwrap_err().unsettled);
    assert_eq!(jobs.get(&fixture.at).await.unwrap().unwrap().status.state, JobState::Shipped);
    assert_eq!(jobs.update(&fixture.at, &shipped()).await.unwrap_err().kind, FaultKind::Conflict, "told once");

    let fixture = DataBoxFixture::with_job().await;
    let jobs = data_box(&fixture.azure);
    fixture.fault("POST", "/cancel", FaultAction::Lost);
    assert!(jobs.update(&fixture.at, &cancelled()).await.unwrap_err().unsettled);
    let read = jobs.get(&fixture.at).await.unwrap().unwrap();
    assert_eq!((read.status.state, read.cancellation_reason.as_deref()), (JobState::Cancelled, Some("No budget")));
    assert_eq!(read.return_address.map(|address| address.contact), Some(String::new()), "a cancel wipes the contact");

    fixture.fault("DELETE", "DataBox/jobs/films", FaultAction::Lost);
    assert!(jobs.delete(&fixture.at).await.unwrap_err().unsettled);
    fixture.hours(1);
    assert_eq!((jobs.get(&fixture.at).await, fixture.sent("DELETE")), (Ok(None), 1));
    assert_eq!(jobs.delete(&fixture.at).await, Ok(()), "what is gone is deleted");
}

#[tokio::test]
async fn a_create_that_fails_after_it_was_taken_is_a_failure_or_leaves_a_job_and_says_so() {
    for (shape, leaves_a_job) in [
        (sim::CreateFailureShape::Error, false),
        (sim::CreateFailureShape::FailedStatus, false),
        (sim::CreateFailureShape::ErrorAndJob, true),
    ] {
        let fixture = DataBoxFixture::new().await;
        fixture.sim.switch(|switches| switches.create_failure = shape);
        fixture.fault("PUT", "DataBox/jobs/films", FaultAction::CreateFails);
        let fault = data_box(&fixture.azure).create(&fixture.at, &fixture.new).await.unwrap_err();
        assert_eq!((fault.unsettled, fault.code.is_some()), (leaves_a_job, true), "{shape:?}: {fault}");
        let job = data_box(&fixture.azure).get(&fixture.at).await.unwrap();
        assert_eq!(
            job.map(|job| (job.status.state, job.error.is_some())),
            leaves_a_job.then_some((JobState::Failed, true))
        );
    }
}

#[tokio::test]
async fn odd_answers_of_the_long_running_kind_are_followed_to_the_job() {
    for (method, kind) in [
        ("PUT", FaultAction::NoLocation),
        ("PUT", FaultAction::LongLocation { bytes: 5000 }),
        ("PUT", FaultAction::LocationVersion { version: "2018-01-01".into() }),
        ("GET", FaultAction::Status { status: 429, code: None, retry_after: Some(0) }),
    ] {
        let fixture = DataBoxFixture::new().await;
        let path = if method == "PUT" { "DataBox/jobs/films" } else { "operationResults" };
        fixture.fault(method, path, kind.clone());
        assert!(data_box(&fixture.azure).create(&fixture.at, &fixture.new).await.is_ok(), "{kind:?}");
    }
    let fixture = DataBoxFixture::with_job().await;
    let jobs = data_box(&fixture.azure);
    jobs.update(&fixture.at, &cancelled()).await.unwrap();
    fixture.fault("GET", "operationResults", FaultAction::Html { status: 502 });
    jobs.delete(&fixture.at).await.unwrap();
    assert_eq!(jobs.get(&fixture.at).await, Ok(None));
}

#[tokio::test]
async fn what_nobody_documents_is_understood_both_ways() {
    for existing in [sim::ExistingJob::Conflict, sim::ExistingJob::BadRequest] {
        let fixture = DataBoxFixture::with_job().await;
        fixture.sim.switch(|switches| switches.existing_job = existing);
        let fault = data_box(&fixture.azure).create(&fixture.at, &fixture.new).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Conflict, "{fault}");
    }
    for end in [sim::OperationEnd::default(), sim::OperationEnd::Job] {
        let fixture = DataBoxFixture::new().await;
        fixture.sim.switch(|switches| switches.operation_end = end);
        assert!(data_box(&fixture.azure).create(&fixture.at, &fixture.new).await.is_ok());
    }
    for (tracking, list) in [
        (sim::ReturnTracking::ReturnPackage, sim::ListDetails::Reduced),
        (sim::ReturnTracking::ReturnToCustomer, sim::ListDetails::Absent),
    ] {
        let fixture = DataBoxFixture::with_job().await;
        fixture.sim.switch(|switches| {
            switches.return_tracking = tracking;
            switches.list_details = list;
            switches.log_links = sim::LogLinks::Signed;
        });
        let jobs = data_box(&fixture.azure);
        jobs.update(&fixture.at, &shipped()).await.unwrap();
        fixture.hours(24 * 25);
        let done = jobs.get(&fixture.at).await.unwrap().unwrap();
        assert!(done.return_package.is_some() && done.drives[0].error_log.is_some(), "{done:?}");
        assert!(!format!("{done:?}").contains("sig="), "no signature comes into the program");
        assert_eq!(jobs.list_by_group(&fixture.at.subscription, &fixture.at.resource_group).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn an_offer_that_is_refused_says_why_and_one_that_is_forbidden_is_not_known() {
    use sim::DataBoxOffer::{Absent, Country, Feature, Forbidden, NoSubscriptionInfo, OfferType, Offered, Region};
    let fixture = DataBoxFixture::new().await;
    for offer in [Offered, Country, Region, Feature, OfferType, NoSubscriptionInfo, Absent, Forbidden] {
        fixture.sim.switch(|switches| switches.data_box = offer);
        let said = fixture.azure.services(&fixture.query).await.unwrap().remove(0).offer;
        let fits = match offer {
            Offered => said == Offer::Offered,
            Forbidden => matches!(said, Offer::Unknown(_)),
            Absent => matches!(said, Offer::NotOffered(_)),
            named => matches!(&said, Offer::NotOffered(why) if why.contains(&format!("{named:?}"))),
        };
        assert!(fits, "{offer:?}: {said:?}");
    }
}

#[tokio::test]
async fn a_copy_that_waits_goes_on_when_it_is_told_how() {
    let fixture = DataBoxFixture::with_job().await;
    fixture.sim.switch(|switches| switches.copy = sim::CopyCourse::WaitsForCustomer);
    let jobs = data_box(&fixture.azure);
    jobs.update(&fixture.at, &shipped()).await.unwrap();
    fixture.hours(24 * 25);
    let waiting = jobs.get(&fixture.at).await.unwrap().unwrap();
    let drive = waiting.drives.iter().find(|drive| !drive.resolutions.is_empty());
    let (serial, resolution) = match drive {
        Some(drive) => (Some(drive.id.clone()), drive.resolutions[0].clone()),
        None => (None, waiting.resolutions[0].clone()),
    };
    jobs.mitigate(&fixture.at, serial.as_deref(), &resolution).await.unwrap();
    fixture.hours(24 * 25);
    assert!(jobs.get(&fixture.at).await.unwrap().unwrap().status.state.sent_back());
}
