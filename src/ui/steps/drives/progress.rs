//! The head of the drives screen: how much is counted, how fast, and what holds it up.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::protocol::Slot;
use crate::plan::count::CountProgress;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::desk::Desk;
use crate::wizard::drives::{Drives, Wish};
use crate::wizard::rail;
use crate::wording::many;

pub(super) fn draw(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &Drives) {
    let (words, style) = totals(desk);
    let words = text::cut_end(&text::clean(&words), pen.width.saturating_sub(2), pen.signs.cut);
    sheet.row(pen, !step.on_field, vec![Span::styled(words, style)]);
    if desk.requests.is_busy(Slot::Scan) {
        under_way(sheet, pen, desk);
    } else {
        at_rest(sheet, pen, desk, step);
    }
    if let Some(part) = desk.draft.part {
        sheet.say_with(pen, "  ", &format!("This is {part}; the others have own drafts."), theme::dim());
    }
}

/// What is counted: "at least" until it is complete, and only while it is of the blobs as they are checked now.
fn totals(desk: &Desk) -> (String, Style) {
    let counted = desk.draft.drives.counted.as_ref();
    match (&desk.count.live, counted) {
        (Some((_, last)), _) => (sums(false, last.blobs, last.snapshots, last.bytes) + " so far", theme::title()),
        (None, _) if desk.requests.is_busy(Slot::Scan) => ("Counting begins".to_owned(), theme::dim()),
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

fn under_way(sheet: &mut Sheet, pen: &Pen, desk: &Desk) {
    let Some((first, last)) = &desk.count.live else { return sheet.busy(pen, Slot::Scan, "Asking for the first page") };
    let turn = pen.requests.spinner(Slot::Scan, pen.now).map_or_else(|| " ".to_owned(), |since| pen.turn(since));
    let dot = format!(" {} ", pen.signs.dot);
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
    let words = text::cut_end(&parts.join(&dot), pen.width.saturating_sub(2), pen.signs.cut);
    sheet.line(Span::styled(format!("{turn} {words}"), theme::dim()));
    if let Some(reason) = &last.waiting {
        sheet.say_with(pen, "~ ", &format!("Waiting: {reason}"), theme::caution());
    }
    if let Some(place) = &last.one_by_one {
        let words = format!("{place} has no folders: the service gives it page after page only.");
        sheet.say_with(pen, "  ", &words, theme::dim());
    }
}

/// Blobs a second since this count began; what was taken over from an earlier one does not count.
fn rate(first: &CountProgress, last: &CountProgress) -> u64 {
    let blobs = |progress: &CountProgress| progress.blobs.saturating_add(progress.snapshots);
    let millis = last.millis.saturating_sub(first.millis);
    blobs(last).saturating_sub(blobs(first)).saturating_mul(1000).checked_div(millis).unwrap_or(0)
}

fn at_rest(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &Drives) {
    if desk.count.live.is_some() {
        let words = if step.wish == Wish::Pause { "Paused." } else { "Stopped." };
        return sheet.say_with(pen, "~ ", &format!("{words} Space goes on where it stopped."), theme::caution());
    }
    let Some(counted) = &desk.draft.drives.counted else {
        return sheet.say_with(pen, "  ", &Drives::hindrance(desk), theme::dim());
    };
    let stale = rail::progress(desk, crate::wizard::Step::Drives).stale.is_some();
    let when = format!("Counted {}.", text::ago(pen.now, counted.at));
    if stale {
        sheet.say_with(pen, "~ ", &format!("{when} Other blobs are checked since."), theme::caution());
    } else if counted.complete {
        sheet.say_with(pen, &format!("{} ", pen.signs.done), &when, theme::dim());
    } else {
        let words = format!("{when} Some of it could not be counted; Space tries that again.");
        sheet.say_with(pen, "~ ", &words, theme::caution());
    }
}
