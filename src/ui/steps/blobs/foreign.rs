//! The question whether the sign-in may be used at a server that is none of the cloud's, and what follows from a no.

use ratatui::style::Style;

use crate::app::Wizard;
use crate::draft::AccountServer;
use crate::protocol::action::Action;
use crate::protocol::step::Step;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::steps::blobs::ForeignServer;

pub(super) fn page(wizard: &Wizard, ctx: &DrawContext, foreign: &ForeignServer) -> Body {
    let mut body = Body::default();
    match foreign {
        ForeignServer::Asked(at) => asked(&mut body, wizard, ctx, at),
        ForeignServer::Refused(at) => refused(&mut body, wizard, ctx, at),
    }
    body
}

fn asked(body: &mut Body, wizard: &Wizard, ctx: &DrawContext, at: &AccountServer) {
    let cloud = cloud(wizard);
    body.say_with(
        ctx,
        "! ",
        &format!("The blobs are said to be at a server outside the cloud {cloud}."),
        theme::alarm(),
    );
    who(body, wizard, ctx, at);
    let why = format!(
        "Azure Resource Manager reports this server, but it is no storage host of {cloud}. To list the blobs, your sign-in token for storage would be sent there. Whoever runs the server could use it to read every blob that you may read."
    );
    body.say(ctx, &why, Style::new());
    let kept = if wizard.shared.is_read_only() { "" } else { " The answer is kept in the draft." };
    body.say(ctx, &format!("Say yes only if you know this server.{kept}"), Style::new());
    body.say_with(ctx, "! ", &format!("Send the sign-in there? {}", ctx.yes_no()), theme::alarm());
}

fn refused(body: &mut Body, wizard: &Wizard, ctx: &DrawContext, at: &AccountServer) {
    body.say_with(
        ctx,
        "! ",
        "You said no: the sign-in is not used at this server, so its blobs cannot be listed.",
        theme::caution(),
    );
    who(body, wizard, ctx, at);
    body.key_line(ctx, "", &Action::Retry, " asks again");
    body.key_line(ctx, "", &Action::Goto(Step::Account), " leads to the account");
    let always =
        format!("To allow it for every draft, write storage-hosts = [\"{}\"] in the configuration file.", at.host());
    body.say(ctx, &always, theme::dim());
}

fn who(body: &mut Body, wizard: &Wizard, ctx: &DrawContext, at: &AccountServer) {
    let name = wizard.shared.blob_account().map_or("", |(_, name)| name);
    // The name of a server is read as a whole, so it gets the most room.
    body.say_with(ctx, "  Account ", name, theme::title());
    body.say_with(ctx, "  Server  ", &at.server, theme::title());
}

fn cloud(wizard: &Wizard) -> &str {
    wizard.shared.session.as_ref().map_or("this cloud", |session| session.cloud.title())
}
