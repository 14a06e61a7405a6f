//! The pages over the screen: the help, the messages, the notice that a draft is open in another program, the sign-in that a
//! request waits for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{Body, DrawContext, Placed};
use super::{sign_in_prompt, step_list, steps, text, theme};
use crate::app::{Model, Overlay};
use crate::azure::model::SignInPrompt;
use crate::draft::DraftId;
use crate::protocol::keymap::{self, Binding, Context};

/// Draws the page over the screen.
pub(super) fn draw(model: &Model, overlay: &Overlay, area: Rect, ctx: &DrawContext, buffer: &mut Buffer) -> Placed {
    let place = inside(area);
    let ctx = ctx.sized(usize::from(place.width), usize::from(place.height));
    let body = page(model, overlay, &ctx);
    clear(area, buffer);
    let Placed { cursor, drawn, .. } = body.place(&model.overlay_view, place, buffer, ctx.glyphs);
    Placed { cursor, drawn, faults: Vec::new() }
}

/// The lines of the page over the screen.
pub(super) fn page(model: &Model, overlay: &Overlay, ctx: &DrawContext) -> Body {
    match overlay {
        Overlay::Help => keys_sheet(model, ctx),
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
    let Placed { drawn, .. } = body.place(&model.overlay_view, place, buffer, ctx.glyphs);
    Placed { cursor: None, drawn, faults: Vec::new() }
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

/// Every key that works beneath the page, as the table has it.
fn keys_sheet(model: &Model, ctx: &DrawContext) -> Body {
    let contexts = model.contexts_beneath();
    let mut body = Body::default();
    body.heading("Keys that work here");
    body.blank();
    let bindings = keymap::active(&contexts);
    for alike in bindings.chunk_by(|one, other| one.help == other.help) {
        explain(&mut body, ctx, &keys(alike), alike.first().map_or("", |binding| binding.help));
    }
    if contexts.contains(&Context::Tree) {
        body.blank();
        body.heading("Signs before a row");
        for (sign, meaning) in steps::SIGNS {
            explain(&mut body, ctx, sign, meaning);
        }
    }
    body
}

/// The keys that do the same; a row of digits as `0-9`.
fn keys(alike: &[&Binding]) -> String {
    let all: Vec<String> = alike.iter().flat_map(|binding| binding.keys).map(ToString::to_string).collect();
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if alike.len() > 2 => format!("{first}-{last}"),
        _ => all.join(", "),
    }
}

/// What a key or a sign means, wrapped beside it.
fn explain(body: &mut Body, ctx: &DrawContext, what: &str, meaning: &str) {
    let room = if ctx.width < 60 { 9 } else { 16 };
    let lead = format!("  {:<room$} ", ctx.glyphs.spell(what));
    let words = text::wrap(&ctx.glyphs.spell(meaning), ctx.width.saturating_sub(text::width(&lead)).max(8));
    let indent = " ".repeat(text::width(&lead));
    let starts = std::iter::once(Span::styled(lead, theme::key())).chain(std::iter::repeat(Span::raw(indent)));
    for (start, words) in starts.zip(words) {
        body.line(Line::from(vec![start, Span::raw(words)]));
    }
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
        let words = "That is another machine: whether it still runs there cannot be seen from here. If nothing does, t takes the draft over.";
        body.say(ctx, words, theme::caution());
    }
    body.say(ctx, "Close it there, look at it without changing it (r), or go on with a copy (c).", theme::dim());
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
