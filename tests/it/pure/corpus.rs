//! The seed corpus of the fuzz targets (`fuzz/corpus`), run through the same functions; and each seed with a byte changed or its end cut off.

#[path = "../../../fuzz/targets.rs"]
#[allow(unreachable_pub, reason = "the fuzz targets are programs of their own")]
mod targets;

use std::fs;
use std::panic;

use crate::support::arrow_pages::{ColumnForms, ListedRow, TextForm, page};
use crate::support::sources::root;

/// Changes of each seed.
const CHANGES: u64 = 60;
/// Seeds of at least this many bytes are changed a few times only: they take long.
const LARGE: usize = 4_096;

fn run(target: &str, check: fn(&[u8])) {
    run_seeds(target, seeds(&format!("fuzz/corpus/{target}")), check);
}

/// The files of a folder.
fn seeds(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<_> = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
}

/// Runs seeds, and each with bytes changed and its end cut off.
fn run_seeds(target: &str, seeds: Vec<(String, Vec<u8>)>, check: fn(&[u8])) {
    assert!(seeds.len() > 4, "the corpus of {target} is not there");
    let mut random = fastrand::Rng::with_seed(11);
    for (name, bytes) in seeds {
        check(&bytes);
        let times = if bytes.len() < LARGE { CHANGES } else { CHANGES / 6 };
        for _ in 0..times {
            let mut changed = bytes.clone();
            for _ in 0..random.usize(1..4) {
                if let Some(at) = (!changed.is_empty()).then(|| random.usize(..changed.len())) {
                    let any = random.u8(..);
                    changed[at] = random.choice([b'<', b'>', b'"', b'&', 0, 0xff, b'/', b'{', any]).unwrap();
                }
            }
            changed.truncate(random.usize(changed.len() / 2..=changed.len()));
            let told = panic::catch_unwind(|| check(&changed));
            assert!(told.is_ok(), "{target} fails on a change of {name}: {changed:?}");
        }
    }
}

#[test]
fn manifests() {
    run("manifest", targets::manifest);
}

#[test]
fn logs() {
    run("log", targets::log);
}

#[test]
fn lists() {
    run("list", targets::list);
}

#[test]
fn pages() {
    run("page", targets::page);
}

#[test]
fn pages_in_arrow() {
    run_seeds("arrow", arrow_seeds(), targets::arrow);
}

#[test]
fn drafts() {
    let all = [seeds("fuzz/corpus/draft"), seeds("tests/it/pure/drafts/golden")].concat();
    run_seeds("draft", all, targets::draft);
}

#[test]
fn configurations() {
    run("config", targets::config);
}

/// A page in each form that its columns may have, as Apache's own crates write it.
fn arrow_seeds() -> Vec<(String, Vec<u8>)> {
    let row = |number: u64| ListedRow {
        name: format!("films/{number}.mov"),
        folder: number == 5,
        snapshot: (number == 1).then(|| "2026-11-20T10:00:00.0000000Z".into()),
        version: (number == 2).then(|| "2026-11-20T10:00:00.0000000Z".into()),
        current: number == 2,
        deleted: number == 3,
        size: Some(number * 1_000),
        modified: Some(1_790_000_000),
        texts: vec![("BlobType", "BlockBlob".into()), ("AccessTier", "Hot".into())],
        metadata: vec![("owner".into(), "ada".into())],
    };
    let rows: Vec<ListedRow> = (0..6).map(row).collect();
    let plain = ColumnForms::default();
    let forms = [
        ("plain", plain),
        ("large", ColumnForms { names: TextForm::Large, texts: TextForm::Large, ..plain }),
        ("view", ColumnForms { names: TextForm::View, texts: TextForm::View, ..plain }),
        (
            "dictionary",
            ColumnForms { names: TextForm::Dictionary(1), texts: TextForm::Dictionary(4), delta: true, ..plain },
        ),
        ("reversed", ColumnForms { reversed: true, with_empty: true, signed: false, bits: 32, ..plain }),
    ];
    forms.into_iter().map(|(name, forms)| (name.to_owned(), page(&rows, &[3, 3], Some("marker"), &forms))).collect()
}

#[test]
#[ignore = "it writes fuzz/corpus/arrow for the fuzzer"]
fn the_fuzzer_gets_seeds_in_arrow() {
    let folder = root().join("fuzz/corpus/arrow");
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in arrow_seeds() {
        fs::write(folder.join(name), bytes).unwrap();
    }
}
