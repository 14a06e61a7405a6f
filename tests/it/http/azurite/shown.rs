//! Containers, folders, blobs and snapshots as the backend shows them, with key, signature and connection string, in pages of any size.

use crate::support::pages::FlatListing;
use std::collections::BTreeSet;

use azure_core::{credentials::Secret, hmac::hmac_sha256};
use blobfreight::azure::{
    Azure,
    credentials::AccountAccess,
    fault::FaultKind,
    model::{BlobItem, Entry},
    session::SessionOptions,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::azurite::emulator::{ACCOUNT, Azurite, azurite};
use crate::http::azurite::stock::{CONTAINERS, UploadedBlob, kind, upload};
use crate::http::azurite::upload::Service;
use crate::support::pages::all;

/// A key for both emulators, made up.
pub(super) const KEY: &str = "YSBrZXkgZm9yIHRlc3RzIG9ubHkgYSBrZXkgZm9yIHRlc3RzIG9ubHkgYSBrZXkgZm9yIHRlc3Rz";

/// A session in pages of `size`, opened as the command line opens it.
pub(super) fn session(azurite: &Azurite, variable: &str, value: &str, size: u32) -> Azure {
    let address = if variable.ends_with("STRING") { None } else { Some(azurite.endpoint.as_str()) };
    let access = AccountAccess::from_env(address, |name| (name == variable).then(|| value.to_owned())).unwrap();
    Azure::for_account_with(access, SessionOptions { page_size: size, ..SessionOptions::default() })
}

pub(super) async fn containers(azure: &Azure, endpoint: &str) -> Vec<String> {
    let pages = all(async |marker| azure.containers(endpoint, marker.as_deref()).await.unwrap()).await;
    pages.into_iter().map(|container| container.name).collect()
}

/// Everything in a container, folder by folder, as a person opens them.
async fn opened(azure: &Azure, endpoint: &str, container: &str) -> Vec<BlobItem> {
    let (mut folders, mut blobs) = (vec![String::new()], Vec::new());
    while let Some(folder) = folders.pop() {
        let ask = async |marker: Option<String>| {
            azure.entries(endpoint, container, &folder, marker.as_deref()).await.unwrap()
        };
        for entry in all(ask).await {
            match entry {
                Entry::Blob(item) => blobs.push(*item),
                folder => folders.push(folder.name().to_owned()),
            }
        }
    }
    blobs
}

fn stored(container: &str, item: BlobItem) -> UploadedBlob {
    let mut metadata = item.metadata;
    metadata.sort();
    UploadedBlob {
        container: container.to_owned(),
        name: item.name,
        snapshot: item.snapshot,
        size: item.size,
        kind: kind(item.kind),
        tier: item.tier.filter(|_| !item.tier_inferred),
        metadata,
    }
}

/// An account SAS for reading and listing.
fn sas() -> String {
    let end = "2199-01-01T00:00:00Z";
    let text = format!("{ACCOUNT}\nrl\nb\nsco\n\n{end}\n\n\n2021-12-02\n\n");
    let signature = hmac_sha256(&text, &Secret::new(KEY.to_owned())).unwrap();
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!("?sv=2021-12-02&ss=b&srt=sco&sp=rl&se={}&sig={}", encoded(end), encoded(&signature))
}

#[tokio::test]
async fn every_blob_is_shown_as_uploaded_whatever_opens_the_account() {
    let Some(azurite) = azurite(KEY) else { return };
    let uploads = upload(&Service::new(&azurite.endpoint, KEY)).await;
    let connection = format!("AccountName={ACCOUNT};AccountKey={KEY};BlobEndpoint={}/", azurite.endpoint);
    let (sas, endpoint) = (sas(), &azurite.endpoint);
    for (variable, value, size) in [
        ("AZURE_STORAGE_KEY", KEY, 5_000),
        ("AZURE_STORAGE_SAS_TOKEN", sas.as_str(), 7),
        ("AZURE_STORAGE_CONNECTION_STRING", &connection, 1),
    ] {
        let azure = session(&azurite, variable, value, size);
        assert_eq!(containers(&azure, endpoint).await, CONTAINERS, "{variable}");
        let mut shown = Vec::new();
        for container in CONTAINERS {
            shown.extend(opened(&azure, endpoint, container).await.into_iter().map(|item| stored(container, item)));
        }
        shown.sort();
        let expected: Vec<UploadedBlob> = uploads.iter().filter(|stored| stored.snapshot.is_none()).cloned().collect();
        assert_eq!(shown, expected, "{variable}, pages of {size}");
    }
}

#[tokio::test]
async fn flat_pages_of_any_size_and_snapshots_show_what_was_uploaded() {
    let Some(azurite) = azurite(KEY) else { return };
    let uploads = upload(&Service::new(&azurite.endpoint, KEY)).await;
    let endpoint = &azurite.endpoint;
    for size in [1, 2, 3, 100, 5_000] {
        let azure = session(&azurite, "AZURE_STORAGE_KEY", KEY, size);
        let listing = FlatListing { prefix: "d", page_size: size, ..FlatListing::of(endpoint, "names") };
        let names: Vec<String> = listing.all(&azure).await.unwrap().into_iter().map(|item| item.name).collect();
        let expected: Vec<&str> = uploads
            .iter()
            .filter(|stored| stored.container == "names" && stored.name.starts_with('d'))
            .map(|stored| stored.name.as_str())
            .collect();
        assert_eq!(names, expected, "pages of {size}");
    }
    // Azurite loses snapshots where a small page ends, so they are asked for in one.
    let azure = session(&azurite, "AZURE_STORAGE_KEY", KEY, 5_000);
    let mut with_snapshots = Vec::new();
    for container in CONTAINERS {
        let listing = FlatListing { snapshots: true, ..FlatListing::of(endpoint, container) };
        with_snapshots.extend(
            listing
                .all(&azure)
                .await
                .unwrap()
                .into_iter()
                .map(|item| (container.to_owned(), item.name, item.snapshot, item.size)),
        );
    }
    let expected = uploads
        .iter()
        .map(|stored| (stored.container.clone(), stored.name.clone(), stored.snapshot.clone(), stored.size));
    assert_eq!(with_snapshots.into_iter().collect::<BTreeSet<_>>(), expected.collect());
    for (name, count) in [("doc", 4), ("doc.txt", 2), ("doc/inside", 1)] {
        // Azurite keeps no versions and says nothing of it, so a history is the blob and its snapshots.
        let page = azure.history(endpoint, "alpha", name, None).await.unwrap();
        let mut shown: Vec<UploadedBlob> = page.items.into_iter().map(|item| stored("alpha", item)).collect();
        shown.sort();
        let expected: Vec<UploadedBlob> =
            uploads.iter().filter(|stored| stored.path() == format!("alpha/{name}")).cloned().collect();
        assert_eq!((shown.len(), shown), (count, expected));
    }
}

#[tokio::test]
async fn a_wrong_key_and_a_missing_container_are_told() {
    let Some(azurite) = azurite(KEY) else { return };
    let azure = session(&azurite, "AZURE_STORAGE_KEY", "d3Jvbmc=", 5_000);
    let fault = azure.containers(&azurite.endpoint, None).await.unwrap_err();
    assert_eq!((fault.kind, fault.status), (FaultKind::Denied, Some(403)), "{fault}");
    assert!(fault.advice.as_deref().unwrap().contains("AZURE_STORAGE_KEY"), "{fault}");
    let azure = session(&azurite, "AZURE_STORAGE_KEY", KEY, 5_000);
    let fault = azure.entries(&azurite.endpoint, "no-such-container", "", None).await.unwrap_err();
    assert_eq!((fault.kind, fault.code.as_deref()), (FaultKind::Gone, Some("ContainerNotFound")), "{fault}");
}
