//! The pages over the screen: the keys, the messages, the notice that a draft is open in another program, the sign-in that a
//! request waits for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::body::{Body, DrawContext, Placed};
use super::{keys_page, sign_in_prompt, step_list, text, theme};
use crate::app::{Model, Overlay};
use crate::azure::model::SignInPrompt;
use crate::draft::DraftId;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;

/// Draws the page over the screen.
pub(super) fn draw(model: &Model, overlay: &Overlay, area: Rect, ctx: &DrawContext, buffer: &mut Buffer) -> Placed {
    let place = inside(area);
    let ctx = ctx.sized(usize::from(place.width), usize::from(place.height));
    let body = page(model, overlay, &ctx);
    clear(area, buffer);
    let placed = body.place(&model.overlay_view, place, buffer, ctx.glyphs);
    Placed { faults: Vec::new(), ..placed }
}

/// The lines of the page over the screen.
pub(super) fn page(model: &Model, overlay: &Overlay, ctx: &DrawContext) -> Body {
    match overlay {
        Overlay::Help(filter) => keys_page::body(model, filter, ctx),
        Overlay::Messages => messages(model, ctx),
        Overlay::Steps(list) => step_list::body(model, list, ctx),
        Overlay::Held { id, holder, elsewhere } => held(id, holder, *elsewhere, ctx),
        Overlay::Untold(sentences) => untold(sentences, ctx),
    }
}

/// Draws the page of a request in the middle of something that waits for the person.
pub(super) fn asked_in_place(
    model: &Model,
    prompt: &SignInPrompt,
    area: Rect,
    ctx: &DrawContext,
    buffer: &mut Buffer,
) -> Placed {
    let place = inside(area);
    let ctx = ctx.sized(usize::from(place.width), usize::from(place.height));
    let body = asked(prompt, &ctx);
    clear(area, buffer);
    let placed = body.place(&model.overlay_view, place, buffer, ctx.glyphs);
    Placed { cursor: None, faults: Vec::new(), ..placed }
}

/// The lines of that page.
pub(super) fn asked(prompt: &SignInPrompt, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    body.heading("Azure wants you to sign in");
    if ctx.height > 12 {
        let words = "A request waits for it and goes on by itself. What you typed is kept; Esc gives up.";
        body.say(ctx, words, theme::dim());
        body.blank();
    }
    sign_in_prompt::say(&mut body, ctx, prompt);
    body
}

/// The remarks of this run, newest first, each with its time and in full.
fn messages(model: &Model, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    body.heading("Messages, newest first");
    body.blank();
    if model.messages.is_empty() {
        body.say(ctx, "Nothing was said yet.", theme::dim());
    }
    for (at, notice) in model.messages.iter() {
        let style = if notice.alarm { theme::caution() } else { Style::new() };
        body.say_with(ctx, &format!("{} ", text::clock(*at)), &notice.text, style);
    }
    body
}

fn held(id: &DraftId, holder: &str, elsewhere: bool, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    body.heading("This draft is open elsewhere");
    body.blank();
    body.say(ctx, &format!("Draft {id} is held by {holder}."), Style::new());
    if elsewhere {
        let words = format!(
            "That is another machine: whether it still runs there cannot be seen from here. If nothing does, {} takes the draft over.",
            ctx.key(&Action::TakeOver)
        );
        body.say(ctx, &words, theme::caution());
    }
    let words = format!(
        "Close it there, look at it without changing it ({}), or go on with a copy ({}).",
        ctx.key(&Action::ReadOnly),
        ctx.key_in(Context::Held, &Action::CopyDraft)
    );
    body.say(ctx, &words, theme::dim());
    body
}

/// What the job that a draft was made of does not tell.
fn untold(sentences: &[String], ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    body.heading("What the job does not tell");
    body.blank();
    for sentence in sentences {
        body.say_with(ctx, "- ", sentence, Style::new());
    }
    body
}

fn inside(area: Rect) -> Rect {
    Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area }
}

fn clear(area: Rect, buffer: &mut Buffer) {
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
}
