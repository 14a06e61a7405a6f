//! The blobs step: browsing the account and saying what goes on the drives. Its state and what its keys do; the tree itself is
//! in `tree`, the rules in `select`.
//!
//! `browse` asks for listings and keeps the place, `choose` checks rows, `carving` takes rows out of checked folders, `rules`,
//! `search` and `typing` are what lies over the tree, `details` tells about the row under the cursor.

mod browse;
mod carving;
mod choose;
mod details;
mod foreign;
mod layer;
pub mod layout;
mod lookup;
mod mouse;
mod reach;
mod resting;
mod rules;
mod search;
pub mod summary;
mod typing;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

pub use carving::Carving;
pub use details::{Details, Remark};
pub use foreign::ForeignServer;
pub use layer::{Found, Layer};
pub use lookup::{Asks, Hit, Looking, Lookup};
pub use resting::{Resting, Told};
pub use typing::Typing;

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::rail::Progress;
use crate::app::action::Action;
use crate::app::key::Mouse;
use crate::app::keymap::Context;
use crate::app::protocol::{Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::draft::AccountServer;
use crate::form::Edit;
use crate::select::{Rule, Selection, compile};
use crate::tree::{NodeId, NodeKey, NodeKind, Tree};

/// The state of the step.
#[derive(Debug)]
pub struct Blobs {
    /// The account as far as it is listed.
    pub tree: Tree,
    /// What is checked, with its history.
    pub selection: Selection,
    /// What lies over the tree.
    pub layer: Layer,
    /// Details are wanted where they do not stand beside the tree anyway.
    pub details: bool,
    /// Why the given account could not be opened.
    pub unopened: Option<Fault>,
    /// The server the person did not let the sign-in be used at.
    refused: Option<AccountServer>,
    /// The blob the cursor rests on, and what the service told of it.
    pub resting: Option<Resting>,
    /// Rows to be taken out of a checked folder, one after the other.
    carvings: VecDeque<Carving>,
    /// The account the tree is of.
    account: Option<String>,
    /// How many blobs a rule matches, where that is certain.
    counted: BTreeMap<Rule, u64>,
    /// A count typed before a movement.
    count: usize,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let selection = &desk.draft.selection;
    let Some((account, _)) = desk.blob_account() else { return Progress::locked("choose a storage account first") };
    if desk.foreign_server().is_some() && !desk.is_ordered() {
        let needs = Some("allow the server of the blobs, or choose another account".into());
        return Progress { summary: summary::short(&selection.rules), needs, ..Progress::default() };
    }
    if selection.rules.is_empty() {
        return Progress { needs: Some("check what to export".into()), ..Progress::default() };
    }
    let other = selection.account.as_deref() != Some(account) && !desk.draft.has_job();
    Progress {
        answered: true,
        summary: summary::short(&selection.rules),
        stale: other.then(|| "account changed, check the blobs".to_owned()),
        ..Progress::default()
    }
}

/// Why the selection stays as it is once a job was made of it, or may have been.
pub fn settled(desk: &Desk) -> String {
    let created = "The job was created with this selection; it can no longer be changed.";
    desk.may_have_job().unwrap_or_else(|| created.to_owned())
}

impl Blobs {
    /// With the rules of the draft; nothing is listed yet.
    pub fn new(desk: &Desk) -> Self {
        let name = desk.blob_account().map_or("", |(_, name)| name);
        Self {
            tree: Tree::new(name),
            selection: Selection::from_rules(desk.draft.selection.rules.iter().cloned()),
            layer: Layer::Rows,
            details: false,
            unopened: None,
            refused: None,
            resting: None,
            carvings: VecDeque::new(),
            account: None,
            counted: BTreeMap::new(),
            count: 0,
        }
    }

    /// Whether the tree has begun, that is, the account's endpoint was known once.
    pub fn has_begun(&self) -> bool {
        self.account.is_some()
    }

    /// Whether details are to be seen: wanted, or the cursor is on a line that tells of a failure.
    pub fn shows_details(&self) -> bool {
        self.details || self.failed_here().is_some()
    }

    /// A count typed before a movement; 0 when none is.
    pub fn typed_count(&self) -> usize {
        self.count
    }

    /// The open level around the cursor: the node itself when it is open or the cursor is on its last line, else its parent.
    pub fn level(&self) -> NodeId {
        let node = self.tree.cursor();
        if self.tree.on_status() || (self.tree.is_open(node) && self.tree.kind(node) != NodeKind::Blob) {
            return node;
        }
        self.tree.breadcrumb().iter().rev().nth(1).map_or(NodeId::ACCOUNT, |(id, _)| *id)
    }

    /// The nearest container or folder at or above the cursor.
    pub(super) fn level_key(&self) -> NodeKey {
        let older = |kind| matches!(kind, NodeKind::Snapshot | NodeKind::Version);
        let prefixes = |id: &&(NodeId, &str)| self.tree.kind(id.0) != NodeKind::Blob && !older(self.tree.kind(id.0));
        self.tree.breadcrumb().iter().rev().find(prefixes).map_or_else(NodeKey::account, |(id, _)| self.tree.key(*id))
    }

    fn rows_contexts(&self, desk: &Desk) -> Vec<Context> {
        let unread = self.is_unread(desk);
        let failed = unread || !self.failed_levels().is_empty();
        let busy = !self.carvings.is_empty() || desk.requests.is_busy(Slot::Listing(self.level().number()));
        let on_blob = !self.tree.on_status() && self.tree.kind(self.tree.cursor()) == NodeKind::Blob;
        let contexts = [
            (self.failed_here().is_some(), Context::FailedRow),
            (failed, Context::Failed),
            (busy, Context::Busy),
            (self.offer().is_some(), Context::Gatherable),
            (on_blob, Context::BlobRow),
            (true, Context::Tree),
        ];
        contexts.into_iter().filter(|(counts, _)| *counts).map(|(_, context)| context).collect()
    }
}

impl Conduct for Blobs {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        if desk.is_ordered() {
            return Vec::new();
        }
        let mut effects = self.open_given(desk);
        effects.extend(self.begin(desk));
        effects.extend(self.settle(desk));
        effects
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        if desk.is_ordered() {
            return vec![Context::Settled, Context::Onward, Context::Page];
        }
        if let Some(foreign) = self.foreign(desk) {
            return Self::foreign_contexts(&foreign);
        }
        let asking = desk.requests.is_busy(Slot::Count);
        let busy = (asking || !self.carvings.is_empty()).then_some(Context::Busy);
        let asking = asking.then_some(Context::Busy);
        match &self.layer {
            Layer::Rows => self.rows_contexts(desk),
            Layer::Details => {
                let failed = self.failed_here().map(|_| Context::Failed);
                [Context::Details].into_iter().chain(failed).chain(busy).chain([Context::Page]).collect()
            }
            Layer::Filter(_) => vec![Context::Filter],
            Layer::Found(found) => {
                let failed = matches!(found.lookup.stage, Looking::Failed(_)).then_some(Context::Failed);
                failed.into_iter().chain(busy).chain([Context::Found]).collect()
            }
            Layer::Rules { .. } => vec![Context::Rules],
            Layer::Typing(typing) => {
                let failed = typing.lookup.as_ref().is_some_and(|lookup| matches!(lookup.stage, Looking::Failed(_)));
                let failed = failed.then_some(Context::Failed);
                failed.into_iter().chain(asking).chain([Context::TypedRule, Context::Field]).collect()
            }
        }
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        if desk.is_ordered() {
            match action {
                Action::Activate => return Turn::next(),
                Action::Toggle => desk.warn(settled(desk)),
                _ => {}
            }
            return Turn::stay();
        }
        if let Some(foreign) = self.foreign(desk) {
            return self.act_on_foreign(desk, foreign, &action).into();
        }
        if !self.has_begun() {
            // There are no rows yet; only the account can be asked for again.
            return if action == Action::Retry { self.retry(desk).into() } else { Turn::stay() };
        }
        let mut effects = match &self.layer {
            Layer::Rows => self.act_on_rows(desk, &action),
            Layer::Details => self.act_on_details(desk, &action),
            Layer::Filter(_) => self.act_on_filter(desk, action),
            Layer::Found(_) => self.act_on_found(desk, action),
            Layer::Rules { .. } => self.act_on_rules(desk, &action),
            Layer::Typing(_) => self.act_on_typing(desk, action),
        };
        effects.extend(self.settle(desk));
        effects.into()
    }

    fn done(&mut self, desk: &mut Desk, slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        let mut effects = match slot {
            Slot::Listing(number) => {
                let first = outcome.is_ok() && desk.access().is_none();
                self.take_listing(NodeId::numbered(number), outcome);
                if first { Self::ask_access(desk) } else { Vec::new() }
            }
            Slot::Given => self.take_given(desk, outcome),
            Slot::Uncheck => {
                self.take_unchecked(desk, outcome);
                Vec::new()
            }
            Slot::Access => {
                Self::take_access(desk, &outcome);
                Vec::new()
            }
            Slot::Details => self.take_told(desk, outcome),
            _ => self.take_lookup(desk, outcome),
        };
        effects.extend(self.settle(desk));
        effects.into()
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        if desk.is_ordered() {
            return Ok(Vec::new());
        }
        if desk.foreign_server().is_some() {
            return Err("The server of the blobs is not allowed. Ctrl-T asks again; Alt-2 leads to the account.".into());
        }
        if self.selection.is_empty() {
            return Err("Check what to export first: Space checks the row under the cursor.".into());
        }
        if !self.carvings.is_empty() {
            return Err("A row is still being unchecked; Ctrl-X stops that and leaves it checked.".into());
        }
        compile(&desk.draft.selection.rules).map_err(|why| why.to_string())?;
        desk.draft.selection.account = desk.blob_account().map(|(id, _)| id.to_owned());
        Ok(Vec::new())
    }

    fn is_typing(&self, desk: &Desk) -> bool {
        matches!(self.layer, Layer::Filter(_) | Layer::Typing(_)) && self.foreign(desk).is_none()
    }

    fn page(&self, desk: &Desk) -> usize {
        match self.foreign(desk).filter(|_| !desk.is_ordered()) {
            None if matches!(self.layer, Layer::Details) => 3,
            None => 0,
            Some(ForeignServer::Asked(_)) => 1,
            Some(ForeignServer::Refused(_)) => 2,
        }
    }

    fn paste(&mut self, desk: &mut Desk, text: &str) -> Vec<Effect> {
        if !self.is_typing(desk) {
            return Vec::new();
        }
        let edit = Edit::Paste(text.to_owned());
        let mut effects = match &self.layer {
            Layer::Filter(_) => self.edit_filter(&edit),
            Layer::Typing(_) => self.edit_rule(desk, &edit),
            _ => Vec::new(),
        };
        effects.extend(self.settle(desk));
        effects
    }

    fn close(&mut self, desk: &mut Desk) -> bool {
        if self.foreign(desk).is_some() {
            return false;
        }
        match self.layer {
            Layer::Rows if self.tree.filter().is_none() => return false,
            Layer::Rows | Layer::Filter(_) => {
                self.tree.clear_filter();
            }
            Layer::Details | Layer::Found(_) | Layer::Rules { .. } | Layer::Typing(_) => {}
        }
        self.layer = Layer::Rows;
        self.remember(desk);
        true
    }

    fn tick(&mut self, desk: &mut Desk) -> Vec<Effect> {
        if !self.has_begun() || desk.is_ordered() {
            return Vec::new();
        }
        let mut effects = self.look(desk, false);
        effects.extend(self.settle(desk));
        effects.extend(self.ask_told(desk));
        effects
    }

    fn point(&mut self, desk: &mut Desk, mouse: Mouse) -> Vec<Effect> {
        if desk.is_ordered() || !self.has_begun() || self.foreign(desk).is_some() {
            return Vec::new();
        }
        let mut effects = self.point_at(desk, mouse);
        effects.extend(self.settle(desk));
        effects
    }

    fn away(&mut self, desk: &mut Desk) -> Vec<Effect> {
        if !self.has_begun() || desk.is_ordered() {
            return Vec::new();
        }
        let effects = if self.carvings.is_empty() { Vec::new() } else { self.stop(desk) };
        desk.catalogue.unmatched = self.unmatched();
        effects
    }

    fn resized(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.settle(desk)
    }

    fn wake_in(&self, desk: &Desk) -> Option<Duration> {
        let ready = desk.blob_endpoint().is_some();
        let sends = (ready && self.tree.has_page_requests()).then_some(Duration::ZERO);
        let asks = match &self.layer {
            Layer::Typing(typing) if ready => typing.rest(desk.now),
            _ => None,
        };
        sends.into_iter().chain(asks).chain(self.rest_left(desk)).min()
    }
}
