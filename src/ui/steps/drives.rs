//! How many drives to buy: what is counted so far, the sizes, a bar for each drive, and below it all there is to know about the
//! blobs. One scrolled page.

mod known;
mod progress;
mod split;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::fields;
use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::plan::count::CountReport;
use crate::plan::{DriveFill, DrivePlan};
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::desk::Desk;
use crate::wizard::drives::{self, Drives, Outlook};
use crate::wording::many;

/// Drives that get a bar of their own.
const MOST_BARS: usize = 60;

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let (desk, step) = (&wizard.desk, &wizard.steps.drives);
    if let Some(splitting) = step.asks_split() {
        return split::ask(pen, splitting);
    }
    progress::draw(&mut sheet, pen, desk, step);
    if let Some(fault) = &step.fault {
        sheet.fault(pen, fault);
    }
    fields::draw(&mut sheet, pen, &step.form, &[], step.on_field);
    if step.on_field {
        // Down leads on to the figures.
        sheet.stop();
    }
    answer(&mut sheet, pen, desk, step);
    if !step.on_field {
        sheet.to_read();
    }
    sheet
}

/// The number of drives, and everything below it.
fn answer(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &Drives) {
    let counting = desk.requests.is_busy(Slot::Scan) || desk.count.live.is_some();
    if counting {
        if let (Some((_, last)), Some(purchase)) = (&desk.count.live, step.purchase()) {
            let items = last.blobs.saturating_add(last.snapshots);
            let least = drives::at_least(items, last.bytes, &purchase, &desk.overheads);
            let words = format!("At least {} so far.", drives::drives(least, &desk.draft.drives.sizes));
            sheet.say_with(pen, "  ", &words, theme::title());
        }
        return;
    }
    let Some(counted) = &desk.draft.drives.counted else { return };
    if step.purchase().is_none() {
        let words = "Planned as soon as the sizes can be read.";
        sheet.say_with(pen, "  ", words, theme::dim());
    } else if let (Some(report), Some(outlook)) = (&desk.count.report, &step.outlook) {
        if let Some(sum) = outlook.balance.sentence() {
            let so_far = if counted.complete { "" } else { "So far " };
            sheet.say_with(pen, "  ", &format!("{so_far}{sum}"), Style::new());
        }
        needed(sheet, pen, outlook, counted.complete);
        let key = if step.on_field { "Enter, then d" } else { "d" };
        known::too_many(sheet, pen, &outlook.split, step.can_split(desk).then_some(key));
        amiss(sheet, pen, report, outlook);
        bars(sheet, pen, &outlook.plan);
        known::draw(sheet, pen, report, outlook);
    } else if let Some(plan) = &counted.plan {
        let count = u64::try_from(plan.drives).unwrap_or(u64::MAX);
        let words = format!("Needed: {}.", drives::drives(count, &plan.sizes));
        sheet.say_with(pen, "  ", &words, theme::title());
    }
}

/// The answer, in one sentence.
fn needed(sheet: &mut Sheet, pen: &Pen, outlook: &Outlook, complete: bool) {
    let plan = &outlook.plan;
    let least = if complete { "" } else { "At least " };
    let words = if plan.count() == 0 {
        "Nothing to export: no drive is needed.".to_owned()
    } else {
        format!("{least}{}{}", which(outlook), bound(plan, complete))
    };
    sheet.say_with(pen, "  ", &words, theme::title());
}

/// Above the bars, for many of them push the reasons out of sight.
fn amiss(sheet: &mut Sheet, pen: &Pen, report: &CountReport, outlook: &Outlook) {
    let lost = report.totals.blocked.saturating_add(outlook.plan.too_large_count());
    if lost > 0 {
        let words = format!("{} will not come back; below is why.", many(lost, "blob"));
        sheet.say_with(pen, "! ", &words, theme::alarm());
    }
    let idle = report.rules.iter().filter(|rule| rule.matches_nothing()).count() as u64;
    if idle > 0 {
        let verb = if idle == 1 { "matches" } else { "match" };
        let words = format!("{} {verb} nothing; named below.", many(idle, "rule"));
        sheet.say_with(pen, "! ", &words, theme::caution());
    }
}

/// `9 drives of 4TB are needed`, or what becomes of the drives given.
fn which(outlook: &Outlook) -> String {
    let (plan, given) = (&outlook.plan, outlook.purchase.given.len());
    let count = plan.count() as u64;
    let are = if count == 1 { "is" } else { "are" };
    let extra = plan.drives.iter().filter(|fill| fill.extra).count();
    let largest = &outlook.purchase.more;
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

fn bars(sheet: &mut Sheet, pen: &Pen, plan: &DrivePlan) {
    for (at, fill) in plan.drives.iter().enumerate().take(MOST_BARS) {
        bar(sheet, pen, at + 1, fill);
    }
    let more = plan.count().saturating_sub(MOST_BARS);
    if more > 0 {
        sheet.say_with(pen, "      ", &format!("and {more} more"), theme::dim());
    }
}

fn bar(sheet: &mut Sheet, pen: &Pen, number: usize, fill: &DriveFill) {
    let columns = if pen.width >= 70 { 24 } else { 12 };
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
    let room = pen.width.saturating_sub(used);
    sheet.line(Line::from(vec![
        Span::styled(lead, theme::dim()),
        Span::styled(pen.bar(percent, columns), theme::good()),
        Span::raw(middle),
        Span::raw(format!("{words}{}", text::cut_start(&largest, room, pen.signs.cut))),
    ]));
}
