//! What came of a check: right, damaged, missing and unchecked of each drive, the findings by kind, reports and the draft of the rest.

use ratatui::style::Style;

use super::findings::{finding, more};
use crate::protocol::action::Action;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::drive_verdict::sign;
use crate::ui::theme;
use crate::verify::rules::{CheckOutcome, DriveOutcome, DriveVerdict, Severity};
use crate::wizard::shared::Shared;
use crate::wizard::steps::verify::VerifyStep;
use crate::wording::{count, many, some_of};

pub(super) fn draw(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &VerifyStep, checked: &CheckOutcome) {
    verdict(body, ctx, shared, checked);
    for file in &step.saved {
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &format!("Saved to {file}"), theme::good());
    }
    again(body, ctx, shared, step, checked);
    for one in &checked.drives {
        body.blank();
        drive(body, ctx, one);
    }
    if !checked.of_job.is_empty() {
        body.blank();
        body.say(ctx, "What the logs say", theme::title());
        checked.of_job.iter().for_each(|found| finding(body, ctx, found));
        more(body, ctx, checked.of_job_counts.values().sum(), checked.of_job.len());
    }
}

/// The verdict of all in one sentence. It is good only when every drive of the job was checked and is right.
fn verdict(body: &mut Body, ctx: &DrawContext, shared: &Shared, checked: &CheckOutcome) {
    let of_logs = checked.of_job_counts.keys().map(|fault| fault.severity()).max();
    let of_logs = match of_logs {
        Some(Severity::Damage) => DriveVerdict::Incomplete,
        Some(Severity::Unchecked) => DriveVerdict::Unchecked,
        _ => DriveVerdict::Right,
    };
    let worst = checked.drives.iter().map(DriveOutcome::verdict).chain([of_logs]).max();
    let worst = worst.filter(|_| !checked.drives.is_empty()).unwrap_or(DriveVerdict::Unchecked);
    let (sign_of, style) = sign(ctx, worst);
    let drives = many(checked.drives.len() as u64, "drive");
    let words = match worst {
        DriveVerdict::Right => format!("{drives} checked: every blob that is promised on them is there and right."),
        DriveVerdict::Unchecked if checked.drives.iter().all(|drive| drive.right == 0) => {
            format!("{drives} looked at: no blob could be checked.")
        }
        DriveVerdict::Unchecked => {
            format!("{drives} checked: not everything could be checked. What was checked is right.")
        }
        DriveVerdict::Incomplete => format!("{drives} checked: blobs are missing."),
        DriveVerdict::Damaged => format!("{drives} checked: blobs are damaged."),
    };
    body.say_with(ctx, &sign_of, &words, style);
    let unseen = shared.draft.verified.unseen();
    if !unseen.is_empty() {
        let words = format!("Drives of the job that were not checked yet: {}.", some_of(unseen, 8));
        body.say_with(ctx, "? ", &words, theme::caution());
    } else if shared.draft.verified.job_drives.is_empty() {
        let words = "Whether the job had more drives is not known now.";
        body.say_with(ctx, "? ", words, theme::caution());
    }
}

/// The draft of what is damaged or missing, or the key that makes it.
fn again(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &VerifyStep, checked: &CheckOutcome) {
    if let Some(draft) = &step.draft {
        let words = format!("The draft {draft} on the start screen takes what is damaged or missing.");
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &words, theme::good());
    } else if step.can_fetch_again(shared) {
        let blobs = many(checked.again.len() as u64, "blob");
        body.say_with(
            ctx,
            "  ",
            &format!("{} makes a new draft of {blobs} to export again.", ctx.key(&Action::FetchAgain)),
            Style::new(),
        );
    }
    if checked.again_unnamed > 0 {
        let words = format!(
            "{} more are beyond what is named; check again once these are replaced.",
            count(checked.again_unnamed)
        );
        body.say_with(ctx, "? ", &words, theme::caution());
    }
}

fn drive(body: &mut Body, ctx: &DrawContext, one: &DriveOutcome) {
    let (sign_of, style) = sign(ctx, one.verdict());
    let id = one.drive_id.as_ref().map(|id| format!("Drive {id}, ")).unwrap_or_default();
    body.say_with(ctx, &sign_of, &format!("{id}{}: {}", one.folder, one.verdict().words()), style);
    let numbers =
        [("right", one.right), ("damaged", one.damaged), ("missing", one.missing), ("not checked", one.unchecked)];
    let numbers: Vec<String> = numbers.iter().map(|(word, number)| format!("{} {word}", count(*number))).collect();
    body.say_with(ctx, "  ", &format!("{}: {}.", many(one.entries, "blob"), numbers.join(", ")), Style::new());
    for fact in &one.facts {
        body.say_with(ctx, "  ", fact, theme::dim());
    }
    one.findings.iter().for_each(|found| finding(body, ctx, found));
    more(body, ctx, one.counts.values().sum(), one.findings.len());
}
