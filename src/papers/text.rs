//! Label and packing slip as plain text.

use super::content::Papers;

/// Columns before the text of a line.
pub const LABEL: usize = 13;

/// Both, one below the other.
pub fn text(papers: &Papers) -> String {
    let mut lines = Vec::new();
    if papers.rehearsal {
        lines.push("*** A REHEARSAL: SHIP NOTHING ***".to_owned());
        lines.push(String::new());
    }
    section(&mut lines, "LABEL", []);
    block(&mut lines, "To", &papers.ship_to);
    if let Some(hint) = &papers.hint {
        block(&mut lines, "Note", std::slice::from_ref(hint));
    }
    block(&mut lines, "From", &papers.back_to);
    block(&mut lines, "Reference", &[format!("Azure job {}", papers.job)]);
    section(&mut lines, "PACKING SLIP", []);
    block(
        &mut lines,
        "Job",
        &[papers.job.clone(), format!("resource group {}", papers.resource_group), papers.service.to_owned()],
    );
    let sent: Vec<String> = papers.sent_with.clone().into_iter().chain(papers.ship_date.clone()).collect();
    block(&mut lines, "Sent with", &sent);
    block(&mut lines, "Drives", &drives(papers));
    let back: Vec<String> = papers.back_to.iter().chain(&papers.contact).cloned().collect();
    block(&mut lines, "Return to", &back);
    block(&mut lines, "Return with", &papers.back_with.iter().cloned().collect::<Vec<_>>());
    if let Some(customs) = papers.customs() {
        section(&mut lines, "FOR CUSTOMS", customs);
    }
    lines.join("\n") + "\n"
}

/// How many drives, then each with its number.
pub(super) fn drives(papers: &Papers) -> Vec<String> {
    let count = papers.drives.map(|count| format!("{count} in this parcel"));
    let each = papers.serials.iter().zip(1..).map(|(serial, number)| format!("{number}. serial number {serial}"));
    count.into_iter().chain(each).collect()
}

fn section(lines: &mut Vec<String>, heading: &str, more: impl IntoIterator<Item = String>) {
    lines.push(heading.to_owned());
    lines.push("-".repeat(heading.chars().count()));
    lines.extend(more);
}

/// A label and the lines that belong to it; nothing where there are none.
fn block(lines: &mut Vec<String>, label: &str, values: &[String]) {
    for (index, value) in values.iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        lines.push(format!("{label:<LABEL$}{value}"));
    }
    if !values.is_empty() {
        lines.push(String::new());
    }
}
