//! Draws the whole screen, or one sentence where the terminal is too small. Without colours, bold and reverse video remain.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use crate::app::Model;
use crate::protocol::viewport::Drawn;
use crate::ui::body::Placed;
use crate::ui::{shell, text};

/// Columns and rows below which only a sentence is drawn.
pub const SMALLEST: (u16, u16) = (40, 10);

/// Draws the whole screen; returns which part of the page is in view.
pub fn draw(model: &Model, frame: &mut Frame<'_>) -> Drawn {
    let area = frame.area();
    let Placed { cursor, drawn, .. } = paint(model, area, frame.buffer_mut());
    if let Some(position) = cursor.filter(|position| area.contains(*position)) {
        frame.set_cursor_position(position);
    }
    drawn
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
    if !model.settings.colour {
        strip_colours(buffer);
    }
    placed
}

/// Takes the colours out and leaves bold and reverse video, which carry the focus.
fn strip_colours(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        cell.fg = Color::Reset;
        cell.bg = Color::Reset;
        cell.underline_color = Color::Reset;
    }
}
