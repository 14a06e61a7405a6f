//! Taking rows out of what a rule further up selects: lists the levels concerned to the end, then leaves exactly their siblings.

use super::Blobs;
use super::summary::many;
use crate::select::{CarveError, Level, Listings, Target};
use crate::tree::{NodeId, Stage, Tree};
use crate::wizard::desk::Desk;

/// A row to be taken out once the levels around it are listed to the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carving {
    /// The row.
    pub target: Target,
    /// The blob is kept, its snapshots are not.
    pub keeps_blob: bool,
    /// Levels that must be complete.
    pub levels: Vec<Level>,
}

impl Carving {
    /// The nodes whose listings are still to be finished.
    pub fn waits_for(&self, tree: &Tree) -> Vec<NodeId> {
        let missing = self.levels.iter().filter(|level| tree.complete(level).is_none());
        missing.filter_map(|level| way_to(tree, level)).collect()
    }
}

/// The node of a level, or the one whose listing will show it; `None` when it is not there any more.
fn way_to(tree: &Tree, level: &Level) -> Option<NodeId> {
    if let Some(node) = tree.at(level) {
        return Some(node);
    }
    let up = above(level)?;
    if tree.complete(&up).is_some() { None } else { way_to(tree, &up) }
}

/// The level that shows the row under which this one stands.
fn above(level: &Level) -> Option<Level> {
    let text = match level {
        Level::Names(text) => text.strip_suffix('/')?.to_owned(),
        Level::Snapshots(path) => format!("/{path}"),
    };
    text.rfind('/').and_then(|slash| text.get(..=slash)).map(|up| Level::Names(up.to_owned()))
}

impl Blobs {
    /// Goes on with a row that waits to be taken out: asks for what is missing, or takes it out.
    pub(super) fn go_on_carving(&mut self, desk: &mut Desk) {
        let Some(carving) = self.carving.take() else { return };
        let missing: Vec<Option<NodeId>> = carving
            .levels
            .iter()
            .filter(|level| self.tree.complete(level).is_none())
            .map(|level| way_to(&self.tree, level))
            .collect();
        if missing.is_empty() {
            return self.carve(desk, carving);
        }
        for node in missing {
            let Some(node) = node else {
                return desk.warn("Not unchecked: a folder on the way is not there any more. Reload with r.");
            };
            if let Stage::Failed { fault, .. } = self.tree.stage(node) {
                return desk.warn(format!("Not unchecked: its siblings could not be listed. {fault}"));
            }
            let wants = self.tree.load_to_end(node);
            self.parked.extend(wants);
        }
        self.carving = Some(carving);
    }

    fn carve(&mut self, desk: &mut Desk, mut carving: Carving) {
        let mut listings = Listings::default();
        for level in &carving.levels {
            if let Some(names) = self.tree.complete(level) {
                listings.add(level.clone(), names);
            }
        }
        let before = self.selection.len();
        let never = || false;
        let result = if carving.keeps_blob {
            self.selection.without_snapshots(&carving.target, &listings, &never)
        } else {
            self.selection.uncheck(std::slice::from_ref(&carving.target), &listings, &never)
        };
        match result {
            Ok(_) => {
                let rules = (self.selection.len() + 1).saturating_sub(before);
                desk.say(format!("{} now stand for its siblings; p shows them, u takes it back.", many(rules, "rule")));
            }
            Err(CarveError::Missing(level)) if !carving.levels.contains(&level) => {
                carving.levels.push(level);
                self.carving = Some(carving);
                self.go_on_carving(desk);
            }
            Err(why) => desk.warn(format!("Not unchecked: {why}.")),
        }
    }
}
