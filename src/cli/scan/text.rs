//! The outcome as text: first the figures that Microsoft's own preview tool prints, then those it does not have.

use super::outcome::ScanOutcome;
use crate::azure::model::ServiceName;
use crate::plan::DRIVES_PER_JOB;
use crate::scan::compact_time;
use crate::scan::{FindingKind, RuleReport, RuleStatus};
use crate::select::Rule;
use crate::ui::text::{clean, count};
use crate::wizard::steps::drives::about_snapshots;
use crate::wording::{binary, decimal, many, some_of};

/// Rules not counted to their end that are named one by one.
const OPEN_NAMED: usize = 10;

/// The whole outcome as lines of text, without a final line break.
pub(super) fn print(outcome: &ScanOutcome) -> String {
    let mut lines = Vec::new();
    entries(outcome, &mut lines);
    drives(outcome, &mut lines);
    findings(outcome, &mut lines);
    advice(outcome, &mut lines);
    let report = &outcome.report;
    lines.push(String::new());
    let seconds = format!("{}.{:03}", report.millis / 1000, report.millis % 1000);
    lines.push(format!("Counted with {} in {seconds} s.", many(report.requests, "request")));
    if !report.complete {
        lines.push("Not everything could be counted: all figures mean \"at least\". Go on with --resume.".to_owned());
    }
    clean_lines(&lines)
}

fn clean_lines(lines: &[String]) -> String {
    lines.iter().map(|line| clean(line)).collect::<Vec<_>>().join("\n")
}

fn entries(outcome: &ScanOutcome, lines: &mut Vec<String>) {
    let (unique, duplicate, nothing) = outcome.entries();
    let totals = &outcome.report.totals;
    lines.push(format!("Number of unique blob paths/prefixes:       {unique}"));
    lines.push(format!("Number of duplicate blob paths/prefixes:    {duplicate}"));
    lines.push(format!("Number of nonexistent blob paths/prefixes:  {nothing}"));
    let rules = &outcome.report.rules;
    let idle = rules.iter().filter(|rule| rule.matches_nothing());
    first_of(idle.map(|rule| format!("    matches nothing: {}", rule.rule)), nothing, "match nothing", lines);
    let open: Vec<_> = rules.iter().filter(|rule| !rule.complete).collect();
    for rule in open.iter().take(OPEN_NAMED) {
        lines.push(format!("    not counted to its end: {}", rule.rule));
    }
    if open.len() > OPEN_NAMED {
        lines.push(format!("    not counted to their end: {} more", count((open.len() - OPEN_NAMED) as u64)));
    }
    let inside = |rule: &RuleReport| {
        let RuleStatus::Inside { of } = rule.standing else { return None };
        Some(format!("    counted already: {} (in {})", rule.rule, rules[of].rule))
    };
    let counted = rules.iter().filter_map(inside);
    first_of(counted.clone(), counted.count(), "are counted already", lines);
    lines.push(String::new());
    lines.push(format!("Blobs:      {}", count(totals.blobs)));
    let come = if outcome.service == Some(ServiceName::DataBox) { "counted" } else { "exported" };
    lines.push(format!("Snapshots:  {}, each {come} at full size", count(totals.snapshots)));
    lines.extend(about_snapshots(totals.snapshots, outcome.service).map(|words| format!("    {words}")));
    lines.push(format!("Size:       {} ({})", decimal(totals.bytes), binary(totals.bytes)));
    let balance = &outcome.outlook.balance;
    if !balance.left_out.is_empty() {
        lines.extend(balance.reasons().iter().map(|reason| format!("    less {reason}")));
        lines.push(format!("On drives:  {}", decimal(balance.exported)));
    }
    for band in totals.load.bands().iter().filter(|band| band.count > 0) {
        lines.push(format!("    {}: {} blobs, {}", band.words(), count(band.count), decimal(band.bytes)));
    }
    if let Some(since) = outcome.report.since {
        let changed = totals.findings.get(&FindingKind::Changed).map_or(0, |found| found.count);
        lines.push(format!("Changed:    {} since {}", count(changed), compact_time::to_text(since)));
    }
}

/// The first of many lines, and how many there are more; --json has all of them.
fn first_of(all: impl Iterator<Item = String>, number: usize, what: &str, lines: &mut Vec<String>) {
    const SHOWN: usize = 10;
    lines.extend(all.take(SHOWN));
    if number > SHOWN {
        lines.push(format!("    and {} more {what}; --json lists them", count((number - SHOWN) as u64)));
    }
}

fn drives(outcome: &ScanOutcome, lines: &mut Vec<String>) {
    let (can, cannot) = outcome.exportable();
    let plan = &outcome.outlook.plan;
    lines.push(String::new());
    lines.push(format!("Drive size:     {}", outcome.outlook.purchase));
    lines.push(format!("Number of blobs that can be exported:       {}", count(can)));
    lines.push(format!("Number of blobs that cannot be exported:    {}", count(cannot)));
    let needed = if outcome.report.complete {
        format!("{} (no fewer than {})", plan.count(), plan.at_least)
    } else {
        format!("at least {}", plan.at_least)
    };
    lines.push(format!("Number of drives needed:                    {needed}"));
    for (at, fill) in plan.drives.iter().enumerate() {
        let extra = if fill.extra { ", to buy in addition" } else { "" };
        lines.push(format!(
            "    Drive #{}: blobs = {}, occupied space = {} of {} usable ({} %), {}{extra}",
            at + 1,
            count(fill.blobs),
            decimal(fill.occupied),
            decimal(fill.usable),
            fill.percent(),
            fill.drive
        ));
    }
    if plan.unused > 0 {
        lines.push(format!("    {} of the drives given stay empty", plan.unused));
    }
}

/// A rule as it is written: what begins with a prefix needs no more words.
fn short(rule: &Rule) -> String {
    if let Rule::Prefix(prefix) = rule { prefix.clone() } else { rule.to_string() }
}

fn findings(outcome: &ScanOutcome, lines: &mut Vec<String>) {
    let plan = &outcome.outlook.plan;
    if outcome.findings().next().is_none() && plan.too_large_count() == 0 {
        return;
    }
    lines.push(String::new());
    lines.push("Findings:".to_owned());
    if plan.too_large_count() > 0 {
        lines.push(format!(
            "    {}  Larger than the largest drive; a blob is never split.",
            count(plan.too_large_count())
        ));
        for blob in plan.too_large.iter().take(5) {
            lines.push(format!("        {} ({})", blob.path, decimal(blob.size)));
        }
    }
    for (kind, found) in outcome.findings() {
        lines.push(format!("    {}  {}", count(found.count), kind.sentence(outcome.service)));
        lines.extend(found.examples.iter().map(|example| format!("        {example}")));
    }
    if outcome.report.twins_one_in > 1 {
        let one_in = outcome.report.twins_one_in;
        lines.push(format!("    Names that differ in case only were looked for in one of {one_in} blobs."));
    }
}

fn advice(outcome: &ScanOutcome, lines: &mut Vec<String>) {
    lines.push(String::new());
    lines.extend(outcome.outlook.spare.clone());
    for other in &outcome.outlook.alternatives {
        let large = match other.too_large {
            0 => String::new(),
            blobs => format!(", {} too large", many(blobs, "blob")),
        };
        let jobs = many(other.jobs as u64, "job");
        lines.push(format!("With {} drives: {} in {jobs}{large}", other.drive, other.drives));
    }
    let split = &outcome.outlook.split;
    if split.jobs.is_empty() {
        return;
    }
    lines.push(format!("A job takes {DRIVES_PER_JOB} drives at most. Split by rules:"));
    for (at, job) in split.jobs.iter().enumerate() {
        let rules: Vec<String> = job.rules.iter().map(short).collect();
        let over = job.over();
        let hint = if over > 0 { format!("; {over} too many: narrow this rule down") } else { String::new() };
        lines.push(format!("    Job {}: {} drives: {}{hint}", at + 1, job.plan.count(), some_of(&rules, 5)));
    }
    for rule in &split.cut {
        lines.push(format!("    Cut: {rule}; what is added outside the narrower rules later is in no job."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::count::{CountReport, CountTotals};
    use crate::plan::{LargeBlob, Overheads, Purchase};

    fn outcome(complete: bool, blobs: u64, sizes: &str) -> ScanOutcome {
        let totals = CountTotals { blobs, ..CountTotals::default() };
        let mut report = CountReport {
            totals,
            rules: Vec::new(),
            requests: 1,
            millis: 10,
            complete,
            twins_one_in: 1,
            since: None,
            began_anew: None,
        };
        for at in 0..blobs {
            let (size, path) = (3_000_000_000_000, format!("c/{at}"));
            report.totals.load.large.push(LargeBlob { size, path, snapshot: None });
        }
        ScanOutcome::new(report, &Purchase::parse(sizes).unwrap(), Overheads::default(), None)
    }

    #[test]
    fn drives_for_a_part_are_never_said_to_be_enough() {
        let words = print(&outcome(false, 2, "4TB"));
        assert!(words.contains("drives needed:                    at least 2\n"), "{words}");
        assert!(print(&outcome(true, 2, "4TB")).contains("2 (no fewer than 2)"));
    }

    #[test]
    fn the_findings_follow_the_service_and_what_is_uncertain_is_called_so() {
        let words = |service| {
            let mut outcome = outcome(true, 1, "4TB");
            outcome.service = service;
            outcome.report.totals.snapshots = 2;
            outcome.report.totals.note(FindingKind::AppendBlob, 1, || "c/log".into());
            print(&outcome)
        };
        let classic = words(Some(ServiceName::ImportExport));
        assert!(!classic.contains("ppend") && classic.contains("2, each exported at full size"), "{classic}");
        let data_box = words(Some(ServiceName::DataBox));
        assert!(data_box.contains("uncertain whether any comes") && data_box.contains("c/log"), "{data_box}");
        assert!(data_box.contains("exports snapshots is documented nowhere"), "{data_box}");
        let either = words(None);
        assert!(either.contains("the classic service exports them; copy logs of Azure Data Box"), "{either}");
    }

    #[test]
    fn nothing_counted_is_told_from_nothing_there() {
        assert!(outcome(false, 0, "4TB").is_nothing());
        assert!(!outcome(true, 0, "4TB").is_nothing() && !outcome(false, 1, "4TB").is_nothing());
    }

    #[test]
    fn one_of_a_kind_is_said_as_one_and_drives_as_they_were_typed() {
        let words = print(&outcome(true, 1, "2x8TB + 1x4TB"));
        for part in ["Drive size:     2x8TB + 1x4TB", "With 4TB drives: 1 in 1 job\n", "Counted with 1 request in"] {
            assert!(words.contains(part), "{part:?} is missing in\n{words}");
        }
    }
}
