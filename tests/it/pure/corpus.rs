//! The seed corpus of the fuzz targets (`fuzz/corpus`), run through the same functions; and each seed with a byte changed or its end cut off.

#[path = "../../../fuzz/targets.rs"]
#[allow(unreachable_pub, reason = "the fuzz targets are programs of their own")]
mod targets;

use std::fs;
use std::panic;

use crate::support::sources::root;

/// Changes of each seed.
const CHANGES: u64 = 60;

fn run(target: &str, check: fn(&[u8])) {
    let folder = root().join("fuzz/corpus").join(target);
    let mut seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    assert!(seeds.len() > 4, "the corpus of {target} is not there");
    let mut random = fastrand::Rng::with_seed(11);
    for seed in seeds {
        let bytes = fs::read(&seed).unwrap();
        check(&bytes);
        for _ in 0..CHANGES {
            let mut changed = bytes.clone();
            for _ in 0..random.usize(1..4) {
                if let Some(at) = (!changed.is_empty()).then(|| random.usize(..changed.len())) {
                    let any = random.u8(..);
                    changed[at] = random.choice([b'<', b'>', b'"', b'&', 0, 0xff, b'/', any]).unwrap();
                }
            }
            changed.truncate(random.usize(changed.len() / 2..=changed.len()));
            let told = panic::catch_unwind(|| check(&changed));
            assert!(told.is_ok(), "{target} fails on a change of {}: {changed:?}", seed.display());
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
