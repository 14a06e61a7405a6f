//! The last step: the BitLocker keys. Masked until asked for, kept in memory only, saved to a file only its owner can read.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::ExposeSecret;

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::rail::Progress;
use super::{Step, list, poll};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{BitLockerKey, JobState};

/// The state of the step.
#[derive(Debug, Default)]
pub struct Keys {
    /// Row of the cursor.
    pub row: usize,
    /// The keys, once they were read; never written anywhere by the program itself.
    pub keys: Option<Vec<BitLockerKey>>,
    /// They are shown in full.
    pub revealed: bool,
    /// Why they could not be read or saved.
    pub fault: Option<Fault>,
    /// When the service last answered what keys there are.
    answered: Option<Timestamp>,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let Some(known) = &desk.draft.job else { return Progress::locked("create the job first") };
    match &desk.draft.keys_file {
        Some(file) => Progress { answered: true, summary: format!("saved to {file}"), ..Progress::default() },
        None if known.gone.is_some() => Progress { summary: "gone with the job".into(), ..Progress::default() },
        None if known.state.is_over() => Progress {
            summary: "save them, they vanish".into(),
            needs: Some("save the keys".into()),
            ..Progress::default()
        },
        None => Progress { summary: "come with the drives".into(), ..Progress::default() },
    }
}

/// Whether the service may have keys of a job in this state. They come when the drives are sent back; an unknown state may be later still.
fn may_have_keys(state: &JobState) -> bool {
    matches!(state, JobState::Packaging | JobState::Other(_)) || state.is_over()
}

impl Keys {
    /// With the cursor where the draft left it.
    pub fn new(desk: &Desk) -> Self {
        Self { row: desk.draft.focus.get(&Step::Keys).copied().unwrap_or(0), ..Self::default() }
    }

    /// In how long the keys are to be asked for again; `None` while the job cannot have any, and once they are there.
    fn due_in(&self, desk: &Desk) -> Option<Duration> {
        let known = desk.draft.job.as_ref().filter(|known| known.gone.is_none() && known.state.is_over())?;
        let wanted =
            !self.any() && self.fault.is_none() && desk.session.is_some() && !desk.requests.is_busy(Slot::Keys);
        // Keys of a job that was over before they were last asked for are asked for now and then; a job that came to its end since, at once.
        let asked = self.answered.filter(|at| *at >= known.read);
        wanted.then(|| asked.map_or(Duration::ZERO, |at| poll::left(desk, at, poll::every(desk))))
    }

    fn read(desk: &mut Desk) -> Vec<Effect> {
        let Some(job) = desk.draft.job_address().cloned() else { return Vec::new() };
        if desk.session.is_none() || desk.requests.is_busy(Slot::Keys) {
            return Vec::new();
        }
        vec![desk.start(Slot::Keys, Call::Keys(job))]
    }

    /// Whether there is at least one key to show.
    pub fn any(&self) -> bool {
        self.keys.as_ref().is_some_and(|keys| !keys.is_empty())
    }

    fn save(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let (Some(keys), Some(job)) = (self.keys.clone(), desk.draft.job_address().cloned()) else { return Vec::new() };
        let name = format!("bitlocker-keys-{}.txt", job.name);
        vec![desk.start(Slot::SaveKeys, Call::SaveKeys { name, keys })]
    }

    fn copy(&self, desk: &mut Desk) -> Vec<Effect> {
        let Some(key) = self.keys.as_ref().and_then(|keys| keys.get(self.row)) else { return Vec::new() };
        desk.say(format!("The key of drive {} is on the clipboard, if the terminal allows it.", key.drive));
        vec![Effect::Copy(key.key.expose_secret().to_owned())]
    }
}

impl Conduct for Keys {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.fault = None;
        let mut effects = poll::read(desk);
        if desk.draft.job.as_ref().is_some_and(|known| may_have_keys(&known.state)) {
            effects.extend(Self::read(desk));
        }
        effects
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        if desk.draft.gone().is_some() && !self.any() {
            return vec![Context::Gone, Context::Loaded, Context::Page];
        }
        let failed = (self.fault.is_some() || desk.poll.fault.is_some()).then_some(Context::Failed);
        let shown = self.any().then_some(Context::KeysShown);
        failed.into_iter().chain(shown).chain([Context::Loaded, Context::Page]).collect()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Move(motion) => {
                self.row = list::moved(self.row, self.keys.as_ref().map_or(0, Vec::len), motion, 10);
                if !desk.is_read_only() {
                    desk.draft.focus.insert(Step::Keys, self.row);
                }
            }
            Action::Reload | Action::Retry => {
                self.fault = None;
                let mut effects = poll::read(desk);
                effects.extend(Self::read(desk));
                return effects.into();
            }
            Action::Reveal => self.revealed = !self.revealed,
            Action::Copy => return self.copy(desk).into(),
            Action::Save => return self.save(desk).into(),
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, _slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            Ok(Reply::Keys(keys)) => {
                self.answered = Some(desk.now);
                // Keys that were seen are not taken off the screen because the service has deleted them meanwhile.
                if !self.any() || !keys.is_empty() {
                    self.row = self.row.min(keys.len().saturating_sub(1));
                    self.keys = Some(keys);
                }
            }
            Ok(Reply::SavedKeys(path)) => {
                let path = path.display().to_string();
                desk.say(format!("Saved to {path}, readable by you only."));
                desk.draft.keys_file = Some(path);
            }
            Ok(_) => {}
            Err(fault) => {
                // The job itself tells whether it is gone.
                let look = fault.kind == FaultKind::Gone;
                self.fault = Some(fault);
                return if look { poll::read(desk).into() } else { Turn::stay() };
            }
        }
        Turn::stay()
    }

    fn leave(&mut self, _desk: &mut Desk) -> Result<Vec<Effect>, String> {
        Err("This is the last step. Press q to leave; the draft stays.".into())
    }

    fn tick(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let mut effects = poll::tick(desk);
        if self.due_in(desk).is_some_and(|left| left.is_zero()) {
            effects.extend(Self::read(desk));
        }
        effects
    }

    fn wake_in(&self, desk: &Desk) -> Option<Duration> {
        poll::wake_in(desk).into_iter().chain(self.due_in(desk)).min()
    }

    fn button(&self, _desk: &Desk) -> &'static str {
        "Done: q leaves"
    }
}
