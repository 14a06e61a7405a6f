//! Unchecks a row that a rule further up selects, e.g. one blob of a checked folder. The rule has to be replaced by rules for all
//! siblings, so their names are listed to the end first. Then a call finds the rules; keys work meanwhile, and Ctrl-X cancels it.
//! Rows are unchecked one after the other, so that undo takes each back by itself.

use std::sync::Arc;

use crate::azure::fault::Fault;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::select::{Check, ListingKey, Target, Uncheck};
use crate::tree::{LoadState, NodeId, Tree};
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::state::{BlobsStep, PendingUncheck};
use crate::wizard::steps::blobs::summary::many;

/// The node of a level, or the node whose listing will show it; `None` if it no longer exists.
fn way_to(tree: &Tree, level: &ListingKey) -> Option<NodeId> {
    if let Some(node) = tree.listed_node(level) {
        return Some(node);
    }
    let up = above(level)?;
    if tree.is_complete(&up) { None } else { way_to(tree, &up) }
}

/// The level that has the parent of this one as a row.
fn above(level: &ListingKey) -> Option<ListingKey> {
    let text = match level {
        ListingKey::Names(text) => text.strip_suffix('/')?.to_owned(),
        ListingKey::Snapshots(path) => format!("/{path}"),
    };
    text.rfind('/').and_then(|slash| text.get(..=slash)).map(|up| ListingKey::Names(up.to_owned()))
}

impl BlobsStep {
    /// The row that is being unchecked.
    pub fn pending_uncheck(&self) -> Option<&PendingUncheck> {
        self.pending_unchecks.front()
    }

    /// Whether the row waits to be unchecked.
    pub fn waits_for_uncheck(&self, target: &Target) -> bool {
        self.pending_unchecks.iter().any(|pending| pending.target == *target)
    }

    /// How many siblings of the row that is being unchecked are listed so far; `None` once all are.
    pub fn siblings_so_far(&self) -> Option<usize> {
        self.pending_uncheck().filter(|pending| pending.asked.is_none())?;
        self.sibling_levels().into_iter().map(|node| self.tree.loaded_children(node)).reduce(|one, two| one + two)
    }

    /// Queues a row to be unchecked. A row that waits already leaves the queue and stays checked.
    pub(super) fn queue_uncheck(&mut self, shared: &mut Shared, target: Target, keeps_blob: bool) -> Vec<Effect> {
        if self.waits_for_uncheck(&target) {
            return self.cancel_unchecks(shared, |other| *other == target);
        }
        self.pending_unchecks.push_back(PendingUncheck { target, keeps_blob, asked: None, begun: false });
        Vec::new()
    }

    /// Continues with the first row of the queue: requests its siblings, or the rules once all siblings are listed.
    pub(super) fn continue_unchecking(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(mut pending) = self.pending_unchecks.pop_front() {
            let asked = shared.requests.is_busy(Slot::Uncheck);
            if asked && pending.asked == Some(self.selection.revision()) {
                self.pending_unchecks.push_front(pending);
                break;
            }
            // The selection has changed since: the rules would be for the old one.
            pending.asked = None;
            effects.extend(shared.requests.cancel(Slot::Uncheck));
            match self.next_for(&pending) {
                Ok(work) => {
                    if let Some(work) = work {
                        pending.asked = Some(self.selection.revision());
                        effects.push(shared.start(Slot::Uncheck, Call::Uncheck(Arc::new(work))));
                    } else if !pending.begun {
                        let stop = shared.key(&Action::CancelRequest);
                        shared.say(format!("Listing its siblings first; {stop} stops that."));
                    }
                    pending.begun = true;
                    self.pending_unchecks.push_front(pending);
                    break;
                }
                Err(why) => {
                    self.tree.load_no_further();
                    if let Some(why) = why {
                        shared.warn(why);
                    }
                }
            }
        }
        effects
    }

    /// The request for a row, or `None` while it waits for listings.
    ///
    /// # Errors
    /// Why the row cannot be unchecked; `None` if no rule above selects it any more.
    fn next_for(&mut self, pending: &PendingUncheck) -> Result<Option<Uncheck>, Option<String>> {
        if self.selection.check(&pending.target) != Check::Inherited {
            return Err(None);
        }
        let levels = self.selection.needed_listings(std::slice::from_ref(&pending.target));
        let missing: Vec<Option<NodeId>> = levels
            .iter()
            .filter(|level| !self.tree.is_complete(level))
            .map(|level| way_to(&self.tree, level))
            .collect();
        for node in &missing {
            let Some(node) = *node else {
                return Err(Some("Not unchecked: a folder on the way is not there any more. Reload with r.".into()));
            };
            if !pending.begun {
                self.tree.retry(node);
            }
            if let LoadState::Failed { fault, .. } = self.tree.load_state(node) {
                return Err(Some(format!("Not unchecked: its siblings could not be listed. {fault}")));
            }
            self.tree.load_to_end(node);
        }
        if !missing.is_empty() {
            return Ok(None);
        }
        let names = |level: ListingKey| {
            let names = self.tree.complete_names(&level).unwrap_or_default();
            (level, names)
        };
        Ok(Some(Uncheck {
            rules: Arc::new(self.selection.rules()),
            target: pending.target.clone(),
            keeps_blob: pending.keeps_blob,
            listings: levels.into_iter().map(names).collect(),
        }))
    }

    /// Takes the rules that were found, if they are for the present selection.
    pub(super) fn take_uncheck_reply(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) {
        let fits =
            self.pending_unchecks.front().is_some_and(|pending| pending.asked == Some(self.selection.revision()));
        if !fits {
            return;
        }
        let pending = self.pending_unchecks.pop_front();
        match (outcome, pending) {
            (Ok(Reply::Unchecked(change)), Some(pending)) => {
                let before = self.selection.len();
                self.selection.make(change);
                let rules = (self.selection.len() + 1).saturating_sub(before);
                let what = if pending.keeps_blob { "Snapshots left out" } else { "Unchecked" };
                let (show, undo) = (shared.keys.name_in(Context::Tree, &Action::Panel), shared.key(&Action::Undo));
                shared.say(format!("{what}: {} for the rest; {show} shows, {undo} takes back.", many(rules, "rule")));
            }
            (Err(fault), _) => shared.warn(format!("Not unchecked: {fault}")),
            _ => {}
        }
    }

    /// Removes rows from the queue; they stay checked.
    pub(super) fn cancel_unchecks(&mut self, shared: &mut Shared, which: impl Fn(&Target) -> bool) -> Vec<Effect> {
        let first = self.pending_unchecks.front().is_some_and(|pending| which(&pending.target));
        let before = self.pending_unchecks.len();
        self.pending_unchecks.retain(|pending| !which(&pending.target));
        if self.pending_unchecks.len() < before {
            shared.say("Stopped; what was checked still is.");
        }
        if !first {
            return Vec::new();
        }
        self.tree.load_no_further();
        shared.requests.cancel(Slot::Uncheck).into_iter().collect()
    }

    /// Removes the rows under a node that was closed from the queue.
    pub(super) fn cancel_unchecks_under(&mut self, shared: &mut Shared, node: NodeId) -> Vec<Effect> {
        let closed = self.tree.key(node).target();
        let text = closed.text();
        self.cancel_unchecks(shared, |target| match closed {
            Target::Blob { .. } | Target::Snapshot { .. } => target.text() == text && *target != closed,
            _ => target.text().starts_with(&text) && *target != closed,
        })
    }

    /// The nodes whose listings the first row of the queue waits for.
    pub(super) fn sibling_levels(&self) -> Vec<NodeId> {
        let Some(pending) = self.pending_uncheck() else { return Vec::new() };
        let levels = self.selection.needed_listings(std::slice::from_ref(&pending.target));
        let missing = levels.iter().filter(|level| !self.tree.is_complete(level));
        missing.filter_map(|level| way_to(&self.tree, level)).collect()
    }
}
