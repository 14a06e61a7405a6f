//! The head of the drives screen: how much is counted, how fast, and what holds it up.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::plan::count::CountProgress;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::rail;
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::{CountCommand, DrivesStep};
use crate::wording::many;

pub(super) fn draw(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &DrivesStep) {
    let (words, style) = totals(shared);
    let words = text::cut_end(&text::clean(&words), ctx.width.saturating_sub(2), ctx.glyphs.cut);
    body.row(ctx, !step.on_field, vec![Span::styled(words, style)]);
    if shared.requests.is_busy(Slot::Scan) {
        under_way(body, ctx, shared);
    } else {
        at_rest(body, ctx, shared, step);
    }
    if let Some(part) = shared.draft.part {
        body.say_with(ctx, "  ", &format!("This is {part}; the others have own drafts."), theme::dim());
    }
}

/// What is counted: "at least" until it is complete, and only while it is of the blobs as they are checked now.
fn totals(shared: &Shared) -> (String, Style) {
    let counted = shared.draft.drives.counted.as_ref();
    match (&shared.count.live, counted) {
        (Some((_, last)), _) => (sums(false, last.blobs, last.snapshots, last.bytes) + " so far", theme::title()),
        (None, _) if shared.requests.is_busy(Slot::Scan) => ("Counting begins".to_owned(), theme::dim()),
        (None, Some(counted)) => {
            (sums(counted.complete, counted.blobs, counted.snapshots, counted.bytes), theme::title())
        }
        (None, None) => ("Nothing is counted yet.".to_owned(), theme::dim()),
    }
}

fn sums(exact: bool, blobs: u64, snapshots: u64, bytes: u64) -> String {
    let some = |count: u64, word: &str| format!("{} {word}{}", text::count(count), if count == 1 { "" } else { "s" });
    let mut parts = vec![some(blobs, "blob"), text::bytes(bytes)];
    if snapshots > 0 {
        parts.push(some(snapshots, "snapshot"));
    }
    format!("{}{}", if exact { "" } else { "at least " }, parts.join(", "))
}

fn under_way(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let Some((first, last)) = &shared.count.live else {
        return body.busy(ctx, Slot::Scan, "Asking for the first page");
    };
    let turn = ctx.requests.spinner(Slot::Scan, ctx.now).map_or_else(|| " ".to_owned(), |since| ctx.turn(since));
    let dot = format!(" {} ", ctx.glyphs.dot);
    let (done, all) = last.rules;
    let mut parts = vec![
        format!("{} blobs/s", text::count(rate(first, last))),
        many(last.in_flight as u64, "request"),
        format!("{done} of {}", many(all as u64, "rule")),
    ];
    if rate(first, last) == 0 {
        parts.remove(0);
    }
    // One line whatever the figures: what stands below must not jump.
    let words = text::cut_end(&parts.join(&dot), ctx.width.saturating_sub(2), ctx.glyphs.cut);
    body.line(Span::styled(format!("{turn} {words}"), theme::dim()));
    if let Some(reason) = &last.waiting {
        body.say_with(ctx, "~ ", &format!("Waiting: {reason}"), theme::caution());
    }
    if let Some(most) = last.reduced {
        let words =
            format!("The service asked to slow down: at most {} at a time for now.", many(most as u64, "request"));
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    if let Some(place) = &last.one_by_one {
        let words = format!("{place} has no folders: the service gives it page after page only.");
        body.say_with(ctx, "  ", &words, theme::dim());
    }
}

/// Blobs a second since this count began; what was taken over from an earlier one does not count.
fn rate(first: &CountProgress, last: &CountProgress) -> u64 {
    let blobs = |progress: &CountProgress| progress.blobs.saturating_add(progress.snapshots);
    let millis = last.millis.saturating_sub(first.millis);
    blobs(last).saturating_sub(blobs(first)).saturating_mul(1000).checked_div(millis).unwrap_or(0)
}

fn at_rest(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &DrivesStep) {
    let held_at_once = step.command != CountCommand::Go && shared.draft.drives.counted.is_none();
    if shared.count.live.is_some() || held_at_once {
        let words = if step.command == CountCommand::Pause { "Paused." } else { "Stopped." };
        return body.say_with(ctx, "~ ", &format!("{words} Space goes on where it stopped."), theme::caution());
    }
    let Some(counted) = &shared.draft.drives.counted else {
        return body.say_with(ctx, "  ", &DrivesStep::why_not_counted(shared), theme::dim());
    };
    let stale = rail::progress(shared, crate::protocol::step::Step::Drives).stale.is_some();
    let when = format!("Counted {}.", text::ago(ctx.now, counted.at));
    if stale {
        body.say_with(ctx, "~ ", &format!("{when} Other blobs are checked since."), theme::caution());
    } else if counted.complete {
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &when, theme::dim());
    } else {
        let words = format!("{when} Some of it could not be counted; Space tries that again.");
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
}
