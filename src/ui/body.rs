//! The lines of a page before they are placed on the screen, with the line that must stay in view. Works at any size.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::click_places::ClickPlaces;
pub use super::draw_context::DrawContext;
use super::text;
use super::theme::{self, Glyphs};
use crate::azure::fault::Fault;
use crate::protocol::action::Action;
use crate::protocol::hit::{FieldClick, HitMap, HitTarget};
use crate::protocol::message::Slot;
use crate::protocol::viewport::{Drawn, Extent, Viewport};

/// The lines of a page.
#[derive(Debug, Default)]
pub struct Body {
    lines: Vec<Line<'static>>,
    focus: Option<usize>,
    cursor: Option<(usize, usize)>,
    keep: usize,
    stops: Vec<usize>,
    marks: Vec<usize>,
    faults: Vec<Range<usize>>,
    busy: Vec<usize>,
    click_places: ClickPlaces,
}

/// The lines of a page as text, for a reader that says them one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageText {
    /// The lines.
    pub lines: Vec<String>,
    /// The line with the focus.
    pub focus: Option<usize>,
    /// The lines that can get the focus by moving up and down, in order.
    pub stops: Vec<usize>,
    /// The last line of each thing that the step wants to know to have been read.
    pub marks: Vec<usize>,
    /// The lines about requests under way.
    pub busy: Vec<usize>,
}

/// A page that was placed on the screen.
#[derive(Debug, Default)]
pub struct Placed {
    /// Where the hardware cursor belongs.
    pub cursor: Option<Position>,
    /// Which part of it is in view.
    pub drawn: Drawn,
    /// The lines of each failure on it.
    pub faults: Vec<Range<usize>>,
    /// What a click does where.
    pub hits: HitMap,
}

impl Body {
    /// An empty line.
    pub fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// A line as it is; the caller has cleaned and cut it.
    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    /// A heading.
    pub fn heading(&mut self, words: &str) {
        self.line(Span::styled(words.to_owned(), theme::title()));
    }

    /// Text, cleaned and wrapped.
    pub fn say(&mut self, ctx: &DrawContext, words: &str, style: Style) {
        self.say_with(ctx, "", words, style);
    }

    /// Text, cleaned and wrapped, with a lead on its first line and an indent below it.
    pub fn say_with(&mut self, ctx: &DrawContext, lead: &str, words: &str, style: Style) {
        if ctx.glyphs.read_out {
            return self.line(labelled(lead, &ctx.glyphs.spell(&text::clean(words))));
        }
        let indent = text::width(lead);
        let words = ctx.glyphs.spell(&text::clean(words));
        for (index, line) in text::wrap(&words, ctx.width.saturating_sub(indent)).into_iter().enumerate() {
            let start = if index == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.line(Line::from(vec![Span::styled(start, style), Span::styled(line, style)]));
        }
    }

    /// A row of a list: a cursor sign, then the text, reversed while it has the focus.
    pub fn row(&mut self, ctx: &DrawContext, selected: bool, spans: Vec<Span<'static>>) {
        let sign = if selected { ctx.glyphs.cursor } else { " " };
        let mut all = if ctx.glyphs.read_out { Vec::new() } else { vec![Span::raw(format!("{sign} "))] };
        all.extend(spans);
        let mut line = Line::from(all);
        if selected && ctx.focused {
            let used = line.width();
            line.push_span(Span::raw(" ".repeat(ctx.width.saturating_sub(used))));
            line = theme::in_focus(line);
        }
        self.click_places.row(self.lines.len(), &line, selected);
        self.line(line);
        self.stop();
        if selected {
            self.focus_here(0);
        }
    }

    /// The row drawn last is the one that its list has under the cursor when the focus comes to it.
    pub fn current_row(&mut self, is: bool) {
        if is {
            self.click_places.current();
        }
    }

    /// The rows from here on are another list, which Tab leads to.
    pub fn next_list(&mut self) {
        self.click_places.next_list();
    }

    /// What the columns of the next line do when they are clicked.
    pub fn hit(&mut self, columns: Range<usize>, target: HitTarget) {
        self.click_places.fixed(self.lines.len(), columns, target);
    }

    /// The next lines are a field, which Tab leads to; `here` if it has the focus.
    pub fn field(&mut self, here: bool) {
        self.click_places.field(here);
    }

    /// The next line is a field outside of a form.
    pub fn field_row(&mut self, here: bool) {
        self.click_places.field_row(self.lines.len(), here);
    }

    /// What the columns of a line so many below the next one do when they are clicked: something in this field of the form.
    pub fn in_field(&mut self, field: usize, below: usize, columns: Range<usize>, then: FieldClick) {
        self.click_places.in_field(self.lines.len() + below, columns, field, then);
    }

    /// The last line is a row under the cursor while a field has the focus: it has the sign of the cursor and stays in view.
    pub fn cursor_on_last(&mut self, ctx: &DrawContext) {
        if ctx.glyphs.read_out {
            return;
        }
        self.click_places.selected();
        if let Some(first) = self.lines.last_mut().and_then(|line| line.spans.first_mut()) {
            first.content = format!("{} ", ctx.glyphs.cursor).into();
        }
    }

    /// The last line must stay in view; the hardware cursor stands in this column of it.
    pub fn focus_here(&mut self, column: usize) {
        self.look_here();
        self.cursor = self.focus.map(|line| (line, column));
    }

    /// The hardware cursor stands in this column of a line while the line is in view; nothing scrolls for it.
    pub fn field_cursor(&mut self, line: usize, column: usize) {
        self.cursor = Some((line, column));
    }

    /// The lines from `first` on must stay in view; the hardware cursor stands in this column of the last one.
    pub fn focus_at(&mut self, first: usize, column: usize) {
        self.focus_here(column);
        self.focus = Some(first);
    }

    /// The last line must stay in view, wherever the hardware cursor stands.
    pub fn look_here(&mut self) {
        self.focus = Some(self.lines.len().saturating_sub(1));
    }

    /// The last line can get the focus by moving up or down.
    pub fn stop(&mut self) {
        self.stop_at(self.lines.len().saturating_sub(1));
    }

    /// This line, no line before the last stop, can get the focus by moving up or down.
    pub fn stop_at(&mut self, line: usize) {
        if self.stops.last() != Some(&line) {
            self.stops.push(line);
        }
    }

    /// The last line is a mark: the step learns when it was in view.
    pub fn mark(&mut self) {
        self.marks.push(self.lines.len().saturating_sub(1));
    }

    /// A page to read: no line of it has or gets the focus, whatever was drawn like a row.
    pub fn to_read(&mut self) {
        (self.focus, self.cursor) = (None, None);
        self.stops.clear();
        self.click_places = ClickPlaces::default();
    }

    /// The last line belongs to the focus above it: both stay in view where there is room for both.
    pub fn keep_with_focus(&mut self) {
        self.keep = self.lines.len();
    }

    /// What the row above cuts, whole, while the row is under the cursor. Both stay in view where there is room.
    pub fn whole_below(&mut self, ctx: &DrawContext, indent: &str, whole: &str) {
        self.say_with(ctx, indent, whole, theme::dim());
        self.keep_with_focus();
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A label and its value, aligned.
    pub fn pair(&mut self, ctx: &DrawContext, label: &str, value: &str, style: Style) {
        const LABEL: usize = 16;
        if ctx.glyphs.read_out {
            return self.line(labelled(label, &text::clean(value)));
        }
        let lead = text::fit(label, LABEL, ctx.glyphs.cut);
        let lines = text::wrap(&text::clean(value), ctx.width.saturating_sub(LABEL + 1));
        for (index, line) in lines.into_iter().enumerate() {
            let start = if index == 0 { format!("{lead} ") } else { " ".repeat(LABEL + 1) };
            self.line(Line::from(vec![Span::styled(start, theme::dim()), Span::styled(line, style)]));
        }
    }

    /// A fault in full: sentence, advice, error code and request id.
    pub fn fault(&mut self, ctx: &DrawContext, fault: &Fault) {
        let first = self.lines.len();
        let (sign, style) = if fault.unsettled { ("? ", theme::caution()) } else { ("! ", theme::alarm()) };
        self.say_with(ctx, sign, &fault.sentence(), style);
        if let Some(advice) = &fault.advice {
            self.say_with(ctx, "  ", advice, Style::new());
        }
        let reference = fault.reference();
        if !reference.is_empty() {
            self.say_with(ctx, "  ", &reference, theme::dim());
        }
        if ctx.glyphs.read_out {
            self.line("Type retry to try again.");
        } else {
            self.key_line(ctx, "  ", &Action::Retry, " tries again");
        }
        self.keep = self.lines.len();
        self.faults.push(first..self.keep);
    }

    /// A line about a key, which a click on its name presses.
    pub fn key_line(&mut self, ctx: &DrawContext, lead: &str, action: &Action, words: &str) {
        let Some(key) = ctx.keys.key(action) else { return };
        let name = ctx.glyphs.spell(&key.to_string());
        let start = text::width(lead);
        self.hit(start..start + text::width(&name), HitTarget::Press(key));
        let spans = [Span::raw(lead.to_owned()), Span::styled(name, theme::key()), Span::raw(words.to_owned())];
        self.line(Line::from(spans.to_vec()));
    }

    /// One line for a request under way: nothing at first, then a spinner, or a countdown while it waits.
    pub fn busy(&mut self, ctx: &DrawContext, slot: Slot, what: &str) {
        if ctx.glyphs.read_out {
            self.busy.push(self.lines.len());
        }
        if let Some(pause) = ctx.requests.get(slot).and_then(|request| request.waiting.clone()) {
            self.say_with(ctx, "~ ", &format!("{what}: {}", pause.words(ctx.now)), theme::caution());
            return;
        }
        match ctx.requests.spinner(slot, ctx.now) {
            _ if ctx.glyphs.read_out => self.line(format!("{what}.")),
            None => self.blank(),
            Some(since) => {
                let turn = ctx.turn(since);
                self.say_with(ctx, &format!("{turn} "), &format!("{what}{}", ctx.glyphs.cut), theme::dim());
            }
        }
    }

    /// The lines as text.
    pub fn read_out(self) -> PageText {
        let lines = self.lines.iter().map(|line| line.spans.iter().map(|span| span.content.as_ref()).collect());
        let lines = lines.collect();
        PageText { lines, focus: self.focus, stops: self.stops, marks: self.marks, busy: self.busy }
    }

    /// Places the lines that are in view.
    pub fn place(self, view: &Viewport, area: Rect, buffer: &mut Buffer, glyphs: &Glyphs) -> Placed {
        let height = usize::from(area.height);
        let total = self.lines.len();
        // Two lines of context below the focus, so that the help under a field is seen with it.
        let focus = self.focus.map(|line| (line, line.saturating_add(3).max(self.keep).min(total)));
        let extent = Extent { rows: height, lines: total, focus, stops: self.stops, marks: self.marks };
        let drawn = Drawn { top: view.first_of(&extent), extent };
        let top = drawn.top;
        for (y, line) in (area.y..area.bottom()).zip(self.lines.iter().skip(top)) {
            buffer.set_line(area.x, y, line, area.width);
        }
        if area.width > 0 && height > 0 {
            // Beside the text where there is a margin: a sign over the last letter of a line hides it.
            let edge = area.right().min(buffer.area.right().saturating_sub(1));
            if top > 0 {
                buffer.set_string(edge, area.y, glyphs.above, theme::dim());
            }
            if top + height < total {
                buffer.set_string(edge, area.bottom().saturating_sub(1), glyphs.below, theme::dim());
            }
        }
        let cursor = self.cursor.filter(|(line, _)| drawn.shows(*line)).map(|(line, column)| {
            let x =
                area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)).min(area.right().saturating_sub(1));
            let y = area.y.saturating_add(u16::try_from(line - top).unwrap_or(0));
            Position { x, y }
        });
        let mut hits = HitMap::default();
        for (line, columns, target) in self.click_places.targets(area) {
            if drawn.shows(line) {
                let y = area.y.saturating_add(u16::try_from(line - top).unwrap_or(0));
                hits.add(columns, y, target);
            }
        }
        Placed { cursor, drawn, faults: self.faults, hits }
    }
}

/// A label and what it is of, to be read out: `Account: contosomedia`. A sign stays as it is.
fn labelled(label: &str, words: &str) -> String {
    let label = label.trim();
    let speaks = label.ends_with(char::is_alphanumeric);
    match (label.is_empty(), speaks && label.len() > 1) {
        (true, _) => words.to_owned(),
        (false, true) => format!("{label}: {words}"),
        (false, false) => format!("{label} {words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w45_the_signs_for_more_lines_stand_beside_the_text_and_hide_no_letter_of_it() {
        let screen = Rect::new(0, 0, 12, 5);
        let area = Rect { x: 1, width: 10, ..screen };
        let text = |line: usize| format!("line {line:05}");
        let mut view = Viewport::default();
        for top in 0..6 {
            let mut body = Body::default();
            (0..10).for_each(|line| body.line(text(line)));
            let mut buffer = Buffer::empty(screen);
            let placed = body.place(&view, area, &mut buffer, &theme::UNICODE);
            let row = |y: u16| {
                (0..12).filter_map(|x| buffer.cell((x, y))).map(ratatui::buffer::Cell::symbol).collect::<String>()
            };
            for y in 0..5 {
                assert_eq!(row(y)[1..11], text(top + usize::from(y)), "{}", row(y));
            }
            assert_eq!((row(0).ends_with('↑'), row(4).ends_with('↓')), (top > 0, top < 5));
            view.take(placed.drawn);
            view.scroll(crate::protocol::action::Motion::Down);
        }
    }
}
