//! The page that asks before a split becomes drafts: what will be made, what each job takes, and the way back.

use ratatui::style::Style;

use super::known;
use crate::protocol::action::Action;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::steps::drives::PendingSplit;
use crate::wording::many;

pub(super) fn ask(ctx: &DrawContext, splitting: &PendingSplit) -> Body {
    let mut body = Body::default();
    let new = splitting.jobs.len().saturating_sub(1);
    let words = format!("Make {} of this one? {}", many(new as u64, "new draft"), ctx.yes_no());
    body.say_with(ctx, "! ", &words, theme::caution());
    body.say_with(
        ctx,
        "  ",
        "This draft keeps job 1. The others get the same account, location, address and options, and a job name of their own. \
         Nothing is sent to Azure.",
        Style::new(),
    );
    known::cut(&mut body, ctx, &splitting.cut);
    for (at, (name, share)) in splitting.jobs.iter().enumerate() {
        body.blank();
        let whose = if at == 0 { ", this draft" } else { "" };
        body.say(ctx, &format!("Job {} of {}: {name}{whose}", at + 1, splitting.jobs.len()), theme::title());
        known::share(&mut body, ctx, "  ", share);
    }
    body.blank();
    let back = format!(
        "To undo: discard the new drafts on the start screen, and press {} in the step Blobs before you leave this draft.",
        ctx.key(&Action::Undo)
    );
    body.say(ctx, &back, theme::dim());
    body
}
