//! How long a complement among 200,000 siblings takes, and check marks with many rules.

use blobfreight::select::{ListingKey, Listings, Rule, Selection, Target, complement};

fn main() {
    divan::main();
}

/// 32 hexadecimal digits, the same on every machine, sorted.
fn names(count: u64) -> Vec<String> {
    let mix = |value: u64| (value ^ (value >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let mut names: Vec<String> = (0..count).map(|n| format!("{:016x}{:016x}", mix(mix(n + 1)), mix(n))).collect();
    names.sort_unstable();
    names
}

fn blob(name: &str) -> Target {
    Target::Blob { container: "photos".to_owned(), name: name.to_owned() }
}

#[divan::bench(args = [1, 10, 100, 1000])]
fn complement_among_200_000(bencher: divan::Bencher<'_, '_>, unchecked: usize) {
    let names = names(200_000);
    let siblings: Vec<&str> = names.iter().map(String::as_str).collect();
    let out: Vec<&str> = siblings.iter().step_by(siblings.len() / unchecked).copied().collect();
    bencher.bench(|| complement("/photos/", &siblings, &out, &|| false));
}

#[divan::bench]
fn uncheck_one_of_200_000(bencher: divan::Bencher<'_, '_>) {
    let names = names(200_000);
    bencher.bench(|| {
        let selection = Selection::from_rules([Rule::Prefix("/photos/".to_owned())]);
        let mut listings = Listings::default();
        listings.add(ListingKey::Names("/photos/".to_owned()), names.iter().map(String::as_str));
        selection.uncheck(&[blob(&names[77_777])], &listings, &|| false)
    });
}

#[divan::bench]
fn check_mark_with_200_000_rules(bencher: divan::Bencher<'_, '_>) {
    let names = names(200_000);
    let rule = |name: &String| Rule::Blob { path: format!("photos/{name}"), snapshots: true };
    let selection = Selection::from_rules(names.iter().map(rule));
    let row = blob(&names[123_456]);
    bencher.bench(|| selection.check(&row));
}
