//! `update`: takes a message, changes the model and returns effects. It passes keys and answers to the step they belong to.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::model::{Focus, Model, Overlay, SaveState, Wizard};
use crate::app::update::moving::{self, Left, act_in_wizard, next};
use crate::azure::fault::Fault;
use crate::draft::{Draft, Unlocked};
use crate::protocol::action::Action;
use crate::protocol::inflight::Pause;
use crate::protocol::key::{KeyPress, Mouse};
use crate::protocol::keymap;
use crate::protocol::message::{Call, Effect, Msg, Opening, ProgressEvent, Reply, RequestId, Slot};
use crate::protocol::step::Step;
use crate::wizard::clock::SimulatedClock;
use crate::wizard::progress::StepMark;
use crate::wizard::rail;
use crate::wizard::shared::{Notice, Shared};
use crate::wizard::step::Navigation;

/// Takes a message in. Performs no IO; the driver carries the returned effects out, in order.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::Drawn(_)) {
        // Only a frame was drawn.
        return dispatch(model, msg);
    }
    model.now = now;
    model.requests_mut().settle(now);
    if let Some(wizard) = &mut model.wizard {
        wizard.shared.now = now;
    }
    let before = model.draft().cloned();
    let by_hand = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Mouse(_));
    let said_before = said(model);
    let mut effects = dispatch(model, msg);
    if let Some(notice) = said(model).filter(|notice| said_before.as_ref() != Some(notice)) {
        model.messages.keep(now, notice);
    }
    if let (Some(before), Some(wizard)) = (&before, &mut model.wizard) {
        moving::note_work(wizard, before, by_hand);
    }
    if let Some(wizard) = &mut model.wizard {
        // The count follows the selection, whatever step is open.
        effects.extend(wizard.steps.drives.follow(&mut wizard.shared));
        wizard.settle_page();
    }
    with_save(model, before, effects)
}

/// The remark on screen, or why the draft could not be saved.
fn said(model: &Model) -> Option<Notice> {
    let unsaved = match &model.save {
        SaveState::Failed(fault) => Some(Notice { text: fault.to_string(), alarm: true }),
        SaveState::Saved | SaveState::Saving => None,
    };
    model.notice().cloned().or(unsaved)
}

fn dispatch(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Started(opening) => started(model, opening),
        Msg::Key(key) => pressed(model, key),
        Msg::Paste(text) => pasted(model, &text),
        Msg::Mouse(mouse) => pointed(model, mouse),
        Msg::Resize(columns, rows) => resized(model, (columns, rows)),
        Msg::Drawn(drawn) => {
            if model.take_drawn(drawn) {
                vec![Effect::Draw]
            } else {
                Vec::new()
            }
        }
        Msg::Tick => ticked(model),
        Msg::Done { slot, id, outcome } => done(model, slot, id, outcome),
        Msg::Progress { slot, id, event } => {
            progress(model, slot, id, event);
            Vec::new()
        }
        Msg::Saved(Ok(())) => {
            model.save = SaveState::Saved;
            Vec::new()
        }
        Msg::Saved(Err(fault)) => {
            model.save = SaveState::Failed(fault);
            Vec::new()
        }
        Msg::Terminate => quit(model),
    }
}

/// Puts the save before the other effects: the draft is on disk before a request that cannot be undone is sent.
fn with_save(model: &mut Model, before: Option<Draft>, mut effects: Vec<Effect>) -> Vec<Effect> {
    let Some(wizard) = &mut model.wizard else { return effects };
    let changed = before.is_none_or(|before| before != wizard.shared.draft);
    if changed && keeps(&wizard.shared) {
        wizard.shared.draft.changed = model.now;
        if model.save == SaveState::Saved {
            model.save = SaveState::Saving;
        }
        effects.insert(0, Effect::Save(Arc::new(wizard.shared.draft.clone())));
    }
    effects
}

/// Whether the draft is saved. A draft that is read only, or has no answer yet, is not.
fn keeps(shared: &Shared) -> bool {
    !shared.is_read_only() && !shared.draft.is_untouched()
}

fn started(model: &mut Model, opening: Opening) -> Vec<Effect> {
    let now = model.now;
    let requests = &mut model.start.requests;
    match opening {
        Opening::Start => vec![model.start.read(now)],
        Opening::Rehearse => vec![model.start.rehearse(now)],
        Opening::Account(given) => vec![requests.start(Slot::OpenDraft, Call::NewDraftOf(given), now)],
        Opening::Resume(id) => vec![requests.start(Slot::OpenDraft, Call::OpenDraft(id), now)],
    }
}

fn pressed(model: &mut Model, key: KeyPress) -> Vec<Effect> {
    let contexts = model.contexts();
    let action = keymap::action(&contexts, key);
    match &mut model.wizard {
        Some(wizard) => wizard.shared.notice = None,
        None => model.start.notice = None,
    }
    action.map_or_else(Vec::new, |action| act(model, action))
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => quit(model),
        Action::Suspend => vec![Effect::Suspend],
        Action::Redraw => vec![Effect::Redraw],
        Action::Mouse => {
            model.mouse = !model.mouse;
            vec![Effect::Mouse(model.mouse)]
        }
        Action::Help | Action::Messages => {
            let page = if action == Action::Help { Overlay::Help } else { Overlay::Messages };
            match model.overlay.take() {
                Some(_) => {}
                None => model.lay_over(page),
            }
            Vec::new()
        }
        action if model.overlay.is_some() => act_on_overlay(model, &action),
        action => match &mut model.wizard {
            Some(wizard) => act_in_wizard(wizard, action).unwrap_or_else(|left| leave_draft(model, &left)),
            None => model.start.act(&action, model.now),
        },
    }
}

fn act_on_overlay(model: &mut Model, action: &Action) -> Vec<Effect> {
    match (&mut model.overlay, action) {
        (_, Action::Move(motion)) => {
            let _nothing_has_the_focus = model.overlay_view.scroll(*motion);
            Vec::new()
        }
        (Some(Overlay::Held { id, .. }), Action::ReadOnly | Action::CopyDraft) => {
            let id = id.clone();
            let call = if *action == Action::ReadOnly { Call::ReadDraft(id) } else { Call::CopyDraft(id) };
            model.overlay = None;
            vec![model.start.requests.start(Slot::OpenDraft, call, model.now)]
        }
        (_, Action::Escape) => {
            model.overlay = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Closes the open draft: for the start screen, or for a new draft made from its answers.
fn leave_draft(model: &mut Model, left: &Left) -> Vec<Effect> {
    let Some(mut wizard) = model.wizard.take() else { return Vec::new() };
    let mut effects = wizard.shared.requests.cancel_reads();
    if keeps(&wizard.shared) {
        effects.push(Effect::Save(Arc::new(wizard.shared.draft.clone())));
    }
    effects.push(Effect::CloseDraft);
    model.start.requests = wizard.shared.requests.following();
    model.start.row = 0;
    effects.push(model.start.read(model.now));
    if matches!(left, Left::ForCopy) {
        effects.extend(model.start.open(Call::CopyDraft(wizard.shared.draft.id), model.now));
    }
    effects
}

fn quit(model: &mut Model) -> Vec<Effect> {
    model.leaving = true;
    vec![Effect::Quit]
}

fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    match &mut model.wizard {
        Some(wizard) if model.overlay.is_none() && wizard.focus == Focus::Body => {
            wizard.steps.get_mut(wizard.shared.draft.step).paste(&mut wizard.shared, text)
        }
        _ => Vec::new(),
    }
}

/// The mouse moves nothing under an overlay, and gives the step the focus.
fn pointed(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    match &mut model.wizard {
        Some(wizard) if model.mouse && model.overlay.is_none() => {
            wizard.shared.notice = None;
            wizard.focus = Focus::Body;
            wizard.steps.get_mut(wizard.shared.draft.step).point(&mut wizard.shared, mouse)
        }
        _ => Vec::new(),
    }
}

fn resized(model: &mut Model, size: (u16, u16)) -> Vec<Effect> {
    model.size = size;
    let Some(wizard) = &mut model.wizard else { return Vec::new() };
    wizard.shared.size = size;
    wizard.steps.get_mut(wizard.shared.draft.step).resized(&mut wizard.shared)
}

fn ticked(model: &mut Model) -> Vec<Effect> {
    let Some(wizard) = &mut model.wizard else { return Vec::new() };
    wizard.steps.get_mut(wizard.shared.draft.step).tick(&mut wizard.shared)
}

/// Takes in what a request tells before its answer. What the clock shows holds for all requests; the rest is dropped unless the request
/// is the slot's current one, and goes to the step that owns the slot.
fn progress(model: &mut Model, slot: Slot, id: RequestId, event: ProgressEvent) {
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
        event @ ProgressEvent::Counted(_) => {
            let wizard = model.wizard.as_mut().filter(|wizard| wizard.shared.requests.id(slot) == Some(id));
            if let (Some(wizard), Some(owner)) = (wizard, slot.owner()) {
                wizard.steps.get_mut(owner).progress(&mut wizard.shared, slot, event);
            }
        }
    }
}

fn done(model: &mut Model, slot: Slot, id: RequestId, outcome: Result<Reply, Fault>) -> Vec<Effect> {
    let now = model.now;
    if !model.requests_mut().accept(slot, id, now) {
        return Vec::new();
    }
    match (slot.owner(), &mut model.wizard) {
        (Some(owner), Some(wizard)) => done_in_wizard(wizard, owner, slot, outcome),
        _ => done_at_start(model, outcome),
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
        Navigation::Button if owner == here => wizard.focus = Focus::Button,
        _ => {}
    }
    effects
}

/// A new session: everything read with the old one is read again, and the step on screen gets what it waits for.
fn session_changed(wizard: &mut Wizard) -> Vec<Effect> {
    wizard.shared.catalogue = crate::wizard::shared::Catalogue::default();
    let here = wizard.shared.draft.step;
    let mut effects = wizard.steps.account.refresh(&mut wizard.shared);
    if here != Step::SignIn {
        effects.extend(wizard.steps.get_mut(here).enter(&mut wizard.shared));
    }
    effects
}

fn done_at_start(model: &mut Model, outcome: Result<Reply, Fault>) -> Vec<Effect> {
    match outcome {
        Ok(Reply::Drafts(drafts)) => return model.start.learn(drafts, model.now),
        Ok(Reply::Opened { draft, read_only }) => return opened(model, *draft, read_only),
        Ok(Reply::Held { id, holder }) => model.lay_over(Overlay::Held { id, holder }),
        Ok(other) => model.start.notice = Some(Notice { text: other.unexpected().to_string(), alarm: true }),
        Err(fault) => {
            model.start.notice = Some(Notice { text: fault.to_string(), alarm: true });
            let unread = model.start.drafts.is_none() && !model.start.requests.is_busy(Slot::Drafts);
            if unread && model.start.fault.is_none() {
                let effect = model.start.read(model.now);
                model.start.fault = Some(fault);
                return vec![effect];
            }
            model.start.fault = Some(fault);
        }
    }
    Vec::new()
}

fn opened(model: &mut Model, draft: Draft, read_only: Option<Unlocked>) -> Vec<Effect> {
    model.open(Draft { step: draft.resumes_at(), ..draft }, read_only);
    let Some(wizard) = &mut model.wizard else { return Vec::new() };
    // A draft that knows how to sign in does so at once, on whatever step it stands; one that needs none opens its account.
    let mut effects = wizard.steps.signin.resume(&mut wizard.shared);
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
