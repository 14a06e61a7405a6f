//! The scan in words: the figures of Microsoft's own preview tool first, then what it does not say.

use super::outcome::Outcome;
use crate::plan::{DRIVES_PER_JOB, binary, decimal};
use crate::scan::moment;
use crate::scan::{FindingKind, Standing};
use crate::select::Rule;
use crate::ui::text::{clean, count};

/// The whole outcome as lines of text, without a final line break.
pub(super) fn print(outcome: &Outcome) -> String {
    let mut lines = Vec::new();
    entries(outcome, &mut lines);
    drives(outcome, &mut lines);
    findings(outcome, &mut lines);
    advice(outcome, &mut lines);
    let report = &outcome.report;
    lines.push(String::new());
    let seconds = format!("{}.{:03}", report.millis / 1000, report.millis % 1000);
    lines.push(format!("Counted with {} requests in {seconds} s.", count(report.requests)));
    if !report.complete {
        lines.push("Not everything could be counted: all figures mean \"at least\". Go on with --resume.".to_owned());
    }
    clean_lines(&lines)
}

fn clean_lines(lines: &[String]) -> String {
    lines.iter().map(|line| clean(line)).collect::<Vec<_>>().join("\n")
}

fn entries(outcome: &Outcome, lines: &mut Vec<String>) {
    let (unique, duplicate, nothing) = outcome.entries();
    let totals = &outcome.report.totals;
    lines.push(format!("Number of unique blob paths/prefixes:       {unique}"));
    lines.push(format!("Number of duplicate blob paths/prefixes:    {duplicate}"));
    lines.push(format!("Number of nonexistent blob paths/prefixes:  {nothing}"));
    for rule in outcome.report.rules.iter().filter(|rule| rule.matches_nothing()) {
        lines.push(format!("    matches nothing: {}", rule.rule));
    }
    for rule in &outcome.report.rules {
        if let Standing::Inside { of } = rule.standing {
            lines.push(format!("    counted already: {} (in {})", rule.rule, outcome.report.rules[of].rule));
        }
    }
    lines.push(String::new());
    lines.push(format!("Blobs:      {}", count(totals.blobs)));
    lines.push(format!("Snapshots:  {}, each exported at full size", count(totals.snapshots)));
    lines.push(format!("Size:       {} ({})", decimal(totals.bytes), binary(totals.bytes)));
    for band in totals.load.bands().iter().filter(|band| band.count > 0) {
        lines.push(format!("    {}: {} blobs, {}", band.words(), count(band.count), decimal(band.bytes)));
    }
    if let Some(since) = outcome.report.since {
        let changed = totals.findings.get(&FindingKind::Changed).map_or(0, |found| found.count);
        lines.push(format!("Changed:    {} since {}", count(changed), moment::text(since)));
    }
}

fn drives(outcome: &Outcome, lines: &mut Vec<String>) {
    let (can, cannot) = outcome.exportable();
    let plan = &outcome.plan;
    let sizes: Vec<&str> = outcome.purchase.given.iter().map(|drive| drive.label.as_str()).collect();
    let sizes = if sizes.is_empty() { outcome.purchase.more.label.clone() } else { sizes.join(" + ") };
    lines.push(String::new());
    lines.push(format!("Drive size:     {sizes}"));
    lines.push(format!("Number of blobs that can be exported:       {}", count(can)));
    lines.push(format!("Number of blobs that cannot be exported:    {}", count(cannot)));
    lines.push(format!(
        "Number of drives needed:                    {} (no fewer than {})",
        plan.count(),
        plan.at_least
    ));
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

fn findings(outcome: &Outcome, lines: &mut Vec<String>) {
    let plan = &outcome.plan;
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
        lines.push(format!("    {}  {}", count(found.count), kind.sentence()));
        lines.extend(found.examples.iter().map(|example| format!("        {example}")));
    }
    if outcome.report.twins_one_in > 1 {
        let one_in = outcome.report.twins_one_in;
        lines.push(format!("    Names that differ in case only were looked for in one of {one_in} blobs."));
    }
}

fn advice(outcome: &Outcome, lines: &mut Vec<String>) {
    lines.push(String::new());
    lines.extend(outcome.spare.clone());
    for other in &outcome.alternatives {
        let large =
            if other.too_large > 0 { format!(", {} blobs too large", count(other.too_large)) } else { String::new() };
        lines.push(format!("With {} drives: {} in {} job(s){large}", other.drive, other.drives, other.jobs));
    }
    let split = &outcome.split;
    if split.jobs.is_empty() {
        return;
    }
    lines.push(format!("A job takes {DRIVES_PER_JOB} drives at most. Split by rules:"));
    for (at, job) in split.jobs.iter().enumerate() {
        let rules: Vec<String> = job.rules.iter().map(short).collect();
        let over = job.over();
        let hint = if over > 0 { format!("; {over} too many: narrow this rule down") } else { String::new() };
        lines.push(format!("    Job {}: {} drives: {}{hint}", at + 1, job.plan.count(), rules.join(", ")));
    }
    for rule in &split.cut {
        lines.push(format!("    Cut: {rule}; what is added outside the narrower rules later is in no job."));
    }
}
