//! The sign-in step: the cloud and the method. The driver holds the session; no token comes here.

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::SignInMethod;
use crate::draft::SignedIn;
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::{Session, Shared};
use crate::wizard::step::{StepLogic, StepOutcome};

/// The state of the step: two lists side by side, and what went wrong.
#[derive(Debug)]
pub struct SignInStep {
    /// Row in the list of clouds.
    pub cloud: usize,
    /// Row in the list of methods.
    pub method: usize,
    /// The list of clouds has the focus, not the list of methods.
    pub on_clouds: bool,
    /// Why the last try failed.
    pub fault: Option<Fault>,
}

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    if let Some(words) = shared.direct_access_words().filter(|_| shared.session.is_none()) {
        let needs = shared.needs_beyond_blobs("sign in, for a job cannot be created with an account's key");
        return StepProgress { answered: true, summary: words.to_owned(), needs, ..StepProgress::default() };
    }
    let summary = match (&shared.session, &shared.draft.sign_in) {
        (Some(session), _) => session.identity.who.clone(),
        (None, _) if shared.requests.is_busy(Slot::SignIn) => "signing in…".to_owned(),
        (None, Some(known)) => format!("{}, signed out", known.identity.who),
        (None, None) => String::new(),
    };
    let needs = shared.session.is_none().then(|| "sign in".to_owned());
    StepProgress { answered: shared.session.is_some(), summary, needs, ..StepProgress::default() }
}

impl SignInStep {
    /// With the cursor on what the draft used the last time.
    pub fn new(shared: &Shared) -> Self {
        let known = shared.draft.sign_in.as_ref();
        let cloud = known.and_then(|known| shared.clouds.iter().position(|cloud| cloud.name == known.cloud));
        let method =
            known.and_then(|known| SignInMethod::CHOICES.iter().position(|method| *method == known.identity.method));
        Self { cloud: cloud.unwrap_or(0), method: method.unwrap_or(0), on_clouds: false, fault: None }
    }

    fn sign_in(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.fault = None;
        let (method, cloud) = if shared.draft.rehearsal {
            (Some(&SignInMethod::Rehearsal), Some(rehearsal()))
        } else {
            (SignInMethod::CHOICES.get(self.method), shared.clouds.get(self.cloud).cloned())
        };
        let (Some(method), Some(cloud)) = (method, cloud) else { return Vec::new() };
        if let Some(own) = job_cloud(shared).filter(|own| **own != cloud.name) {
            shared.warn(format!(
                "The job is in the cloud {own}; another cloud knows nothing of it. Choose {own} to sign in."
            ));
            return Vec::new();
        }
        let tenant = shared.draft.sign_in.as_ref().and_then(|known| known.tenant.clone());
        vec![shared.start(Slot::SignIn, Call::SignIn { cloud, method: *method, tenant })]
    }

    /// Signs in by the method that the draft used before. A new draft waits for the person.
    pub fn resume(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let known = shared.draft.rehearsal || shared.draft.sign_in.is_some();
        if known { self.sign_in(shared) } else { Vec::new() }
    }

    fn step_cursor(&mut self, shared: &Shared, motion: Motion) {
        let (row, len) = if self.on_clouds {
            (&mut self.cloud, shared.clouds.len())
        } else {
            (&mut self.method, SignInMethod::CHOICES.len())
        };
        match motion {
            Motion::Left => self.on_clouds = true,
            Motion::Right => self.on_clouds = false,
            Motion::Down if self.on_clouds && *row + 1 == len => self.on_clouds = false,
            other => *row = crate::wizard::list::moved(*row, len, other, 5),
        }
    }
}

/// The name of the cloud that holds the draft's job; `None` while there is no job. Another identity may look at the job, another cloud
/// does not know it.
fn job_cloud(shared: &Shared) -> Option<&String> {
    shared
        .draft
        .sign_in
        .as_ref()
        .filter(|_| shared.draft.has_job() && !shared.draft.rehearsal)
        .map(|known| &known.cloud)
}

/// A cloud that stands for the simulated Azure until the driver has started it and knows its port.
fn rehearsal() -> Cloud {
    Cloud {
        name: "rehearsal".into(),
        arm: String::new(),
        authority: String::new(),
        blob: None,
        storage_hosts: Vec::new(),
    }
}

impl StepLogic for SignInStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let idle = shared.session.is_none() && !shared.requests.is_busy(Slot::SignIn) && self.fault.is_none();
        if idle { self.resume(shared) } else { Vec::new() }
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = shared.requests.is_busy(Slot::SignIn).then_some(Context::Busy);
        let enter =
            if shared.session.is_some() && self.is_unchanged(shared) { Context::Onward } else { Context::SignIn };
        let second = (!self.on_clouds && !shared.draft.rehearsal).then_some(Context::SecondList);
        failed.into_iter().chain(busy).chain([enter]).chain(second).chain([Context::List]).collect()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            Action::Move(motion) if !shared.draft.rehearsal => self.step_cursor(shared, motion),
            Action::Activate if shared.session.is_some() && self.is_unchanged(shared) => return StepOutcome::next(),
            Action::Activate | Action::Retry => return self.sign_in(shared).into(),
            Action::CancelRequest => {
                return shared.requests.cancel(Slot::SignIn).into_iter().collect::<Vec<_>>().into();
            }
            _ => {}
        }
        StepOutcome::stay()
    }

    fn done(&mut self, shared: &mut Shared, _slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            Ok(Reply::SignedIn { identity, cloud }) => {
                let tenant = shared.draft.sign_in.as_ref().and_then(|known| known.tenant.clone());
                shared.draft.sign_in = Some(SignedIn { cloud: cloud.name.clone(), tenant, identity: identity.clone() });
                shared.session = Some(Session { identity, cloud });
                self.fault = None;
                StepOutcome::next()
            }
            Ok(other) => {
                self.fault = Some(other.unexpected());
                StepOutcome::stay()
            }
            Err(fault) => {
                self.fault = Some(fault);
                StepOutcome::stay()
            }
        }
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        match &shared.session {
            Some(_) => Ok(Vec::new()),
            None if shared.direct_account().is_some() => Ok(Vec::new()),
            None if shared.requests.is_busy(Slot::SignIn) => Err("Signing in is still under way.".into()),
            None => Err("Choose a way to sign in and press Enter.".into()),
        }
    }

    fn move_focus(&mut self, shared: &mut Shared, forward: bool) -> bool {
        let moves = !shared.draft.rehearsal && self.on_clouds == forward;
        if moves {
            self.on_clouds = !self.on_clouds;
        }
        moves
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.on_clouds = forward;
    }

    fn button(&self, shared: &Shared) -> &'static str {
        if shared.session.is_some() || shared.direct_account().is_some() { "Next" } else { "Sign in first" }
    }
}

impl SignInStep {
    /// Whether the cursors are on the cloud and the method of the session.
    fn is_unchanged(&self, shared: &Shared) -> bool {
        let Some(session) = &shared.session else { return false };
        let same_cloud = shared.clouds.get(self.cloud).is_some_and(|cloud| cloud.name == session.cloud.name);
        let same_method = SignInMethod::CHOICES.get(self.method) == Some(&session.identity.method);
        shared.draft.rehearsal || (same_cloud && same_method)
    }
}
