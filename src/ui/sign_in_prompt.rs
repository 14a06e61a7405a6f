//! What a person has to do to sign in. The sign-in step shows it, and a page over any other step whose request waits for it.

use ratatui::style::Style;
use ratatui::text::Span;

use super::body::{Body, DrawContext};
use super::{text, theme};
use crate::azure::model::SignInPrompt;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;

/// What is to be done: the address whole, the code, and how long it counts.
pub(super) fn say(body: &mut Body, ctx: &DrawContext, prompt: &SignInPrompt) {
    match prompt {
        SignInPrompt::Browser { address, short, opened } => {
            let words = if *opened {
                "Sign in on the page that opens in your browser. If none opens, open this address on this machine:"
                    .to_owned()
            } else {
                format!(
                    "No browser opens from here. Open this address in a browser on this machine, or take a code ({}):",
                    ctx.key_in(Context::BrowserPrompt, &Action::OtherWay)
                )
            };
            body.say(ctx, &words, Style::new());
            body.say_with(ctx, "  ", &text::clean(short), theme::link());
            let copy = ctx.key_in(Context::BrowserPrompt, &Action::Copy);
            body.say(ctx, &format!("It leads to this page ({copy} copies its address):"), Style::new());
            body.say_with(ctx, "  ", &text::clean(address), theme::dim());
        }
        SignInPrompt::DeviceCode { address, code, until } => {
            body.say(ctx, "Open this page in any browser, here or on another machine:", Style::new());
            body.say_with(ctx, "  ", &text::clean(address), theme::link());
            body.line(Span::raw("and enter this code:"));
            body.say_with(ctx, "  ", &text::clean(code), theme::title());
            let left = until.duration_since(ctx.now).as_secs();
            if left > 0 {
                let words = format!("It counts for {}:{:02} more.", left / 60, left % 60);
                body.say(ctx, &words, theme::dim());
            } else {
                let words = format!("The code has expired. {} gets a new one.", ctx.key(&Action::NewCode));
                body.say(ctx, &words, theme::caution());
            }
        }
    }
}
