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
use crate::plan::{DriveFill, DrivePlan};
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::desk::Desk;
use crate::wizard::drives::{self, Drives, Outlook};

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
    answer(&mut sheet, pen, desk, step);
    if !step.on_field {
        sheet.start_at(step.top);
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
    if let (Some(report), Some(outlook)) = (&desk.count.report, &step.outlook) {
        needed(sheet, pen, outlook, counted.complete);
        known::too_many(sheet, pen, &outlook.split, step.can_split(desk));
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
    let count = plan.count() as u64;
    let given = &outlook.purchase.given;
    let sizes = if given.is_empty() { outlook.purchase.more.label.clone() } else { "the drives given".to_owned() };
    let drives = format!("{} {} {sizes}", drives::many(count, "drive"), if given.is_empty() { "of" } else { "from" });
    let are = if count == 1 { "is" } else { "are" };
    let words = match (count, complete) {
        (0, _) => "Nothing to export: no drive is needed.".to_owned(),
        (_, false) => format!("At least {drives} {are} needed."),
        (_, true) if plan.at_least == plan.count() => format!("{drives} {are} needed; no fewer can do."),
        (_, true) => format!("{drives} {are} needed; at least {} must be.", plan.at_least),
    };
    sheet.say_with(pen, "  ", &words, theme::title());
    let extra = plan.drives.iter().filter(|fill| fill.extra).count() as u64;
    if extra > 0 {
        let words = format!("{} more than given, of the largest size.", drives::many(extra, "drive"));
        sheet.say_with(pen, "  ~ ", &words, theme::caution());
    }
    if plan.unused > 0 {
        let words = format!("{} given can stay at home.", drives::many(plan.unused as u64, "drive"));
        sheet.say_with(pen, "  ", &words, theme::dim());
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
        Some(large) if fill.blobs == 1 => large.path.clone(),
        Some(large) => format!("{} blobs, {}", text::count(fill.blobs), large.path),
        None if fill.blobs == 1 => "1 blob".to_owned(),
        None => format!("{} blobs", text::count(fill.blobs)),
    };
    let middle = format!(" {percent:>3} % {} ", text::clean(&fill.drive.label));
    let room = pen.width.saturating_sub(text::width(&lead) + columns + text::width(&middle));
    sheet.line(Line::from(vec![
        Span::styled(lead, theme::dim()),
        Span::styled(pen.bar(percent, columns), theme::good()),
        Span::raw(middle),
        Span::styled(text::cut_middle(&text::clean(&words), room, pen.signs.cut), Style::new()),
    ]));
}
