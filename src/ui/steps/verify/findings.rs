//! Findings, line by line.

use ratatui::style::Style;

use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::verify::rules::{DriveFinding, Severity};
use crate::wording::count;

/// A finding with the sign of its weight.
pub(super) fn finding(body: &mut Body, ctx: &DrawContext, found: &DriveFinding) {
    let (sign, style) = match found.severity {
        Severity::Damage => ("  ! ", theme::alarm()),
        Severity::Unchecked => ("  ? ", theme::caution()),
        Severity::Note => ("    ", Style::new()),
    };
    body.say_with(ctx, sign, &format!("{}: {}", found.fault.word(), found.in_words()), style);
}

/// That there are more findings than are shown.
pub(super) fn more(body: &mut Body, ctx: &DrawContext, all: u64, shown: usize) {
    let rest = all.saturating_sub(shown as u64);
    if rest > 0 {
        body.say_with(ctx, "    ", &format!("and {} more", count(rest)), theme::dim());
    }
}
