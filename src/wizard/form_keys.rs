//! The keys of a form: edits, moves between its fields, and moves in the list beside a field. The checks of the fields are in `form`.

use crate::form::{Edit, FieldKind, Form};
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::wizard::shared::Shared;
use crate::wizard::step::StepOutcome;

/// The result of a key in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOutcome {
    /// The form acted on it.
    Taken,
    /// The focus leaves the form behind its last field.
    Past,
    /// The focus leaves the form before its first field.
    Before,
    /// The key would have changed a frozen form.
    Refused,
    /// The form does not know the key.
    Nothing,
}

impl KeyOutcome {
    /// What the step does after the key: it says why a frozen form stays as it is, or goes on to the button behind the last field.
    pub fn into_step(self, shared: &mut Shared, frozen: Option<&str>) -> StepOutcome {
        match (self, frozen) {
            (Self::Refused, Some(why)) => shared.warn(why),
            (Self::Past, _) => return StepOutcome::button(),
            _ => {}
        }
        StepOutcome::stay()
    }
}

/// The entries beside the focused field. Empty for a field without a list, and once the field holds one of the entries.
pub fn list(form: &Form) -> Vec<String> {
    let focus = form.focus();
    if !matches!(form.spec(focus).map(|spec| &spec.kind), Some(FieldKind::Pick(_))) {
        return Vec::new();
    }
    let options = form.options(focus);
    let settled = options.iter().any(|option| option == form.value(focus));
    if settled && form.marked().is_none() { Vec::new() } else { options }
}

/// Whether the focused field offers a few fixed values instead of text.
pub fn is_choice(form: &Form) -> bool {
    matches!(form.spec(form.focus()).map(|spec| &spec.kind), Some(FieldKind::Choice(_)))
}

/// The part of the key table for the focused field.
pub fn context(form: &Form) -> Context {
    if is_choice(form) { Context::Choice } else { Context::Field }
}

/// Acts on a key; a frozen form lets the focus move and nothing else.
pub fn act(form: &mut Form, action: Action, frozen: bool) -> KeyOutcome {
    let choice = is_choice(form);
    let edit = match action {
        Action::Edit(edit) => edit,
        Action::Move(Motion::Right) if choice => Edit::NextChoice,
        Action::Move(Motion::Left) if choice => Edit::PreviousChoice,
        Action::Move(Motion::Down) if !frozen && !list(form).is_empty() => Edit::NextChoice,
        Action::Move(Motion::Up) if form.marked() == Some(0) => {
            form.unmark();
            return KeyOutcome::Taken;
        }
        Action::Move(Motion::Up) if form.marked().is_some() => Edit::PreviousChoice,
        Action::Activate | Action::Move(Motion::Down) => return moved(form, true, KeyOutcome::Past),
        Action::Move(Motion::Up) => return moved(form, false, KeyOutcome::Before),
        _ => return KeyOutcome::Nothing,
    };
    if frozen {
        return KeyOutcome::Refused;
    }
    form.edit(edit);
    KeyOutcome::Taken
}

fn moved(form: &mut Form, forward: bool, end: KeyOutcome) -> KeyOutcome {
    if step(form, forward) { KeyOutcome::Taken } else { end }
}

/// Leaves the focused field for the one after or before it; `false` where the form ends.
pub fn step(form: &mut Form, forward: bool) -> bool {
    if forward { form.next_field() } else { form.previous_field() }
}
