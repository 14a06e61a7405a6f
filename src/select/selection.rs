//! The selection: sorted sets of rules, the check state of any path from them, and undo. Nothing here needs a listing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};

use serde::{Deserialize, Serialize};

use super::{Rule, Target};

/// How many changes can be taken back; older ones are forgotten.
const UNDO_LIMIT: usize = 500;

/// What the check mark of a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Nothing of it is selected.
    Off,
    /// Some of what is below it is selected.
    Part,
    /// A rule of its own selects it.
    On,
    /// A rule further up, or a shorter prefix, selects it.
    Inherited,
}

/// What one change removes and adds.
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
    done: Vec<Change>,
    undone: Vec<Change>,
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
        match self.covering(&text) {
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
    pub fn covering(&self, text: &str) -> Option<&str> {
        self.coverings(text).pop()
    }

    /// All prefix rules that cover a text, longest first. Between two of them one look-up is enough, since whatever sorts
    /// between a prefix and the text shares that prefix.
    pub(super) fn coverings(&self, text: &str) -> Vec<&str> {
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

    /// The rules that a prefix makes needless: those it takes all of, itself not among them.
    pub fn inside(&self, prefix: &str) -> Vec<Rule> {
        let path = prefix.strip_prefix('/').unwrap_or(prefix);
        let under = self.prefixes.range(prefix.to_owned()..).take_while(|own| own.starts_with(prefix));
        let mut rules: Vec<Rule> = under.filter(|own| *own != prefix).cloned().map(Rule::Prefix).collect();
        let blobs = self.blobs.range(path.to_owned()..).take_while(|(own, _)| own.starts_with(path));
        rules.extend(blobs.map(|(path, snapshots)| Rule::Blob { path: path.clone(), snapshots: *snapshots }));
        rules.extend(self.singles(path, |own| own.starts_with(path)));
        rules
    }

    /// The snapshot rules from `path` on, as long as `belongs`.
    pub(super) fn singles(&self, path: &str, belongs: impl Fn(&str) -> bool) -> Vec<Rule> {
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

    /// Puts these rules in place of all others, as one change that undo takes back, for example a list read from a file.
    pub fn replace(&mut self, rules: impl IntoIterator<Item = Rule>) -> bool {
        self.change(self.rules(), rules.into_iter().collect())
    }

    /// Makes a change that was found with these very rules, as one that undo takes back. Returns whether it changed anything.
    pub fn take(&mut self, change: Change) -> bool {
        self.change(change.removed, change.added)
    }

    /// A number that is another one after every change, undone ones too.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes back the last change, however many rules it touched. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(change) = self.done.pop() else { return false };
        self.apply(&change.added, &change.removed);
        self.undone.push(change);
        true
    }

    /// Does again what was taken back last. Returns whether there was something.
    pub fn redo(&mut self) -> bool {
        let Some(change) = self.undone.pop() else { return false };
        self.apply(&change.removed, &change.added);
        self.done.push(change);
        true
    }

    /// Removes and adds rules as one undoable change, keeping in the history only what really changed. A blob has one rule:
    /// an added one replaces the other choice about its snapshots, and of two added ones the one with snapshots counts.
    pub(super) fn change(&mut self, removed: Vec<Rule>, added: Vec<Rule>) -> bool {
        let mut come: BTreeSet<Rule> = added.into_iter().collect();
        let others: Vec<Rule> = come.iter().filter_map(other_choice).collect();
        for other in others.iter().filter(|other| !other.needs_list_file()) {
            if come.contains(other) {
                come.retain(|rule| other_choice(rule).as_ref() != Some(other));
            }
        }
        let gone = removed.into_iter().chain(others.into_iter().filter(|other| !come.contains(other)));
        let gone: BTreeSet<Rule> = gone.filter(|rule| self.contains(rule)).collect();
        let removed: Vec<Rule> = gone.difference(&come).cloned().collect();
        let added: Vec<Rule> = come.into_iter().filter(|rule| !self.contains(rule)).collect();
        if removed.is_empty() && added.is_empty() {
            return false;
        }
        self.apply(&removed, &added);
        self.done.push(Change { removed, added });
        if self.done.len() > UNDO_LIMIT {
            self.done.remove(0);
        }
        self.undone.clear();
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
