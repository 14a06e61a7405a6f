//! The step: what its keys do, how it takes the result of a count, and its progress.

use std::sync::Arc;

use crate::azure::fault::Fault;
use crate::form::Edit;
use crate::form::drives::{SIZES, neighbour};
use crate::plan::Purchase;
use crate::plan::count::CountReport;
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, ProgressEvent, Reply, Slot};
use crate::wizard::form_keys::{self, KeyOutcome};
use crate::wizard::page_form::AskedForm;
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::steps::drives::estimate::{self, DriveEstimate, fits};
use crate::wizard::steps::drives::state::{CountCommand, DrivesStep};
use crate::wizard::steps::drives::words;

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    if shared.blob_account().is_none() {
        return StepProgress::locked("choose a storage account first");
    }
    let needs = (!shared.draft.has_job() && Purchase::parse(&shared.draft.drives.sizes).is_err())
        .then(|| "drive sizes that can be read".to_owned());
    let busy = shared.requests.is_busy(Slot::Scan);
    if busy || shared.count.live.is_some() {
        let blobs = shared.count.live.as_ref().map(|(_, last)| last.blobs.saturating_add(last.snapshots));
        let far = blobs.map_or_else(String::new, |blobs| format!(", at least {} blobs", words::round(blobs)));
        let doing = if busy { "counting" } else { "paused" };
        return StepProgress { summary: format!("{doing}{far}"), needs, ..StepProgress::default() };
    }
    let Some(counted) = &shared.draft.drives.counted else { return StepProgress { needs, ..StepProgress::default() } };
    let stale = !fits(shared, counted) && !shared.draft.has_job();
    StepProgress {
        answered: counted.complete && needs.is_none(),
        summary: words::short(counted),
        stale: stale.then(|| "counted for other blobs".to_owned()),
        needs,
        ..StepProgress::default()
    }
}

impl DrivesStep {
    /// Makes the plan of the last count for the sizes as typed now.
    fn plan(&mut self, shared: &mut Shared) {
        let sizes = self.form.trimmed(SIZES).to_owned();
        let known = shared.count.report.as_ref().zip(self.purchase());
        self.estimate = known.map(|(report, drives)| DriveEstimate::of(report, drives, shared.overheads));
        if let (Some(counted), Some(_)) = (&mut shared.draft.drives.counted, &shared.count.report) {
            counted.plan = self.estimate.as_ref().map(|estimate| estimate.planned(&sizes));
        }
    }

    /// Writes the sizes into the draft and plans for them.
    fn sizes_changed(&mut self, shared: &mut Shared) {
        if shared.is_read_only() || self.form.value(SIZES) == shared.draft.drives.sizes {
            return;
        }
        self.form.value(SIZES).clone_into(&mut shared.draft.drives.sizes);
        self.plan(shared);
    }

    fn take(&mut self, shared: &mut Shared, report: CountReport) {
        self.fault = report.rules.iter().find_map(|rule| rule.problem.clone());
        shared.draft.drives.counted = estimate::summary(shared, &report);
        shared.count.report = Some(Arc::new(report));
        shared.count.live = None;
        self.plan(shared);
    }

    fn act_on_figures(&mut self, shared: &mut Shared, action: &Action) -> StepOutcome {
        match action {
            Action::Activate => return StepOutcome::next(),
            Action::Toggle => return self.pause_or_go_on(shared).into_iter().collect::<Vec<_>>().into(),
            Action::Split => self.propose_split(shared),
            Action::Reload => return self.count_anew(shared).into_iter().collect::<Vec<_>>().into(),
            Action::Move(motion @ (Motion::Left | Motion::Right)) => {
                if let Some(size) =
                    neighbour(self.form.value(SIZES), *motion == Motion::Right).filter(|_| !shared.is_read_only())
                {
                    self.form.set_value(SIZES, size);
                    self.sizes_changed(shared);
                }
            }
            _ => {}
        }
        StepOutcome::stay()
    }

    /// Moves the focus from the field to the figures, which have the keys for scrolling and splitting.
    fn read_figures(&mut self) {
        self.on_field = false;
    }

    fn act_on_field(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        let outcome = form_keys::act(&mut self.form, action, shared.is_read_only());
        self.sizes_changed(shared);
        match outcome {
            KeyOutcome::Past if self.purchase().is_some() => self.read_figures(),
            // The field says what is wrong with it.
            KeyOutcome::Past => drop(self.form.check_all()),
            KeyOutcome::Before => self.on_field = false,
            KeyOutcome::Refused => drop(shared.refuses()),
            KeyOutcome::Taken | KeyOutcome::Nothing => {}
        }
        StepOutcome::stay()
    }
}

impl StepLogic for DrivesStep {
    /// Counting starts in `follow`, which is called after this.
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if self.form.value(SIZES) != shared.draft.drives.sizes {
            self.form.set_value(SIZES, &shared.draft.drives.sizes);
        }
        Vec::new()
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if self.asks_split().is_some() {
            return vec![Context::Question, Context::Page];
        }
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = shared.requests.is_busy(Slot::Scan).then_some(Context::Busy);
        let here = if self.on_field {
            [Context::Sizes, form_keys::context(&self.form)].to_vec()
        } else {
            vec![Context::Counts]
        };
        let several = self.can_split(shared).then_some(Context::Splittable);
        let open = (Self::can_count(shared) && self.is_open(shared)).then_some(Context::Uncounted);
        let count = busy.map(|_| Context::Counting).or(open);
        let keys = count.into_iter().chain(several).filter(|_| !self.on_field);
        failed.into_iter().chain(busy).chain(keys).chain(here).collect()
    }

    fn focus_field(&mut self, _shared: &mut Shared, field: usize) {
        self.on_field = true;
        self.form.set_focus(field);
    }

    fn page_form(&self, shared: &Shared) -> Option<AskedForm<'_>> {
        let frozen = shared.is_read_only();
        Some(AskedForm { form: &self.form, frozen, focused: self.on_field, leads: false })
    }

    fn is_typing(&self, _shared: &Shared) -> bool {
        self.on_field && self.asks_split().is_none()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            action if self.asks_split().is_some() => {
                self.act_on_split(shared, &action).map_or_else(StepOutcome::stay, StepOutcome::from)
            }
            Action::CancelRequest => {
                shared.say("Counting stopped; Space goes on where it stopped.");
                self.stop(shared, CountCommand::Stop).into_iter().collect::<Vec<_>>().into()
            }
            Action::Retry => self.start(shared, false).into_iter().collect::<Vec<_>>().into(),
            action if self.on_field => self.act_on_field(shared, action),
            action => self.act_on_figures(shared, &action),
        }
    }

    fn paste(&mut self, shared: &mut Shared, text: &str) -> Vec<Effect> {
        if self.on_field && !shared.refuses() {
            self.form.edit(Edit::Paste(text.to_owned()));
            self.sizes_changed(shared);
        }
        Vec::new()
    }

    fn progress(&mut self, shared: &mut Shared, _slot: Slot, event: ProgressEvent) {
        if let ProgressEvent::Counted(progress) = event {
            shared.count.note_progress(progress);
        }
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            outcome if slot == Slot::Split => self.take_split(shared, outcome),
            Ok(Reply::Scanned(report)) => self.take(shared, *report),
            Ok(other) => self.fault = Some(other.unexpected()),
            Err(fault) => {
                shared.count.live = None;
                self.fault = Some(fault);
            }
        }
        StepOutcome::stay()
    }

    /// The step can be left before the count ends. Sizes that cannot be read keep the person here: no plan can be made of them.
    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if self.form.check_all() > 0 && !shared.is_read_only() && !shared.draft.has_job() {
            self.on_field = true;
            return Err("The drive sizes cannot be read; the field says what to write.".into());
        }
        if shared.requests.is_busy(Slot::Scan) {
            shared.say("Counting goes on meanwhile; Review tells what came of it.");
        } else if progress(shared).stale.is_some() || !progress(shared).answered {
            shared.say("Not everything is counted: how many drives it takes is not known yet.");
        }
        Ok(Vec::new())
    }

    fn page(&self, _shared: &Shared) -> usize {
        if self.asks_split().is_some() { 2 } else { usize::from(self.on_field) }
    }

    fn move_focus(&mut self, _shared: &mut Shared, forward: bool) -> bool {
        let stays = self.on_field != forward;
        if stays {
            self.on_field = forward;
        }
        stays
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.on_field = !forward;
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        self.asks_split().is_some() && self.splitting.take().is_some()
    }

    fn away(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.close(shared);
        Vec::new()
    }
}
