//! The question for the field with the focus: its help, its choices, its present value.

use crate::app::{Focus, Model};
use crate::form::{FieldKind, Form};
use crate::ui::text;
use crate::wizard::form_keys;

/// Choices that are listed; of a longer list the person types a part of a name.
const LISTED: usize = 12;

/// The field that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldQuestion {
    /// Its place in the form.
    pub(super) index: usize,
    /// Its name.
    pub(super) label: &'static str,
    /// What is said before the question.
    pub(super) lines: Vec<String>,
    /// The values that are listed, for an answer by number.
    pub(super) options: Vec<String>,
    /// Only these values can be taken.
    pub(super) fixed: bool,
    /// Its value.
    pub(super) value: String,
}

/// The form on screen, while one of its fields has the focus and can be changed.
pub(super) fn form(model: &Model) -> Option<&Form> {
    let wizard = model.wizard.as_ref().filter(|_| model.overlay.is_none() && model.asked_in_place().is_none())?;
    let on_page = wizard.step().page_form(&wizard.shared)?;
    (wizard.focus == Focus::Body && on_page.focused && !on_page.frozen).then_some(on_page.form)
}

/// The form whose fields can be gone to: the focus is on one of them, or behind the last.
pub(super) fn form_to_change(model: &Model) -> Option<&Form> {
    let wizard = model.wizard.as_ref().filter(|_| model.overlay.is_none() && model.asked_in_place().is_none())?;
    let on_page = wizard.step().page_form(&wizard.shared).filter(|form| !form.frozen)?;
    let behind = wizard.focus == Focus::Button && on_page.leads;
    if behind { Some(on_page.form) } else { form(model) }
}

/// The question for the field with the focus.
pub(super) fn question(form: &Form) -> Option<FieldQuestion> {
    let index = form.focus();
    let spec = form.spec(index)?;
    let fixed = form_keys::is_choice(form);
    let value = form.value(index).to_owned();
    let all = form.options(index);
    let picks = matches!(spec.kind, FieldKind::Pick(_));
    let settled = picks && all.contains(&value);
    let options = if all.len() > LISTED || settled { Vec::new() } else { all.clone() };
    let optional = if spec.required { "" } else { " May stay empty." };
    let mut lines = vec![format!("{}{optional}", without_keys(spec.help))];
    lines.extend(form.note(index));
    for (number, option) in options.iter().enumerate() {
        let chosen = if *option == value { ", chosen" } else { "" };
        lines.push(format!("{}. {}{chosen}", number + 1, text::clean(option)));
    }
    if picks && options.is_empty() && all.len() > LISTED {
        lines.push(format!("{} choices. Type a name, or the beginning of one.", all.len()));
    }
    if !value.is_empty() && !fixed {
        lines.push(format!(
            "Present value: {}. An empty line keeps it, a single minus sign empties it.",
            text::clean(&value)
        ));
    }
    let shown = form.shown().collect::<Vec<_>>();
    let number = shown.iter().position(|at| *at == index).map_or(1, |at| at + 1);
    let ask = if fixed { ", a number" } else { "" };
    lines.push(format!("{}, field {number} of {}{ask}:", spec.label, shown.len()));
    Some(FieldQuestion { index, label: spec.label, lines, options, fixed, value })
}

/// The help of a field without the part that is about keys, e.g. `; the arrow keys choose from the list`.
fn without_keys(help: &str) -> String {
    let parts = help.split("; ").filter(|part| !part.contains("arrow keys") && !part.starts_with("Space "));
    let words = parts.collect::<Vec<_>>().join("; ");
    if words.ends_with('.') { words } else { format!("{words}.") }
}

/// Why the field would be wrong with this value, once it is left; `None` if it would be right.
pub(super) fn refusal(form: &Form, value: Option<&str>) -> Option<String> {
    let mut trial = form.clone();
    let index = trial.focus();
    if let Some(value) = value {
        trial.set_value(index, "");
        trial.edit(crate::form::Edit::Paste(value.to_owned()));
    }
    trial.next_field();
    trial.error(index).map(str::to_owned)
}

/// Every field with its value.
pub(super) fn all_fields(form: &Form) -> Vec<String> {
    let line = |(number, index): (usize, usize)| {
        let label = form.spec(index).map_or("", |spec| spec.label);
        let value = Some(form.value(index)).filter(|value| !value.is_empty()).map_or("empty".to_owned(), text::clean);
        format!("{}. {label}: {value}", number + 1)
    };
    form.shown().enumerate().map(line).collect()
}
