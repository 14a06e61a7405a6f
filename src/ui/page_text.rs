//! The page on screen as lines that are read out: each stands alone, no sign needs to be seen, and nothing is cut, wrapped or aligned.

use super::body::{Body, DrawContext, PageText};
use super::{help, start, steps, theme};
use crate::app::Model;

/// Columns of a line: more than any sentence has.
const WIDTH: usize = 8_192;
/// Rows of a page: lists are whole.
const HEIGHT: usize = 1_000_000;

/// The lines of the page on screen: the one over the step, the step, or the start screen.
pub fn page_text(model: &Model) -> PageText {
    let ctx = DrawContext {
        glyphs: &theme::WORDS,
        now: model.now,
        motion: false,
        requests: model.requests(),
        keys: &model.settings.keys,
        focused: false,
        width: WIDTH,
        height: HEIGHT,
    };
    body(model, &ctx).read_out()
}

fn body(model: &Model, ctx: &DrawContext) -> Body {
    if let Some(overlay) = &model.overlay {
        return help::page(model, overlay, ctx);
    }
    match (model.asked_in_place(), &model.wizard) {
        (Some(prompt), _) => help::asked(prompt, ctx),
        (None, Some(wizard)) => steps::body(wizard, ctx),
        (None, None) => start::body(model, ctx),
    }
}
