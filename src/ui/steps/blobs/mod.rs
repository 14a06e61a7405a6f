//! The blobs step: summary and path above, then the rows of the tree or what lies over them, details beside or below.

mod details;
mod foreign;
mod over;
mod row;
mod status;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::azure::model::Access;
use crate::form::{Field, window};
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::Step;
use crate::wizard::blobs::layout::{self, Room};
use crate::wizard::blobs::{Blobs, Layer, summary};
use crate::wizard::rail;

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let step = &wizard.steps.blobs;
    if wizard.desk.is_ordered() {
        return over::fixed(wizard, pen);
    }
    if let Some(foreign) = step.foreign(&wizard.desk) {
        return foreign::page(wizard, pen, &foreign);
    }
    if !step.has_begun() {
        return waiting(wizard, pen);
    }
    let room = layout::divide(pen.width, pen.height, step.shows_details());
    let mut sheet = Sheet::default();
    if matches!(step.layer, Layer::Details) {
        details::page(&mut sheet, wizard, pen);
        return sheet;
    }
    if room.head > 1 {
        sheet.line(selection(wizard, pen));
    }
    match &step.layer {
        Layer::Rows | Layer::Details | Layer::Filter(_) => tree(&mut sheet, wizard, pen, room),
        Layer::Rules { row, marks } => over::rules(&mut sheet, pen, step, *row, marks),
        Layer::Found(found) => over::found(&mut sheet, pen, step, found),
        Layer::Typing(typing) => over::typing(&mut sheet, pen, typing),
    }
    sheet
}

/// What the signs before a row mean, for the help page.
pub(in crate::ui) const SIGNS: [(&str, &str); 6] = [
    ("[x]", "Checked, with all that is below it and all snapshots"),
    ("[+]", "Checked by a rule further up"),
    ("[-]", "Some of what is below it is checked"),
    ("[o]", "The blob is checked without its snapshots"),
    ("[ ]", "Not checked"),
    ("no box", "No export takes it: an older version, a deleted blob"),
];

/// The tree cannot begin before the account was read.
fn waiting(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let desk = &wizard.desk;
    let rules = &desk.draft.selection.rules;
    if !rules.is_empty() {
        sheet.say(pen, &summary::long(rules, pen.signs.dot, usize::MAX), theme::dim());
    }
    if let Some(given) = desk.given() {
        sheet.busy(pen, Slot::Given, &format!("Opening the account {}", text::clean(&given.name)));
        if let Some(fault) = &wizard.steps.blobs.unopened {
            sheet.fault(pen, fault);
        }
    } else if desk.session.is_none() {
        sheet.busy(pen, Slot::SignIn, "Signing in");
        if !desk.requests.is_busy(Slot::SignIn) {
            sheet.say_with(
                pen,
                "! ",
                "Not signed in. Alt-1 leads to the sign-in; what is checked is kept.",
                theme::caution(),
            );
        }
    } else if desk.requests.is_busy(Slot::Account) {
        sheet.busy(pen, Slot::Account, "Reading the storage account");
    } else if let Some((_, fault)) = &wizard.steps.account.fault {
        sheet.fault(pen, fault);
    } else {
        sheet.say(pen, "The storage account has not been read yet. Ctrl-T reads it.", theme::caution());
    }
    sheet
}

/// One line: what is selected, or what happens to it.
fn selection(wizard: &Wizard, pen: &Pen) -> Line<'static> {
    let desk = &wizard.desk;
    let (words, style) = if let Some(words) = unchecking(wizard, pen) {
        (words, theme::caution())
    } else if let Some(why) = rail::progress(desk, Step::Blobs).stale {
        (format!("~ {why}: {}", summary::long(&desk.draft.selection.rules, pen.signs.dot, pen.width)), theme::caution())
    } else {
        (summary::long(&desk.draft.selection.rules, pen.signs.dot, pen.width), Style::new())
    };
    let words = text::cut_end(&text::clean(&words), pen.width, pen.signs.cut);
    // What is selected comes first; by which right it is read is in the account's details as well.
    let right = desk.access().map(|access| access_words(access, pen.width)).unwrap_or_default();
    let fits = text::width(&words) + 2 + text::width(right) <= pen.width;
    let right = if fits { right } else { "" };
    let gap = " ".repeat(pen.width.saturating_sub(text::width(&words) + text::width(right)));
    Line::from(vec![Span::styled(words, style), Span::raw(gap), Span::styled(right, theme::dim())])
}

/// What happens to the row that is being unchecked, once that takes long enough to be said.
fn unchecking(wizard: &Wizard, pen: &Pen) -> Option<String> {
    let step = &wizard.steps.blobs;
    let target = &step.carving()?.target;
    let doing = if let Some(count) = step.siblings_so_far() {
        format!("{} siblings listed", text::count(count as u64))
    } else {
        pen.requests.spinner(Slot::Uncheck, pen.now)?;
        "finding the rules for the rest".to_owned()
    };
    let tail = format!(": {doing}{}", pen.signs.cut);
    let room = pen.width.saturating_sub(text::width(&tail) + 11);
    Some(format!("Unchecking {}{tail}", text::cut_middle(&text::clean(&target.text()), room, pen.signs.cut)))
}

/// By which right the blobs are read, in the words there is room for; the details of the account say more.
fn access_words(access: Access, width: usize) -> &'static str {
    match (access, width >= 60) {
        (Access::EntraToken, true) => "read with your sign-in",
        (Access::EntraToken, false) => "by sign-in",
        (Access::AccountKey, true) => "read with the account key",
        (Access::AccountKey, false) => "by account key",
        (Access::Sas, true) => "read with the SAS given",
        (Access::Sas, false) => "by SAS",
        (Access::KeyGiven, true) => "read with the key given",
        (Access::KeyGiven, false) => "by key given",
    }
}

fn tree(sheet: &mut Sheet, wizard: &Wizard, pen: &Pen, room: Room) {
    let step = &wizard.steps.blobs;
    let mut field_cursor = None;
    if room.head > 0 {
        if let Layer::Filter(field) = &step.layer {
            let (line, column) = filter(step, field, pen);
            sheet.line(line);
            field_cursor = Some(column);
            sheet.focus_here(column);
        } else {
            sheet.line(path(step, pen));
        }
    }
    let (top, height) = (step.tree.extent().1, room.rows);
    let cursor = step.tree.rows().iter().position(|row| row.cursor).unwrap_or(0);
    // The rules keep the window as high as the screen has it; should they differ, the cursor is still in view.
    let top = top + (cursor + 1).saturating_sub(height.max(1));
    let left = pen.sized(layout::tree_columns(room), room.rows);
    let beside =
        if room.beside > 0 { details::fitting(wizard, &pen.sized(room.beside - 2, room.rows)) } else { Vec::new() };
    let rows = step.tree.rows_at(top, height);
    for index in 0..height {
        let row = rows.get(index);
        let mut line = row.map_or_else(Line::default, |row| {
            row::line(wizard, &left, row, more(pen, index, top, height, step.tree.extent().0))
        });
        if room.beside > 0 {
            line.push_span(Span::raw(" ".repeat(room.columns.saturating_sub(line.width()))));
            line.push_span(Span::styled(format!("{} ", pen.signs.wall), theme::dim()));
            line.spans.extend(beside.get(index).cloned().unwrap_or_default().spans);
        }
        sheet.line(line);
        if field_cursor.is_none() && row.is_some_and(|row| row.cursor) {
            sheet.focus_here(0);
        }
    }
    for line in details::fitting(wizard, &pen.sized(pen.width, room.below)) {
        sheet.line(line);
    }
}

/// The sign on a line of the window that there are rows above the first or below the last one.
fn more(pen: &Pen, index: usize, top: usize, height: usize, rows: usize) -> &'static str {
    if index == 0 && top > 0 {
        pen.signs.above
    } else if index + 1 == height && top + height < rows {
        pen.signs.below
    } else {
        ""
    }
}

/// The path from the account down to the cursor, cut in its middle.
fn path(step: &Blobs, pen: &Pen) -> Line<'static> {
    let mut right = String::new();
    if let Some(filter) = step.tree.filter() {
        right = filtered(&text::clean(filter.text), &counted(filter.matches, filter.among), pen);
    } else if step.tree.sort() != crate::tree::Sort::default() {
        right = format!("  by {}", sort_word(step));
    }
    if step.typed_count() > 0 {
        right = format!("  {}", step.typed_count());
    }
    let right = text::cut_end(&right, pen.width * 2 / 3, pen.signs.cut);
    let crumbs = step.tree.breadcrumb();
    let parts: Vec<String> = crumbs.iter().map(|(_, name)| text::clean(name.trim_end_matches('/'))).collect();
    let room = pen.width.saturating_sub(text::width(&right));
    let words = text::cut_middle(&parts.join(&format!(" {} ", pen.signs.cursor)), room, pen.signs.cut);
    let gap = " ".repeat(room.saturating_sub(text::width(&words)));
    Line::from(vec![Span::styled(words, theme::dim()), Span::raw(gap), Span::styled(right, theme::caution())])
}

/// The kept filter beside the path: what it finds is never cut, its text is.
fn filtered(text: &str, found: &str, pen: &Pen) -> String {
    /// Fewer letters of it say nothing.
    const LEAST: usize = 4;
    let room = (pen.width * 2 / 3).saturating_sub(text::width("  filter : ") + text::width(found));
    if room >= LEAST.min(text::width(text)) {
        format!("  filter {}: {found}", text::cut_end(text, room, pen.signs.cut))
    } else {
        format!("  {found}")
    }
}

fn sort_word(step: &Blobs) -> &'static str {
    match step.tree.sort().by {
        crate::tree::SortBy::Name => "name",
        crate::tree::SortBy::Size => "size",
        crate::tree::SortBy::Time => "date",
    }
}

/// `12 in 2,000 loaded rows`.
fn counted(matches: usize, among: usize) -> String {
    format!("{} in {} loaded rows", text::count(matches as u64), text::count(among as u64))
}

/// The filter's field, and what it finds; the column of the cursor.
fn filter(step: &Blobs, field: &Field, pen: &Pen) -> (Line<'static>, usize) {
    let found = step.tree.filter().map_or_else(String::new, |filter| counted(filter.matches, filter.among));
    // The key stands in the hint line as well.
    let tail = format!("  {found} {} Ctrl-S asks the server", pen.signs.dot);
    let tail = if text::width(&tail) + 8 + pen.width / 3 <= pen.width { tail } else { format!("  {found}") };
    let room = pen.width.saturating_sub(8 + text::width(&tail)).max(pen.width / 3);
    let (mut spans, column) = typed("Filter: ", field, room, pen);
    let left = pen.width.saturating_sub(8 + room);
    spans.push(Span::styled(text::cut_end(&tail, left, pen.signs.cut), theme::dim()));
    (Line::from(spans), column)
}

/// A label and a field of exactly so many columns; the column of the cursor.
fn typed(label: &str, field: &Field, columns: usize, pen: &Pen) -> (Vec<Span<'static>>, usize) {
    let clean = text::clean(field.value());
    let before = field.value().get(..field.cursor()).map_or(0, |before| text::clean(before).len());
    let view = window(&clean, before, columns);
    let mark = |cut: bool| if cut { pen.signs.cut.chars().next().unwrap_or('.').to_string() } else { String::new() };
    let words = format!("{}{}{}", mark(view.cut_left), view.text, mark(view.cut_right));
    let style = if pen.focused { theme::focused() } else { theme::key() };
    let spans = vec![Span::raw(label.to_owned()), Span::styled(text::fit(&words, columns, ""), style)];
    (spans, text::width(label) + view.cursor)
}
