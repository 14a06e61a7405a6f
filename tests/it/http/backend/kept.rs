//! What an account keeps besides its blobs, as the simulated Azure lists it: versions, deleted blobs, directories; and what is
//! never asked for.

use crate::support::pages::FlatListing;
use blobfreight::{
    azure::{
        Azure,
        model::{BlobItem, Entry},
        session::SessionOptions,
    },
    sim::{self, Sim},
};

use crate::http::backend::rehearsal::sign_in;
use crate::http::backend::server::{Reply, Server, json, quick, xml};
use crate::support::pages::all;

/// Signed in to the rehearsal's tenant, in pages of `size`.
async fn session(sim: &Sim, size: u32) -> Azure {
    sign_in(sim, SessionOptions { page_size: size, ..quick() }).await.0
}

fn lake(sim: &Sim) -> String {
    sim.endpoints().blob.replace("northlightarchive", "northlightlake")
}

/// Reads the account at `endpoint` as the account step does.
async fn know(azure: &Azure, endpoint: &str) {
    let mut found = false;
    for subscription in azure.subscriptions().await.unwrap() {
        let accounts = azure.storage_accounts(&subscription.id).await.unwrap();
        found |= accounts.iter().any(|account| account.blob_endpoint.trim_end_matches('/') == endpoint);
    }
    assert!(found, "no account has its blobs at {endpoint}");
}

async fn history(azure: &Azure, endpoint: &str, container: &str, blob: &str) -> Vec<BlobItem> {
    all(async |marker| azure.history(endpoint, container, blob, marker.as_deref()).await.unwrap()).await
}

#[tokio::test]
async fn t29_a_history_holds_snapshots_and_versions_on_pages_of_any_size() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
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
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let page = azure.entries(&sim.endpoints().blob, "versions", "dropped/", None).await.unwrap();
    let deleted = |entry: &Entry| matches!(entry, Entry::Blob(item) if item.deleted);
    assert!(page.items.len() == 2 && page.items.iter().all(deleted), "{page:?}");
    let page = azure.entries(&sim.endpoints().blob, "versions", "contracts/", None).await.unwrap();
    assert!(page.items.len() > 8 && !page.items.iter().any(deleted), "{page:?}");
}

#[tokio::test]
async fn a_directory_has_a_date_and_metadata_also_an_empty_one() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let lake = lake(&sim);
    know(&azure, &lake).await;
    let page = azure.entries(&lake, "records", "", None).await.unwrap();
    let dated =
        |entry: &Entry| matches!(entry, Entry::Directory(item) if item.directory && !item.last_modified.is_empty());
    assert!(page.items.iter().all(dated), "{page:?}");
    assert!(page.next.is_some(), "what was deleted is still to come");
    assert_eq!(page.items.iter().map(Entry::name).collect::<Vec<_>>(), ["2023/", "2024/", "2025/"]);
    assert!(azure.entries(&lake, "records", "2025/", None).await.unwrap().items.is_empty());
    let told = history(&azure, &lake, "records", "2025").await;
    assert_eq!(told[0].metadata, [("hdi_isfolder".to_owned(), "true".to_owned())], "{told:?}");
}

/// All entries of a level as `name`, a deleted one as `name (deleted)`, in the order they came.
async fn level(azure: &Azure, endpoint: &str, prefix: &str) -> Vec<String> {
    let word = |entry: &Entry| match entry {
        Entry::Blob(item) | Entry::Directory(item) if item.deleted => format!("{} (deleted)", item.name),
        entry => entry.name().to_owned(),
    };
    let ask =
        async |marker: Option<String>| azure.entries(endpoint, "records", prefix, marker.as_deref()).await.unwrap();
    all(ask).await.iter().map(word).collect()
}

#[tokio::test]
async fn a_hierarchical_account_tells_what_was_deleted_after_what_is_there_on_pages_of_any_size() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let lake = lake(&sim);
    for size in [1, 2, 5_000] {
        let azure = session(&sim, size).await;
        know(&azure, &lake).await;
        let root = ["2023/", "2024/", "2025/", "2022/ (deleted)", "2023/", "2024/"];
        assert_eq!(level(&azure, &lake, "").await, root, "pages of {size}");
        let spring = level(&azure, &lake, "2024/spring/").await;
        assert_eq!(spring.len(), 13, "{spring:?}");
        assert!(spring[..12].contains(&"2024/spring/record-001.csv".to_owned()), "{spring:?}");
        assert_eq!(spring[12], "2024/spring/record-001.csv (deleted)", "and written again");
        let winter = ["2024/winter/draft-1.csv (deleted)", "2024/winter/draft-2.csv (deleted)"];
        assert_eq!(level(&azure, &lake, "2024/winter/").await, winter);
        assert!(level(&azure, &lake, "2025/").await.is_empty() && level(&azure, &lake, "2022/").await.is_empty());
    }
    let azure = session(&sim, 5_000).await;
    know(&azure, &lake).await;
    let looked_up = azure.entries_starting_with(&lake, "records", "2024/s", None).await.unwrap();
    assert_eq!(looked_up.items.iter().map(Entry::name).collect::<Vec<_>>(), ["2024/spring/"]);
    assert_eq!(looked_up.next, None, "a look-up ends with what is there");
    let both = |seen: &str| seen.contains("showonly") && seen.contains("include");
    assert!(!sim.journal().iter().any(|seen| both(&format!("{seen:?}"))), "nothing is asked for twice");
}

#[tokio::test]
async fn a_flat_account_or_one_nothing_is_known_of_is_never_asked_to_show_only_what_was_deleted() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let (azure, flat, lake) = (session(&sim, 2).await, sim.endpoints().blob.clone(), lake(&sim));
    level(&azure, &lake, "").await;
    know(&azure, &flat).await;
    for (container, prefix) in [("versions", "dropped/"), ("versions", ""), ("books", "")] {
        let ask =
            async |marker: Option<String>| azure.entries(&flat, container, prefix, marker.as_deref()).await.unwrap();
        all(ask).await;
    }
    let journal = sim.journal();
    assert!(journal.len() > 5 && !journal.iter().any(|seen| format!("{seen:?}").contains("showonly")), "{journal:?}");
}

#[tokio::test]
async fn a_text_that_goes_on_behind_a_files_name_is_refused_in_a_hierarchical_account() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let fault = azure.entries(&lake(&sim), "records", "2023/record-001.csv/x", None).await.unwrap_err();
    assert_eq!(fault.status, Some(400));
    assert!(azure.entries(&lake(&sim), "records", "2023/record-00", None).await.unwrap().items.len() > 5);
}

#[tokio::test]
async fn folders_and_snapshots_are_never_asked_for_at_once() {
    let sim = sim::start(sim::SimOptions::default()).await.unwrap();
    let azure = session(&sim, 5_000).await;
    let blob = sim.endpoints().blob.clone();
    azure.entries(&blob, "book", "", None).await.unwrap();
    FlatListing { snapshots: true, ..FlatListing::of(&blob, "book") }.page(&azure, None).await.unwrap();
    history(&azure, &blob, "book", "manuscript.docx").await;
    let seen: Vec<String> = sim.journal().iter().map(|seen| format!("{seen:?}")).collect();
    let listings: Vec<&String> = seen.iter().filter(|seen| seen.contains("comp=list")).collect();
    assert!(listings.len() >= 3 && listings.iter().any(|seen| seen.contains("delimiter")), "{seen:?}");
    assert!(!listings.iter().any(|seen| seen.contains("delimiter") && seen.contains("snapshots")), "{listings:?}");
}

const LIST: &str = "GET /acct/media";

/// A server with one hierarchical account that answers the listings of a container from a script, and a session that knows it.
async fn scripted(listings: &[Reply]) -> (Server, Azure) {
    let accounts = "GET /subscriptions/s/providers/Microsoft.Storage/storageAccounts";
    let account = r#"{"value":[{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acct",
        "location":"westeurope","properties":{"isHnsEnabled":true,"allowSharedKeyAccess":true,
        "primaryEndpoints":{"blob":"{here}/acct"}}}]}"#;
    let mut script = vec![(accounts, json(200, account))];
    script.extend(listings.iter().map(|reply| (LIST, reply.clone())));
    let server = Server::start(&script);
    let azure = server.session().await;
    assert!(azure.storage_accounts("s").await.unwrap()[0].hierarchical);
    (server, azure)
}

fn listed(name: &str) -> Reply {
    let blob = format!("<Blob><Name>{name}</Name></Blob>");
    xml(200, &format!("<EnumerationResults><Blobs>{blob}</Blobs><NextMarker/></EnumerationResults>"))
}

fn refusal(status: u16) -> Reply {
    let code = if status == 403 { "AuthorizationPermissionMismatch" } else { "UnsupportedQueryParameter" };
    xml(status, &format!("<Error><Code>{code}</Code><Message>No.</Message></Error>"))
}

fn asked_for_deleted(server: &Server) -> usize {
    server.seen().iter().filter(|seen| seen.query.contains("showonly=deleted")).count()
}

#[tokio::test]
async fn a_hierarchical_account_that_does_not_tell_what_was_deleted_is_done_without_and_not_asked_again() {
    let (server, azure) = scripted(&[listed("a"), refusal(400), listed("a")]).await;
    let home = server.blob();
    let first = azure.entries(&home, "media", "", None).await.unwrap();
    let second = azure.entries(&home, "media", "", first.next.as_deref()).await.unwrap();
    assert!(first.items.len() == 1 && second.items.is_empty() && second.next.is_none(), "{second:?}");
    assert_eq!(azure.entries(&home, "media", "", None).await.unwrap().next, None, "the level ends with what is there");
    assert_eq!(asked_for_deleted(&server), 1);
    assert!(!server.seen().iter().any(|seen| seen.query.contains("include=metadata%2Cdeleted")));
}

#[tokio::test]
async fn who_may_not_see_what_was_deleted_sees_what_is_there() {
    let (server, azure) = scripted(&[listed("a"), refusal(403), listed("a")]).await;
    let home = server.blob();
    let first = azure.entries(&home, "media", "", None).await.unwrap();
    let second = azure.entries(&home, "media", "", first.next.as_deref()).await.unwrap();
    assert!(second.items.is_empty() && second.next.is_none(), "{second:?}");
    assert!(azure.entries(&home, "media", "", None).await.unwrap().next.is_some(), "elsewhere it may be allowed");
    assert_eq!(asked_for_deleted(&server), 1);
    let keys = server.seen().iter().any(|seen| seen.what.contains("listKeys"));
    assert!(!keys, "nobody lists an account's keys to see what was deleted");
}

#[tokio::test]
async fn a_page_of_deleted_ones_that_does_not_come_is_said_and_can_be_asked_for_again() {
    let more = "<EnumerationResults><Blobs><Blob><Name>b</Name></Blob></Blobs><NextMarker>2!8!x+/=</NextMarker></EnumerationResults>";
    let (server, azure) = scripted(&[listed("a"), xml(200, more), refusal(400), listed("c")]).await;
    let home = server.blob();
    let first = azure.entries(&home, "media", "", None).await.unwrap();
    let second = azure.entries(&home, "media", "", first.next.as_deref()).await.unwrap();
    assert!(azure.entries(&home, "media", "", second.next.as_deref()).await.is_err());
    let last = azure.entries(&home, "media", "", second.next.as_deref()).await.unwrap();
    assert!(matches!(&last.items[..], [Entry::Blob(item)] if item.deleted && item.name == "c"), "{last:?}");
    assert!(last.next.is_none() && asked_for_deleted(&server) == 3);
    let query = server.seen().last().unwrap().query.clone();
    assert!(query.ends_with("&delimiter=%2F&showonly=deleted&marker=2%218%21x%2B%2F%3D"), "{query}");
}
