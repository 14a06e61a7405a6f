//! The check: its progress, its pause, its end, and what can be done with what it found.

use super::state::{CheckStage, VerifyStep};
use crate::draft::VerifiedDrive;
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Slot};
use crate::select::Rule;
use crate::verify::rules::{BlobAgain, CheckOutcome, DriveOutcome};
use crate::wizard::shared::Shared;
use crate::wizard::step::StepOutcome;

impl VerifyStep {
    pub(super) fn act_while_checking(&mut self, shared: &mut Shared, action: &Action) -> StepOutcome {
        match action {
            Action::Toggle | Action::CancelRequest => self.pause(shared).into_iter().collect::<Vec<_>>().into(),
            _ => StepOutcome::stay(),
        }
    }

    /// Stops the check; what is checked is kept on disk.
    fn pause(&mut self, shared: &mut Shared) -> Option<Effect> {
        let stopped = shared.requests.cancel(Slot::CheckDrives)?;
        if let CheckStage::Checking { reading, .. } = std::mem::take(&mut self.stage) {
            self.stage = CheckStage::Paused(reading);
        }
        Some(stopped)
    }

    pub(super) fn act_while_paused(&mut self, shared: &mut Shared, action: &Action) -> StepOutcome {
        match action {
            Action::Toggle | Action::Activate | Action::Retry => {
                self.wanted.anew = false;
                self.go_on(shared).into()
            }
            Action::Reload => self.choose_again(shared),
            _ => StepOutcome::stay(),
        }
    }

    pub(super) fn act_on_outcome(&mut self, shared: &mut Shared, action: &Action) -> StepOutcome {
        match action {
            Action::Save => self.save(shared).into(),
            Action::FetchAgain => self.fetch_again(shared).into(),
            Action::Reload => self.choose_again(shared),
            _ => StepOutcome::stay(),
        }
    }

    /// Back to the list of drives, which is read again.
    fn choose_again(&mut self, shared: &mut Shared) -> StepOutcome {
        self.stage = CheckStage::Choosing;
        self.chosen.clear();
        (self.row, self.on_field, self.fault) = (0, false, None);
        Self::look(shared).into()
    }

    fn save(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let name = shared.draft.job_address().map_or("drives", |job| &job.name);
        let name = format!("verify-{name}");
        self.fault = None;
        vec![shared.start(Slot::SaveReports, Call::SaveReports(name))]
    }

    /// Whether a draft can be made of what is damaged or missing.
    pub fn can_fetch_again(&self, shared: &Shared) -> bool {
        let any = self.outcome().is_some_and(|outcome| !rules(&outcome.again).is_empty());
        any && self.draft.is_none() && !shared.requests.is_busy(Slot::FetchAgain)
    }

    fn fetch_again(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(outcome) = self.outcome().filter(|_| self.can_fetch_again(shared)) else { return Vec::new() };
        let draft = shared.draft.for_blobs(rules(&outcome.again), shared.now);
        self.fault = None;
        vec![shared.start(Slot::FetchAgain, Call::AddDrafts(vec![draft]))]
    }

    /// The check has ended: the draft keeps when, and what came of it.
    pub(super) fn take(&mut self, shared: &mut Shared, outcome: CheckOutcome) {
        if !shared.is_read_only() {
            let known = self.wanted.expected.iter().flatten().map(|drive| drive.id.clone());
            let known: Vec<String> = known.collect();
            if !known.is_empty() {
                shared.draft.verified.job_drives = known;
            }
            for drive in outcome.drives.iter().filter(|drive| !drive.is_interrupted) {
                shared.draft.verified.note(verified(shared, drive));
            }
        }
        self.stage = CheckStage::Checked(Box::new(outcome));
    }
}

fn verified(shared: &Shared, drive: &DriveOutcome) -> VerifiedDrive {
    VerifiedDrive {
        drive: drive.drive_id.clone().unwrap_or_else(|| drive.folder.clone()),
        at: shared.now,
        verdict: drive.verdict(),
        right: drive.right,
        damaged: drive.damaged,
        missing: drive.missing,
        unchecked: drive.unchecked,
    }
}

/// The rules that take just these blobs and snapshots. What is no path of a container and a blob cannot be exported.
fn rules(again: &[BlobAgain]) -> Vec<Rule> {
    let rule = |again: &BlobAgain| {
        let path = again.blob.trim_start_matches('/').to_owned();
        path.contains('/').then(|| match &again.snapshot {
            Some(time) => Rule::Snapshot { path, time: time.clone() },
            None => Rule::Blob { path, snapshots: false },
        })
    };
    again.iter().filter_map(rule).collect()
}
