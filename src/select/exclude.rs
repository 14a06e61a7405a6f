//! Excludes rows from a prefix that selects them: which listings that needs, and the fewest rules that keep all the rest. It
//! reads complete listings; `tree` and the steps make them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Cancelled, Change, ListingKey, Rule, Selection, Target, complement};

/// Complete listings by their key.
#[derive(Clone, Debug, Default)]
pub struct Listings<'a> {
    names: BTreeMap<ListingKey, Vec<Cow<'a, str>>>,
}

impl<'a> Listings<'a> {
    /// Adds a listing that is complete, its names in any order. For `/` these are container names. Below, names have no path
    /// in front, folders end in `/`, and the blob that is named like its own folder is an empty text. Snapshots are their
    /// times, verbatim.
    pub fn add(&mut self, key: ListingKey, names: impl IntoIterator<Item = &'a str>) {
        let of_account = key == ListingKey::Names("/".to_owned());
        let with_slash = |name: &'a str| {
            if of_account && !name.ends_with('/') { Cow::Owned(format!("{name}/")) } else { Cow::Borrowed(name) }
        };
        let mut names: Vec<Cow<'a, str>> = names.into_iter().map(with_slash).collect();
        names.sort_unstable();
        names.dedup();
        self.names.insert(key, names);
    }

    fn get(&self, key: ListingKey) -> Result<&[Cow<'a, str>], UncheckError> {
        self.names.get(&key).map(Vec::as_slice).ok_or(UncheckError::Missing(key))
    }
}

/// The reason why rows were not unchecked. The selection is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UncheckError {
    /// A listing is not complete.
    #[error("{0:?} must be listed to the end before something in it can be unchecked")]
    Missing(ListingKey),
    /// The person cancelled it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A row to exclude: its text `/container/name`, and whether it stands for everything that begins so.
type ExcludedRow = (String, bool);

impl Selection {
    /// The listings that must be complete before these rows can be unchecked, parents first.
    pub fn needed_listings(&self, targets: &[Target]) -> Vec<ListingKey> {
        let mut keys = BTreeSet::new();
        for target in targets {
            let text = target.text();
            let prefix = self.covering_prefix(&text);
            if let Some(prefix) = prefix {
                let listings = listings_between(prefix, &text, target.is_prefix());
                keys.extend(listings.map(|listing| ListingKey::Names(listing.to_owned())));
            }
            let path = text.strip_prefix('/').unwrap_or(&text);
            if matches!(target, Target::Snapshot { .. }) && (prefix.is_some() || self.blobs_with_snapshots(path)) {
                keys.insert(ListingKey::Snapshots(path.to_owned()));
            }
        }
        keys.into_iter().collect()
    }

    /// The change that unchecks rows, whichever rules select them, and keeps everything else in the listings with as few rules
    /// as prefixes allow. [`Self::make`] makes the change.
    ///
    /// # Errors
    /// [`UncheckError::Missing`] for a listing of [`Self::needed_listings`] that `listings` does not hold; [`UncheckError::Cancelled`].
    pub fn uncheck(
        &self,
        targets: &[Target],
        listings: &Listings<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Change, UncheckError> {
        self.exclude(targets, None, listings, cancelled)
    }

    /// The change that excludes the snapshots of a blob from a prefix, and keeps the blob.
    ///
    /// # Errors
    /// As [`Self::uncheck`].
    pub fn without_snapshots(
        &self,
        target: &Target,
        listings: &Listings<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Change, UncheckError> {
        let Target::Blob { container, name } = target else { return Ok(Change::default()) };
        let kept = Rule::Blob { path: format!("{container}/{name}"), snapshots: false };
        self.exclude(std::slice::from_ref(target), Some(kept), listings, cancelled)
    }

    fn exclude(
        &self,
        targets: &[Target],
        kept: Option<Rule>,
        listings: &Listings<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Change, UncheckError> {
        let mut removed = Vec::new();
        let mut excluded: BTreeMap<String, BTreeSet<ExcludedRow>> = BTreeMap::new();
        for target in targets {
            let text = target.text();
            removed.extend(self.covering_prefixes(&text).into_iter().map(|prefix| Rule::Prefix(prefix.to_owned())));
            removed.extend(self.own_rules(target));
            if let Some(prefix) = self.covering_prefix(&text) {
                excluded.entry(prefix.to_owned()).or_default().insert((text, target.is_prefix()));
            }
        }
        let mut added: Vec<Rule> = kept.into_iter().collect();
        for (prefix, rows) in &excluded {
            if targets.iter().any(|target| target.is_prefix() && prefix.starts_with(&target.text())) {
                continue; // the target takes all of this prefix with it: nothing of it is kept
            }
            let rows: Vec<&ExcludedRow> = rows.iter().collect();
            added.extend(exclude_names(prefix, listing_of(prefix), &rows, listings, cancelled)?);
        }
        added.extend(self.snapshots_to_keep(targets, listings)?);
        for rule in &added {
            if let Rule::Prefix(prefix) = rule {
                removed.extend(self.rules_inside(prefix));
            }
        }
        Ok(Change { removed, added })
    }

    /// For unchecked snapshots of a blob that is selected with all of them: the blob without snapshots, and each other snapshot.
    fn snapshots_to_keep(&self, targets: &[Target], listings: &Listings<'_>) -> Result<Vec<Rule>, UncheckError> {
        let mut excluded: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for target in targets {
            let Target::Snapshot { container, name, time } = target else { continue };
            let blob = Target::Blob { container: container.clone(), name: name.clone() };
            let path = format!("{container}/{name}");
            let has_all = self.covering_prefix(&blob.text()).is_some() || self.blobs_with_snapshots(&path);
            let blob_stays = !targets.iter().any(|other| *other == blob || other.is_prefix() && holds(other, &blob));
            if has_all && blob_stays {
                excluded.entry(path).or_default().insert(time);
            }
        }
        let mut rules = Vec::new();
        for (path, times) in excluded {
            for time in listings.get(ListingKey::Snapshots(path.clone()))? {
                if !times.contains(time.as_ref()) {
                    rules.push(Rule::Snapshot { path: path.clone(), time: time.clone().into_owned() });
                }
            }
            rules.push(Rule::Blob { path, snapshots: false });
        }
        Ok(rules)
    }

    fn blobs_with_snapshots(&self, path: &str) -> bool {
        self.contains(&Rule::Blob { path: path.to_owned(), snapshots: true })
    }
}

/// Whether a container or folder holds a blob.
fn holds(parent: &Target, blob: &Target) -> bool {
    blob.text().starts_with(&parent.text())
}

/// The listing that shows the names a prefix selects: the prefix up to its last `/`, e.g. `/c/a/` for `/c/a/b`.
fn listing_of(prefix: &str) -> &str {
    prefix.rfind('/').and_then(|slash| prefix.get(..=slash)).unwrap_or_default()
}

/// The listings from that of a prefix rule down to the one that shows a row.
fn listings_between<'t>(prefix: &str, row: &'t str, is_prefix: bool) -> impl Iterator<Item = &'t str> {
    let first = listing_of(prefix).len();
    let ends = row.match_indices('/').map(|(slash, _)| slash + 1);
    let ends = ends.filter(move |end| *end >= first && !(is_prefix && *end == row.len()));
    ends.filter_map(|end| row.get(..end))
}

/// The rules that keep everything under `prefix` except `rows`. Each row begins with `prefix`. `listing` is the first listing to read.
///
/// Example: the rule `/c/` is left, `/c/a/2.jpg` is excluded, and `c` holds `a/` and `b`. The listing `/c/` gives the rule
/// `/c/b`, and the rules that keep the rest of `/c/a/` follow from its own listing.
fn exclude_names(
    prefix: &str,
    listing: &str,
    rows: &[&ExcludedRow],
    listings: &Listings<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Rule>, UncheckError> {
    let mut rows_by_name: BTreeMap<&str, Vec<&ExcludedRow>> = BTreeMap::new();
    for row in rows {
        let rest = row.0.get(listing.len()..).unwrap_or_default();
        rows_by_name.entry(rest.split_inclusive('/').next().unwrap_or_default()).or_default().push(row);
    }
    let start = prefix.get(listing.len()..).unwrap_or_default();
    let names = listings.get(ListingKey::Names(listing.to_owned()))?;
    let siblings: Vec<&str> = names.iter().map(AsRef::as_ref).filter(|name| name.starts_with(start)).collect();
    let excluded: Vec<&str> = rows_by_name.keys().copied().collect();
    let mut rules = complement(listing, &siblings, &excluded, cancelled)?;
    for (name, rows) in rows_by_name {
        let child = format!("{listing}{name}");
        let is_whole_child = |(text, is_prefix): &ExcludedRow| *text == child && (*is_prefix || !name.ends_with('/'));
        if !rows.iter().any(|row| is_whole_child(row)) {
            rules.extend(exclude_names(&child, &child, &rows, listings, cancelled)?);
        }
    }
    Ok(rules)
}
