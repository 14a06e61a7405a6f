//! Draws the whole screen, or one sentence where the terminal is too small.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::protocol::hit::HitMap;
use crate::protocol::viewport::Drawn;
use crate::ui::body::Placed;
use crate::ui::{shell, text, theme};

/// Columns and rows below which only a sentence is drawn.
pub const SMALLEST: (u16, u16) = (40, 10);

/// Draws the whole screen; returns which part of the page is in view, and what a click does where.
pub fn draw(model: &Model, frame: &mut Frame<'_>) -> (Drawn, HitMap) {
    let area = frame.area();
    let Placed { cursor, drawn, hits, .. } = paint(model, area, frame.buffer_mut());
    if let Some(position) = cursor.filter(|position| area.contains(*position)) {
        frame.set_cursor_position(position);
    }
    (drawn, hits)
}

/// Draws the whole screen into a buffer; returns where the hardware cursor belongs and which part of the page is in view.
pub fn paint(model: &Model, area: Rect, buffer: &mut Buffer) -> Placed {
    if area.is_empty() {
        return Placed::default();
    }
    let placed = if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let words = format!("window too small (needs {}x{})", SMALLEST.0, SMALLEST.1);
        for (y, line) in (area.y..area.bottom()).zip(text::wrap(&words, usize::from(area.width))) {
            buffer.set_stringn(area.x, y, line, usize::from(area.width), ratatui::style::Style::new());
        }
        Placed::default()
    } else {
        shell::draw(model, area, buffer)
    };
    theme::colour(buffer, &model.settings.palette);
    placed
}
