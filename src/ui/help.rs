//! What lies over the screen: the help page, the messages, the notice that a draft is open elsewhere.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::sheet::{Pen, Placed, Sheet};
use super::{steps, text, theme};
use crate::app::keymap::{self, Binding, Context};
use crate::app::{Model, Overlay};
use crate::draft::DraftId;

/// Draws what lies over the screen.
pub fn draw(model: &Model, overlay: &Overlay, area: Rect, pen: &Pen, buffer: &mut Buffer) -> Placed {
    let place = inside(area);
    let pen = pen.sized(usize::from(place.width), usize::from(place.height));
    let sheet = match overlay {
        Overlay::Help => keys_sheet(model, &pen),
        Overlay::Messages => messages(model, &pen),
        Overlay::Held { id, holder } => held(id, holder, &pen),
    };
    clear(area, buffer);
    let Placed { drawn, .. } = sheet.place(&model.overlay_view, place, buffer, pen.signs);
    Placed { cursor: None, drawn, faults: Vec::new() }
}

/// Every key that works beneath the page, as the table has it.
fn keys_sheet(model: &Model, pen: &Pen) -> Sheet {
    let contexts = model.contexts_beneath();
    let mut sheet = Sheet::default();
    sheet.heading("Keys that work here");
    sheet.blank();
    let bindings = keymap::active(&contexts);
    for alike in bindings.chunk_by(|one, other| one.help == other.help) {
        explain(&mut sheet, pen, &keys(alike), alike.first().map_or("", |binding| binding.help));
    }
    if contexts.contains(&Context::Tree) {
        sheet.blank();
        sheet.heading("Signs before a row");
        for (sign, meaning) in steps::SIGNS {
            explain(&mut sheet, pen, sign, meaning);
        }
    }
    sheet
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
fn explain(sheet: &mut Sheet, pen: &Pen, what: &str, meaning: &str) {
    let room = if pen.width < 60 { 9 } else { 16 };
    let lead = format!("  {:<room$} ", pen.signs.spell(what));
    let words = text::wrap(&pen.signs.spell(meaning), pen.width.saturating_sub(text::width(&lead)).max(8));
    let indent = " ".repeat(text::width(&lead));
    let starts = std::iter::once(Span::styled(lead, theme::key())).chain(std::iter::repeat(Span::raw(indent)));
    for (start, words) in starts.zip(words) {
        sheet.line(Line::from(vec![start, Span::raw(words)]));
    }
}

/// What was said in passing, newest first, each with its time and in full.
fn messages(model: &Model, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.heading("Messages, newest first");
    sheet.blank();
    if model.messages.is_empty() {
        sheet.say(pen, "Nothing was said yet.", theme::dim());
    }
    for (at, notice) in model.messages.iter() {
        let style = if notice.alarm { theme::caution() } else { Style::new() };
        sheet.say_with(pen, &format!("{} ", text::clock(*at)), &notice.text, style);
    }
    sheet
}

fn held(id: &DraftId, holder: &str, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.heading("This draft is open elsewhere");
    sheet.blank();
    sheet.say(pen, &format!("Draft {id} is held by {holder}."), Style::new());
    sheet.say(pen, "Close it there, look at it without changing it, or go on with a copy.", theme::dim());
    sheet
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
