//! The state of the drives step: the field for the sizes, the count, the estimate, a split that waits for the person.

use std::sync::Arc;

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::form::Form;
use crate::form::drives::{SIZES, form};
use crate::plan::{JobShare, Purchase};
use crate::select::Rule;
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::estimate::DriveEstimate;

/// The state of the step.
#[derive(Debug)]
pub struct DrivesStep {
    /// The form: one field for the drive sizes.
    pub form: Form,
    /// The field has the focus, not the figures.
    pub on_field: bool,
    /// The person's last command to the count.
    pub command: CountCommand,
    /// Why the count is not complete.
    pub fault: Option<Fault>,
    /// The plan of the last count on the sizes typed; `None` before a count, or while the sizes cannot be read.
    pub estimate: Option<DriveEstimate>,
    /// A split that the person is asked about, or whose drafts are being written.
    pub(super) splitting: Option<PendingSplit>,
    pub(super) follow_state: FollowState,
}

impl DrivesStep {
    /// With the sizes of the draft, and nothing counted.
    pub fn new(shared: &Shared) -> Self {
        Self {
            form: form(&shared.draft.drives.sizes),
            on_field: false,
            command: CountCommand::Go,
            fault: None,
            estimate: None,
            splitting: None,
            follow_state: FollowState::new(shared),
        }
    }

    /// The drives as typed; `None` while they cannot be read.
    pub fn purchase(&self) -> Option<Purchase> {
        Purchase::parse(self.form.value(SIZES)).ok()
    }
}

/// The person's last command to the count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountCommand {
    /// Count.
    #[default]
    Go,
    /// Wait until the person goes on, even if the selection changes.
    Pause,
    /// Stop counting this selection; another one is counted again.
    Stop,
}

/// What is counted: the rules of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CountSubject {
    pub(super) account: Option<String>,
    pub(super) rules: Arc<Vec<Rule>>,
}

impl CountSubject {
    pub(super) fn of(shared: &Shared) -> Self {
        let account = shared.blob_account().map(|(id, _)| id.to_owned());
        Self { account, rules: Arc::clone(&shared.draft.selection.rules) }
    }
}

/// The selection that was seen last, and the one that was counted last.
#[derive(Debug)]
pub(super) struct FollowState {
    /// The selection as last seen, and since when.
    pub(super) seen: CountSubject,
    pub(super) since: Timestamp,
    /// What the last count was started for; `None` before the first.
    pub(super) asked: Option<CountSubject>,
    /// The next count discards what earlier counts left on disk: the person asked for it before the account was open.
    pub(super) anew: bool,
    /// What the person was told when nothing could be counted. It is not true any more once a count starts.
    pub(super) why_not_counted: Option<String>,
}

impl FollowState {
    pub(super) fn new(shared: &Shared) -> Self {
        Self { seen: CountSubject::of(shared), since: shared.now, asked: None, anew: false, why_not_counted: None }
    }

    /// The next count starts even if the selection is the same.
    pub(super) fn forget(&mut self) {
        self.asked = None;
    }
}

/// A split into several jobs that waits for the person, then for the disk.
#[derive(Clone, Debug)]
pub struct PendingSplit {
    /// The jobs with their names; the first is this draft's.
    pub jobs: Vec<(String, JobShare)>,
    /// Rules that are replaced by narrower ones.
    pub cut: Vec<Rule>,
    /// The rules it is a split of.
    pub(super) rules: Arc<Vec<Rule>>,
    /// The new drafts are being written.
    pub(super) sent: bool,
}
