//! The drives to choose from, the fields for others, and what the job says of its drives.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::drive_verdict::sign;
use crate::ui::steps::fields;
use crate::ui::{text, theme};
use crate::verify::rules::AttachedState;
use crate::wizard::shared::Shared;
use crate::wizard::steps::verify::{DriveRow, VerifyStep};
use crate::wording::{ago, count, many, some_of};

/// Serial numbers that are named.
const NAMED: usize = 6;

pub(super) fn draw(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &VerifyStep) {
    earlier(body, ctx, shared);
    let words = match shared.catalogue.job.as_ref().map(|job| &job.drives) {
        Some(drives) if !drives.is_empty() => {
            let hashes = drives.iter().filter(|drive| drive.manifest_hash.is_some()).count() as u64;
            let ids = some_of(drives.iter().map(|drive| &drive.id), NAMED);
            format!("The job's drives: {ids}. It gives the hash of {}.", many(hashes, "manifest"))
        }
        _ => "The job's drives are not known now: a drive is checked against its own manifest alone.".to_owned(),
    };
    body.say(ctx, &words, theme::dim());
    let rows = step.rows();
    if step.attached.is_none() && shared.requests.is_busy(Slot::AttachedDrives) {
        body.busy(ctx, Slot::AttachedDrives, "Looking for drives");
    } else if rows.is_empty() {
        body.say(ctx, "No returned drive was found mounted. Unlock and mount it, then type its folder.", Style::new());
    }
    for (at, row) in rows.iter().enumerate() {
        one(body, ctx, step, row, at == step.row && !step.on_field);
        body.current_row(at == step.row);
    }
    body.blank();
    fields::draw(body, ctx, &step.form, &[], step.on_field);
}

/// A drive, and under the cursor what is to be done with it.
fn one(body: &mut Body, ctx: &DrawContext, step: &VerifyStep, row: &DriveRow<'_>, selected: bool) {
    let mark = match (row.is_open(), step.chosen.contains(row.place)) {
        (false, _) => " !  ",
        (true, true) => "[x] ",
        (true, false) => "[ ] ",
    };
    let (words, advice) = told(row);
    let place = text::clean(&row.place.display().to_string());
    let room = ctx.width.saturating_sub(8 + text::width(&words));
    let place = if text::width(&place) <= room { place } else { text::cut_start(&place, room.max(12), ctx.glyphs.cut) };
    let line = text::cut_end(&format!("{place}  {words}"), ctx.width.saturating_sub(6), ctx.glyphs.cut);
    body.row(ctx, selected, vec![Span::raw(mark), Span::raw(line)]);
    if selected {
        body.whole_below(ctx, "      ", &format!("{}: {advice}", row.place.display()));
    }
}

/// What is known of a drive in a few words, and what to do with it.
fn told(row: &DriveRow<'_>) -> (String, String) {
    let Some(found) = row.found else {
        return ("typed".to_owned(), "a folder of yours. Enter checks what is chosen.".to_owned());
    };
    let system = found.file_system.clone().unwrap_or_else(|| "folder".to_owned());
    match &found.state {
        AttachedState::Mounted(manifests) if manifests.is_empty() => {
            let advice = format!("{system}, without a manifest at its root: give the folder of logs below.");
            (format!("{system}, no manifest"), advice)
        }
        AttachedState::Mounted(manifests) => {
            let names = text::clean(&some_of(manifests, 2));
            (names.clone(), format!("{system}, with {names}. Enter checks what is chosen."))
        }
        AttachedState::Locked => {
            ("locked".to_owned(), "BitLocker locks it. Enter leads to the command that unlocks it.".to_owned())
        }
        AttachedState::Unknown(why) => {
            ("not mounted".to_owned(), format!("{why}. Enter leads to the commands that unlock drives."))
        }
    }
}

/// What earlier checks came to.
fn earlier(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let checks = &shared.draft.verified;
    for drive in &checks.drives {
        let when = ago(shared.now, drive.at);
        let words = format!(
            "{} checked {when}: {}. {} right, {} damaged, {} missing, {} not checked.",
            drive.drive,
            drive.verdict.words(),
            count(drive.right),
            count(drive.damaged),
            count(drive.missing),
            count(drive.unchecked)
        );
        let (sign_of, style) = sign(ctx, drive.verdict);
        body.say_with(ctx, &sign_of, &words, style);
    }
    if !checks.drives.is_empty() {
        body.blank();
    }
}
