//! The keys step: the BitLocker keys of the drives and the commands that unlock them. Keys are masked until the person shows them, are
//! held in memory only, and are saved to a file that only its owner can read.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::ExposeSecret;

use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{BitLockerKey, JobState};
use crate::draft::{Consequence, DueTime};
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::unlock::{KeyReading, UnlockTool, instructions};
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::step::{Navigation, StepLogic, StepOutcome};
use crate::wizard::{failures, list, poll};

/// The state of the step.
#[derive(Debug)]
pub struct KeysStep {
    /// Row of the cursor.
    pub row: usize,
    /// The keys, once they were read; never written anywhere by the program itself.
    pub keys: Option<Vec<BitLockerKey>>,
    /// They are shown in full.
    pub revealed: bool,
    /// The tool whose commands are shown.
    pub tool: UnlockTool,
    /// Why they could not be read or saved.
    pub fault: Option<Fault>,
    /// When the service last answered what keys there are.
    answered: Option<Timestamp>,
    /// Serial numbers of the drives whose keys are being saved. The service may name more keys before the file is written.
    saving: Vec<String>,
}

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    let Some(known) = &shared.draft.job else { return StepProgress::locked("create the job first") };
    match &shared.draft.keys_file {
        Some(_) if known.gone.is_none() && !shared.draft.has_all_keys() => StepProgress {
            summary: "a drive's key is not saved".into(),
            needs: Some("save the keys again".into()),
            ..StepProgress::default()
        },
        Some(file) => StepProgress { answered: true, summary: format!("saved to {file}"), ..StepProgress::default() },
        None if known.gone.is_some() => StepProgress { summary: "gone with the job".into(), ..StepProgress::default() },
        None if known.has_no_drive() => {
            StepProgress { summary: "none: no drive was received".into(), ..StepProgress::default() }
        }
        None if known.status.state.sent_back() => StepProgress {
            summary: "save them, they vanish".into(),
            needs: Some("save the keys".into()),
            ..StepProgress::default()
        },
        None => StepProgress { summary: "come with the drives".into(), ..StepProgress::default() },
    }
}

/// Whether the service may have keys of a job in this state. They come when the drives are sent back; an unknown state may be later still.
fn may_have_keys(state: JobState) -> bool {
    matches!(state, JobState::Packing | JobState::Unknown) || state.sent_back()
}

/// When the service deletes the job with its keys.
pub fn keys_until(shared: &Shared) -> Option<DueTime> {
    let due = shared.job_deadline()?.due;
    (due.then == Consequence::JobRemoved).then_some(due)
}

impl KeysStep {
    /// With the cursor where the draft left it.
    pub fn new(shared: &Shared) -> Self {
        Self {
            row: shared.draft.focus.get(&Step::Keys).copied().unwrap_or(0),
            keys: None,
            revealed: false,
            tool: UnlockTool::of_this_system(),
            fault: None,
            answered: None,
            saving: Vec::new(),
        }
    }

    /// Time until the keys are read again; `None` while the job cannot have any, and once they were read of every drive that came.
    fn due_in(&self, shared: &Shared) -> Option<Duration> {
        let known = shared.draft.job.as_ref().filter(|known| known.gone.is_none() && known.status.state.sent_back())?;
        let open = !self.any() || !self.drives_without(shared).is_empty();
        let wanted = open && self.fault.is_none() && shared.session.is_some() && !shared.requests.is_busy(Slot::Keys);
        // At once when the job has ended since the last read of the keys, otherwise at the pace of the job's own reads.
        let asked = self.answered.filter(|at| *at >= known.read);
        wanted.then(|| asked.map_or(Duration::ZERO, |at| poll::left(shared, at, poll::every(shared))))
    }

    fn read(shared: &mut Shared) -> Vec<Effect> {
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        if shared.session.is_none() || shared.requests.is_busy(Slot::Keys) {
            return Vec::new();
        }
        vec![shared.start(Slot::Keys, Call::Keys(job))]
    }

    /// The drives that came and of which the service names no key so far.
    pub fn drives_without<'a>(&self, shared: &'a Shared) -> Vec<&'a str> {
        let has_key = |id: &str| self.keys.iter().flatten().any(|key| key.drive.eq_ignore_ascii_case(id));
        shared.draft.job.as_ref().map(|known| known.drives_without_key(has_key)).unwrap_or_default()
    }

    /// Whether there is at least one key to show.
    pub fn any(&self) -> bool {
        self.keys.as_ref().is_some_and(|keys| !keys.is_empty())
    }

    fn save(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let (Some(keys), Some(job)) = (self.keys.clone(), shared.draft.job_address().cloned()) else {
            return Vec::new();
        };
        let name = format!("bitlocker-keys-{}.txt", job.name);
        self.saving = keys.iter().map(|key| key.drive.clone()).collect();
        vec![shared.start(Slot::SaveKeys, Call::SaveKeys { name, keys })]
    }

    /// The key under the cursor.
    pub fn selected(&self) -> Option<&BitLockerKey> {
        self.keys.as_ref()?.get(self.row)
    }

    fn copy(&self, shared: &mut Shared) -> Vec<Effect> {
        let Some(key) = self.selected() else { return Vec::new() };
        shared.say(format!("The key of drive {} is on the clipboard, if the terminal allows it.", key.drive));
        vec![Effect::Copy(KeyReading::of(&key.key).typed(&key.key).to_owned())]
    }

    fn copy_command(&self, shared: &mut Shared) -> Vec<Effect> {
        let Some(key) = self.selected() else { return Vec::new() };
        let command = instructions(self.tool, key).unlock;
        let with = if command.has_key() { "has its key in it" } else { "asks for its key" };
        shared.say(format!(
            "The command for drive {} is on the clipboard, if the terminal allows it. It {with}.",
            key.drive
        ));
        vec![Effect::Copy(command.exposed().expose_secret().to_owned())]
    }
}

impl StepLogic for KeysStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.fault = None;
        let mut effects = poll::read(shared);
        if shared.draft.job.as_ref().is_some_and(|known| may_have_keys(known.status.state)) {
            effects.extend(Self::read(shared));
        }
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if shared.draft.gone().is_some() && !self.any() {
            return vec![Context::Gone, Context::Loaded, Context::Page];
        }
        let failed = (self.fault.is_some() || shared.poll.fault.is_some()).then_some(Context::Failed);
        let shown = self.any().then_some(Context::KeysShown);
        let logged = failures::may_have_logs(shared).then_some(Context::Logged);
        failed.into_iter().chain(shown).chain(logged).chain([Context::Loaded, Context::Page]).collect()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            Action::Move(motion @ (Motion::Left | Motion::Right)) => {
                self.tool = self.tool.neighbour(motion == Motion::Right);
            }
            Action::Move(motion) => {
                self.row = list::moved(self.row, self.keys.as_ref().map_or(0, Vec::len), motion, 10);
                if !shared.is_read_only() {
                    shared.draft.focus.insert(Step::Keys, self.row);
                }
            }
            Action::Reload | Action::Retry => {
                self.fault = None;
                let mut effects = poll::read(shared);
                effects.extend(Self::read(shared));
                return effects.into();
            }
            Action::ShowFailures => {
                let effects = failures::open(shared);
                return StepOutcome { effects, navigation: Navigation::Visit(Step::Follow) };
            }
            Action::Reveal => self.revealed = !self.revealed,
            Action::Copy => return self.copy(shared).into(),
            Action::CopyCommand => return self.copy_command(shared).into(),
            Action::Save => return self.save(shared).into(),
            _ => {}
        }
        StepOutcome::stay()
    }

    fn done(&mut self, shared: &mut Shared, _slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            Ok(Reply::Keys(keys)) => {
                self.answered = Some(shared.now);
                // Keys that were seen are not taken off the screen because the service has deleted them meanwhile.
                if !self.any() || !keys.is_empty() {
                    self.row = self.row.min(keys.len().saturating_sub(1));
                    self.keys = Some(keys);
                }
            }
            Ok(Reply::SavedKeys(path)) => {
                let path = path.display().to_string();
                shared.say(format!("Saved to {path}, readable by you only."));
                shared.draft.keys_file = Some(path);
                shared.draft.keys_of = std::mem::take(&mut self.saving);
            }
            Ok(other) => self.fault = Some(other.unexpected()),
            Err(fault) => {
                // The job itself tells whether it is gone.
                let look = fault.kind == FaultKind::Gone;
                self.fault = Some(fault);
                return if look { poll::read(shared).into() } else { StepOutcome::stay() };
            }
        }
        StepOutcome::stay()
    }

    fn leave(&mut self, _shared: &mut Shared) -> Result<Vec<Effect>, String> {
        Ok(Vec::new())
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = poll::tick(shared);
        if self.due_in(shared).is_some_and(|left| left.is_zero()) {
            effects.extend(Self::read(shared));
        }
        effects
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        poll::wake_in(shared).into_iter().chain(self.due_in(shared)).min()
    }

    fn button(&self, _shared: &Shared) -> Cow<'static, str> {
        "Next: verify the drives".into()
    }
}
