//! The page of a job that is gone: what is known of it, and the row that leads on. Ship, Follow and Keys show it instead of their own.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::shared::Shared;
use crate::wizard::{gone, poll};

/// The page of a job that is gone; `None` while it is not.
pub(super) fn page(shared: &Shared, ctx: &DrawContext) -> Option<Body> {
    let headline = gone::headline(&shared.draft)?;
    let mut body = Body::default();
    body.say_with(ctx, "! ", &headline, theme::alarm());
    // Above what explains it, so that both are in view on the smallest screen.
    body.row(ctx, true, vec![Span::raw("Make a new draft from these answers")]);
    let (copy, reload) = (ctx.key_in(Context::Gone, &Action::CopyDraft), ctx.key(&Action::Reload));
    let words = format!("Enter or {copy}; this one stays as it is. {reload} looks whether the job is back.");
    body.say_with(ctx, "    ", &words, theme::dim());
    body.blank();
    explain(&mut body, ctx, shared);
    Some(body)
}

/// What is known of a job that is gone; `false`, and nothing said, while it is not.
pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared) -> bool {
    let Some(headline) = gone::headline(&shared.draft) else { return false };
    body.say_with(ctx, "! ", &headline, theme::alarm());
    explain(body, ctx, shared);
    true
}

fn explain(body: &mut Body, ctx: &DrawContext, shared: &Shared) {
    if let Some(evidence) = gone::evidence(&shared.draft) {
        body.say_with(ctx, "  ", &evidence, Style::new());
    }
    if let Some(known) = &shared.draft.job {
        body.say_with(ctx, "  ", gone::likely(&shared.draft, known), theme::dim());
    }
    body.say_with(ctx, "  ", &format!("It was last {}.", poll::words(shared)), theme::dim());
    if let Some(fault) = &shared.poll.fault {
        body.fault(ctx, fault);
    }
}
