//! Checks and unchecks a row. Unchecking below a checked folder is in `exclude`, which needs complete listings.

use super::{Check, ListingKey, Rule, Selection, Target};

/// The result of a toggle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Toggle {
    /// The selection has changed.
    Changed,
    /// A rule further up selects the row. These listings must be complete first, from the rule's down to the row's; then
    /// `uncheck` or `without_snapshots` find the change.
    Needs(Vec<ListingKey>),
}

/// The folder rule that can replace the rules of its children, which are all checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderOffer {
    /// The folder rule. It also selects blobs that are created later.
    pub rule: Rule,
    /// How many rules it replaces.
    pub replaces: usize,
    /// A child is selected without its snapshots; the folder rule selects them too.
    pub adds_snapshots: bool,
}

impl Selection {
    /// Checks a row that is off or partly selected, unchecks one that is on. Rules the new one covers go away with the same
    /// change, so that undo brings them back.
    pub fn toggle(&mut self, target: &Target) -> Toggle {
        match self.check(target) {
            Check::Inherited => return Toggle::Needs(self.needed_listings(std::slice::from_ref(target))),
            Check::On => self.change(self.own_rules(target), Vec::new()),
            Check::Off | Check::Part => self.change(self.own_rules(target), vec![target.rule()]),
        };
        Toggle::Changed
    }

    /// Switches a blob between "with all its snapshots" and "without"; a blob not selected yet is selected without. For any
    /// other row it does what `toggle` does.
    pub fn toggle_snapshots(&mut self, target: &Target) -> Toggle {
        let Target::Blob { container, name } = target else { return self.toggle(target) };
        if self.check(target) == Check::Inherited {
            return Toggle::Needs(self.needed_listings(std::slice::from_ref(target)));
        }
        let path = format!("{container}/{name}");
        let snapshots = self.blob_rule(container, name) == Some(false);
        let covered = if snapshots { self.snapshot_rules(&path, |own| own == path) } else { Vec::new() };
        self.change(covered, vec![Rule::Blob { path, snapshots }]);
        Toggle::Changed
    }

    /// The rules that select this row or rows below it.
    pub(super) fn own_rules(&self, target: &Target) -> Vec<Rule> {
        let text = target.text();
        let path = text.strip_prefix('/').unwrap_or(&text);
        match target {
            Target::Account | Target::Container { .. } | Target::Folder { .. } => {
                let mut rules = self.rules_inside(&text);
                rules.push(Rule::Prefix(text));
                rules
            }
            Target::Blob { .. } => {
                let mut rules = self.snapshot_rules(path, |own| own == path);
                rules.extend([true, false].map(|snapshots| Rule::Blob { path: path.to_owned(), snapshots }));
                rules
            }
            Target::Snapshot { .. } => vec![target.rule()],
        }
    }

    /// Offers the folder rule where every child in a complete listing is checked by rules below the folder. `children` is
    /// the whole level; `None` when one of them is not selected, when there is none, or when the parent is checked already.
    pub fn offer_folder(&self, parent: &Target, children: impl IntoIterator<Item = Target>) -> Option<FolderOffer> {
        if !parent.is_prefix() || self.check(parent) != Check::Part {
            return None;
        }
        let mut has_children = false;
        for child in children {
            if !matches!(self.check(&child), Check::On | Check::Inherited) {
                return None;
            }
            has_children = true;
        }
        let replaced = self.rules_inside(&parent.text());
        let adds_snapshots = replaced.iter().any(|rule| matches!(rule, Rule::Blob { snapshots: false, .. }));
        has_children.then(|| FolderOffer { rule: parent.rule(), replaces: replaced.len(), adds_snapshots })
    }

    /// Puts the offered folder rule in place of the rules it covers, as one change.
    pub fn accept(&mut self, offer: &FolderOffer) -> bool {
        let covered = match &offer.rule {
            Rule::Prefix(prefix) => self.rules_inside(prefix),
            Rule::Blob { .. } | Rule::Snapshot { .. } => Vec::new(),
        };
        self.change(covered, vec![offer.rule.clone()])
    }
}
