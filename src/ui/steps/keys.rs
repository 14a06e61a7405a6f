//! The BitLocker keys, masked until the person reveals them, and the commands that unlock a drive.

use ratatui::style::Style;
use ratatui::text::Span;
use secrecy::ExposeSecret;

use super::gone;
use crate::app::Wizard;
use crate::azure::model::{BitLockerKey, JobState, KeyForm};
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
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
            body.line(Span::styled(format!("  {:<16} Key", "Drive"), theme::dim()));
            for (row, key) in keys.iter().enumerate() {
                one_key(&mut body, ctx, key, row == step.row, step.revealed);
            }
            body.blank();
            unlocking(&mut body, ctx, keys);
        }
    }
    let unread = shared.poll.fault.as_ref().filter(|_| shared.draft.gone().is_none());
    if let Some(fault) = step.fault.as_ref().or(unread) {
        body.fault(ctx, fault);
    }
    if !saved(&mut body, ctx, shared) && step.any() {
        body.blank();
        let until = keys_until(shared).map(|day| format!(", about {day}")).unwrap_or_default();
        let words = format!(
            "Not saved yet. The service deletes the job, and the keys with it, 90 days after completion{until}."
        );
        body.say_with(ctx, "! ", &words, theme::caution());
    }
    body
}

/// Why there are no keys, by the newest state of the job, and when that is looked at again.
fn nothing_yet(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let Some(known) = &shared.draft.job else { return };
    let words = format!("Nothing yet: the job is {}, {}.", known.status, poll::words(shared));
    body.say(ctx, &words, Style::new());
    let when = match known.status.state {
        JobState::Cancelled | JobState::Failed => {
            "The job ended before drives were sent back, so no keys are expected. r looks."
        }
        JobState::Unknown => {
            "Keys come once the drives have left Microsoft; whether they have is not known in this state. r looks now."
        }
        _ => "Keys come once the drives have left Microsoft; they are asked for then. r looks now.",
    };
    body.say(ctx, when, theme::dim());
}

/// Where the keys were saved to, if they were.
fn saved(body: &mut Body, ctx: &DrawContext, shared: &Shared) -> bool {
    let Some(file) = &shared.draft.keys_file else { return false };
    body.blank();
    body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &format!("Saved to {file}"), theme::good());
    true
}

fn one_key(body: &mut Body, ctx: &DrawContext, key: &BitLockerKey, selected: bool, revealed: bool) {
    let shown = if revealed { text::clean(key.key.expose_secret()) } else { masked(key.key.expose_secret(), ctx) };
    let drive = text::fit(&text::clean(&key.drive), 16, ctx.glyphs.cut);
    let room = ctx.width.saturating_sub(19);
    // A key cut short is worse than none: it goes on below where the line is too narrow.
    let mut lines = text::wrap(&shown.replace('-', "- "), room).into_iter().map(|line| line.replace("- ", "-"));
    body.row(ctx, selected, vec![Span::raw(drive), Span::raw(" "), Span::raw(lines.next().unwrap_or_default())]);
    for line in lines {
        body.line(Span::raw(format!("{}{line}", " ".repeat(19))));
    }
}

fn masked(key: &str, ctx: &DrawContext) -> String {
    key.chars().map(|c| if c == '-' { "-".to_owned() } else { ctx.glyphs.mask.to_owned() }).collect()
}

/// What unlocks a drive with a key of the form that the service gave.
fn unlocking(body: &mut Body, ctx: &DrawContext, keys: &[BitLockerKey]) {
    let has = |form| keys.iter().any(|key| key.form() == form);
    if has(KeyForm::Other) {
        let words =
            "A key here is neither 48 digits nor base-64 text. Compare it with the portal before you rely on it.";
        body.say_with(ctx, "! ", words, theme::caution());
    }
    if has(KeyForm::Base64) {
        body.line(Span::styled("To unlock a drive with a base-64 key", theme::dim()));
        body.pair(ctx, "  Windows", "WAImportExport.exe Unlock /bk:KEY /driveLetter:X", Style::new());
    }
    if has(KeyForm::Digits) || !has(KeyForm::Base64) {
        body.line(Span::styled("To unlock a drive", theme::dim()));
        body.pair(ctx, "  Windows", "manage-bde -unlock X: -RecoveryPassword KEY", Style::new());
        body.pair(ctx, "  Linux", "cryptsetup open --type bitlk /dev/sdX1 drive, then mount read-only", Style::new());
    }
}
