//! The visible rows as one flat list, the rows that a filter leaves of it, the cursor and the first line on the screen.

use super::NodeId;

/// A visible row in four bytes: a node, or the status line at the end of its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct VisibleRow(u32);

const STATUS: u32 = 1 << 31;

impl From<NodeId> for VisibleRow {
    fn from(id: NodeId) -> Self {
        Self(id.0)
    }
}

impl VisibleRow {
    /// The line that ends the rows under a node.
    pub(super) fn status(id: NodeId) -> Self {
        Self(id.0 | STATUS)
    }

    pub(super) fn is_status(self) -> bool {
        self.0 & STATUS != 0
    }

    /// The node, or the one whose listing the line is about.
    pub(super) fn node(self) -> NodeId {
        NodeId(self.0 & !STATUS)
    }
}

/// A row and the line of the screen it stands on, from 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowOnLine {
    pub(super) row: VisibleRow,
    pub(super) line: usize,
}

/// The rows a filter leaves.
#[derive(Debug)]
pub(super) struct FilteredRows {
    /// The text as typed.
    pub(super) text: String,
    pub(super) lower_case_text: String,
    pub(super) rows: Vec<VisibleRow>,
    /// How many nodes have a name with the text.
    pub(super) matches: usize,
    /// How many nodes were compared.
    pub(super) compared: usize,
    /// The cursor before the filter, to which clearing the filter returns.
    pub(super) cursor_before: RowOnLine,
}

impl FilteredRows {
    /// A filter that was not applied to any rows yet.
    pub(super) fn new(text: &str, cursor_before: RowOnLine) -> Self {
        Self {
            text: text.to_owned(),
            lower_case_text: text.to_lowercase(),
            rows: Vec::new(),
            matches: 0,
            compared: 0,
            cursor_before,
        }
    }
}

/// The visible rows and the cursor.
#[derive(Debug, Default)]
pub(super) struct VisibleRows {
    /// The rows of all open nodes.
    pub(super) all: Vec<VisibleRow>,
    pub(super) filtered: Option<FilteredRows>,
    /// Index of the first row on the screen.
    pub(super) top: usize,
    /// Index of the row under the cursor.
    pub(super) cursor: usize,
    /// Lines of the window.
    pub(super) height: usize,
}

impl VisibleRows {
    /// The rows that are shown: all, or those a filter leaves.
    pub(super) fn shown(&self) -> &[VisibleRow] {
        self.filtered.as_ref().map_or(&self.all, |filtered| &filtered.rows)
    }

    pub(super) fn at_cursor(&self) -> VisibleRow {
        self.shown().get(self.cursor).copied().unwrap_or(VisibleRow(0))
    }

    /// The cursor's line on the screen.
    pub(super) fn line(&self) -> usize {
        self.cursor.saturating_sub(self.top)
    }

    pub(super) fn cursor_on_line(&self) -> RowOnLine {
        RowOnLine { row: self.at_cursor(), line: self.line() }
    }

    pub(super) fn find(&self, row: VisibleRow) -> Option<usize> {
        self.shown().iter().position(|shown| *shown == row)
    }

    /// Puts the cursor on a row and that row on a line of the screen.
    pub(super) fn put_cursor(&mut self, index: usize, line: usize) {
        self.cursor = index.min(self.shown().len().saturating_sub(1));
        self.top = self.cursor.saturating_sub(line);
        self.scroll_to_cursor();
    }

    /// Scrolls as little as needed to see the cursor.
    pub(super) fn scroll_to_cursor(&mut self) {
        let height = self.height.max(1);
        let lowest = (self.cursor + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest, self.cursor.max(lowest));
    }

    /// The largest `top` that leaves no empty line below the last row.
    pub(super) fn last_top(&self) -> usize {
        self.shown().len().saturating_sub(self.height.max(1))
    }

    /// Scrolls up where the window reaches beyond the last row, so that rows are shown instead of empty lines.
    pub(super) fn scroll_to_end(&mut self) {
        self.top = self.top.min(self.last_top());
    }
}
