//! Typing a rule by hand: the field, and what the rule would match, which is asked for before it can be added.

use std::time::Duration;

use jiff::Timestamp;

use super::Blobs;
use super::layer::Layer;
use super::lookup::{Asks, Looking, Lookup};
use crate::app::action::Action;
use crate::app::protocol::{Effect, Slot};
use crate::form::{Edit, Field};
use crate::select::{Rule, TypedError, TypedRule, typed};
use crate::tree::NodeKind;
use crate::wizard::desk::Desk;

/// How long the text must rest before the server is asked.
pub const REST: Duration = Duration::from_millis(300);

/// A rule being typed.
#[derive(Debug)]
pub struct Typing {
    /// The text.
    pub field: Field,
    /// What it matches; `None` until the text has rested.
    pub lookup: Option<Lookup>,
    changed: Timestamp,
}

impl Typing {
    /// A field that begins with this text.
    pub fn new(text: &str, now: Timestamp) -> Self {
        Self { field: Field::new(text), lookup: None, changed: now }
    }

    /// What the text means.
    ///
    /// # Errors
    /// What to type instead.
    pub fn typed(&self) -> Result<TypedRule, TypedError> {
        typed(self.field.value())
    }

    /// How long until the server is to be asked; `None` when there is nothing to ask.
    pub fn rest(&self, now: Timestamp) -> Option<Duration> {
        if self.lookup.is_some() || self.typed().is_err() {
            return None;
        }
        let rested = Duration::try_from(now.duration_since(self.changed)).unwrap_or_default();
        Some(REST.saturating_sub(rested))
    }
}

impl Blobs {
    /// Opens the field, with the level around the cursor typed already.
    pub(super) fn type_rule(&mut self, desk: &Desk) {
        let text = self.level_key().target().text();
        self.layer = Layer::Typing(Typing::new(&text, desk.now));
    }

    pub(super) fn act_on_typing(&mut self, desk: &mut Desk, action: Action) -> Vec<Effect> {
        match action {
            Action::Edit(edit) => self.edit_rule(desk, &edit),
            Action::Activate => self.add_typed(desk),
            Action::Retry => {
                self.forget_lookup();
                self.look(desk, true)
            }
            Action::CancelRequest => {
                self.look_failed("look at what the rule matches");
                desk.requests.cancel(Slot::Count).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn edit_rule(&mut self, desk: &mut Desk, edit: &Edit) -> Vec<Effect> {
        let Layer::Typing(typing) = &mut self.layer else { return Vec::new() };
        if !typing.field.edit(edit) {
            return Vec::new();
        }
        typing.changed = desk.now;
        typing.lookup = None;
        desk.requests.cancel(Slot::Count).into_iter().collect()
    }

    fn forget_lookup(&mut self) {
        if let Layer::Typing(typing) = &mut self.layer {
            typing.lookup = None;
        }
    }

    /// Asks what the typed rule matches, once the text has rested or at once.
    pub(super) fn look(&mut self, desk: &mut Desk, at_once: bool) -> Vec<Effect> {
        let Layer::Typing(typing) = &mut self.layer else { return Vec::new() };
        let due = typing.rest(desk.now).is_some_and(|rest| at_once || rest.is_zero());
        let (true, Ok(typed), Some(endpoint)) = (due, typing.typed(), desk.blob_endpoint().map(str::to_owned)) else {
            return Vec::new();
        };
        let lookup = Lookup::new(Asks::of(&typed.rule));
        let call = lookup.call(&endpoint);
        typing.lookup = Some(lookup);
        vec![desk.start(Slot::Count, call)]
    }

    fn add_typed(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let Layer::Typing(typing) = &self.layer else { return Vec::new() };
        let typed = match typing.typed() {
            Ok(typed) => typed,
            Err(why) => {
                desk.warn(format!("Not added: {why}."));
                return Vec::new();
            }
        };
        match typing.lookup.as_ref().map(|lookup| &lookup.stage) {
            None | Some(Looking::Asked) => {
                desk.say("Looking at what it matches first; then Enter adds it.");
                self.look(desk, true)
            }
            Some(Looking::Done { .. } | Looking::Failed(_)) => {
                self.add_rule(desk, &typed.rule);
                Vec::new()
            }
        }
    }

    fn add_rule(&mut self, desk: &mut Desk, rule: &Rule) {
        if desk.refuses() {
            return;
        }
        if self.selection.insert(rule.clone()) {
            desk.say(format!("Added: {rule}."));
        } else {
            desk.say("This rule is there already.");
        }
        self.layer = Layer::Rows;
    }

    /// Notes what a finished preview says for certain about its rule.
    pub(super) fn note_count(&mut self) {
        let Layer::Typing(typing) = &self.layer else { return };
        let (Some(lookup), Ok(typed)) = (&typing.lookup, typing.typed()) else { return };
        let flat = lookup.count(NodeKind::Folder) + lookup.count(NodeKind::Container) == 0;
        if flat && lookup.stage == (Looking::Done { more: false }) {
            self.counted.insert(typed.rule, lookup.hits.len() as u64);
        }
    }
}
