//! The list of steps to go to: a field for what is typed, and the steps that fit.

use ratatui::text::Span;

use super::body::{Body, DrawContext};
use super::steps::typed_line;
use super::{text, theme};
use crate::app::{Model, StepList};
use crate::protocol::step::Step;
use crate::wizard::rail;
use crate::wizard::shared::Shared;

/// Columns of the name of a step.
const NAME: usize = 15;

/// The lines of the list.
pub(super) fn body(model: &Model, list: &StepList, ctx: &DrawContext) -> Body {
    let ctx = &DrawContext { focused: true, ..*ctx };
    let mut body = Body::default();
    let label = "Go to step: ";
    let columns = ctx.width.saturating_sub(label.len()).min(20);
    let column = typed_line(&mut body, ctx, (label, &list.typed, columns), None);
    body.focus_here(column);
    let Some(wizard) = &model.wizard else { return body };
    let steps = list.steps();
    if steps.is_empty() {
        body.say(ctx, "No step has this number or these letters.", theme::caution());
    }
    for step in steps {
        row(&mut body, ctx, &wizard.shared, step);
        if list.step() == Some(step) {
            body.cursor_on_last(ctx);
            body.look_here();
        }
    }
    body
}

fn row(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: Step) {
    let progress = rail::progress(shared, step);
    let mark = rail::mark_with(shared, step, &progress);
    let number = format!("{:>2} {} ", step.index() + 1, ctx.glyphs.mark(mark));
    let words = text::clean(&progress.locked.or(progress.stale).unwrap_or(progress.summary));
    let room = ctx.width.saturating_sub(2 + text::width(&number) + NAME + 2);
    body.row(
        ctx,
        false,
        vec![
            Span::styled(number, theme::mark(mark)),
            Span::raw(text::fit(step.name(), NAME, ctx.glyphs.cut)),
            Span::raw("  "),
            Span::styled(text::cut_end(&words, room, ctx.glyphs.cut), theme::dim()),
        ],
    );
}
