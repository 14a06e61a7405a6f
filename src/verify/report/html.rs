//! The report as one page without anything from elsewhere: to keep, to print, to send.

use std::fmt::Write as _;

use super::super::engine::{CheckReport, FindingList, FindingsUnreadable};
use super::super::rules::Severity;
use super::text::{facts, fetch_again, heading, kinds, verdict};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
    h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}li{overflow-wrap:anywhere}\
    .damage{color:#a40000}.unchecked{color:#7a4d00}.note{color:#444}.right{color:#0a5d00}";

/// Gives the page in pieces, in order: it may have more findings than fit into memory.
///
/// # Errors
/// Findings on disk cannot be read, or whoever takes the pieces fails.
pub fn html<E: From<FindingsUnreadable>>(
    report: &CheckReport,
    put: &mut dyn FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let class = match report.status() {
        0 => "right",
        1 => "damage",
        _ => "unchecked",
    };
    put(&format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Check of returned drives</title><style>{STYLE}</style></head><body>\n<h1>Check of returned drives</h1>\n<p class=\"{class}\"><strong>{}</strong></p>\n",
        verdict(report)
    ))?;
    for drive in &report.drives {
        put(&format!("<h2>{}</h2>\n", escaped(&heading(drive))))?;
        list(put, facts(drive).into_iter().map(Ok))?;
        groups(put, &drive.findings)?;
    }
    if report.of_job.count_all() > 0 {
        put("<h2>What the logs say</h2>\n")?;
        groups(put, &report.of_job)?;
    }
    let mut again = fetch_again(report).peekable();
    if again.peek().is_some() {
        put("<h2>To fetch again</h2>\n")?;
        list(put, again)?;
    }
    put("</body></html>\n")
}

/// The findings by kind. They are read once for each kind that occurs.
fn groups<E: From<FindingsUnreadable>>(
    put: &mut dyn FnMut(&str) -> Result<(), E>,
    findings: &FindingList,
) -> Result<(), E> {
    for fault in kinds(findings) {
        let class = match fault.severity() {
            Severity::Damage => "damage",
            Severity::Unchecked => "unchecked",
            Severity::Note => "note",
        };
        let all = findings.kinds.get(&fault).map_or(0, |kind| kind.count);
        put(&format!("<h3 class=\"{class}\">{}: {all}</h3>\n", escaped(fault.title())))?;
        let of_kind = findings.iter().filter(|finding| finding.as_ref().map_or(true, |found| found.fault == fault));
        list(put, of_kind.map(|finding| Ok(finding?.in_words())))?;
    }
    Ok(())
}

fn list<E: From<FindingsUnreadable>>(
    put: &mut dyn FnMut(&str) -> Result<(), E>,
    items: impl Iterator<Item = Result<String, FindingsUnreadable>>,
) -> Result<(), E> {
    put("<ul>\n")?;
    for item in items {
        put(&format!("<li>{}</li>\n", escaped(&item?)))?;
    }
    put("</ul>\n")
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
