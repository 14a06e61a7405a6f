//! What the start screen says of the jobs at Azure: whether they were looked at, and what could not be read.

use super::body::{Body, DrawContext};
use super::{text, theme};
use crate::app::start::{LookStanding, Start};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::Slot;
use crate::wording::many;

/// The lines below the list.
pub(super) fn lines(body: &mut Body, ctx: &DrawContext, start: &Start) {
    if start.drafts.is_none() {
        return;
    }
    let hidden = if start.archived { 0 } else { start.archived_count() };
    if hidden > 0 {
        body.blank();
        body.say(
            ctx,
            &format!(
                "{} archived ({} lists them).",
                many(hidden as u64, "draft"),
                ctx.key_in(Context::Start, &Action::Panel)
            ),
            theme::dim(),
        );
    }
    body.blank();
    if start.requests.is_busy(Slot::JobsOverview) {
        return body.busy(ctx, Slot::JobsOverview, "Looking at your jobs at Azure");
    }
    let reload = ctx.key(&Action::Reload);
    match start.look.standing() {
        LookStanding::SignInFirst => {
            let words = format!("Jobs at Azure: not looked at, sign in first ({}).", ctx.key(&Action::SignIn));
            body.say(ctx, &words, theme::dim());
        }
        LookStanding::Stopped => {
            let words = format!("Jobs at Azure: not looked at, you stopped it ({reload} looks again).");
            body.say(ctx, &words, theme::dim());
        }
        LookStanding::Failed(fault) => {
            body.say_with(
                ctx,
                "! ",
                &format!("Jobs at Azure: not looked at ({reload} tries again). {fault}"),
                theme::caution(),
            );
        }
        LookStanding::Looked(at) => looked(body, ctx, start, &text::ago(ctx.now, at)),
        LookStanding::NotYet => body.blank(),
    }
}

fn looked(body: &mut Body, ctx: &DrawContext, start: &Start, ago: &str) {
    let found = &start.look.found;
    let subscriptions = many(found.subscriptions as u64, "subscription");
    body.say(
        ctx,
        &format!("Jobs of {subscriptions}, looked at {ago} ({} looks again).", ctx.key(&Action::Reload)),
        theme::dim(),
    );
    if found.left_out > 0 {
        let left_out = many(found.left_out as u64, "subscription");
        body.say_with(ctx, "! ", &format!("{left_out} not asked: too many, or it took too long."), theme::caution());
    }
    for unread in &found.unread {
        let words = format!("Not read: {}. {}", unread.of, unread.fault);
        body.say_with(ctx, "! ", &words, theme::caution());
    }
}
