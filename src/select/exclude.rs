//! Taking rows out of what a prefix selects: which levels must be listed, and the minimal rules that keep all the rest.
//! The listing itself is done elsewhere; this reads complete levels only.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Cancelled, Change, ListingKey, Rule, Selection, Target, complement};

/// Complete listings by level.
#[derive(Clone, Debug, Default)]
pub struct Listings<'a> {
    levels: BTreeMap<ListingKey, Vec<Cow<'a, str>>>,
}

impl<'a> Listings<'a> {
    /// Adds a level that was listed to the end, in any order: container names for `/`; below, names without the level's
    /// own path, folders with their closing `/` and the blob that is named like the folder itself as an empty text; snapshot
    /// times, verbatim.
    pub fn add(&mut self, level: ListingKey, names: impl IntoIterator<Item = &'a str>) {
        let containers = level == ListingKey::Names("/".to_owned());
        let whole = |name: &'a str| {
            if containers && !name.ends_with('/') { Cow::Owned(format!("{name}/")) } else { Cow::Borrowed(name) }
        };
        let mut names: Vec<Cow<'a, str>> = names.into_iter().map(whole).collect();
        names.sort_unstable();
        names.dedup();
        self.levels.insert(level, names);
    }

    fn get(&self, level: ListingKey) -> Result<&[Cow<'a, str>], UncheckError> {
        self.levels.get(&level).map(Vec::as_slice).ok_or(UncheckError::Missing(level))
    }
}

/// Why rows could not be unchecked; the selection is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UncheckError {
    /// A level has not been listed to the end.
    #[error("{0:?} must be listed to the end before something in it can be unchecked")]
    Missing(ListingKey),
    /// The person gave it up.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// One row to take out: its text, and whether it stands for everything that begins so.
type ExcludedRow = (String, bool);

impl Selection {
    /// The levels that must be listed to the end before these rows can be unchecked, in no special order but parents first.
    pub fn needs(&self, targets: &[Target]) -> Vec<ListingKey> {
        let mut levels = BTreeSet::new();
        for target in targets {
            let text = target.text();
            let base = self.covering(&text);
            if let Some(base) = base {
                levels.extend(
                    levels_between(base, &text, target.is_prefix()).map(|level| ListingKey::Names(level.to_owned())),
                );
            }
            let path = text.strip_prefix('/').unwrap_or(&text);
            if matches!(target, Target::Snapshot { .. }) && (base.is_some() || self.blobs_with_snapshots(path)) {
                levels.insert(ListingKey::Snapshots(path.to_owned()));
            }
        }
        levels.into_iter().collect()
    }

    /// The change that unchecks rows wherever their selection comes from, and keeps everything else of the listed levels with
    /// as few rules as prefixes allow. [`Self::take`] makes it.
    ///
    /// # Errors
    /// [`UncheckError::Missing`] for a level of [`Self::needs`] that `listings` does not hold; [`UncheckError::Cancelled`].
    pub fn uncheck(
        &self,
        targets: &[Target],
        listings: &Listings<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Change, UncheckError> {
        self.carve(targets, None, listings, cancelled)
    }

    /// The change that takes the snapshots of a blob out of what a prefix selects, and keeps the blob.
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
        self.carve(std::slice::from_ref(target), Some(kept), listings, cancelled)
    }

    fn carve(
        &self,
        targets: &[Target],
        kept: Option<Rule>,
        listings: &Listings<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Change, UncheckError> {
        let mut removed = Vec::new();
        let mut bases: BTreeMap<String, BTreeSet<ExcludedRow>> = BTreeMap::new();
        for target in targets {
            let text = target.text();
            removed.extend(self.coverings(&text).into_iter().map(|prefix| Rule::Prefix(prefix.to_owned())));
            removed.extend(self.own(target));
            if let Some(base) = self.covering(&text) {
                bases.entry(base.to_owned()).or_default().insert((text, target.is_prefix()));
            }
        }
        let mut added: Vec<Rule> = kept.into_iter().collect();
        for (base, outs) in &bases {
            if targets.iter().any(|target| target.is_prefix() && base.starts_with(&target.text())) {
                continue; // a row takes all of the rule with it: nothing is left to keep
            }
            let outs: Vec<&ExcludedRow> = outs.iter().collect();
            added.extend(carve_names(base, level_of(base), &outs, listings, cancelled)?);
        }
        added.extend(self.other_snapshots(targets, listings)?);
        for rule in &added {
            if let Rule::Prefix(prefix) = rule {
                removed.extend(self.inside(prefix));
            }
        }
        Ok(Change { removed, added })
    }

    /// For unchecked snapshots of a blob that comes with all of them: the blob without snapshots, and the others one by one.
    fn other_snapshots(&self, targets: &[Target], listings: &Listings<'_>) -> Result<Vec<Rule>, UncheckError> {
        let mut outs: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for target in targets {
            let Target::Snapshot { container, name, time } = target else { continue };
            let blob = Target::Blob { container: container.clone(), name: name.clone() };
            let path = format!("{container}/{name}");
            let whole = self.covering(&blob.text()).is_some() || self.blobs_with_snapshots(&path);
            let with_all = !targets.iter().any(|other| *other == blob || other.is_prefix() && takes(other, &blob));
            if whole && with_all {
                outs.entry(path).or_default().insert(time);
            }
        }
        let mut rules = Vec::new();
        for (path, times) in outs {
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
fn takes(parent: &Target, blob: &Target) -> bool {
    blob.text().starts_with(&parent.text())
}

/// The listing that shows what a prefix begins: up to its last `/`.
fn level_of(prefix: &str) -> &str {
    prefix.rfind('/').and_then(|slash| prefix.get(..=slash)).unwrap_or_default()
}

/// The levels from that of the rule `base` down to the one that shows the row.
fn levels_between<'t>(base: &str, text: &'t str, is_prefix: bool) -> impl Iterator<Item = &'t str> {
    let first = level_of(base).len();
    let ends = text.match_indices('/').map(|(slash, _)| slash + 1);
    let ends = ends.filter(move |end| *end >= first && !(is_prefix && *end == text.len()));
    ends.filter_map(|end| text.get(..end))
}

/// The rules that keep everything under `base` but `outs`, all of which begin with it. `level` is the listing to read first.
fn carve_names(
    base: &str,
    level: &str,
    outs: &[&ExcludedRow],
    listings: &Listings<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Rule>, UncheckError> {
    let mut parts: BTreeMap<&str, Vec<&ExcludedRow>> = BTreeMap::new();
    for out in outs {
        let rest = out.0.get(level.len()..).unwrap_or_default();
        parts.entry(rest.split_inclusive('/').next().unwrap_or_default()).or_default().push(out);
    }
    let start = base.get(level.len()..).unwrap_or_default();
    let names = listings.get(ListingKey::Names(level.to_owned()))?;
    let siblings: Vec<&str> = names.iter().map(AsRef::as_ref).filter(|name| name.starts_with(start)).collect();
    let unchecked: Vec<&str> = parts.keys().copied().collect();
    let mut rules = complement(level, &siblings, &unchecked, cancelled)?;
    for (part, outs) in parts {
        let child = format!("{level}{part}");
        let whole = |(text, is_prefix): &ExcludedRow| *text == child && (*is_prefix || !part.ends_with('/'));
        if !outs.iter().any(|out| whole(out)) {
            rules.extend(carve_names(&child, &child, &outs, listings, cancelled)?);
        }
    }
    Ok(rules)
}
