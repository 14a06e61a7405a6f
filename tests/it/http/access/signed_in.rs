//! With a sign-in: the token where there is a data role, the account's key where there is none, and a sentence where neither works.

use crate::support::pages::{FlatListing, all};
use blobfreight::azure::{fault::FaultKind, model::Access};
use blobfreight::scan::{BlobSource, CountReport, ScanOptions};
use blobfreight::select::Rule;
use blobfreight::sim::{self, FaultAction};

use crate::http::access::simulated_azure::{SimulatedAzure, containers, flat};

/// The resource id of the account whose data the person has no role for.
fn backup(simulated: &SimulatedAzure) -> String {
    let id = simulated.ends().storage_account.replace("media-archive", "shared-services");
    id.replace("northlightarchive", "northlightbackup")
}

#[tokio::test]
async fn a_role_for_the_data_is_enough_and_no_key_is_listed() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    assert!(containers(&azure, &simulated.ends().blob).await.unwrap().contains(&"$root".to_owned()));
    assert_eq!(azure.blob_access(&simulated.ends().blob), Access::EntraToken);
    assert_eq!(simulated.asked("listKeys"), 0);
}

#[tokio::test]
async fn without_a_role_the_accounts_key_is_listed_once_and_used_from_then_on() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let endpoint = simulated.endpoint("northlightbackup");
    // Many rows of the tree may be refused at the same time.
    let (one, two, three) =
        tokio::join!(containers(&azure, &endpoint), containers(&azure, &endpoint), containers(&azure, &endpoint));
    let names = one.unwrap();
    assert!(!names.is_empty() && two.unwrap() == names && three.unwrap() == names);
    assert_eq!(azure.blob_access(&format!("{endpoint}/")), Access::AccountKey, "a closing slash is the same account");
    assert_eq!(azure.blob_access(&simulated.ends().blob), Access::EntraToken, "the others keep the token");
    assert!(!flat(&azure, &endpoint, &names[0]).await.unwrap().is_empty());
    assert_eq!(simulated.asked("listKeys"), 1);
    azure.upload_list(&endpoint, "lists", "a b/ü.xml", b"<BlobList/>".to_vec()).await.unwrap();
    assert_eq!(flat(&azure, &endpoint, "lists").await.unwrap(), [("a b/ü.xml".to_owned(), None)]);
    // Reading the account again does not lose the way.
    azure.storage_account(&backup(&simulated)).await.unwrap();
    assert_eq!(azure.blob_access(&endpoint), Access::AccountKey);
}

#[tokio::test]
async fn a_list_file_goes_by_the_key_where_the_role_is_for_reading_only() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let endpoint = simulated.ends().blob.clone();
    assert!(containers(&azure, &endpoint).await.is_ok());
    simulated.refuse("a%20list.xml", 403, "AuthorizationPermissionMismatch", 1);
    azure.upload_list(&endpoint, "book", "a list.xml", b"<BlobList/>".to_vec()).await.unwrap();
    assert_eq!(azure.blob_access(&endpoint), Access::AccountKey);
    let found = flat(&azure, &endpoint, "book").await.unwrap();
    assert!(found.contains(&("a list.xml".to_owned(), None)));
}

#[tokio::test]
async fn a_key_that_was_renewed_is_listed_again() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let endpoint = simulated.endpoint("northlightbackup");
    let names = containers(&azure, &endpoint).await.unwrap();
    let renew = format!("{}{}/regenerateKey?api-version=2023-05-01", simulated.ends().arm, backup(&simulated));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let renewed = client.post(renew).bearer_auth(&simulated.ends().token).body(r#"{"keyName":"key1"}"#).send().await;
    assert_eq!(renewed.unwrap().status(), 200);
    assert_eq!(containers(&azure, &endpoint).await.unwrap(), names);
    assert_eq!(simulated.asked("listKeys"), 2);

    // A refusal that a new key does not mend is not answered with keys for ever.
    simulated.refuse("comp=list", 403, "AuthenticationFailed", 9);
    let fault = containers(&azure, &endpoint).await.unwrap_err();
    assert_eq!((fault.kind, simulated.asked("listKeys")), (FaultKind::Denied, 3), "{fault}");
    assert!(fault.advice.as_deref().unwrap().contains("clock"), "{fault}");
}

#[tokio::test]
async fn without_role_and_without_keys_both_are_told() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let endpoint = simulated.endpoint("northlightbackup");
    simulated.refuse("listKeys", 403, "AuthorizationFailed", 1);
    let fault = containers(&azure, &endpoint).await.unwrap_err();
    assert_eq!((fault.kind, fault.code.as_deref()), (FaultKind::Denied, Some("AuthorizationPermissionMismatch")));
    assert!(fault.reason.contains("no role for the data") && fault.reason.contains("may not list the keys"), "{fault}");
    let advice = fault.advice.unwrap();
    assert!(advice.contains("Storage Blob Data Reader") && advice.contains("Reader and Data Access"), "{advice}");
    assert_eq!(azure.blob_access(&endpoint), Access::EntraToken);

    simulated.refuse("listKeys", 409, "ScopeLocked", 1);
    let fault = containers(&azure, &endpoint).await.unwrap_err();
    assert!(fault.reason.contains("could not be listed") && fault.reason.contains("locked"), "{fault}");
    assert!(containers(&azure, &endpoint).await.is_ok(), "the role or the lock may have changed since");
}

#[tokio::test]
async fn an_account_that_takes_no_keys_is_said_to_take_none() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    simulated.refuse("comp=list", 403, "AuthorizationPermissionMismatch", 1);
    let fault = containers(&azure, &simulated.endpoint("northlightnokey")).await.unwrap_err();
    assert!(fault.reason.contains("northlightnokey does not accept account keys"), "{fault}");
    assert!(fault.advice.as_deref().unwrap().contains("Storage Blob Data Reader"), "{fault}");
    assert_eq!(simulated.asked("listKeys"), 0);
}

#[tokio::test]
async fn a_network_rule_is_named_and_no_key_is_tried_against_it() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let fault = containers(&azure, &simulated.endpoint("northlightclosed")).await.unwrap_err();
    assert_eq!(fault.code.as_deref(), Some("AuthorizationFailure"));
    assert!(fault.advice.as_deref().unwrap().contains("Networking"), "{fault}");
    assert_eq!(simulated.asked("listKeys"), 0);

    // Where no rule is known the same code may mean a role, and the key is tried.
    simulated.refuse("comp=list", 403, "AuthorizationFailure", 1);
    assert!(containers(&azure, &simulated.ends().blob).await.is_ok());
    assert_eq!(azure.blob_access(&simulated.ends().blob), Access::AccountKey);
}

#[tokio::test]
async fn a_scan_gets_the_same_right_and_the_bytes_as_they_come() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let endpoint = simulated.endpoint("northlightbackup");
    let mut pieces =
        azure.listing_chunks("list the containers", &endpoint, None, &[("maxresults", "5000")]).await.unwrap();
    let mut whole = Vec::new();
    while let Some(piece) = pieces.next().await.unwrap() {
        whole.extend_from_slice(&piece);
    }
    assert!(String::from_utf8(whole).unwrap().ends_with("<NextMarker /></EnumerationResults>"));
    assert_eq!(azure.blob_access(&endpoint), Access::AccountKey);

    simulated.refuse("comp=list", 503, "ServerBusy", 1);
    let fault = azure.listing_chunks("list the containers", &endpoint, None, &[]).await.unwrap_err();
    assert_eq!((fault.kind, fault.status), (FaultKind::Throttled, Some(503)), "not repeated: {fault}");
}

#[tokio::test]
async fn versions_come_where_the_account_lists_them() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let endpoint = &simulated.ends().blob;
    let name = FlatListing::of(endpoint, "versions").page(&azure, None).await.unwrap().items[0].name.clone();
    let history = azure.history(endpoint, "versions", &name, None).await.unwrap().items;
    assert!(history.iter().any(|item| item.version.is_some()), "{history:?}");
    simulated.refuse("%2Cversions", 400, "InvalidQueryParameterValue", 9);
    for _ in 0..2 {
        let plain = azure.history(endpoint, "versions", &name, None).await.unwrap().items;
        assert!(plain.iter().all(|item| item.version.is_none() && item.name == name), "{plain:?}");
    }
    assert_eq!(simulated.sim.faults().pending(), 1);
    assert_eq!(simulated.asked("metadata%2Cversions"), 2, "an account that refused once is not asked again");
}

#[tokio::test]
async fn a_flat_listing_marks_directories_and_leaves_out_what_was_deleted() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let lake = simulated.endpoint("northlightlake");
    let listing = FlatListing { prefix: "2024", page_size: 3, ..FlatListing::of(&lake, "records") };
    let ask = async |marker: Option<String>| {
        let page = listing.page(&azure, marker.as_deref()).await.unwrap();
        assert!(page.items.len() <= 3, "pages are as large as asked for");
        page
    };
    let items = all(ask).await;
    assert_eq!(items.iter().filter(|item| item.directory).count(), 4);
    assert!(
        items.iter().any(|item| !item.directory)
            && items.iter().all(|item| !item.deleted && item.name.starts_with("2024"))
    );
}

#[tokio::test]
async fn a_scan_goes_by_the_accounts_key_where_there_is_no_role_and_lists_it_once() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.signed_in().await;
    let endpoint = simulated.endpoint("northlightbackup");
    let source = BlobSource::new(&endpoint, azure.clone()).unwrap();
    let all = [Rule::Prefix("/".into())];
    // Small pages, so that several lanes are refused at the same time.
    let options = ScanOptions { page_size: 2, ..ScanOptions::default() };
    let report = blobfreight::scan::run(&source, &all, &options, |_| {}).await.unwrap();
    let mut listed = 0;
    for container in containers(&azure, &endpoint).await.unwrap() {
        listed += flat(&azure, &endpoint, &container).await.unwrap().len() as u64;
    }
    assert!(report.complete && listed > 0, "{:?}", report.rules[0].problem);
    assert_eq!(report.totals.blobs + report.totals.snapshots, listed);
    assert_eq!((azure.blob_access(&endpoint), simulated.asked("listKeys")), (Access::AccountKey, 1));
}

#[tokio::test]
async fn w37_a_token_that_expires_at_any_page_of_a_scan_is_renewed_and_changes_nothing() {
    let simulated = SimulatedAzure::new().await;
    let source = BlobSource::new(&simulated.ends().blob, simulated.signed_in().await).unwrap();
    let rules = ["/book/", "/versions/", "/odd-names/"].map(|text| Rule::Prefix(text.into()));
    let options = ScanOptions { page_size: 20, ..ScanOptions::default() };
    let count = async || blobfreight::scan::run(&source, &rules, &options, |_| {}).await.unwrap();
    let calm = count().await;
    assert!(calm.complete && (8..99).contains(&calm.requests), "{} requests", calm.requests);
    for page in 0..u32::try_from(calm.requests).unwrap() {
        let expired = sim::FaultRule { skip: page, ..sim::FaultRule::next("comp=list", FaultAction::Expired) };
        simulated.sim.faults().add(expired);
        let report = count().await;
        let sums = |report: &CountReport| (report.totals.blobs, report.totals.snapshots, report.totals.bytes);
        assert_eq!((sums(&report), report.complete), (sums(&calm), true), "expired at page {page}");
    }
}
