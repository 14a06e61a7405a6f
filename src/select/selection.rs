//! The selection: sorted sets of rules, the check mark of any row, and undo. Nothing here needs a listing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};

use serde::{Deserialize, Serialize};

use super::{Rule, Target};

/// How many changes can be taken back; older ones are forgotten.
const UNDO_LIMIT: usize = 500;

/// The check mark of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Neither the row nor any row below it is selected.
    Off,
    /// Some of what is below it is selected.
    Part,
    /// A rule of its own selects it.
    On,
    /// A rule further up, or a shorter prefix, selects it.
    Inherited,
}

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
    prefixes: BTreeSet<String>,
    blobs: BTreeMap<String, bool>,
    snapshots: BTreeSet<(String, String)>,
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

    /// The check mark of a row, in a few look-ups per level of its path, whatever is loaded.
    pub fn check(&self, target: &Target) -> Check {
        let text = target.text();
        let own = if target.is_prefix() { text.len() } else { usize::MAX };
        match self.covering_prefix(&text) {
            Some(prefix) if prefix.len() < own => Check::Inherited,
            Some(_) => Check::On,
            None => self.check_below(target, &text),
        }
    }

    /// The check mark of a row that no prefix covers.
    fn check_below(&self, target: &Target, text: &str) -> Check {
        let path = text.strip_prefix('/').unwrap_or(text);
        match target {
            Target::Account | Target::Container { .. } | Target::Folder { .. } => {
                if self.any_below(text, path) {
                    Check::Part
                } else {
                    Check::Off
                }
            }
            Target::Blob { .. } if self.blobs.contains_key(path) => Check::On,
            Target::Blob { .. } => {
                let first = (path.to_owned(), String::new());
                let single = self.snapshots.range(first..).next().is_some_and(|(own, _)| own == path);
                if single { Check::Part } else { Check::Off }
            }
            Target::Snapshot { .. } if self.blobs.get(path) == Some(&true) => Check::Inherited,
            Target::Snapshot { time, .. } => {
                if self.snapshots.contains(&(path.to_owned(), time.clone())) {
                    Check::On
                } else {
                    Check::Off
                }
            }
        }
    }

    /// Whether any rule begins with this text.
    fn any_below(&self, text: &str, path: &str) -> bool {
        let first = (path.to_owned(), String::new());
        self.prefixes.range(text.to_owned()..).next().is_some_and(|own| own.starts_with(text))
            || self.blobs.range(path.to_owned()..).next().is_some_and(|(own, _)| own.starts_with(path))
            || self.snapshots.range(first..).next().is_some_and(|(own, _)| own.starts_with(path))
    }

    /// Whether the selected blob comes with its snapshots; `None` when no rule of its own selects it.
    pub fn blob_rule(&self, container: &str, name: &str) -> Option<bool> {
        self.blobs.get(&format!("{container}/{name}")).copied()
    }

    /// The shortest prefix rule that covers a text such as `/container/name`, the text itself included.
    pub fn covering_prefix(&self, text: &str) -> Option<&str> {
        self.covering_prefixes(text).pop()
    }

    /// All prefix rules that cover a text, longest first. Between two of them one look-up is enough, since whatever sorts
    /// between a prefix and the text shares that prefix.
    pub(super) fn covering_prefixes(&self, text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut end = text;
        while !end.is_empty() {
            let Some(rule) = self.prefixes.range::<str, _>((Unbounded, Included(end))).next_back() else { break };
            if end.starts_with(rule.as_str()) {
                found.push(rule.as_str());
                end = shorter(rule, rule.len().saturating_sub(1));
            } else {
                end = shorter(end, end.bytes().zip(rule.bytes()).take_while(|(one, two)| one == two).count());
            }
        }
        found
    }

    /// The rules whose blobs a prefix all selects, without the rule of the prefix itself.
    pub fn rules_inside(&self, prefix: &str) -> Vec<Rule> {
        let path = prefix.strip_prefix('/').unwrap_or(prefix);
        let under = self.prefixes.range(prefix.to_owned()..).take_while(|own| own.starts_with(prefix));
        let mut rules: Vec<Rule> = under.filter(|own| *own != prefix).cloned().map(Rule::Prefix).collect();
        let blobs = self.blobs.range(path.to_owned()..).take_while(|(own, _)| own.starts_with(path));
        rules.extend(blobs.map(|(path, snapshots)| Rule::Blob { path: path.clone(), snapshots: *snapshots }));
        rules.extend(self.snapshot_rules(path, |own| own.starts_with(path)));
        rules
    }

    /// The snapshot rules from `path` on, as long as `belongs`.
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

/// The first `length` bytes of a text, cut to whole characters.
fn shorter(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
