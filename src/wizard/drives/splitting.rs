//! Making drafts of the jobs of a split: what is asked before, the new drafts, and this draft with only its own share left.
//! Which rules go into which job is `plan`'s business.

use std::sync::Arc;

use super::{Drives, Wish, outlook};
use crate::app::action::Action;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::draft::{ChosenBlobs, Counted, Draft, DriveAnswers, JobAnswers, PartOf};
use crate::form::job;
use crate::plan::{JobShare, Split};
use crate::select::Rule;
use crate::wizard::Step;
use crate::wizard::desk::Desk;

/// A split that waits for the person, then for the disk.
#[derive(Clone, Debug)]
pub struct Splitting {
    /// The jobs with their names; the first is this draft's.
    pub jobs: Vec<(String, JobShare)>,
    /// Rules that are replaced by narrower ones.
    pub cut: Vec<Rule>,
    /// The rules it is a split of.
    rules: Arc<Vec<Rule>>,
    /// The new drafts are being written.
    sent: bool,
}

impl Splitting {
    fn of(desk: &Desk, split: &Split) -> Self {
        let typed = desk.draft.options.name.trim();
        let account = desk.blob_account().map_or("", |(_, name)| name);
        let first = if job::is_name(typed) { typed.to_owned() } else { job::suggest(account, desk.now) };
        let name = |at: usize| if at == 0 { first.clone() } else { job::numbered(&first, at + 1) };
        let jobs = split.jobs.iter().enumerate().map(|(at, share)| (name(at), share.clone())).collect();
        let rules = Arc::clone(&desk.draft.selection.rules);
        Self { jobs, cut: split.cut.clone(), rules, sent: false }
    }
}

impl Drives {
    /// Whether what was counted makes several jobs that drafts can be made of.
    pub fn can_split(&self, desk: &Desk) -> bool {
        let several = self.outlook.as_ref().is_some_and(|outlook| outlook.split.jobs.len() > 1);
        let counting = desk.requests.is_busy(Slot::Scan) || desk.count.live.is_some();
        several && !counting && self.splitting.is_none() && !desk.is_read_only() && !desk.is_ordered()
    }

    /// Shows what a split would do, or says why it cannot be done now.
    pub(super) fn propose_split(&mut self, desk: &mut Desk) {
        let Some(outlook) = self.outlook.as_ref().filter(|_| self.can_split(desk)) else { return };
        let counted = desk.draft.drives.counted.as_ref();
        if !counted.is_some_and(|counted| counted.complete && super::fits(desk, counted)) {
            desk.warn("Count to the end first: only then is it known what each job takes.");
        } else if desk.draft.journal.create.is_some() {
            desk.warn("The job is about to be created as it is; Review tells what became of it.");
        } else {
            self.splitting = Some(Splitting::of(desk, &outlook.split));
        }
    }

    /// The page that asks is open.
    pub fn asks_split(&self) -> Option<&Splitting> {
        self.splitting.as_ref().filter(|splitting| !splitting.sent)
    }

    pub(super) fn act_on_split(&mut self, desk: &mut Desk, action: &Action) -> Option<Effect> {
        let splitting = self.splitting.as_mut()?;
        match action {
            Action::Yes => {
                splitting.sent = true;
                let drafts = new_drafts(desk, splitting);
                return Some(desk.start(Slot::Split, Call::AddDrafts(drafts)));
            }
            Action::No => self.splitting = None,
            _ => {}
        }
        None
    }

    /// The new drafts are on disk: now, and not before, this one keeps its own share only.
    pub(super) fn take_split(&mut self, desk: &mut Desk, outcome: Result<Reply, Fault>) {
        let Some(splitting) = self.splitting.take() else { return };
        let names = match outcome {
            Ok(Reply::Added(names)) => names,
            Ok(_) => return,
            Err(fault) => return desk.warn_of(&fault),
        };
        let Some((_, share)) = splitting.jobs.first().filter(|_| desk.draft.selection.rules == splitting.rules) else {
            let names = names.join(", ");
            return desk
                .warn(format!("The blobs were changed meanwhile. Discard {names} on the start screen, or keep them."));
        };
        desk.draft.drives = answers(desk, share);
        desk.draft.selection.rules = Arc::new(share.rules.clone());
        desk.draft.part = Some(PartOf { number: 1, of: splitting.jobs.len() });
        self.form.set_value(crate::form::drives::SIZES, &desk.draft.drives.sizes);
        (desk.count.report, self.outlook, self.wish) = (None, None, Wish::Go);
        let others = match names.len() {
            1 => "the other one is".to_owned(),
            others => format!("the {others} others are"),
        };
        desk.say(format!("This draft is job 1 of {} now; {others} on the start screen.", splitting.jobs.len()));
    }
}

/// A draft for each job but the first.
fn new_drafts(desk: &Desk, splitting: &Splitting) -> Vec<Draft> {
    let of = splitting.jobs.len();
    let draft = |(at, (name, share)): (usize, &(String, JobShare))| {
        let own = desk.draft.for_another_job(desk.draft.id.clone(), desk.now);
        Draft {
            step: Step::Drives,
            selection: ChosenBlobs {
                rules: Arc::new(share.rules.clone()),
                account: own.selection.account.clone(),
                ..ChosenBlobs::default()
            },
            drives: answers(desk, share),
            part: Some(PartOf { number: at + 1, of }),
            options: JobAnswers { name: name.clone(), ..own.options.clone() },
            ..own
        }
    };
    splitting.jobs.iter().enumerate().skip(1).map(draft).collect()
}

/// Its own sizes, and what was counted of it where its rules were counted as they are.
fn answers(desk: &Desk, share: &JobShare) -> DriveAnswers {
    DriveAnswers { sizes: share.purchase.to_string(), counted: counted(desk, share) }
}

fn counted(desk: &Desk, share: &JobShare) -> Option<Counted> {
    let report = desk.count.report.as_ref()?;
    let whole = |rule: &Rule| report.rules.iter().find(|counted| counted.rule == *rule).cloned();
    let rules = share.rules.iter().map(whole).collect::<Option<Vec<_>>>()?;
    let own = outlook::of_rules(rules, report);
    let overheads = desk.overheads;
    let planned = outlook::Outlook::of(&own, share.purchase.clone(), overheads).planned(&share.purchase.to_string());
    let summary = outlook::summary(desk, &own)?;
    Some(Counted { rules: Arc::new(share.rules.clone()), plan: Some(planned), ..summary })
}
