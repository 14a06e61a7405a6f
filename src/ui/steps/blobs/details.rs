//! Details of the row under the cursor: its whole name, its properties, what exporting it will mean; on a failed line, the
//! whole failure.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Wizard;
use crate::tree::NodeKind;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};

/// As many lines as `ctx.height` has room for; where that is not all, the last one says which key shows the rest.
pub(super) fn fitting(wizard: &Wizard, ctx: &DrawContext) -> Vec<Line<'static>> {
    let mut lines = lines(wizard, ctx);
    if lines.len() > ctx.height {
        lines.truncate(ctx.height);
        let rest = vec![Span::raw(ctx.glyphs.cut), Span::styled(" i", theme::key()), Span::raw(" shows all of it")];
        lines.splice(ctx.height.saturating_sub(1).., [Line::from(rest)].into_iter().take(ctx.height));
    }
    lines
}

/// All of it, as a page to read; the last column stays free for the sign that there is more.
pub(super) fn page(body: &mut Body, wizard: &Wizard, ctx: &DrawContext) {
    let ctx = &ctx.sized(ctx.width.saturating_sub(1), ctx.height);
    match wizard.steps.blobs.failed_here() {
        Some(fault) => body.fault(ctx, fault),
        None => lines(wizard, ctx).into_iter().for_each(|line| body.line(line)),
    }
}

/// Lines for a place of `ctx.width` columns.
fn lines(wizard: &Wizard, ctx: &DrawContext) -> Vec<Line<'static>> {
    let step = &wizard.steps.blobs;
    let mut lines = Vec::new();
    let mut say = |words: &str, style: Style| {
        for line in text::wrap(&text::clean(words), ctx.width) {
            lines.push(Line::from(Span::styled(line, style)));
        }
    };
    if let Some(fault) = step.failed_here() {
        say(&format!("Could not {}: {}.", fault.tried, fault.reason.trim_end_matches('.')), theme::alarm());
        say(fault.advice.as_deref().unwrap_or_default(), Style::new());
        say(&fault.reference(), theme::dim());
        return lines;
    }
    let Some(details) = step.details(&wizard.shared) else {
        let totals = step.tree.totals();
        let least = if totals.complete { "" } else { "at least " };
        let what = match step.tree.kind(step.tree.cursor()) {
            NodeKind::Blob => "its snapshots and older versions",
            _ => "this level's blobs, folders not counted",
        };
        say(&format!("{least}{} in {what}", text::bytes(totals.bytes)), theme::dim());
        return lines;
    };
    say(&details.path, theme::title());
    let facts = [
        Some(details.kind),
        details.size.map(text::bytes),
        details.tier.map(|tier| format!("tier {tier}")),
        details.time.map(text::moment),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    say(&facts.join(&format!(" {} ", ctx.glyphs.dot)), theme::dim());
    let grave = |alarm: bool| if alarm { ("! ", theme::alarm()) } else { ("", Style::new()) };
    let (alarms, notes): (Vec<_>, Vec<_>) = details.remarks.into_iter().partition(|remark| remark.alarm);
    for remark in alarms {
        say(&format!("{}{}", grave(true).0, remark.text), grave(true).1);
    }
    say(details.check, theme::good());
    for fact in &details.facts {
        say(fact, Style::new());
    }
    for remark in notes {
        say(&remark.text, grave(false).1);
    }
    lines
}
