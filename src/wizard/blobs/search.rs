//! Filtering loaded rows as one types, and asking the server for names that begin with the same text.

use super::Blobs;
use super::details::hierarchical;
use super::layer::{Found, Layer};
use super::lookup::{Asks, Looking, Lookup};
use crate::app::action::Action;
use crate::app::protocol::{Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::form::{Edit, Field};
use crate::wizard::desk::Desk;
use crate::wizard::list;

impl Blobs {
    /// Opens the filter, with the text of the one in use.
    pub(super) fn open_filter(&mut self) {
        let text = self.tree.filter().map_or_else(String::new, |filter| filter.text.to_owned());
        self.tree.set_filter(&text);
        self.layer = Layer::Filter(Field::new(&text));
    }

    pub(super) fn act_on_filter(&mut self, desk: &mut Desk, action: Action) -> Vec<Effect> {
        match action {
            Action::Edit(edit) => return self.edit_filter(&edit),
            Action::Activate => {
                self.layer = Layer::Rows;
                match self.tree.filter().map(|filter| (filter.text.is_empty(), filter.matches)) {
                    Some((true, _)) => self.tree.clear_filter(),
                    Some((_, 0)) => desk.say("No loaded row fits. Esc shows all rows; / and Ctrl-S ask the server."),
                    _ => desk.say("The filter is kept. Esc shows all rows again; Enter goes to a row in its place."),
                }
            }
            Action::Move(_) => return self.act_on_rows(desk, &action),
            Action::FilterOnServer => return self.ask_server(desk),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn edit_filter(&mut self, edit: &Edit) -> Vec<Effect> {
        if let Layer::Filter(field) = &mut self.layer
            && field.edit(edit)
        {
            self.tree.set_filter(field.value());
        }
        Vec::new()
    }

    fn ask_server(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let Layer::Filter(field) = &self.layer else { return Vec::new() };
        let text = field.value().to_owned();
        self.tree.clear_filter();
        let level = self.level_key();
        let lookup = Lookup::new(Asks::within(&level, &text));
        self.layer = Layer::Found(Found { level, text, lookup, row: 0 });
        self.ask_again(desk)
    }

    /// Sends the question of the layer on top.
    fn ask_again(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let (Some(endpoint), Some(lookup)) = (desk.blob_endpoint().map(str::to_owned), self.lookup_mut()) else {
            return Vec::new();
        };
        lookup.stage = Looking::Asked;
        let call = lookup.call(&endpoint);
        vec![desk.start(Slot::Count, call)]
    }

    fn lookup_mut(&mut self) -> Option<&mut Lookup> {
        match &mut self.layer {
            Layer::Found(found) => Some(&mut found.lookup),
            Layer::Typing(typing) => typing.lookup.as_mut(),
            _ => None,
        }
    }

    pub(super) fn look_failed(&mut self, tried: &str) {
        if let Some(lookup) = self.lookup_mut() {
            lookup.stage = Looking::Failed(Fault::cancelled(tried));
        }
    }

    /// Takes an answer to a question; goes on while nothing was found.
    pub(super) fn take_lookup(&mut self, desk: &mut Desk, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        let outcome = outcome.map_err(|fault| within_a_name(desk, fault));
        let goes_on = self.lookup_mut().is_some_and(|lookup| lookup.take(outcome));
        if goes_on {
            return self.ask_again(desk);
        }
        self.note_count();
        Vec::new()
    }

    pub(super) fn act_on_found(&mut self, desk: &mut Desk, action: Action) -> Vec<Effect> {
        let Layer::Found(found) = &mut self.layer else { return Vec::new() };
        let key = found.lookup.hits.get(found.row).map(|hit| hit.key.clone());
        match (action, key) {
            (Action::Move(motion), _) => {
                let page = super::layout::rows(desk.size, false).max(1);
                found.row = list::moved(found.row, found.lookup.hits.len(), motion, page);
            }
            (Action::Toggle, Some(key)) if !desk.refuses() => return self.toggle(desk, &key.target()),
            (Action::Activate, Some(key)) => {
                self.layer = Layer::Rows;
                self.tree.seek(&key);
            }
            (Action::Retry, _) => return self.ask_again(desk),
            (Action::CancelRequest, _) if !self.carvings.is_empty() => return self.stop(desk),
            (Action::CancelRequest, _) => {
                self.look_failed("ask the server for these names");
                return desk.requests.cancel(Slot::Count).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }
}

/// A hierarchical account refuses a text in which a file's name stands as if it were a folder's (Microsoft page: List Blobs).
fn within_a_name(desk: &Desk, fault: Fault) -> Fault {
    if fault.status != Some(400) || !hierarchical(desk) {
        return fault;
    }
    fault.advise(
        "In a hierarchical account a / may follow a folder's name only: end the text with the file's name, or shorten it.",
    )
}
