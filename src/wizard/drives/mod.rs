//! The drives step: counts the selection while one goes on, and says how many drives to buy and what will not come back.
//!
//! `counting` decides when it counts, `outlook` makes the plan of a count, `splitting` makes drafts of a plan of several jobs,
//! `words` says it in short. Counting itself is the driver's errand, packing `plan`'s.

mod counting;
mod outlook;
mod splitting;
mod words;

use std::sync::Arc;

pub use counting::{REST, Wish};
pub use outlook::{Outlook, at_least};
pub use splitting::Splitting;
pub use words::{drives, round, warnings};

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::filling::{self, Did};
use super::rail::Progress;
use crate::app::action::{Action, Motion};
use crate::app::keymap::Context;
use crate::app::protocol::{Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::draft::Counted;
use crate::form::drives::{SIZES, form, neighbour};
use crate::form::{Edit, Form};
use crate::plan::Purchase;
use crate::plan::count::CountReport;
use counting::Following;

/// The state of the step.
#[derive(Debug)]
pub struct Drives {
    /// The one field.
    pub form: Form,
    /// The field has the focus, not the figures.
    pub on_field: bool,
    /// What the person wants of the count.
    pub wish: Wish,
    /// Why the count is not complete.
    pub fault: Option<Fault>,
    /// What the last count means for the sizes typed; `None` before a count, or while the sizes cannot be read.
    pub outlook: Option<Outlook>,
    /// A split the person is asked about, or that is being carried out.
    splitting: Option<Splitting>,
    following: Following,
}

/// Whether a count is of the selection as it is now.
pub fn fits(desk: &Desk, counted: &Counted) -> bool {
    let account = desk.blob_account().map(|(id, _)| id);
    account == Some(counted.account.as_str()) && counted.rules == desk.draft.selection.rules
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    if desk.blob_account().is_none() {
        return Progress::locked("choose a storage account first");
    }
    let needs = (!desk.draft.has_job() && Purchase::parse(&desk.draft.drives.sizes).is_err())
        .then(|| "drive sizes that can be read".to_owned());
    let busy = desk.requests.is_busy(Slot::Scan);
    if busy || desk.count.live.is_some() {
        let blobs = desk.count.live.as_ref().map(|(_, last)| last.blobs.saturating_add(last.snapshots));
        let far = blobs.map_or_else(String::new, |blobs| format!(", at least {} blobs", words::round(blobs)));
        let doing = if busy { "counting" } else { "paused" };
        return Progress { summary: format!("{doing}{far}"), needs, ..Progress::default() };
    }
    let Some(counted) = &desk.draft.drives.counted else { return Progress { needs, ..Progress::default() } };
    let stale = !fits(desk, counted) && !desk.draft.has_job();
    Progress {
        answered: counted.complete && needs.is_none(),
        summary: words::short(counted),
        stale: stale.then(|| "counted for other blobs".to_owned()),
        needs,
        ..Progress::default()
    }
}

impl Drives {
    /// With the sizes of the draft; nothing is counted yet.
    pub fn new(desk: &Desk) -> Self {
        Self {
            form: form(&desk.draft.drives.sizes),
            on_field: false,
            wish: Wish::Go,
            fault: None,
            outlook: None,
            splitting: None,
            following: Following::new(desk),
        }
    }

    /// The drives as typed, where that can be read.
    pub fn purchase(&self) -> Option<Purchase> {
        Purchase::parse(self.form.value(SIZES)).ok()
    }

    /// Makes the plan of the last count for the sizes as they are now.
    fn plan(&mut self, desk: &mut Desk) {
        let sizes = self.form.trimmed(SIZES).to_owned();
        let known = desk.count.report.as_ref().zip(self.purchase());
        self.outlook = known.map(|(report, drives)| Outlook::of(report, drives, desk.overheads));
        if let (Some(counted), Some(_)) = (&mut desk.draft.drives.counted, &desk.count.report) {
            counted.plan = self.outlook.as_ref().map(|outlook| outlook.planned(&sizes));
        }
    }

    /// Writes the sizes into the draft and plans for them.
    fn sizes_changed(&mut self, desk: &mut Desk) {
        if desk.is_read_only() || self.form.value(SIZES) == desk.draft.drives.sizes {
            return;
        }
        self.form.value(SIZES).clone_into(&mut desk.draft.drives.sizes);
        self.plan(desk);
    }

    fn take(&mut self, desk: &mut Desk, report: CountReport) {
        self.fault = report.rules.iter().find_map(|rule| rule.problem.clone());
        desk.draft.drives.counted = outlook::summary(desk, &report);
        desk.count.report = Some(Arc::new(report));
        desk.count.live = None;
        self.plan(desk);
    }

    fn act_on_figures(&mut self, desk: &mut Desk, action: &Action) -> Turn {
        match action {
            Action::Activate => return Turn::next(),
            Action::Toggle => return self.pause_or_go_on(desk).into_iter().collect::<Vec<_>>().into(),
            Action::Split => self.propose_split(desk),
            Action::Reload => match self.start(desk, true) {
                Some(effect) => return effect.into(),
                None => desk.warn(Self::hindrance(desk)),
            },
            Action::Move(motion @ (Motion::Left | Motion::Right)) => {
                if let Some(size) =
                    neighbour(self.form.value(SIZES), *motion == Motion::Right).filter(|_| !desk.is_read_only())
                {
                    self.form.set_value(SIZES, size);
                    self.sizes_changed(desk);
                }
            }
            _ => {}
        }
        Turn::stay()
    }

    /// What was typed is answered by the figures: the keys that read on and that split are theirs.
    fn read_figures(&mut self) {
        self.on_field = false;
    }

    fn act_on_field(&mut self, desk: &mut Desk, action: Action) -> Turn {
        let did = filling::act(&mut self.form, action, desk.is_read_only());
        self.sizes_changed(desk);
        match did {
            Did::Past if self.purchase().is_some() => self.read_figures(),
            // The field says what is wrong with it.
            Did::Past => drop(self.form.check_all()),
            Did::Before => self.on_field = false,
            Did::Refused => drop(desk.refuses()),
            Did::Taken | Did::Nothing => {}
        }
        Turn::stay()
    }
}

impl Conduct for Drives {
    /// Counting starts in `follow`, which is called after this.
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        if self.form.value(SIZES) != desk.draft.drives.sizes {
            self.form.set_value(SIZES, &desk.draft.drives.sizes);
        }
        Vec::new()
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        if self.asks_split().is_some() {
            return vec![Context::Question, Context::Page];
        }
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = desk.requests.is_busy(Slot::Scan).then_some(Context::Busy);
        let here =
            if self.on_field { [Context::Sizes, filling::context(&self.form)].to_vec() } else { vec![Context::Counts] };
        let several = self.can_split(desk).then_some(Context::Splittable);
        let open = (Self::can_count(desk) && self.is_open(desk)).then_some(Context::Uncounted);
        let count = busy.map(|_| Context::Counting).or(open);
        let keys = count.into_iter().chain(several).filter(|_| !self.on_field);
        failed.into_iter().chain(busy).chain(keys).chain(here).collect()
    }

    fn is_typing(&self, _desk: &Desk) -> bool {
        self.on_field && self.asks_split().is_none()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            action if self.asks_split().is_some() => {
                self.act_on_split(desk, &action).map_or_else(Turn::stay, Turn::from)
            }
            Action::CancelRequest => {
                desk.say("Counting stopped; Space goes on where it stopped.");
                self.hold(desk, Wish::Stop).into_iter().collect::<Vec<_>>().into()
            }
            Action::Retry => self.start(desk, false).into_iter().collect::<Vec<_>>().into(),
            action if self.on_field => self.act_on_field(desk, action),
            action => self.act_on_figures(desk, &action),
        }
    }

    fn paste(&mut self, desk: &mut Desk, text: &str) -> Vec<Effect> {
        if self.on_field && !desk.refuses() {
            self.form.edit(Edit::Paste(text.to_owned()));
            self.sizes_changed(desk);
        }
        Vec::new()
    }

    fn done(&mut self, desk: &mut Desk, slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            outcome if slot == Slot::Split => self.take_split(desk, outcome),
            Ok(Reply::Scanned(report)) => self.take(desk, *report),
            Ok(_) => {}
            Err(fault) => {
                desk.count.live = None;
                self.fault = Some(fault);
            }
        }
        Turn::stay()
    }

    /// Nobody has to wait for a count, but sizes that cannot be read would leave everything after them without a plan.
    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        if self.form.check_all() > 0 && !desk.is_read_only() && !desk.draft.has_job() {
            self.on_field = true;
            return Err("The drive sizes cannot be read; the field says what to write.".into());
        }
        if desk.requests.is_busy(Slot::Scan) {
            desk.say("Counting goes on meanwhile; Review tells what came of it.");
        } else if progress(desk).stale.is_some() || !progress(desk).answered {
            desk.say("Not everything is counted: how many drives it takes is not known yet.");
        }
        Ok(Vec::new())
    }

    fn page(&self, _desk: &Desk) -> usize {
        if self.asks_split().is_some() { 2 } else { usize::from(self.on_field) }
    }

    fn move_focus(&mut self, _desk: &mut Desk, forward: bool) -> bool {
        let stays = self.on_field != forward;
        if stays {
            self.on_field = forward;
        }
        stays
    }

    fn take_focus(&mut self, _desk: &mut Desk, forward: bool) {
        self.on_field = !forward;
    }

    fn close(&mut self, _desk: &mut Desk) -> bool {
        self.asks_split().is_some() && self.splitting.take().is_some()
    }

    fn away(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.close(desk);
        Vec::new()
    }
}
