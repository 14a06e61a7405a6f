//! The BitLocker keys, masked until the person reveals them, and the commands that unlock a drive.

use ratatui::style::Style;
use ratatui::text::Span;
use secrecy::ExposeSecret;

use super::gone;
use crate::app::Wizard;
use crate::azure::model::{BitLockerKey, JobState};
use crate::draft::KnownJob;
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::unlock::{CommandLine, Instructions, KeyReading, UnlockTool, instructions};
use crate::wizard::poll;
use crate::wizard::shared::Shared;
use crate::wizard::steps::keys::keys_until;

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let (shared, step) = (&wizard.shared, &wizard.steps.keys);
    let mut body = match gone::page(shared, ctx).filter(|_| !step.any()) {
        Some(mut page) => {
            saved(&mut page, ctx, shared);
            return page;
        }
        None => Body::default(),
    };
    if gone::lines(&mut body, ctx, shared) {
        body.blank();
    }
    match &step.keys {
        None if shared.requests.is_busy(Slot::Keys) => body.busy(ctx, Slot::Keys, "Reading the keys"),
        None => nothing_yet(&mut body, ctx, shared),
        Some(keys) if keys.is_empty() => nothing_yet(&mut body, ctx, shared),
        Some(keys) => {
            if !ctx.glyphs.read_out {
                body.line(Span::styled(format!("  {:<16} Key", "Drive"), theme::dim()));
            }
            for (row, key) in keys.iter().enumerate() {
                one_key(&mut body, ctx, key, row == step.row, step.revealed);
            }
        }
    }
    let unread = shared.poll.fault.as_ref().filter(|_| shared.draft.gone().is_none());
    if let Some(fault) = step.fault.as_ref().or(unread) {
        body.fault(ctx, fault);
    }
    if !saved(&mut body, ctx, shared) && step.any() {
        body.blank();
        let until = keys_until(shared)
            .map(|due| format!(", {}{}", if due.latest { "at the latest on " } else { "on " }, due.day()))
            .unwrap_or_default();
        let words = format!(
            "Not saved yet. The service deletes the job, and the keys with it, 90 days after completion{until}."
        );
        body.say_with(ctx, "! ", &words, theme::caution());
    }
    let without = step.drives_without(shared);
    let may_come = |known: &KnownJob| known.gone.is_none() && known.status.state.sent_back();
    if step.any() && !without.is_empty() && shared.draft.job.as_ref().is_some_and(may_come) {
        let words = format!("The service names no key of {} so far; it is asked again by itself.", without.join(", "));
        body.say_with(ctx, "! ", &words, theme::caution());
    }
    if let Some(key) = step.selected() {
        body.blank();
        unlocking(&mut body, ctx, step.tool, key, step.revealed);
    }
    body
}

/// Why there are no keys, by the newest state of the job, and when that is looked at again.
fn nothing_yet(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let Some(known) = &shared.draft.job else { return };
    let words = format!("Nothing yet: the job is {}, {}.", known.status, poll::words(shared));
    body.say(ctx, &words, Style::new());
    let when = match known.status.state {
        _ if known.has_no_drive() => "None of the job's drives was received, so no keys are expected.",
        JobState::Completed | JobState::CompletedWithErrors => {
            "The job is at its end, and the service gives no keys so far. They are asked for again by themselves. If none come, ask Microsoft support before the job is deleted."
        }
        JobState::Returning => {
            "The drives are on their way back, and the service gives no keys so far. They are asked for again by themselves."
        }
        JobState::Cancelled | JobState::Failed => {
            "The job ended before drives were sent back, so no keys are expected."
        }
        JobState::Unknown => {
            "Keys come once the drives have left Microsoft; whether they have is not known in this state."
        }
        _ => "Keys come once the drives have left Microsoft; they are asked for then.",
    };
    body.say(ctx, &format!("{when} {} looks now.", ctx.key(&Action::Reload)), theme::dim());
}

/// Where the keys were saved to, if they were.
fn saved(body: &mut Body, ctx: &DrawContext, shared: &Shared) -> bool {
    let Some(file) = &shared.draft.keys_file else { return false };
    body.blank();
    body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &format!("Saved to {file}"), theme::good());
    let without = shared.draft.drives_without_key();
    if !without.is_empty() {
        let words =
            format!("Not in it: the keys of {}. {} saves all keys anew.", without.join(", "), ctx.key(&Action::Save));
        body.say_with(ctx, "! ", &words, theme::alarm());
    }
    true
}

/// A row for a key, and below it what its digits say.
fn one_key(body: &mut Body, ctx: &DrawContext, key: &BitLockerKey, selected: bool, revealed: bool) {
    let reading = KeyReading::of(&key.key);
    let text = reading.typed(&key.key);
    let shown = if revealed { text::clean(text) } else { masked(text, ctx) };
    let drive = text::fit(&text::clean(&key.drive), 16, ctx.glyphs.cut);
    let room = ctx.width.saturating_sub(19);
    // A key cut short is worse than none: it goes on below where the line is too narrow.
    let fits = text::width(&shown) <= room;
    let parts = if fits { vec![shown] } else { text::wrap(&shown.replace('-', "- "), room) };
    let mut lines = parts.into_iter().map(|line| line.replace("- ", "-"));
    body.row(ctx, selected, vec![Span::raw(drive), Span::raw(" "), Span::raw(lines.next().unwrap_or_default())]);
    for line in lines {
        body.line(Span::raw(format!("{}{line}", " ".repeat(19))));
    }
    match reading.verdict() {
        (true, words) => body.say_with(ctx, "    ", &words, theme::dim()),
        (false, words) => body.say_with(ctx, "  ! ", &words, theme::alarm()),
    }
    if selected {
        body.keep_with_focus();
    }
}

fn masked(key: &str, ctx: &DrawContext) -> String {
    key.chars().map(|c| if c == '-' { "-".to_owned() } else { ctx.glyphs.mask.to_owned() }).collect()
}

/// The commands for the drive under the cursor, with its key in them as it is shown above.
fn unlocking(body: &mut Body, ctx: &DrawContext, tool: UnlockTool, key: &BitLockerKey, revealed: bool) {
    let Instructions { find, look, unlock, mount, close, note } = instructions(tool, key);
    let shown = |line: &CommandLine| {
        if revealed { line.exposed().expose_secret().to_owned() } else { line.masked(ctx.glyphs.mask) }
    };
    body.say_with(ctx, "", &format!("Unlock {} on {}", key.drive.trim(), tool.title()), theme::title());
    let keys = format!("← → other systems, {} copies the command that unlocks", ctx.key(&Action::CopyCommand));
    if !ctx.glyphs.read_out {
        body.say_with(ctx, "  ", &keys, theme::dim());
    }
    let lines = [("Find it", Some(find)), ("Unlock it", Some(unlock)), ("Read it", mount), ("Take it off", close)];
    for (what, line) in lines.into_iter().filter_map(|(what, line)| Some((what, line?))) {
        body.pair(ctx, &format!("  {what}"), &shown(&line), Style::new());
        if what == "Find it" {
            body.pair(ctx, "", &look, theme::dim());
        }
    }
    body.say_with(ctx, "  ", note, theme::dim());
}
