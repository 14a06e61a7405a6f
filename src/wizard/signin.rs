//! The sign-in step: which cloud, which way, which tenant. The session itself is kept by the driver; tokens never come here.

use super::conduct::{Conduct, Turn};
use super::desk::{Desk, Session};
use super::rail::Progress;
use crate::app::action::{Action, Motion};
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::SignInMethod;
use crate::draft::SignedIn;

/// The state of the step: two lists side by side, and what went wrong.
#[derive(Debug)]
pub struct SignIn {
    /// Row in the list of clouds.
    pub cloud: usize,
    /// Row in the list of ways to sign in.
    pub method: usize,
    /// The list of clouds has the focus, not the list of ways.
    pub on_clouds: bool,
    /// Why the last try failed.
    pub fault: Option<Fault>,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    if let Some(words) = desk.by_key().filter(|_| desk.session.is_none()) {
        let needs = desk.needs_beyond_given("sign in, for a job cannot be created with an account's key");
        return Progress { answered: true, summary: words.to_owned(), needs, ..Progress::default() };
    }
    let summary = match (&desk.session, &desk.draft.sign_in) {
        (Some(session), _) => session.identity.who.clone(),
        (None, _) if desk.requests.is_busy(Slot::SignIn) => "signing in…".to_owned(),
        (None, Some(known)) => format!("{}, signed out", known.identity.who),
        (None, None) => String::new(),
    };
    let needs = desk.session.is_none().then(|| "sign in".to_owned());
    Progress { answered: desk.session.is_some(), summary, needs, ..Progress::default() }
}

impl SignIn {
    /// With the cursor on what the draft used the last time.
    pub fn new(desk: &Desk) -> Self {
        let known = desk.draft.sign_in.as_ref();
        let cloud = known.and_then(|known| desk.clouds.iter().position(|cloud| cloud.name == known.cloud));
        let method =
            known.and_then(|known| SignInMethod::CHOICES.iter().position(|method| *method == known.identity.method));
        Self { cloud: cloud.unwrap_or(0), method: method.unwrap_or(0), on_clouds: false, fault: None }
    }

    fn sign_in(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.fault = None;
        let (method, cloud) = if desk.draft.rehearsal {
            (Some(&SignInMethod::Rehearsal), Some(rehearsal()))
        } else {
            (SignInMethod::CHOICES.get(self.method), desk.clouds.get(self.cloud).cloned())
        };
        let (Some(method), Some(cloud)) = (method, cloud) else { return Vec::new() };
        if let Some(own) = job_cloud(desk).filter(|own| **own != cloud.name) {
            desk.warn(format!(
                "The job is in the cloud {own}; another cloud knows nothing of it. Choose {own} to sign in."
            ));
            return Vec::new();
        }
        let tenant = desk.draft.sign_in.as_ref().and_then(|known| known.tenant.clone());
        vec![desk.start(Slot::SignIn, Call::SignIn { cloud, method: *method, tenant })]
    }

    /// Signs in again the way the draft did, without being asked; a new draft waits for the person.
    pub fn resume(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let known = desk.draft.rehearsal || desk.draft.sign_in.is_some();
        if known { self.sign_in(desk) } else { Vec::new() }
    }

    fn step_cursor(&mut self, desk: &Desk, motion: Motion) {
        let (row, len) = if self.on_clouds {
            (&mut self.cloud, desk.clouds.len())
        } else {
            (&mut self.method, SignInMethod::CHOICES.len())
        };
        match motion {
            Motion::Left => self.on_clouds = true,
            Motion::Right => self.on_clouds = false,
            Motion::Down if self.on_clouds && *row + 1 == len => self.on_clouds = false,
            other => *row = super::list::moved(*row, len, other, 5),
        }
    }
}

/// Name of the cloud the draft's job is in, once there is one. Whom it is looked at as may change, where it is cannot.
fn job_cloud(desk: &Desk) -> Option<&String> {
    desk.draft.sign_in.as_ref().filter(|_| desk.draft.has_job() && !desk.draft.rehearsal).map(|known| &known.cloud)
}

/// Stands for the simulated Azure until the driver has started it and knows its port.
fn rehearsal() -> Cloud {
    Cloud {
        name: "rehearsal".into(),
        arm: String::new(),
        authority: String::new(),
        blob: None,
        storage_hosts: Vec::new(),
    }
}

impl Conduct for SignIn {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let idle = desk.session.is_none() && !desk.requests.is_busy(Slot::SignIn) && self.fault.is_none();
        if idle { self.resume(desk) } else { Vec::new() }
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = desk.requests.is_busy(Slot::SignIn).then_some(Context::Busy);
        let enter = if desk.session.is_some() && self.is_unchanged(desk) { Context::Onward } else { Context::SignIn };
        let second = (!self.on_clouds && !desk.draft.rehearsal).then_some(Context::SecondList);
        failed.into_iter().chain(busy).chain([enter]).chain(second).chain([Context::List]).collect()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Move(motion) if !desk.draft.rehearsal => self.step_cursor(desk, motion),
            Action::Activate if desk.session.is_some() && self.is_unchanged(desk) => return Turn::next(),
            Action::Activate | Action::Retry => return self.sign_in(desk).into(),
            Action::CancelRequest => return desk.requests.cancel(Slot::SignIn).into_iter().collect::<Vec<_>>().into(),
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, _slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            Ok(Reply::SignedIn { identity, cloud }) => {
                let tenant = desk.draft.sign_in.as_ref().and_then(|known| known.tenant.clone());
                desk.draft.sign_in = Some(SignedIn { cloud: cloud.name.clone(), tenant, identity: identity.clone() });
                desk.session = Some(Session { identity, cloud });
                self.fault = None;
                Turn::next()
            }
            Ok(_) => Turn::stay(),
            Err(fault) => {
                self.fault = Some(fault);
                Turn::stay()
            }
        }
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        match &desk.session {
            Some(_) => Ok(Vec::new()),
            None if desk.given().is_some() => Ok(Vec::new()),
            None if desk.requests.is_busy(Slot::SignIn) => Err("Signing in is still under way.".into()),
            None => Err("Choose a way to sign in and press Enter.".into()),
        }
    }

    fn move_focus(&mut self, desk: &mut Desk, forward: bool) -> bool {
        let moves = !desk.draft.rehearsal && self.on_clouds == forward;
        if moves {
            self.on_clouds = !self.on_clouds;
        }
        moves
    }

    fn take_focus(&mut self, _desk: &mut Desk, forward: bool) {
        self.on_clouds = forward;
    }

    fn button(&self, desk: &Desk) -> &'static str {
        if desk.session.is_some() || desk.given().is_some() { "Next" } else { "Sign in first" }
    }
}

impl SignIn {
    /// The cursor is on the cloud and the way the session was made with.
    fn is_unchanged(&self, desk: &Desk) -> bool {
        let Some(session) = &desk.session else { return false };
        let same_cloud = desk.clouds.get(self.cloud).is_some_and(|cloud| cloud.name == session.cloud.name);
        let same_method = SignInMethod::CHOICES.get(self.method) == Some(&session.identity.method);
        desk.draft.rehearsal || (same_cloud && same_method)
    }
}
