//! What of a page a click goes to: rows of lists, fields, their fixed values and entries. A place is told by how the focus gets there from where
//! it is: by Tab from list to list and field to field, and by rows within a list.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::protocol::hit::{FieldClick, HitTarget, RowClick};

/// Signs at the beginning of a row that are a box or a choice.
const BOXES: [&str; 5] = ["[ ] ", "[x] ", "( ) ", "(*) ", "[+] "];
/// Columns before them: the sign of the cursor.
const LEAD: usize = 2;

/// A line, and what its columns are.
#[derive(Clone, Debug)]
struct ClickPlace {
    line: usize,
    columns: Range<usize>,
    kind: ClickPlaceKind,
}

#[derive(Clone, Copy, Debug)]
enum ClickPlaceKind {
    Row {
        list: usize,
        row: usize,
        toggles: bool,
    },
    /// The cursor is told as a column of the page here.
    Field {
        field: usize,
        then: FieldClick,
    },
    Fixed(HitTarget),
}

/// The places of a page, in the order in which they are drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct ClickPlaces {
    places: Vec<ClickPlace>,
    /// Number of the list or field drawn last, as Tab counts them.
    list: usize,
    /// Rows drawn in it; `None` for a field.
    rows: Option<usize>,
    /// The list or field with the focus.
    focus: Option<usize>,
    /// Of a list: its row under the cursor.
    current: Vec<(usize, usize)>,
}

impl ClickPlaces {
    pub(super) fn row(&mut self, line: usize, drawn: &Line<'_>, selected: bool) {
        if self.rows.is_none() {
            self.next_list();
        }
        let row = *self.rows.get_or_insert(0);
        let list = self.list;
        let whole = 0..usize::MAX;
        self.places.push(ClickPlace { line, columns: whole, kind: ClickPlaceKind::Row { list, row, toggles: false } });
        let text: String = drawn.spans.iter().map(|span| span.content.as_ref()).collect();
        if BOXES.iter().any(|sign| text.get(LEAD..).is_some_and(|rest| rest.starts_with(sign))) {
            let columns = LEAD..LEAD + 3;
            self.places.push(ClickPlace { line, columns, kind: ClickPlaceKind::Row { list, row, toggles: true } });
        }
        self.rows = Some(row + 1);
        if selected {
            self.selected();
        }
    }

    /// The row drawn last is under the cursor of its list, which has the focus.
    pub(super) fn selected(&mut self) {
        self.focus = Some(self.list);
        self.current();
    }

    /// The row drawn last is under the cursor of its list.
    pub(super) fn current(&mut self) {
        if let Some(row) = self.rows.and_then(|rows| rows.checked_sub(1)) {
            self.current.push((self.list, row));
        }
    }

    pub(super) fn next_list(&mut self) {
        self.list += 1;
        self.rows = Some(0);
    }

    pub(super) fn field(&mut self, here: bool) {
        self.list += 1;
        self.rows = None;
        if here {
            self.focus = Some(self.list);
        }
    }

    pub(super) fn field_row(&mut self, line: usize, here: bool) {
        self.field(here);
        let (list, row) = (self.list, 0);
        self.current.push((list, row));
        let kind = ClickPlaceKind::Row { list, row, toggles: false };
        // A second click is not Enter: what is typed may not be complete.
        if !here {
            self.places.push(ClickPlace { line, columns: 0..usize::MAX, kind });
        }
    }

    pub(super) fn in_field(&mut self, line: usize, columns: Range<usize>, field: usize, then: FieldClick) {
        self.places.push(ClickPlace { line, columns, kind: ClickPlaceKind::Field { field, then } });
    }

    pub(super) fn fixed(&mut self, line: usize, columns: Range<usize>, target: HitTarget) {
        self.places.push(ClickPlace { line, columns, kind: ClickPlaceKind::Fixed(target) });
    }

    /// The line, the columns of the terminal and the target of each place of a page that is drawn into this area.
    pub(super) fn targets(&self, area: Rect) -> impl Iterator<Item = (usize, Range<u16>, HitTarget)> {
        let column =
            move |column: usize| area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)).min(area.right());
        self.places.iter().filter_map(move |spot| {
            let target = match spot.kind {
                ClickPlaceKind::Row { list, row, toggles } => self.row_target(list, row, toggles)?,
                ClickPlaceKind::Field { field, then: FieldClick::PutCursor(at) } => {
                    HitTarget::Field { field, then: FieldClick::PutCursor(column(at.into())) }
                }
                ClickPlaceKind::Field { field, then } => HitTarget::Field { field, then },
                ClickPlaceKind::Fixed(target) => target,
            };
            Some((spot.line, column(spot.columns.start)..column(spot.columns.end), target))
        })
    }

    fn across(&self, list: usize) -> Option<isize> {
        Some(list.cast_signed() - self.focus?.cast_signed())
    }

    /// `None` where nobody can say how the focus gets there.
    fn row_target(&self, list: usize, row: usize, toggles: bool) -> Option<HitTarget> {
        let across = self.across(list)?;
        let current = self.current.iter().rfind(|(of, _)| *of == list).map(|(_, row)| *row)?;
        let down = row.cast_signed() - current.cast_signed();
        let then = match (toggles, across, down) {
            (true, ..) => RowClick::Toggle,
            // A second click on a row is Enter.
            (false, 0, 0) => RowClick::Activate,
            _ => RowClick::Focus,
        };
        Some(HitTarget::Row { across, down, then })
    }
}
