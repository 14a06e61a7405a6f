//! Follow: the job's state on its way, drives with their progress, where the parcel goes.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::gone;
use crate::app::Wizard;
use crate::azure::model::{Job, JobDrive, JobState};
use crate::draft::KnownJob;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::poll;
use crate::wizard::steps::follow::cancel_chance;

/// The states of a job that goes well, in order.
const WAY: [JobState; 6] = [
    JobState::AwaitingShipment,
    JobState::Shipped,
    JobState::Received,
    JobState::Copying,
    JobState::Packing,
    JobState::Completed,
];

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let (shared, step) = (&wizard.shared, &wizard.steps.follow);
    if let Some(page) = gone::page(shared, ctx) {
        return page;
    }
    let mut body = Body::default();
    if step.asking {
        // Before all else: a yes is for what was read.
        let chance = shared.draft.job.as_ref().and_then(cancel_chance).unwrap_or_default();
        body.say_with(ctx, "! ", &format!("Cancel the job? {chance} y yes, n no"), theme::alarm());
        body.blank();
    }
    if let Some(known) = &shared.draft.job {
        stages(&mut body, ctx, known);
        body.say(ctx, meaning(known.status.state), Style::new());
        body.say(ctx, &format!("The job is {}, {}.", known.status, poll::words(shared)), theme::dim());
    }
    if let Some(fault) = step.fault.as_ref().or(shared.poll.fault.as_ref()) {
        body.fault(ctx, fault);
    }
    match &shared.catalogue.job {
        Some(job) => details(&mut body, ctx, job, step.row),
        None => {
            address(&mut body, ctx, shared.draft.job.as_ref().map(|known| known.shipping.lines()).unwrap_or_default());
        }
    }
    if step.asking {
        body.to_read();
    }
    body
}

/// The stages one below the other, each with the time at which it was first seen, if it was.
fn stages(body: &mut Body, ctx: &DrawContext, known: &KnownJob) {
    let state = known.status.state;
    let way = way(state);
    let reached = way.iter().position(|stage| *stage == state);
    // A state that no page of Microsoft explains: the job may be at any stage.
    let unknown = state == JobState::Unknown;
    for (index, stage) in way.into_iter().enumerate() {
        let (sign, style) = match reached {
            Some(here) if index < here => (ctx.glyphs.done, theme::good()),
            Some(here) if index == here => (ctx.glyphs.here, theme::title()),
            _ if unknown => ("?", theme::dim()),
            _ => (ctx.glyphs.open, theme::dim()),
        };
        let seen = known.seen_at(stage).filter(|_| reached.is_some_and(|here| index <= here));
        let seen = match seen {
            Some(at) => at.strftime("seen %Y-%m-%d %H:%M UTC").to_string(),
            None if unknown => "unknown".to_owned(),
            None => String::new(),
        };
        let name = format!("{sign} {:<20} ", stage.title());
        body.line(Line::from(vec![Span::styled(name, style), Span::styled(seen, theme::dim())]));
    }
    if reached.is_none() {
        body.say_with(ctx, "! ", &format!("State: {}", known.status), theme::caution());
    }
    body.blank();
}

/// The states of a job that goes well; one whose blobs failed in part ends in Closed instead of Completed.
fn way(state: JobState) -> [JobState; 6] {
    let ends = |one| one == JobState::Completed && state == JobState::CompletedWithErrors;
    WAY.map(|one| if ends(one) { state } else { one })
}

fn meaning(state: JobState) -> &'static str {
    match state {
        JobState::Preparing => "The service prepares the job. Ship nothing before it waits for the drives.",
        JobState::AwaitingShipment => {
            "The job waits for the drives. Ship within two weeks and enter the tracking number, or it expires."
        }
        JobState::Shipped => {
            "The drives are on their way to Microsoft. The state follows the carrier by one to three business days."
        }
        JobState::Received => "The drives have arrived. Copying usually starts within days; there is no promised time.",
        JobState::Copying => "Blobs are being copied to the drives.",
        JobState::Packing => "The drives are being packed for the way back. Keys follow once they have left.",
        JobState::Returning | JobState::Completed => {
            "The drives are on their way back. Save the BitLocker keys now: they vanish after 90 days."
        }
        JobState::CompletedWithErrors => {
            "The drives are on their way back, and some blobs failed. Save the keys, then read the error logs."
        }
        JobState::Cancelled => "The job was cancelled. Drives that arrived are sent back.",
        JobState::Failed => "The service has given the job up. Microsoft support can say why, by the job's name.",
        JobState::Unknown => "The documentation does not explain this state. Microsoft support can, by the job's name.",
    }
}

fn details(body: &mut Body, ctx: &DrawContext, job: &Job, row: usize) {
    if job.cancel_requested {
        body.say_with(ctx, "~ ", "Cancelling was asked for.", theme::caution());
    }
    if let Some(percent) = job.percent.filter(|_| job.status.state == JobState::Copying) {
        body.line(Line::from(vec![
            Span::styled(ctx.bar(percent, ctx.width.saturating_sub(24).min(40)), theme::good()),
            Span::raw(format!(" {percent:>3} % of all bytes")),
        ]));
    }
    if let Some(list) = &job.incomplete_list {
        body.say_with(ctx, "! ", &format!("Blobs that were not exported are listed in {list}"), theme::alarm());
    }
    if let Some(back) = &job.return_package {
        let words = format!("{} {}", back.carrier, back.tracking_number);
        body.pair(ctx, "On its way back", &words, theme::title());
    }
    drives(body, ctx, &job.drives, row);
    if job.status.state.before_arrival() {
        address(body, ctx, job.shipping.lines());
    }
}

/// A line for each drive. What a narrow screen cuts is told in full below the one under the cursor.
fn drives(body: &mut Body, ctx: &DrawContext, drives: &[JobDrive], row: usize) {
    const ID: usize = 14;
    if drives.is_empty() {
        return;
    }
    body.blank();
    let id = drives.iter().map(|drive| text::width(&text::clean(&drive.id))).max().unwrap_or(ID).clamp(5, ID);
    let room = ctx.width.saturating_sub(2);
    let head = columns(ctx, id, ["Drive", "State", "%", "Copied"]);
    body.line(Span::styled(text::cut_end(&format!("  {head}"), ctx.width, ctx.glyphs.cut), theme::dim()));
    for (index, drive) in drives.iter().enumerate() {
        let trouble =
            drive.copy_status.as_deref().filter(|status| status.contains("Error") || status.contains("Warning"));
        let name = text::clean(&drive.id);
        let state = text::clean(trouble.unwrap_or(&drive.state));
        let percent = drive.percent.map(|percent| percent.to_string()).unwrap_or_default();
        let bytes = drive.bytes.map(text::bytes).unwrap_or_default();
        let words = columns(ctx, id, [&name, &state, &percent, &bytes]);
        let cut = text::width(&words) > room || text::width(&state) > STATE || text::width(&name) > id;
        let style = if trouble.is_some() { theme::caution() } else { Style::new() };
        body.row(ctx, index == row, vec![Span::styled(text::cut_end(&words, room, ctx.glyphs.cut), style)]);
        if cut && index == row {
            let name = if text::width(&name) > id { format!("{name}: ") } else { String::new() };
            let known =
                [(state, ""), (percent, " %"), (bytes, " copied")].into_iter().filter(|(fact, _)| !fact.is_empty());
            let facts: Vec<String> = known.map(|(fact, unit)| format!("{fact}{unit}")).collect();
            body.whole_below(ctx, "    ", &format!("{name}{}", facts.join(", ")));
        }
    }
}

/// Columns of a drive's state: `CompletedWithWarnings` fits.
const STATE: usize = 21;

fn columns(ctx: &DrawContext, id: usize, [name, state, percent, bytes]: [&str; 4]) -> String {
    let (name, state) = (text::fit(name, id, ctx.glyphs.cut), text::fit(state, STATE, ctx.glyphs.cut));
    format!("{name} {state} {percent:>3} {bytes:>9}")
}

fn address(body: &mut Body, ctx: &DrawContext, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    body.blank();
    body.line(Span::styled("Ship to (as the job says)", theme::dim()));
    for line in lines {
        body.say_with(ctx, "  ", &line, Style::new());
    }
}
