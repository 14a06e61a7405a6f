//! Keys in a step that is a form: which ones count, and how they move between fields and through the list beside one. What the
//! fields mean is the forms' own business.

use super::conduct::Turn;
use super::desk::Desk;
use crate::app::action::{Action, Motion};
use crate::app::keymap::Context;
use crate::form::{Edit, Form, Kind};

/// What came of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// The form took it.
    Taken,
    /// The focus leaves the form behind its last field.
    Past,
    /// The focus leaves the form before its first field.
    Before,
    /// It would have changed a form that may not be changed.
    Refused,
    /// It means nothing to a form.
    Nothing,
}

impl Did {
    /// What the step does then: says why a closed form stays as it is, or goes on to the button behind the last field.
    pub fn turn(self, desk: &mut Desk, closed: Option<&str>) -> Turn {
        match (self, closed) {
            (Self::Refused, Some(why)) => desk.warn(why),
            (Self::Past, _) => return Turn::button(),
            _ => {}
        }
        Turn::stay()
    }
}

/// The entries beside the focused field; empty for a field without a list and for one whose answer is settled.
pub fn list(form: &Form) -> Vec<String> {
    let focus = form.focus();
    if !matches!(form.spec(focus).map(|spec| &spec.kind), Some(Kind::Pick(_))) {
        return Vec::new();
    }
    let options = form.options(focus);
    let settled = options.iter().any(|option| option == form.value(focus));
    if settled && form.marked().is_none() { Vec::new() } else { options }
}

/// Whether the focused field offers a few fixed values instead of text.
pub fn is_choice(form: &Form) -> bool {
    matches!(form.spec(form.focus()).map(|spec| &spec.kind), Some(Kind::Choice(_)))
}

/// The part of the key table for the focused field.
pub fn context(form: &Form) -> Context {
    if is_choice(form) { Context::Choice } else { Context::Field }
}

/// Acts on a key; a frozen form lets the focus move and nothing else.
pub fn act(form: &mut Form, action: Action, frozen: bool) -> Did {
    let choice = is_choice(form);
    let edit = match action {
        Action::Edit(edit) => edit,
        Action::Move(Motion::Right) if choice => Edit::NextChoice,
        Action::Move(Motion::Left) if choice => Edit::PreviousChoice,
        Action::Move(Motion::Down) if !frozen && !list(form).is_empty() => Edit::NextChoice,
        Action::Move(Motion::Up) if form.marked() == Some(0) => {
            form.unmark();
            return Did::Taken;
        }
        Action::Move(Motion::Up) if form.marked().is_some() => Edit::PreviousChoice,
        Action::Activate | Action::Move(Motion::Down) => return moved(form, true, Did::Past),
        Action::Move(Motion::Up) => return moved(form, false, Did::Before),
        _ => return Did::Nothing,
    };
    if frozen {
        return Did::Refused;
    }
    form.edit(edit);
    Did::Taken
}

fn moved(form: &mut Form, forward: bool, end: Did) -> Did {
    if step(form, forward) { Did::Taken } else { end }
}

/// Leaves the focused field for the one after or before it; `false` where the form ends.
pub fn step(form: &mut Form, forward: bool) -> bool {
    if forward { form.next_field() } else { form.previous_field() }
}
