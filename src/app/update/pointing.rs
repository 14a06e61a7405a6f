//! The mouse: a click does what was drawn at its place, the wheel scrolls. While the mouse is off the terminal keeps it for itself.

use crate::app::model::{Focus, Model, Overlay, Wizard};
use crate::app::update::{moving, update};
use crate::form::{Edit, graphemes_to};
use crate::protocol::action::{Action, Motion};
use crate::protocol::hit::{FieldClick, HitTarget, RowClick};
use crate::protocol::key::{Mouse, MouseAction};
use crate::protocol::keymap::Context;
use crate::protocol::message::Effect;

/// Lines the wheel goes at a time.
const WHEEL: usize = 3;

pub(super) fn pointed(model: &mut Model, mouse: Mouse, on: Option<HitTarget>) -> Vec<Effect> {
    match mouse.action {
        _ if !model.mouse => Vec::new(),
        MouseAction::WheelUp => wheel(model, Motion::Up),
        MouseAction::WheelDown => wheel(model, Motion::Down),
        MouseAction::Press => on.map_or_else(Vec::new, |target| clicked(model, target, mouse.column)),
    }
}

fn wheel(model: &mut Model, motion: Motion) -> Vec<Effect> {
    let down = motion == Motion::Down;
    if model.overlay.is_some() || model.asked_in_place().is_some() {
        model.overlay_view.roll(down, WHEEL);
        return Vec::new();
    }
    let Some(wizard) = &mut model.wizard else {
        model.start.view.roll(down, WHEEL);
        return Vec::new();
    };
    let rules = wizard.steps.get_mut(wizard.shared.draft.step);
    if let Some(effects) = rules.wheel(&mut wizard.shared, motion) {
        wizard.focus = Focus::Body;
        return effects;
    }
    wizard.view.roll(down, WHEEL);
    Vec::new()
}

fn clicked(model: &mut Model, target: HitTarget, column: u16) -> Vec<Effect> {
    let now = model.now;
    // A question is answered before anything else, as it is by the keys.
    let in_wizard = model.contexts().contains(&Context::Wizard);
    match (target, &mut model.overlay, &mut model.wizard) {
        (HitTarget::Press(key), ..) => update::pressed(model, key),
        (HitTarget::Typed { by }, ..) => typed(model, by),
        (HitTarget::Next | HitTarget::Goto(_), ..) if !in_wizard => Vec::new(),
        (HitTarget::Next, ..) => update::act(model, Action::Next),
        (HitTarget::Goto(step), ..) => update::act(model, Action::Goto(step)),
        (HitTarget::Row { down, .. }, Some(Overlay::Steps(_)), _) => {
            for _ in 0..down.unsigned_abs() {
                update::act(model, Action::Move(if down < 0 { Motion::Up } else { Motion::Down }));
            }
            update::act(model, Action::Activate)
        }
        (target, None, Some(wizard)) => in_step(wizard, target, column),
        (HitTarget::Row { down, then, .. }, None, None) => {
            model.start.notice = None;
            model.start.view.follow();
            model.start.move_by(down);
            if then == RowClick::Activate { model.start.act(&Action::Activate, now) } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

fn in_step(wizard: &mut Wizard, target: HitTarget, column: u16) -> Vec<Effect> {
    wizard.shared.notice = None;
    wizard.focus = Focus::Body;
    wizard.view.follow();
    match target {
        HitTarget::Row { across, down, then } => to_row(wizard, across, down, then),
        HitTarget::Field { field, then } => in_field(wizard, field, then, column),
        HitTarget::Tree { row, part } => {
            wizard.steps.get_mut(wizard.shared.draft.step).point_row(&mut wizard.shared, row, part)
        }
        HitTarget::Press(_) | HitTarget::Next | HitTarget::Goto(_) | HitTarget::Typed { .. } => Vec::new(),
    }
}

/// Moves the cursor of the field with the focus by so many characters; a negative number is to the left.
fn typed(model: &mut Model, by: isize) -> Vec<Effect> {
    if let (None, Some(wizard)) = (&model.overlay, &mut model.wizard) {
        wizard.focus = Focus::Body;
        wizard.view.follow();
    }
    let edit = if by < 0 { Edit::Left } else { Edit::Right };
    (0..by.unsigned_abs()).flat_map(|_| update::act(model, Action::Edit(edit.clone()))).collect()
}

/// The focus goes to a row of the step, as the keys would bring it there, and then something may be done.
fn to_row(wizard: &mut Wizard, across: isize, down: isize, then: RowClick) -> Vec<Effect> {
    let rules = wizard.steps.get_mut(wizard.shared.draft.step);
    for _ in 0..across.unsigned_abs() {
        if !rules.move_focus(&mut wizard.shared, across > 0) {
            return Vec::new();
        }
    }
    let mut effects = repeat(wizard, down, Motion::Up, Motion::Down);
    match then {
        RowClick::Focus => {}
        RowClick::Activate => effects.extend(act(wizard, Action::Activate)),
        RowClick::Toggle => effects.extend(act(wizard, Action::Toggle)),
    }
    effects
}

fn in_field(wizard: &mut Wizard, field: usize, then: FieldClick, column: u16) -> Vec<Effect> {
    let rules = wizard.steps.get_mut(wizard.shared.draft.step);
    let Some(page) = rules.page_form(&wizard.shared) else { return Vec::new() };
    let frozen = page.frozen;
    // A field without the focus shows the start of its value.
    let from = if page.focused && page.form.focus() == field { page.form.cursor() } else { 0 };
    rules.focus_field(&mut wizard.shared, field);
    match then {
        FieldClick::Focus => Vec::new(),
        FieldClick::Choose(by) => repeat(wizard, by, Motion::Left, Motion::Right),
        FieldClick::Take(by) => {
            let mut effects = repeat(wizard, by, Motion::Up, Motion::Down);
            effects.extend(act(wizard, Action::Activate));
            effects
        }
        FieldClick::PutCursor(_) if frozen => Vec::new(),
        FieldClick::PutCursor(at) => put_cursor(wizard, from, i32::from(column) - i32::from(at)),
    }
}

/// Puts the cursor of the focused field so many columns further on than byte `from` of its value.
fn put_cursor(wizard: &mut Wizard, from: usize, columns: i32) -> Vec<Effect> {
    let rules = wizard.steps.get_mut(wizard.shared.draft.step);
    let Some(form) = rules.page_form(&wizard.shared).map(|page| page.form) else { return Vec::new() };
    let by = graphemes_to(form.value(form.focus()), (form.cursor(), from), columns);
    let edit = if by < 0 { Edit::Left } else { Edit::Right };
    (0..by.unsigned_abs()).flat_map(|_| rules.act(&mut wizard.shared, Action::Edit(edit.clone())).effects).collect()
}

/// Moves so many times: `back` if negative, `on` if positive.
fn repeat(wizard: &mut Wizard, by: isize, back: Motion, on: Motion) -> Vec<Effect> {
    let motion = if by < 0 { back } else { on };
    let rules = wizard.steps.get_mut(wizard.shared.draft.step);
    (0..by.unsigned_abs()).flat_map(|_| rules.act(&mut wizard.shared, Action::Move(motion)).effects).collect()
}

fn act(wizard: &mut Wizard, action: Action) -> Vec<Effect> {
    let outcome = wizard.steps.get_mut(wizard.shared.draft.step).act(&mut wizard.shared, action);
    moving::follow_up(wizard, outcome)
}
