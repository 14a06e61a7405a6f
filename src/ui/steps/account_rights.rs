//! What the person may do with the account under the cursor, the commands that grant what is missing, and its settings.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::azure::model::StorageAccount;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::theme;
use crate::wizard::shared::Shared;
use crate::wizard::steps::account::rights::{self, Need, RightStanding};
use crate::wizard::steps::account::settings;

/// The lines below the row of the account.
pub(super) fn lines(body: &mut Body, ctx: &DrawContext, shared: &Shared, one: &StorageAccount) {
    let standings = rights::standings(shared, one);
    if standings.is_empty() {
        if rights::known(shared, one).is_some() {
            body.busy(ctx, Slot::AccountRights, "Finding out what you may do with it");
        }
    } else {
        standing_lines(body, ctx, &standings);
        commands(body, ctx, &rights::commands(shared, one));
    }
    for remark in settings::remarks(shared, one) {
        let (lead, style) = if remark.warning { ("    ~ ", theme::caution()) } else { ("      ", theme::dim()) };
        body.say_with(ctx, lead, &remark.text, style);
    }
    body.keep_with_focus();
}

/// What is granted on one line, everything else on a line each.
fn standing_lines(body: &mut Body, ctx: &DrawContext, standings: &[(Need, RightStanding)]) {
    let granted: Vec<&str> =
        standings.iter().filter(|(_, it)| *it == RightStanding::Granted).map(|(need, _)| need.words()).collect();
    if !granted.is_empty() {
        let words = format!("You may {}.", granted.join(", "));
        body.say_with(ctx, &format!("    {} ", ctx.glyphs.done), &words, theme::good());
    }
    for (need, standing) in standings {
        match standing {
            RightStanding::Granted => {}
            RightStanding::ByKey => {
                let words =
                    format!("You may {} with the account key only: no role of yours is for the data.", need.words());
                body.say_with(ctx, "      ", &words, Style::new());
            }
            RightStanding::Missing => {
                body.say_with(
                    ctx,
                    "    x ",
                    &format!("You may not {}: no role of yours allows it.", need.words()),
                    theme::alarm(),
                );
            }
            RightStanding::Unknown(why) => {
                body.say_with(
                    ctx,
                    "    ? ",
                    &format!("Whether you may {} is not known: {why}.", need.words()),
                    theme::caution(),
                );
            }
        }
    }
}

fn commands(body: &mut Body, ctx: &DrawContext, commands: &[String]) {
    if commands.is_empty() {
        return;
    }
    body.line(Line::from(vec![
        Span::raw("      Somebody who may give roles can run this ("),
        Span::styled("c", theme::key()),
        Span::raw(" copies):"),
    ]));
    for command in commands {
        body.say_with(ctx, "      ", command, theme::title());
    }
}
