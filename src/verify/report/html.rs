//! The report as one page without anything from elsewhere: to keep, to print, to send.

use std::fmt::Write as _;

use super::super::engine::{CheckReport, CheckedDrive};
use super::super::rules::{DriveFinding, Severity};
use super::text::{facts, fetch_again, heading, kinds, verdict};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
    h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}li{overflow-wrap:anywhere}\
    .damage{color:#a40000}.unchecked{color:#7a4d00}.note{color:#444}.right{color:#0a5d00}";

/// The page.
pub fn html(report: &CheckReport) -> String {
    let class = match report.status() {
        0 => "right",
        1 => "damage",
        _ => "unchecked",
    };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Check of returned drives</title><style>{STYLE}</style></head><body>\n<h1>Check of returned drives</h1>\n<p class=\"{class}\"><strong>{}</strong></p>\n",
        verdict(report)
    );
    for drive in &report.drives {
        let _infallible = writeln!(page, "<h2>{}</h2>", escaped(&heading(drive)));
        list(&mut page, facts(drive).iter().map(String::as_str));
        groups(&mut page, &drive.findings, drive);
    }
    if !report.of_job.is_empty() {
        page.push_str("<h2>What the logs say</h2>\n");
        groups(&mut page, &report.of_job, &CheckedDrive::default());
    }
    let again = fetch_again(report);
    if !again.is_empty() {
        page.push_str("<h2>To fetch again</h2>\n");
        list(&mut page, again.iter().map(String::as_str));
    }
    page.push_str("</body></html>\n");
    page
}

fn groups(page: &mut String, findings: &[DriveFinding], drive: &CheckedDrive) {
    for fault in kinds(findings, drive) {
        let of_kind: Vec<String> =
            findings.iter().filter(|finding| finding.fault == fault).map(DriveFinding::in_words).collect();
        let only_counted = drive.counted.get(&fault).copied().unwrap_or(0);
        let class = match fault.severity() {
            Severity::Damage => "damage",
            Severity::Unchecked => "unchecked",
            Severity::Note => "note",
        };
        let all = of_kind.len() as u64 + only_counted;
        let _infallible = writeln!(page, "<h3 class=\"{class}\">{}: {all}</h3>", escaped(fault.title()));
        list(page, of_kind.iter().map(String::as_str));
        if only_counted > 0 {
            let _infallible = writeln!(page, "<p>{only_counted} more were counted only.</p>");
        }
    }
}

fn list<'a>(page: &mut String, items: impl Iterator<Item = &'a str>) {
    page.push_str("<ul>\n");
    for item in items {
        let _infallible = writeln!(page, "<li>{}</li>", escaped(item));
    }
    page.push_str("</ul>\n");
}

/// Text of a page: markup and characters that turn a line around are shown, not obeyed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || crate::characters::is_invisible(c) => {
                let _infallible = write!(escaped, "[U+{:04X}]", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}
