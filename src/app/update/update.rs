//! `update`: handles a message: changes the model and returns effects.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::keys_filter::KeysFilter;
use crate::app::model::{Focus, Model, Overlay, SaveState};
use crate::app::step_list::StepList;
use crate::app::update::answers::{done, progress};
use crate::app::update::moving::{self, Left, act_in_wizard};
use crate::app::update::{notification, pointing};
use crate::draft::Draft;
use crate::protocol::action::Action;
use crate::protocol::key::KeyPress;
use crate::protocol::message::{Call, Effect, Msg, Opening, Slot};
use crate::protocol::step::Step;
use crate::protocol::viewport::Viewport;
use crate::protocol::window::WindowFocus;
use crate::wizard::poll;
use crate::wizard::prompt;
use crate::wizard::shared::{Notice, Shared};

/// Handles a message. Performs no IO; the driver carries the returned effects out, in order.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::Drawn(_)) {
        // A frame was drawn; that is no change of the model to save or to show.
        return dispatch(model, msg);
    }
    model.now = now;
    model.requests_mut().settle(now);
    if let Some(wizard) = &mut model.wizard {
        wizard.shared.now = now;
    }
    let before = model.draft().cloned();
    let by_person = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Mouse { .. });
    if by_person {
        model.touched = now;
    }
    let earlier = remark(model);
    let ended = notification::ended(model, &msg);
    let mut effects = dispatch(model, msg);
    if let Some(ended) = ended {
        effects.extend(notification::notification(model, before.as_ref(), ended));
    }
    if let Some(notice) = remark(model).filter(|notice| earlier.as_ref() != Some(notice)) {
        model.messages.keep(now, notice);
    }
    if let (Some(before), Some(wizard)) = (&before, &mut model.wizard) {
        moving::note_work(wizard, before, by_person);
    }
    if let Some(wizard) = &mut model.wizard {
        // A changed selection is counted again, whatever step is on screen.
        effects.extend(wizard.steps.drives.follow(&mut wizard.shared));
        wizard.settle_page();
    }
    with_save(model, before, effects)
}

/// The remark on screen, or the fault of the last save.
fn remark(model: &Model) -> Option<Notice> {
    let unsaved = match &model.save {
        SaveState::Failed(fault) => Some(Notice { text: fault.to_string(), alarm: true, of_job: false }),
        SaveState::Saved | SaveState::Saving => None,
    };
    model.notice().cloned().or(unsaved)
}

fn dispatch(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Started(opening) => started(model, opening),
        Msg::Key(key) => pressed(model, key),
        Msg::Paste(text) => pasted(model, &text),
        Msg::Mouse { mouse, on } => pointing::pointed(model, mouse, on),
        Msg::Resize(columns, rows) => resized(model, (columns, rows)),
        Msg::Window(window) => window_moved(model, window),
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

/// Puts the save of a changed draft before the other effects: the draft is on disk before a request that cannot be undone is sent.
fn with_save(model: &mut Model, before: Option<Draft>, mut effects: Vec<Effect>) -> Vec<Effect> {
    let Some(wizard) = &mut model.wizard else { return effects };
    let changed = before.is_none_or(|before| before != wizard.shared.draft);
    if changed && is_saved(&wizard.shared) {
        wizard.shared.draft.changed = model.now;
        if model.save == SaveState::Saved {
            model.save = SaveState::Saving;
        }
        effects.insert(0, Effect::Save(Arc::new(wizard.shared.draft.clone())));
    }
    effects
}

/// Whether the draft is to be saved: it is not read only, and has an answer.
fn is_saved(shared: &Shared) -> bool {
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

pub(super) fn pressed(model: &mut Model, key: KeyPress) -> Vec<Effect> {
    let contexts = model.contexts();
    let action = model.settings.keys.action(&contexts, key);
    match &mut model.wizard {
        Some(wizard) => wizard.shared.notice = None,
        None => model.start.notice = None,
    }
    action.map_or_else(Vec::new, |action| act(model, action))
}

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => quit(model),
        Action::Suspend => vec![Effect::Suspend],
        Action::Redraw => vec![Effect::Redraw],
        Action::Mouse => {
            model.mouse = !model.mouse;
            vec![Effect::Mouse(model.mouse)]
        }
        Action::Help | Action::Messages => {
            let page = if action == Action::Help { Overlay::Help(KeysFilter::default()) } else { Overlay::Messages };
            match model.overlay.take() {
                Some(_) => {}
                None => model.lay_over(page),
            }
            Vec::new()
        }
        Action::Steps if model.overlay.is_none() => {
            if let Some(draft) = model.draft() {
                model.lay_over(Overlay::Steps(StepList::on(draft.step)));
            }
            Vec::new()
        }
        action if model.overlay.is_some() => act_on_overlay(model, &action),
        action if model.asked_in_place().is_some() => act_on_prompt(model, &action),
        action => match &mut model.wizard {
            Some(wizard) => act_in_wizard(wizard, action).unwrap_or_else(|left| leave_draft(model, &left)),
            None => model.start.act(&action, model.now),
        },
    }
}

/// Nothing of the step beneath changes while a call waits for the person.
fn act_on_prompt(model: &mut Model, action: &Action) -> Vec<Effect> {
    if let Action::Move(motion) = action {
        let _nothing_has_the_focus = model.overlay_view.scroll(*motion);
        return Vec::new();
    }
    model.wizard.as_mut().and_then(|wizard| prompt::act(&mut wizard.shared, action)).into_iter().collect()
}

fn act_on_overlay(model: &mut Model, action: &Action) -> Vec<Effect> {
    match (&mut model.overlay, action) {
        (Some(Overlay::Help(filter)), Action::Edit(edit)) => {
            if filter.edit(edit) {
                model.overlay_view = Viewport::default();
            }
            Vec::new()
        }
        (Some(Overlay::Help(filter)), Action::Escape) if !filter.is_empty() => {
            *filter = KeysFilter::default();
            Vec::new()
        }
        (Some(Overlay::Steps(list)), Action::Activate) => {
            let step = list.step();
            visit_from_list(model, step)
        }
        (Some(Overlay::Steps(list)), Action::Move(_) | Action::Edit(_)) => {
            list.act(action);
            model.overlay_view.follow();
            Vec::new()
        }
        (_, Action::Move(motion)) => {
            let _nothing_has_the_focus = model.overlay_view.scroll(*motion);
            Vec::new()
        }
        (Some(Overlay::Held { id, .. }), Action::ReadOnly | Action::CopyDraft | Action::TakeOver) => {
            let id = id.clone();
            let call = match action {
                Action::ReadOnly => Call::ReadDraft(id),
                Action::TakeOver => Call::TakeOverDraft(id),
                _ => Call::CopyDraft(id),
            };
            model.overlay = None;
            vec![model.start.requests.start(Slot::OpenDraft, call, model.now)]
        }
        (_, Action::Escape | Action::Steps) => {
            model.overlay = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Without a step under the cursor the list stays open.
fn visit_from_list(model: &mut Model, step: Option<Step>) -> Vec<Effect> {
    let (Some(step), Some(wizard)) = (step, &mut model.wizard) else { return Vec::new() };
    model.overlay = None;
    moving::visit(wizard, step)
}

/// Closes the open draft: for the start screen, or for a new draft made from its answers.
fn leave_draft(model: &mut Model, left: &Left) -> Vec<Effect> {
    let Some(mut wizard) = model.wizard.take() else { return Vec::new() };
    let mut effects = wizard.shared.requests.cancel_reads();
    if is_saved(&wizard.shared) {
        effects.push(Effect::Save(Arc::new(wizard.shared.draft.clone())));
    }
    effects.push(Effect::CloseDraft);
    model.start.requests = wizard.shared.requests.following();
    effects.push(model.start.come_back(model.now));
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
    let covered = model.overlay.is_some() || model.asked_in_place().is_some();
    match &mut model.wizard {
        Some(wizard) if !covered && wizard.focus == Focus::Body => {
            wizard.steps.get_mut(wizard.shared.draft.step).paste(&mut wizard.shared, text)
        }
        None if !covered => {
            model.start.paste(text);
            Vec::new()
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

/// The window came to the front or went behind another one. Whoever comes back sees the job as it is now.
fn window_moved(model: &mut Model, window: WindowFocus) -> Vec<Effect> {
    let was = std::mem::replace(&mut model.window, window);
    let Some(wizard) = &mut model.wizard else { return Vec::new() };
    wizard.shared.window = window;
    if was != WindowFocus::Behind || window == WindowFocus::Behind {
        return Vec::new();
    }
    poll::come_back(&mut wizard.shared);
    ticked(model)
}

fn ticked(model: &mut Model) -> Vec<Effect> {
    let Some(wizard) = &mut model.wizard else { return Vec::new() };
    wizard.steps.get_mut(wizard.shared.draft.step).tick(&mut wizard.shared)
}
