//! Export jobs over the classic service: what is sent, to the letter, and what is made of the answers.

use blobfreight::azure::{
    fault::FaultKind,
    model::{
        BlobList, DeliveryPackage, EncryptionKey, JobAddress, JobChange, JobStatus, LocationName, LocationQuery,
        LogLevel, NewJob, ReturnAddress, ReturnShipping, ServiceName,
    },
};
use proptest::prelude::*;
use secrecy::ExposeSecret;
use serde_json::{Value, json as value};

use crate::http::backend::server::{Seen, Server, hang_up, json};

pub(super) const JOB: &str = "/subscriptions/s/resourceGroups/media-rg/providers/Microsoft.ImportExport/jobs/nightly";
const JOBS: &str = "GET /subscriptions/s/resourceGroups/media-rg/providers/Microsoft.ImportExport/jobs";

pub(super) fn address() -> JobAddress {
    JobAddress {
        service: ServiceName::ImportExport,
        subscription: "s".into(),
        resource_group: "media-rg".into(),
        name: "nightly".into(),
    }
}

pub(super) fn change() -> JobChange {
    JobChange { ship: true, delivery_package: Some(parcel()), ..JobChange::default() }
}

fn parcel() -> DeliveryPackage {
    DeliveryPackage {
        carrier: "FedEx".into(),
        tracking_number: "7712".into(),
        drive_count: Some(3),
        ship_date: Some("2026-03-01T00:00:00Z".into()),
    }
}

pub(super) fn new_job(blobs: BlobList) -> NewJob {
    NewJob {
        location: LocationName::new("West Europe"),
        storage_account: "/subscriptions/s/resourceGroups/media-rg/providers/Microsoft.Storage/storageAccounts/acct"
            .into(),
        return_address: ReturnAddress { contact: "Ada".into(), city: "Ghent".into(), ..ReturnAddress::default() },
        return_shipping: ReturnShipping { carrier: "DHL".into(), account_number: "00".into() },
        diagnostics_path: "waimportexport".into(),
        log_level: LogLevel::Verbose,
        backup_manifest: true,
        encryption: EncryptionKey::MicrosoftManaged,
        blobs,
        tags: vec![("ticket".into(), "4711".into())],
    }
}

fn body(seen: &Seen) -> Value {
    serde_json::from_str(&seen.body).unwrap_or_default()
}

#[tokio::test]
async fn a_job_is_created_with_what_was_chosen_and_read_from_the_answer() {
    let what = format!("PUT {JOB}");
    let answer = r#"{"id":"/x/jobs/nightly","name":"nightly","location":"West Europe","properties":{"state":"Creating","shippingInformation":{"streetAddress1":"1 Road","countryOrRegion":"NL"}}}"#;
    let server = Server::start(&[(what.as_str(), json(201, answer))]);
    let azure = server.session().await;
    let blobs = BlobList::Inline { paths: vec!["media/a.txt".into()], prefixes: vec!["/logs/".into()] };
    let job = azure.jobs(ServiceName::ImportExport).create(&address(), &new_job(blobs)).await.unwrap();
    assert_eq!(job.status, JobStatus::of_classic("Creating"));
    assert!(job.shipping.is_complete());
    let seen = server.seen().remove(0);
    assert_eq!(seen.query, "api-version=2021-01-01");
    assert_eq!(seen.headers["content-type"], "application/json");
    let sent = body(&seen);
    assert_eq!(sent["location"], "westeurope");
    assert_eq!(sent["tags"], value!({"ticket": "4711"}));
    let properties = &sent["properties"];
    assert_eq!(properties["export"], value!({"blobList": {"blobPath": ["media/a.txt"], "blobPathPrefix": ["/logs/"]}}));
    assert_eq!((&properties["jobType"], &properties["backupDriveManifest"]), (&value!("Export"), &value!(true)));
    assert_eq!(properties["returnAddress"].get("streetAddress2"), None, "what is empty and optional is left out");
    for server_filled in ["state", "cancelRequested", "shippingInformation", "driveList"] {
        assert_eq!(properties.get(server_filled), None);
    }
}

#[tokio::test]
async fn a_create_that_got_no_answer_is_not_sent_again_and_an_empty_answer_is_broken() {
    let what = format!("PUT {JOB}");
    let file = BlobList::File("lists/one.xml".into());
    for (reply, words) in [(hang_up(), "broke off"), (json(201, ""), "empty"), (json(200, "[]"), "not describe a job")]
    {
        let server = Server::start(&[(what.as_str(), reply)]);
        let azure = server.session().await;
        let fault = azure.jobs(ServiceName::ImportExport).create(&address(), &new_job(file.clone())).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::BrokenAnswer);
        assert!(fault.reason.contains(words), "{fault}");
        assert_eq!(server.seen().len(), 1);
        assert_eq!(body(&server.seen()[0])["properties"]["export"], value!({"blobListBlobPath": "lists/one.xml"}));
    }
}

#[tokio::test]
async fn shipping_sends_the_state_and_the_parcel_together_and_nothing_else() {
    let what = format!("PATCH {JOB}");
    let server =
        Server::start(&[(what.as_str(), json(200, r#"{"name":"nightly","properties":{"state":"Shipping"}}"#))]);
    let azure = server.session().await;
    let job = azure.jobs(ServiceName::ImportExport).update(&address(), &change()).await.unwrap();
    assert_eq!(job.status, JobStatus::of_classic("Shipping"));
    let expected = value!({"properties": {"state": "Shipping", "deliveryPackage": {
        "carrierName": "FedEx", "trackingNumber": "7712", "driveCount": 3, "shipDate": "2026-03-01T00:00:00Z"}}});
    assert_eq!(body(&server.seen()[0]), expected);
}

#[tokio::test]
async fn a_conflict_says_what_the_service_says() {
    let what = format!("PATCH {JOB}");
    let refusal = r#"{"error":{"code":"JobStateConflict","message":"The job is Packaging."}}"#;
    let server = Server::start(&[(what.as_str(), json(409, refusal))]);
    let azure = server.session().await;
    let fault = azure.jobs(ServiceName::ImportExport).update(&address(), &change()).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Conflict);
    assert!(fault.reason.contains("The job is Packaging"), "{fault}");
    let nothing = azure.jobs(ServiceName::ImportExport).update(&address(), &JobChange::default()).await.unwrap_err();
    assert_eq!((nothing.kind, server.seen().len()), (FaultKind::Local, 1));
}

#[tokio::test]
async fn a_missing_job_is_none_and_a_missing_group_is_a_fault() {
    let what = format!("GET {JOB}");
    let absent = |code: &str| json(404, &format!(r#"{{"error":{{"code":"{code}","message":"gone"}}}}"#));
    let server = Server::start(&[
        (what.as_str(), absent("ResourceNotFound")),
        (what.as_str(), absent("ResourceGroupNotFound")),
        (what.as_str(), json(404, "")),
        (what.as_str(), absent("SubscriptionNotFound")),
        (what.as_str(), absent("SomethingElse")),
        (what.as_str(), json(404, "<html>no such page</html>").header("content-type", "text/html")),
    ]);
    let azure = server.session().await;
    assert_eq!(azure.jobs(ServiceName::ImportExport).get(&address()).await, Ok(None));
    for _ in 0..4 {
        assert_eq!(azure.jobs(ServiceName::ImportExport).get(&address()).await.unwrap_err().kind, FaultKind::Gone);
    }
    // By a web page nothing is known of the job.
    assert_eq!(azure.jobs(ServiceName::ImportExport).get(&address()).await.unwrap_err().kind, FaultKind::BrokenAnswer);
}

#[tokio::test]
async fn lists_hold_the_export_jobs_of_every_page() {
    let server = Server::start(&[
        (
            JOBS,
            json(
                200,
                r#"{"value":[{"name":"in","properties":{"jobType":"Import"}},{"name":"a","properties":{"jobType":"Export"}}],"nextLink":"{here}/more"}"#,
            ),
        ),
        ("GET /more", json(200, r#"{"value":[{"name":"b","properties":{"jobType":"export","state":"Odd"}}]}"#)),
    ]);
    let azure = server.session().await;
    let jobs = azure.jobs(ServiceName::ImportExport).list_by_group("s", "media-rg").await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(jobs[1].status, JobStatus::of_classic("Odd"));
}

#[tokio::test]
async fn keys_are_fetched_with_an_empty_post_and_deleting_takes_an_empty_answer() {
    let (keys, delete) = (format!("POST {JOB}/listBitLockerKeys"), format!("DELETE {JOB}"));
    let answer = r#"{"value":[{"driveId":"WX1","bitLockerKey":"111111-222222"},{"driveId":"WX2"}]}"#;
    let server = Server::start(&[(keys.as_str(), json(200, answer)), (delete.as_str(), json(200, ""))]);
    let azure = server.session().await;
    let keys = azure.jobs(ServiceName::ImportExport).bitlocker_keys(&address()).await.unwrap();
    assert_eq!(keys.len(), 1, "a drive without a key has none to show");
    assert_eq!((keys[0].drive.as_str(), keys[0].key.expose_secret()), ("WX1", "111111-222222"));
    assert_eq!(server.seen()[0].headers["content-length"], "0");
    azure.jobs(ServiceName::ImportExport).delete(&address()).await.unwrap();
}

#[tokio::test]
async fn locations_are_read_with_their_dirt() {
    let one = r#"{"id":"/providers/Microsoft.ImportExport/locations/eastus2","name":"East US 2","properties":{"recipientName":"\n Desk","supportedCarriers":["FedEx"],"alternateLocations":["/providers/Microsoft.ImportExport/locations/eastus"]}}"#;
    let server = Server::start(&[(
        "GET /providers/Microsoft.ImportExport/locations",
        json(200, &format!(r#"{{"value":[{one},{{}}]}}"#)),
    )]);
    let azure = server.session().await;
    let all = azure.jobs(ServiceName::ImportExport).locations(&LocationQuery::default()).await.unwrap();
    assert_eq!(all.len(), 1);
    assert!(!all[0].is_open() && all[0].alternates == [LocationName::new("East US")]);
}

#[tokio::test]
async fn an_older_service_is_spoken_to_in_its_own_version_from_then_on() {
    let refusal = r#"{"error":{"code":"NoRegisteredProviderFound","message":"No registered resource provider found for location 'westeurope' and API version '2021-01-01' for type 'jobs'. The supported api-versions are '2016-11-01'. The supported locations are 'westus'."}}"#;
    let server = Server::start(&[(JOBS, json(400, refusal)), (JOBS, json(200, r#"{"value":[]}"#))]);
    let azure = server.session().await;
    for _ in 0..2 {
        assert_eq!(azure.jobs(ServiceName::ImportExport).list_by_group("s", "media-rg").await, Ok(Vec::new()));
    }
    let versions: Vec<_> = server.seen().into_iter().map(|seen| seen.query).collect();
    assert_eq!(versions, ["api-version=2021-01-01", "api-version=2016-11-01", "api-version=2016-11-01"]);
}

#[tokio::test]
async fn registering_waits_until_the_subscription_is_registered() {
    let provider = |state: &str| {
        json(
            200,
            &format!(
                r#"{{"registrationState":"{state}","resourceTypes":[{{"resourceType":"locations"}},{{"resourceType":"jobs","apiVersions":["2021-01-01"]}}]}}"#
            ),
        )
    };
    let path = "/subscriptions/s/providers/Microsoft.ImportExport";
    let (get, post) = (format!("GET {path}"), format!("POST {path}/register"));
    let server = Server::start(&[
        (get.as_str(), provider("NotRegistered")),
        (get.as_str(), provider("Registering")),
        (get.as_str(), provider("Registered")),
        (post.as_str(), provider("Registering")),
    ]);
    let azure = server.session().await;
    let offered = azure.provider(ServiceName::ImportExport, "s").await.unwrap();
    assert!(!offered.is_registered() && offered.api_versions == ["2021-01-01"]);
    assert_eq!(azure.register(ServiceName::ImportExport, "s").await.unwrap().registration, "Registered");
    let sent: Vec<String> = server.seen().into_iter().map(|seen| seen.what).collect();
    assert_eq!(sent, [get.clone(), post, get.clone(), get], "one registration, read until it is one");
}

fn any_change() -> impl Strategy<Value = JobChange> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (flags, prop::option::of(any::<bool>()), prop::option::of(any::<bool>())).prop_map(|(flags, verbose, backup)| {
        JobChange {
            ship: flags.0,
            cancel: flags.1.then(|| "no longer needed".to_owned()),
            delivery_package: flags.2.then(parcel),
            return_address: flags.3.then(ReturnAddress::default),
            return_shipping: flags.4.then(ReturnShipping::default),
            log_level: verbose.map(|verbose| if verbose { LogLevel::Verbose } else { LogLevel::Error }),
            backup_manifest: backup,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn an_update_holds_exactly_what_changed(change in any_change().prop_filter("something", |change| *change != JobChange::default())) {
        let what = format!("PATCH {JOB}");
        let server = Server::start(&[(what.as_str(), json(200, r#"{"name":"nightly"}"#))]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let updated = runtime.block_on(async { server.session().await.jobs(ServiceName::ImportExport).update(&address(), &change).await });
        prop_assert!(updated.is_ok());
        let sent = body(&server.seen()[0]);
        let expected = [
            ("state", change.ship), ("cancelRequested", change.cancel.is_some()), ("deliveryPackage", change.delivery_package.is_some()),
            ("returnAddress", change.return_address.is_some()), ("returnShipping", change.return_shipping.is_some()),
            ("logLevel", change.log_level.is_some()), ("backupDriveManifest", change.backup_manifest.is_some()),
        ];
        for (key, there) in expected {
            prop_assert_eq!(sent["properties"].get(key).is_some(), there, "{} in {}", key, sent);
        }
        prop_assert_eq!(sent["properties"].as_object().map(serde_json::Map::len), Some(expected.iter().filter(|(_, there)| *there).count()));
        prop_assert_eq!(sent.as_object().map(serde_json::Map::len), Some(1));
        prop_assert!(change.cancel.is_none() || sent["properties"]["cancelRequested"] == true);
    }
}
