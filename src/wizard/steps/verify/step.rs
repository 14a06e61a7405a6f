//! The step: what its keys do, and the answers it takes.

use std::borrow::Cow;

use super::state::{CheckStage, VerifyStep};
use crate::azure::fault::Fault;
use crate::form::Edit;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, ProgressEvent, Reply, Slot};
use crate::wizard::form_keys;
use crate::wizard::page_form::AskedForm;
use crate::wizard::poll;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};

impl VerifyStep {
    fn is_choosing(&self) -> bool {
        matches!(self.stage, CheckStage::Choosing)
    }

    fn is_on_field(&self) -> bool {
        self.is_choosing() && self.on_field && !self.at_end
    }
}

impl StepLogic for VerifyStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.at_end = false;
        // The job names the drives and the hashes of their manifests.
        let mut effects = if shared.catalogue.job.is_none() { poll::read(shared) } else { Vec::new() };
        if self.is_choosing() && !shared.requests.is_busy(Slot::AttachedDrives) {
            effects.push(Self::look(shared));
        }
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if self.at_end {
            return vec![Context::Loaded, Context::Page];
        }
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let here = match &self.stage {
            CheckStage::Choosing if self.on_field => vec![form_keys::context(&self.form)],
            CheckStage::Choosing => vec![Context::AttachedDrives],
            CheckStage::Checking { .. } => vec![Context::Busy, Context::Checking, Context::Page],
            CheckStage::Paused(_) => vec![Context::CheckPaused, Context::Page],
            CheckStage::Checked(_) => {
                let again = self.can_fetch_again(shared).then_some(Context::FetchAgain);
                again.into_iter().chain([Context::CheckedDrives, Context::Page]).collect()
            }
        };
        failed.into_iter().chain(here).collect()
    }

    fn is_typing(&self, _shared: &Shared) -> bool {
        self.is_on_field()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match &self.stage {
            _ if self.at_end => {
                if action == Action::Reload {
                    poll::read(shared).into()
                } else {
                    StepOutcome::stay()
                }
            }
            CheckStage::Choosing if action == Action::Retry => {
                self.fault = None;
                if self.chosen.is_empty() { Self::look(shared).into() } else { self.start(shared, false).into() }
            }
            CheckStage::Choosing if self.on_field => self.act_on_field(shared, action),
            CheckStage::Choosing => self.act_on_list(shared, &action),
            CheckStage::Checking { .. } => self.act_while_checking(shared, &action),
            CheckStage::Paused(_) => self.act_while_paused(shared, &action),
            CheckStage::Checked(_) if action == Action::Retry => {
                let again = if self.saved.is_empty() { Action::Save } else { Action::FetchAgain };
                self.act_on_outcome(shared, &again)
            }
            CheckStage::Checked(_) => self.act_on_outcome(shared, &action),
        }
    }

    fn page_form(&self, _shared: &Shared) -> Option<AskedForm<'_>> {
        let form = AskedForm { form: &self.form, frozen: false, focused: self.on_field, leads: false };
        self.is_choosing().then_some(form)
    }

    fn focus_field(&mut self, _shared: &mut Shared, field: usize) {
        if !self.on_field || self.form.focus() != field {
            self.on_field = true;
            self.form.set_focus(field);
        }
    }

    fn paste(&mut self, _shared: &mut Shared, text: &str) -> Vec<Effect> {
        if self.is_on_field() {
            self.form.edit(Edit::Paste(text.to_owned()));
        }
        Vec::new()
    }

    fn progress(&mut self, _shared: &mut Shared, _slot: Slot, event: ProgressEvent) {
        if let (ProgressEvent::Checked(new), CheckStage::Checking { reading, .. }) = (event, &mut self.stage) {
            *reading = new;
        }
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            Ok(Reply::AttachedDrives(found)) => {
                self.attached = Some(found);
                self.row = self.row.min(self.rows().len().saturating_sub(1));
                self.on_field |= self.rows().is_empty();
            }
            Ok(Reply::CheckedDrives(outcome)) => self.take(shared, *outcome),
            Ok(Reply::SavedReports(files)) => {
                self.saved = shared.note_saved_files(&files);
                shared.say(format!("{} reports are saved; the page says where.", files.len()));
            }
            Ok(Reply::Added(names)) => {
                let name = names.into_iter().next().unwrap_or_default();
                shared.say(format!("The draft {name} on the start screen takes what is damaged or missing."));
                self.draft = Some(name);
            }
            Ok(other) => self.fault = Some(other.unexpected()),
            Err(fault) => {
                if slot == Slot::CheckDrives {
                    self.stage = CheckStage::Choosing;
                }
                self.fault = Some(fault);
            }
        }
        StepOutcome::stay()
    }

    fn leave(&mut self, _shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if std::mem::replace(&mut self.at_end, true) {
            return Err("This is the end. Press q to leave; the draft stays.".into());
        }
        Ok(Vec::new())
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        std::mem::take(&mut self.at_end)
    }

    fn move_focus(&mut self, _shared: &mut Shared, forward: bool) -> bool {
        if !self.is_choosing() || self.at_end {
            return false;
        }
        if !self.on_field {
            self.on_field = forward;
            return forward;
        }
        if form_keys::step(&mut self.form, forward) {
            return true;
        }
        self.leave_fields();
        !forward
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.on_field = self.is_choosing() && (!forward || (self.attached.is_some() && self.rows().is_empty()));
    }

    fn page(&self, _shared: &Shared) -> usize {
        match self.stage {
            _ if self.at_end => 4,
            CheckStage::Choosing => usize::from(self.on_field),
            CheckStage::Checking { .. } | CheckStage::Paused(_) => 2,
            CheckStage::Checked(_) => 3,
        }
    }

    fn button(&self, shared: &Shared) -> Cow<'static, str> {
        if self.at_end { format!("Done: {} leaves", shared.key(&Action::Quit)).into() } else { "To the end".into() }
    }
}
