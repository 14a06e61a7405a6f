//! Handles answers and their progress: each goes to the step that owns its slot, or to the start screen.

use crate::app::model::{Focus, Model, Overlay, Wizard};
use crate::app::update::moving::{next, visit};
use crate::azure::fault::Fault;
use crate::azure::model::SignInPrompt;
use crate::draft::{Draft, Unlocked};
use crate::protocol::inflight::Pause;
use crate::protocol::message::{Effect, ProgressEvent, Reply, RequestId, Slot};
use crate::protocol::step::Step;
use crate::protocol::viewport::Viewport;
use crate::wizard::clock::SimulatedClock;
use crate::wizard::progress::StepMark;
use crate::wizard::prompt;
use crate::wizard::rail;
use crate::wizard::shared::{Catalogue, Notice};
use crate::wizard::step::Navigation;

/// Handles an event of a request before its answer. The time of a rehearsal's clock holds for every request. Any other event is
/// dropped unless the request is the slot's current one; then it goes to the step that owns the slot.
pub(super) fn progress(model: &mut Model, slot: Slot, id: RequestId, event: ProgressEvent) {
    let received = model.now;
    match event {
        ProgressEvent::Clock { now: showed, pace, until } => {
            if let Some(wizard) = model.wizard.as_mut().filter(|wizard| wizard.shared.draft.rehearsal) {
                wizard.shared.clock = Some(SimulatedClock { received, showed, pace, until });
            }
        }
        ProgressEvent::Waits { delay, reason, asked } => {
            let until = received.checked_add(delay).unwrap_or(received);
            model.requests_mut().wait(slot, id, Pause { until, reason, asked });
        }
        ProgressEvent::SignIn(prompt) => sign_in_prompt(model, slot, id, prompt),
        event @ (ProgressEvent::Counted(_) | ProgressEvent::Checked(_)) => {
            let wizard = model.wizard.as_mut().filter(|wizard| wizard.shared.requests.id(slot) == Some(id));
            if let (Some(wizard), Some(owner)) = (wizard, slot.owner()) {
                wizard.steps.get_mut(owner).progress(&mut wizard.shared, slot, event);
            }
        }
    }
}

/// Shows what a request asks of the person. What was over the screen gives way to it.
fn sign_in_prompt(model: &mut Model, slot: Slot, id: RequestId, prompt: Option<SignInPrompt>) {
    let Some(wizard) = &mut model.wizard else { return };
    if prompt.is_none() && slot == Slot::Create && wizard.shared.requests.id(slot) == Some(id) {
        wizard.steps.review.sent_again(&mut wizard.shared);
    }
    prompt::take(&mut wizard.shared, slot, id, prompt);
    if model.asked_in_place().is_some() {
        (model.overlay, model.overlay_view) = (None, Viewport::default());
    }
}

/// Handles the answer to a request: the step that owns the slot takes it, or the start screen.
pub(super) fn done(model: &mut Model, slot: Slot, id: RequestId, outcome: Result<Reply, Fault>) -> Vec<Effect> {
    let now = model.now;
    if !model.requests_mut().accept(slot, id, now) {
        return Vec::new();
    }
    match (slot.owner(), &mut model.wizard) {
        (Some(owner), Some(wizard)) => done_in_wizard(wizard, owner, slot, outcome),
        _ => done_at_start(model, slot, outcome),
    }
}

fn done_in_wizard(wizard: &mut Wizard, owner: Step, slot: Slot, outcome: Result<Reply, Fault>) -> Vec<Effect> {
    let signed_in = matches!(outcome, Ok(Reply::SignedIn { .. }));
    let account_read = matches!(outcome, Ok(Reply::Account(_)));
    let was_split = matches!(outcome, Ok(Reply::Added(_)));
    let here = wizard.shared.draft.step;
    let outcome = wizard.steps.get_mut(owner).done(&mut wizard.shared, slot, outcome);
    let mut effects = outcome.effects;
    if was_split {
        wizard.steps.blobs.adopt(&wizard.shared);
    }
    if signed_in {
        effects.extend(session_changed(wizard));
    }
    if account_read && !matches!(here, Step::SignIn | Step::Account) {
        // The step on screen may have waited for the account's endpoint.
        effects.extend(wizard.steps.get_mut(here).enter(&mut wizard.shared));
    }
    match outcome.navigation {
        Navigation::Next if owner == here => effects.extend(next(wizard)),
        Navigation::Visit(step) if owner == here => effects.extend(visit(wizard, step)),
        Navigation::Button if owner == here => wizard.focus = Focus::Button,
        _ => {}
    }
    effects
}

/// A new session: drops everything read with the old one, and starts the requests of the step on screen again.
fn session_changed(wizard: &mut Wizard) -> Vec<Effect> {
    wizard.shared.catalogue = Catalogue::default();
    let here = wizard.shared.draft.step;
    let mut effects = wizard.steps.account.refresh(&mut wizard.shared);
    if here != Step::SignIn {
        effects.extend(wizard.steps.get_mut(here).enter(&mut wizard.shared));
    }
    effects
}

fn done_at_start(model: &mut Model, slot: Slot, outcome: Result<Reply, Fault>) -> Vec<Effect> {
    match outcome {
        Ok(Reply::Drafts(drafts)) => return model.start.learn(drafts, model.now),
        Ok(Reply::FoundJobs(jobs)) => model.start.recall_jobs(jobs),
        Ok(Reply::JobsOverview(found)) => model.start.learn_jobs(Ok(*found), model.now),
        Ok(Reply::Opened { draft, read_only }) => return opened(model, *draft, read_only),
        Ok(Reply::Taken { draft, untold }) => {
            let effects = opened(model, *draft, None);
            if !untold.is_empty() {
                model.lay_over(Overlay::Untold(untold));
            }
            return effects;
        }
        Ok(Reply::Held { id, holder, elsewhere }) => model.lay_over(Overlay::Held { id, holder, elsewhere }),
        Ok(other) => {
            model.start.notice = Some(Notice { text: other.unexpected().to_string(), alarm: true, of_job: false });
        }
        // What is on disk is listed all the same; the line below the list says what failed.
        Err(fault) if slot == Slot::JobsOverview => model.start.learn_jobs(Err(fault), model.now),
        Err(fault) => {
            let unread = model.start.drafts.is_none() && !model.start.requests.is_busy(Slot::Drafts);
            let again = (unread && slot != Slot::Drafts).then(|| model.start.read(model.now));
            model.start.fail(fault);
            return again.into_iter().collect();
        }
    }
    Vec::new()
}

fn opened(model: &mut Model, draft: Draft, read_only: Option<Unlocked>) -> Vec<Effect> {
    // The list is read afresh when the person comes back to it.
    let unneeded = model.start.requests.cancel(Slot::JobsOverview);
    model.open(Draft { step: draft.resumes_at(), ..draft }, read_only);
    let Some(wizard) = &mut model.wizard else { return Vec::new() };
    // A draft that names a sign-in signs in at once, whatever its step; one that needs no sign-in opens its account.
    let mut effects: Vec<Effect> = unneeded.into_iter().collect();
    effects.extend(wizard.steps.signin.resume(&mut wizard.shared));
    effects.extend(wizard.steps.blobs.open_direct_account(&mut wizard.shared));
    let step = wizard.shared.draft.step;
    if step != Step::SignIn {
        effects.extend(wizard.steps.get_mut(step).enter(&mut wizard.shared));
    }
    if rail::mark(&wizard.shared, step) == StepMark::Locked {
        wizard.shared.draft.step = Step::SignIn;
    }
    if let Some(why) = wizard.shared.why_read_only() {
        wizard.shared.warn(why);
    }
    effects
}
