//! The last step: the BitLocker keys. Masked until asked for, kept in memory only, saved to a file only its owner can read.

use secrecy::ExposeSecret;

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::list;
use super::rail::Progress;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::azure::model::BitLockerKey;

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
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let Some(known) = &desk.draft.job else { return Progress::locked("create the job first") };
    match &desk.draft.keys_file {
        Some(file) => Progress { answered: true, summary: format!("saved to {file}"), ..Progress::default() },
        None if known.state.is_over() => Progress {
            summary: "save them, they vanish".into(),
            needs: Some("save the keys".into()),
            ..Progress::default()
        },
        None => Progress { summary: "come with the drives".into(), ..Progress::default() },
    }
}

impl Keys {
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
        Self::read(desk)
    }

    fn contexts(&self, _desk: &Desk) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let shown = self.any().then_some(Context::KeysShown);
        failed.into_iter().chain(shown).chain([Context::Loaded, Context::List]).collect()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Move(motion) => {
                self.row = list::moved(self.row, self.keys.as_ref().map_or(0, Vec::len), motion, 10);
            }
            Action::Reload | Action::Retry => return self.enter(desk).into(),
            Action::Reveal => self.revealed = !self.revealed,
            Action::Copy => return self.copy(desk).into(),
            Action::Save => return self.save(desk).into(),
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, _slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            Ok(Reply::Keys(keys)) => self.keys = Some(keys),
            Ok(Reply::SavedKeys(path)) => {
                let path = path.display().to_string();
                desk.say(format!("Saved to {path}, readable by you only."));
                desk.draft.keys_file = Some(path);
            }
            Ok(_) => {}
            Err(fault) => self.fault = Some(fault),
        }
        Turn::stay()
    }

    fn leave(&mut self, _desk: &mut Desk) -> Result<Vec<Effect>, String> {
        Err("This is the last step. Press q to leave; the draft stays.".into())
    }

    fn button(&self, _desk: &Desk) -> &'static str {
        "Done: q leaves"
    }
}
