//! Export jobs over Data Box against a server that answers from a script: what is sent, to the letter, and what is made of the answers.

mod long_running;
mod offers;
mod simulated;
mod writes;

use blobfreight::azure::{
    Azure,
    fault::FaultKind,
    jobs::{JobService, find},
    model::{
        BlobList, EncryptionKey, JobAddress, JobState, LocationName, LogLevel, NewJob, ReturnAddress, ReturnShipping,
        ServiceName,
    },
};
use secrecy::ExposeSecret;

use crate::http::backend::server::{Reply, Server, json};

const JOB: &str = "/subscriptions/s/resourceGroups/film-rg/providers/Microsoft.DataBox/jobs/films";
const JOBS: &str = "GET /subscriptions/s/resourceGroups/film-rg/providers/Microsoft.DataBox/jobs";
const WHOLE: &str = "GET /subscriptions/s/providers/Microsoft.DataBox/jobs";

fn address() -> JobAddress {
    JobAddress {
        service: ServiceName::DataBox,
        subscription: "s".into(),
        resource_group: "film-rg".into(),
        name: "films".into(),
    }
}

fn data_box(azure: &Azure) -> &dyn JobService {
    azure.jobs(ServiceName::DataBox)
}

fn new_job() -> NewJob {
    NewJob {
        location: LocationName::new("West US"),
        storage_account: "/subscriptions/s/resourceGroups/film-rg/providers/Microsoft.Storage/storageAccounts/films"
            .into(),
        return_address: ReturnAddress {
            contact: "Ana".into(),
            street1: "1 Quay".into(),
            city: "Reno".into(),
            country_code: "US".into(),
            phone: "555".into(),
            emails: vec!["ana@studio.example".into()],
            ..ReturnAddress::default()
        },
        return_shipping: ReturnShipping { carrier: "UPS".into(), account_number: "A-77".into() },
        diagnostics_path: String::new(),
        log_level: LogLevel::Verbose,
        backup_manifest: false,
        encryption: EncryptionKey::MicrosoftManaged,
        blobs: BlobList::WholeAccount,
        tags: vec![("blobfreight-draft".into(), "d1".into())],
    }
}

/// A job of the service in this state.
fn job(status: &str) -> Reply {
    job_with(status, "")
}

/// The same with more details: members of JSON with a comma before them.
fn job_with(status: &str, details: &str) -> Reply {
    let body = format!(
        r#"{{"id":"{JOB}","name":"films","location":"westus","tags":{{"blobfreight-draft":"d1"}},"sku":{{"name":"DataBoxCustomerDisk"}},
            "properties":{{"transferType":"ExportFromAzure","status":"{status}","isCancellable":true,
            "details":{{"jobDetailsType":"DataBoxCustomerDisk"{details}}}}}}}"#
    );
    json(200, &body)
}

/// The provider's answer for a job that is not there.
fn missing() -> Reply {
    json(
        404,
        r#"{"error":{"code":"SsemUserErrorEntityNotFound","message":"Could not find it.\r\nNo.","details":[null]}}"#,
    )
}

#[tokio::test]
async fn a_job_is_read_with_its_details_and_is_none_by_the_word_of_either_server() {
    let get = format!("GET {JOB}");
    let gateway = json(404, r#"{"error":{"code":"ResourceNotFound","message":"The Resource 'x' was not found."}}"#);
    let group = json(404, r#"{"error":{"code":"ResourceGroupNotFound","message":"no"}}"#);
    let subscription = json(404, r#"{"error":{"code":"SubscriptionNotFound","message":"no"}}"#);
    let script = [job("DataCopy"), missing(), gateway, group, subscription].map(|reply| (get.as_str(), reply));
    let server = Server::start(&script);
    let azure = server.session().await;
    let read = data_box(&azure).get(&address()).await.unwrap().unwrap();
    assert_eq!((read.status.state, read.service), (JobState::Copying, ServiceName::DataBox));
    assert_eq!(server.seen()[0].query, "api-version=2025-07-01&$expand=details");
    assert_eq!(data_box(&azure).get(&address()).await, Ok(None));
    assert_eq!(data_box(&azure).get(&address()).await, Ok(None));
    for _ in 0..2 {
        assert_eq!(data_box(&azure).get(&address()).await.unwrap_err().kind, FaultKind::Gone);
    }
}

#[tokio::test]
async fn an_older_version_is_spoken_where_the_service_offers_only_that() {
    let refusal = r#"{"error":{"code":"InvalidApiVersionParameter","message":"The api-version '2025-07-01' is invalid. The supported versions are '2022-12-01,2025-02-01'."}}"#;
    let server = Server::start(&[(JOBS, json(400, refusal)), (JOBS, json(200, r#"{"value":[]}"#))]);
    let azure = server.session().await;
    for _ in 0..2 {
        assert_eq!(data_box(&azure).list_by_group("s", "film-rg").await, Ok(Vec::new()));
    }
    let versions: Vec<_> = server.seen().into_iter().map(|seen| seen.query).collect();
    assert_eq!(versions, ["api-version=2025-07-01", "api-version=2025-02-01", "api-version=2025-02-01"]);
}

#[tokio::test]
async fn keys_come_without_the_carrier_account_number_and_why_there_are_none() {
    let post = format!("POST {JOB}/listCredentials");
    let secrets = r#"{"value":[{"jobName":"films","jobSecrets":{"jobSecretsType":"DataBoxCustomerDisk","carrierAccountNumber":"A-77",
        "dcAccessSecurityCode":{},"diskSecrets":[{"diskSerialNumber":"WD-1","bitLockerKey":"q83v+/=="}]}}]}"#;
    let refused = r#"{"value":[{"jobSecrets":{"error":{"code":"SsemUserErrorEncryptionKeyDisabled","message":"The key is disabled."}}}]}"#;
    let server = Server::start(&[(&post, json(200, secrets)), (&post, json(200, refused))]);
    let azure = server.session().await;
    let keys = data_box(&azure).bitlocker_keys(&address()).await.unwrap();
    assert_eq!((keys.len(), keys[0].drive.as_str(), keys[0].key.expose_secret()), (1, "WD-1", "q83v+/=="));
    assert_eq!(server.seen()[0].headers["content-length"], "0");
    assert!(!server.seen()[0].headers.contains_key("content-type"));
    let fault = data_box(&azure).bitlocker_keys(&address()).await.unwrap_err();
    assert_eq!(fault.code.as_deref(), Some("SsemUserErrorEncryptionKeyDisabled"));
    assert!(fault.to_string().contains("The key is disabled"), "{fault}");
}

#[tokio::test]
async fn lists_hold_the_exports_to_customer_disks_of_every_page_with_or_without_details() {
    let entry = |name: &str, sku: &str, direction: &str| {
        format!(
            r#"{{"id":"/subscriptions/s/resourcegroups/film-rg/providers/Microsoft.DataBox/jobs/{name}","name":"{name}","sku":{{"name":"{sku}"}},
                "properties":{{"transferType":"{direction}","status":"Completed"}}}}"#
        )
    };
    let disk = "DataBoxCustomerDisk";
    let first = format!(
        r#"{{"value":[{},{},{}],"nextLink":"{{here}}/more"}}"#,
        entry("box", "DataBox", "ExportFromAzure"),
        entry("in", disk, "ImportToAzure"),
        entry("a", disk, "ExportFromAzure")
    );
    let second = format!(r#"{{"value":[{}]}}"#, entry("b", disk, "ExportFromAzure"));
    let server = Server::start(&[(JOBS, json(200, &first)), ("GET /more", json(200, &second))]);
    let jobs = data_box(&server.session().await).list_by_group("s", "film-rg").await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

const TAG: (&str, &str) = ("blobfreight-draft", "d1");

#[tokio::test]
async fn the_job_of_a_draft_is_found_where_the_list_leaves_the_tags_out() {
    let listed = |name: &str, group: &str| {
        format!(
            r#"{{"id":"/subscriptions/s/resourcegroups/{group}/providers/Microsoft.DataBox/jobs/{name}","name":"{name}","sku":{{"name":"DataBoxCustomerDisk"}},
                "properties":{{"transferType":"ExportFromAzure"}}}}"#
        )
    };
    let list = format!(r#"{{"value":[{},{}]}}"#, listed("other", "x"), listed("FILMS", "moved-rg"));
    let moved = "GET /subscriptions/s/resourceGroups/moved-rg/providers/Microsoft.DataBox/jobs/FILMS";
    let get = format!("GET {JOB}");
    let server = Server::start(&[(WHOLE, json(200, &list)), (moved, job("Created")), (&get, missing())]);
    let azure = server.session().await;
    assert!(find(data_box(&azure), &address(), TAG).await.unwrap().is_some());
    let stranger = json(200, &format!(r#"{{"id":"{JOB}","name":"films"}}"#));
    let server = Server::start(&[(WHOLE, json(200, &list)), (moved, stranger), (&get, missing())]);
    assert!(find(data_box(&server.session().await), &address(), TAG).await.unwrap().is_none());
}
