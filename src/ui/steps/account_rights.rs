//! What the person may do with the account under the cursor, the commands that grant what is missing, and its settings.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::azure::model::StorageAccount;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::shared::Shared;
use crate::wizard::steps::account::rights::{self, Need, RightStanding};
use crate::wizard::steps::account::{network, settings};

/// The lines below the row of the account. While a filter is typed the letter that copies is text.
pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared, one: &StorageAccount, typing: bool) {
    let standings = rights::standings(shared, one);
    if standings.is_empty() {
        if rights::known(shared, one).is_some() {
            body.busy(ctx, Slot::AccountRights, "Finding out what you may do with it");
        }
    } else {
        standing_lines(body, ctx, &standings);
        commands(body, ctx, &rights::commands(shared, one), typing);
    }
    if let Some(words) = rights::unchecked(shared, one) {
        body.say_with(ctx, "      ", &words, theme::dim());
    }
    body.say_with(ctx, "      ", &network::words(one), theme::dim());
    for remark in settings::remarks(shared, one) {
        let (lead, style) = if remark.warning { ("    ~ ", theme::caution()) } else { ("      ", theme::dim()) };
        body.say_with(ctx, lead, &remark.text, style);
    }
    body.keep_with_focus();
}

/// The rights of one standing are one sentence.
fn standing_lines(body: &mut Body, ctx: &DrawContext, standings: &[(Need, RightStanding)]) {
    let mut said: Vec<&RightStanding> = Vec::new();
    for (_, standing) in standings {
        if said.contains(&standing) {
            continue;
        }
        said.push(standing);
        let alike: Vec<&str> =
            standings.iter().filter(|(_, other)| other == standing).map(|(need, _)| need.words()).collect();
        let what = alike.join(", ");
        match standing {
            RightStanding::Granted => {
                body.say_with(ctx, &format!("    {} ", ctx.glyphs.done), &format!("You may {what}."), theme::good());
            }
            RightStanding::ByKey => {
                let words = format!("With the account key you may {what}; no role of yours is for the data.");
                body.say_with(ctx, "      ", &words, Style::new());
            }
            RightStanding::Missing => {
                let words = format!("No role of yours lets you {what}.");
                body.say_with(ctx, "    x ", &words, theme::alarm());
            }
            // What it means depends on the right.
            RightStanding::Conditional => {
                let alike = standings.iter().filter(|(_, other)| other == standing);
                for (need, _) in alike {
                    body.say_with(ctx, "    ~ ", &rights::under_condition(*need), theme::caution());
                }
            }
            RightStanding::MayBeDenied(name) => {
                let words = format!("Whether you may {what} is not known: the deny assignment {name} may forbid it.");
                body.say_with(ctx, "    ? ", &words, theme::caution());
            }
            RightStanding::Unknown(why) => {
                let words = format!("Whether you may {what} is not known: {why}.");
                body.say_with(ctx, "    ? ", &words, theme::caution());
            }
        }
    }
}

fn commands(body: &mut Body, ctx: &DrawContext, commands: &[String], typing: bool) {
    if commands.is_empty() {
        return;
    }
    let mut lead = vec![Span::raw("      Somebody who may give roles can run this")];
    if !typing {
        lead.extend([
            Span::raw(" ("),
            Span::styled(ctx.key_in(Context::Copyable, &Action::Copy), theme::key()),
            Span::raw(" copies)"),
        ]);
    }
    lead.push(Span::raw(":"));
    body.line(Line::from(lead));
    for command in commands {
        body.say_with(ctx, "      ", command, theme::title());
    }
}
