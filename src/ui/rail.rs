//! Draws the rail: a column of steps with their answers beside the page, or one line of them above it.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::body::DrawContext;
use super::{text, theme};
use crate::app::{Focus, Model};
use crate::layout::{Area, ShellAreas};
use crate::protocol::hit::{HitMap, HitTarget};
use crate::protocol::step::Step;
use crate::wizard::rail_cells::{CellWords, RailCell, cells, summary};

/// Draws the steps; returns where each is.
pub(super) fn draw(model: &Model, ctx: &DrawContext, parts: &ShellAreas, buffer: &mut Buffer) -> HitMap {
    let area = parts.rail;
    let shared = model.wizard.as_ref().map(|wizard| &wizard.shared);
    let focus = model.wizard.as_ref().map(|wizard| wizard.focus);
    let focused = |step: Step| focus == Some(Focus::Rail(step));
    let named = model.wizard.as_ref().map_or(Step::SignIn, |wizard| wizard.named_step());
    let cells = cells(shared, named, area);
    let mut hits = HitMap::default();
    for cell in &cells {
        let style = if focused(cell.step) { theme::focused() } else { theme::mark(cell.mark) };
        draw_cell(model, ctx, cell, style, buffer);
        for row in cell.area.y..cell.area.bottom() {
            hits.add(cell.area.x..cell.area.right(), row, HitTarget::Goto(cell.step));
        }
    }
    if area.height > 1 {
        for y in parts.middle.y..parts.middle.bottom() {
            buffer.set_string(area.right().saturating_sub(1), y, ctx.glyphs.wall, theme::dim());
        }
    } else if let Some(last) = cells.last().filter(|_| cells.len() > 1) {
        let room = usize::from(area.right().saturating_sub(last.area.right() + 3));
        let words = text::cut_end(&text::clean(&summary(shared, named)), room, ctx.glyphs.cut);
        buffer.set_string(last.area.right() + 3, area.y, words, theme::dim());
    }
    hits
}

fn draw_cell(model: &Model, ctx: &DrawContext, cell: &RailCell, style: Style, buffer: &mut Buffer) {
    let Area { x, y, width, .. } = cell.area;
    let (number, sign, name) = (cell.step.index() + 1, ctx.glyphs.mark(cell.mark), cell.step.name());
    let in_column = usize::from(width).saturating_sub(2);
    match &cell.words {
        CellWords::Short => buffer.set_string(x, y, format!("{number}{sign}"), style),
        CellWords::Named => buffer.set_string(x, y, format!("{number}{sign} {name}"), style),
        CellWords::Row | CellWords::WithSummary(_) => {
            let words = text::fit(&format!("{number:>2} {sign} {name}"), in_column, ctx.glyphs.cut);
            buffer.set_string(x, y, words, style);
        }
        CellWords::Alone(summary) => {
            let all = Step::ALL.len();
            let place = if model.wizard.is_some() { format!("{number}/{all}") } else { "start".into() };
            let words = format!(" {place} {sign} {name}  {}", text::clean(summary));
            buffer.set_string(x, y, text::fit(&words, usize::from(width), ctx.glyphs.cut), style);
        }
    }
    if let CellWords::WithSummary(summary) = &cell.words {
        let words = text::cut_end(&text::clean(summary), in_column.saturating_sub(5), ctx.glyphs.cut);
        buffer.set_string(x + 5, y + 1, words, theme::dim());
    }
}
