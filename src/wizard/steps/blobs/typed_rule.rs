//! A rule typed by hand: its field, and the preview of what it matches, which comes before the rule can be added.

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
    /// Opens the field with the path of the container or folder around the cursor.
    pub(super) fn type_rule(&mut self, shared: &Shared) {
        let text = self.level_key().target().text();
        self.mode = BlobsMode::Typing(RuleInput::new(&text, shared.now));
    }

    pub(super) fn act_on_typing(&mut self, shared: &mut Shared, action: Action) -> Vec<Effect> {
        match action {
            Action::Edit(edit) => self.edit_rule(shared, &edit),
            Action::Activate => self.add_typed(shared),
            Action::Retry => {
                self.forget_preview();
                self.preview_rule(shared, true)
            }
            Action::CancelRequest => {
                self.cancel_search("look at what the rule matches");
                shared.requests.cancel(Slot::Count).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn edit_rule(&mut self, shared: &mut Shared, edit: &Edit) -> Vec<Effect> {
        let BlobsMode::Typing(input) = &mut self.mode else { return Vec::new() };
        if !input.field.edit(edit) {
            return Vec::new();
        }
        input.changed = shared.now;
        input.search = None;
        shared.requests.cancel(Slot::Count).into_iter().collect()
    }

    fn forget_preview(&mut self) {
        if let BlobsMode::Typing(input) = &mut self.mode {
            input.search = None;
        }
    }

    /// Queries what the typed rule matches: at once, or after the text has not changed for a moment.
    pub(super) fn preview_rule(&mut self, shared: &mut Shared, at_once: bool) -> Vec<Effect> {
        let BlobsMode::Typing(input) = &mut self.mode else { return Vec::new() };
        let due = input.preview_in(shared.now).is_some_and(|rest| at_once || rest.is_zero());
        let (true, Ok(typed), Some(endpoint)) = (due, input.typed(), shared.blob_endpoint().map(str::to_owned)) else {
            return Vec::new();
        };
        let search = NameSearch::new(NameQuery::of(&typed.rule));
        let call = search.call(&endpoint);
        input.search = Some(search);
        vec![shared.start(Slot::Count, call)]
    }

    fn add_typed(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let BlobsMode::Typing(input) = &self.mode else { return Vec::new() };
        let typed = match input.typed() {
            Ok(typed) => typed,
            Err(why) => {
                shared.warn(format!("Not added: {why}."));
                return Vec::new();
            }
        };
        match input.search.as_ref().map(|search| &search.state) {
            None | Some(QueryState::Asked) => {
                shared.say("Looking at what it matches first; then Enter adds it.");
                self.preview_rule(shared, true)
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
        self.mode = BlobsMode::Rows;
    }

    /// Keeps the number of matches of a finished preview, if it is exact.
    pub(super) fn note_count(&mut self) {
        let BlobsMode::Typing(input) = &self.mode else { return };
        let (Some(search), Ok(typed)) = (&input.search, input.typed()) else { return };
        let flat = search.count(NodeKind::Folder) + search.count(NodeKind::Container) == 0;
        if flat && search.state == (QueryState::Done { more: false }) {
            self.counted.insert(typed.rule, search.hits.len() as u64);
        }
    }
}
