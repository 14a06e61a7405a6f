//! Filters the loaded rows as a person types. A search on the server is a listing like any other and not done here.

use super::name_list::NameReader;
use super::visible::{FilteredRows, RowOnLine, VisibleRow};
use super::{NodeId, Tree};

/// What a filter shows: "12 of 2,000 loaded rows".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter<'a> {
    /// The text as typed.
    pub text: &'a str,
    /// Rows whose name has the text.
    pub matches: usize,
    /// Loaded rows that were compared.
    pub among: usize,
}

impl Tree {
    /// Shows only rows whose name has the text, in capitals or not, with the folders above them.
    pub fn set_filter(&mut self, text: &str) {
        let cursor = self.visible.cursor_on_line();
        let cursor_before = self.visible.filtered.as_ref().map_or(cursor, |filtered| filtered.cursor_before);
        self.visible.filtered = Some(FilteredRows::new(text, cursor_before));
        self.refilter();
        self.keep_cursor_on(cursor);
        if self.arena.depth(self.cursor_node()) == 0 && self.visible.shown().len() > 1 {
            self.go_to_first_match();
        }
    }

    /// Puts the cursor on the first row that has the text itself. The rows above it stay in view where there is room.
    fn go_to_first_match(&mut self) {
        let Some(filtered) = &self.visible.filtered else { return };
        let mut names = self.arena.name_reader();
        let mut has_text = |row: &VisibleRow| matches_text(&mut names, row.node(), &filtered.lower_case_text);
        let first = filtered.rows.iter().position(&mut has_text);
        let first = first.unwrap_or(0);
        self.visible.put_cursor(first, first);
    }

    /// Shows all rows again, with the cursor on the row and line it had before the filter.
    pub fn clear_filter(&mut self) {
        if let Some(filtered) = self.visible.filtered.take() {
            self.keep_cursor_on(filtered.cursor_before);
        }
        self.request_due();
    }

    /// Shows all rows again, and keeps the cursor on the row that was found.
    pub fn keep_filtered(&mut self) {
        let cursor = self.visible.cursor_on_line();
        self.visible.filtered = None;
        self.keep_cursor_on(cursor);
        self.request_due();
    }

    /// The filter in use.
    pub fn filter(&self) -> Option<Filter<'_>> {
        let filtered = self.visible.filtered.as_ref()?;
        Some(Filter { text: &filtered.text, matches: filtered.matches, among: filtered.compared })
    }

    /// Applies the filter to the rows as they are now.
    pub(super) fn refilter(&mut self) {
        let Some(mut filtered) = self.visible.filtered.take() else { return };
        filtered.rows.clear();
        (filtered.matches, filtered.compared) = (0, 0);
        let mut names = self.arena.name_reader();
        let mut path: Vec<VisibleRow> = Vec::new();
        let mut path_written = 0; // how many rows of `path` are among the filtered rows already
        for row in &self.visible.all {
            let id = row.node();
            if row.is_status() {
                // An open row matches and nothing below it does: its last line says that the filter hides the rest.
                let is_last = filtered.rows.last() == Some(&id.into());
                if is_last && matches_text(&mut names, id, &filtered.lower_case_text) {
                    filtered.rows.push(*row);
                }
                continue;
            }
            let depth = usize::from(self.arena.depth(id));
            path.truncate(depth);
            path_written = path_written.min(depth);
            path.push(*row);
            filtered.compared += usize::from(id != NodeId::ACCOUNT);
            if matches_text(&mut names, id, &filtered.lower_case_text) {
                filtered.rows.extend(path.iter().skip(path_written));
                path_written = path.len();
                filtered.matches += 1;
            }
        }
        if filtered.rows.is_empty() {
            filtered.rows.push(NodeId::ACCOUNT.into());
        }
        self.visible.filtered = Some(filtered);
    }

    /// Puts the cursor back on a row and that row on its line. If the row is gone, the nearest visible node above it is taken.
    pub(super) fn keep_cursor_on(&mut self, cursor: RowOnLine) {
        let ancestors = self.arena.ancestors(cursor.row.node()).map(VisibleRow::from);
        let index = std::iter::once(cursor.row).chain(ancestors).find_map(|row| self.visible.find(row));
        self.visible.put_cursor(index.unwrap_or(0), cursor.line);
    }
}

/// Whether a node's name has the text. The account is shown whatever its name and never counts as a match.
fn matches_text(names: &mut NameReader<'_>, id: NodeId, lower_case_text: &str) -> bool {
    id != NodeId::ACCOUNT && contains_ignoring_case(names.name(id), lower_case_text)
}

/// Whether a name contains a text that is in lower case already.
fn contains_ignoring_case(name: &str, lower_case_text: &str) -> bool {
    if !name.is_ascii() {
        return name.to_lowercase().contains(lower_case_text);
    }
    let name = name.as_bytes();
    let Some((first, rest)) = lower_case_text.as_bytes().split_first() else { return true };
    let mut starts = memchr::memchr2_iter(*first, first.to_ascii_uppercase(), name);
    starts.any(|start| {
        let after = name.get(start + 1..).unwrap_or_default();
        after.get(..rest.len()).is_some_and(|part| part.eq_ignore_ascii_case(rest))
    })
}
