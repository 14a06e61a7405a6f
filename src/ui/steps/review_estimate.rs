//! The part of Review that says how long the export takes and what is charged for it, each with the page that says so.

use ratatui::style::Style;

use crate::ui::body::{Body, DrawContext};
use crate::ui::text;
use crate::wizard::shared::Shared;
use crate::wizard::steps::review::{EstimateLine, estimate};

/// Columns of the name of a line.
const NAME: usize = 8;

pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    let estimate = estimate(shared);
    section(body, ctx, "How long it takes", &estimate.time);
    section(body, ctx, "What is charged", &estimate.charges);
}

fn section(body: &mut Body, ctx: &DrawContext, title: &str, lines: &[EstimateLine]) {
    body.blank();
    body.heading(&format!("  {title}"));
    for (at, line) in lines.iter().enumerate() {
        // Lines from one page name it once, on the last of them.
        let last = lines.get(at + 1).is_none_or(|next| next.page != line.page);
        let page = line.page.filter(|_| last).map(|page| format!(" ({page})")).unwrap_or_default();
        let lead = format!("  {} ", text::fit(line.name, NAME, ctx.glyphs.cut));
        body.say_with(ctx, &lead, &format!("{}{page}", line.words), Style::new());
    }
}
