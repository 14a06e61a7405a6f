//! A listing under way: its remaining range, and the names ahead that it can be split at. Plain data.

use super::bundle::MemberCounts;
use super::page_counts::{ListingBounds, PageContext, PageCounter};
use super::position::ListingCursor;
use super::probe_texts::{is_order_certain, texts_within};
use super::rules::{EntryFilter, ListingScope, listing_scope};
use super::source::PageQuery;
use super::split::split_level;
use crate::select::Rule;

/// A level is split into so many times more parts than there are free requests, where each has a page or more: the parts of a level differ
/// in size, and small ones fill the gaps that large ones leave.
const MAX_FINER: usize = 4;

/// Entries in a page of a listing that looks for one blob.
const EXACT_PAGE_SIZE: u32 = 100;

/// A listing, fetched page by page.
#[derive(Clone, Debug, Default)]
pub(super) struct ListingTask {
    /// The index in the ledger of the rule it counts for.
    pub(super) rule: usize,
    /// `None` lists containers.
    pub(super) container: Option<String>,
    pub(super) prefix: String,
    /// It starts at the first name that is not before this one.
    pub(super) from: Option<String>,
    pub(super) marker: Option<String>,
    /// Names from here on belong to another listing.
    pub(super) end: Option<String>,
    /// The end that its requests name. It is that of the request that its marker belongs to.
    pub(super) bound: Option<String>,
    pub(super) cursor: ListingCursor,
    pub(super) pages: u32,
    /// Failures since the last page.
    pub(super) failures: u32,
    /// How often it was restarted because the service refused its marker.
    pub(super) restarts: u32,
    /// The service refused its first page; the next attempt leaves soft-deleted blobs out.
    pub(super) without_deleted: bool,
    /// The next page is read by the full parser.
    pub(super) full_parser: bool,
    /// Pages that the fast parser did not recognise.
    pub(super) unparsed_pages: u32,
    pub(super) ahead: KnownAhead,
}

/// What is known about the names ahead of a listing.
#[derive(Clone, Debug, Default)]
pub(super) enum KnownAhead {
    /// Nothing yet.
    #[default]
    Unknown,
    /// A probe for folders is under way.
    Probing,
    /// All folders and blobs of one level that begin with the prefix.
    Level(String, Vec<String>),
    /// What is left begins with this prefix; its folders are the next to probe for.
    Narrowed(String),
    /// There are no folders to split by.
    Flat,
    /// A search for split points is under way.
    Searching,
    /// Texts at which the listing can be split, in order, each with the first name from there on.
    SplitPoints(Vec<(String, String)>),
    /// There is nothing to split by.
    Unsplittable,
}

impl ListingTask {
    /// The listing that a rule starts with.
    pub(super) fn of_rule(index: usize, rule: &Rule) -> Self {
        let (container, prefix) = match listing_scope(rule) {
            ListingScope::Containers(prefix) => (None, prefix),
            ListingScope::Names(container, prefix) | ListingScope::Exact(container, prefix) => {
                (Some(container.to_owned()), prefix)
            }
        };
        Self { rule: index, container, prefix: prefix.to_owned(), ..Self::default() }
    }

    /// The query for the next page, of which `filter` takes entries.
    pub(super) fn query(&self, filter: &EntryFilter, with_deleted: bool, page_size: u32) -> PageQuery {
        PageQuery {
            container: self.container.clone(),
            prefix: self.prefix.clone(),
            delimiter: false,
            with_deleted: with_deleted && !self.without_deleted,
            start_from: self.from.clone(),
            end_before: self.bound.clone(),
            marker: self.marker.clone(),
            // A blob and its snapshots come first in the listing of its name.
            page_size: if *filter == EntryFilter::All { page_size } else { page_size.min(EXACT_PAGE_SIZE) },
        }
    }

    /// Counts the next page for the rule of the listing.
    pub(super) fn counter(&self, filter: EntryFilter, context: PageContext) -> PageCounter {
        PageCounter::of_rule(self.bounds(filter), self.cursor.clone(), context)
    }

    /// Counts the next page for the members of a bundle.
    pub(super) fn bundle_counter(&self, members: MemberCounts, context: PageContext) -> PageCounter {
        PageCounter::of_bundle(self.bounds(EntryFilter::All), self.cursor.clone(), context, members)
    }

    fn bounds(&self, filter: EntryFilter) -> ListingBounds {
        ListingBounds {
            container: self.container.clone().unwrap_or_default(),
            prefix: self.prefix.clone(),
            end: self.end.clone(),
            filter,
        }
    }

    /// Goes on behind a counted page.
    pub(super) fn advance(&mut self, cursor: ListingCursor, next: String) {
        self.cursor = cursor;
        self.marker = Some(next);
        self.pages = self.pages.saturating_add(1);
        self.failures = 0;
        self.full_parser = self.full_parser && self.unparsed_pages > 1;
    }

    /// Has the next page read by the full parser, because the fast one did not recognise it.
    pub(super) fn use_full_parser(&mut self) {
        (self.full_parser, self.unparsed_pages) = (true, self.unparsed_pages + 1);
    }

    /// Starts the listing again because its marker is refused. What was counted stays counted.
    pub(super) fn restart(&mut self) {
        self.cursor.restart();
        self.marker = None;
        self.bound.clone_from(&self.end);
    }

    /// Goes on by name and not by marker, so that its requests name its new end: a marker belongs to a request and its old end. The
    /// last name comes once more and is skipped.
    pub(super) fn go_on_by_name(&mut self) {
        let reached = &self.cursor.position;
        let is_known = !reached.name.is_empty() && is_order_certain(&reached.name);
        if self.end == self.bound || self.marker.is_none() || !is_known {
            return;
        }
        self.from = Some(reached.name.clone());
        self.cursor.skip = Some(std::mem::take(&mut self.cursor.position));
        self.marker = None;
        self.bound.clone_from(&self.end);
    }

    /// Whether nothing of it has been listed.
    pub(super) fn is_first_page(&self) -> bool {
        self.marker.is_none() && self.cursor.skip.is_none() && self.pages == 0
    }

    /// Whether it lists a container from its first to its last name.
    pub(super) fn is_whole_container(&self) -> bool {
        self.container.is_some() && self.prefix.is_empty() && self.from.is_none() && self.end.is_none()
    }

    /// A listing of containers that finds the container of this listing, if it exists, and no other.
    pub(super) fn container_listing(self) -> Self {
        let prefix = self.container.unwrap_or_default();
        // No name lies between this one and the same with the least character behind it.
        let end = Some(format!("{prefix}\0"));
        Self { rule: self.rule, prefix, end, restarts: self.restarts, ..Self::default() }
    }

    /// Whether nothing is known of the names ahead, and the last one lies in no folder: then a search by names finds more than a probe for
    /// folders, and sooner.
    pub(super) fn seems_flat(&self) -> bool {
        let name = self.reached().strip_prefix(&self.prefix);
        matches!(self.ahead, KnownAhead::Unknown) && name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
    }

    /// The prefix whose folders are the next to probe for; `None` where a probe would tell nothing new.
    pub(super) fn probe_prefix(&self) -> Option<&str> {
        match &self.ahead {
            KnownAhead::Unknown => Some(&self.prefix),
            KnownAhead::Narrowed(prefix) => Some(prefix),
            _ => None,
        }
    }

    /// Splits off what is ahead into about `parts` new listings, where folders or split points ahead are known.
    pub(super) fn split(&mut self, parts: usize) -> Vec<Self> {
        match std::mem::take(&mut self.ahead) {
            KnownAhead::Level(prefix, names) => self.split_by_folders(&prefix, &names, parts),
            KnownAhead::SplitPoints(points) => self.split_by_names(&points, parts),
            ahead => {
                self.ahead = ahead;
                Vec::new()
            }
        }
    }

    /// The name it has come to, or starts at.
    pub(super) fn reached(&self) -> &str {
        self.from.as_deref().unwrap_or_default().max(&self.cursor.position.name)
    }

    /// About how many pages the names of a level still ahead have, by how many took the pages so far; `None` where none was passed.
    fn pages_ahead(&self, names: &[String]) -> Option<usize> {
        let passed = names.iter().filter(|name| name.as_str() < self.reached()).count();
        let ahead = names.len() - passed;
        (passed > 0).then(|| (self.pages as usize).saturating_mul(ahead).div_ceil(passed))
    }

    fn split_by_folders(&mut self, prefix: &str, names: &[String], parts: usize) -> Vec<Self> {
        let parts = self.pages_ahead(names).map_or(parts, |pages| pages.clamp(2, parts * MAX_FINER));
        let split = split_level(prefix, names, self.reached(), parts);
        let narrowed = split.rest.filter(|rest| rest != prefix);
        self.ahead = narrowed.map_or(KnownAhead::Flat, KnownAhead::Narrowed);
        let end = self.end.clone();
        // What is not before the end was split off earlier.
        let ours = split.prefixes.into_iter().filter(|prefix| end.as_ref().is_none_or(|end| prefix < end));
        let part = |prefix: String| {
            let end = end.clone().filter(|end| end.starts_with(&prefix));
            let bound = end.clone();
            Self { rule: self.rule, container: self.container.clone(), prefix, end, bound, ..Self::default() }
        };
        let parts: Vec<Self> = ours.map(part).collect();
        if let Some(first) = parts.first() {
            self.end = Some(first.prefix.clone());
        }
        parts
    }

    fn split_by_names(&mut self, points: &[(String, String)], parts: usize) -> Vec<Self> {
        self.ahead = KnownAhead::Flat;
        self.pages = 0;
        let is_ahead =
            |point: &String| point.as_str() > self.reached() && self.end.as_ref().is_none_or(|end| point < end);
        // Fewer points than parts: what lies between two of them is divided unseen.
        let finer = parts.div_ceil(points.len().max(1));
        let within = points.iter().flat_map(|(text, first_name)| texts_within(text, first_name, finer));
        let mut points: Vec<String> =
            points.iter().map(|(text, _)| text.clone()).chain(within).filter(is_ahead).collect();
        points.sort_unstable();
        points.dedup();
        let points_per_part = ((points.len() + parts / 2) / parts.max(1)).max(1);
        let starts: Vec<String> = points.into_iter().step_by(points_per_part).collect();
        let ends = starts.iter().skip(1).cloned().map(Some).chain([self.end.clone()]);
        let part = |(from, end): (&String, Option<String>)| Self {
            rule: self.rule,
            container: self.container.clone(),
            prefix: self.prefix.clone(),
            from: Some(from.clone()),
            bound: end.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::position::ListingPosition;
    use proptest::prelude::*;

    /// Whether a listing, at its start or where it stands, will still read a name.
    fn takes(task: &ListingTask, name: &str) -> bool {
        let begun = task.from.as_deref().is_none_or(|from| name >= from) && name > task.cursor.position.name.as_str();
        let counted = task.cursor.skip.as_ref().is_some_and(|skip| name <= skip.name.as_str());
        begun && !counted && name.starts_with(&task.prefix) && task.end.as_deref().is_none_or(|end| name < end)
    }

    fn level(names: &[String]) -> KnownAhead {
        let row = |name: &String| name.find('/').map_or(name.clone(), |slash| name[..=slash].to_owned());
        KnownAhead::Level(String::new(), names.iter().map(row).collect())
    }

    proptest! {
        /// However often a listing is split, also one with an end or after a restart.
        #[test]
        fn every_name_ahead_is_taken_exactly_once(
            names in prop::collection::btree_set("[ab/0é-]{1,5}", 2..40), places in prop::collection::btree_set("[ab/0é-]{1,3}", 0..6),
            cuts in prop::collection::vec((any::<(bool, bool)>(), any::<prop::sample::Index>(), 1_usize..9), 1..4),
        ) {
            let names: Vec<String> = names.into_iter().collect();
            let mut tasks = vec![ListingTask { container: Some("c".into()), ..ListingTask::default() }];
            let mut counted: Vec<&String> = Vec::new();
            for ((by_folders, knows_ends), at, parts) in cuts {
                // The listing goes on by some names before it is cut.
                let which = at.index(tasks.len());
                let ahead: Vec<&String> = names.iter().filter(|name| takes(&tasks[which], name)).collect();
                let read = if ahead.is_empty() { 0 } else { at.index(ahead.len()) };
                if let Some(last) = ahead[..read].last() {
                    tasks[which].cursor.position = ListingPosition { name: (*last).clone(), entries: 1 };
                }
                counted.extend(&ahead[..read]);
                let task = &mut tasks[which];
                task.ahead = if by_folders && task.prefix.is_empty() {
                    level(&names)
                } else {
                    let first_name = |place: &String| names.iter().find(|name| *name >= place).cloned();
                    let places = places.iter().filter(|place| place.starts_with(&task.prefix));
                    KnownAhead::SplitPoints(places.filter_map(|at| Some((at.clone(), first_name(at)?))).collect())
                };
                let more = task.split(parts);
                if knows_ends && read > 0 {
                    task.marker = Some("next".into());
                    task.go_on_by_name();
                    prop_assert_eq!(&task.bound, &task.end);
                }
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
