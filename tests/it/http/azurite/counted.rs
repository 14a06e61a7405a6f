//! Counting on a Blob service we did not write: a scan finds what was uploaded, however its listings are cut.

use std::sync::atomic::{AtomicBool, Ordering};

use blobfreight::scan::{BlobSource, CountReport, ScanOptions, run};
use blobfreight::select::Rule;

use crate::http::azurite::emulator::{Azurite, azurite};
use crate::http::azurite::shown::{KEY, session};
use crate::http::azurite::stock::{UploadedBlob, upload};
use crate::http::azurite::upload::Service;

/// The report, and whether it said that a listing comes page after page.
async fn count(azurite: &Azurite, rules: &[Rule], page_size: u32) -> (CountReport, bool) {
    let azure = session(azurite, "AZURE_STORAGE_KEY", KEY, 5_000);
    let source = BlobSource::new(&azurite.endpoint, azure).unwrap();
    let forced = AtomicBool::new(false);
    let options = ScanOptions { page_size, concurrency: 8, ..ScanOptions::default() };
    let report = run(&source, rules, &options, |progress| {
        forced.fetch_or(progress.one_by_one.is_some(), Ordering::SeqCst);
    });
    let report = report.await.unwrap();
    assert!(report.complete, "{:?}", report.rules.iter().find_map(|rule| rule.problem.as_ref()));
    (report, forced.into_inner())
}

#[tokio::test]
async fn a_scan_counts_what_was_uploaded_whatever_the_rules_and_the_page_size() {
    let Some(azurite) = azurite(KEY) else { return };
    let uploads = upload(&Service::new(&azurite.endpoint, KEY)).await;
    let of = |prefix: &str, stored: &UploadedBlob| format!("/{}", stored.path()).starts_with(prefix);
    // Azurite loses snapshots where a small page ends, so those are counted in one.
    let small =
        [1, 3].into_iter().flat_map(|size| ["/names/", "/names/dir", "/names/per%", "/names/日本"].map(|p| (size, p)));
    let large = ["/", "/alpha/", "/alpha", "/names/dir", "/$root/", "/none/"].map(|prefix| (5_000, prefix));
    for (page_size, prefix) in small.chain(large) {
        let (report, _) = count(&azurite, &[Rule::Prefix(prefix.to_owned())], page_size).await;
        let mine: Vec<&UploadedBlob> = uploads.iter().filter(|stored| of(prefix, stored)).collect();
        let snapshots = mine.iter().filter(|stored| stored.snapshot.is_some()).count() as u64;
        let found = (report.totals.blobs, report.totals.snapshots);
        assert_eq!(found, (mine.len() as u64 - snapshots, snapshots), "{prefix} in pages of {page_size}");
    }
    // One rule for each blob, which one listing of a folder counts together.
    let blobs = uploads.iter().filter(|stored| stored.snapshot.is_none());
    let each: Vec<Rule> = blobs.map(|stored| Rule::Blob { path: stored.path(), snapshots: true }).collect();
    let (report, _) = count(&azurite, &each, 5_000).await;
    assert_eq!(report.totals.blobs + report.totals.snapshots, uploads.len() as u64);
    assert!(report.rules.iter().all(|rule| rule.totals.blobs == 1), "each blob is counted by its own rule");
}

#[tokio::test]
async fn a_container_without_folders_is_cut_by_names() {
    let Some(azurite) = azurite(KEY) else { return };
    let service = Service::new(&azurite.endpoint, KEY);
    service.done("PUT", "/flat?restype=container", &[], b"").await;
    for n in 0..240 {
        service
            .put(&format!("flat/IMG_2026{:02}{:02}_{n:04}.jpg", 1 + n / 24, 1 + n % 24), "BlockBlob", &[], b"x")
            .await;
    }
    let (report, forced) = count(&azurite, &[Rule::Prefix("/flat/".into())], 10).await;
    assert_eq!((report.totals.blobs, report.totals.bytes), (240, 240));
    assert!(!forced, "this Azurite can begin a listing at any name");
}
