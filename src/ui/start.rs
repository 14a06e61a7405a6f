//! The start screen: what needs the person, drafts and jobs in one list; a new export, a rehearsal.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{Body, DrawContext, Placed};
use super::steps::{labelled, typed_line};
use super::{start_guide, start_look, start_preview, text, theme};
use crate::app::Model;
use crate::app::start::{Choice, Section, Start, StartRow};
use crate::azure::fault::Fault;
use crate::azure::model::JobStatus;
use crate::draft::{DraftEntry, DraftSummary, ReadyDraft};
use crate::layout::Area;
use crate::protocol::action::Action;
use crate::protocol::hit::HitTarget;
use crate::protocol::keymap::Context;
use crate::protocol::message::Slot;
use crate::protocol::overview::FoundJob;
use crate::protocol::viewport::Viewport;

/// Columns from which a preview of the row stands beside the list, and its columns, the line between included.
const PREVIEW_FROM: u16 = 80;
const PREVIEW: u16 = 36;

/// Draws the start screen.
pub(super) fn draw(model: &Model, ctx: &DrawContext, page: Area, buffer: &mut Buffer) -> Placed {
    let some =
        model.start.drafts.as_ref().is_some_and(|drafts| !drafts.is_empty()) || !model.start.look.jobs().is_empty();
    if !some || page.width < PREVIEW_FROM {
        return body(model, ctx).place(&model.start.view, page.into(), buffer, ctx.glyphs);
    }
    let left = Area { width: page.width - PREVIEW - 2, ..page };
    let wall = left.right() + 1;
    for y in page.y..page.bottom() {
        buffer.set_string(wall, y, ctx.glyphs.wall, theme::dim());
    }
    let right = Area { x: wall + 2, width: PREVIEW - 2, ..page };
    let preview = start_preview::body(model.start.selected(), &ctx.sized(usize::from(right.width), ctx.height));
    let _nothing_scrolls = preview.place(&Viewport::default(), right.into(), buffer, ctx.glyphs);
    let list = body(model, &ctx.sized(usize::from(left.width), ctx.height));
    list.place(&model.start.view, left.into(), buffer, ctx.glyphs)
}

/// The body of the start screen.
pub(super) fn body(model: &Model, ctx: &DrawContext) -> Body {
    let start = &model.start;
    let mut body = Body::default();
    body.heading("Start");
    body.say(ctx, "Export blobs from Azure Storage on drives sent to Microsoft. Enter goes on.", theme::dim());
    body.blank();
    match &start.drafts {
        None => body.busy(ctx, Slot::Drafts, "Reading the drafts"),
        Some(drafts) if drafts.is_empty() => body.say(ctx, "No drafts yet.", theme::dim()),
        Some(_) => {}
    }
    let rows = start.rows();
    list(&mut body, ctx, start, &rows);
    // Without a row under the cursor the field of the filter keeps it.
    filter(&mut body, ctx, start, rows.len());
    start_look::lines(&mut body, ctx, start);
    if start.requests.is_busy(Slot::OpenDraft) {
        body.busy(ctx, Slot::OpenDraft, "Opening the draft");
    }
    // The remark above the hint line says the whole fault until the next key.
    let in_remark = |fault: &Fault| start.notice.as_ref().is_some_and(|notice| notice.text == fault.to_string());
    if let Some(fault) = start.fault.as_ref().filter(|fault| !in_remark(fault)) {
        body.blank();
        body.fault(ctx, fault);
    }
    body.blank();
    start_guide::lines(&mut body, ctx);
    body
}

/// The rows, each part under its heading.
fn list(body: &mut Body, ctx: &DrawContext, start: &Start, rows: &[StartRow<'_>]) {
    let mut section = None;
    for (number, row) in rows.iter().enumerate() {
        if section.replace(row.section) != Some(row.section) {
            let first = number == 0 && start.drafts.as_ref().is_some_and(|drafts| !drafts.is_empty());
            if !first {
                body.blank();
            }
            if row.section != Section::Begin {
                body.line(Span::styled(row.section.title(), theme::title()));
            }
        }
        let selected = number == start.row.min(rows.len().saturating_sub(1));
        match row.choice {
            Choice::Draft(entry, job) => draft(body, ctx, selected, row, entry, job),
            Choice::Job(found) => job(body, ctx, selected, row, found),
            Choice::New => plain(body, ctx, selected, "New export", "sign in and begin"),
            Choice::Rehearse => plain(body, ctx, selected, "Rehearse", "practise on a simulated Azure"),
        }
    }
}

fn filter(body: &mut Body, ctx: &DrawContext, start: &Start, rows: usize) {
    let Some(field) = &start.filter else { return };
    body.blank();
    let line = ("Filter: ", field, ctx.width.saturating_sub(8));
    if start.typing {
        let column = typed_line(body, ctx, line, None);
        body.focus_here(column);
    } else {
        if let Some(key) = ctx.keys.key_in(Context::Start, &Action::Filter) {
            body.hit(0..ctx.width, HitTarget::Press(key));
        }
        body.line(Line::from(labelled(line.0, line.1, line.2, ctx).0));
    }
    if rows == 0 {
        body.say(ctx, "No draft and no job has these words.", theme::caution());
    }
}

fn plain(body: &mut Body, ctx: &DrawContext, selected: bool, name: &str, words: &str) {
    let words = text::cut_end(words, ctx.width.saturating_sub(17), ctx.glyphs.cut);
    body.row(
        ctx,
        selected,
        vec![Span::styled(format!("{name:<14} "), theme::title()), Span::styled(words, theme::dim())],
    );
}

/// Account, what comes next, and age (W02).
fn draft(
    body: &mut Body,
    ctx: &DrawContext,
    selected: bool,
    row: &StartRow<'_>,
    entry: &DraftEntry,
    job: Option<&FoundJob>,
) {
    let ready = match &entry.content {
        DraftSummary::Refused(why) => return refused(body, ctx, selected, why),
        DraftSummary::Ready(ready) => ready,
    };
    let found = job.map(|found| found.address.name.clone());
    let named = found.or(ready.job.clone()).filter(|name| !name.is_empty()).or(ready.account.clone());
    let name = named.unwrap_or_else(|| "no account yet".into());
    // Beside a deadline an age alone would be read as a part of it.
    let changed = if matches!(row.section, Section::Answers | Section::Rehearsals) { "" } else { "changed " };
    let age = format!("{changed}{}", text::ago(ctx.now, entry.changed));
    named_row(
        body,
        ctx,
        selected,
        &name,
        &format!("{} {} {age}", standing(row, ready, ctx), ctx.glyphs.dot),
        row.section,
    );
}

/// What comes next with a draft, in words.
fn standing(row: &StartRow<'_>, draft: &ReadyDraft, ctx: &DrawContext) -> String {
    let part = draft.part.map_or_else(String::new, |part| format!("{} of {}, ", part.number, part.of));
    let kind = if draft.rehearsal { "rehearsal, " } else { "" };
    // The clock of a rehearsal stands still while the rehearsal is closed.
    let now = (!draft.rehearsal).then_some(ctx.now);
    let next = match row.section {
        Section::Finished => ended(draft),
        _ => row.next.as_ref().map(|next| next.words(now)).unwrap_or_default(),
    };
    format!("{part}{kind}{next}")
}

/// How an export ended.
fn ended(draft: &ReadyDraft) -> String {
    let facts = &draft.facts;
    let words = facts.status.as_ref().map(JobStatus::words).unwrap_or_default();
    match (facts.deleted && facts.gone, facts.gone) {
        (true, _) => "deleted by you".to_owned(),
        (false, true) => format!("{words}, the job is gone"),
        (false, false) => words,
    }
}

/// A job without a draft.
fn job(body: &mut Body, ctx: &DrawContext, selected: bool, row: &StartRow<'_>, found: &FoundJob) {
    let words = match row.section {
        Section::Finished => found.job.status.words(),
        _ => row.next.as_ref().map(|next| next.words(Some(ctx.now))).unwrap_or_default(),
    };
    let dot = ctx.glyphs.dot;
    let seen = found.seen_before.map_or_else(String::new, |at| format!(" {dot} seen {}", text::ago(ctx.now, at)));
    let tail = format!("{words} {dot} no draft{seen}");
    named_row(body, ctx, selected, &found.address.name, &tail, row.section);
}

fn refused(body: &mut Body, ctx: &DrawContext, selected: bool, why: &str) {
    let mut lines = text::wrap(&text::clean(why), ctx.width.saturating_sub(5)).into_iter();
    let first = lines.next().unwrap_or_default();
    body.row(ctx, selected, vec![Span::styled(format!("! {first}"), theme::caution())]);
    for line in lines {
        body.line(Span::styled(format!("    {line}"), theme::caution()));
    }
}

/// The name and what is known beside it; on lines of their own where there is no room for both.
fn named_row(body: &mut Body, ctx: &DrawContext, selected: bool, name: &str, tail: &str, section: Section) {
    let style = if section == Section::NeedsYou { theme::caution() } else { theme::dim() };
    let (name, tail) = (text::clean(name), ctx.glyphs.spell(&text::clean(tail)));
    let room = ctx.width.saturating_sub(text::width(&tail) + 4);
    if text::width(&name) > room {
        // The whole name on lines of its own, and what is known of the draft below it.
        let mut lines = text::wrap(&name, ctx.width.saturating_sub(3)).into_iter();
        body.row(ctx, selected, vec![Span::styled(lines.next().unwrap_or_default(), Style::new())]);
        for line in lines {
            body.line(Span::styled(format!("  {line}"), Style::new()));
        }
        return body.say_with(ctx, "    ", &tail, style);
    }
    let name = text::fit(&name, room, ctx.glyphs.cut);
    body.row(ctx, selected, vec![Span::styled(name, Style::new()), Span::raw("  "), Span::styled(tail, style)]);
}
