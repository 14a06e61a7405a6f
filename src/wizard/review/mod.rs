//! The review step: every answer on one page, what is missing, what to know, and the one irreversible act: creating the job.
//! How it is created once and not twice is in `create`, where the focus is in `rows`.

mod create;
mod order;
mod rows;
mod warnings;

pub use crate::form::job::tags::DRAFT_TAG;
pub use create::minutes;
pub use order::{Order, order};
pub use warnings::warnings;

use std::time::Duration;

use jiff::Timestamp;

use super::Step;
use super::conduct::{Conduct, Then, Turn};
use super::desk::Desk;
use super::rail::{self, Progress};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::app::viewport::Drawn;
use crate::azure::fault::Fault;
use crate::form::{Edit, Field};
use crate::wording::many;

/// What has to be typed before Next creates the job, so that holding Enter through the wizard creates nothing.
pub const WORD: &str = "create";

/// The steps whose answers are listed.
pub const LISTED: [Step; 7] =
    [Step::SignIn, Step::Account, Step::Blobs, Step::Drives, Step::Location, Step::Address, Step::Options];

/// The state of the step.
#[derive(Debug, Default)]
pub struct Review {
    /// Row among the answers; one past the last is the field for the word.
    row: usize,
    /// A row or the field for the word has the focus, not the page as a whole.
    on_rows: bool,
    /// The person moved the focus: an answer of the service leaves it where it is.
    moved: bool,
    /// The step of the row was visited a moment ago: Enter goes on from here.
    came_back: bool,
    /// What of the warnings was in view.
    read: rows::Read,
    /// What was typed of the word.
    pub word: Field,
    /// Where creating stands.
    pub phase: Phase,
    /// Why creating failed, or why the provider could not be read.
    pub fault: Option<Fault>,
    /// What Ctrl-T does about the fault.
    remedy: Remedy,
    /// When an earlier create request was sent, while another one is under way.
    sent_before: Option<Timestamp>,
}

/// What was asked for when the fault came, to be asked for again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Remedy {
    /// What the subscription says of the service.
    #[default]
    Provider,
    /// Whether there is a job.
    Look,
    /// The job, which is looked for first.
    Create,
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

/// What the step is for now: what was sent so far is never left out.
pub fn purpose(desk: &Desk) -> String {
    let journal = &desk.draft.journal;
    if desk.draft.has_job() {
        let name = desk.draft.job_address().map_or("", |job| job.name.as_str());
        if desk.draft.gone().is_some() {
            return format!("The job {name} was created and is gone; read only.");
        }
        let told = desk.draft.job.as_ref().and_then(|job| job.created);
        let at = told.or(journal.create.as_ref().map(|create| create.intention.at));
        let day = at.map_or_else(String::new, |at| format!(" {}", at.strftime("%Y-%m-%d")));
        return format!("Created{day} as {name}; read only.");
    }
    if let Some(open) = desk.draft.open_create() {
        return format!("The job {} was sent to Azure; whether it exists is not known yet.", open.job.name);
    }
    match &journal.list {
        Some(path) => format!("No job was sent yet, only its blob list, as {path}. Enter on a row edits it."),
        None => "Nothing has been sent yet. Enter on a row edits it.".to_owned(),
    }
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

    /// Asks again for what failed.
    fn retry(&mut self, desk: &mut Desk) -> Vec<Effect> {
        if self.fault.is_none() || self.remedy != Remedy::Create {
            self.fault = None;
            let mut effects = self.look_again(desk);
            effects.extend(Self::ask_provider(desk));
            return effects;
        }
        self.leave(desk).unwrap_or_else(|why| {
            desk.warn(why);
            Vec::new()
        })
    }

    /// Enter: reads on, opens the step of a row, or leaves the word for the button. It never goes round in a circle.
    fn activate(&mut self, desk: &mut Desk) -> Then {
        match self.step_under_cursor() {
            Some(step) if !self.came_back => return Then::Visit(step),
            None if self.is_on_word() || desk.draft.has_job() => return Then::Button,
            None if self.unread(desk) > 0 => return Then::ReadOn,
            _ => {}
        }
        if desk.draft.has_job() {
            return Then::Button;
        }
        let here = self.row;
        self.settle_focus(desk);
        if !self.on_rows || (self.row == here && !self.is_on_word()) {
            self.go_to_word(desk);
        }
        Then::Stay
    }
}

impl Conduct for Review {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let mut effects = self.look_again(desk);
        effects.extend(Self::ask_provider(desk));
        self.follow_missing(desk);
        effects
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        let mut contexts = Vec::new();
        let waits = desk.draft.open_create().is_some() && !desk.requests.is_busy(Slot::Create);
        if self.fault.is_some() || waits {
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
            Action::Move(motion) => self.go(desk, motion),
            Action::Edit(edit) if self.is_typing(desk) => drop(self.word.edit(&edit)),
            Action::Activate => return Turn { effects: Vec::new(), then: self.activate(desk) },
            Action::Register => return Self::register(desk).into(),
            Action::Retry => return self.retry(desk).into(),
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match (slot, outcome) {
            (Slot::Provider, Ok(Reply::Provider(provider))) => {
                let id = desk.draft.account.as_ref().map(|chosen| chosen.subscription.id.clone());
                desk.catalogue.provider = id.map(|id| (id, provider));
            }
            // What is known of a create matters more.
            (Slot::Provider, Err(fault)) if self.fault.is_none() => {
                self.remedy = Remedy::Provider;
                self.fault = Some(fault);
            }
            (Slot::Provider, _) => {}
            (_, outcome) => return self.take_answer(desk, outcome),
        }
        Turn::stay()
    }

    fn tick(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let due = self.looks_in(desk).is_some_and(|left| left.is_zero());
        if due { self.look_again(desk) } else { Vec::new() }
    }

    fn wake_in(&self, desk: &Desk) -> Option<Duration> {
        // The minutes that are left are on the screen.
        self.looks_in(desk).map(|left| left.min(Duration::from_secs(10)))
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        if desk.draft.has_job() {
            return Ok(Vec::new());
        }
        if desk.requests.is_busy(Slot::Create) {
            return Err("Azure is being asked about the job; wait for its answer.".into());
        }
        if let Some((step, why)) = missing(desk).first() {
            (self.row, self.on_rows, self.moved) = (rows::row_of(*step).unwrap_or(0), true, true);
            return Err(format!("{} needs you: {why}.", step.name()));
        }
        if Self::needs_registration(desk) {
            return Err("Register Microsoft.ImportExport in the subscription first (Ctrl-G).".into());
        }
        let unread = self.unread(desk);
        if unread > 0 {
            self.on_rows = false;
            let words = many(unread as u64, "warning");
            return Err(format!("Read on first: {words} not in view yet. PgDn and PgUp show the rest."));
        }
        if !self.word.value().trim().eq_ignore_ascii_case(WORD) {
            self.go_to_word(desk);
            return Err(format!("Type the word {WORD} in the field to create the job."));
        }
        if let Some(why) = desk.why_read_only() {
            return Err(why);
        }
        let effects = self.begin(desk)?;
        // Staying here until the service has answered: `done` moves on.
        desk.say("Creating the job…");
        Ok(effects)
    }

    fn paste(&mut self, desk: &mut Desk, text: &str) -> Vec<Effect> {
        if self.is_typing(desk) {
            self.word.edit(&Edit::Paste(text.to_owned()));
        }
        Vec::new()
    }

    fn drawn(&mut self, desk: &Desk, drawn: &Drawn) -> bool {
        self.take_read(desk, drawn)
    }

    fn move_focus(&mut self, desk: &mut Desk, forward: bool) -> bool {
        match (forward, self.is_on_word()) {
            (true, false) => self.go_to_word(desk),
            (false, true) => {
                self.row = 0;
                true
            }
            _ => false,
        }
    }

    fn take_focus(&mut self, desk: &mut Desk, forward: bool) {
        if forward {
            self.settle_focus(desk);
        } else if !self.go_to_word(desk) {
            (self.row, self.on_rows, self.moved) = (LISTED.len() - 1, true, true);
        }
    }

    fn button(&self, desk: &Desk) -> &'static str {
        if desk.draft.has_job() { "Next" } else { "Create the job" }
    }
}
