//! The sample account's content, made from the rules in `assets/rehearsal/account.toml`; the same at every start.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::super::asset::read_asset;
use super::super::clock::seven_digits;
use super::super::directory::DirectoryAccount;
use super::super::response::hash;
use super::content::{BlobStore, StoredBlob, StoredContainer};

const ASSET: &str = include_str!("../../../assets/rehearsal/account.toml");
/// All dates of generated content lie in the years before 2026-01-01.
const NEWEST: Timestamp = Timestamp::constant(1_767_225_600, 0);

#[derive(Deserialize)]
struct SampleFile {
    container: Vec<SampleContainer>,
}

#[derive(Deserialize)]
struct SampleContainer {
    name: String,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    sets: Vec<SampleBlobs>,
}

/// A set of blobs that have a rule in common.
#[derive(Deserialize)]
struct SampleBlobs {
    path: String,
    #[serde(default)]
    each: Vec<String>,
    #[serde(default)]
    count: u32,
    bytes: [u64; 2],
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    tier: Option<String>,
    #[serde(default)]
    snapshots: u32,
    #[serde(default)]
    versions: u32,
    #[serde(default)]
    deleted: bool,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

/// The blobs an account has at the start.
///
/// # Errors
/// Says what is wrong when the built-in description is broken.
pub(crate) fn store_of(account: &DirectoryAccount) -> Result<BlobStore, String> {
    if account.sample { sample_store() } else { Ok(small_store(account)) }
}

fn sample_store() -> Result<BlobStore, String> {
    let description: SampleFile = read_asset("account.toml", ASSET)?;
    let mut store = BlobStore::default();
    for holder in description.container {
        let mut container = empty(holder.metadata);
        for set in &holder.sets {
            for name in names(set) {
                grow(&mut container, set, &format!("{}/{name}", holder.name), &name);
            }
        }
        store.containers.insert(holder.name, container);
    }
    Ok(store)
}

fn empty(metadata: BTreeMap<String, String>) -> StoredContainer {
    StoredContainer { metadata, modified: NEWEST, blobs: BTreeMap::new(), staged: BTreeMap::new(), made_here: false }
}

fn names(set: &SampleBlobs) -> Vec<String> {
    let each = if set.each.is_empty() { vec![String::new()] } else { set.each.clone() };
    let numbered = |text: &str| -> Vec<String> {
        if set.count == 0 {
            return vec![text.to_owned()];
        }
        (1..=set.count).map(|n| text.replace("{n}", &format!("{n:04}"))).collect()
    };
    each.iter().flat_map(|e| numbered(&set.path.replace("{each}", e))).collect()
}

fn grow(container: &mut StoredContainer, set: &SampleBlobs, seed: &str, name: &str) {
    let h = hash(seed);
    let length = set.bytes[0] + h % (set.bytes[1].saturating_sub(set.bytes[0])).max(1);
    let modified = NEWEST
        .checked_sub(SignedDuration::from_secs(i64::try_from(h % 60_000_000).unwrap_or(0) + 864_000))
        .unwrap_or(NEWEST);
    let mut item = StoredBlob::generated(seed, length, modified);
    item.metadata.clone_from(&set.metadata);
    if let Some(tier) = &set.tier {
        item.tier = Some(tier.clone());
        item.tier_inferred = false;
    }
    if let Some(kind) = &set.kind {
        item.kind.clone_from(kind);
        item.tier = None;
        item.tier_inferred = false;
    }
    item.deleted = set.deleted;
    if set.versions > 0 {
        item.version = Some(seven_digits(modified));
    }
    let old = |n: u32, after: i64| {
        let back = i64::from(n) * 86_400 + i64::try_from(h % 40_000).unwrap_or(0) - after;
        let at = modified.checked_sub(SignedDuration::from_secs(back)).unwrap_or(modified);
        let fraction = i64::try_from(hash(&format!("{seed}{n}")) % 9_999_999).unwrap_or(0) * 100;
        let at = at.checked_add(SignedDuration::from_nanos(fraction)).unwrap_or(at);
        let length = if item.kind == "PageBlob" { length } else { length - length / 50 * u64::from(n.min(10)) };
        (StoredBlob { modified: at, length, version: None, ..item.clone() }, seven_digits(at))
    };
    let version = |n: u32| {
        let (item, at) = old(n, 0);
        StoredBlob { version: Some(at), current: false, ..item }
    };
    // Where there are versions as well, a snapshot is of one of them and taken an hour later.
    let snapshot = |n: u32| {
        let (item, at) = old(n, if set.versions > 0 { 3_600 } else { 0 });
        StoredBlob { snapshot: Some(at), ..item }
    };
    let mut older: Vec<StoredBlob> = (1..=set.versions).map(version).chain((1..=set.snapshots).map(snapshot)).collect();
    older.sort_by_key(|item| item.modified);
    older.push(item);
    container.blobs.insert(name.to_owned(), older);
}

/// The blobs of every other account: a few dozen blobs, with directories where the namespace is hierarchical.
fn small_store(account: &DirectoryAccount) -> BlobStore {
    let mut container = empty(BTreeMap::new());
    for folder in ["2023", "2024/autumn", "2024/spring"] {
        for n in 1..=12 {
            let name = format!("{folder}/record-{n:03}.csv");
            let seed = format!("{} {name}", account.name);
            let modified = NEWEST
                .checked_sub(SignedDuration::from_hours(i64::try_from(hash(&seed) % 9_000).unwrap_or(0)))
                .unwrap_or(NEWEST);
            container
                .blobs
                .insert(name, vec![StoredBlob::generated(&seed, 1_000_000 + hash(&seed) % 90_000_000, modified)]);
        }
    }
    if account.hns {
        for folder in ["2023", "2024", "2024/autumn", "2024/spring", "2024/winter", "2025"] {
            container.blobs.insert(folder.to_owned(), vec![directory(folder)]);
        }
        drop_some(&mut container, &account.name);
    }
    BlobStore { containers: BTreeMap::from([("records".to_owned(), container)]) }
}

fn directory(name: &str) -> StoredBlob {
    let mut item = StoredBlob::generated(name, 0, NEWEST);
    item.directory = true;
    item.metadata.insert("hdi_isfolder".to_owned(), "true".to_owned());
    item
}

/// What was soft-deleted: a directory, files beside others, all files of a directory, and one that was written again.
fn drop_some(container: &mut StoredContainer, account: &str) {
    for name in
        ["2023/record-013.csv", "2024/spring/record-001.csv", "2024/winter/draft-1.csv", "2024/winter/draft-2.csv"]
    {
        let item =
            StoredBlob { deleted: true, ..StoredBlob::generated(&format!("{account} {name} before"), 700_000, NEWEST) };
        container.blobs.entry(name.to_owned()).or_default().insert(0, item);
    }
    container.blobs.insert("2022".to_owned(), vec![StoredBlob { deleted: true, ..directory("2022") }]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_account_is_large_varied_and_the_same_every_time() {
        let (a, b) = (sample_store().unwrap(), sample_store().unwrap());
        let all: Vec<&StoredBlob> = a.containers.values().flat_map(|c| c.blobs.values().flatten()).collect();
        assert!(all.len() > 3_000, "{}", all.len());
        let bytes: u64 = all.iter().filter(|i| i.exportable()).map(|i| i.length).sum();
        assert!((20_000_000_000_000..90_000_000_000_000).contains(&bytes), "{bytes}");
        for kind in ["BlockBlob", "PageBlob", "AppendBlob"] {
            assert!(all.iter().any(|i| i.kind == kind), "{kind}");
        }
        assert!(
            all.iter().filter(|i| i.kind == "PageBlob").all(|i| i.length % 512 == 0),
            "page blobs have whole pages"
        );
        assert!(all.iter().any(|i| i.tier.as_deref() == Some("Archive")) && all.iter().any(|i| i.snapshot.is_some()));
        assert_eq!(format!("{a:?}"), format!("{b:?}"));
    }

    #[test]
    fn it_has_the_names_that_hurt() {
        let store = sample_store().unwrap();
        for path in [
            "lab/a",
            "lab/a/reel-0001.dpx.zip",
            "$root/robots.txt",
            "odd-names/case.txt",
            "odd-names/CON",
            "book/manuscript.docx",
            "books/catalogue-0001.pdf",
        ] {
            assert!(store.find(path).is_some(), "{path}");
        }
    }
}
