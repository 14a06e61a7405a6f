//! The checkpoint file of a scan, as a program of an earlier version wrote it: it opens as long as its layout is read, and is written
//! again as it was.
//!
//! A scan that is stopped before its first request reads the file, reports it and writes it. Nothing is sent.

use std::collections::BTreeMap;
use std::fs;

use blobfreight::azure::Azure;
use blobfreight::azure::credentials::AccountAccess;
use blobfreight::plan::count::TierBytes;
use blobfreight::plan::{DriveLoad, LargeBlob, SizeClass};
use blobfreight::scan::{BlobSource, CountReport, FindingCount, FindingKind, ScanControl, ScanOptions, run};
use blobfreight::select::Rule;
use serde_json::Value;
use tokio::sync::watch;

const ENDPOINT: &str = "https://contosomedia.blob.core.windows.net";

/// Every field has a value of its own, so that a field read into the place of another shows.
const LAYOUT_5: &str = include_str!("checkpoints/golden/layout5.json");

/// Its pages were counted without a look at the tiers from which reading is charged.
const LAYOUT_4: &str = include_str!("checkpoints/golden/layout4.json");

/// Its pages were counted without a look at the kind of the blobs.
const LAYOUT_3: &str = include_str!("checkpoints/golden/layout3.json");

/// The rules of the file, in its order.
fn rules() -> Vec<Rule> {
    let time = "2026-11-20T10:00:00.0000000Z".to_owned();
    vec![
        Rule::Prefix("/films/".into()),
        Rule::Blob { path: "photos/one.jpg".into(), snapshots: true },
        Rule::Snapshot { path: "photos/two.jpg".into(), time },
        Rule::Prefix("/boo".into()),
    ]
}

/// Opens a checkpoint; returns the report of it and the file as it is written again.
async fn open(text: &str) -> (CountReport, Value) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.json");
    fs::write(&path, text).unwrap();
    let access = AccountAccess::from_env(Some(ENDPOINT), |name| {
        (name == "AZURE_STORAGE_KEY").then(|| "bm90IGEga2V5IGZvciBhbnl0aGluZw==".to_owned())
    });
    let source = BlobSource::new(ENDPOINT, Azure::for_account(access.unwrap())).unwrap();
    let (_sender, control) = watch::channel(ScanControl::Stop);
    let options =
        ScanOptions { checkpoint: Some(path.clone()), resume: true, control: Some(control), ..ScanOptions::default() };
    let report = run(&source, &rules(), &options, |_| {}).await.unwrap();
    assert_eq!(report.requests, 0);
    (report, serde_json::from_slice(&fs::read(&path).unwrap()).unwrap())
}

fn load() -> DriveLoad {
    let snapshot = Some("2026-11-20T10:00:00.0000000Z".to_owned());
    DriveLoad {
        classes: vec![
            SizeClass { count: 3, ..SizeClass::default() },
            SizeClass { bits: 13, count: 11, bytes: 70_000, clusters: 22, ranges: 12, largest: 8191 },
        ],
        large: vec![
            LargeBlob { size: 300_000_000, path: "films/a.mov".into(), snapshot: None },
            LargeBlob { size: 400_000_000, path: "films/b.mov".into(), snapshot },
        ],
    }
}

/// The findings of the first rule: the first kind once with 100 bytes, the second twice with 200, and so on.
fn findings() -> BTreeMap<FindingKind, FindingCount> {
    let kinds = [
        (FindingKind::Archived, "archived"),
        (FindingKind::Rehydrating, "rehydrating"),
        (FindingKind::CustomerKey, "customer_key"),
        (FindingKind::RefusedName, "refused_name"),
        (FindingKind::BesideFolder, "beside_folder"),
        (FindingKind::CaseTwins, "case_twins"),
        (FindingKind::AppendBlob, "append_blob"),
        (FindingKind::Leased, "leased"),
        (FindingKind::LongPath, "long_path"),
        (FindingKind::SoftDeleted, "soft_deleted"),
        (FindingKind::Changed, "changed"),
    ];
    let found = |(count, (kind, name)): (u64, (FindingKind, &str))| {
        (kind, FindingCount { count, bytes: count * 100, examples: vec![format!("films/{name}")] })
    };
    (1..).zip(kinds).map(found).collect()
}

#[tokio::test]
async fn a_checkpoint_of_layout_5_opens_and_is_written_again_as_it_was() {
    let (report, written) = open(LAYOUT_5).await;
    assert_eq!(report.began_anew, None);
    assert_eq!(written, serde_json::from_str::<Value>(LAYOUT_5).unwrap());
    let films = &report.rules[0];
    let totals = &films.totals;
    assert_eq!((totals.blobs, totals.snapshots, totals.bytes, totals.blocked), (15, 2, 700_070_000, 4));
    assert_eq!(totals.tiers, TierBytes { cool: 11, cold: 12 });
    assert_eq!((&totals.load, &totals.findings), (&load(), &findings()));
    let parts: Vec<_> = films.parts.iter().map(|part| (part.rule.text(), part.load.clone())).collect();
    assert_eq!(parts, [("/films/2025/".into(), load()), ("/films/2026/".into(), DriveLoad::default())]);
    let ended: Vec<_> = report.rules.iter().map(|rule| (rule.complete, rule.reused)).collect();
    assert_eq!(ended, [(false, false), (true, true), (true, true), (false, false)]);
    assert_eq!((report.since, report.twins_one_in), (Some(20_261_101_080_910), 4));
}

#[tokio::test]
async fn a_checkpoint_of_layout_3_or_4_is_counted_anew_because_it_knows_no_append_blobs_or_no_tiers() {
    for (layout, text) in [(3, LAYOUT_3), (4, LAYOUT_4)] {
        let (report, _) = open(text).await;
        let why = report.began_anew.unwrap();
        assert!(why.contains(&format!("layout {layout}, not 5")), "{why}");
        assert!(report.rules.iter().all(|rule| !rule.complete && !rule.reused && rule.totals.blobs == 0));
    }
}
