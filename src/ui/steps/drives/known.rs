//! Below the bars: what to do about the drives, which blobs will not come back, what each rule takes, and what the figures rest on.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::plan::count::{CountReport, RuleReport, RuleStatus};
use crate::plan::{Alternative, DRIVES_PER_JOB, JobShare, Overheads, Split};
use crate::select::Rule;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::drives::{Outlook, drives};
use crate::wording::many;

/// Names of blobs or rules that are shown of each kind.
const EXAMPLES: usize = 3;

/// Rules whose share is shown.
const MOST_RULES: usize = 50;

pub(super) fn draw(sheet: &mut Sheet, pen: &Pen, report: &CountReport, outlook: &Outlook) {
    if let Some(words) = &outlook.spare {
        sheet.say_with(pen, "~ ", words, theme::caution());
    }
    too_large(sheet, pen, outlook);
    findings(sheet, pen, report);
    let nothing: Vec<&RuleReport> = report.rules.iter().filter(|rule| rule.matches_nothing()).collect();
    for rule in nothing.iter().take(EXAMPLES * 3) {
        sheet.say_with(pen, "! ", &format!("Nothing matches {}", rule.rule), theme::caution());
    }
    more(sheet, pen, nothing.len(), EXAMPLES * 3);
    split(sheet, pen, &outlook.split);
    others(sheet, pen, &outlook.alternatives);
    sizes(sheet, pen, report);
    shares(sheet, pen, report);
    reasons(sheet, pen, &outlook.overheads);
}

fn more(sheet: &mut Sheet, pen: &Pen, all: usize, shown: usize) {
    if all > shown {
        sheet.say_with(pen, "    ", &format!("and {} more", all - shown), theme::dim());
    }
}

fn too_large(sheet: &mut Sheet, pen: &Pen, outlook: &Outlook) {
    let plan = &outlook.plan;
    let count = plan.too_large_count();
    if count == 0 {
        return;
    }
    let words = format!("{} larger than the largest drive: not exported, a blob is never split.", many(count, "blob"));
    sheet.say_with(pen, "! ", &words, theme::alarm());
    for blob in plan.too_large.iter().take(EXAMPLES) {
        name(sheet, pen, &format!("{} {}", text::bytes(blob.size), blob.path));
    }
    more(sheet, pen, usize::try_from(count).unwrap_or(usize::MAX), EXAMPLES.min(plan.too_large.len()));
}

fn findings(sheet: &mut Sheet, pen: &Pen, report: &CountReport) {
    for (kind, found) in &report.totals.findings {
        let (sign, style) = if kind.blocks() { ("! ", theme::alarm()) } else { ("~ ", theme::caution()) };
        let words = format!("{}, {}: {}", many(found.count, "blob"), text::bytes(found.bytes), kind.sentence());
        sheet.say_with(pen, sign, &words, style);
        for example in found.examples.iter().take(EXAMPLES) {
            name(sheet, pen, example);
        }
        let shown = found.examples.len().min(EXAMPLES);
        more(sheet, pen, usize::try_from(found.count).unwrap_or(usize::MAX), shown);
    }
    if report.twins_one_in > 1 {
        let words = format!("Names in two cases were looked for in one of {} blobs.", report.twins_one_in);
        sheet.say_with(pen, "  ", &words, theme::dim());
    }
}

/// A name on a line of its own; its end tells more than its middle.
fn name(sheet: &mut Sheet, pen: &Pen, words: &str) {
    let words = text::cut_middle(&text::clean(words), pen.width.saturating_sub(5), pen.signs.cut);
    sheet.line(Span::raw(format!("    {words}")));
}

fn heading(sheet: &mut Sheet, words: &str) {
    sheet.blank();
    sheet.line(Span::styled(words.to_owned(), theme::dim()));
}

/// What to do about more drives than a job takes, and the keys that split them if it can be done.
pub(super) fn too_many(sheet: &mut Sheet, pen: &Pen, split: &Split, keys: Option<&str>) {
    let words = match (split.jobs.len(), keys) {
        (0, _) => return,
        (1, _) => {
            format!("A job takes {DRIVES_PER_JOB}: take larger drives, or check less; this cannot be split here.")
        }
        (jobs, Some(keys)) => {
            format!("A job takes {DRIVES_PER_JOB}: take larger drives, or make {jobs} jobs of it ({keys}).")
        }
        (jobs, None) => format!("A job takes {DRIVES_PER_JOB}: larger drives, or {jobs} jobs."),
    };
    sheet.say_with(pen, "! ", &words, theme::caution());
}

/// The jobs more than ten drives make.
fn split(sheet: &mut Sheet, pen: &Pen, split: &Split) {
    if split.jobs.is_empty() {
        return;
    }
    heading(sheet, "Split into jobs");
    for (at, job) in split.jobs.iter().enumerate() {
        share(sheet, pen, &format!("  {}. ", at + 1), job);
    }
    cut(sheet, pen, &split.cut);
}

/// A job's drives and the first of its rules.
pub(super) fn share(sheet: &mut Sheet, pen: &Pen, lead: &str, job: &JobShare) {
    let rules: Vec<String> = job.rules.iter().take(EXAMPLES).map(brief).collect();
    let more = job.rules.len().saturating_sub(EXAMPLES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let sizes = job.purchase.to_string();
    let words = format!("{}: {}{more}", drives(job.plan.count() as u64, &sizes), rules.join(", "));
    sheet.say_with(pen, lead, &words, Style::new());
    if job.over() > 0 {
        let words =
            format!("{} more than a job takes: check narrower folders in its place", many(job.over() as u64, "drive"));
        sheet.say_with(pen, &" ".repeat(text::width(lead)), &words, theme::caution());
    }
}

/// Which rules are in none of the jobs as they are, and what that means for blobs to come.
pub(super) fn cut(sheet: &mut Sheet, pen: &Pen, cut: &[Rule]) {
    for rule in cut.iter().take(EXAMPLES) {
        let words = format!(
            "Too big for one job: {rule}. Narrower rules take its place; blobs that are added outside them later are not exported."
        );
        sheet.say_with(pen, "~ ", &words, theme::caution());
    }
    more(sheet, pen, cut.len(), EXAMPLES);
}

/// The same blobs on other sizes, side by side.
fn others(sheet: &mut Sheet, pen: &Pen, alternatives: &[Alternative]) {
    heading(sheet, "The same on other sizes");
    let column = pen.width.saturating_sub(2) / alternatives.len().max(1);
    let row = |word: &dyn Fn(&Alternative) -> String| {
        let cells = alternatives.iter().map(|other| text::fit(&word(other), column, pen.signs.cut));
        Line::from(format!("  {}", cells.collect::<String>()))
    };
    sheet.line(row(&|other| other.drive.label.clone()).style(theme::title()));
    sheet.line(row(&|other| many(other.drives as u64, "drive")));
    if alternatives.iter().any(|other| other.jobs > 1) {
        sheet.line(row(&|other| many(other.jobs as u64, "job")));
    }
    if alternatives.iter().any(|other| other.too_large > 0) {
        sheet.line(row(&|other| format!("{} too large", other.too_large)));
    }
}

/// A rule as the list has it: a prefix begins with a slash, a path does not.
fn brief(rule: &Rule) -> String {
    match rule {
        Rule::Prefix(prefix) => prefix.clone(),
        Rule::Blob { path, snapshots: true } => path.clone(),
        Rule::Blob { .. } | Rule::Snapshot { .. } => rule.to_string(),
    }
}

/// How many blobs of which size there are, and what part of all bytes they make.
fn sizes(sheet: &mut Sheet, pen: &Pen, report: &CountReport) {
    let load = &report.totals.load;
    let all = load.bytes().max(1);
    heading(sheet, "How large the blobs are");
    for band in load.bands() {
        let percent = u8::try_from(u128::from(band.bytes) * 100 / u128::from(all)).unwrap_or(100);
        let columns = match pen.width {
            70.. => 24,
            60.. => 12,
            _ => 0,
        };
        let band_and_bar = format!("  {:<16}{} ", band.words(), pen.bar(percent, columns));
        let count = format!("{percent:>3} %  {}, {}", text::bytes(band.bytes), many(band.count, "blob"));
        sheet.say_with(pen, &band_and_bar, &count, theme::dim());
    }
}

fn shares(sheet: &mut Sheet, pen: &Pen, report: &CountReport) {
    heading(sheet, "What each rule takes");
    for rule in report.rules.iter().take(MOST_RULES) {
        let totals = &rule.totals;
        let words = match &rule.standing {
            RuleStatus::Counted => {
                let least = if rule.complete { "" } else { "at least " };
                let items = totals.blobs.saturating_add(totals.snapshots);
                format!("{least}{}, {}", text::count(items), text::bytes(totals.bytes))
            }
            RuleStatus::Duplicate { .. } | RuleStatus::Inside { .. } => "in a wider rule".to_owned(),
            RuleStatus::Invalid { .. } => "nothing".to_owned(),
        };
        let room = pen.width.saturating_sub(text::width(&words) + 4);
        let place = text::fit(&text::cut_middle(&text::clean(&brief(&rule.rule)), room, pen.signs.cut), room, "");
        sheet.line(Line::from(vec![Span::raw(format!("  {place} ")), Span::styled(words, theme::dim())]));
    }
    more(sheet, pen, report.rules.len(), MOST_RULES);
}

fn reasons(sheet: &mut Sheet, pen: &Pen, overheads: &Overheads) {
    heading(sheet, "What the plan allows for; Microsoft names no figures");
    for (figure, why) in overheads.reasons() {
        sheet.say_with(pen, "  ", &format!("{figure}: {why}"), theme::dim());
    }
}
