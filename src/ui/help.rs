//! The help page and the notice that a draft is open elsewhere: what lies over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::sheet::{Pen, Sheet};
use super::{steps, theme};
use crate::app::keymap::{self, Context};
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
    let line = |keys: &str, help: &str| {
        Line::from(vec![Span::styled(format!("  {keys:<16} "), theme::key()), Span::raw(help.to_owned())])
    };
    let mut lines: Vec<Line<'static>> = keymap::active(&contexts)
        .into_iter()
        .map(|binding| {
            let keys = binding.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            line(&keys, binding.help)
        })
        .collect();
    if contexts.contains(&Context::Tree) {
        lines.extend([Line::default(), Line::styled("Signs before a row", theme::title())]);
        lines.extend(steps::SIGNS.map(|(sign, meaning)| line(sign, meaning)));
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
