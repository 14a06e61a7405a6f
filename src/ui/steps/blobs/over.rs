//! The pages over the tree: the panel of rules, the names the service found, the rule being typed; and the selection of a created job.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::azure::model::ServiceName;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::Slot;
use crate::select::{Rule, RuleFinding, RuleMark};
use crate::tree::NodeKind;
use crate::ui::body::{Body, DrawContext};
use crate::ui::steps::blobs::row::mark;
use crate::ui::steps::fields::typed_line;
use crate::ui::{text, theme};
use crate::wizard::service;
use crate::wizard::steps::blobs::summary::{self, many};
use crate::wizard::steps::blobs::{BlobsStep, NameQuery, NameSearch, QueryState, RuleInput, SearchResults, settled};
use crate::wording::some_of;

/// The selection once the job was created, or may have been.
pub(super) fn fixed(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let rules = &wizard.shared.draft.selection.rules;
    let why = settled(&wizard.shared);
    if wizard.shared.may_have_job().is_some() {
        body.say_with(ctx, "? ", &why, theme::caution());
    } else {
        body.say_with(ctx, &format!("{} ", ctx.glyphs.done), &why, theme::good());
    }
    body.say(ctx, &summary::long(&wizard.shared, ctx.glyphs.dot, ctx.width), theme::dim());
    for rule in rules.iter() {
        let words = service::rule_words(rule, wizard.shared.draft.service());
        body.say(&ctx.sized(ctx.width.saturating_sub(1), ctx.height), &words, Style::new());
    }
    body
}

/// The rules in the order of the service, with what is odd about each.
pub(super) fn rules(
    body: &mut Body,
    ctx: &DrawContext,
    (step, service): (&BlobsStep, ServiceName),
    row: usize,
    marks: &[RuleMark],
) {
    let rules = step.selection.rules();
    let (remove, close) = (ctx.key_in(Context::Rules, &Action::Remove), ctx.key_in(Context::Rules, &Action::Panel));
    let words = format!("As the service gets them. {remove} removes one, {close} closes.");
    let head = text::cut_end(&words, ctx.width, ctx.glyphs.cut);
    body.line(Span::styled(head, theme::dim()));
    if rules.is_empty() {
        body.say(ctx, "There is none.", theme::caution());
    }
    let height = ctx.height.saturating_sub(body.len()).max(2);
    // A marked rule takes two lines; half a screen before the cursor is always enough to fill the other half.
    let top = (row + 1).saturating_sub(height / 2);
    for (index, rule) in rules.iter().enumerate().skip(top).take(height) {
        let number = format!("{:>3} {} ", index + 1, kind(rule));
        let room = ctx.width.saturating_sub(text::width(&number) + 2);
        let whole = text::clean(&service::rule_words(rule, service));
        let words = in_a_line(rule, service, &whole, room, ctx);
        let cut = index == row && words != whole;
        body.row(ctx, index == row, vec![Span::styled(number, theme::dim()), Span::raw(words)]);
        if cut {
            body.whole_below(ctx, "      ", &whole);
        }
        if let Some(why) = service::cannot_say(rule, service) {
            body.say_with(ctx, "      ! ", why, theme::caution());
        }
        for mark in marks.iter().filter(|mark| mark.rule == index) {
            body.say_with(ctx, "      ~ ", &finding(&mark.finding), theme::caution());
        }
    }
}

/// A rule in `room` columns; `whole` is its text. What is cut is the path in its middle, never what the rule does with it.
fn in_a_line(rule: &Rule, service: ServiceName, whole: &str, room: usize, ctx: &DrawContext) -> String {
    if text::width(whole) <= room {
        return whole.to_owned();
    }
    let (path, tail) = match rule {
        Rule::Blob { path, .. } | Rule::Snapshot { path, .. } if !service.selects_snapshots() => (path, String::new()),
        Rule::Prefix(prefix) => (prefix, String::new()),
        Rule::Blob { path, snapshots: true } => (path, " + snapshots".to_owned()),
        Rule::Blob { path, snapshots: false } => (path, " alone".to_owned()),
        Rule::Snapshot { path, time } => (path, format!(" @ {}", time.get(..16).unwrap_or(time).replace('T', " "))),
    };
    let tail = text::clean(&tail);
    format!("{}{tail}", text::cut_middle(&text::clean(path), room.saturating_sub(text::width(&tail)), ctx.glyphs.cut))
}

/// The kind of a rule in one word of six columns.
pub(super) fn kind(rule: &Rule) -> &'static str {
    match rule {
        Rule::Prefix(_) => "prefix",
        Rule::Blob { .. } => "path  ",
        Rule::Snapshot { .. } => "single",
    }
}

fn finding(finding: &RuleFinding) -> String {
    match finding {
        RuleFinding::Duplicate(first) => format!("the same as rule {}", first + 1),
        RuleFinding::Inside(around) => format!("inside rule {}, which takes it already", around + 1),
        RuleFinding::TakesSiblings(names) => {
            format!("no closing /: takes {} as well", text::clean(&some_of(names, 5)))
        }
        RuleFinding::MatchesNothing => "matches nothing on the server".to_owned(),
    }
}

/// What the server found by prefix.
pub(super) fn found(body: &mut Body, ctx: &DrawContext, step: &BlobsStep, found: &SearchResults) {
    let place = text::clean(&format!("{}{}", found.level.target().text(), found.text));
    let words = format!("On the server, beginning with {place}");
    body.line(Span::styled(text::cut_middle(&words, ctx.width, ctx.glyphs.cut), theme::title()));
    outcome(body, ctx, &found.search);
    let height = ctx.height.saturating_sub(body.len()).max(1);
    let top = (found.row + 1).saturating_sub(height);
    for (index, hit) in found.search.hits.iter().enumerate().skip(top).take(height) {
        let (sign, style) = mark(step, &hit.key.target());
        let size = hit.size.map_or_else(String::new, text::bytes);
        let room = ctx.width.saturating_sub(2 + 4 + 9);
        let whole = text::clean(&hit.key.path);
        let name = text::cut_middle(&whole, room, ctx.glyphs.cut);
        let cut = index == found.row && name != whole;
        let gap = " ".repeat(room.saturating_sub(text::width(&name)));
        let spans =
            vec![Span::styled(format!("{sign} "), style), Span::raw(name), Span::raw(format!("{gap} {size:>8}"))];
        body.row(ctx, index == found.row, spans);
        if cut {
            body.whole_below(ctx, "      ", &whole);
        }
    }
}

/// How a question to the server came out, one line.
fn outcome(body: &mut Body, ctx: &DrawContext, search: &NameSearch) {
    match &search.state {
        QueryState::Asked => body.busy(ctx, Slot::Count, "Asking the server"),
        QueryState::Failed(fault) => body.fault(ctx, fault),
        QueryState::Done { .. } if search.no_container => {
            let (NameQuery::Names { container, .. } | NameQuery::Exact { container, .. }) = &search.query else {
                return;
            };
            body.say_with(ctx, "! ", &format!("matches nothing: there is no container {container}"), theme::alarm());
        }
        QueryState::Done { .. } if search.is_nothing() => {
            body.say_with(ctx, "! ", "matches nothing on the server", theme::alarm());
        }
        QueryState::Done { more } => body.say(ctx, &counts(search, *more), theme::good()),
    }
}

/// `at least 12 blobs (3.4 GB) and 2 folders`.
fn counts(search: &NameSearch, more: bool) -> String {
    let blobs = search.count(NodeKind::Blob);
    let mut parts = Vec::new();
    if blobs > 0 {
        parts.push(format!("{} ({})", many(blobs, "blob"), text::bytes(search.bytes())));
    }
    for (kind, word) in [(NodeKind::Folder, "folder"), (NodeKind::Container, "container")] {
        let count = search.count(kind);
        if count > 0 {
            let it = if count == 1 { "it" } else { "them" };
            parts.push(format!("{} with all in {it}", many(count, word)));
        }
    }
    let least = if more { "at least " } else { "" };
    if parts.is_empty() { "nothing so far".to_owned() } else { format!("{least}{}", parts.join(" and ")) }
}

/// The rule being typed, what it means, what is doubtful about it, and what it matches.
pub(super) fn input(body: &mut Body, ctx: &DrawContext, input: &RuleInput) {
    let column = typed_line(body, ctx, ("Rule: ", &input.field, ctx.width.saturating_sub(6)), None);
    body.focus_here(column);
    let typed = match input.typed() {
        Ok(typed) => typed,
        Err(why) => return body.say(ctx, &why.to_string(), theme::caution()),
    };
    body.say(ctx, &typed.rule.to_string(), Style::new());
    for warning in &typed.warnings {
        body.say_with(ctx, "~ ", &warning.to_string(), theme::caution());
    }
    let Some(search) = &input.search else {
        return body.say(ctx, "What it matches is shown before it is added.", theme::dim());
    };
    if search.hits.is_empty() || !matches!(search.state, QueryState::Done { .. }) {
        return outcome(body, ctx, search);
    }
    let QueryState::Done { more } = search.state else { return };
    body.say_with(ctx, "Matches ", &counts(search, more), theme::good());
    let siblings = search.siblings();
    if !siblings.is_empty() {
        let words = format!("Without a closing / it also takes {}.", some_of(&siblings, 5));
        body.say_with(ctx, "! ", &words, theme::alarm());
    }
    for hit in search.hits.iter().take(ctx.height.saturating_sub(body.len())) {
        body.say_with(ctx, "  ", &hit.key.path, theme::dim());
    }
}
