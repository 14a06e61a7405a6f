//! What a typed line asks for: keys to press, or words to say at once.

use super::commands::{self, key_for};
use super::field_question::{self, FieldQuestion};
use super::page::{NumberedRow, PlainPage, PlainQuestion, RowTarget};
use super::place_words;
use super::steps_ahead::KeyStep;
use super::{blob_level, words};
use crate::app::Model;
use crate::protocol::action::Action;
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::keymap::Context;
use crate::protocol::step::Step;
use crate::tree::NodeKind;
use crate::ui::text;

/// What a typed line asks for.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Keys to press.
    pub(super) steps: Vec<KeyStep>,
    /// What to say at once.
    pub(super) said: Vec<String>,
    /// The page is to be said again.
    pub(super) again: bool,
    /// The value was refused, with why.
    pub(super) refused: Option<String>,
}

impl Heard {
    fn press(key: KeyPress) -> Self {
        Self { steps: vec![KeyStep::Press(key)], ..Self::default() }
    }

    fn steps(steps: impl IntoIterator<Item = KeyStep>) -> Self {
        Self { steps: steps.into_iter().collect(), ..Self::default() }
    }

    fn say(words: impl Into<String>) -> Self {
        Self { said: vec![words.into()], ..Self::default() }
    }
}

const ENTER: KeyStep = KeyStep::Press(KeyPress::plain(Key::Enter));

/// What a line asks for on this page. `refused` is the reason that was said for the field's present value.
pub(super) fn understand(model: &Model, page: &PlainPage, line: &str, refused: Option<&str>) -> Heard {
    let typed = line.trim();
    let command = typed.strip_prefix(':').filter(|rest| !rest.starts_with(':'));
    let text = if typed.starts_with("::") { &typed[1..] } else { typed };
    match &page.question {
        _ if command.is_some() => obey(model, page, command.unwrap_or_default()),
        PlainQuestion::Field(_) | PlainQuestion::Text if names_key(text) => obey(model, page, text),
        PlainQuestion::Field(field) => fill(model, field, text, refused),
        PlainQuestion::Text => type_text(model, text),
        PlainQuestion::YesNo | PlainQuestion::Menu | PlainQuestion::Command => obey(model, page, typed),
    }
}

/// A key with Ctrl or Alt is no answer to a field.
fn names_key(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["ctrl-", "alt-"].iter().any(|modifier| text.strip_prefix(modifier).is_some_and(|key| key.len() == 1))
}

fn fill(model: &Model, field: &FieldQuestion, text: &str, refused: Option<&str>) -> Heard {
    let Some(form) = field_question::form(model) else { return Heard::default() };
    let chosen =
        text.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).and_then(|at| field.options.get(at));
    let unlisted = |text: &str| field.options.iter().all(|option| option != text);
    if field.fixed {
        let named = field.options.iter().find(|option| option.eq_ignore_ascii_case(text));
        return match (text.is_empty(), named.or(chosen)) {
            (true, _) => Heard::steps([ENTER]),
            (false, Some(option)) => Heard::steps([KeyStep::Pick(option.clone()), ENTER]),
            (false, None) => Heard::say(format!("Answer with a number from 1 to {}.", field.options.len())),
        };
    }
    let value = match text {
        "" => None,
        "-" => Some(""),
        text => Some(chosen.filter(|_| unlisted(text)).map_or(text, String::as_str)),
    };
    let steps = value.map(|value| KeyStep::Type(value.to_owned()));
    let mut heard = match field_question::refusal(form, value) {
        // Kept all the same, as it is when a field is left on the screen: the next empty line goes on.
        Some(why) if value.is_some() || refused != Some(why.as_str()) => Heard {
            said: vec![format!("Important: {}", words::spoken(&why, false))],
            refused: Some(why),
            ..Heard::steps(steps)
        },
        _ => Heard::steps(steps.into_iter().chain([ENTER])),
    };
    heard.said.extend(may_be_command(text));
    heard
}

/// A command without its colon is text; that is said.
fn may_be_command(text: &str) -> Option<String> {
    let command = place_words::EVERYWHERE.iter().any(|(word, _)| word.eq_ignore_ascii_case(text));
    command.then(|| format!("\"{text}\" is taken as text. As a command type :{text}"))
}

fn type_text(model: &Model, text: &str) -> Heard {
    // Enter in the filter of the accounts chooses one of what it finds.
    let chooses = model.contexts().contains(&Context::AccountFilter);
    match text {
        "" => Heard::steps([ENTER]),
        "-" => Heard::steps([KeyStep::Type(String::new())]),
        _ if chooses => Heard::steps([KeyStep::Type(text.to_owned())]),
        _ => Heard {
            said: may_be_command(text).into_iter().collect(),
            ..Heard::steps([KeyStep::Type(text.to_owned()), ENTER])
        },
    }
}

fn obey(model: &Model, page: &PlainPage, typed: &str) -> Heard {
    let typed = typed.trim();
    if let Ok(number) = typed.parse::<usize>() {
        return take_row(model, page, number);
    }
    let lower = typed.to_ascii_lowercase();
    match lower.as_str() {
        "" => Heard { again: false, ..Heard::default() },
        "help" | "?" => Heard { said: place_words::help(model, page), ..Heard::default() },
        "where" | "where am i" => Heard { said: place_words::whereabouts(model), ..Heard::default() },
        "again" | "repeat" => Heard { again: true, ..Heard::default() },
        "why" if !model.contexts().contains(&Context::FailedRow) => {
            Heard { said: super::page::guidance(model), ..Heard::default() }
        }
        "quit" | "exit" | "q" => Heard::press(KeyPress::ctrl('c')),
        "back" => back(model),
        "next" => next(model),
        "more" => turn(model, page, true),
        "earlier" => turn(model, page, false),
        "steps" => Heard { said: place_words::steps(model), ..Heard::default() },
        "messages" => Heard { said: place_words::messages(model), ..Heard::default() },
        "fields" => Heard { said: place_words::fields(model), ..Heard::default() },
        _ => two_words(model, page, typed).unwrap_or_else(|| by_table(model, page, typed)),
    }
}

/// Commands with something behind them.
fn two_words(model: &Model, page: &PlainPage, typed: &str) -> Option<Heard> {
    let tree = commands::shows_tree(model);
    let lower = typed.to_ascii_lowercase();
    if tree && lower == "up" {
        return Some(leave_level(model, page));
    }
    if let Some(step) = lower.strip_prefix("go ") {
        return Some(go(model, step.trim_start_matches("to ").trim()));
    }
    if let Some(path) = lower.starts_with("add rule ").then(|| typed["add rule ".len()..].trim()).filter(|_| tree) {
        return Some(add_rule(model, path));
    }
    let (word, rest) = lower.split_once(' ')?;
    let checks = tree || model.contexts().contains(&Context::Found);
    if let ("check" | "uncheck", true) = (word, checks) {
        let rest = typed[word.len()..].trim();
        return Some(match numbers(rest) {
            Some(numbers) => check(page, &numbers, word == "check"),
            None if word == "check" && tree => add_rule(model, rest),
            None => Heard::say("Type the numbers, e.g. uncheck 2. A rule is removed among the rules: type rules."),
        });
    }
    if word == "open" && tree {
        return Some(rest.trim().parse().map_or_else(
            |_| Heard::say("Type open and a number, e.g. open 2."),
            |number| take_row(model, page, number),
        ));
    }
    // The last word is the row that the command is for.
    let (command, number) = lower.rsplit_once(' ')?;
    let number = number.parse().ok()?;
    let key = commands::key_of(model, command)?;
    let row = row(page, number)?;
    Some(Heard::steps([KeyStep::Reach(row.target), KeyStep::Press(key)]))
}

/// `2`, `2 4 7`, `2-5`, `2, 4`.
fn numbers(text: &str) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    for part in text.split([' ', ',']).filter(|part| !part.is_empty()) {
        match part.split_once('-') {
            Some((from, to)) => {
                let (from, to) = (from.parse::<usize>().ok()?, to.parse::<usize>().ok()?);
                found.extend(from..=to.min(from.saturating_add(blob_level::PAGE)));
            }
            None => found.push(part.parse().ok()?),
        }
    }
    (!found.is_empty()).then_some(found)
}

fn check(page: &PlainPage, numbers: &[usize], on: bool) -> Heard {
    let mut steps = Vec::new();
    for number in numbers {
        let Some(row) = row(page, *number) else { return no_row(page, *number) };
        steps.extend([KeyStep::Reach(row.target), KeyStep::Check(on)]);
    }
    Heard::steps(steps)
}

fn row(page: &PlainPage, number: usize) -> Option<NumberedRow> {
    page.lines.iter().filter_map(|line| line.row).find(|row| row.number == number)
}

fn no_row(page: &PlainPage, number: usize) -> Heard {
    let mut all = page.lines.iter().filter_map(|line| line.row).map(|row| row.number);
    match (all.next(), all.next_back()) {
        (Some(first), Some(last)) => {
            Heard::say(format!("There is no number {number} here: the numbers go from {first} to {last}."))
        }
        (Some(only), None) => Heard::say(format!("There is no number {number} here, only {only}.")),
        _ => Heard::say("There is nothing to choose by number here. Type help for what can be typed."),
    }
}

/// Takes a row, as Enter on it does.
fn take_row(model: &Model, page: &PlainPage, number: usize) -> Heard {
    if let Some(form) = field_question::form_to_change(model) {
        let field = number.checked_sub(1).and_then(|at| form.shown().nth(at));
        return field.map_or_else(
            || Heard::say(format!("There is no field {number}. Type :fields for all of them.")),
            |field| Heard::steps([KeyStep::Reach(RowTarget::Field(field))]),
        );
    }
    let Some(row) = row(page, number) else { return no_row(page, number) };
    let reach = KeyStep::Reach(row.target);
    let RowTarget::Node(node) = row.target else {
        return Heard::steps([reach].into_iter().chain(commands::takes_rows(model).then_some(ENTER)));
    };
    let kind = model.wizard.as_ref().map(|wizard| wizard.steps.blobs.tree.kind(node));
    match kind {
        Some(NodeKind::Container | NodeKind::Folder) => Heard::steps([reach, KeyStep::Enter(node)]),
        Some(NodeKind::Account) => Heard::say("This is the account itself: its containers are the other numbers."),
        _ => Heard::steps([reach].into_iter().chain(key_for(model, &Action::Details).map(KeyStep::Press))),
    }
}

fn leave_level(model: &Model, page: &PlainPage) -> Heard {
    let top = page.lines.iter().any(|line| {
        let node = line.row.map(|row| row.target);
        matches!(node, Some(RowTarget::Node(node)) if node == crate::tree::NodeId::ACCOUNT)
    });
    match key_for(model, &Action::Ascend) {
        Some(key) if !top => Heard::press(key),
        _ => Heard::say("This is the top: the account and its containers."),
    }
}

fn add_rule(model: &Model, path: &str) -> Heard {
    let Some(key) = key_for(model, &Action::TypeRule) else { return Heard::say("No rule can be added here.") };
    Heard::steps([KeyStep::Press(key), KeyStep::Type(path.to_owned()), ENTER])
}

fn back(model: &Model) -> Heard {
    let contexts = model.contexts();
    if key_for(model, &Action::Escape).is_none() {
        return Heard::say("This is the first page. Type quit to leave.");
    }
    // On the first step Escape only closes what is open.
    let first = contexts.first() != Some(&Context::Question) && contexts.contains(&Context::FirstStep);
    let leaves = key_for(model, &Action::Back).filter(|_| first);
    Heard::press(leaves.unwrap_or(KeyPress::plain(Key::Esc)))
}

fn next(model: &Model) -> Heard {
    let onward = key_for(model, &Action::Next);
    onward.map_or_else(|| Heard::say("Answer the question first. Type help for what can be typed."), Heard::press)
}

/// The next or the last rows of a long list.
fn turn(model: &Model, page: &PlainPage, forward: bool) -> Heard {
    let nothing = || Heard::say(if forward { "There are no more rows." } else { "These are the first rows." });
    if commands::shows_tree(model) {
        let node = model.wizard.as_deref().and_then(|wizard| blob_level::neighbour(wizard, forward));
        return node.map_or_else(nothing, |node| Heard::steps([KeyStep::Reach(RowTarget::Node(node))]));
    }
    let shown = page.lines.iter().filter_map(|line| line.row).map(|row| row.number).collect::<Vec<_>>();
    let target = match (shown.first(), shown.last()) {
        (Some(first), _) if !forward => first.checked_sub(2),
        (_, Some(last)) if *last < page.rows.0 => Some(*last),
        _ => None,
    };
    target.map_or_else(nothing, |stop| Heard::steps([KeyStep::Reach(RowTarget::Stop(stop))]))
}

fn go(model: &Model, wanted: &str) -> Heard {
    let number = wanted.parse::<usize>().ok().and_then(|number| Step::ALL.get(number.checked_sub(1)?));
    let by_name = || Step::ALL.iter().find(|step| step.name().to_lowercase().starts_with(wanted) && !wanted.is_empty());
    let Some(step) = number.or_else(by_name) else {
        return Heard::say("There is no such step. Type steps for their names and numbers.");
    };
    let key = key_for(model, &Action::Goto(*step));
    key.map_or_else(|| Heard::say("No step can be opened from here. Type back first."), Heard::press)
}

/// The row that asks for this word, as `Type create to create the job` asks for `create`.
fn asks_for(page: &PlainPage, word: &str) -> Option<NumberedRow> {
    let asked = format!("type {} ", word.to_lowercase());
    page.lines.iter().find(|line| line.text.to_lowercase().starts_with(&asked)).and_then(|line| line.row)
}

fn by_table(model: &Model, page: &PlainPage, typed: &str) -> Heard {
    let Some(key) = commands::key_of(model, typed) else {
        if let Some(row) = asks_for(page, typed) {
            return Heard::steps([KeyStep::Reach(row.target), KeyStep::Type(typed.to_owned()), ENTER]);
        }
        return Heard::say(format!("\"{}\" is no command here. Type help for what can be typed.", text::clean(typed)));
    };
    match commands::action_of(model, key) {
        Some(action) if commands::copies(&action) => Heard::say(
            "Plain line mode has no clipboard: the text stands in the lines of the page. Type again for them.",
        ),
        Some(Action::Help) => Heard::say("Type help for what can be typed."),
        _ => Heard::press(key),
    }
}
