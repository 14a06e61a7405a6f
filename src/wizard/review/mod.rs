//! The review step: every answer on one page, what is missing, what to know, and the one irreversible act: creating the job.
//!
//! Creating looks for the job by name first, uploads the list file where there is one, then creates. The intention is in the
//! draft before anything is sent, so that neither a second key press nor a crash makes two jobs.

mod order;
mod warnings;

pub use crate::form::job::tags::DRAFT_TAG;
pub use order::{Order, order};
pub use warnings::warnings;

use super::conduct::{Conduct, Then, Turn};
use super::desk::Desk;
use super::rail::{self, Progress};
use super::{Step, list};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::azure::model::Job;
use crate::draft::{CreateIntention, Intention};
use crate::form::Edit;

/// What has to be typed before Next creates the job, so that holding Enter through the wizard creates nothing.
pub const WORD: &str = "create";

/// The steps whose answers are listed.
pub const LISTED: [Step; 7] =
    [Step::SignIn, Step::Account, Step::Blobs, Step::Drives, Step::Location, Step::Address, Step::Options];

/// The state of the step.
#[derive(Debug, Default)]
pub struct Review {
    /// Row among the answers; one past the last is the field for the word.
    pub row: usize,
    /// What was typed of the word.
    pub word: String,
    /// Where creating stands.
    pub phase: Phase,
    /// Why creating failed, or why the provider could not be read.
    pub fault: Option<Fault>,
}

/// Where creating stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing under way.
    #[default]
    Idle,
    /// Looking for a job of this name.
    Looking,
    /// The list file is being uploaded.
    Uploading,
    /// The job is being created.
    Creating,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let Some(job) = desk.draft.job_address().filter(|_| desk.draft.has_job()) else {
        let missing = missing(desk).len();
        let needs = (missing > 0).then(|| format!("{missing} to settle"));
        return Progress { summary: needs.clone().unwrap_or_default(), ..Progress::default() };
    };
    if desk.draft.gone().is_some() {
        let needs = Some("make a new draft: the job is gone".to_owned());
        return Progress { summary: format!("{} is gone", job.name), needs, ..Progress::default() };
    }
    Progress { answered: true, summary: format!("created {}", job.name), ..Progress::default() }
}

/// The steps that still need the person, each with what it needs.
pub fn missing(desk: &Desk) -> Vec<(Step, String)> {
    // Counting is worth a warning and never an obstacle.
    let needed = LISTED.into_iter().filter(|step| *step != Step::Drives);
    let told = needed.map(|step| (step, rail::progress(desk, step)));
    told.filter_map(|(step, progress)| {
        let stale = progress.stale.map(|why| format!("look again: {why}"));
        progress.needs.or(stale).or(progress.locked).map(|why| (step, why))
    })
    .collect()
}

impl Review {
    /// The step of the row under the cursor; `None` on the field for the word.
    pub fn step_under_cursor(&self) -> Option<Step> {
        LISTED.get(self.row).copied()
    }

    /// Whether the field for the word has the focus.
    pub fn is_on_word(&self) -> bool {
        self.step_under_cursor().is_none()
    }

    fn ask_provider(desk: &mut Desk) -> Vec<Effect> {
        let Some(id) = desk.draft.account.as_ref().map(|chosen| chosen.subscription.id.clone()) else {
            return Vec::new();
        };
        let known = desk.catalogue.provider.as_ref().is_some_and(|(known, _)| *known == id);
        if known || desk.session.is_none() || desk.requests.is_busy(Slot::Provider) {
            return Vec::new();
        }
        vec![desk.start(Slot::Provider, Call::Provider(id))]
    }

    fn needs_registration(desk: &Desk) -> bool {
        desk.catalogue.provider.as_ref().is_some_and(|(_, provider)| !provider.is_registered())
    }

    fn register(desk: &mut Desk) -> Vec<Effect> {
        let Some(id) = desk.draft.account.as_ref().map(|chosen| chosen.subscription.id.clone()) else {
            return Vec::new();
        };
        vec![desk.start(Slot::Provider, Call::Register(id))]
    }

    /// Notes the intention and looks for the job.
    fn begin(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        let order = order(desk)?;
        self.fault = None;
        self.phase = Phase::Looking;
        desk.draft.journal.create = Some(CreateIntention {
            job: order.job.clone(),
            blobs: order.new.blobs.clone(),
            intention: Intention { at: desk.now, confirmed: false },
        });
        Ok(vec![desk.start(Slot::Create, Call::Job(order.job))])
    }

    /// After an interrupted create: only looks, sends nothing.
    fn look_again(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let unsettled = desk.draft.journal.create.as_ref().filter(|create| !create.intention.confirmed);
        let Some(job) = unsettled.map(|create| create.job.clone()) else { return Vec::new() };
        if desk.session.is_none() || desk.requests.is_busy(Slot::Create) || desk.read_only {
            return Vec::new();
        }
        self.phase = Phase::Idle;
        vec![desk.start(Slot::Create, Call::Job(job))]
    }

    /// What comes after the answer to the request of this phase.
    fn go_on(&mut self, desk: &mut Desk, reply: Reply) -> Result<Turn, Fault> {
        match (self.phase, reply) {
            (_, Reply::Job(Some(job))) => self.found(desk, *job),
            (Phase::Idle, Reply::Job(None)) => {
                desk.draft.journal.create = None;
                desk.say("The job was not created the last time; nothing is lost, create it when you are ready.");
                Ok(Turn::stay())
            }
            (Phase::Looking, Reply::Job(None)) => {
                let order = order(desk).map_err(|why| Fault::local("create the job", why))?;
                match order.list {
                    Some(list) => {
                        self.phase = Phase::Uploading;
                        Ok(desk.start(Slot::Create, Call::UploadList(list)).into())
                    }
                    None => self.create(desk),
                }
            }
            (Phase::Uploading, Reply::Uploaded) => self.create(desk),
            (_, other) => {
                Err(Fault::local("create the job", format!("the program got an answer it did not ask for: {other:?}")))
            }
        }
    }

    fn create(&mut self, desk: &mut Desk) -> Result<Turn, Fault> {
        let order = order(desk).map_err(|why| Fault::local("create the job", why))?;
        self.phase = Phase::Creating;
        Ok(desk.start(Slot::Create, Call::CreateJob { job: order.job, new: Box::new(order.new) }).into())
    }

    fn found(&mut self, desk: &mut Desk, job: Job) -> Result<Turn, Fault> {
        if job.tag(DRAFT_TAG) != Some(desk.draft.id.as_str()) {
            desk.draft.journal.create = None;
            let reason = format!("another job is called {} already", job.name);
            let taken =
                Fault { kind: FaultKind::Conflict, retry: Retry::Never, ..Fault::local("create the job", reason) };
            return Err(taken.advise("Give this one another name in the step Job."));
        }
        if let Some(create) = &mut desk.draft.journal.create {
            create.intention.confirmed = true;
        }
        let name = job.name.clone();
        desk.learn_job(job);
        desk.say(format!("The job {name} exists; it was read back from the service."));
        self.phase = Phase::Idle;
        self.word.clear();
        Ok(Turn::next())
    }

    fn edit_word(&mut self, edit: &Edit) {
        match edit {
            Edit::Insert(c) if self.word.chars().count() < WORD.len() => self.word.push(*c),
            Edit::Backspace => {
                self.word.pop();
            }
            _ => {}
        }
    }
}

impl Conduct for Review {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let mut effects = self.look_again(desk);
        effects.extend(Self::ask_provider(desk));
        effects
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        let mut contexts = Vec::new();
        if self.fault.is_some() {
            contexts.push(Context::Failed);
        }
        if Self::needs_registration(desk) {
            contexts.push(Context::Unregistered);
        }
        let typing = self.is_typing(desk);
        contexts.push(if typing { Context::Field } else { Context::List });
        // Behind the list, whose Enter opens the step of a row.
        contexts.extend(desk.draft.gone().map(|_| Context::Gone));
        contexts
    }

    fn is_typing(&self, desk: &Desk) -> bool {
        self.is_on_word() && !desk.draft.has_job()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Move(motion) => self.row = list::moved(self.row, LISTED.len() + 1, motion, 6),
            Action::Edit(edit) => self.edit_word(&edit),
            Action::Activate => {
                let then = self.step_under_cursor().map_or(Then::Button, Then::Visit);
                return Turn { effects: Vec::new(), then };
            }
            Action::Register => return Self::register(desk).into(),
            Action::Retry => {
                self.fault = None;
                let mut effects = self.look_again(desk);
                effects.extend(Self::ask_provider(desk));
                return effects.into();
            }
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        let result = match (slot, outcome) {
            (Slot::Provider, Ok(Reply::Provider(provider))) => {
                let id = desk.draft.account.as_ref().map(|chosen| chosen.subscription.id.clone());
                desk.catalogue.provider = id.map(|id| (id, provider));
                return Turn::stay();
            }
            (_, Ok(reply)) => self.go_on(desk, reply),
            (_, Err(fault)) => Err(fault),
        };
        result.unwrap_or_else(|fault| {
            self.phase = Phase::Idle;
            self.fault = Some(fault);
            Turn::stay()
        })
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        if desk.draft.has_job() {
            return Ok(Vec::new());
        }
        if desk.requests.is_busy(Slot::Create) {
            return Err("The job is being created; wait for the service's answer.".into());
        }
        if let Some((step, why)) = missing(desk).first() {
            self.row = LISTED.iter().position(|listed| listed == step).unwrap_or(0);
            return Err(format!("{} needs you: {why}.", step.name()));
        }
        if Self::needs_registration(desk) {
            return Err("Register Microsoft.ImportExport in the subscription first (Ctrl-G).".into());
        }
        if !self.word.trim().eq_ignore_ascii_case(WORD) {
            self.row = LISTED.len();
            return Err(format!("Type the word {WORD} in the field to create the job."));
        }
        if desk.read_only {
            return Err("This draft is open read-only; nothing is sent from here.".into());
        }
        let effects = self.begin(desk)?;
        // Staying here until the service has answered: `done` moves on.
        desk.say("Creating the job…");
        Ok(effects)
    }

    fn move_focus(&mut self, _desk: &mut Desk, forward: bool) -> bool {
        let moves = self.is_on_word() != forward;
        if moves {
            self.row = if forward { LISTED.len() } else { 0 };
        }
        moves
    }

    fn take_focus(&mut self, _desk: &mut Desk, forward: bool) {
        self.row = if forward { 0 } else { LISTED.len() };
    }

    fn button(&self, desk: &Desk) -> &'static str {
        if desk.draft.has_job() { "Next" } else { "Create the job" }
    }
}
