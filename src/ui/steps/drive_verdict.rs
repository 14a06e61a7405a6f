//! The sign and the style of what a check of a drive said.

use ratatui::style::Style;

use crate::ui::body::DrawContext;
use crate::ui::theme;
use crate::verify::rules::DriveVerdict;

/// The sign of a verdict and its style.
pub(super) fn sign(ctx: &DrawContext, verdict: DriveVerdict) -> (String, Style) {
    match verdict {
        DriveVerdict::Right => (format!("{} ", ctx.glyphs.done), theme::good()),
        DriveVerdict::Unchecked => ("? ".to_owned(), theme::caution()),
        DriveVerdict::Incomplete | DriveVerdict::Damaged => ("! ".to_owned(), theme::alarm()),
    }
}
