//! Sign in: two lists side by side, the session, what went wrong.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::azure::model::SignInMethod;
use crate::protocol::action::Action;
use crate::protocol::hit::HitTarget;
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{sign_in_prompt, text, theme};
use crate::wizard::steps::signin::SignInList;

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let shared = &wizard.shared;
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
        if let Some(pending) = shared.prompt() {
            sign_in_prompt::say(&mut body, ctx, &pending.prompt);
            body.busy(ctx, Slot::SignIn, "Waiting for you to sign in");
            return body;
        }
        clouds(&mut body, ctx, wizard);
        methods(&mut body, ctx, wizard);
        tenants(&mut body, ctx, wizard);
    }
    status(&mut body, ctx, wizard);
    body
}

/// The methods. What is said of the chosen one stands below its own row, so that it can be read before the cursor goes on.
fn methods(body: &mut Body, ctx: &DrawContext, wizard: &Wizard) {
    let (shared, step) = (&wizard.shared, &wizard.steps.signin);
    body.line(Span::styled("Way to sign in", theme::dim()));
    for (row, method) in SignInMethod::choices(shared.has_browser).into_iter().enumerate() {
        let chosen = if row == step.method { "(*) " } else { "( ) " };
        let focused = step.list == SignInList::Methods && row == step.method;
        body.row(ctx, focused, vec![Span::raw(chosen), Span::raw(method.title())]);
        if row == step.method {
            body.say_with(ctx, "      ", method.needs(), theme::dim());
        }
        if row == step.method && method.asks_person() {
            let tick = if shared.remember { "[x]" } else { "[ ]" };
            if let Some(key) = ctx.keys.key(&Action::Remember) {
                body.hit(6..9, HitTarget::Press(key));
            }
            let words = format!("{tick} stay signed in, by the system's keyring ({})", ctx.key(&Action::Remember));
            body.say_with(ctx, "      ", &words, theme::dim());
        }
    }
    body.blank();
}

/// The tenants as a list while it has the focus, else the chosen one on a line; nothing where there is only one.
fn tenants(body: &mut Body, ctx: &DrawContext, wizard: &Wizard) {
    let (shared, step) = (&wizard.shared, &wizard.steps.signin);
    let Some(tenants) = shared.catalogue.tenants.as_ref().filter(|tenants| tenants.len() > 1) else { return };
    let own = shared.session.as_ref().and_then(|session| session.identity.tenant.as_deref());
    if step.list == SignInList::Tenants {
        body.line(Span::styled("Tenant", theme::dim()));
        for (row, tenant) in tenants.iter().enumerate() {
            let chosen = if Some(tenant.id.as_str()) == own { "(*) " } else { "( ) " };
            let domain = tenant.domain.as_ref().map(|domain| format!(", {domain}")).unwrap_or_default();
            let name = text::clean(&format!("{}{domain}", tenant.name));
            body.row(ctx, row == step.tenant, vec![Span::raw(chosen), Span::raw(name)]);
        }
    } else {
        let named = tenants.iter().find(|tenant| Some(tenant.id.as_str()) == own);
        let name = named.map_or("not listed", |tenant| tenant.name.as_str());
        body.hit(0..usize::MAX, HitTarget::Press(KeyPress::plain(Key::Right)));
        body.pair(ctx, "Tenant", &format!("{name}  (Right for others)"), Style::new());
    }
    body.blank();
}

/// The clouds as a list while it has the focus, else the chosen one on a line.
fn clouds(body: &mut Body, ctx: &DrawContext, wizard: &Wizard) {
    let (shared, step) = (&wizard.shared, &wizard.steps.signin);
    if step.list == SignInList::Clouds {
        body.line(Span::styled("Cloud", theme::dim()));
        for (row, cloud) in shared.clouds.iter().enumerate() {
            let chosen = if row == step.cloud { "(*) " } else { "( ) " };
            body.row(ctx, row == step.cloud, vec![Span::raw(chosen), Span::raw(text::clean(cloud.title()))]);
        }
    } else {
        let chosen = shared.clouds.get(step.cloud).map_or("", |cloud| cloud.title());
        body.hit(0..usize::MAX, HitTarget::Press(KeyPress::plain(Key::Left)));
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
