//! What lies over the tree: the rules, what the server found, the rule being typed; and the selection of a job that was created.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::row::mark;
use super::typed;
use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::select::{Rule, RuleFinding, RuleMark};
use crate::tree::NodeKind;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::blobs::summary::{self, many};
use crate::wizard::blobs::{Asks, Blobs, Found, Looking, Lookup, Typing, settled};
use crate::wording::some_of;

/// The selection once the job was created, or may have been.
pub(super) fn fixed(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let rules = &wizard.desk.draft.selection.rules;
    let why = settled(&wizard.desk);
    if wizard.desk.may_have_job().is_some() {
        sheet.say_with(pen, "? ", &why, theme::caution());
    } else {
        sheet.say_with(pen, &format!("{} ", pen.signs.done), &why, theme::good());
    }
    sheet.say(pen, &summary::long(rules, pen.signs.dot, pen.width), theme::dim());
    for rule in rules.iter() {
        sheet.say(&pen.sized(pen.width.saturating_sub(1), pen.height), &rule.to_string(), Style::new());
    }
    sheet
}

/// The rules in the order of the service, with what is odd about each.
pub(super) fn rules(sheet: &mut Sheet, pen: &Pen, step: &Blobs, row: usize, marks: &[RuleMark]) {
    let rules = step.selection.rules();
    let head = text::cut_end("As the service gets them. d removes one, p closes.", pen.width, pen.signs.cut);
    sheet.line(Span::styled(head, theme::dim()));
    if rules.is_empty() {
        sheet.say(pen, "There is none.", theme::caution());
    }
    let height = pen.height.saturating_sub(sheet.len()).max(2);
    // A marked rule takes two lines; half a screen before the cursor is always enough to fill the other half.
    let top = (row + 1).saturating_sub(height / 2);
    for (index, rule) in rules.iter().enumerate().skip(top).take(height) {
        let number = format!("{:>3} {} ", index + 1, kind(rule));
        let room = pen.width.saturating_sub(text::width(&number) + 2);
        let words = in_a_line(rule, room, pen);
        sheet.row(pen, index == row, vec![Span::styled(number, theme::dim()), Span::raw(words)]);
        for mark in marks.iter().filter(|mark| mark.rule == index) {
            let words = text::cut_end(&finding(&mark.finding), pen.width.saturating_sub(8), pen.signs.cut);
            sheet.line(Span::styled(format!("      ~ {words}"), theme::caution()));
        }
    }
}

/// A rule in so many columns: what is cut is the path in its middle, never what the rule does with it.
fn in_a_line(rule: &Rule, room: usize, pen: &Pen) -> String {
    let whole = text::clean(&rule.to_string());
    if text::width(&whole) <= room {
        return whole;
    }
    let (path, tail) = match rule {
        Rule::Prefix(prefix) => (prefix, String::new()),
        Rule::Blob { path, snapshots: true } => (path, " + snapshots".to_owned()),
        Rule::Blob { path, snapshots: false } => (path, " alone".to_owned()),
        Rule::Snapshot { path, time } => (path, format!(" @ {}", time.get(..16).unwrap_or(time).replace('T', " "))),
    };
    let tail = text::clean(&tail);
    format!("{}{tail}", text::cut_middle(&text::clean(path), room.saturating_sub(text::width(&tail)), pen.signs.cut))
}

/// The kind of a rule in one word of six columns.
fn kind(rule: &Rule) -> &'static str {
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
pub(super) fn found(sheet: &mut Sheet, pen: &Pen, step: &Blobs, found: &Found) {
    let place = text::clean(&format!("{}{}", found.level.target().text(), found.text));
    let words = format!("On the server, beginning with {place}");
    sheet.line(Span::styled(text::cut_middle(&words, pen.width, pen.signs.cut), theme::title()));
    outcome(sheet, pen, &found.lookup);
    let height = pen.height.saturating_sub(sheet.len()).max(1);
    let top = (found.row + 1).saturating_sub(height);
    for (index, hit) in found.lookup.hits.iter().enumerate().skip(top).take(height) {
        let (sign, style) = mark(step, &hit.key.target());
        let size = hit.size.map_or_else(String::new, text::bytes);
        let room = pen.width.saturating_sub(2 + 4 + 9);
        let name = text::cut_middle(&text::clean(&hit.key.path), room, pen.signs.cut);
        let gap = " ".repeat(room.saturating_sub(text::width(&name)));
        let spans =
            vec![Span::styled(format!("{sign} "), style), Span::raw(name), Span::raw(format!("{gap} {size:>8}"))];
        sheet.row(pen, index == found.row, spans);
    }
}

/// How a question to the server came out, one line.
fn outcome(sheet: &mut Sheet, pen: &Pen, lookup: &Lookup) {
    match &lookup.stage {
        Looking::Asked => sheet.busy(pen, Slot::Count, "Asking the server"),
        Looking::Failed(fault) => sheet.fault(pen, fault),
        Looking::Done { .. } if lookup.no_container => {
            let (Asks::Names { container, .. } | Asks::Exact { container, .. }) = &lookup.asks else { return };
            sheet.say_with(pen, "! ", &format!("matches nothing: there is no container {container}"), theme::alarm());
        }
        Looking::Done { .. } if lookup.is_nothing() => {
            sheet.say_with(pen, "! ", "matches nothing on the server", theme::alarm());
        }
        Looking::Done { more } => sheet.say(pen, &counts(lookup, *more), theme::good()),
    }
}

/// `at least 12 blobs (3.4 GB) and 2 folders`.
fn counts(lookup: &Lookup, more: bool) -> String {
    let blobs = lookup.count(NodeKind::Blob);
    let mut parts = Vec::new();
    if blobs > 0 {
        parts.push(format!("{} ({})", many(blobs, "blob"), text::bytes(lookup.bytes())));
    }
    for (kind, word) in [(NodeKind::Folder, "folder"), (NodeKind::Container, "container")] {
        let count = lookup.count(kind);
        if count > 0 {
            let it = if count == 1 { "it" } else { "them" };
            parts.push(format!("{} with all in {it}", many(count, word)));
        }
    }
    let least = if more { "at least " } else { "" };
    if parts.is_empty() { "nothing so far".to_owned() } else { format!("{least}{}", parts.join(" and ")) }
}

/// The rule being typed, what it means, what is doubtful about it, and what it matches.
pub(super) fn typing(sheet: &mut Sheet, pen: &Pen, typing: &Typing) {
    let (spans, column) = typed("Rule: ", &typing.field, pen.width.saturating_sub(6), pen);
    sheet.line(Line::from(spans));
    sheet.focus_here(column);
    let typed = match typing.typed() {
        Ok(typed) => typed,
        Err(why) => return sheet.say(pen, &why.to_string(), theme::caution()),
    };
    sheet.say(pen, &typed.rule.to_string(), Style::new());
    for warning in &typed.warnings {
        sheet.say_with(pen, "~ ", &warning.to_string(), theme::caution());
    }
    let Some(lookup) = &typing.lookup else {
        return sheet.say(pen, "What it matches is shown before it is added.", theme::dim());
    };
    if lookup.hits.is_empty() || !matches!(lookup.stage, Looking::Done { .. }) {
        return outcome(sheet, pen, lookup);
    }
    let Looking::Done { more } = lookup.stage else { return };
    sheet.say_with(pen, "Matches ", &counts(lookup, more), theme::good());
    let siblings = lookup.siblings();
    if !siblings.is_empty() {
        let words = format!("Without a closing / it also takes {}.", some_of(&siblings, 5));
        sheet.say_with(pen, "! ", &words, theme::alarm());
    }
    for hit in lookup.hits.iter().take(pen.height.saturating_sub(sheet.len())) {
        let name = text::cut_middle(&text::clean(&hit.key.path), pen.width.saturating_sub(2), pen.signs.cut);
        sheet.line(Span::styled(format!("  {name}"), theme::dim()));
    }
}
