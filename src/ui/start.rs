//! The start screen: drafts to resume, a new export, a rehearsal.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Span;

use super::body::{Body, DrawContext, Placed};
use super::{start_guide, start_preview, text, theme};
use crate::app::Model;
use crate::app::start::Choice;
use crate::azure::fault::Fault;
use crate::draft::{DraftEntry, DraftSummary};
use crate::layout::Area;
use crate::protocol::message::Slot;
use crate::protocol::viewport::Viewport;

/// Columns from which a preview of the draft stands beside the list, and its columns, the line between included.
const PREVIEW_FROM: u16 = 80;
const PREVIEW: u16 = 36;

/// Draws the start screen.
pub(super) fn draw(model: &Model, ctx: &DrawContext, page: Area, buffer: &mut Buffer) -> Placed {
    let some = model.start.drafts.as_ref().is_some_and(|drafts| !drafts.is_empty());
    if !some || page.width < PREVIEW_FROM {
        return body(model, ctx).place(&model.start.view, page.into(), buffer, ctx.glyphs);
    }
    let left = Area { width: page.width - PREVIEW - 2, ..page };
    let wall = left.right() + 1;
    for y in page.y..page.bottom() {
        buffer.set_string(wall, y, ctx.glyphs.wall, theme::dim());
    }
    let right = Area { x: wall + 2, width: PREVIEW - 2, ..page };
    let preview = start_preview::body(model.start.choice(), &ctx.sized(usize::from(right.width), ctx.height));
    let _nothing_scrolls = preview.place(&Viewport::default(), right.into(), buffer, ctx.glyphs);
    let list = body(model, &ctx.sized(usize::from(left.width), ctx.height));
    list.place(&model.start.view, left.into(), buffer, ctx.glyphs)
}

/// The body of the start screen.
fn body(model: &Model, ctx: &DrawContext) -> Body {
    let start = &model.start;
    let mut body = Body::default();
    body.heading("Start");
    body.say(ctx, "Export blobs from Azure Storage on drives sent to Microsoft. Enter goes on.", theme::dim());
    body.blank();
    match &start.drafts {
        None => body.busy(ctx, Slot::Drafts, "Reading the drafts"),
        Some(drafts) if drafts.is_empty() => body.say(ctx, "No drafts yet.", theme::dim()),
        Some(_) => body.line(Span::styled("Resume a draft", theme::title())),
    }
    for (row, choice) in start.choices().into_iter().enumerate() {
        let selected = row == start.row;
        match choice {
            Choice::Draft(listed) => draft(&mut body, ctx, selected, listed),
            Choice::New => {
                body.blank();
                plain(&mut body, ctx, selected, "New export", "sign in and begin");
            }
            Choice::Rehearse => {
                plain(&mut body, ctx, selected, "Rehearse", "practise on a simulated Azure");
            }
        }
    }
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

fn plain(body: &mut Body, ctx: &DrawContext, selected: bool, name: &str, words: &str) {
    let words = text::cut_end(words, ctx.width.saturating_sub(17), ctx.glyphs.cut);
    body.row(
        ctx,
        selected,
        vec![Span::styled(format!("{name:<14} "), theme::title()), Span::styled(words, theme::dim())],
    );
}

/// Account, step and age (W02).
fn draft(body: &mut Body, ctx: &DrawContext, selected: bool, listed: &DraftEntry) {
    let age = text::ago(ctx.now, listed.changed);
    match &listed.content {
        DraftSummary::Refused(why) => {
            let mut lines = text::wrap(&text::clean(why), ctx.width.saturating_sub(5)).into_iter();
            let first = lines.next().unwrap_or_default();
            body.row(ctx, selected, vec![Span::styled(format!("! {first}"), theme::caution())]);
            for line in lines {
                body.line(Span::styled(format!("    {line}"), theme::caution()));
            }
        }
        DraftSummary::Ready { step, rehearsal, account, job, status, gone, part } => {
            let name = job
                .clone()
                .filter(|name| !name.is_empty())
                .or(account.clone())
                .unwrap_or_else(|| "no account yet".into());
            let stand = match status {
                Some(status) if *gone => format!("job gone, last {status}"),
                Some(status) => format!("job {status}"),
                // One of several jobs: the name, which ends in its number, needs the room.
                None if part.is_some() => step.name().to_owned(),
                None => format!("at {}", step.name()),
            };
            let kind = if *rehearsal { "rehearsal, " } else { "" };
            let part = part.map_or_else(String::new, |part| format!("{} of {}, ", part.number, part.of));
            let tail = format!("{part}{kind}{stand} {} {age}", ctx.glyphs.dot);
            let room = ctx.width.saturating_sub(text::width(&tail) + 4);
            let name = text::clean(&name);
            if text::width(&name) > room {
                // The whole name on lines of its own, and what is known of the draft below it.
                let mut lines = text::wrap(&name, ctx.width.saturating_sub(3)).into_iter();
                body.row(ctx, selected, vec![Span::styled(lines.next().unwrap_or_default(), Style::new())]);
                for line in lines {
                    body.line(Span::styled(format!("  {line}"), Style::new()));
                }
                return body.say_with(ctx, "    ", &tail, theme::dim());
            }
            let name = text::fit(&name, room, ctx.glyphs.cut);
            body.row(
                ctx,
                selected,
                vec![Span::styled(name, Style::new()), Span::raw("  "), Span::styled(tail, theme::dim())],
            );
        }
    }
}
