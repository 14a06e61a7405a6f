//! The sign-in step: the cloud and the method. The driver holds the session; no token comes here.

use std::borrow::Cow;

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{AskPerson, KeyringRemoval, SignInMethod};
use crate::draft::SignedIn;
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::progress::StepProgress;
use crate::wizard::prompt;
use crate::wizard::shared::{Session, Shared};
use crate::wizard::step::{Navigation, StepLogic, StepOutcome};

/// Which list has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInList {
    /// The clouds, on the left.
    Clouds,
    /// The methods.
    Methods,
    /// The tenants of the session, on the right.
    Tenants,
}

/// The state of the step: lists side by side, and what went wrong.
#[derive(Debug)]
pub struct SignInStep {
    /// Row in the list of clouds.
    pub cloud: usize,
    /// Row in the list of methods.
    pub method: usize,
    /// Row in the list of tenants.
    pub tenant: usize,
    /// The list that has the focus.
    pub list: SignInList,
    /// The tenant of the sign-in under way, e.g. after the person chose another one.
    entering: Option<String>,
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
        let methods = SignInMethod::choices(shared.has_browser);
        let method = known.and_then(|known| methods.iter().position(|method| *method == known.identity.method));
        let (cloud, method) = (cloud.unwrap_or(0), method.unwrap_or(0));
        Self { cloud, method, tenant: 0, list: SignInList::Methods, entering: None, fault: None }
    }

    /// The method under the cursor.
    pub fn chosen(&self, shared: &Shared) -> Option<SignInMethod> {
        SignInMethod::choices(shared.has_browser).get(self.method).copied()
    }

    fn sign_in(&mut self, shared: &mut Shared, ask: AskPerson) -> Vec<Effect> {
        self.fault = None;
        self.entering = None;
        let (method, cloud) = if shared.draft.rehearsal {
            (Some(SignInMethod::Rehearsal), Some(rehearsal()))
        } else {
            (self.chosen(shared), shared.clouds.get(self.cloud).cloned())
        };
        let (Some(method), Some(cloud)) = (method, cloud) else { return Vec::new() };
        if let Some(own) = job_cloud(shared).filter(|own| **own != cloud.name) {
            shared.warn(format!(
                "The job is in the cloud {own}; another cloud knows nothing of it. Choose {own} to sign in."
            ));
            return Vec::new();
        }
        let tenant = shared.draft.sign_in.as_ref().and_then(|known| known.tenant.clone());
        let remember = shared.remember;
        vec![shared.start(Slot::SignIn, Call::SignIn { cloud, method, tenant, ask, remember })]
    }

    /// Signs in by the method that the draft used before, where that needs no person. A new draft waits for the person.
    pub fn resume(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let known = shared.draft.rehearsal || shared.draft.sign_in.is_some();
        if known { self.sign_in(shared, AskPerson::Never) } else { Vec::new() }
    }

    /// Enters the tenant under the cursor, with the sign-in of the session.
    fn enter_tenant(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let tenant = shared.catalogue.tenants.as_ref().and_then(|tenants| tenants.get(self.tenant)).cloned();
        let (Some(tenant), Some(session)) = (tenant, shared.session.clone()) else { return Vec::new() };
        if shared.draft.has_job() {
            shared.warn("The job belongs to the tenant of this session; another tenant does not know it.");
            return Vec::new();
        }
        self.fault = None;
        self.entering = Some(tenant.id.clone());
        let call = Call::SignIn {
            cloud: session.cloud,
            method: session.identity.method,
            tenant: Some(tenant.id),
            ask: AskPerson::IfNeeded,
            remember: shared.remember,
        };
        vec![shared.start(Slot::SignIn, call)]
    }

    /// Reads the tenants of a session that may have several.
    fn read_tenants(shared: &mut Shared) -> Option<Effect> {
        let method = shared.session.as_ref()?.identity.method;
        let several = method.asks_person() || method == SignInMethod::DeveloperTools;
        let unread = shared.catalogue.tenants.is_none() && !shared.requests.is_busy(Slot::Tenants);
        (several && unread).then(|| shared.start(Slot::Tenants, Call::Tenants))
    }

    /// Keeps the sign-in in the keyring, or removes it from there. A session of a person is kept at once, and goes on without.
    fn toggle_remember(&mut self, shared: &mut Shared) -> Vec<Effect> {
        shared.remember = !shared.remember;
        if !shared.remember {
            let own = shared.session.as_ref().map(|session| session.cloud.clone());
            let Some(cloud) = own.or_else(|| shared.clouds.get(self.cloud).cloned()) else { return Vec::new() };
            shared.say("The sign-in is no longer kept.");
            return vec![shared.start(Slot::SignOut, Call::ForgetSignIn(cloud))];
        }
        shared.say("The sign-in will be kept in the system's keyring.");
        let by_person = shared.session.as_ref().is_some_and(|session| session.identity.method.asks_person());
        if by_person { self.sign_in(shared, AskPerson::Never) } else { Vec::new() }
    }

    fn sign_out(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(session) = shared.session.clone() else { return Vec::new() };
        self.fault = None;
        vec![shared.start(Slot::SignOut, Call::SignOut(session.cloud))]
    }

    fn signed_in(&mut self, shared: &mut Shared, session: Session, unkept: Option<String>) -> StepOutcome {
        let before = shared.draft.sign_in.as_ref().and_then(|known| known.tenant.clone());
        let entered = self.entering.take();
        let changed = entered.is_some() && entered != before && shared.draft.account.is_some();
        let tenant = entered.or(before);
        let cloud = session.cloud.name.clone();
        shared.draft.sign_in = Some(SignedIn { cloud, tenant, identity: session.identity.clone() });
        shared.session = Some(session);
        self.fault = None;
        if let Some(why) = unkept {
            shared.warn(format!("The keyring does not keep this sign-in ({why}); it counts until the program ends."));
        }
        if changed {
            shared.say("The account of this draft is of another tenant. Choose one of this tenant.");
            return StepOutcome { effects: Vec::new(), navigation: Navigation::Visit(Step::Account) };
        }
        StepOutcome::next()
    }

    fn step_cursor(&mut self, shared: &Shared, motion: Motion) {
        let tenants = shared.catalogue.tenants.as_ref().map_or(0, Vec::len);
        let (row, len) = match self.list {
            SignInList::Clouds => (&mut self.cloud, shared.clouds.len()),
            SignInList::Methods => (&mut self.method, SignInMethod::choices(shared.has_browser).len()),
            SignInList::Tenants => (&mut self.tenant, tenants),
        };
        match (motion, self.list) {
            (Motion::Left, SignInList::Tenants) | (Motion::Right, SignInList::Clouds) => {
                self.list = SignInList::Methods;
            }
            (Motion::Left, _) => self.list = SignInList::Clouds,
            (Motion::Right, SignInList::Methods) if tenants > 1 => self.list = SignInList::Tenants,
            (Motion::Right, _) => {}
            (Motion::Down, SignInList::Clouds) if *row + 1 == len => self.list = SignInList::Methods,
            (other, _) => *row = crate::wizard::list::moved(*row, len, other, 5),
        }
    }
}

/// A keyring that did not answer is a warning.
fn say_removal(shared: &mut Shared, removal: &KeyringRemoval, words: String) {
    match removal {
        KeyringRemoval::Unknown(_) => shared.warn(words),
        KeyringRemoval::Removed | KeyringRemoval::NothingThere => shared.say(words),
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
        let mut effects = if idle { self.resume(shared) } else { Vec::new() };
        effects.extend(Self::read_tenants(shared));
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = shared.requests.is_busy(Slot::SignIn).then_some(Context::Busy);
        let enter =
            if shared.session.is_some() && self.is_unchanged(shared) { Context::Onward } else { Context::SignIn };
        let enter = if self.list == SignInList::Tenants { Context::List } else { enter };
        let prompted = shared.prompt().map(|pending| prompt::context(&pending.prompt));
        let real = !shared.draft.rehearsal;
        let by_person = real && self.chosen(shared).is_some_and(SignInMethod::asks_person);
        let rememberable = by_person.then_some(Context::Rememberable);
        let session = (real && shared.session.is_some() && busy.is_none()).then_some(Context::SignedIn);
        let second = (self.list != SignInList::Clouds && real).then_some(Context::SecondList);
        if let Some(prompted) = prompted {
            return [prompted].into_iter().chain(busy).chain([Context::Page]).collect();
        }
        let first = failed.into_iter().chain(busy).chain([enter]);
        first.chain(rememberable).chain(session).chain(second).chain([Context::List]).collect()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            // The lists are out of sight.
            Action::Move(_) if shared.draft.rehearsal || shared.prompt().is_some() => {}
            Action::Move(motion) => self.step_cursor(shared, motion),
            Action::Activate | Action::Toggle if self.list == SignInList::Tenants => {
                return self.enter_tenant(shared).into();
            }
            Action::Remember => return self.toggle_remember(shared).into(),
            Action::SignOut => return self.sign_out(shared).into(),
            Action::Activate if shared.session.is_some() && self.is_unchanged(shared) => return StepOutcome::next(),
            Action::Activate | Action::Retry => return self.sign_in(shared, AskPerson::IfNeeded).into(),
            Action::CancelRequest => {
                return shared.requests.cancel(Slot::SignIn).into_iter().collect::<Vec<_>>().into();
            }
            action => {
                if let Some(effect) = prompt::act(shared, &action) {
                    return effect.into();
                }
            }
        }
        StepOutcome::stay()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            Ok(Reply::SignedIn { identity, cloud, unkept }) => {
                self.signed_in(shared, Session { identity, cloud }, unkept)
            }
            Ok(Reply::SignedOut(removal)) => {
                let method = shared.session.take().map(|session| session.identity.method);
                shared.catalogue.tenants = None;
                self.list = SignInList::Methods;
                let own = method.is_none_or(SignInMethod::asks_person);
                let kept = if own { "" } else { " The tool that signed in stays signed in." };
                say_removal(shared, &removal, format!("You are signed out. {}{kept}", removal.sentence()));
                StepOutcome::stay()
            }
            Ok(Reply::SignInForgotten(removal)) => {
                let goes_on = if shared.session.is_some() { " You stay signed in until the program ends." } else { "" };
                say_removal(shared, &removal, format!("{}{goes_on}", removal.sentence()));
                StepOutcome::stay()
            }
            Ok(Reply::Tenants(tenants)) => {
                let own = shared.session.as_ref().and_then(|session| session.identity.tenant.as_ref());
                self.tenant = tenants.iter().position(|tenant| Some(&tenant.id) == own).unwrap_or(0);
                shared.catalogue.tenants = Some(tenants);
                StepOutcome::stay()
            }
            // The tenants are an offer; the session works without them.
            Err(_) if slot == Slot::Tenants => StepOutcome::stay(),
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
        let several = shared.catalogue.tenants.as_ref().is_some_and(|tenants| tenants.len() > 1);
        let next = match (self.list, forward) {
            (SignInList::Clouds, true) | (SignInList::Tenants, false) => SignInList::Methods,
            (SignInList::Methods, true) if several => SignInList::Tenants,
            (SignInList::Methods, false) => SignInList::Clouds,
            _ => return false,
        };
        let moves = !shared.draft.rehearsal;
        if moves {
            self.list = next;
        }
        moves
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.list = if forward { SignInList::Clouds } else { SignInList::Methods };
    }

    fn button(&self, shared: &Shared) -> Cow<'static, str> {
        if shared.session.is_some() || shared.direct_account().is_some() {
            "Next".into()
        } else {
            "Sign in first".into()
        }
    }
}

impl SignInStep {
    /// Whether the cursors are on the cloud and the method of the session.
    fn is_unchanged(&self, shared: &Shared) -> bool {
        let Some(session) = &shared.session else { return false };
        let same_cloud = shared.clouds.get(self.cloud).is_some_and(|cloud| cloud.name == session.cloud.name);
        let same_method = self.chosen(shared) == Some(session.identity.method);
        shared.draft.rehearsal || (same_cloud && same_method)
    }
}
