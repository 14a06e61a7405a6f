//! The page of keys: every key that works here, in groups, in two columns where there is room, as far as it fits what is typed.

use std::borrow::Cow;

use ratatui::text::{Line, Span};

use super::body::{Body, DrawContext};
use super::steps::typed_line;
use super::{steps, text, theme};
use crate::app::{KeysFilter, Model};
use crate::form;
use crate::protocol::action::{Action, ActionGroup};
use crate::protocol::key::KeyPress;
use crate::protocol::keymap::{ActiveBinding, Context, KeyChoices};

/// Columns from which there are two columns of groups.
const TWO_FROM: usize = 96;
/// Columns between them.
const GAP: usize = 3;

/// What the terminal, and not the program, decides.
fn notes(keys: &KeyChoices) -> Vec<KeyLine> {
    let (steps, next) = (keys.name(&Action::Steps), last_name(keys, &Action::Next));
    let (mouse, in_text) = (keys.name(&Action::Mouse), keys.name_in(Context::Everywhere, &Action::Mouse));
    let notes = [
        (
            "Alt",
            format!(
                "Where Alt and a digit do nothing, {steps} leads to every step and {next} to the next one. On macOS Option is Alt once the terminal is told so: in Terminal under Settings, Profiles, Keyboard, Use Option as Meta key; in iTerm2 under Profiles, Keys, Esc+"
            ),
        ),
        (
            "Mouse",
            format!(
                "While it is off, the terminal selects text as it always does. While it is on, a click does what stands there and a second click on a row is Enter; text is selected with Shift and drag, in iTerm2 and Terminal with Option or Fn and drag. {mouse}, or {in_text} in a text field, gives the mouse back to the terminal"
            ),
        ),
        ("Signs", "Where signs hide the text beside them, start with --ascii".to_owned()),
        ("Keys", "Other keys are chosen in [keys] of the configuration file: `blobfreight config edit`".to_owned()),
    ];
    notes.into_iter().map(|(what, words)| KeyLine::new(what, words)).collect()
}

/// The last of the keys of an action on every step: the one without Alt.
fn last_name(keys: &KeyChoices, action: &Action) -> String {
    let lines = keys.active(&[Context::Wizard]);
    let key = lines.iter().find(|line| line.action == *action).and_then(|line| line.keys.last());
    key.map_or_else(|| keys.name(action), ToString::to_string)
}

/// A heading and what stands below it.
type KeyGroup = (&'static str, Vec<KeyLine>);

/// What is said about a key or a sign.
struct KeyLine {
    key: String,
    meaning: Cow<'static, str>,
    /// Its words in the hint line, which are found, too.
    hint: String,
}

impl KeyLine {
    fn new(key: impl Into<String>, meaning: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), meaning: meaning.into(), hint: String::new() }
    }
}

/// The lines of the page.
pub(super) fn body(model: &Model, filter: &KeysFilter, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    body.heading("Keys that work here");
    let label = "Type to find one: ";
    let field = &DrawContext { focused: true, ..*ctx };
    let columns = ctx.width.saturating_sub(label.len()).min(20);
    let column = typed_line(&mut body, field, (label, &filter.typed, columns), None);
    let groups: Vec<KeyGroup> = groups(model)
        .into_iter()
        .map(|(title, keys)| {
            let found = |line: &KeyLine| filter.takes(&[&line.key, &line.meaning, &line.hint]);
            (title, keys.into_iter().filter(found).collect::<Vec<_>>())
        })
        .filter(|(_, keys)| !keys.is_empty())
        .collect();
    if groups.is_empty() {
        body.say(ctx, "No key here has these words.", theme::caution());
    }
    let lines = if ctx.width < TWO_FROM {
        groups.iter().flat_map(|group| lines(ctx, group)).collect()
    } else {
        in_two(ctx, &groups)
    };
    for line in lines {
        body.line(line);
    }
    body.field_cursor(1, column);
    body
}

/// The groups side by side: the left column takes them until it has half of the lines.
fn in_two(ctx: &DrawContext, groups: &[KeyGroup]) -> Vec<Line<'static>> {
    let column = ctx.sized((ctx.width - GAP) / 2, ctx.height);
    let drawn: Vec<Vec<Line<'static>>> = groups.iter().map(|group| lines(&column, group)).collect();
    let half = drawn.iter().map(Vec::len).sum::<usize>().div_ceil(2);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for group in drawn {
        if left.len() + group.len() / 2 <= half { left.extend(group) } else { right.extend(group) }
    }
    let rows = left.len().max(right.len());
    left.resize(rows, Line::default());
    right.resize(rows, Line::default());
    let beside = |(mut left, right): (Line<'static>, Line<'static>)| {
        let gap = (column.width + GAP).saturating_sub(left.width());
        left.push_span(Span::raw(" ".repeat(gap)));
        left.spans.extend(right.spans);
        left
    };
    left.into_iter().zip(right).map(beside).collect()
}

fn lines(ctx: &DrawContext, (title, keys): &KeyGroup) -> Vec<Line<'static>> {
    let head = [Line::default(), Line::from(Span::styled(*title, theme::title()))];
    head.into_iter().chain(keys.iter().flat_map(|line| explain(ctx, &line.key, &line.meaning))).collect()
}

/// What a key or a sign means, wrapped beside it.
fn explain(ctx: &DrawContext, what: &str, meaning: &str) -> Vec<Line<'static>> {
    let room = if ctx.width < 50 { 9 } else { 16 };
    let lead = format!("  {:<room$} ", ctx.glyphs.spell(what));
    let words = text::wrap(&ctx.glyphs.spell(meaning), ctx.width.saturating_sub(text::width(&lead)).max(8));
    let indent = " ".repeat(text::width(&lead));
    let starts = std::iter::once(Span::styled(lead, theme::key())).chain(std::iter::repeat(Span::raw(indent)));
    starts.zip(words).map(|(start, words)| Line::from(vec![start, Span::raw(words)])).collect()
}

/// Every key that works beneath the page.
fn groups(model: &Model) -> Vec<KeyGroup> {
    let contexts = model.contexts_beneath();
    let bindings = model.settings.keys.active(&contexts);
    let of = |group: ActionGroup| {
        let of_group = bindings.iter().filter(|binding| binding.action.group() == group);
        let line = |(what, alike): (&'static str, Vec<&ActiveBinding>)| KeyLine {
            hint: alike.iter().map(|binding| binding.hint).collect::<Vec<_>>().join(" "),
            ..KeyLine::new(names(&alike), what)
        };
        by_meaning(of_group, meaning).into_iter().map(line).collect()
    };
    let mut groups: Vec<KeyGroup> =
        vec![("On this screen", of(ActionGroup::Here)), ("Moving", of(ActionGroup::Moving))];
    if contexts.iter().any(|context| context.takes_text()) {
        groups.push(("In a text field", editing()));
    }
    groups.extend([("Steps", of(ActionGroup::Steps)), ("Program", of(ActionGroup::Program))]);
    if contexts.contains(&Context::Tree) {
        groups
            .push(("Signs before a row", steps::SIGNS.iter().map(|(sign, what)| KeyLine::new(*sign, *what)).collect()));
    }
    groups.push(("Terminals differ", notes(&model.settings.keys)));
    groups
}

/// The keys that edit a text; several for one thing stand together.
fn editing() -> Vec<KeyLine> {
    let all = by_meaning(&form::KEYS, |(_, _, what)| what).into_iter().map(|(what, keys)| {
        let names: Vec<String> = keys.iter().map(|(key, ..)| key.to_string()).collect();
        KeyLine::new(names.join(", "), what)
    });
    all.collect()
}

/// What has one meaning stands together, in the order in which the meanings first come.
fn by_meaning<T: Copy>(
    all: impl IntoIterator<Item = T>,
    meaning: impl Fn(T) -> &'static str,
) -> Vec<(&'static str, Vec<T>)> {
    let mut found: Vec<(&'static str, Vec<T>)> = Vec::new();
    for one in all {
        let what = meaning(one);
        match found.iter_mut().find(|(other, _)| *other == what) {
            Some((_, alike)) => alike.push(one),
            None => found.push((what, vec![one])),
        }
    }
    found
}

/// Steps that a digit leads to have one line.
fn meaning(binding: &ActiveBinding) -> &'static str {
    let digit = binding.keys.iter().any(|key| matches!(key.key, crate::protocol::key::Key::Char('0'..='9')));
    match (&binding.action, digit) {
        (Action::Goto(_), true) if binding.keys.iter().any(|key| key.alt) => "To a step by its number; 0 is the tenth",
        (Action::Goto(_), true) => "To an answer by its number",
        _ => binding.help,
    }
}

/// The names of the keys that do one thing, e.g. `m, F3`. A row of digits is written as `0-9`.
fn names(alike: &[&ActiveBinding]) -> String {
    let all: Vec<&KeyPress> = alike.iter().flat_map(|binding| &binding.keys).collect();
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if alike.len() > 2 => format!("{first}-{}", KeyPress::plain(last.key)),
        _ => all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}
