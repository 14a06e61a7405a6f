//! How many drives to buy: what is counted so far, the sizes, a bar for each drive, and below it all there is to know about the
//! blobs. One scrolled page.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Wizard;
use crate::plan::count::CountReport;
use crate::plan::{DriveFill, DrivePlan};
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::drives::{known, progress, split};
use crate::ui::steps::fields;
use crate::ui::{text, theme};
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::{self, DriveEstimate, DrivesStep};
use crate::wording::many;

/// Drives that get a bar of their own.
const MOST_BARS: usize = 60;

pub(crate) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.drives);
    if let Some(splitting) = step.asks_split() {
        return split::ask(ctx, splitting);
    }
    progress::draw(&mut body, ctx, shared, step);
    if let Some(fault) = &step.fault {
        body.fault(ctx, fault);
    }
    fields::draw(&mut body, ctx, &step.form, &[], step.on_field);
    if step.on_field {
        // Down leads on to the figures.
        body.stop();
    }
    answer(&mut body, ctx, shared, step);
    if !step.on_field {
        body.to_read();
    }
    body
}

/// The number of drives, and everything below it.
fn answer(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &DrivesStep) {
    let counting = shared.requests.is_busy(Slot::Scan) || shared.count.live.is_some();
    if counting {
        if let (Some((_, last)), Some(purchase)) = (&shared.count.live, step.purchase()) {
            let items = last.blobs.saturating_add(last.snapshots);
            let least = drives::at_least(items, last.bytes, &purchase, &shared.overheads);
            let words = format!("At least {} so far.", drives::drives(least, &shared.draft.drives.sizes));
            body.say_with(ctx, "  ", &words, theme::title());
        }
        return;
    }
    let Some(counted) = &shared.draft.drives.counted else { return };
    if step.purchase().is_none() {
        let words = "Planned as soon as the sizes can be read.";
        body.say_with(ctx, "  ", words, theme::dim());
    } else if let (Some(report), Some(estimate)) = (&shared.count.report, &step.estimate) {
        if let Some(sum) = estimate.balance.sentence() {
            let so_far = if counted.complete { "" } else { "So far " };
            body.say_with(ctx, "  ", &format!("{so_far}{sum}"), Style::new());
        }
        needed(body, ctx, estimate, counted.complete);
        let split = ctx.key(&Action::Split);
        let keys = if step.on_field { format!("Enter, then {split}") } else { split };
        known::too_many(body, ctx, &estimate.split, step.can_split(shared).then_some(keys.as_str()));
        amiss(body, ctx, report, estimate);
        bars(body, ctx, &estimate.plan);
        known::draw(body, ctx, report, estimate, shared.draft.service);
    } else if let Some(plan) = &counted.plan {
        let count = u64::try_from(plan.drives).unwrap_or(u64::MAX);
        let words = format!("Needed: {}.", drives::drives(count, &plan.sizes));
        body.say_with(ctx, "  ", &words, theme::title());
    }
}

/// The answer, in one sentence.
fn needed(body: &mut Body, ctx: &DrawContext, estimate: &DriveEstimate, complete: bool) {
    let plan = &estimate.plan;
    let least = if complete { "" } else { "At least " };
    let words = if plan.count() == 0 {
        "Nothing to export: no drive is needed.".to_owned()
    } else {
        format!("{least}{}{}", which(estimate), bound(plan, complete))
    };
    body.say_with(ctx, "  ", &words, theme::title());
}

/// Above the bars, for many of them push the reasons out of sight.
fn amiss(body: &mut Body, ctx: &DrawContext, report: &CountReport, estimate: &DriveEstimate) {
    let lost = report.totals.blocked.saturating_add(estimate.plan.too_large_count());
    if lost > 0 {
        let words = format!("{} will not come back; below is why.", many(lost, "blob"));
        body.say_with(ctx, "! ", &words, theme::alarm());
    }
    let idle = report.rules.iter().filter(|rule| rule.matches_nothing()).count() as u64;
    if idle > 0 {
        let verb = if idle == 1 { "matches" } else { "match" };
        let words = format!("{} {verb} nothing; named below.", many(idle, "rule"));
        body.say_with(ctx, "! ", &words, theme::caution());
    }
}

/// `9 drives of 4TB are needed`, or what becomes of the drives given.
fn which(estimate: &DriveEstimate) -> String {
    let (plan, given) = (&estimate.plan, estimate.purchase.given.len());
    let count = plan.count() as u64;
    let are = if count == 1 { "is" } else { "are" };
    let extra = plan.drives.iter().filter(|fill| fill.extra).count();
    let largest = &estimate.purchase.more;
    match (given, extra) {
        (0, _) => format!("{} of {largest} {are} needed", many(count, "drive")),
        (_, 0) => format!("{count} of {} given {are} needed", many(given as u64, "drive")),
        (_, extra) => format!("{} {are} needed, {extra} more of {largest} than given", many(count, "drive")),
    }
}

/// How sure that is.
fn bound(plan: &DrivePlan, complete: bool) -> String {
    match complete {
        false => ".".to_owned(),
        true if plan.at_least == plan.count() => "; no fewer can do.".to_owned(),
        true => format!("; at least {} must be.", plan.at_least),
    }
}

fn bars(body: &mut Body, ctx: &DrawContext, plan: &DrivePlan) {
    for (at, fill) in plan.drives.iter().enumerate().take(MOST_BARS) {
        bar(body, ctx, at + 1, fill);
    }
    let more = plan.count().saturating_sub(MOST_BARS);
    if more > 0 {
        body.say_with(ctx, "      ", &format!("and {more} more"), theme::dim());
    }
}

fn bar(body: &mut Body, ctx: &DrawContext, number: usize, fill: &DriveFill) {
    let columns = if ctx.width >= 70 { 24 } else { 12 };
    let percent = u8::try_from(fill.percent()).unwrap_or(100);
    let lead = format!("{number:>4} ");
    let words = match fill.large.first() {
        Some(_) if fill.blobs == 1 => String::new(),
        Some(_) => format!("{}, ", many(fill.blobs, "blob")),
        None => many(fill.blobs, "blob"),
    };
    // What is cut is the path, never the count before it.
    let largest = fill.large.first().map_or_else(String::new, |large| text::clean(&large.path));
    let middle = format!(" {percent:>3} % {} ", text::clean(&fill.drive.label));
    let used = text::width(&lead) + columns + text::width(&middle) + text::width(&words);
    let room = ctx.width.saturating_sub(used);
    body.line(Line::from(vec![
        Span::styled(lead, theme::dim()),
        Span::styled(ctx.bar(percent, columns), theme::good()),
        Span::raw(middle),
        Span::raw(format!("{words}{}", text::cut_start(&largest, room, ctx.glyphs.cut))),
    ]));
}
