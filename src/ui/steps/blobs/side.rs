//! The pane beside the tree: the row under the cursor, below it what is chosen in words and what the service gets as rules.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{details, over};
use crate::app::Wizard;
use crate::select::{Compiled, Rule};
use crate::ui::body::DrawContext;
use crate::ui::{text, theme};
use crate::wizard::service;
use crate::wizard::steps::blobs::{in_words, summary};

/// Rules that are put into words: more than a pane shows.
const RULES: usize = 200;

/// As many lines as `ctx.height`.
pub(super) fn lines(wizard: &Wizard, ctx: &DrawContext) -> Vec<Line<'static>> {
    let chosen = chosen(wizard, &ctx.sized(ctx.width, ctx.height / 2));
    let above = ctx.height.saturating_sub(chosen.len());
    let mut lines =
        details::fitting(wizard, &ctx.sized(ctx.width, above.saturating_sub(usize::from(!chosen.is_empty()))));
    lines.resize(above, Line::default());
    lines.extend(chosen);
    lines
}

/// What is chosen, at most `ctx.height` lines; nothing while nothing is checked.
fn chosen(wizard: &Wizard, ctx: &DrawContext) -> Vec<Line<'static>> {
    let rules = &wizard.shared.draft.selection.rules;
    if rules.is_empty() || ctx.height < 6 {
        return Vec::new();
    }
    let words: Vec<String> = in_words(rules.iter().take(RULES));
    let words: Vec<String> = words.iter().flat_map(|line| text::wrap(line, ctx.width.saturating_sub(2))).collect();
    let (what, raw) = sent(wizard);
    let room = ctx.height - 2;
    let for_words = words.len().min(room.div_ceil(2).max(room.saturating_sub(raw.len() + 1)));
    let mut lines = vec![heading("What you chose")];
    lines.extend(some(&words, rules.len() > RULES, for_words, ctx));
    lines.push(heading(&format!("What the service gets: {what}")));
    let left = ctx.height.saturating_sub(lines.len());
    lines.extend(some(&raw, rules.len() > RULES, left, ctx));
    lines
}

/// The form in which the service gets the selection, and its first entries.
fn sent(wizard: &Wizard) -> (String, Vec<String>) {
    let rules = &wizard.shared.draft.selection.rules;
    match service::compiled(&wizard.shared) {
        Ok(Compiled::WholeAccount) => ("one order".to_owned(), vec!["all blobs of the account".to_owned()]),
        Ok(Compiled::Containers(names)) => {
            let entries = names.iter().take(RULES).map(|name| format!("container {name}")).collect();
            (summary::many(names.len(), "container"), entries)
        }
        _ => {
            let entry = |rule: &Rule| format!("{} {}", over::kind(rule).trim_end(), rule.text());
            (summary::many(rules.len(), "rule"), rules.iter().take(RULES).map(entry).collect())
        }
    }
}

fn heading(words: &str) -> Line<'static> {
    Line::from(Span::styled(words.to_owned(), theme::title()))
}

/// The first lines, and how many more there are.
fn some(all: &[String], cut: bool, most: usize, ctx: &DrawContext) -> Vec<Line<'static>> {
    let fits = all.len() <= most && !cut;
    let shown = if fits { all.len() } else { most.saturating_sub(1) };
    let line = |words: &String| {
        let words = text::cut_middle(&text::clean(words), ctx.width.saturating_sub(2), ctx.glyphs.cut);
        Line::from(Span::styled(format!("  {words}"), Style::new()))
    };
    let mut lines: Vec<Line<'static>> = all.iter().take(shown).map(line).collect();
    if !fits && most > 0 {
        lines.push(Line::from(vec![
            Span::raw(format!("  {} ", ctx.glyphs.cut)),
            Span::styled("p", theme::key()),
            Span::raw(" shows all rules"),
        ]));
    }
    lines
}
