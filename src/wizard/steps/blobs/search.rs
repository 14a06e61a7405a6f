//! The filter over loaded rows, and the query to the service for names that begin with the same text.

use crate::azure::fault::Fault;
use crate::form::{Edit, Field};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, Reply, Slot};
use crate::wizard::list;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::layout;
use crate::wizard::steps::blobs::mode::{BlobsMode, SearchResults};
use crate::wizard::steps::blobs::query::{NameQuery, NameSearch, QueryState};
use crate::wizard::steps::blobs::state::BlobsStep;

impl BlobsStep {
    /// Opens the filter, with the text of the one in use.
    pub(super) fn open_filter(&mut self) {
        let text = self.tree.filter().map_or_else(String::new, |filter| filter.text.to_owned());
        self.tree.set_filter(&text);
        self.mode = BlobsMode::Filter(Field::new(&text));
    }

    pub(super) fn act_on_filter(&mut self, shared: &mut Shared, action: Action) -> Vec<Effect> {
        match action {
            Action::Edit(edit) => return self.edit_filter(&edit),
            Action::Activate => {
                self.mode = BlobsMode::Rows;
                match self.tree.filter().map(|filter| (filter.text.is_empty(), filter.matches)) {
                    Some((true, _)) => self.tree.clear_filter(),
                    Some((_, 0)) => {
                        let (filter, ask) =
                            (shared.keys.name_in(Context::Tree, &Action::Filter), shared.key(&Action::FilterOnServer));
                        shared
                            .say(format!("No loaded row fits. Esc shows all rows; {filter} and {ask} ask the server."));
                    }
                    _ => shared.say("The filter is kept. Esc shows all rows again; Enter goes to a row in its place."),
                }
            }
            Action::Move(_) => return self.act_on_rows(shared, &action),
            Action::FilterOnServer => return self.search_on_service(shared),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn edit_filter(&mut self, edit: &Edit) -> Vec<Effect> {
        if let BlobsMode::Filter(field) = &mut self.mode
            && field.edit(edit)
        {
            self.tree.set_filter(field.value());
        }
        Vec::new()
    }

    fn search_on_service(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let BlobsMode::Filter(field) = &self.mode else { return Vec::new() };
        let text = field.value().to_owned();
        self.tree.clear_filter();
        let level = self.level_key();
        let search = NameSearch::new(NameQuery::within(&level, &text));
        self.mode = BlobsMode::Found(SearchResults { level, text, search, row: 0 });
        self.send_query(shared)
    }

    /// Sends the query of the present mode.
    fn send_query(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let (Some(endpoint), Some(search)) = (shared.blob_endpoint().map(str::to_owned), self.search_mut()) else {
            return Vec::new();
        };
        search.state = QueryState::Asked;
        let call = search.call(&endpoint);
        vec![shared.start(Slot::Count, call)]
    }

    fn search_mut(&mut self) -> Option<&mut NameSearch> {
        match &mut self.mode {
            BlobsMode::Found(found) => Some(&mut found.search),
            BlobsMode::Typing(input) => input.search.as_mut(),
            _ => None,
        }
    }

    pub(super) fn cancel_search(&mut self, tried: &str) {
        if let Some(search) = self.search_mut() {
            search.state = QueryState::Failed(Fault::cancelled(tried));
        }
    }

    /// Takes an answer to a query; requests the next page while nothing was found.
    pub(super) fn take_search_reply(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        let outcome = outcome.map_err(|fault| within_a_name(shared, fault));
        let goes_on = self.search_mut().is_some_and(|search| search.take(outcome));
        if goes_on {
            return self.send_query(shared);
        }
        self.note_count();
        Vec::new()
    }

    pub(super) fn act_on_found(&mut self, shared: &mut Shared, action: Action) -> Vec<Effect> {
        let BlobsMode::Found(found) = &mut self.mode else { return Vec::new() };
        let key = found.search.hits.get(found.row).map(|hit| hit.key.clone());
        match (action, key) {
            (Action::Move(motion), _) => {
                let page = layout::rows(shared.size, false).max(1);
                found.row = list::moved(found.row, found.search.hits.len(), motion, page);
            }
            (Action::Toggle, Some(key)) if !shared.refuses() => return self.toggle(shared, &key.target()),
            (Action::Activate, Some(key)) => {
                self.mode = BlobsMode::Rows;
                self.tree.seek(&key);
            }
            (Action::Retry, _) => return self.send_query(shared),
            (Action::CancelRequest, _) if !self.pending_unchecks.is_empty() => return self.stop(shared),
            (Action::CancelRequest, _) => {
                self.cancel_search("ask the server for these names");
                return shared.requests.cancel(Slot::Count).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }
}

/// A hierarchical account refuses a prefix in which a file's name is followed by a slash (Microsoft page: List Blobs).
fn within_a_name(shared: &Shared, fault: Fault) -> Fault {
    if fault.status != Some(400) || !shared.is_hierarchical() {
        return fault;
    }
    fault.advise(
        "In a hierarchical account a / may follow a folder's name only: end the text with the file's name, or shorten it.",
    )
}
