//! Taking rows out of what a rule further up selects: lists the levels concerned to the end, then has the rules found that leave
//! exactly the siblings. One row after the other, so that each can be taken back by itself; finding the rules is a call like any
//! other, so that keys work meanwhile and it can be given up.

use std::sync::Arc;

use crate::azure::fault::Fault;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::select::{Check, ListingKey, Target, Uncheck};
use crate::tree::{LoadState, NodeId, Tree};
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::state::{BlobsStep, PendingUncheck};
use crate::wizard::steps::blobs::summary::many;

/// The node of a level, or the one whose listing will show it; `None` when it is not there any more.
fn way_to(tree: &Tree, level: &ListingKey) -> Option<NodeId> {
    if let Some(node) = tree.listed_node(level) {
        return Some(node);
    }
    let up = above(level)?;
    if tree.complete_names(&up).is_some() { None } else { way_to(tree, &up) }
}

/// The level that shows the row under which this one stands.
fn above(level: &ListingKey) -> Option<ListingKey> {
    let text = match level {
        ListingKey::Names(text) => text.strip_suffix('/')?.to_owned(),
        ListingKey::Snapshots(path) => format!("/{path}"),
    };
    text.rfind('/').and_then(|slash| text.get(..=slash)).map(|up| ListingKey::Names(up.to_owned()))
}

impl BlobsStep {
    /// The row that is being taken out.
    pub fn carving(&self) -> Option<&PendingUncheck> {
        self.carvings.front()
    }

    /// Whether the row waits to be taken out.
    pub fn is_carved(&self, target: &Target) -> bool {
        self.carvings.iter().any(|carving| carving.target == *target)
    }

    /// How many siblings of the row that is being taken out are listed so far; `None` once they all are.
    pub fn siblings_so_far(&self) -> Option<usize> {
        self.carving().filter(|carving| carving.asked.is_none())?;
        self.siblings_listed().into_iter().map(|node| self.tree.loaded_children(node)).reduce(|one, two| one + two)
    }

    /// Takes a row out, after those that wait already; one that waits itself stays checked.
    pub(super) fn take_out(&mut self, shared: &mut Shared, target: Target, keeps_blob: bool) -> Vec<Effect> {
        if self.is_carved(&target) {
            return self.leave_checked(shared, |other| *other == target);
        }
        self.carvings.push_back(PendingUncheck { target, keeps_blob, asked: None, begun: false });
        Vec::new()
    }

    /// Goes on with the rows that wait to be taken out: asks for siblings that are missing, else for the rules.
    pub(super) fn go_on_carving(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(mut carving) = self.carvings.pop_front() {
            let asked = shared.requests.is_busy(Slot::Uncheck);
            if asked && carving.asked == Some(self.selection.revision()) {
                self.carvings.push_front(carving);
                break;
            }
            // The selection has changed since: what is found for the old one is of no use.
            carving.asked = None;
            effects.extend(shared.requests.cancel(Slot::Uncheck));
            match self.next_for(&carving) {
                Ok(work) => {
                    if let Some(work) = work {
                        carving.asked = Some(self.selection.revision());
                        effects.push(shared.start(Slot::Uncheck, Call::Uncheck(Arc::new(work))));
                    } else if !carving.begun {
                        shared.say("Listing its siblings first; Ctrl-X stops that.");
                    }
                    carving.begun = true;
                    self.carvings.push_front(carving);
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

    /// The work for a row, or `None` while it waits for listings.
    ///
    /// # Errors
    /// It cannot be taken out, and why; or nothing above it selects it any more.
    fn next_for(&mut self, carving: &PendingUncheck) -> Result<Option<Uncheck>, Option<String>> {
        if self.selection.check(&carving.target) != Check::Inherited {
            return Err(None);
        }
        let levels = self.selection.needed_listings(std::slice::from_ref(&carving.target));
        let missing: Vec<Option<NodeId>> = levels
            .iter()
            .filter(|level| self.tree.complete_names(level).is_none())
            .map(|level| way_to(&self.tree, level))
            .collect();
        for node in &missing {
            let Some(node) = *node else {
                return Err(Some("Not unchecked: a folder on the way is not there any more. Reload with r.".into()));
            };
            if !carving.begun {
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
            (level, names.into_iter().collect())
        };
        Ok(Some(Uncheck {
            rules: Arc::new(self.selection.rules()),
            target: carving.target.clone(),
            keeps_blob: carving.keeps_blob,
            listings: levels.into_iter().map(names).collect(),
        }))
    }

    /// Takes the rules that were found, if they are for the selection as it is.
    pub(super) fn take_unchecked(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) {
        let fits = self.carvings.front().is_some_and(|carving| carving.asked == Some(self.selection.revision()));
        if !fits {
            return;
        }
        let carving = self.carvings.pop_front();
        match (outcome, carving) {
            (Ok(Reply::Unchecked(change)), Some(carving)) => {
                let before = self.selection.len();
                self.selection.make(change);
                let rules = (self.selection.len() + 1).saturating_sub(before);
                let what = if carving.keeps_blob { "Snapshots left out" } else { "Unchecked" };
                shared.say(format!("{what}: {} for the rest; p shows, u takes back.", many(rules, "rule")));
            }
            (Err(fault), _) => shared.warn(format!("Not unchecked: {fault}")),
            _ => {}
        }
    }

    /// Gives up those of the rows that wait to be taken out.
    pub(super) fn leave_checked(&mut self, shared: &mut Shared, which: impl Fn(&Target) -> bool) -> Vec<Effect> {
        let first = self.carvings.front().is_some_and(|carving| which(&carving.target));
        let before = self.carvings.len();
        self.carvings.retain(|carving| !which(&carving.target));
        if self.carvings.len() < before {
            shared.say("Stopped; what was checked still is.");
        }
        if !first {
            return Vec::new();
        }
        self.tree.load_no_further();
        shared.requests.cancel(Slot::Uncheck).into_iter().collect()
    }

    /// Gives up the rows under a node that was closed.
    pub(super) fn leave_checked_under(&mut self, shared: &mut Shared, node: NodeId) -> Vec<Effect> {
        let closed = self.tree.key(node).target();
        let text = closed.text();
        self.leave_checked(shared, |target| match closed {
            Target::Blob { .. } | Target::Snapshot { .. } => target.text() == text && *target != closed,
            _ => target.text().starts_with(&text) && *target != closed,
        })
    }

    /// The nodes whose listings the first row waits for.
    pub(super) fn siblings_listed(&self) -> Vec<NodeId> {
        let Some(carving) = self.carving() else { return Vec::new() };
        let levels = self.selection.needed_listings(std::slice::from_ref(&carving.target));
        let missing = levels.iter().filter(|level| self.tree.complete_names(level).is_none());
        missing.filter_map(|level| way_to(&self.tree, level)).collect()
    }
}
