//! Follow: how far the job is, what the service says of it, drives with their progress, the lock of the account, and the question that
//! is open over the page.

mod drives;
mod lock;
mod next;
mod question;
mod stages;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{failures, gone, moved};
use crate::app::Wizard;
use crate::azure::model::{EncryptionKey, Job, JobState, ShippingAddress};
use crate::draft::{Cancellation, KnownJob};
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{links, text, theme};
use crate::wizard::poll;
use crate::wizard::shared::Shared;
use crate::wizard::steps::follow::FollowStep;
use crate::wording::{ago, many};

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let (shared, step) = (&wizard.shared, &wizard.steps.follow);
    if let Some(question) = &step.question {
        return question::page(question, ctx, shared, step);
    }
    if shared.failures.is_open {
        return failures::body(shared, ctx);
    }
    if let Some(mut page) = gone::page(shared, ctx) {
        lock::lines(&mut page, ctx, shared, step);
        return page;
    }
    let mut body = Body::default();
    busy(&mut body, ctx, shared);
    if let Some(known) = &shared.draft.job {
        state(&mut body, ctx, shared, known, step.row == 0);
    }
    if let Some(fault) = step.fault.as_ref().or(shared.poll.fault.as_ref()) {
        body.fault(ctx, fault);
    }
    if let Some(job) = &shared.catalogue.job {
        troubles(&mut body, ctx, job);
    }
    moved::lines(&mut body, ctx, shared);
    if let Some(known) = &shared.draft.job {
        stages::lines(&mut body, ctx, shared, known);
    }
    if let Some(job) = &shared.catalogue.job {
        details(&mut body, ctx, job, step);
    }
    if let Some(known) = &shared.draft.job
        && known.status.state.before_arrival()
        && shared.draft.cancellation().is_none()
    {
        address(&mut body, ctx, &known.shipping);
    }
    portal(&mut body, shared);
    lock::lines(&mut body, ctx, shared, step);
    body
}

/// The request under way, above the rest: a deletion takes the service minutes.
fn busy(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    for (slot, doing) in [
        (Slot::CancelJob, "Cancelling the job"),
        (Slot::Mitigate, "Telling the service"),
        (Slot::DeleteJob, "Deleting the job"),
    ] {
        if shared.requests.is_busy(slot) {
            body.busy(ctx, slot, doing);
        }
    }
    let Some(deletion) = poll::deletion(shared) else { return };
    let since = ago(shared.now, deletion.at);
    let words = if shared.requests.is_busy(Slot::DeleteJob) {
        format!("Begun {since}. It can take the service ten minutes; the program may be closed meanwhile.")
    } else {
        format!("Deleting the job was asked for {since}. The service still has it; it is read again until it is gone.")
    };
    body.say_with(ctx, "~ ", &words, theme::caution());
    body.blank();
}

/// How far the job is and what to do now, before everything else: this is what the page is opened for.
fn state(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob, selected: bool) {
    let cancellation = shared.draft.cancellation();
    let words = match cancellation {
        Some(Cancellation::Requested) => "being cancelled".to_owned(),
        Some(Cancellation::Unconfirmed) => "perhaps being cancelled".to_owned(),
        None if known.has_no_drive() => "no drive was received".to_owned(),
        None => text::clean(&known.status.words()),
    };
    let mut letters = words.chars();
    let words: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let row = text::cut_end(&words, ctx.width.saturating_sub(2), ctx.glyphs.cut);
    body.row(ctx, selected, vec![Span::styled(row, theme::title())]);
    let meaning =
        cancellation.map_or_else(|| meaning(ctx, shared, known), |cancellation| cancellation.words().to_owned());
    body.say_with(ctx, "  ", &meaning, Style::new());
    body.say_with(ctx, "  ", &format!("The job is {}, {}.", known.status, poll::words(shared)), theme::dim());
    next::lines(body, ctx, shared, known);
}

/// The job in the portal, as a link.
fn portal(body: &mut Body, shared: &Shared) {
    if let Some((name, _)) = links::portal(shared) {
        body.blank();
        body.line(Line::from(vec![Span::raw("In the portal: "), Span::styled(name, theme::link())]));
    }
}

fn meaning(ctx: &DrawContext, shared: &Shared, known: &KnownJob) -> String {
    let has_keys = shared.draft.has_all_keys();
    let words = match known.status.state {
        _ if known.has_no_drive() => {
            "The service says that none of the job's drives was received. Ask the carrier where the parcel is, then Microsoft support, by the job's name."
        }
        JobState::Preparing => "The service prepares the job. Ship nothing before it waits for the drives.",
        JobState::AwaitingShipment => {
            "The job waits for the drives. Ship within two weeks and enter the tracking number, or the service drops the job."
        }
        JobState::Shipped => {
            "The drives are on their way to Microsoft. The state follows the carrier by one to three business days."
        }
        JobState::Received => "The drives have arrived. Copying usually starts within days; there is no promised time.",
        JobState::Copying => "Blobs are being copied to the drives.",
        JobState::Packing => "The drives are being packed for the way back. Keys follow once they have left.",
        JobState::Returning if has_keys => "The drives are on their way back. Their BitLocker keys are saved.",
        JobState::Returning => "The drives are on their way back. Save the BitLocker keys now: Enter leads to them.",
        JobState::Completed if has_keys => "The drives were sent back. Their BitLocker keys are saved.",
        JobState::Completed => {
            "The drives were sent back. Save the BitLocker keys now (Enter): 90 days after its end the service deletes the job with them."
        }
        JobState::CompletedWithErrors => {
            let failures = ctx.key(&Action::ShowFailures);
            let keys = if has_keys { "Their keys are saved; see" } else { "Save the keys (Enter), then see" };
            return format!(
                "The job ended with errors: blobs failed, or drives never came. Those that came were sent back. {keys} what failed ({failures})."
            );
        }
        JobState::Cancelled => "The job was cancelled. Drives that arrived are sent back.",
        JobState::Failed => "The service has given the job up. Microsoft support can say why, by the job's name.",
        JobState::Unknown => "The documentation does not explain this state. Microsoft support can, by the job's name.",
    };
    words.to_owned()
}

fn details(body: &mut Body, ctx: &DrawContext, job: &Job, step: &FollowStep) {
    let own_key = job.encryption != EncryptionKey::MicrosoftManaged;
    let facts = own_key || job.return_package.is_some() || job.data_center.is_some() || job.incomplete_list.is_some();
    if facts || job.status.state == JobState::Copying {
        body.blank();
    }
    if let Some(percent) = job.percent.filter(|_| job.status.state == JobState::Copying) {
        body.line(Line::from(vec![
            Span::styled(ctx.bar(percent, ctx.width.saturating_sub(24).min(40)), theme::good()),
            Span::raw(format!(" {percent:>3} % of all bytes")),
        ]));
    }
    if let Some(list) = job.incomplete_address() {
        body.say_with(ctx, "! ", &format!("Blobs that were not exported are listed in {list}"), theme::alarm());
    }
    if let Some(back) = &job.return_package {
        let words = format!("{} {}", back.carrier, back.tracking_number);
        body.pair(ctx, "On its way back", &words, theme::title());
    }
    if let EncryptionKey::CustomerManaged(key) = &job.encryption {
        let url = if key.url.is_empty() { "yours; the service does not say which" } else { &key.url };
        body.pair(ctx, "Encryption key", url, Style::new());
    }
    if let Some(code) = &job.data_center {
        body.pair(ctx, "Datacenter", code, Style::new());
    }
    drives::table(body, ctx, &job.drives, step.drive_under_cursor());
}

/// What the service says went wrong, may be late, or waits for the customer.
fn troubles(body: &mut Body, ctx: &DrawContext, job: &Job) {
    let told_above = job.status.state.before_shipment();
    if job.cancel_requested && job.status.state != JobState::Cancelled && !told_above {
        body.say_with(ctx, "~ ", "Cancelling was asked for.", theme::caution());
    }
    if let Some(reason) = &job.cancellation_reason {
        body.say_with(ctx, "  ", &format!("The reason given for cancelling: {reason}"), Style::new());
    }
    if job.all_devices_lost {
        body.say_with(ctx, "! ", "The service says that all drives of the job were lost.", theme::alarm());
    }
    if let Some(error) = &job.error {
        let words = [error.code.trim(), error.message.trim()].join(": ");
        body.say_with(
            ctx,
            "! ",
            &format!("The service reports an error. {}", words.trim_matches([':', ' '])),
            theme::alarm(),
        );
    }
    if let Some(word) = &job.delayed_stage {
        let stage = job.stages.iter().find(|stage| stage.word == *word).map_or(word, |stage| &stage.title);
        body.say_with(ctx, "~ ", &format!("The service says that this stage may be late: {stage}"), theme::caution());
    }
    let offered = job.drives.iter().map(|drive| drive.resolutions.len()).sum::<usize>() + job.resolutions.len();
    if offered > 0 {
        let words = format!(
            "The service waits for you: {} shows its {}.",
            ctx.key(&Action::Decide),
            many(offered as u64, "choice")
        );
        body.say_with(ctx, "! ", &words, theme::alarm());
    }
}

fn address(body: &mut Body, ctx: &DrawContext, shipping: &ShippingAddress) {
    if let Some(notice) = shipping.notice() {
        body.blank();
        body.line(Span::styled("The job names no street. It says:", theme::caution()));
        body.say_with(ctx, "  ", &notice, Style::new());
    }
    let lines = shipping.lines();
    if lines.is_empty() {
        return;
    }
    body.blank();
    body.line(Span::styled("Ship to (as the job says)", theme::dim()));
    for line in lines {
        body.say_with(ctx, "  ", &line, Style::new());
    }
}
