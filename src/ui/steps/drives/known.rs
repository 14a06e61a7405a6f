//! Below the bars: what to do about the drives, which blobs will not come back, what each rule takes, and what the figures rest on.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::azure::model::ServiceName;
use crate::plan::count::{CountReport, RuleReport, RuleStatus};
use crate::plan::{Alternative, DRIVES_PER_JOB, JobShare, Overheads, Split};
use crate::select::Rule;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::steps::drives::{DriveEstimate, about_snapshots, drives};
use crate::wording::many;

/// Names of blobs or rules that are shown of each kind.
const EXAMPLES: usize = 3;

/// The most rules with a line for their share.
const MOST_RULES: usize = 50;

pub(super) fn draw(
    body: &mut Body,
    ctx: &DrawContext,
    report: &CountReport,
    estimate: &DriveEstimate,
    service: Option<ServiceName>,
) {
    if let Some(words) = &estimate.spare {
        body.say_with(ctx, "~ ", words, theme::caution());
    }
    too_large(body, ctx, estimate);
    findings(body, ctx, report, service);
    let nothing: Vec<&RuleReport> = report.rules.iter().filter(|rule| rule.matches_nothing()).collect();
    for rule in nothing.iter().take(EXAMPLES * 3) {
        body.say_with(ctx, "! ", &format!("Nothing matches {}", rule.rule), theme::caution());
    }
    more(body, ctx, nothing.len(), EXAMPLES * 3);
    split(body, ctx, &estimate.split);
    others(body, ctx, &estimate.alternatives);
    sizes(body, ctx, report);
    shares(body, ctx, report);
    reasons(body, ctx, &estimate.overheads);
}

fn more(body: &mut Body, ctx: &DrawContext, all: usize, shown: usize) {
    if all > shown {
        body.say_with(ctx, "    ", &format!("and {} more", all - shown), theme::dim());
    }
}

fn too_large(body: &mut Body, ctx: &DrawContext, estimate: &DriveEstimate) {
    let plan = &estimate.plan;
    let count = plan.too_large_count();
    if count == 0 {
        return;
    }
    let words = format!("{} larger than the largest drive: not exported, a blob is never split.", many(count, "blob"));
    body.say_with(ctx, "! ", &words, theme::alarm());
    for blob in plan.too_large.iter().take(EXAMPLES) {
        name(body, ctx, &format!("{} {}", text::bytes(blob.size), blob.path));
    }
    more(body, ctx, usize::try_from(count).unwrap_or(usize::MAX), EXAMPLES.min(plan.too_large.len()));
}

fn findings(body: &mut Body, ctx: &DrawContext, report: &CountReport, service: Option<ServiceName>) {
    if let Some(words) = about_snapshots(report.totals.snapshots, service) {
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    for (kind, found) in report.totals.findings.iter().filter(|(kind, _)| kind.concerns(service)) {
        let (sign, style) = if kind.blocks() { ("! ", theme::alarm()) } else { ("~ ", theme::caution()) };
        let words = format!("{}, {}: {}", many(found.count, "blob"), text::bytes(found.bytes), kind.sentence(service));
        body.say_with(ctx, sign, &words, style);
        for example in found.examples.iter().take(EXAMPLES) {
            name(body, ctx, example);
        }
        let shown = found.examples.len().min(EXAMPLES);
        more(body, ctx, usize::try_from(found.count).unwrap_or(usize::MAX), shown);
    }
    if report.twins_one_in > 1 {
        let words = format!("Names in two cases were looked for in one of {} blobs.", report.twins_one_in);
        body.say_with(ctx, "  ", &words, theme::dim());
    }
}

/// A name on a line of its own, cut in its middle: the end of a name says most.
fn name(body: &mut Body, ctx: &DrawContext, words: &str) {
    let words = text::cut_middle(&text::clean(words), ctx.width.saturating_sub(5), ctx.glyphs.cut);
    body.line(Span::raw(format!("    {words}")));
}

fn heading(body: &mut Body, words: &str) {
    body.blank();
    body.line(Span::styled(words.to_owned(), theme::dim()));
}

/// What to do about more drives than a job takes, and the keys that split them if it can be done.
pub(super) fn too_many(body: &mut Body, ctx: &DrawContext, split: &Split, keys: Option<&str>) {
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
    body.say_with(ctx, "! ", &words, theme::caution());
}

/// The jobs more than ten drives make.
fn split(body: &mut Body, ctx: &DrawContext, split: &Split) {
    if split.jobs.is_empty() {
        return;
    }
    heading(body, "Split into jobs");
    for (at, job) in split.jobs.iter().enumerate() {
        share(body, ctx, &format!("  {}. ", at + 1), job);
    }
    cut(body, ctx, &split.cut);
}

/// A job's drives and the first of its rules.
pub(super) fn share(body: &mut Body, ctx: &DrawContext, lead: &str, job: &JobShare) {
    let rules: Vec<String> = job.rules.iter().take(EXAMPLES).map(brief).collect();
    let more = job.rules.len().saturating_sub(EXAMPLES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let sizes = job.purchase.to_string();
    let words = format!("{}: {}{more}", drives(job.plan.count() as u64, &sizes), rules.join(", "));
    body.say_with(ctx, lead, &words, Style::new());
    if job.over() > 0 {
        let words =
            format!("{} more than a job takes: check narrower folders in its place", many(job.over() as u64, "drive"));
        body.say_with(ctx, &" ".repeat(text::width(lead)), &words, theme::caution());
    }
}

/// Which rules are in none of the jobs as they are, and what that means for blobs to come.
pub(super) fn cut(body: &mut Body, ctx: &DrawContext, cut: &[Rule]) {
    for rule in cut.iter().take(EXAMPLES) {
        let words = format!(
            "Too big for one job: {rule}. Narrower rules take its place; blobs that are added outside them later are not exported."
        );
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    more(body, ctx, cut.len(), EXAMPLES);
}

/// The same blobs on other sizes, side by side.
fn others(body: &mut Body, ctx: &DrawContext, alternatives: &[Alternative]) {
    heading(body, "The same on other sizes");
    if ctx.glyphs.read_out {
        for other in alternatives {
            let jobs = if other.jobs > 1 { format!(", {}", many(other.jobs as u64, "job")) } else { String::new() };
            let left = if other.too_large > 0 { format!(", {} too large", other.too_large) } else { String::new() };
            body.line(format!("{}: {}{jobs}{left}", other.drive.label, many(other.drives as u64, "drive")));
        }
        return;
    }
    let column = ctx.width.saturating_sub(2) / alternatives.len().max(1);
    let row = |word: &dyn Fn(&Alternative) -> String| {
        let cells = alternatives.iter().map(|other| text::fit(&word(other), column, ctx.glyphs.cut));
        Line::from(format!("  {}", cells.collect::<String>()))
    };
    body.line(row(&|other| other.drive.label.clone()).style(theme::title()));
    body.line(row(&|other| many(other.drives as u64, "drive")));
    if alternatives.iter().any(|other| other.jobs > 1) {
        body.line(row(&|other| many(other.jobs as u64, "job")));
    }
    if alternatives.iter().any(|other| other.too_large > 0) {
        body.line(row(&|other| format!("{} too large", other.too_large)));
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

/// How many blobs there are of each size class, and their share of all bytes.
fn sizes(body: &mut Body, ctx: &DrawContext, report: &CountReport) {
    let load = &report.totals.load;
    let all = load.bytes().max(1);
    heading(body, "How large the blobs are");
    for band in load.bands() {
        let percent = u8::try_from(u128::from(band.bytes) * 100 / u128::from(all)).unwrap_or(100);
        let columns = match ctx.width {
            70.. => 24,
            60.. => 12,
            _ => 0,
        };
        let band_and_bar = format!("  {:<16}{} ", band.words(), ctx.bar(percent, columns));
        let count = format!("{percent:>3} %  {}, {}", text::bytes(band.bytes), many(band.count, "blob"));
        body.say_with(ctx, &band_and_bar, &count, theme::dim());
    }
}

fn shares(body: &mut Body, ctx: &DrawContext, report: &CountReport) {
    heading(body, "What each rule takes");
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
        let room = ctx.width.saturating_sub(text::width(&words) + 4);
        let place = text::fit(&text::cut_middle(&text::clean(&brief(&rule.rule)), room, ctx.glyphs.cut), room, "");
        body.line(Line::from(vec![Span::raw(format!("  {place} ")), Span::styled(words, theme::dim())]));
    }
    more(body, ctx, report.rules.len(), MOST_RULES);
}

fn reasons(body: &mut Body, ctx: &DrawContext, overheads: &Overheads) {
    heading(body, "What the plan allows for; Microsoft names no figures");
    for (figure, why) in overheads.reasons() {
        body.say_with(ctx, "  ", &format!("{figure}: {why}"), theme::dim());
    }
}
