//! The keys that work here, at the foot of the screen. A click on one presses it.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::body::DrawContext;
use super::{text, theme};
use crate::app::Model;
use crate::layout::Area;
use crate::protocol::action::Action;
use crate::protocol::hit::{HitMap, HitTarget};
use crate::protocol::keymap::ActiveBinding;

/// Shows as many hints as fit; returns where each is. Help and quit are always shown.
pub(super) fn draw(model: &Model, ctx: &DrawContext, area: Area, buffer: &mut Buffer) -> HitMap {
    let mut hits = HitMap::default();
    let mut spans = vec![Span::raw(" ")];
    let mut x = area.x.saturating_add(1);
    for binding in fitting(model, ctx, usize::from(area.width)) {
        let Some(key) = binding.keys.first() else { continue };
        let name = ctx.glyphs.spell(&key.to_string());
        let words = format!(" {}", binding.hint);
        let end = x.saturating_add(u16::try_from(text::width(&name) + text::width(&words)).unwrap_or(0));
        hits.add(x.min(area.right())..end.min(area.right()), area.y, HitTarget::Press(*key));
        x = end.saturating_add(2);
        spans.extend([Span::styled(name, theme::key()), Span::raw(words), Span::raw("  ")]);
    }
    buffer.set_line(area.x, area.y, &Line::from(spans), area.width);
    hits
}

fn fitting(model: &Model, ctx: &DrawContext, columns: usize) -> Vec<ActiveBinding> {
    let mut hinted: Vec<ActiveBinding> = Vec::new();
    for binding in model.settings.keys.active(&model.contexts()) {
        // Of two keys for one action this line shows the first.
        if !binding.hint.is_empty() && hinted.iter().all(|other| other.action != binding.action) {
            hinted.push(binding);
        }
    }
    let (always, rest): (Vec<_>, Vec<_>) =
        hinted.into_iter().partition(|binding| matches!(binding.action, Action::Help | Action::Quit));
    let size = |binding: &ActiveBinding| {
        binding.keys.first().map_or(0, |key| text::width(&ctx.glyphs.spell(&key.to_string()))) + binding.hint.len() + 3
    };
    let mut room = columns.saturating_sub(1 + always.iter().map(&size).sum::<usize>());
    let mut shown = Vec::new();
    for binding in rest {
        if size(&binding) > room {
            break;
        }
        room -= size(&binding);
        shown.push(binding);
    }
    shown.extend(always);
    shown
}
