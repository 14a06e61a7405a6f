//! The selection: sorted sets of rules, their changes and undo. Nothing here needs a listing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Rule;

/// How many changes can be taken back; older ones are forgotten.
const UNDO_LIMIT: usize = 500;

/// The rules that one change removes and adds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub(super) removed: Vec<Rule>,
    pub(super) added: Vec<Rule>,
}

/// The rules of an export. Equal when the rules are; the undo history does not count. Saved as its rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Rule>", into = "Vec<Rule>")]
pub struct Selection {
    pub(super) prefixes: BTreeSet<String>,
    /// Path, and whether the blob is selected with its snapshots.
    pub(super) blobs: BTreeMap<String, bool>,
    /// Path and time.
    pub(super) snapshots: BTreeSet<(String, String)>,
    undo_stack: Vec<Change>,
    redo_stack: Vec<Change>,
    revision: u64,
}

impl PartialEq for Selection {
    fn eq(&self, other: &Self) -> bool {
        self.prefixes == other.prefixes && self.blobs == other.blobs && self.snapshots == other.snapshots
    }
}

impl Eq for Selection {}

impl From<Vec<Rule>> for Selection {
    fn from(rules: Vec<Rule>) -> Self {
        Self::from_rules(rules)
    }
}

impl From<Selection> for Vec<Rule> {
    fn from(selection: Selection) -> Self {
        selection.rules()
    }
}

impl Selection {
    /// A selection of these rules, with no history. Repeated rules become one; rules inside others are kept, for the panel
    /// to mark. Of two rules for the same blob, with and without snapshots, the one with snapshots is kept.
    pub fn from_rules(rules: impl IntoIterator<Item = Rule>) -> Self {
        let mut selection = Self::default();
        for rule in rules {
            selection.put(rule);
        }
        selection
    }

    /// The rules in the order the service gets them: prefixes, blobs, snapshots, each by name.
    pub fn rules(&self) -> Vec<Rule> {
        let prefixes = self.prefixes.iter().cloned().map(Rule::Prefix);
        let blobs = self.blobs.iter().map(|(path, snapshots)| Rule::Blob { path: path.clone(), snapshots: *snapshots });
        let singles = self.snapshots.iter();
        let singles = singles.map(|(path, time)| Rule::Snapshot { path: path.clone(), time: time.clone() });
        prefixes.chain(blobs).chain(singles).collect()
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.prefixes.len() + self.blobs.len() + self.snapshots.len()
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.prefixes.is_empty() && self.blobs.is_empty() && self.snapshots.is_empty()
    }

    /// Whether this very rule is in the selection.
    pub fn contains(&self, rule: &Rule) -> bool {
        match rule {
            Rule::Prefix(prefix) => self.prefixes.contains(prefix),
            Rule::Blob { path, snapshots } => self.blobs.get(path) == Some(snapshots),
            Rule::Snapshot { path, time } => self.snapshots.contains(&(path.clone(), time.clone())),
        }
    }

    /// The rules inside a prefix: it selects all their blobs. The rule of the prefix itself is left out.
    pub fn rules_inside(&self, prefix: &str) -> Vec<Rule> {
        let path = prefix.strip_prefix('/').unwrap_or(prefix);
        let under = self.prefixes.range(prefix.to_owned()..).take_while(|own| own.starts_with(prefix));
        let mut rules: Vec<Rule> = under.filter(|own| *own != prefix).cloned().map(Rule::Prefix).collect();
        let blobs = self.blobs.range(path.to_owned()..).take_while(|(own, _)| own.starts_with(path));
        rules.extend(blobs.map(|(path, snapshots)| Rule::Blob { path: path.clone(), snapshots: *snapshots }));
        rules.extend(self.snapshot_rules(path, |own| own.starts_with(path)));
        rules
    }

    /// The snapshot rules from `path` on, up to the first path for which `belongs` is false.
    pub(super) fn snapshot_rules(&self, path: &str, belongs: impl Fn(&str) -> bool) -> Vec<Rule> {
        let first = (path.to_owned(), String::new());
        let found = self.snapshots.range(first..).take_while(|(own, _)| belongs(own));
        found.map(|(path, time)| Rule::Snapshot { path: path.clone(), time: time.clone() }).collect()
    }

    /// Adds one rule as it is, for example a typed one. Returns whether that changed anything. A rule for the same blob
    /// with the other choice about snapshots is replaced.
    pub fn insert(&mut self, rule: Rule) -> bool {
        self.change(Vec::new(), vec![rule])
    }

    /// Removes one rule. Returns whether it was there.
    pub fn remove(&mut self, rule: &Rule) -> bool {
        self.change(vec![rule.clone()], Vec::new())
    }

    /// Removes every rule. Returns whether there was one.
    pub fn clear(&mut self) -> bool {
        self.change(self.rules(), Vec::new())
    }

    /// Replaces all rules, as one step of undo, for example by a list read from a file.
    pub fn replace(&mut self, rules: impl IntoIterator<Item = Rule>) -> bool {
        self.change(self.rules(), rules.into_iter().collect())
    }

    /// Makes a change that was found with these rules, as one step of undo. Returns whether it changed anything.
    pub fn make(&mut self, change: Change) -> bool {
        self.change(change.removed, change.added)
    }

    /// A number that is different after every change, undo and redo included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes back the last change, however many rules it touched. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(change) = self.undo_stack.pop() else { return false };
        self.apply(&change.added, &change.removed);
        self.redo_stack.push(change);
        true
    }

    /// Makes the change again that undo took back last. Returns whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(change) = self.redo_stack.pop() else { return false };
        self.apply(&change.removed, &change.added);
        self.undo_stack.push(change);
        true
    }

    /// Removes and adds rules as one undoable change, keeping in the history only what really changed. A blob has one rule:
    /// an added one replaces the other choice about its snapshots, and of two added ones the one with snapshots counts.
    pub(super) fn change(&mut self, removed: Vec<Rule>, added: Vec<Rule>) -> bool {
        let mut added_set: BTreeSet<Rule> = added.into_iter().collect();
        let others: Vec<Rule> = added_set.iter().filter_map(other_choice).collect();
        for other in others.iter().filter(|other| !other.needs_list_file()) {
            if added_set.contains(other) {
                added_set.retain(|rule| other_choice(rule).as_ref() != Some(other));
            }
        }
        let removed = removed.into_iter().chain(others.into_iter().filter(|other| !added_set.contains(other)));
        let removed_set: BTreeSet<Rule> = removed.filter(|rule| self.contains(rule)).collect();
        let removed: Vec<Rule> = removed_set.difference(&added_set).cloned().collect();
        let added: Vec<Rule> = added_set.into_iter().filter(|rule| !self.contains(rule)).collect();
        if removed.is_empty() && added.is_empty() {
            return false;
        }
        self.apply(&removed, &added);
        self.undo_stack.push(Change { removed, added });
        if self.undo_stack.len() > UNDO_LIMIT {
            self.undo_stack.remove(0);
        }
        self.redo_stack.clear();
        true
    }

    fn apply(&mut self, removed: &[Rule], added: &[Rule]) {
        self.revision += 1;
        for rule in removed {
            self.drop_rule(rule);
        }
        for rule in added {
            self.put(rule.clone());
        }
    }

    fn put(&mut self, rule: Rule) {
        match rule {
            Rule::Prefix(prefix) => {
                self.prefixes.insert(prefix);
            }
            Rule::Blob { path, snapshots } => *self.blobs.entry(path).or_default() |= snapshots,
            Rule::Snapshot { path, time } => {
                self.snapshots.insert((path, time));
            }
        }
    }

    fn drop_rule(&mut self, rule: &Rule) {
        match rule {
            Rule::Prefix(prefix) => {
                self.prefixes.remove(prefix);
            }
            Rule::Blob { path, .. } => {
                self.blobs.remove(path);
            }
            Rule::Snapshot { path, time } => {
                self.snapshots.remove(&(path.clone(), time.clone()));
            }
        }
    }
}

/// The rule for the same blob with the other choice about its snapshots.
fn other_choice(rule: &Rule) -> Option<Rule> {
    match rule {
        Rule::Blob { path, snapshots } => Some(Rule::Blob { path: path.clone(), snapshots: !snapshots }),
        Rule::Prefix(_) | Rule::Snapshot { .. } => None,
    }
}
