//! What is left to do for an answer, as keys. Each key is pressed after the one before was carried out, because what it has to be depends
//! on where the cursor is by then.

use std::collections::VecDeque;

use super::page::RowTarget;
use super::{blob_level, field_question};
use crate::app::{Focus, Model};
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::message::Msg;
use crate::select::Check;
use crate::tree::{LoadState, NodeId};
use crate::ui::{self, PageText};

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyStep {
    /// A key.
    Press(KeyPress),
    /// The text of the field, in place of what it holds.
    Type(String),
    /// Pasted text.
    Paste(String),
    /// The cursor on a row or field.
    Reach(RowTarget),
    /// A fixed value of the field with the focus.
    Pick(String),
    /// The row under the cursor checked, or not.
    Check(bool),
    /// Into a container or folder, once its first rows are there.
    Enter(NodeId),
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Ahead {
    /// This message.
    Send(Box<Msg>),
    /// Nothing before the service has answered.
    Wait,
    /// Nothing.
    Done,
    /// The rest cannot be done.
    Lost,
}

impl Ahead {
    fn send(msg: Msg) -> Self {
        Self::Send(Box::new(msg))
    }
}

/// The parts that are left.
#[derive(Debug, Default)]
pub(super) struct StepsAhead {
    left: VecDeque<KeyStep>,
    /// Where the cursor was before the last key of a way, and how often a key did not move it.
    stuck: (Option<usize>, usize),
}

/// Keys that may do nothing before a way is given up.
const PATIENCE: usize = 3;

impl StepsAhead {
    pub(super) fn begin(&mut self, steps: Vec<KeyStep>) {
        self.left = steps.into();
        self.stuck = (None, 0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// The next message. Call it again once that was carried out.
    pub(super) fn next(&mut self, model: &Model) -> Ahead {
        loop {
            let Some(step) = self.left.front().cloned() else { return Ahead::Done };
            let key = match step {
                KeyStep::Press(key) => {
                    self.left.pop_front();
                    return Ahead::send(Msg::Key(key));
                }
                KeyStep::Paste(text) => {
                    self.left.pop_front();
                    return Ahead::send(Msg::Paste(text));
                }
                KeyStep::Type(text) => {
                    self.left.pop_front();
                    let paste = (!text.is_empty()).then_some(KeyStep::Paste(text));
                    let clear = [KeyPress::plain(Key::End), KeyPress::ctrl('u')].map(KeyStep::Press);
                    self.put_first(clear.into_iter().chain(paste));
                    continue;
                }
                KeyStep::Reach(target) => self.towards(model, target),
                KeyStep::Pick(option) => pick(model, &option),
                KeyStep::Check(on) => {
                    self.left.pop_front();
                    self.put_first(check(model, on));
                    continue;
                }
                KeyStep::Enter(node) => match enter(model, node) {
                    Entering::Wait => return Ahead::Wait,
                    Entering::Open => Some(KeyPress::plain(Key::Right)),
                    Entering::GoIn => {
                        self.left.pop_front();
                        return Ahead::send(Msg::Key(KeyPress::plain(Key::Right)));
                    }
                },
            };
            match key {
                Some(key) if self.stuck.1 < PATIENCE => return Ahead::send(Msg::Key(key)),
                Some(_) => return self.give_up(),
                None => {
                    self.left.pop_front();
                    self.stuck = (None, 0);
                }
            }
        }
    }

    fn give_up(&mut self) -> Ahead {
        self.left.clear();
        Ahead::Lost
    }

    fn put_first(&mut self, steps: impl IntoIterator<Item = KeyStep>) {
        let rest = std::mem::take(&mut self.left);
        self.left = steps.into_iter().chain(rest).collect();
    }

    /// The next key on the way to a row or field; `None` once the cursor is there.
    fn towards(&mut self, model: &Model, target: RowTarget) -> Option<KeyPress> {
        let wizard = model.wizard.as_deref();
        match target {
            RowTarget::Node(node) => {
                let step = &wizard?.steps.blobs;
                let (here, there) = (blob_level::cursor_row(step), blob_level::row_of(step, node)?);
                let (by, key) = if there > here { (there - here, Key::Down) } else { (here - there, Key::Up) };
                if by == 0 {
                    return None;
                }
                self.note(here);
                let digits = by.to_string().chars().map(KeyPress::char).map(KeyStep::Press).collect::<Vec<_>>();
                let (first, rest) = digits.split_first()?;
                self.put_first(rest.iter().cloned().chain([KeyStep::Press(KeyPress::plain(key))]));
                match first {
                    KeyStep::Press(key) => Some(*key),
                    _ => None,
                }
            }
            RowTarget::Field(index) => {
                let Some(form) = field_question::form(model) else {
                    self.note(usize::MAX);
                    return Some(KeyPress::plain(Key::BackTab));
                };
                let here = form.focus();
                self.note(here);
                (here != index).then(|| KeyPress::plain(if here < index { Key::Tab } else { Key::BackTab }))
            }
            RowTarget::Stop(stop) => {
                if wizard.is_some_and(|wizard| wizard.focus != Focus::Body) && model.overlay.is_none() {
                    self.note(usize::MAX);
                    return Some(KeyPress::plain(Key::BackTab));
                }
                let page = ui::page_text(model);
                let here = page.stops.iter().position(|line| Some(*line) == page.focus);
                if here == Some(stop) {
                    return None;
                }
                let down = here.is_none_or(|here| here < stop);
                let tries = self.note(here.unwrap_or(usize::MAX));
                // Another list of the page is not reached through the rows of this one: the cursor on a row can choose it.
                let across = here.is_some_and(|here| is_other_list(&page, here, stop));
                let ways = if down { [Key::Right, Key::Down, Key::Tab] } else { [Key::Left, Key::Up, Key::BackTab] };
                let way = tries + usize::from(!across);
                Some(KeyPress::plain(ways.get(way).or(ways.last()).copied().unwrap_or(Key::Down)))
            }
        }
    }

    /// Notes where the cursor is; how many keys in a row did not move it.
    fn note(&mut self, here: usize) -> usize {
        let tries = if self.stuck.0 == Some(here) { self.stuck.1 + 1 } else { 0 };
        self.stuck = (Some(here), tries);
        tries
    }
}

/// Whether an empty line stands between two rows.
fn is_other_list(page: &PageText, one: usize, other: usize) -> bool {
    let line = |stop: usize| page.stops.get(stop).copied().unwrap_or(0);
    let (from, to) = (line(one.min(other)), line(one.max(other)));
    page.lines.get(from..to).is_some_and(|between| between.iter().any(|line| line.trim().is_empty()))
}

/// The key that brings the field nearer to a fixed value; `None` once it has it.
fn pick(model: &Model, option: &str) -> Option<KeyPress> {
    let form = field_question::form(model)?;
    (form.value(form.focus()) != option).then(|| KeyPress::plain(Key::Right))
}

/// The keys that check or uncheck the row under the cursor. Space on a row that is checked in part checks all of it first.
fn check(model: &Model, on: bool) -> Vec<KeyStep> {
    let space = KeyStep::Press(KeyPress::char(' '));
    match (on, model.wizard.as_deref().and_then(blob_level::check_here)) {
        (true, Some(Check::On | Check::Inherited)) | (false, Some(Check::Off)) => Vec::new(),
        (false, Some(Check::Part)) => vec![space.clone(), space],
        _ => vec![space],
    }
}

/// What entering a node needs now.
enum Entering {
    Open,
    Wait,
    GoIn,
}

fn enter(model: &Model, node: NodeId) -> Entering {
    let Some(wizard) = model.wizard.as_deref() else { return Entering::GoIn };
    let tree = &wizard.steps.blobs.tree;
    if !tree.is_open(node) {
        return Entering::Open;
    }
    let unread = tree.loaded_children(node) == 0;
    let settled = matches!(tree.load_state(node), LoadState::Done | LoadState::Failed { .. });
    if unread && !settled { Entering::Wait } else { Entering::GoIn }
}
