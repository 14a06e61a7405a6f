//! Packing against an exhaustive packer on small cases, and against its own proven bound on large ones.

use blobfreight::plan::{DRIVES_PER_JOB, DriveLoad, DriveSize, LargeBlob, Overheads, Part, Purchase, jobs, pack};
use blobfreight::select::Rule;
use proptest::prelude::*;

/// Overheads that leave sizes as they are, so that both packers see the same numbers.
const BARE: Overheads =
    Overheads { usable_percent: 100, volume: 0, side_file: 0, metadata_file: 0, manifest_blob: 0, manifest_range: 0 };

const CLUSTER: u64 = 4096;

fn one_by_one(sizes: &[u64]) -> DriveLoad {
    let blob =
        |(at, size): (usize, &u64)| LargeBlob { size: size * CLUSTER, path: format!("c/{at:03}"), snapshot: None };
    DriveLoad { large: sizes.iter().enumerate().map(blob).collect(), ..DriveLoad::default() }
}

fn endless(capacity: u64) -> Purchase {
    Purchase::of(DriveSize { bytes: capacity * CLUSTER, label: "test".into() })
}

/// The fewest drives, by trying every way to place each size on an open drive or a new one.
fn fewest(sizes: &[u64], capacity: u64) -> usize {
    fn go(sizes: &[u64], capacity: u64, drives: &mut Vec<u64>, best: &mut usize) {
        if drives.len() >= *best {
            return;
        }
        let Some((size, rest)) = sizes.split_first() else {
            *best = drives.len();
            return;
        };
        for at in 0..drives.len() {
            if drives[at] + size <= capacity {
                drives[at] += size;
                go(rest, capacity, drives, best);
                drives[at] -= size;
            }
        }
        drives.push(*size);
        go(rest, capacity, drives, best);
        drives.pop();
    }
    let mut best = sizes.len() + 1;
    go(sizes, capacity, &mut Vec::new(), &mut best);
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn small_cases_are_within_one_drive_of_the_exhaustive_answer(
        sizes in prop::collection::vec(1_u64..=60, 1..9), capacity in 60_u64..=100,
    ) {
        let plan = pack(&one_by_one(&sizes), &endless(capacity), &BARE);
        let best = fewest(&sizes, capacity);
        prop_assert!(plan.at_least <= best, "bound {} is not a bound, {} drives do", plan.at_least, best);
        prop_assert!(plan.count() <= best + 1, "{} drives, {} would do", plan.count(), best);
        prop_assert_eq!(plan.blobs(), sizes.len() as u64);
    }

    #[test]
    fn every_blob_is_on_one_drive_and_no_drive_overflows(
        sizes in prop::collection::vec(1_u64..=150, 0..80), capacity in 60_u64..=140, given in prop::collection::vec(30_u64..=140, 0..5),
    ) {
        let mut given: Vec<DriveSize> = given.into_iter().map(|n| DriveSize { bytes: n * CLUSTER, label: n.to_string() }).collect();
        given.sort_by_key(|drive| std::cmp::Reverse(drive.bytes));
        let more = given.first().cloned().unwrap_or(DriveSize { bytes: capacity * CLUSTER, label: "more".into() });
        let purchase = Purchase { given, more };
        let plan = pack(&one_by_one(&sizes), &purchase, &BARE);
        let mut placed: Vec<String> = plan.drives.iter().flat_map(|fill| fill.large.iter().map(|blob| blob.path.clone())).collect();
        placed.extend(plan.too_large.iter().map(|blob| blob.path.clone()));
        placed.sort();
        let all: Vec<String> = (0..sizes.len()).map(|at| format!("c/{at:03}")).collect();
        prop_assert_eq!(placed, all);
        for fill in &plan.drives {
            prop_assert!(fill.occupied <= fill.usable);
            prop_assert_eq!(fill.occupied, fill.large.iter().map(|blob| blob.size).sum::<u64>());
        }
        prop_assert!(plan.too_large.iter().all(|blob| blob.size > purchase.largest()));
        prop_assert!(plan.at_least <= plan.count());
    }

    #[test]
    fn many_blobs_with_small_ones_among_them_are_within_one_drive_of_the_bound(
        large in prop::collection::vec(1_000_u64..=50_000, 0..200), small in prop::collection::vec(0_u64..=200, 1_000..3_000),
    ) {
        let mut load = one_by_one(&large);
        for size in &small {
            load.add_small(size * CLUSTER);
        }
        let plan = pack(&load, &endless(100_000), &BARE);
        prop_assert_eq!(plan.blobs(), (large.len() + small.len()) as u64);
        prop_assert!(plan.count() <= plan.at_least + 1, "{} drives, at least {}", plan.count(), plan.at_least);
        prop_assert!(plan.drives.iter().all(|fill| fill.occupied <= fill.usable));
    }
}

/// A part of so many large blobs and as many small ones.
fn part(at: usize, sizes: &[u64], small: u64) -> Part {
    let mut load = one_by_one(sizes);
    for blob in &mut load.large {
        blob.path = format!("{at:03}/{}", blob.path);
    }
    (0..small).for_each(|_| load.add_small(CLUSTER * 50));
    Part { rule: Rule::Prefix(format!("/{at:03}/")), load }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn w40_every_part_is_in_one_job_and_no_job_takes_more_than_ten_drives(
        parts in prop::collection::vec((prop::collection::vec(1_000_u64..=120_000, 0..30), 0_u64..3_000), 1..30),
    ) {
        let parts: Vec<Part> = parts.iter().enumerate().map(|(at, (sizes, small))| part(at, sizes, *small)).collect();
        let purchase = endless(100_000);
        let shares = jobs(&parts, &purchase, &BARE);
        let mut placed: Vec<Rule> = shares.iter().flat_map(|share| share.rules.clone()).collect();
        placed.sort();
        let all: Vec<Rule> = parts.iter().map(|part| part.rule.clone()).collect();
        prop_assert_eq!(placed, all);
        let blobs: u64 = parts.iter().map(|part| part.load.count()).sum();
        prop_assert_eq!(shares.iter().map(|share| share.load.count()).sum::<u64>(), blobs);
        for share in &shares {
            prop_assert_eq!(&share.plan, &pack(&share.load, &purchase, &BARE));
            if share.over() > 0 {
                let filling = |rule: &&Rule| parts.iter().any(|part| part.rule == **rule && pack(&part.load, &purchase, &BARE).count() > 0);
                prop_assert_eq!(share.rules.iter().filter(filling).count(), 1, "a part too big for a job has one of its own");
                prop_assert_eq!(share.over(), share.plan.count() - DRIVES_PER_JOB);
            }
        }
    }

    #[test]
    fn w40_parts_of_at_most_a_drive_make_no_more_jobs_than_the_bound_and_one(
        parts in prop::collection::vec(0_u64..=1_900, 1..300),
    ) {
        let parts: Vec<Part> = parts.iter().enumerate().map(|(at, small)| part(at, &[], *small)).collect();
        let mut all = DriveLoad::default();
        for part in &parts {
            all.merge(&part.load);
        }
        let bound = pack(&all, &endless(100_000), &BARE).at_least.div_ceil(DRIVES_PER_JOB).max(1);
        let shares = jobs(&parts, &endless(100_000), &BARE);
        prop_assert!(shares.len() <= bound + 1, "{} jobs, at least {bound}", shares.len());
        prop_assert!(shares.iter().all(|share| share.over() == 0));
    }
}
