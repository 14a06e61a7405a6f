//! Splits an export into drafts, one for each job: after a confirmation it makes the new drafts, and this draft keeps its own share. `plan`
//! decides which rules go into which job.

use std::sync::Arc;

use crate::azure::fault::Fault;
use crate::draft::{ChosenBlobs, CountedTotals, Draft, DriveAnswers, JobAnswers, PartOf};
use crate::form::job;
use crate::plan::{JobShare, Split};
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::select::Rule;
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::estimate::{self, fits};
use crate::wizard::steps::drives::state::{CountCommand, DrivesStep, PendingSplit};

impl PendingSplit {
    fn of(shared: &Shared, split: &Split) -> Self {
        let typed = shared.draft.options.name.trim();
        let account = shared.blob_account().map_or("", |(_, name)| name);
        let first = if job::is_name(typed) { typed.to_owned() } else { job::suggest(account, shared.now) };
        let name = |at: usize| if at == 0 { first.clone() } else { job::numbered(&first, at + 1) };
        let jobs = split.jobs.iter().enumerate().map(|(at, share)| (name(at), share.clone())).collect();
        let rules = Arc::clone(&shared.draft.selection.rules);
        Self { jobs, cut: split.cut.clone(), rules, sent: false }
    }
}

impl DrivesStep {
    /// Whether the estimate has several jobs and drafts can be made of them now.
    pub fn can_split(&self, shared: &Shared) -> bool {
        let several = self.estimate.as_ref().is_some_and(|estimate| estimate.split.jobs.len() > 1);
        let counting = shared.requests.is_busy(Slot::Scan) || shared.count.live.is_some();
        several && !counting && self.splitting.is_none() && !shared.is_read_only() && !shared.is_ordered()
    }

    /// Shows what a split would do, or says why it cannot be done now.
    pub(super) fn propose_split(&mut self, shared: &mut Shared) {
        let Some(estimate) = self.estimate.as_ref().filter(|_| self.can_split(shared)) else { return };
        let counted = shared.draft.drives.counted.as_ref();
        if !counted.is_some_and(|counted| counted.complete && fits(shared, counted)) {
            shared.warn("Count to the end first: only then is it known what each job takes.");
        } else if shared.draft.journal.create.is_some() {
            shared.warn("The job is about to be created as it is; Review tells what became of it.");
        } else {
            self.splitting = Some(PendingSplit::of(shared, &estimate.split));
        }
    }

    /// The split that the person is asked about.
    pub fn asks_split(&self) -> Option<&PendingSplit> {
        self.splitting.as_ref().filter(|splitting| !splitting.sent)
    }

    pub(super) fn act_on_split(&mut self, shared: &mut Shared, action: &Action) -> Option<Effect> {
        let splitting = self.splitting.as_mut()?;
        match action {
            Action::Yes => {
                splitting.sent = true;
                let drafts = new_drafts(shared, splitting);
                return Some(shared.start(Slot::Split, Call::AddDrafts(drafts)));
            }
            Action::No => self.splitting = None,
            _ => {}
        }
        None
    }

    /// The new drafts are on disk; only then does this draft give up their shares.
    pub(super) fn take_split(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) {
        let Some(splitting) = self.splitting.take() else { return };
        let names = match outcome {
            Ok(Reply::Added(names)) => names,
            Ok(other) => return shared.warn_of(&other.unexpected()),
            Err(fault) => return shared.warn_of(&fault),
        };
        let Some((_, share)) = splitting.jobs.first().filter(|_| shared.draft.selection.rules == splitting.rules)
        else {
            let names = names.join(", ");
            return shared
                .warn(format!("The blobs were changed meanwhile. Discard {names} on the start screen, or keep them."));
        };
        shared.draft.drives = answers(shared, share);
        shared.draft.selection.rules = Arc::new(share.rules.clone());
        shared.draft.part = Some(PartOf { number: 1, of: splitting.jobs.len() });
        self.form.set_value(crate::form::drives::SIZES, &shared.draft.drives.sizes);
        (shared.count.report, self.estimate, self.command) = (None, None, CountCommand::Go);
        let others = match names.len() {
            1 => "the other one is".to_owned(),
            others => format!("the {others} others are"),
        };
        shared.say(format!("This draft is job 1 of {} now; {others} on the start screen.", splitting.jobs.len()));
    }
}

/// A draft for each job but the first.
fn new_drafts(shared: &Shared, splitting: &PendingSplit) -> Vec<Draft> {
    let of = splitting.jobs.len();
    let draft = |(at, (name, share)): (usize, &(String, JobShare))| {
        let own = shared.draft.for_another_job(shared.draft.id.clone(), shared.now);
        Draft {
            step: Step::Drives,
            selection: ChosenBlobs {
                rules: Arc::new(share.rules.clone()),
                account: own.selection.account.clone(),
                ..ChosenBlobs::default()
            },
            drives: answers(shared, share),
            part: Some(PartOf { number: at + 1, of }),
            options: JobAnswers { name: name.clone(), ..own.options.clone() },
            ..own
        }
    };
    splitting.jobs.iter().enumerate().skip(1).map(draft).collect()
}

/// The sizes of a share, and its count if each of its rules was counted as it is.
fn answers(shared: &Shared, share: &JobShare) -> DriveAnswers {
    DriveAnswers { sizes: share.purchase.to_string(), counted: counted(shared, share) }
}

fn counted(shared: &Shared, share: &JobShare) -> Option<CountedTotals> {
    let report = shared.count.report.as_ref()?;
    let whole = |rule: &Rule| report.rules.iter().find(|counted| counted.rule == *rule).cloned();
    let rules = share.rules.iter().map(whole).collect::<Option<Vec<_>>>()?;
    let own = estimate::of_rules(rules, report);
    let overheads = shared.overheads;
    let planned =
        estimate::DriveEstimate::of(&own, share.purchase.clone(), overheads).planned(&share.purchase.to_string());
    let summary = estimate::summary(shared, &own)?;
    Some(CountedTotals { rules: Arc::new(share.rules.clone()), plan: Some(planned), ..summary })
}
