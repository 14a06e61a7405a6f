//! The drives to check: those found, those typed, and which of them are chosen.

use std::path::PathBuf;

use super::state::{CheckStage, VerifyStep};
use crate::form::check_drives::{FOLDER, LOGS, folder};
use crate::protocol::action::{Action, Motion};
use crate::protocol::message::{Call, DriveVerification, Effect, Slot};
use crate::protocol::step::Step;
use crate::verify::rules::{ExpectedDrive, NamedDrive};
use crate::wizard::form_keys::{self, KeyOutcome};
use crate::wizard::list;
use crate::wizard::shared::Shared;
use crate::wizard::step::{Navigation, StepOutcome};

impl VerifyStep {
    /// Looks for drives on this machine.
    pub(super) fn look(shared: &mut Shared) -> Effect {
        let rehearsal = shared.draft.rehearsal;
        shared.start(Slot::AttachedDrives, Call::AttachedDrives { rehearsal })
    }

    pub(super) fn act_on_list(&mut self, shared: &mut Shared, action: &Action) -> StepOutcome {
        match action {
            Action::Move(motion) => {
                let past = *motion == Motion::Down && self.row + 1 >= self.rows().len();
                if past {
                    self.on_field = true;
                } else {
                    self.row = list::moved(self.row, self.rows().len(), *motion, 10);
                }
            }
            Action::Toggle => self.toggle(shared),
            Action::Reload => return Self::look(shared).into(),
            Action::Activate => return self.check_chosen(shared),
            _ => {}
        }
        StepOutcome::stay()
    }

    fn toggle(&mut self, shared: &mut Shared) {
        let Some(row) = self.selected() else { return };
        let (place, is_open) = (row.place.to_owned(), row.is_open());
        if !is_open {
            shared.warn(format!(
                "{} has to be unlocked and mounted first; Keys ({}) has its command.",
                place.display(),
                shared.key(&Action::Goto(Step::Keys))
            ));
        } else if !self.chosen.remove(&place) {
            self.chosen.insert(place);
        }
    }

    /// Enter: checks what is chosen, or the drive under the cursor; a locked one leads to its command.
    fn check_chosen(&mut self, shared: &mut Shared) -> StepOutcome {
        if self.chosen.is_empty() {
            let Some(row) = self.selected() else {
                shared.warn("There is no drive to check. Tab leads to the field for its folder.");
                return StepOutcome::stay();
            };
            if !row.is_open() {
                let verify = shared.key(&Action::Goto(Step::Verify));
                shared.say(format!("Unlock the drive with its key, mount it, and come back with {verify}."));
                return StepOutcome { effects: Vec::new(), navigation: Navigation::Visit(Step::Keys) };
            }
            let place = row.place.to_owned();
            self.chosen.insert(place);
        }
        self.start(shared, false).into()
    }

    pub(super) fn act_on_field(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        let adds = action == Action::Activate && self.form.focus() == FOLDER && !self.form.trimmed(FOLDER).is_empty();
        if adds {
            self.add_typed();
            shared.say("Added. Type another, or leave the fields with Shift-Tab and press Enter to check.");
            return StepOutcome::stay();
        }
        match form_keys::act(&mut self.form, action, false) {
            KeyOutcome::Past => {
                self.add_typed();
                StepOutcome::button()
            }
            KeyOutcome::Before => {
                self.leave_fields();
                StepOutcome::stay()
            }
            KeyOutcome::Refused | KeyOutcome::Taken | KeyOutcome::Nothing => StepOutcome::stay(),
        }
    }

    /// What was typed and not added is added: the person means it.
    pub(super) fn leave_fields(&mut self) {
        self.add_typed();
        self.on_field = false;
    }

    pub(super) fn add_typed(&mut self) {
        let place = PathBuf::from(folder(self.form.trimmed(FOLDER)));
        if place.as_os_str().is_empty() {
            return;
        }
        self.form.set_value(FOLDER, "");
        if !self.rows().iter().any(|row| row.place == place) {
            self.typed.push(place.clone());
            self.row = self.typed.len().saturating_sub(1);
        }
        self.chosen.insert(place);
    }

    /// Starts the check, or goes on with the one that was stopped.
    pub(super) fn start(&mut self, shared: &mut Shared, anew: bool) -> Vec<Effect> {
        let drives: Vec<NamedDrive> =
            self.chosen.iter().map(|folder| NamedDrive { folder: folder.clone(), drive_id: None }).collect();
        let logs = Some(folder(self.form.trimmed(LOGS))).filter(|logs| !logs.is_empty()).map(PathBuf::from);
        self.wanted = DriveVerification { drives, expected: expected(shared), logs, anew };
        self.go_on(shared)
    }

    pub(super) fn go_on(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.fault = None;
        (self.saved, self.draft) = (Vec::new(), None);
        self.stage = CheckStage::Checking { since: shared.now, reading: Box::default() };
        vec![shared.start(Slot::CheckDrives, Call::CheckDrives(self.wanted.clone()))]
    }
}

/// The drives of the job as it was read in this session; `None` while they are not known.
pub(super) fn expected(shared: &Shared) -> Option<Vec<ExpectedDrive>> {
    let job = shared.catalogue.job.as_ref().filter(|job| !job.drives.is_empty())?;
    let expected = job.drives.iter().map(|drive| ExpectedDrive {
        id: drive.id.clone(),
        manifest: drive.manifest.clone(),
        manifest_hash: drive.manifest_hash.clone(),
    });
    Some(expected.collect())
}
