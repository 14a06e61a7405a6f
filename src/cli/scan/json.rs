//! The scan as JSON. Stable: fields are added, never renamed or removed; a change of meaning raises `schema`. [`FIELDS`] is the
//! documentation, which `blobfreight scan --help` shows.

use serde_json::{Value, json};

use super::outcome::ScanOutcome;
use crate::azure::model::ServiceName;
use crate::cli::words;
use crate::scan::compact_time;
use crate::scan::{RuleReport, RuleStatus};
use crate::select::Rule;
use crate::ui::text::clean_json;

/// The meaning of the fields, for the help page.
pub(super) const FIELDS: &str = "\
Exit status: 0 complete, 1 failed, 2 wrong arguments, 3 partial,
4 sign in first.

The JSON. Fields are added, never renamed or removed; a change of meaning
raises schema.
  schema             1
  endpoint           Blob endpoint of the account
  service            The service that the findings are for (databox,
                     classic), or null: none was named
  complete           false: not all was counted, and figures are \"at least\"
  blobs, snapshots   How many; whether Data Box exports snapshots is
                     documented nowhere
  bytes              Of both; a snapshot counts at full size
  requests, seconds  Sent; taken, a decimal number
  since              Findings count blobs changed after it (UTC); null: there
                     was nothing to compare with
  began_anew         Why --resume counted everything anew, or null
  entries            How many rules are unique, duplicate, nonexistent
  exportable, not_exportable
                     Blobs and snapshots that are, and that are not
  exportable_bytes   Bytes of those that are
  cool_bytes, cold_bytes
                     Bytes in the cool and the cold tier, without what no job
                     can export: reading them is charged by GB
  rules[]            kind (prefix, path, snapshot), text,
                     standing (counted, duplicate, inside, invalid),
                     of (place of the other rule, from 0), blobs, snapshots,
                     bytes, complete, reused, matches_nothing, problem
  findings[]         kind, count, bytes, blocks_export, meaning, examples[]
  case_twins_one_in  Names that differ in case only were looked for in one
                     of so many blobs
  histogram[]        below (upper limit of the size), count, bytes
  drives[]           size, nominal_bytes, usable_bytes, occupied_bytes,
                     blobs, extra (not among the drives given)
  drives_at_least    No packing can do with fewer
  drives_unused      Drives given that stay empty
  spare              Why to ship one more, or null
  alternatives[]     size, drives, jobs, too_large
  jobs[]             Of more than ten drives: rules (places of whole ones),
                     list[] (kind and text of each, parts of cut rules too),
                     drives, too_big, over (drives beyond ten)
  cut[]              Places of rules the jobs replace by narrower ones: what
                     is added outside those later is in no job
  overheads[]        What the plan allows for: figure, reason";

/// The whole outcome as one JSON object.
pub(super) fn print(outcome: &ScanOutcome, endpoint: &str) -> String {
    let report = &outcome.report;
    let (can, cannot) = outcome.exportable();
    let (unique, duplicate, nonexistent) = outcome.entries();
    let millis = u32::try_from(report.millis).unwrap_or(u32::MAX);
    let value = json!({
        "schema": 1,
        "endpoint": endpoint,
        "service": outcome.service.map(ServiceName::word),
        "complete": report.complete,
        "blobs": report.totals.blobs,
        "snapshots": report.totals.snapshots,
        "bytes": report.totals.bytes,
        "requests": report.requests,
        "seconds": f64::from(millis) / 1000.0,
        "since": report.since.map(compact_time::to_text),
        "began_anew": report.began_anew,
        "entries": { "unique": unique, "duplicate": duplicate, "nonexistent": nonexistent },
        "exportable": can,
        "not_exportable": cannot,
        "exportable_bytes": outcome.outlook.balance.exported,
        "cool_bytes": report.totals.tiers.cool,
        "cold_bytes": report.totals.tiers.cold,
        "rules": report.rules.iter().map(rule).collect::<Vec<_>>(),
        "findings": findings(outcome),
        "case_twins_one_in": report.twins_one_in,
        "histogram": report.totals.load.histogram().iter().map(|(below, count, bytes)| json!({ "below": below, "count": count, "bytes": bytes })).collect::<Vec<_>>(),
        "drives": drives(outcome),
        "drives_at_least": outcome.outlook.plan.at_least,
        "drives_unused": outcome.outlook.plan.unused,
        "spare": outcome.outlook.spare,
        "alternatives": outcome.outlook.alternatives.iter().map(|other| json!({
            "size": other.drive.label, "drives": other.drives, "jobs": other.jobs, "too_large": other.too_large,
        })).collect::<Vec<_>>(),
        "jobs": outcome.outlook.split.jobs.iter().map(|job| json!({
            "rules": places(outcome, &job.rules), "list": job.rules.iter().map(|rule| {
                let (kind, text) = words::rule(rule);
                json!({ "kind": kind, "text": text })
            }).collect::<Vec<_>>(),
            "drives": job.plan.count(), "too_big": job.over() > 0, "over": job.over(),
        })).collect::<Vec<_>>(),
        "cut": places(outcome, &outcome.outlook.split.cut),
        "overheads": outcome.outlook.overheads.reasons().iter().map(|(figure, reason)| json!({ "figure": figure, "reason": reason })).collect::<Vec<_>>(),
    });
    clean_json(&format!("{value:#}"))
}

/// The places of these rules among all rules of the scan. A narrower rule, which is not among them, has none.
fn places(outcome: &ScanOutcome, rules: &[Rule]) -> Vec<usize> {
    let all = outcome.report.rules.iter().enumerate();
    all.filter(|(_, counted)| rules.contains(&counted.rule)).map(|(place, _)| place).collect()
}

/// Each rule as kind, text, standing, blobs, snapshots, bytes, and whether it was counted to its end.
pub(super) fn rule_rows(outcome: &ScanOutcome) -> Vec<[String; 7]> {
    let row = |rule: &RuleReport| {
        let ((kind, text), (standing, _)) = (words::rule(&rule.rule), standing(rule));
        let figures = [rule.totals.blobs, rule.totals.snapshots, rule.totals.bytes].map(|figure| figure.to_string());
        let [blobs, snapshots, bytes] = figures;
        let whole = if rule.complete { "complete" } else { "at least" };
        [kind.to_owned(), text, standing.to_owned(), blobs, snapshots, bytes, whole.to_owned()]
    };
    outcome.report.rules.iter().map(row).collect()
}

fn standing(rule: &RuleReport) -> (&'static str, Option<usize>) {
    match rule.standing {
        RuleStatus::Counted => ("counted", None),
        RuleStatus::Duplicate { of } => ("duplicate", Some(of)),
        RuleStatus::Inside { of } => ("inside", Some(of)),
        RuleStatus::Invalid { .. } => ("invalid", None),
    }
}

fn rule(rule: &RuleReport) -> Value {
    let (kind, text) = words::rule(&rule.rule);
    let (standing, of) = standing(rule);
    json!({
        "kind": kind,
        "text": text,
        "standing": standing,
        "of": of,
        "blobs": rule.totals.blobs,
        "snapshots": rule.totals.snapshots,
        "bytes": rule.totals.bytes,
        "complete": rule.complete,
        "reused": rule.reused,
        "matches_nothing": rule.matches_nothing(),
        "problem": rule.problem.as_ref().map(ToString::to_string),
    })
}

fn findings(outcome: &ScanOutcome) -> Vec<Value> {
    let mut findings: Vec<Value> = outcome
        .findings()
        .map(|(kind, found)| {
            json!({
                "kind": kind,
                "count": found.count,
                "bytes": found.bytes,
                "blocks_export": kind.blocks(),
                "meaning": kind.sentence(outcome.service),
                "examples": found.examples,
            })
        })
        .collect();
    if outcome.outlook.plan.too_large_count() > 0 {
        findings.push(json!({
            "kind": "larger_than_drive",
            "count": outcome.outlook.plan.too_large_count(),
            "bytes": outcome.outlook.plan.too_large.iter().map(|blob| blob.size).fold(0, u64::saturating_add),
            "blocks_export": true,
            "meaning": "Larger than the largest drive; a blob is never split over drives.",
            "examples": outcome.outlook.plan.too_large.iter().take(5).map(|blob| &blob.path).collect::<Vec<_>>(),
        }));
    }
    findings
}

fn drives(outcome: &ScanOutcome) -> Vec<Value> {
    let drive = |fill: &crate::plan::DriveFill| {
        json!({
            "size": fill.drive.label,
            "nominal_bytes": fill.drive.bytes,
            "usable_bytes": fill.usable,
            "occupied_bytes": fill.occupied,
            "blobs": fill.blobs,
            "extra": fill.extra,
        })
    };
    outcome.outlook.plan.drives.iter().map(drive).collect()
}
