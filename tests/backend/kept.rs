//! What an account keeps besides its blobs, as the simulated Azure lists it: versions, deleted blobs, directories; and what is
//! never asked for.

use blobfreight::{
    azure::{
        Azure,
        cloud::Cloud,
        http::Tuning,
        model::{BlobItem, Entry, SignInMethod},
    },
    sim::{self, Sim},
};

use crate::server::quick;

/// Signed in to the rehearsal's tenant, in pages of `size`.
async fn session(sim: &Sim, size: u32) -> Azure {
    let ends = sim.endpoints().clone();
    let cloud = Cloud { name: "rehearsal".into(), arm: ends.arm, authority: ends.authority, blob: None };
    let tuning = Tuning { page_size: size, ..quick() };
    Azure::sign_in_tuned(&cloud, SignInMethod::Rehearsal, Some(&ends.tenant), tuning).await.unwrap().0
}

fn lake(sim: &Sim) -> String {
    sim.endpoints().blob.replace("northlightarchive", "northlightlake")
}

async fn history(azure: &Azure, endpoint: &str, container: &str, blob: &str) -> Vec<BlobItem> {
    let (mut items, mut marker) = (Vec::new(), None);
    loop {
        let page = azure.history(endpoint, container, blob, marker.as_deref()).await.unwrap();
        items.extend(page.items);
        marker = page.next;
        if marker.is_none() {
            return items;
        }
    }
}

#[tokio::test]
async fn t29_a_history_holds_snapshots_and_versions_on_pages_of_any_size() {
    let sim = sim::start(sim::Settings::default()).await.unwrap();
    for size in [1, 2, 3, 5_000] {
        let azure = session(&sim, size).await;
        let items = history(&azure, &sim.endpoints().blob, "versions", "contracts/amendments.docx").await;
        let snapshots = items.iter().filter(|item| item.snapshot.is_some()).count();
        let older = items.iter().filter(|item| item.version.is_some() && !item.current_version).count();
        let current: Vec<&BlobItem> = items.iter().filter(|item| item.current_version).collect();
        assert_eq!((snapshots, older, current.len()), (2, 4, 1), "pages of {size}");
        let times = items.iter().filter_map(|item| item.snapshot.as_ref().or(item.version.as_ref()));
        assert!(times.is_sorted(), "the oldest first");
    }
}

#[tokio::test]
async fn deleted_blobs_are_listed_as_such_and_what_was_not_deleted_is_not() {
    let sim = sim::start(sim::Settings::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let page = azure.entries(&sim.endpoints().blob, "versions", "dropped/", None).await.unwrap();
    let deleted = |entry: &Entry| matches!(entry, Entry::Blob(item) if item.deleted);
    assert!(page.items.len() == 2 && page.items.iter().all(deleted), "{page:?}");
    let page = azure.entries(&sim.endpoints().blob, "versions", "contracts/", None).await.unwrap();
    assert!(page.items.len() > 8 && !page.items.iter().any(deleted), "{page:?}");
}

#[tokio::test]
async fn a_directory_has_a_date_and_metadata_also_an_empty_one() {
    let sim = sim::start(sim::Settings::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let lake = lake(&sim);
    let page = azure.entries(&lake, "records", "", None).await.unwrap();
    let dated =
        |entry: &Entry| matches!(entry, Entry::Directory(item) if item.directory && !item.last_modified.is_empty());
    assert!(page.items.iter().all(dated), "{page:?}");
    assert_eq!(page.items.iter().map(Entry::name).collect::<Vec<_>>(), ["2023/", "2024/", "2025/"]);
    assert!(azure.entries(&lake, "records", "2025/", None).await.unwrap().items.is_empty());
    let told = history(&azure, &lake, "records", "2025").await;
    assert_eq!(told[0].metadata, [("hdi_isfolder".to_owned(), "true".to_owned())], "{told:?}");
}

#[tokio::test]
async fn a_text_that_goes_on_behind_a_files_name_is_refused_in_a_hierarchical_account() {
    let sim = sim::start(sim::Settings::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let fault = azure.entries(&lake(&sim), "records", "2023/record-001.csv/x", None).await.unwrap_err();
    assert_eq!(fault.status, Some(400));
    assert!(azure.entries(&lake(&sim), "records", "2023/record-00", None).await.unwrap().items.len() > 5);
}

#[tokio::test]
async fn folders_and_snapshots_are_never_asked_for_at_once() {
    let sim = sim::start(sim::Settings::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let blob = sim.endpoints().blob.clone();
    azure.entries(&blob, "book", "", None).await.unwrap();
    azure.flat(&blob, "book", "", None, true).await.unwrap();
    history(&azure, &blob, "book", "manuscript.docx").await;
    let seen: Vec<String> = sim.journal().iter().map(|seen| format!("{seen:?}")).collect();
    let listings: Vec<&String> = seen.iter().filter(|seen| seen.contains("comp=list")).collect();
    assert!(listings.len() >= 3 && listings.iter().any(|seen| seen.contains("delimiter")), "{seen:?}");
    assert!(!listings.iter().any(|seen| seen.contains("delimiter") && seen.contains("snapshots")), "{listings:?}");
}
