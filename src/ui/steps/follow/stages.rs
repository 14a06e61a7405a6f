//! How far the job is: the service's own stages with their times, or the states of a job that goes well, or what was seen.

use jiff::Timestamp;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::azure::model::{JobStage, JobState, ServiceName, StageProgress};
use crate::draft::KnownJob;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::shared::Shared;

/// The states of a job of the classic service that goes well, in order.
const CLASSIC_WAY: [JobState; 6] = [
    JobState::AwaitingShipment,
    JobState::Shipped,
    JobState::Received,
    JobState::Copying,
    JobState::Packing,
    JobState::Completed,
];

/// The same for Data Box, which prepares a job first and says when the drives are delivered.
const DATA_BOX_WAY: [JobState; 8] = [
    JobState::Preparing,
    JobState::AwaitingShipment,
    JobState::Shipped,
    JobState::Received,
    JobState::Copying,
    JobState::Packing,
    JobState::Returning,
    JobState::Completed,
];

/// Columns of a time.
const TIME: usize = "2026-12-10 14:02".len();

/// The stages one below the other.
pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared, known: &KnownJob) {
    let told = shared.catalogue.job.as_ref().map(|job| job.stages.as_slice()).unwrap_or_default();
    let service = shared.draft.job_address().map(|job| job.service).unwrap_or_default();
    body.blank();
    body.line(Span::styled("Stages (times in UTC)", theme::dim()));
    if told.is_empty() {
        way(body, ctx, known, service);
    } else {
        let column = column(ctx, told.iter().map(|stage| stage.title.as_str()));
        for stage in told {
            reported(body, ctx, stage, column);
        }
        if matches!(known.status.state, JobState::Cancelled | JobState::Failed | JobState::Unknown) {
            body.say_with(ctx, "! ", &format!("State: {}", known.status), theme::caution());
        }
    }
}

/// Columns of the names, so that the times stand below each other where a name leaves room for one.
fn column<'a>(ctx: &DrawContext, names: impl Iterator<Item = &'a str>) -> usize {
    let room = ctx.width.saturating_sub(TIME + 3);
    names.map(|name| text::width(&text::clean(name))).filter(|width| *width <= room).max().unwrap_or(0)
}

/// A stage as the service reports it: its name, its time, and its own word where that says more.
fn reported(body: &mut Body, ctx: &DrawContext, stage: &JobStage, column: usize) {
    let (sign, style) = match stage.progress {
        StageProgress::Done => (ctx.glyphs.done, theme::good()),
        StageProgress::Current => (ctx.glyphs.here, theme::title()),
        StageProgress::Ahead => (ctx.glyphs.open, theme::dim()),
        StageProgress::DoneWithErrors | StageProgress::Cancelled => ("!", theme::caution()),
        StageProgress::Failed | StageProgress::NeedsAction => ("!", theme::alarm()),
        StageProgress::Unknown => ("?", theme::caution()),
    };
    let plain = matches!(stage.progress, StageProgress::Done | StageProgress::Current | StageProgress::Ahead);
    let when = stage.time.as_deref().map(moment).unwrap_or_default();
    let status = if plain { "" } else { stage.status.trim() };
    let facts: Vec<&str> = [when.as_str(), status].into_iter().filter(|fact| !fact.is_empty()).collect();
    line(body, ctx, (sign, style), (&stage.title, column), &facts.join(", "));
    for delay in &stage.delays {
        let told = if delay.description.trim().is_empty() { &delay.code } else { &delay.description };
        let words = if delay.resolved { format!("A delay is over: {told}") } else { format!("Delayed: {told}") };
        let style = if delay.resolved { theme::dim() } else { theme::caution() };
        body.say_with(ctx, "    ", &words, style);
    }
}

/// A name and what is known of it; on the line below where both do not fit beside each other.
fn line(body: &mut Body, ctx: &DrawContext, (sign, style): (&str, Style), (name, column): (&str, usize), facts: &str) {
    let (name, facts) = (text::clean(name), text::clean(facts));
    let beside = column.max(text::width(&name)) + 3 + text::width(&facts) <= ctx.width;
    if !beside {
        body.say_with(ctx, &format!("{sign} "), &name, style);
        if !facts.is_empty() {
            body.say_with(ctx, "    ", &facts, theme::dim());
        }
        return;
    }
    let gap = " ".repeat(column.saturating_sub(text::width(&name)) + 1);
    body.line(Line::from(vec![Span::styled(format!("{sign} {name}{gap}"), style), Span::styled(facts, theme::dim())]));
}

/// A time of the service as the other times on the page; verbatim where it cannot be read.
fn moment(time: &str) -> String {
    time.parse::<Timestamp>().map_or_else(|_| time.to_owned(), |at| at.strftime("%Y-%m-%d %H:%M").to_string())
}

/// The states of a job that goes well, each with the time it was first seen. A job that leaves that way, or whose drives never
/// came, shows what was seen and no more.
fn way(body: &mut Body, ctx: &DrawContext, known: &KnownJob, service: ServiceName) {
    let state = known.status.state;
    let all: &[JobState] = if service == ServiceName::DataBox { &DATA_BOX_WAY } else { &CLASSIC_WAY };
    // One whose blobs failed in part ends in another state.
    let ends = |one| if one == JobState::Completed && state == JobState::CompletedWithErrors { state } else { one };
    let way: Vec<JobState> = all.iter().copied().map(ends).collect();
    let here = way.iter().position(|stage| *stage == state);
    let Some(here) = here.filter(|_| !known.has_no_drive()) else {
        return seen(body, ctx, known);
    };
    let column = column(ctx, way.iter().map(|stage| stage.title()));
    for (index, stage) in way.into_iter().enumerate() {
        let sign = match index.cmp(&here) {
            std::cmp::Ordering::Less => (ctx.glyphs.done, theme::good()),
            std::cmp::Ordering::Equal => (ctx.glyphs.here, theme::title()),
            std::cmp::Ordering::Greater => (ctx.glyphs.open, theme::dim()),
        };
        let at = known.seen_at(stage).filter(|_| index <= here);
        let at = at.map(|at| at.strftime("seen %Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        line(body, ctx, sign, (stage.title(), column), &at);
    }
}

/// The states that were seen of a job that was cancelled, has failed, or is in an unknown state. The page lists no states ahead.
fn seen(body: &mut Body, ctx: &DrawContext, known: &KnownJob) {
    let last = known.seen.len().saturating_sub(1);
    let column = column(ctx, known.seen.iter().map(|(status, _)| status.state.title()));
    for (index, (status, at)) in known.seen.iter().enumerate() {
        let at = at.strftime("seen %Y-%m-%d %H:%M").to_string();
        if index < last {
            line(body, ctx, (ctx.glyphs.done, theme::good()), (status.state.title(), column), &at);
        }
    }
    let at = known.seen.last().map(|(_, at)| at.strftime(", seen %Y-%m-%d %H:%M").to_string());
    let words = match known.status.state {
        JobState::Unknown => format!("State: {}", known.status),
        state => format!("{} ({})", state.title(), known.status),
    };
    body.say_with(ctx, "! ", &format!("{words}{}", at.unwrap_or_default()), theme::caution());
}
