//! Sign in: two lists side by side, the session, what went wrong.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::azure::model::SignInMethod;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.signin);
    if let (Some(given), Some(words)) = (shared.direct_account(), shared.direct_access_words()) {
        let words =
            format!("{}: {words}. Picking its blobs needs no sign-in; creating a job does.", text::clean(&given.name));
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &words, theme::good());
        body.blank();
    }
    if shared.draft.rehearsal {
        let words = "A rehearsal signs in to a simulated Azure on this machine. No account, no network, no drives.";
        body.say(ctx, words, Style::new());
        body.blank();
    } else {
        clouds(&mut body, ctx, wizard);
        body.line(Span::styled("Way to sign in", theme::dim()));
        for (row, method) in SignInMethod::CHOICES.iter().enumerate() {
            let chosen = if row == step.method { "(*) " } else { "( ) " };
            body.row(ctx, !step.on_clouds && row == step.method, vec![Span::raw(chosen), Span::raw(method.title())]);
            if row == step.method {
                // Below its own row, so that it can be read before the cursor goes on.
                body.say_with(ctx, "      ", method.needs(), theme::dim());
            }
        }
        body.blank();
    }
    status(&mut body, ctx, wizard);
    body
}

/// The clouds as a list while it has the focus, else the chosen one on a line.
fn clouds(body: &mut Body, ctx: &DrawContext, wizard: &Wizard) {
    let (shared, step) = (&wizard.shared, &wizard.steps.signin);
    if step.on_clouds {
        body.line(Span::styled("Cloud", theme::dim()));
        for (row, cloud) in shared.clouds.iter().enumerate() {
            let chosen = if row == step.cloud { "(*) " } else { "( ) " };
            body.row(ctx, row == step.cloud, vec![Span::raw(chosen), Span::raw(text::clean(cloud.title()))]);
        }
    } else {
        let chosen = shared.clouds.get(step.cloud).map_or("", |cloud| cloud.title());
        body.pair(ctx, "Cloud", &format!("{chosen}  (Left for others)"), Style::new());
    }
    body.blank();
}

/// The session, the request under way or what went wrong.
fn status(body: &mut Body, ctx: &DrawContext, wizard: &Wizard) {
    let (shared, step) = (&wizard.shared, &wizard.steps.signin);
    if let Some(session) = &shared.session {
        let words = format!("Signed in as {}, {}.", session.identity.who, session.cloud.title());
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &words, theme::good());
        body.blank();
    }
    if shared.requests.is_busy(Slot::SignIn) {
        body.busy(ctx, Slot::SignIn, "Signing in");
        body.blank();
    }
    if let Some(fault) = &step.fault {
        body.fault(ctx, fault);
        body.blank();
    }
}
