//! A listing under way: what is left of it, and what the scan knows to cut it by. Plain data.

use serde::{Deserialize, Serialize};

use super::names::Names;
use super::rules::{Reach, reach};
use super::source::Ask;
use super::split::cut;
use super::tally::{Place, Tally, Want};
use crate::select::Rule;

/// A listing with a marker per page; on disk in a checkpoint.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Task {
    /// The unit it counts for.
    pub(super) unit: usize,
    /// `None` lists containers.
    pub(super) container: Option<String>,
    pub(super) prefix: String,
    pub(super) marker: Option<String>,
    /// Names from here on belong to others.
    pub(super) end: Option<String>,
    pub(super) place: Place,
    /// Counted up to here before the listing began anew.
    pub(super) skip: Option<Place>,
    pub(super) pages: u32,
    #[serde(skip)]
    pub(super) names: Names,
    /// Failures since the last page.
    #[serde(skip)]
    pub(super) failures: u32,
    /// The next page is read by the thorough reader.
    #[serde(skip)]
    pub(super) thorough: bool,
    /// Pages only the thorough reader understood.
    #[serde(skip)]
    pub(super) odd: u32,
    #[serde(skip)]
    pub(super) level: Level,
}

/// What is known about the names ahead.
#[derive(Clone, Debug, Default)]
pub(super) enum Level {
    /// Nothing yet.
    #[default]
    Unknown,
    /// A listing with a delimiter is under way.
    Asked,
    /// All folders and blobs that begin with the scope.
    Known(String, Vec<String>),
    /// What is left begins with this text; looking there comes next.
    Narrowed(String),
    /// No folders to cut by.
    Flat,
}

impl Task {
    /// The listing a rule begins with.
    pub(super) fn first(unit: usize, rule: &Rule) -> Self {
        let (container, prefix) = match reach(rule) {
            Reach::Containers(prefix) => (None, prefix),
            Reach::Names(container, prefix) | Reach::Exact(container, prefix) => (Some(container.to_owned()), prefix),
        };
        Self { unit, container, prefix: prefix.to_owned(), ..Self::default() }
    }

    pub(super) fn ask(&self, exact: bool, page_size: u32) -> Ask {
        Ask {
            container: self.container.clone(),
            prefix: self.prefix.clone(),
            delimiter: false,
            from: None,
            marker: self.marker.clone(),
            // A blob and its snapshots stand first in the listing of its name.
            page_size: if exact { page_size.min(100) } else { page_size },
        }
    }

    pub(super) fn tally(&self, want: Want, since: Option<u64>, twin_mask: u64) -> Tally {
        Tally {
            container: self.container.clone().unwrap_or_default(),
            prefix: self.prefix.clone(),
            want,
            end: self.end.clone(),
            skip: self.skip.clone(),
            since,
            twin_mask,
            place: self.place.clone(),
            names: self.names.clone(),
            totals: crate::plan::count::Totals::default(),
            twins: Vec::new(),
            twin_names: String::new(),
            level: None,
            folders: 0,
            past: false,
            unordered: false,
        }
    }

    /// Takes over where a counted page ended.
    pub(super) fn advance(&mut self, tally: &mut Tally, next: String) {
        self.skip = tally.skip.take();
        self.place = std::mem::take(&mut tally.place);
        self.names = std::mem::take(&mut tally.names);
        self.marker = Some(next);
        self.pages = self.pages.saturating_add(1);
        self.failures = 0;
        self.thorough = self.thorough && self.odd > 1;
    }

    /// Begins the listing anew because its marker no longer counts; what was counted stays counted.
    pub(super) fn restart(&mut self) {
        let place = std::mem::take(&mut self.place);
        if self.skip.is_none() && !place.name.is_empty() {
            self.skip = Some(place);
        }
        self.marker = None;
    }

    /// Where the next look for folders goes, when there is a point in it.
    pub(super) fn scope(&self) -> Option<&str> {
        match &self.level {
            Level::Unknown => Some(&self.prefix),
            Level::Narrowed(scope) => Some(scope),
            Level::Asked | Level::Known(..) | Level::Flat => None,
        }
    }

    /// Hands what is ahead to new listings, as far as the level is known.
    pub(super) fn split(&mut self, parts: usize) -> Vec<Self> {
        let Level::Known(scope, names) = std::mem::take(&mut self.level) else { return Vec::new() };
        let cut = cut(&scope, &names, &self.place.name, parts);
        let narrowed = cut.scope.filter(|narrow| *narrow != scope);
        self.level = narrowed.map_or(Level::Flat, Level::Narrowed);
        if cut.end.is_some() {
            self.end = cut.end;
        }
        let part =
            |prefix: String| Self { unit: self.unit, container: self.container.clone(), prefix, ..Self::default() };
        cut.prefixes.into_iter().map(part).collect()
    }
}
