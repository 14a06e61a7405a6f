//! Filtering loaded rows as one types, and sorting them. Asking the server by prefix is a listing like any other, not here.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use serde::{Deserialize, Serialize};

use super::visible::VisibleRow;
use super::{NodeId, NodeKind, Tree};

/// What rows are sorted by. Snapshots always stand newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortBy {
    /// In the order of the service.
    #[default]
    Name,
    /// Largest first; what has no size comes before, by name.
    Size,
    /// Newest first; what has no time comes before, by name.
    Time,
}

/// How rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// The other way round.
    pub reversed: bool,
}

/// What a filter shows: "12 of 2,000 loaded rows".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter<'a> {
    /// What was typed.
    pub text: &'a str,
    /// Rows whose name holds it.
    pub matches: usize,
    /// Loaded rows looked at.
    pub among: usize,
}

/// The rows a filter leaves, and what to go back to.
#[derive(Debug)]
pub(super) struct Filtered {
    pub(super) rows: Vec<VisibleRow>,
    text: String,
    lower: String,
    matches: usize,
    among: usize,
    before: (VisibleRow, usize),
}

impl Tree {
    /// Shows only rows whose name holds the text, whatever its capitals, with the folders above them.
    pub fn set_filter(&mut self, text: &str) {
        let (entry, line) = (self.shown.at_cursor(), self.shown.line());
        let before = self.shown.filtered.as_ref().map_or((entry, line), |filtered| filtered.before);
        let lower = text.to_lowercase();
        let filtered = Filtered { rows: Vec::new(), text: text.to_owned(), lower, matches: 0, among: 0, before };
        self.shown.filtered = Some(filtered);
        self.filter_again();
        self.hold(entry, line);
        if self.arena.depth(self.cursor_node()) == 0 && self.shown.view().len() > 1 {
            self.show_first_match();
        }
    }

    /// The cursor goes to the first row that matches itself.
    fn show_first_match(&mut self) {
        let Some(filtered) = &self.shown.filtered else { return };
        let matches =
            |row: &VisibleRow| row.node() != NodeId::ACCOUNT && holds(self.arena.name(row.node()), &filtered.lower);
        let first = filtered.rows.iter().position(matches);
        // What stands above the match stays in view where there is room.
        let first = first.unwrap_or(0);
        self.shown.place(first, first);
    }

    /// Shows all rows again, with the cursor's item and line from before the filter.
    pub fn clear_filter(&mut self) {
        if let Some(filtered) = self.shown.filtered.take() {
            self.hold(filtered.before.0, filtered.before.1);
        }
        self.request_due();
    }

    /// Shows all rows again, and keeps the cursor on the row that was found.
    pub fn keep_filtered(&mut self) {
        let (entry, line) = (self.shown.at_cursor(), self.shown.line());
        self.shown.filtered = None;
        self.hold(entry, line);
        self.request_due();
    }

    /// The filter in use.
    pub fn filter(&self) -> Option<Filter<'_>> {
        let filtered = self.shown.filtered.as_ref()?;
        Some(Filter { text: &filtered.text, matches: filtered.matches, among: filtered.among })
    }

    /// Filters the rows as they are now.
    pub(super) fn filter_again(&mut self) {
        let Some(mut filtered) = self.shown.filtered.take() else { return };
        filtered.rows.clear();
        (filtered.matches, filtered.among) = (0, 0);
        let mut above: Vec<VisibleRow> = Vec::new();
        let mut written = 0; // how many of `above` are among the rows already
        for entry in &self.shown.rows {
            let id = entry.node();
            if entry.is_status() {
                // An open row that matches while nothing below it does: its last line says that the filter hides the rest.
                let alone = filtered.rows.last() == Some(&id.into());
                if alone && id != NodeId::ACCOUNT && holds(self.arena.name(id), &filtered.lower) {
                    filtered.rows.push(*entry);
                }
                continue;
            }
            let depth = usize::from(self.arena.depth(id));
            above.truncate(depth);
            written = written.min(depth);
            above.push(*entry);
            filtered.among += usize::from(id != NodeId::ACCOUNT);
            if id != NodeId::ACCOUNT && holds(self.arena.name(id), &filtered.lower) {
                filtered.rows.extend(above.iter().skip(written));
                written = above.len();
                filtered.matches += 1;
            }
        }
        if filtered.rows.is_empty() {
            filtered.rows.push(NodeId::ACCOUNT.into());
        }
        self.shown.filtered = Some(filtered);
    }

    /// How rows are sorted.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// Sorts the rows of every level; what is loaded later falls into its place.
    pub fn set_sort(&mut self, sort: Sort) {
        if self.sort != sort {
            self.sort = sort;
            self.refresh(NodeId::ACCOUNT, None);
        }
    }

    /// Children in the order of the sort. `children` are in name order.
    pub(super) fn sorted<'a>(&self, children: &'a [NodeId]) -> Cow<'a, [NodeId]> {
        if self.sort == Sort::default() {
            return Cow::Borrowed(children);
        }
        let mut sorted = children.to_vec();
        match self.sort.by {
            SortBy::Name => {}
            SortBy::Size => sorted.sort_by_cached_key(|id| self.arena.size(*id).map(Reverse)),
            SortBy::Time => sorted.sort_by_cached_key(|id| self.arena.time(*id).map(Reverse)),
        }
        if self.sort.reversed {
            sorted.reverse();
            sorted.sort_by(|one, two| self.folders_first(*one, *two));
        }
        Cow::Owned(sorted)
    }

    /// Folders stay before blobs when sizes or times are sorted the other way round.
    fn folders_first(&self, one: NodeId, two: NodeId) -> Ordering {
        let blob = |id| self.sort.by != SortBy::Name && self.kind(id) == NodeKind::Blob;
        blob(one).cmp(&blob(two))
    }
}

/// Whether a name holds a text that is in lower case already.
fn holds(name: &str, lower: &str) -> bool {
    if !name.is_ascii() {
        return name.to_lowercase().contains(lower);
    }
    let (name, lower) = (name.as_bytes(), lower.as_bytes());
    lower.is_empty() || name.windows(lower.len()).any(|part| part.eq_ignore_ascii_case(lower))
}
