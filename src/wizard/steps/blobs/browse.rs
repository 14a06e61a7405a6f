//! Browsing: sends the tree's page requests, gives it the answers, moves the cursor, and keeps the place in the draft.

use std::sync::Arc;

use crate::azure::fault::Fault;
use crate::draft::ChosenBlobs;
use crate::protocol::action::{Action, Motion};
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::tree::{
    Listing, ListingStatus, LoadState, Move, NodeId, NodeKind, PageRequest, RowItem, Sort, SortBy, Tree, TreeRequests,
};
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::layout::{self, shows_details};
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::state::BlobsStep;

/// The largest count a movement takes.
const MOST: usize = 99_999;

impl BlobsStep {
    /// Starts the tree of the chosen account once its endpoint is known, with the open folders and the cursor of the draft.
    pub(super) fn begin(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some((id, name)) = shared.blob_account().filter(|_| shared.blob_endpoint().is_some()) else {
            return Vec::new();
        };
        let (id, name) = (id.to_owned(), name.to_owned());
        if self.account.as_ref() == Some(&id) {
            return Vec::new();
        }
        let listings = shared.requests.slots().map(|(slot, _)| slot).filter(|slot| matches!(slot, Slot::Listing(_)));
        let listings: Vec<Slot> = listings.chain([Slot::Count, Slot::Details, Slot::Access, Slot::Uncheck]).collect();
        let effects = listings.into_iter().filter_map(|slot| shared.requests.cancel(slot)).collect();
        self.tree = Tree::new(&name);
        self.mode = BlobsMode::Rows;
        self.pending_unchecks.clear();
        self.counted.clear();
        self.account = Some(id.clone());
        let chosen = &mut shared.draft.selection;
        if chosen.account.as_ref() != Some(&id) {
            let rules = chosen.rules.clone();
            let account = if rules.is_empty() { Some(id) } else { chosen.account.clone() };
            *chosen = ChosenBlobs { rules, account, ..ChosenBlobs::default() };
        }
        self.tree.resize(layout::rows(shared.size, self.shows_details()));
        self.tree.restore(&shared.draft.selection.place);
        effects
    }

    /// Called after every change: fits the window to the screen, continues waiting work, sends requests, updates the draft.
    pub(super) fn settle(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if !self.has_begun() {
            return Vec::new();
        }
        self.tree.resize(layout::rows(shared.size, self.shows_details()));
        let mut effects = self.continue_unchecking(shared);
        effects.extend(self.send(shared));
        effects.extend(self.follow_cursor(shared));
        self.mark_rules();
        self.remember(shared);
        effects
    }

    /// Sends the requests of the tree. Page requests wait until the account was read and its endpoint is known.
    fn send(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let TreeRequests { pages, cancelled } = self.tree.take_requests();
        let cancelled = cancelled.into_iter().map(|node| Slot::Listing(node.number()));
        let mut effects: Vec<Effect> = cancelled.filter_map(|slot| shared.requests.cancel(slot)).collect();
        let Some(endpoint) = shared.blob_endpoint().map(str::to_owned) else {
            self.tree.postpone(pages);
            return effects;
        };
        let start = |page: PageRequest| shared.start(Slot::Listing(page.node.number()), call(&endpoint, page));
        effects.extend(pages.into_iter().map(start));
        effects
    }

    /// Copies the place and the rules into the draft.
    pub(super) fn remember(&mut self, shared: &mut Shared) {
        if !self.has_begun() {
            return;
        }
        let draft = &mut shared.draft.selection;
        draft.place = self.tree.place();
        // The rules are compared only when the selection changed: there may be thousands of them.
        let revision = self.selection.revision();
        if self.saved_revision.replace(revision) == Some(revision) {
            return;
        }
        let rules = self.selection.rules();
        if rules != *draft.rules {
            if draft.rules.is_empty() {
                draft.account.clone_from(&self.account);
            }
            draft.rules = Arc::new(rules);
        }
    }

    /// Takes a page of a level, or why it did not come.
    pub(super) fn take_listing(&mut self, node: NodeId, outcome: Result<Reply, Fault>) {
        match outcome {
            Ok(Reply::Containers(page)) => self.tree.take_containers(&page),
            Ok(Reply::Entries(page)) => self.tree.take_entries(node, &page),
            Ok(Reply::History(page)) => self.tree.take_history(node, &page),
            Ok(other) => self.tree.fail(node, other.unexpected()),
            Err(fault) => self.tree.fail(node, fault),
        }
    }

    pub(super) fn act_on_rows(&mut self, shared: &mut Shared, action: &Action) -> Vec<Effect> {
        let count = std::mem::take(&mut self.count);
        let node = self.tree.cursor();
        let open = self.tree.is_open(node);
        match *action {
            Action::Digit(digit) => self.count = (count * 10 + usize::from(digit)).min(MOST),
            Action::Move(motion) => self.go(motion, count),
            Action::Ascend => self.ascend(count.max(1)),
            Action::Activate => self.activate(),
            Action::Reload => self.tree.reload(self.level()),
            Action::Retry => return self.retry(shared),
            Action::CancelRequest => return self.stop(shared),
            Action::Sort => self.sort(shared),
            Action::Details => self.show_more(shared),
            Action::Filter => self.open_filter(),
            Action::Panel => self.open_rules(),
            Action::TypeRule if !shared.refuses() => self.type_rule(shared),
            Action::Toggle | Action::Snapshots | Action::Gather | Action::Undo | Action::Redo => {
                return self.change_selection(shared, action);
            }
            _ => {}
        }
        if open && !self.tree.is_open(node) { self.cancel_unchecks_under(shared, node) } else { Vec::new() }
    }

    /// Shows details: beside or below the rows at first, then, or without room for that, on a page.
    fn show_more(&mut self, shared: &Shared) {
        let shown = shows_details(shared.size, self.shows_details());
        if shown || !shows_details(shared.size, true) {
            self.mode = BlobsMode::Details;
        } else {
            self.details = true;
        }
    }

    /// Keys of the page with all details. `app::update` scrolls it.
    pub(super) fn act_on_details(&mut self, shared: &mut Shared, action: &Action) -> Vec<Effect> {
        match action {
            Action::Details => (self.mode, self.details) = (BlobsMode::Rows, false),
            Action::Retry => {
                self.mode = BlobsMode::Rows;
                return self.retry(shared);
            }
            Action::CancelRequest => return self.stop(shared),
            _ => {}
        }
        Vec::new()
    }

    fn go(&mut self, motion: Motion, count: usize) {
        let times = count.max(1);
        let (by, repeat) = match motion {
            Motion::Up => (Move::Up(times), 1),
            Motion::Down => (Move::Down(times), 1),
            Motion::Left => (Move::Left, times),
            Motion::Right => (Move::Right, times),
            Motion::PageUp => (Move::PageUp, times),
            Motion::PageDown => (Move::PageDown, times),
            Motion::HalfUp => (Move::HalfUp, times),
            Motion::HalfDown => (Move::HalfDown, times),
            Motion::First => (Move::Home, 1),
            Motion::Last => (Move::End, 1),
        };
        for _ in 0..repeat.min(1_000) {
            self.tree.go(by);
        }
    }

    /// Moves the cursor up the path by some parts. Closes no folder.
    fn ascend(&mut self, parts: usize) {
        let from = usize::from(!self.tree.on_status());
        let path: Vec<NodeId> = self.tree.breadcrumb().into_iter().rev().map(|(id, _)| id).collect();
        let target = path.get((from + parts - 1).min(path.len().saturating_sub(1)));
        self.tree.jump(target.copied().unwrap_or(NodeId::ACCOUNT));
        self.tree.request_due();
    }

    /// Enter: opens or closes a node; on a failure, lists again; among filtered rows, shows the row among its siblings.
    fn activate(&mut self) {
        let node = self.tree.cursor();
        if self.tree.filter().is_some() {
            self.tree.keep_filtered();
        } else if self.tree.on_status() {
            self.tree.retry(node);
        } else if self.tree.is_open(node) {
            self.tree.close(node);
        } else {
            self.tree.open(node);
        }
    }

    /// The failure on the line of the cursor.
    pub fn failed_here(&self) -> Option<&Fault> {
        match self.tree.load_state(self.tree.cursor()) {
            LoadState::Failed { fault, .. } if self.tree.on_status() => Some(fault),
            _ => None,
        }
    }

    /// The nodes in view whose listing failed.
    pub(super) fn failed_levels(&self) -> Vec<NodeId> {
        let failed = |item: &RowItem| {
            matches!(item, RowItem::Status(ListingStatus::Failed { .. } | ListingStatus::Forbidden { .. }))
        };
        self.tree.rows().into_iter().filter(|row| failed(&row.item)).map(|row| row.id).collect()
    }

    pub(super) fn retry(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if shared.blob_endpoint().is_none() && shared.direct_account().is_some() {
            self.unopened = None;
            return self.open_direct_account(shared);
        }
        if shared.blob_endpoint().is_none() {
            let id = shared.account_id().map(str::to_owned).filter(|_| !shared.requests.is_busy(Slot::Account));
            return id.map(|id| shared.start(Slot::Account, Call::Account(id))).into_iter().collect();
        }
        for node in self.failed_levels() {
            self.tree.retry(node);
        }
        Vec::new()
    }

    /// Stops the listing of siblings, or of the node around the cursor. Keeps the rows that came.
    pub(super) fn stop(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let siblings = self.sibling_levels();
        let mut effects = self.cancel_unchecks(shared, |_| true);
        let nodes = if effects.is_empty() && siblings.is_empty() { vec![self.level()] } else { siblings };
        let slots = nodes.into_iter().filter(|node| self.tree.load_state(*node).is_busy()).collect::<Vec<_>>();
        for node in &slots {
            let what = match self.tree.kind(*node) {
                NodeKind::Account => "list the containers".to_owned(),
                _ => format!("list {}", self.tree.key(*node).path),
            };
            self.tree.fail(*node, Fault::cancelled(what));
        }
        effects.extend(slots.into_iter().filter_map(|node| shared.requests.cancel(Slot::Listing(node.number()))));
        effects
    }

    fn sort(&mut self, shared: &mut Shared) {
        let by = match self.tree.sort().by {
            SortBy::Name => SortBy::Size,
            SortBy::Size => SortBy::Time,
            SortBy::Time => SortBy::Name,
        };
        self.tree.set_sort(Sort { by, reversed: false });
        shared.say(match by {
            SortBy::Name => "Sorted by name, as the service lists them.",
            SortBy::Size => "Loaded rows sorted by size, largest first.",
            SortBy::Time => "Loaded rows sorted by date, newest first.",
        });
        self.tree.request_due();
    }
}

fn call(endpoint: &str, page: PageRequest) -> Call {
    let (endpoint, marker) = (endpoint.to_owned(), page.marker);
    match page.listing {
        Listing::Containers => Call::Containers { endpoint, marker },
        Listing::Names { container, prefix } => Call::Entries { endpoint, container, prefix, deleted: true, marker },
        Listing::History { container, name: blob } => Call::History { endpoint, container, blob, marker },
    }
}
