//! Sizes, figures and advice by example; packing against an exhaustive packer is `tests/plan_properties.rs`.

use super::count::{CountTotals, RuleReport, RuleStatus};
use super::*;
use crate::select::Rule;

const TB: u64 = 1_000_000_000_000;

fn load(sizes: &[u64]) -> DriveLoad {
    let blob = |(at, size): (usize, &u64)| LargeBlob { size: *size, path: format!("c/{at}"), snapshot: None };
    DriveLoad { large: sizes.iter().enumerate().map(blob).collect(), ..DriveLoad::default() }
}

fn buy(text: &str) -> Purchase {
    Purchase::parse(text).unwrap()
}

#[test]
fn sizes_are_read_as_people_write_them() {
    for (text, bytes) in [
        ("4TB", 4 * TB),
        (" 4 tb ", 4 * TB),
        ("1.5TB", 1_500_000_000_000),
        ("1,5 TB", 1_500_000_000_000),
        ("500GB", 500_000_000_000),
        ("3.64 TiB", 4_002_222_325_104),
        ("8TiB", 8 << 40),
        ("4.000 TB", 4 * TB),
        ("0.500 TB", 500_000_000_000),
        ("4,000.5 GB", 4_000_500_000_000),
        ("4 000 GB", 4 * TB),
        ("4'000 GB", 4 * TB),
        ("4.000.000 MB", 4 * TB),
        ("4,000,787,030,016 bytes", 4_000_787_030_016),
    ] {
        assert_eq!(buy(text), Purchase::of(DriveSize { bytes, label: text.trim().to_owned() }), "{text}");
    }
    let mixed = buy("1x4TB + 2 × 8TB");
    assert_eq!(mixed.given.iter().map(|drive| drive.bytes).collect::<Vec<_>>(), [8 * TB, 8 * TB, 4 * TB]);
    assert_eq!(buy("8TB, 4TB").given.len(), 2);
    assert_eq!(buy("3*8TB").given.len(), 3);
    for text in ["8TB x 2", "8TBx2", "8 TB × 2", "2 x 8 TB", "8TB*2"] {
        assert_eq!(buy(text).given.iter().map(|drive| drive.bytes).collect::<Vec<_>>(), [8 * TB, 8 * TB], "{text}");
    }
    let printed = buy("User Capacity:    4,000,787,030,016 bytes [4.00 TB]");
    assert_eq!((printed.more.bytes, printed.more.label.as_str()), (4_000_787_030_016, "4,000,787,030,016 bytes"));
    assert_eq!(buy(&buy("4,000,787,030,016 bytes [4.00 TB] x 3").to_string()).given.len(), 3, "read as it is shown");
}

#[test]
fn a_size_that_can_be_meant_in_two_ways_is_asked_about_with_both() {
    for (text, fraction, thousands) in
        [("4,000 GB", "4GB", "4000GB"), ("4.000 GB", "4GB", "4000GB"), ("1,000 TB", "1TB", "1000TB")]
    {
        let words = Purchase::parse(text).unwrap_err().to_string();
        assert!(words.ends_with(&format!("write {fraction} or {thousands}")), "{words}");
        assert_ne!(buy(fraction).largest(), buy(thousands).largest());
    }
    assert_eq!(buy("1,500 GB").largest(), 1_500_000_000_000, "1.5 GB is no drive");
}

#[test]
fn a_size_that_cannot_be_read_is_named_in_one_sentence() {
    for (text, part) in [
        ("", "no drive size is given"),
        ("4", "`4` has no unit"),
        ("4T", "`4T` does not end in a unit"),
        ("4XB", "`4XB` does not end in a unit"),
        ("TB", "`TB` is not a size"),
        ("1.2.3TB", "`1.2.3TB` is not a size"),
        ("0x4TB", "asks for no drive"),
        ("2x", "no drive size is given"),
        ("4TB +", "no drive size is given"),
        ("1MB", "outside the sizes"),
        ("99999PB", "outside the sizes"),
        ("99999999999999999999TB", "is not a size"),
    ] {
        let error = Purchase::parse(text).unwrap_err().to_string();
        assert!(error.contains(part), "{text:?} gave {error:?}");
    }
}

#[test]
fn a_blob_costs_its_clusters_its_side_files_and_its_place_in_the_manifest() {
    let overheads = Overheads::default();
    assert_eq!(overheads.item(1), 4096 + 8192 + 6144 + 600 + 130);
    assert_eq!(overheads.usable(4 * TB), 3_800_000_000_000 - (1 << 30));
    let mut sums = DriveLoad::default();
    for size in [0, 1, 4096, 4097, 5 << 20] {
        sums.add_small(size);
    }
    let one_by_one: u64 = [0, 1, 4096, 4097, 5 << 20].iter().map(|size| overheads.item(*size)).sum();
    assert_eq!(sums.needed(&overheads), one_by_one);
}

#[test]
fn blobs_larger_than_the_largest_drive_are_listed_and_not_packed() {
    let plan = pack(&load(&[5 * TB, 3 * TB, TB]), &buy("4TB"), &Overheads::default());
    assert_eq!(plan.too_large.iter().map(|blob| blob.path.as_str()).collect::<Vec<_>>(), ["c/0"]);
    assert_eq!((plan.count(), plan.blobs(), plan.at_least), (2, 2, 2));
}

#[test]
fn given_drives_are_used_first_and_more_of_the_largest_are_asked_for() {
    let plan = pack(&load(&[7 * TB, 7 * TB, 3 * TB, 7 * TB]), &buy("2x8TB + 1x4TB"), &Overheads::default());
    assert_eq!(plan.drives.iter().filter(|fill| fill.extra).count(), 1);
    assert_eq!((plan.count(), plan.unused), (4, 0));
    let roomy = pack(&load(&[TB]), &buy("2x8TB + 1x4TB"), &Overheads::default());
    assert_eq!((roomy.count(), roomy.unused), (1, 2));
}

#[test]
fn a_million_small_blobs_are_packed_by_their_sums() {
    let mut sums = DriveLoad::default();
    (0..1_000_000).for_each(|_| sums.add_small(10 << 20));
    let plan = pack(&sums, &buy("4TB"), &Overheads::default());
    assert_eq!(plan.blobs(), 1_000_000);
    assert_eq!((plan.count(), plan.at_least), (3, 3));
    assert!(plan.drives.iter().all(|fill| fill.occupied <= fill.usable));
}

#[test]
fn a_nearly_full_last_drive_calls_for_a_spare() {
    let nearly = pack(&load(&[3_600_000_000_000]), &buy("4TB"), &Overheads::default());
    assert!(spare(&nearly).unwrap().contains("ship one spare 4TB drive"));
    assert_eq!(spare(&pack(&load(&[TB]), &buy("4TB"), &Overheads::default())), None);
    assert_eq!(spare(&DrivePlan::default()), None);
}

#[test]
fn other_sizes_stand_side_by_side() {
    let found = alternatives(&load(&[7 * TB, 3 * TB, 3 * TB]), &Overheads::default());
    let rows: Vec<(&str, usize, u64)> =
        found.iter().map(|other| (other.drive.label.as_str(), other.drives, other.too_large)).collect();
    assert_eq!(rows, [("4TB", 2, 1), ("8TB", 2, 0), ("16TB", 1, 0)]);
}

fn part(rule: &str, sizes: &[u64]) -> Part {
    Part { rule: Rule::Prefix(rule.into()), load: load(sizes) }
}

fn counted(rule: &str, sizes: &[u64], parts: Vec<Part>) -> RuleReport {
    let Part { rule, load } = part(rule, sizes);
    RuleReport {
        rule,
        standing: RuleStatus::Counted,
        totals: CountTotals { load, ..CountTotals::default() },
        complete: true,
        reused: false,
        problem: None,
        parts,
    }
}

fn elsewhere(rule: &str, of: usize) -> RuleReport {
    RuleReport { standing: RuleStatus::Inside { of }, ..counted(rule, &[], Vec::new()) }
}

/// Rules of each job, as text.
fn texts(jobs: &[JobShare]) -> Vec<Vec<String>> {
    jobs.iter().map(|job| job.rules.iter().map(Rule::text).collect()).collect()
}

#[test]
fn w40_more_than_ten_drives_become_jobs_by_rules() {
    let parts: Vec<Part> = (0..9).map(|at| part(&format!("/{at}/"), &[3 * TB, 3 * TB, 3 * TB])).collect();
    let shares = jobs(&parts, &buy("4TB"), &Overheads::default());
    assert_eq!(shares.iter().map(|job| (job.rules.len(), job.plan.count())).collect::<Vec<_>>(), [(3, 9); 3]);
    let huge = jobs(&[part("/huge/", &[3 * TB; 13])], &buy("4TB"), &Overheads::default());
    assert_eq!((huge.len(), huge[0].over()), (1, 3));
}

#[test]
fn w40_a_rule_too_big_for_a_job_is_replaced_by_its_parts_and_others_stay_whole() {
    let parts = vec![part("/big/a/", &[3 * TB; 7]), part("/big/b/", &[3 * TB; 8])];
    let rules = [
        counted("/big/", &[3 * TB; 15], parts),
        counted("/small/", &[3 * TB; 3], vec![part("/small/a/", &[3 * TB; 2]), part("/small/b/", &[3 * TB])]),
        counted("/nothing/", &[], Vec::new()),
    ];
    let split = split(&rules, &buy("4TB"), &Overheads::default());
    assert_eq!(split.cut, [Rule::Prefix("/big/".into())]);
    assert_eq!(texts(&split.jobs), [vec!["/big/b/", "/nothing/"], vec!["/big/a/", "/small/"]]);
    assert_eq!(split.jobs.iter().map(|job| job.plan.count()).collect::<Vec<_>>(), [8, 10]);
}

#[test]
fn what_a_wider_rule_takes_already_goes_along_with_it_and_is_in_no_second_job() {
    let parts = vec![part("/big/a/", &[3 * TB; 7]), part("/big/ab/", &[3 * TB; 8])];
    let rules = [
        counted("/big/", &[3 * TB; 15], parts),
        elsewhere("/big/a/deep/", 0),
        elsewhere("/big/a", 0),
        elsewhere("/big/later/", 0),
        counted("/small/", &[3 * TB], Vec::new()),
        elsewhere("/small/x/", 4),
    ];
    let split = split(&rules, &buy("4TB"), &Overheads::default());
    // `/big/a` is in both parts and would take blobs of one job into the other.
    let wanted = [vec!["/big/ab/", "/big/later/", "/small/", "/small/x/"], vec!["/big/a/", "/big/a/deep/"]];
    assert_eq!(texts(&split.jobs), wanted);
}

#[test]
fn drives_there_are_dealt_out_over_the_jobs() {
    let parts = [part("/a/", &[3 * TB; 8]), part("/b/", &[3 * TB; 7])];
    let shares = jobs(&parts, &buy("9x4TB"), &Overheads::default());
    assert_eq!(shares.iter().map(|job| job.purchase.to_string()).collect::<Vec<_>>(), ["8x4TB", "1x4TB"]);
    assert_eq!(shares[1].plan.drives.iter().filter(|fill| fill.extra).count(), 6);
    let shares = jobs(&parts, &buy("4TB"), &Overheads::default());
    assert_eq!(shares.iter().map(|job| job.purchase.to_string()).collect::<Vec<_>>(), ["4TB", "4TB"]);
}

#[test]
fn drives_are_written_as_they_are_read() {
    for text in ["4TB", "3.64 TiB", "2x8TB + 1x4TB", "1x8TB"] {
        assert_eq!(buy(text).to_string(), text);
        assert_eq!(buy(&buy(text).to_string()), buy(text));
    }
}

#[test]
fn sizes_are_shown_in_the_bands_in_use() {
    let mut sums = load(&[3 << 30]);
    for size in [0, 5, (1 << 20) - 1, 1 << 20, 300 << 20] {
        sums.add_small(size);
    }
    let bands: Vec<(String, u64, u64)> =
        sums.bands().iter().map(|band| (band.words(), band.count, band.bytes)).collect();
    let of = |words: &str, count, bytes| (words.to_owned(), count, bytes);
    assert_eq!(
        bands,
        [
            of("below 1 MiB", 3, (1 << 20) + 4),
            of("below 16 MiB", 1, 1 << 20),
            of("below 256 MiB", 0, 0),
            of("below 4 GiB", 2, (300 << 20) + (3 << 30)),
        ]
    );
    assert_eq!(load(&[2 << 40]).bands()[0].words(), "1 TiB and more");
    assert!(DriveLoad::default().bands().is_empty());
}
