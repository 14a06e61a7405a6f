//! Typing a rule by hand: the field, and what the rule would match, which is asked for before it can be added.

use crate::form::Edit;
use crate::protocol::action::Action;
use crate::protocol::message::{Effect, Slot};
use crate::select::Rule;
use crate::tree::NodeKind;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::mode::{BlobsMode, RuleInput};
use crate::wizard::steps::blobs::query::{NameQuery, NameSearch, QueryState};
use crate::wizard::steps::blobs::state::BlobsStep;

impl BlobsStep {
    /// Opens the field, with the level around the cursor typed already.
    pub(super) fn type_rule(&mut self, shared: &Shared) {
        let text = self.level_key().target().text();
        self.layer = BlobsMode::Typing(RuleInput::new(&text, shared.now));
    }

    pub(super) fn act_on_typing(&mut self, shared: &mut Shared, action: Action) -> Vec<Effect> {
        match action {
            Action::Edit(edit) => self.edit_rule(shared, &edit),
            Action::Activate => self.add_typed(shared),
            Action::Retry => {
                self.forget_lookup();
                self.look(shared, true)
            }
            Action::CancelRequest => {
                self.look_failed("look at what the rule matches");
                shared.requests.cancel(Slot::Count).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn edit_rule(&mut self, shared: &mut Shared, edit: &Edit) -> Vec<Effect> {
        let BlobsMode::Typing(typing) = &mut self.layer else { return Vec::new() };
        if !typing.field.edit(edit) {
            return Vec::new();
        }
        typing.changed = shared.now;
        typing.lookup = None;
        shared.requests.cancel(Slot::Count).into_iter().collect()
    }

    fn forget_lookup(&mut self) {
        if let BlobsMode::Typing(typing) = &mut self.layer {
            typing.lookup = None;
        }
    }

    /// Asks what the typed rule matches, once the text has rested or at once.
    pub(super) fn look(&mut self, shared: &mut Shared, at_once: bool) -> Vec<Effect> {
        let BlobsMode::Typing(typing) = &mut self.layer else { return Vec::new() };
        let due = typing.rest(shared.now).is_some_and(|rest| at_once || rest.is_zero());
        let (true, Ok(typed), Some(endpoint)) = (due, typing.typed(), shared.blob_endpoint().map(str::to_owned)) else {
            return Vec::new();
        };
        let lookup = NameSearch::new(NameQuery::of(&typed.rule));
        let call = lookup.call(&endpoint);
        typing.lookup = Some(lookup);
        vec![shared.start(Slot::Count, call)]
    }

    fn add_typed(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let BlobsMode::Typing(typing) = &self.layer else { return Vec::new() };
        let typed = match typing.typed() {
            Ok(typed) => typed,
            Err(why) => {
                shared.warn(format!("Not added: {why}."));
                return Vec::new();
            }
        };
        match typing.lookup.as_ref().map(|lookup| &lookup.stage) {
            None | Some(QueryState::Asked) => {
                shared.say("Looking at what it matches first; then Enter adds it.");
                self.look(shared, true)
            }
            Some(QueryState::Done { .. } | QueryState::Failed(_)) => {
                self.add_rule(shared, &typed.rule);
                Vec::new()
            }
        }
    }

    fn add_rule(&mut self, shared: &mut Shared, rule: &Rule) {
        if shared.refuses() {
            return;
        }
        if self.selection.insert(rule.clone()) {
            shared.say(format!("Added: {rule}."));
        } else {
            shared.say("This rule is there already.");
        }
        self.layer = BlobsMode::Rows;
    }

    /// Notes what a finished preview says for certain about its rule.
    pub(super) fn note_count(&mut self) {
        let BlobsMode::Typing(typing) = &self.layer else { return };
        let (Some(lookup), Ok(typed)) = (&typing.lookup, typing.typed()) else { return };
        let flat = lookup.count(NodeKind::Folder) + lookup.count(NodeKind::Container) == 0;
        if flat && lookup.stage == (QueryState::Done { more: false }) {
            self.counted.insert(typed.rule, lookup.hits.len() as u64);
        }
    }
}
