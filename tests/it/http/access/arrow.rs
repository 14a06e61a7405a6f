//! Simulated accounts read in Apache Arrow and in XML: the same rows and the same counts, and streams that Apache's own reader accepts.

use arrow_array::{Array, Int64Array, RecordBatch, StringArray};
use arrow_ipc::reader::StreamReader;
use blobfreight::{
    azure::{
        Azure,
        credentials::AccountAccess,
        model::{BlobItem, Entry},
        session::SessionOptions,
    },
    scan::{BlobSource, CountReport, ScanOptions, run},
    select::Rule,
    sim::{self, Sim, SimOptions, Synthetic},
};

use crate::http::access::simulated_azure::SimulatedAzure;
use crate::support::pages::all;

/// A session with the account of the simulator's endpoints.
fn session(sim: &Sim, options: SessionOptions) -> Azure {
    let ends = sim.endpoints();
    let text = format!("BlobEndpoint={};AccountKey={}", ends.blob, ends.storage_key);
    Azure::for_account_with(AccountAccess::from_connection_string(&text.into()).unwrap(), options)
}

fn in_pages(page_size: u32, arrow: bool) -> SessionOptions {
    SessionOptions { page_size, arrow, ..SessionOptions::default() }
}

async fn generated(blobs: u64) -> Sim {
    blobfreight::azure::transport::init();
    sim::start(SimOptions { synthetic: Some(Synthetic { blobs }), ..SimOptions::default() }).await.unwrap()
}

/// Every row of a container, folder by folder.
async fn rows(azure: &Azure, endpoint: &str, container: &str) -> Vec<Entry> {
    let (mut rows, mut folders) = (Vec::new(), vec![String::new()]);
    while let Some(folder) = folders.pop() {
        let level =
            all(async |marker| azure.entries(endpoint, container, &folder, marker.as_deref()).await.unwrap()).await;
        folders
            .extend(level.iter().filter(|entry| !matches!(entry, Entry::Blob(_))).map(|entry| entry.name().to_owned()));
        rows.extend(level);
    }
    rows
}

async fn history(azure: &Azure, endpoint: &str, container: &str, blob: &str) -> Vec<BlobItem> {
    all(async |marker| azure.history(endpoint, container, blob, marker.as_deref()).await.unwrap()).await
}

async fn count(azure: Azure, endpoint: &str) -> CountReport {
    let source = BlobSource::new(endpoint, azure).unwrap();
    run(&source, &[Rule::Prefix("/".into())], &ScanOptions::default(), |_| {}).await.unwrap()
}

/// What does not depend on the order in which pages arrive.
fn essence(report: &CountReport) -> (u64, u64, u64, u64, Vec<String>) {
    let totals = &report.totals;
    let findings = totals.findings.iter().map(|(kind, found)| format!("{kind:?} {} {}", found.count, found.bytes));
    let sizes =
        [format!("{:?} {} {} {:?}", totals.load.classes, totals.load.count(), totals.load.bytes(), totals.tiers)];
    (totals.blobs, totals.snapshots, totals.bytes, totals.blocked, findings.chain(sizes).collect())
}

/// A page as its bytes, and whether it is in Apache Arrow.
async fn bytes(azure: &Azure, endpoint: &str, container: &str, query: &[(&str, &str)]) -> (Vec<u8>, bool) {
    let mut chunks = azure.listing_chunks("list it", endpoint, Some(container), query).await.unwrap();
    let (mut body, is_arrow) = (Vec::new(), chunks.is_arrow());
    while let Some(chunk) = chunks.next().await.unwrap() {
        body.extend_from_slice(&chunk);
    }
    (body, is_arrow)
}

/// What Apache's own reader finds in a page: names, the sum of all sizes, and the marker of the next page.
fn by_apache(page: &[u8]) -> (Vec<String>, i64, Option<String>) {
    let reader = StreamReader::try_new(page, None).unwrap();
    let marker = reader.schema().metadata().get("NextMarker").cloned();
    let (mut names, mut bytes) = (Vec::new(), 0);
    for batch in reader {
        let batch: RecordBatch = batch.unwrap();
        let column = batch.column_by_name("Name").unwrap().as_any().downcast_ref::<StringArray>().unwrap().clone();
        names.extend(column.iter().map(|name| name.unwrap().to_owned()));
        if let Some(sizes) = batch.column_by_name("Content-Length") {
            bytes += sizes.as_any().downcast_ref::<Int64Array>().unwrap().iter().flatten().sum::<i64>();
        }
    }
    (names, bytes, marker)
}

#[tokio::test]
async fn every_level_and_every_version_is_the_same_row_in_arrow_as_in_xml() {
    let azure = SimulatedAzure::new().await;
    let endpoint = azure.ends().blob.clone();
    let (arrow, xml) = (session(&azure.sim, in_pages(300, true)), session(&azure.sim, in_pages(5000, false)));
    let containers = all(async |marker| xml.containers(&endpoint, marker.as_deref()).await.unwrap()).await;
    for container in containers {
        let found = rows(&arrow, &endpoint, &container.name).await;
        assert_eq!(found, rows(&xml, &endpoint, &container.name).await, "{}", container.name);
        let blobs = found.iter().filter(|entry| matches!(entry, Entry::Blob(_)));
        for blob in blobs.take(3) {
            let found = history(&arrow, &endpoint, &container.name, blob.name()).await;
            assert_eq!(found, history(&xml, &endpoint, &container.name, blob.name()).await, "{}", blob.name());
        }
        let query = [("include", "metadata,snapshots,versions,deleted,tags")];
        let (page, is_arrow) = bytes(&arrow, &endpoint, &container.name, &query).await;
        assert!(is_arrow && !bytes(&xml, &endpoint, &container.name, &query).await.1);
        assert!(!by_apache(&page).0.is_empty(), "{}", container.name);
    }
    assert!(arrow.asks_for_arrow(&endpoint) && !xml.asks_for_arrow(&endpoint));
}

#[tokio::test]
async fn simulated_accounts_count_the_same_in_arrow_as_in_xml() {
    let azure = SimulatedAzure::new().await;
    let large = generated(12_345).await;
    for sim in [&azure.sim, &large] {
        let endpoint = sim.endpoints().blob.clone();
        let arrow = count(session(sim, in_pages(5000, true)), &endpoint).await;
        let xml = count(session(sim, in_pages(5000, false)), &endpoint).await;
        assert!(arrow.complete && xml.complete);
        assert_eq!(essence(&arrow), essence(&xml));
        // The generated account has hot blobs only.
        assert_eq!(arrow.totals.tiers.cool > 0, std::ptr::eq(sim, &raw const azure.sim), "{:?}", arrow.totals.tiers);
    }
}

#[tokio::test]
async fn ready_made_pages_are_read_by_apaches_reader_and_end_where_they_are_told() {
    let sim = generated(12_345).await;
    let azure = session(&sim, in_pages(5000, true));
    let endpoint = sim.endpoints().blob.clone();
    let name = |at: u64| format!("d{:04}/blob-{:04}.dat", at / 1_000, at % 1_000);
    for (from, to) in [(0, 5_000), (999, 2_003), (7_001, 7_002), (12_000, 12_345), (4_000, 4_000)] {
        let query = [("startFrom", &*name(from)), ("endBefore", &*name(to))];
        let (page, is_arrow) = bytes(&azure, &endpoint, "bench", &query).await;
        let (names, sum, marker) = by_apache(&page);
        assert_eq!((names, is_arrow, marker), ((from..to).map(name).collect(), true, None), "{from} to {to}");
        assert_eq!(sum > 0, from < to);
    }
    let (page, _) = bytes(&azure, &endpoint, "bench", &[("maxresults", "10")]).await;
    let (names, _, marker) = by_apache(&page);
    assert!(names.len() == 10 && marker.is_some());
}

#[tokio::test]
async fn an_older_service_is_asked_for_arrow_once_and_read_in_xml() {
    let azure = SimulatedAzure::new().await;
    azure.sim.switch(|switches| switches.newest_storage_version = Some("2021-12-02".into()));
    let endpoint = azure.ends().blob.clone();
    let (offering, xml) = (session(&azure.sim, in_pages(300, true)), session(&azure.sim, in_pages(300, false)));
    let found = rows(&offering, &endpoint, "books").await;
    // Only the refused request was sent again as it was.
    let journal = azure.sim.journal();
    assert_eq!(journal.windows(2).filter(|pair| pair[0] == pair[1]).count(), 1, "{journal:?}");
    assert!(!offering.asks_for_arrow(&endpoint));
    assert_eq!(found, rows(&xml, &endpoint, "books").await);
    assert!(count(offering, &endpoint).await.complete);
}
