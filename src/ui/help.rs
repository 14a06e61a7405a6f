//! The help page and the notice that a draft is open elsewhere: what lies over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::sheet::{Pen, Sheet};
use super::{steps, text, theme};
use crate::app::keymap::{self, Binding, Context};
use crate::app::{Model, Overlay};
use crate::draft::DraftId;

/// Draws what lies over the screen.
pub fn draw(model: &Model, overlay: &Overlay, area: Rect, pen: &Pen, buffer: &mut Buffer) {
    match overlay {
        Overlay::Help(top) => draw_keys(model, *top, area, pen, buffer),
        Overlay::Held { id, holder } => draw_held(id, holder, area, pen, buffer),
    }
}

/// Every key that works beneath the page, as the table has it.
fn draw_keys(model: &Model, top: usize, area: Rect, pen: &Pen, buffer: &mut Buffer) {
    let contexts = model.contexts_beneath();
    let columns = usize::from(inside(area).width);
    let mut lines: Vec<Line<'static>> = Vec::new();
    let bindings = keymap::active(&contexts);
    for alike in bindings.chunk_by(|one, other| one.help == other.help) {
        lines.extend(explained(&keys(alike), alike.first().map_or("", |binding| binding.help), columns));
    }
    if contexts.contains(&Context::Tree) {
        lines.extend([Line::default(), Line::styled("Signs before a row", theme::title())]);
        lines.extend(steps::SIGNS.into_iter().flat_map(|(sign, meaning)| explained(sign, meaning, columns)));
    }
    let mut sheet = Sheet::default();
    sheet.heading("Keys that work here");
    sheet.blank();
    let room = usize::from(area.height).saturating_sub(4);
    let top = top.min(lines.len().saturating_sub(room));
    let rest = lines.len().saturating_sub(top + room);
    for line in lines.into_iter().skip(top).take(room) {
        sheet.line(line);
    }
    if rest > 0 {
        sheet.say(pen, &format!("{} {rest} more", pen.signs.below), theme::dim());
    }
    clear(area, buffer);
    sheet.place(inside(area), buffer, pen.signs);
}

/// The keys that do the same; a row of digits as `0-9`.
fn keys(alike: &[&Binding]) -> String {
    let all: Vec<String> = alike.iter().flat_map(|binding| binding.keys).map(ToString::to_string).collect();
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if alike.len() > 2 => format!("{first}-{last}"),
        _ => all.join(", "),
    }
}

/// What a key or a sign means, wrapped beside it.
fn explained(what: &str, meaning: &str, columns: usize) -> Vec<Line<'static>> {
    let room = if columns < 60 { 9 } else { 16 };
    let lead = format!("  {what:<room$} ");
    let words = text::wrap(meaning, columns.saturating_sub(text::width(&lead)).max(8));
    let indent = " ".repeat(text::width(&lead));
    let starts = std::iter::once(Span::styled(lead, theme::key())).chain(std::iter::repeat(Span::raw(indent)));
    starts.zip(words).map(|(start, words)| Line::from(vec![start, Span::raw(words)])).collect()
}

fn draw_held(id: &DraftId, holder: &str, area: Rect, pen: &Pen, buffer: &mut Buffer) {
    let pen = pen.sized(usize::from(inside(area).width), usize::from(area.height));
    let mut sheet = Sheet::default();
    sheet.heading("This draft is open elsewhere");
    sheet.blank();
    sheet.say(&pen, &format!("Draft {id} is held by {holder}."), Style::new());
    sheet.say(&pen, "Close it there, look at it without changing it, or go on with a copy.", theme::dim());
    clear(area, buffer);
    sheet.place(inside(area), buffer, pen.signs);
}

fn inside(area: Rect) -> Rect {
    Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area }
}

fn clear(area: Rect, buffer: &mut Buffer) {
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
}
