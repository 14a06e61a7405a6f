//! What is on every screen: header, title and purpose of the step, button, remark, hint line. The body comes from `steps`.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{Body, DrawContext, Placed};
use super::theme::{self, Glyphs};
use super::{help, hints, rail, start, steps, text};
use crate::app::{Focus, Model, SaveState, Wizard};
use crate::layout::{self, Area, ShellAreas};
use crate::protocol::hit::HitTarget;
use crate::protocol::viewport::{Drawn, Viewport};
use crate::wizard::guide::{StepGuide, guide};
use crate::wizard::shared::Shared;
use crate::wording::many;

impl From<Area> for Rect {
    fn from(Area { x, y, width, height }: Area) -> Self {
        Self { x, y, width, height }
    }
}

/// Draws everything.
pub(super) fn draw(model: &Model, area: Rect, buffer: &mut Buffer) -> Placed {
    let notice = notice(model, area);
    let parts = layout::shell(Area { x: area.x, y: area.y, width: area.width, height: area.height }, notice.0.len());
    let ctx = ctx(model, parts.page);
    header(model, &ctx, &parts, buffer);
    let on_rail = rail::draw(model, &ctx, &parts, buffer);
    draw_notice(notice, parts.notice, buffer);
    let on_hints = hints::draw(model, &ctx, parts.hints, buffer);
    let mut placed = if let Some(overlay) = &model.overlay {
        let place = Rect::from(parts.middle);
        let ctx = ctx.sized(usize::from(place.width), usize::from(place.height));
        help::draw(model, overlay, place, &ctx, buffer)
    } else if let Some(prompt) = model.asked_in_place() {
        help::asked_in_place(model, prompt, parts.middle.into(), &ctx, buffer)
    } else if let Some(wizard) = &model.wizard {
        let mut placed = draw_step(wizard, &ctx, parts.page, buffer);
        placed.hits.extend(on_rail);
        placed
    } else {
        start::draw(model, &ctx, parts.page, buffer)
    };
    placed.hits.extend(on_hints);
    placed
}

fn glyphs(model: &Model) -> &'static Glyphs {
    if model.settings.ascii { &theme::ASCII } else { &theme::UNICODE }
}

fn ctx(model: &Model, page: Area) -> DrawContext<'_> {
    DrawContext {
        glyphs: glyphs(model),
        now: model.now,
        motion: model.settings.motion,
        requests: model.requests(),
        keys: &model.settings.keys,
        focused: model.wizard.as_ref().is_none_or(|wizard| wizard.focus == Focus::Body),
        width: usize::from(page.width),
        height: usize::from(page.height),
    }
}

/// Columns below which the header leaves out words.
const SHORT_HEADER: usize = 72;

fn header(model: &Model, ctx: &DrawContext, parts: &ShellAreas, buffer: &mut Buffer) {
    let width = usize::from(parts.header.width);
    let narrow = width < SHORT_HEADER;
    let save = if narrow { save_word(model).replace("draft ", "") } else { save_word(model) };
    // On a narrow screen the date of a rehearsal needs the room of `draft saved`.
    let save = if narrow && model.save == SaveState::Saved && model.draft().is_some_and(|draft| draft.rehearsal) {
        String::new()
    } else {
        save
    };
    let right = if model.mouse { format!("mouse on {} {save}", ctx.glyphs.dot) } else { save };
    let room = width.saturating_sub(text::width(&right) + 2);
    let rehearsal = model.wizard.as_ref().map(|wizard| &wizard.shared).filter(|shared| shared.draft.rehearsal);
    let name = if rehearsal.is_some() && narrow { "" } else { " Blobfreight" };
    let beside_name = room.saturating_sub(text::width(name));
    let mut spans = vec![Span::styled(name, theme::title())];
    if let Some(shared) = rehearsal {
        let words = rehearsal_words(shared, ctx, beside_name);
        spans.push(Span::styled(words, theme::caution()));
    } else if let Some(session) = model.wizard.as_ref().and_then(|wizard| wizard.shared.session.as_ref()) {
        let words = format!("  {} {} {}", session.cloud.title(), ctx.glyphs.dot, text::clean(&session.identity.who));
        spans.push(Span::styled(text::cut_end(&words, beside_name, ctx.glyphs.cut), theme::dim()));
    } else if let Some(shared) = model.wizard.as_ref().map(|wizard| &wizard.shared)
        && let (Some(given), Some(words)) = (shared.direct_account(), shared.direct_access_words())
    {
        let words = format!("  {} {} {words}", text::clean(&given.name), ctx.glyphs.dot);
        spans.push(Span::styled(text::cut_end(&words, beside_name, ctx.glyphs.cut), theme::dim()));
    }
    buffer.set_line(parts.header.x, parts.header.y, &Line::from(spans), u16::try_from(room).unwrap_or(0));
    let alarm = matches!(model.save, SaveState::Failed(_));
    let style = if alarm { theme::alarm() } else { theme::dim() };
    let x = parts.header.right().saturating_sub(u16::try_from(text::width(&right) + 1).unwrap_or(0));
    buffer.set_string(x, parts.header.y, right, style);
    if parts.rail.height > 1 {
        let line = ctx.glyphs.line.repeat(width);
        buffer.set_string(parts.rule.x, parts.rule.y, line, theme::dim());
    }
}

/// `REHEARSAL: never ship`, with the date and the pace of its clock as far as there is room.
fn rehearsal_words(shared: &Shared, ctx: &DrawContext, room: usize) -> String {
    let dot = ctx.glyphs.dot;
    let Some(clock) = &shared.clock else { return " REHEARSAL: never ship".to_owned() };
    let (date, pace) = (clock.at(ctx.now).strftime("%Y-%m-%d"), clock.words(ctx.now));
    let forms = [
        format!("  REHEARSAL on a simulated Azure: never ship {dot} simulated {date} {dot} {pace}"),
        format!("  REHEARSAL: never ship {dot} simulated {date} {dot} {pace}"),
        format!(" REHEARSAL: never ship {dot} {date} {dot} {pace}"),
        format!(" REHEARSAL: never ship {dot} {date}"),
        " REHEARSAL: never ship".to_owned(),
    ];
    let fits = forms.iter().position(|form| text::width(form) <= room);
    fits.and_then(|index| forms.get(index)).or(forms.last()).cloned().unwrap_or_default()
}

fn save_word(model: &Model) -> String {
    match (&model.wizard, &model.save) {
        (None, _) => String::new(),
        (Some(wizard), _) if wizard.shared.is_read_only() => "read only".to_owned(),
        (Some(_), SaveState::Failed(_)) => "DRAFT NOT SAVED".to_owned(),
        (Some(_), SaveState::Saving) => "saving".to_owned(),
        // Nothing is written before something is answered.
        (Some(wizard), SaveState::Saved) if wizard.shared.draft.is_untouched() => String::new(),
        (Some(wizard), SaveState::Saved) => format!("draft saved {}", text::clock(wizard.shared.draft.changed)),
    }
}

fn draw_step(wizard: &Wizard, ctx: &DrawContext, area: Area, buffer: &mut Buffer) -> Placed {
    let step = wizard.shared.draft.step;
    let button = wizard.step().button(&wizard.shared);
    let mut head = Body::default();
    head.heading(step.title());
    head.say(ctx, &wizard.purpose(), theme::dim());
    let areas = layout::page(area, head.len());
    head.place(&Viewport::default(), areas.head.into(), buffer, ctx.glyphs);
    let body = steps::body(wizard, &ctx.sized(usize::from(areas.body.width), usize::from(areas.body.height)));
    let Placed { cursor, drawn, faults, mut hits } = body.place(&wizard.view, areas.body.into(), buffer, ctx.glyphs);
    draw_guide(wizard, ctx, areas.body, drawn.extent.lines, buffer);
    let on_button = draw_button(wizard, &button, areas.foot, buffer);
    hits.add(on_button.x.saturating_sub(2)..areas.foot.right(), areas.foot.y, HitTarget::Next);
    let beside_button = Area { width: on_button.x.saturating_sub(areas.foot.x + 3), ..areas.foot };
    more(ctx, &drawn, &faults, beside_button, buffer);
    let cursor = match wizard.focus {
        Focus::Button => Some(on_button),
        Focus::Body => cursor,
        Focus::Rail(_) => None,
    };
    Placed { cursor, drawn, faults, hits }
}

/// Why the step is there, what comes next and when, at the foot of a page with room for all of it.
fn draw_guide(wizard: &Wizard, ctx: &DrawContext, area: Area, used: usize, buffer: &mut Buffer) {
    let mut words = Body::default();
    let Some(StepGuide { why, next, when }) = guide(&wizard.shared) else { return };
    for (lead, sentence) in [("Why   ", why), ("Next  ", next), ("When  ", when)] {
        words.say_with(ctx, lead, sentence, theme::dim());
    }
    // Two empty lines set it apart from what the step shows.
    let height = u16::try_from(words.len()).unwrap_or(u16::MAX);
    if used + 2 + words.len() <= usize::from(area.height) {
        let foot = Area { y: area.bottom() - height, height, ..area };
        words.place(&Viewport::default(), foot.into(), buffer, ctx.glyphs);
    }
}

/// How many of the failures, or else of the warnings, on the page are below or above what is in view, beside the button.
fn more(ctx: &DrawContext, drawn: &Drawn, faults: &[Range<usize>], area: Area, buffer: &mut Buffer) {
    let (top, end) = (drawn.top, drawn.top + drawn.extent.rows);
    let (marks, faults) = (drawn.extent.marks.iter(), faults.iter());
    // A failure counts as in view with one of its lines.
    let failures = (faults.clone().filter(|lines| lines.start >= end).count(), faults.filter(|l| l.end <= top).count());
    let warnings = (marks.clone().filter(|line| **line >= end).count(), marks.filter(|line| **line < top).count());
    let (what, (below, above)) = if failures == (0, 0) { ("warning", warnings) } else { ("failure", failures) };
    let (sign, count, where_to) = match (below, above) {
        (0, 0) => return,
        (0, above) => (ctx.glyphs.above, above, "above"),
        (below, _) => (ctx.glyphs.below, below, "below"),
    };
    let short = format!("{sign} {}", many(count as u64, what));
    let words = format!("{short} {where_to}");
    let words = if text::width(&words) > usize::from(area.width) { short } else { words };
    buffer.set_stringn(area.x, area.y, words, usize::from(area.width), theme::caution());
}

fn draw_button(wizard: &Wizard, word: &str, area: Area, buffer: &mut Buffer) -> Position {
    let label = format!("[ {word} ]");
    let x = area.right().saturating_sub(u16::try_from(text::width(&label)).unwrap_or(0)).max(area.x);
    let style = if wizard.focus == Focus::Button { theme::focused() } else { theme::key() };
    buffer.set_stringn(x, area.y, label, usize::from(area.width), style);
    Position { x: x.saturating_add(2), y: area.y }
}

/// The lines of the remark above the hints. Where even three are too few the end is marked as cut.
fn notice(model: &Model, area: Rect) -> (Vec<String>, Style) {
    let (words, style) = match (&model.save, model.notice()) {
        (_, Some(notice)) if notice.alarm => (notice.text.clone(), theme::caution()),
        (_, Some(notice)) => (notice.text.clone(), Style::new()),
        (SaveState::Failed(fault), None) => (fault.to_string(), theme::alarm()),
        _ => return (Vec::new(), Style::new()),
    };
    let columns = usize::from(area.width).saturating_sub(2);
    let glyphs = glyphs(model);
    let mut lines = text::wrap(&glyphs.spell(&text::clean(&words)), columns);
    // On a small screen the body needs its rows.
    let most = usize::from(area.height).saturating_sub(9).clamp(1, layout::REMARK);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(text::cut_end(&rest, columns, glyphs.cut));
    }
    (lines, style)
}

fn draw_notice((lines, style): (Vec<String>, Style), area: Area, buffer: &mut Buffer) {
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        buffer.set_string(area.x.saturating_add(1), y, line, style);
    }
}
