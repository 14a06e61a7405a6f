//! Label and packing slip as one HTML page. Printed, it is one sheet: the label above, the slip below a line to cut along. With very long
//! addresses the slip has a sheet of its own; nothing is cut off. The page loads nothing, and runs nothing.

use std::fmt::Write as _;

use super::content::Papers;
use super::text::drives;

const STYLE: &str = "\
@page { margin: 12mm }
* { box-sizing: border-box }
body { font: 10pt/1.3 system-ui, sans-serif; color: #000; background: #fff; max-width: 186mm; margin: 0 auto; padding: 4mm }
section { break-inside: avoid }
h1 { font-size: 12pt; margin: 0 0 2mm } h2 { font-size: 11pt; margin: 3mm 0 1mm }
p { margin: 0 }
.label { border: 1pt solid #000; padding: 4mm; margin-bottom: 3mm }
.to { font-size: 16pt; line-height: 1.25; font-weight: 600; margin: 1mm 0 3mm 8mm }
.from { font-size: 9pt } .job { font-size: 13pt; font-weight: 600; margin-top: 2mm }
.cut { border-top: 1pt dashed #000; margin: 3mm 0 }
.columns { display: flex; gap: 8mm } .columns > div { flex: 1 }
.serials { columns: 2; font-family: ui-monospace, monospace; margin: 0; padding-left: 6mm }
.rehearsal { border: 2pt solid #000; text-align: center; font-size: 16pt; font-weight: 700; margin-bottom: 3mm }
@media print { body { padding: 0; max-width: none } }
";

/// The page.
pub fn page(papers: &Papers) -> String {
    let job = escaped(&papers.job);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Packing slip {job}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    if papers.rehearsal {
        html.push_str("<p class=\"rehearsal\">A rehearsal: ship nothing</p>\n");
    }
    html.push_str("<section class=\"label\">\n<h1>To</h1>\n<div class=\"to\">\n");
    paragraphs(&mut html, &papers.ship_to);
    html.push_str("</div>\n");
    if let Some(hint) = &papers.hint {
        let _infallible = writeln!(html, "<p>{}</p>", escaped(hint));
    }
    html.push_str("<div class=\"from\">\n<h2>From</h2>\n");
    paragraphs(&mut html, &papers.back_to);
    let _infallible =
        write!(html, "</div>\n<p class=\"job\">Azure job {job}</p>\n</section>\n<div class=\"cut\"></div>\n");
    slip(&mut html, papers);
    html.push_str("</body>\n</html>\n");
    html
}

fn slip(html: &mut String, papers: &Papers) {
    html.push_str("<section>\n<h1>Packing slip</h1>\n<div class=\"columns\">\n<div>\n<h2>Job</h2>\n");
    let job = [papers.job.clone(), format!("resource group {}", papers.resource_group), papers.service.to_owned()];
    paragraphs(html, &job);
    html.push_str("<h2>Sent with</h2>\n");
    let sent: Vec<String> = papers.sent_with.clone().into_iter().chain(papers.ship_date.clone()).collect();
    paragraphs(html, &sent);
    html.push_str("</div>\n<div>\n<h2>Return to</h2>\n");
    let back: Vec<String> = papers.back_to.iter().chain(&papers.contact).chain(&papers.back_with).cloned().collect();
    paragraphs(html, &back);
    html.push_str("</div>\n</div>\n<h2>Drives</h2>\n");
    paragraphs(html, &drives(papers).into_iter().take(usize::from(papers.drives.is_some())).collect::<Vec<_>>());
    html.push_str("<ol class=\"serials\">\n");
    for serial in &papers.serials {
        let _infallible = writeln!(html, "<li>{}</li>", escaped(serial));
    }
    html.push_str("</ol>\n");
    if let Some(customs) = papers.customs() {
        html.push_str("<h2>For customs</h2>\n");
        paragraphs(html, &customs);
    }
    html.push_str("</section>\n");
}

fn paragraphs(html: &mut String, lines: &[String]) {
    for line in lines {
        let _infallible = writeln!(html, "<p>{}</p>", escaped(line));
    }
}

/// A text as it stands between tags.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
