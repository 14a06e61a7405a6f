//! The end of an export: what came back, what did not as far as it is known, where keys and papers are, what to do until when.

use ratatui::style::Style;

use crate::azure::model::{JobState, ServiceName, drive_words};
use crate::draft::{KnownJob, VerifiedDrive};
use crate::protocol::action::Action;
use crate::protocol::step::Step;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::drive_verdict::sign;
use crate::ui::{text, theme};
use crate::wizard::shared::Shared;
use crate::wording::{count, many};

pub(super) fn body(shared: &Shared, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let Some(known) = &shared.draft.job else { return body };
    let name = shared.draft.job_address().map_or("", |job| job.name.as_str());
    body.heading(&text::clean(&format!("The end of {name}")));
    body.say_with(ctx, "  ", &standing(known), Style::new());
    drives(&mut body, ctx, shared, known);
    missing(&mut body, ctx, shared, known);
    files(&mut body, ctx, shared, known);
    to_do(&mut body, ctx, shared, known);
    body
}

/// How the export stands, by the newest state of the job.
fn standing(known: &KnownJob) -> String {
    match known.status.state {
        _ if known.gone.is_some() => format!("The service no longer has the job; it was last {}.", known.status),
        _ if known.has_no_drive() => "The service says that none of the job's drives was received.".to_owned(),
        JobState::Completed => "The job is finished: the drives were sent back without errors.".to_owned(),
        JobState::CompletedWithErrors => match known.drives.iter().filter(|drive| drive.never_came()).count() {
            0 if known.drives.is_empty() => {
                "The job is finished with errors: blobs failed, or drives never came.".to_owned()
            }
            0 => "The job is finished: the drives were sent back, and some blobs failed.".to_owned(),
            lost => {
                let lost = many(lost as u64, "drive");
                format!("The job is finished with errors: {lost} never came; the others were sent back.")
            }
        },
        JobState::Returning => "The drives are on their way back; the job is not finished.".to_owned(),
        JobState::Cancelled => "The job was cancelled.".to_owned(),
        JobState::Failed => "The service has given the job up.".to_owned(),
        _ => format!("It is not here yet: the job is {}. Follow shows how far it is.", known.status),
    }
}

fn drives(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    body.blank();
    body.heading("What came back");
    if let Some(back) = &known.back {
        body.say_with(ctx, "  ", &format!("The parcel back: {back}"), Style::new());
    }
    if known.drives.is_empty() {
        body.say_with(ctx, "  ", "The service named no drives.", theme::dim());
    }
    for drive in &known.drives {
        let bytes = drive.bytes.map(|bytes| format!(", {} written", text::bytes(bytes))).unwrap_or_default();
        let failed = drive.failed_files.filter(|files| *files > 0);
        let failed = failed.map(|files| format!(", {} failed", many(files, "file"))).unwrap_or_default();
        let (sign, style) = if drive.troubled { ("! ", theme::caution()) } else { ("  ", Style::new()) };
        let said = |words| format!("{words} ({})", drive.state);
        let state = drive_words(&drive.state).map_or_else(|| drive.state.clone(), said);
        body.say_with(ctx, sign, &format!("{}: {state}{bytes}{failed}", drive.id), style);
    }
    let typed = crate::form::serials::read(&shared.draft.parcel.serials);
    let unnamed = |serial: &&String| !known.drives.iter().any(|drive| drive.id.eq_ignore_ascii_case(serial));
    let unnamed: Vec<&str> = typed.iter().filter(unnamed).map(String::as_str).collect();
    if !unnamed.is_empty() && !known.drives.is_empty() {
        let words = format!("Sent, but not among the drives of the service: {}", unnamed.join(", "));
        body.say_with(ctx, "! ", &words, theme::caution());
    }
    checks(body, ctx, shared, known);
}

/// What the checks of the drives said, and which drives were not checked.
fn checks(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    let checks = &shared.draft.verified;
    for one in &checks.drives {
        let (sign, style) = sign(ctx, one.verdict);
        let words = format!("{}, checked {}: {}", one.drive, one.at.strftime("%Y-%m-%d"), one.verdict.words());
        body.say_with(ctx, &sign, &words, style);
    }
    let ids = known.drives.iter().filter(|drive| !drive.never_came()).map(|drive| drive.id.as_str());
    let open: Vec<&str> = ids.filter(|id| !checks.has_seen(id)).collect();
    if !open.is_empty() {
        let words = format!(
            "Not checked yet: {}. Verify ({}) tells whether its bytes are right.",
            open.join(", "),
            ctx.key(&Action::Goto(Step::Verify))
        );
        body.say_with(ctx, "? ", &words, theme::caution());
    }
}

/// What was not exported, as far as the service says so.
fn missing(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    body.blank();
    body.heading("What did not");
    let list = shared.catalogue.job.as_ref().and_then(|job| job.incomplete_address());
    if let Some(list) = list {
        body.say_with(ctx, "! ", &format!("Blobs that were not exported are listed in {list}"), theme::alarm());
    }
    let failed = known.drives.iter().filter_map(|drive| drive.failed_files).fold(0, u64::saturating_add);
    let unreceived = known.drives.iter().filter(|drive| drive.never_came()).count() as u64;
    let container = match shared.draft.job_service() {
        Some(ServiceName::DataBox) => "databoxcopylog".to_owned(),
        _ => shared.draft.options.diagnostics_path.clone(),
    };
    let words = match (known.status.state, failed) {
        (_, 1..) => format!("At least {} failed.", many(failed, "file")),
        (JobState::CompletedWithErrors, _) if unreceived > 0 => {
            format!("What {} was to hold: the service never received it.", many(unreceived, "drive"))
        }
        (JobState::CompletedWithErrors, _) => "Some blobs failed; the service does not say how many here.".to_owned(),
        (JobState::Completed, _) if list.is_none() => "The service reports nothing that was left out.".to_owned(),
        _ => "Not known yet.".to_owned(),
    };
    body.say_with(ctx, "  ", &words, Style::new());
    let sum = |of: fn(&VerifiedDrive) -> u64| shared.draft.verified.drives.iter().map(of).fold(0, u64::saturating_add);
    let (damaged, gone) = (sum(|drive| drive.damaged), sum(|drive| drive.missing));
    if damaged + gone > 0 {
        let words = format!("On the checked drives {} damaged and {} missing.", many(damaged, "blob"), count(gone));
        body.say_with(ctx, "! ", &words, theme::alarm());
    }
    body.say_with(
        ctx,
        "  ",
        &format!(
            "Follow shows what failed by reason ({}), from the logs in the container {container} of the account.",
            ctx.key(&Action::ShowFailures)
        ),
        theme::dim(),
    );
}

fn files(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    body.blank();
    body.heading("Where things are");
    match &shared.draft.keys_file {
        Some(file) => body.say_with(ctx, "  ", &format!("Keys: {file}"), Style::new()),
        None if known.has_no_drive() => {
            body.say_with(ctx, "  ", "No keys: no drive came back.", theme::dim());
        }
        None if !known.status.state.sent_back() => {
            let words = "No keys are saved: they come when the drives are sent back.";
            body.say_with(ctx, "  ", words, theme::dim());
        }
        None => body.say_with(ctx, "! ", "The BitLocker keys are not saved.", theme::caution()),
    }
    let without = shared.draft.drives_without_key();
    if !without.is_empty() {
        body.say_with(ctx, "! ", &format!("Not in it: the keys of {}", without.join(", ")), theme::caution());
    }
    for file in &shared.draft.papers {
        body.say_with(ctx, "  ", &format!("Saved: {file}"), theme::dim());
    }
}

fn to_do(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    body.blank();
    body.heading("What to do");
    let sent_back = known.status.state.sent_back();
    if known.has_no_drive() {
        let words = "Ask the carrier where the parcel is, then Microsoft support, by the job's name.";
        body.say_with(ctx, "  ", words, Style::new());
    } else if sent_back {
        let check = if shared.draft.verified.is_all_right() {
            "The drives were right when they were checked; blobfreight verify checks the copy in the same way."
        } else {
            "Check the drives, or the copy, before a drive is used again or a blob is deleted from the account."
        };
        let delete = format!(
            "Then delete the job, if its names and addresses are not to stay with the service (Follow, {}).",
            ctx.key(&Action::DeleteJob)
        );
        for words in ["Unlock each drive without writing to it, and copy its files off.", check, delete.as_str()] {
            body.say_with(ctx, "  ", words, Style::new());
        }
    }
    let due = shared.job_deadline();
    if let Some(deadline) = &due {
        let latest = if deadline.due.latest { "at the latest " } else { "" };
        let words = format!("Until {latest}{}: {} {}", deadline.due.day(), deadline.what, deadline.otherwise);
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    if !sent_back && due.is_none() {
        body.say_with(ctx, "  ", "Nothing that has a deadline.", theme::dim());
    }
}
