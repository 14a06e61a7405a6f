//! Checks rows: toggles them, leaves out snapshots, replaces single checks by their folder, undoes. The rules are computed in `select`.

use crate::protocol::action::Action;
use crate::protocol::message::Effect;
use crate::select::{Check, FolderOffer, Rule, Target, Toggle};
use crate::tree::{NodeKey, NodeKind};
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::state::BlobsStep;

/// With more loaded rows than this, no folder is offered instead of single checks: the search would take too long.
const LOOKED_THROUGH: usize = 5_000;

/// Why a version cannot be checked, and the way out (Microsoft page: Put Job knows blobs and snapshots only).
pub(super) const UNLISTED: &str = "No list can name a version: make it current, or copy it to a blob of its own.";

/// Why a deleted blob cannot be checked (no Microsoft page says that an export takes one).
fn deleted(shared: &Shared) -> String {
    let reload = shared.key(&Action::Reload);
    format!("Deleted: an export takes only what is there. Undelete it, then {reload} reads again.")
}

impl BlobsStep {
    /// Why the row under the cursor cannot be checked.
    fn unchecked(&self, shared: &Shared) -> String {
        if self.tree.kind(self.tree.cursor()) == NodeKind::Version { UNLISTED.to_owned() } else { deleted(shared) }
    }

    /// Changes the selection as an action says.
    pub(super) fn change_selection(&mut self, shared: &mut Shared, action: &Action) -> Vec<Effect> {
        if shared.refuses() {
            return Vec::new();
        }
        match action {
            Action::Toggle if self.tree.on_status() => {
                shared.say("Space checks a row; this line only tells how far the list is.");
            }
            Action::Toggle | Action::Snapshots if !self.tree.is_checkable(self.tree.cursor()) => {
                shared.say(self.unchecked(shared));
            }
            Action::Toggle => return self.toggle(shared, &self.tree.key(self.tree.cursor()).target()),
            Action::Snapshots => return self.toggle_snapshots(shared),
            Action::Gather => self.gather(shared),
            Action::Undo => {
                let undone = self.selection.undo();
                let redo = shared.key(&Action::Redo);
                shared.say(if undone {
                    format!("Taken back; {redo} does it again.")
                } else {
                    "Nothing to take back.".to_owned()
                });
            }
            Action::Redo => {
                let redone = self.selection.redo();
                shared.say(if redone { "Done again." } else { "Nothing to do again." });
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes over the rules of the draft, which another step has changed. Undo takes them back as one change.
    pub fn adopt(&mut self, shared: &Shared) {
        self.selection.replace(shared.draft.selection.rules.iter().cloned());
    }

    /// Checks or unchecks a row.
    pub(super) fn toggle(&mut self, shared: &mut Shared, target: &Target) -> Vec<Effect> {
        match self.selection.toggle(target) {
            Toggle::Changed if self.selection.check(target) == Check::Off => {
                shared.say(format!("Unchecked; {} takes it back.", shared.key(&Action::Undo)));
            }
            Toggle::Changed => shared.say(checked(target, shared)),
            Toggle::Needs(_) => return self.queue_uncheck(shared, target.clone(), false),
        }
        Vec::new()
    }

    fn toggle_snapshots(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let target = self.tree.key(self.tree.cursor()).target();
        let Target::Blob { container, name } = &target else { return Vec::new() };
        match self.selection.toggle_snapshots(&target) {
            Toggle::Changed if self.selection.blob_rule(container, name) == Some(false) => {
                let rule = Rule::Blob { path: String::new(), snapshots: false };
                match service::cannot_say(&rule, shared.draft.service()) {
                    Some(why) => shared.warn(why),
                    None => shared.say("The blob without its snapshots: this needs a list file."),
                }
            }
            Toggle::Changed => shared.say(checked(&target, shared)),
            Toggle::Needs(_) => return self.queue_uncheck(shared, target.clone(), true),
        }
        Vec::new()
    }

    /// The folder rule that could replace the single checks around the cursor.
    pub fn offer(&self) -> Option<FolderOffer> {
        if self.tree.totals().loaded > LOOKED_THROUGH {
            return None;
        }
        let open = self.tree.key(self.level());
        self.offer_for(&open)
    }

    fn offer_for(&self, level: &NodeKey) -> Option<FolderOffer> {
        let parent = level.target();
        if self.selection.is_empty() || self.selection.check(&parent) != Check::Part {
            return None;
        }
        let names = self.tree.complete_names(&parent.listing()?)?;
        self.selection.offer_folder(&parent, names.iter().map(|name| child(level, name).target()))
    }

    fn gather(&mut self, shared: &mut Shared) {
        let Some(offer) = self.offer() else { return };
        if self.selection.accept(&offer) {
            let selects = shared.draft.service().selects_snapshots();
            let snapshots = if offer.adds_snapshots && selects { " Snapshots come too." } else { "" };
            shared.say(format!("{} instead of single checks, with what comes later.{snapshots}", offer.rule));
        }
    }

    /// Updates the panel of rules, if it is open.
    pub(super) fn mark_rules(&mut self) {
        if let BlobsMode::Rules { row, .. } = self.mode {
            let marks = self.marks();
            let row = row.min(self.selection.len().saturating_sub(1));
            self.mode = BlobsMode::Rules { row, marks };
        }
    }
}

/// The key of a row named within its level, as a complete level names it.
fn child(level: &NodeKey, name: &str) -> NodeKey {
    let (kind, path) = match level.kind {
        NodeKind::Account => (NodeKind::Container, name.trim_end_matches('/').to_owned()),
        NodeKind::Container => (kind_of(name), format!("{}/{name}", level.path)),
        _ => (kind_of(name), format!("{}{name}", level.path)),
    };
    NodeKey { kind, path, time: None }
}

fn kind_of(name: &str) -> NodeKind {
    if name.ends_with('/') { NodeKind::Folder } else { NodeKind::Blob }
}

/// What checking a row means, in a sentence.
fn checked(target: &Target, shared: &Shared) -> String {
    let service = shared.draft.service();
    match target {
        Target::Blob { .. } if !service.selects_snapshots() => {
            "The blob. Whether Azure Data Box exports its snapshots is documented nowhere.".to_owned()
        }
        Target::Snapshot { .. } if !service.selects_snapshots() => {
            "Azure Data Box cannot be told a single snapshot: it gets the whole blob.".to_owned()
        }
        Target::Account => "The whole account, also what comes later.".to_owned(),
        Target::Container { .. } | Target::Folder { .. } => {
            format!("Everything under this prefix, {}, also what comes later.", target.text())
        }
        Target::Blob { .. } => {
            format!("The blob with all its snapshots; {} leaves them out.", shared.key(&Action::Snapshots))
        }
        Target::Snapshot { .. } => "This snapshot alone: this needs a list file.".to_owned(),
    }
}
