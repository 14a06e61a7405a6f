//! A listing under way: what is left of it, and what the scan knows to cut it by. Plain data.

use super::names::NameChecks;
use super::page_counts::{ListingPosition, PageCounts};
use super::prefix_sizes::NameSizes;
use super::rules::{EntryFilter, ListingScope, listing_scope};
use super::source::PageQuery;
use super::split::split_level;
use crate::select::Rule;

/// A listing with a marker per page.
#[derive(Clone, Debug, Default)]
pub(super) struct ListingTask {
    /// The unit it counts for.
    pub(super) rule: usize,
    /// `None` lists containers.
    pub(super) container: Option<String>,
    pub(super) prefix: String,
    /// It begins at the first name that is not below this one.
    pub(super) from: Option<String>,
    pub(super) marker: Option<String>,
    /// Names from here on belong to others.
    pub(super) end: Option<String>,
    pub(super) position: ListingPosition,
    /// Counted up to here before the listing began anew.
    pub(super) skip: Option<ListingPosition>,
    pub(super) pages: u32,
    pub(super) names: NameChecks,
    /// Failures since the last page.
    pub(super) failures: u32,
    /// How often it began anew because the service refused to go on.
    pub(super) restarts: u32,
    /// The service refused its first page; soft-deleted blobs are left out of the next try.
    pub(super) without_deleted: bool,
    /// The next page is read by the thorough reader.
    pub(super) full_parser: bool,
    /// Pages only the thorough reader understood.
    pub(super) unparsed_pages: u32,
    pub(super) ahead: KnownAhead,
}

/// What is known about the names ahead.
#[derive(Clone, Debug, Default)]
pub(super) enum KnownAhead {
    /// Nothing yet.
    #[default]
    Unknown,
    /// A listing with a delimiter is under way.
    Probing,
    /// All folders and blobs that begin with the scope.
    Level(String, Vec<String>),
    /// What is left begins with this text; looking there comes next.
    Narrowed(String),
    /// No folders to cut by.
    Flat,
    /// Places to cut at are being asked for.
    Searching,
    /// Places ahead with names behind each, in order.
    SplitPoints(Vec<String>),
    /// Nothing to cut at.
    Unsplittable,
}

impl ListingTask {
    /// The listing a rule begins with.
    pub(super) fn of_rule(index: usize, rule: &Rule) -> Self {
        let (container, prefix) = match listing_scope(rule) {
            ListingScope::Containers(prefix) => (None, prefix),
            ListingScope::Names(container, prefix) | ListingScope::Exact(container, prefix) => {
                (Some(container.to_owned()), prefix)
            }
        };
        Self { rule: index, container, prefix: prefix.to_owned(), ..Self::default() }
    }

    pub(super) fn query(&self, exact: bool, deleted: bool, page_size: u32) -> PageQuery {
        PageQuery {
            container: self.container.clone(),
            prefix: self.prefix.clone(),
            delimiter: false,
            with_deleted: deleted && !self.without_deleted,
            start_from: self.from.clone(),
            marker: self.marker.clone(),
            // A blob and its snapshots stand first in the listing of its name.
            page_size: if exact { page_size.min(100) } else { page_size },
        }
    }

    pub(super) fn tally(&self, want: EntryFilter, since: Option<u64>, twin_mask: u64) -> PageCounts {
        PageCounts {
            container: self.container.clone().unwrap_or_default(),
            prefix: self.prefix.clone(),
            want,
            end: self.end.clone(),
            skip: self.skip.clone(),
            since,
            twin_mask,
            place: self.position.clone(),
            names: self.names.clone(),
            totals: crate::plan::count::CountTotals::default(),
            shares: None,
            spread: NameSizes::default(),
            runs: Vec::new(),
            twins: Vec::new(),
            twin_names: String::new(),
            level: None,
            folders: 0,
            past: false,
            unordered: false,
            hierarchical: false,
        }
    }

    /// Takes over where a counted page ended.
    pub(super) fn advance(&mut self, tally: &mut PageCounts, next: String) {
        self.skip = tally.skip.take();
        self.position = std::mem::take(&mut tally.place);
        self.names = std::mem::take(&mut tally.names);
        self.marker = Some(next);
        self.pages = self.pages.saturating_add(1);
        self.failures = 0;
        self.full_parser = self.full_parser && self.unparsed_pages > 1;
    }

    /// The next page is read by the thorough reader, which understands what the quick one does not.
    pub(super) fn use_full_parser(&mut self) {
        (self.full_parser, self.unparsed_pages) = (true, self.unparsed_pages + 1);
    }

    /// Begins the listing anew because its marker no longer counts; what was counted stays counted.
    pub(super) fn restart(&mut self) {
        let place = std::mem::take(&mut self.position);
        if self.skip.is_none() && !place.name.is_empty() {
            self.skip = Some(place);
        }
        self.marker = None;
    }

    /// Nothing of it has been listed.
    pub(super) fn is_first_page(&self) -> bool {
        self.marker.is_none() && self.skip.is_none() && self.pages == 0
    }

    /// It lists a container from its first to its last name.
    pub(super) fn is_whole_container(&self) -> bool {
        self.container.is_some() && self.prefix.is_empty() && self.from.is_none() && self.end.is_none()
    }

    /// A listing of containers that names the one of this listing, if it is there, and no other.
    pub(super) fn container_listing(self) -> Self {
        let prefix = self.container.unwrap_or_default();
        // No name lies between this one and the same with the least character behind it.
        let end = Some(format!("{prefix}\0"));
        Self { rule: self.rule, prefix, end, restarts: self.restarts, ..Self::default() }
    }

    /// Where the next look for folders goes, when there is a point in it.
    pub(super) fn scope(&self) -> Option<&str> {
        match &self.ahead {
            KnownAhead::Unknown => Some(&self.prefix),
            KnownAhead::Narrowed(scope) => Some(scope),
            _ => None,
        }
    }

    /// Hands what is ahead to new listings, as far as folders or places ahead are known; about `parts` of them.
    pub(super) fn split(&mut self, parts: usize) -> Vec<Self> {
        match std::mem::take(&mut self.ahead) {
            KnownAhead::Level(scope, names) => self.split_by_folders(&scope, &names, parts),
            KnownAhead::SplitPoints(places) => self.split_by_names(places, parts),
            level => {
                self.ahead = level;
                Vec::new()
            }
        }
    }

    /// The name it has come to, or begins at.
    fn reached(&self) -> &str {
        self.from.as_deref().unwrap_or_default().max(&self.position.name)
    }

    fn split_by_folders(&mut self, scope: &str, names: &[String], parts: usize) -> Vec<Self> {
        let cut = split_level(scope, names, self.reached(), parts);
        let narrowed = cut.scope.filter(|narrow| narrow != scope);
        self.ahead = narrowed.map_or(KnownAhead::Flat, KnownAhead::Narrowed);
        let end = self.end.clone();
        // What is not below the end was handed to others before.
        let ours = cut.prefixes.into_iter().filter(|prefix| end.as_ref().is_none_or(|end| prefix < end));
        let part = |prefix: String| {
            let end = end.clone().filter(|end| end.starts_with(&prefix));
            Self { rule: self.rule, container: self.container.clone(), prefix, end, ..Self::default() }
        };
        let parts: Vec<Self> = ours.map(part).collect();
        if let Some(first) = parts.first() {
            self.end = Some(first.prefix.clone());
        }
        parts
    }

    fn split_by_names(&mut self, places: Vec<String>, parts: usize) -> Vec<Self> {
        self.ahead = KnownAhead::Flat;
        self.pages = 0;
        let ahead = |place: &String| place.as_str() > self.reached() && self.end.as_ref().is_none_or(|end| place < end);
        let ahead: Vec<String> = places.into_iter().filter(ahead).collect();
        let few = ahead.len().div_ceil(parts.max(1)).max(1);
        let starts: Vec<String> = ahead.into_iter().step_by(few).collect();
        let ends = starts.iter().skip(1).cloned().map(Some).chain([self.end.clone()]);
        let part = |(from, end): (&String, Option<String>)| Self {
            rule: self.rule,
            container: self.container.clone(),
            prefix: self.prefix.clone(),
            from: Some(from.clone()),
            end,
            ahead: KnownAhead::Flat,
            ..Self::default()
        };
        let parts = starts.iter().zip(ends).map(part).collect();
        if let Some(first) = starts.first() {
            self.end = Some(first.clone());
        }
        parts
    }
}

/// A tally that keeps the names of a page and counts nothing.
pub(super) fn names_only(ask: &PageQuery) -> PageCounts {
    let task = ListingTask { container: ask.container.clone(), ..ListingTask::default() };
    PageCounts { level: Some(Vec::new()), ..task.tally(EntryFilter::All, None, 0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a listing, at its beginning or where it stands, comes by a name.
    fn takes(task: &ListingTask, name: &str) -> bool {
        let begun = task.from.as_deref().is_none_or(|from| name >= from) && name > task.position.name.as_str();
        begun && name.starts_with(&task.prefix) && task.end.as_deref().is_none_or(|end| name < end)
    }

    fn level(names: &[String]) -> KnownAhead {
        let row = |name: &String| name.find('/').map_or(name.clone(), |slash| name[..=slash].to_owned());
        KnownAhead::Level(String::new(), names.iter().map(row).collect())
    }

    proptest! {
        /// However often a listing is cut, also one that ends before a name or went on after a restart.
        #[test]
        fn every_name_ahead_is_taken_exactly_once(
            names in prop::collection::btree_set("[ab/0é-]{1,5}", 2..40), places in prop::collection::btree_set("[ab/0é-]{1,3}", 0..6),
            cuts in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 1_usize..9), 1..4),
        ) {
            let names: Vec<String> = names.into_iter().collect();
            let mut tasks = vec![ListingTask { container: Some("c".into()), ..ListingTask::default() }];
            let mut counted: Vec<&String> = Vec::new();
            for (by_folders, at, parts) in cuts {
                // The listing goes on by some names before it is cut.
                let which = at.index(tasks.len());
                let ahead: Vec<&String> = names.iter().filter(|name| takes(&tasks[which], name)).collect();
                let read = if ahead.is_empty() { 0 } else { at.index(ahead.len()) };
                if let Some(last) = ahead[..read].last() {
                    tasks[which].position = ListingPosition { name: (*last).clone(), entries: 1 };
                }
                counted.extend(&ahead[..read]);
                let task = &mut tasks[which];
                task.ahead = if by_folders && task.prefix.is_empty() {
                    level(&names)
                } else {
                    KnownAhead::SplitPoints(places.iter().filter(|place| place.starts_with(&task.prefix)).cloned().collect())
                };
                let more = task.split(parts);
                tasks.extend(more);
            }
            for name in &names {
                let times = counted.iter().filter(|other| **other == name).count();
                let taken = times + tasks.iter().filter(|task| takes(task, name)).count();
                prop_assert_eq!(taken, 1, "{} by {:?}", name, tasks);
            }
        }
    }
}
