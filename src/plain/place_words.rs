//! Where the person is, what can be typed here, the steps, the fields, what was said: the answers to questions of the person.

use super::commands;
use super::page::{PlainPage, PlainQuestion};
use super::words::spoken;
use crate::app::{Focus, Model, SaveState};
use crate::plain::field_question;
use crate::protocol::action::Action;
use crate::protocol::key::KeyPress;
use crate::protocol::step::Step;
use crate::ui::{text, theme};
use crate::wizard::rail;

/// The commands that work on every page.
pub(super) const EVERYWHERE: [(&str, &str); 8] = [
    ("next", "on to the next step, or press the button of this one"),
    ("back", "close what is open, else go to the step before"),
    ("again", "say the page again"),
    ("where", "say where you are"),
    ("steps", "say all steps and what is answered"),
    ("why", "say why the step is there and what comes next"),
    ("messages", "say what the program has said so far"),
    ("quit", "leave; the draft is kept"),
];

/// What can be typed on this page.
pub(super) fn help(model: &Model, page: &PlainPage) -> Vec<String> {
    let mut lines = vec!["What can be typed here:".to_owned()];
    let mut say = |word: &str, what: &str| lines.push(format!("{word}: {what}."));
    match page.question {
        PlainQuestion::Field(_) | PlainQuestion::Text => {
            say("any text", "the answer");
            say("an empty line", "keep the answer and go on");
            say("a single minus sign", "empty the answer");
            say("a colon and a command", "a command, e.g. :back or :where");
            if field_question::form(model).is_some() {
                say(":fields", "say all fields; a colon and a number goes to one, e.g. :3");
            }
        }
        PlainQuestion::Menu => say("a number", "take the row with that number"),
        PlainQuestion::YesNo | PlainQuestion::Command => {}
    }
    if commands::shows_tree(model) {
        say("open and a number", "what is in a container or folder, or the details of a blob");
        say("up", "leave the folder");
        say("check or uncheck and numbers", "put rows on the export or take them off, e.g. check 2 4 or check 2-5");
        say(
            "check and a path",
            "a rule for it, e.g. check /media/film/ for all under it, or check media/a.mov for one blob",
        );
    }
    if page.rows.0 > page.rows.1 {
        say("more, earlier", "the next or the last rows");
    }
    for command in commands::of_page(model) {
        say(&command.name, &spoken(command.help, false));
    }
    for (word, what) in EVERYWHERE {
        say(word, what);
    }
    say("go and a step", "open a step, e.g. go 3 or go review");
    let retry = model.settings.keys.key(&Action::Retry).map_or_else(String::new, KeyPress::in_letters);
    lines.push(format!("Where a sentence names a key, type the name of the key, e.g. {retry}."));
    lines
}

/// Where the person is.
pub(super) fn whereabouts(model: &Model) -> Vec<String> {
    let Some(wizard) = &model.wizard else { return vec!["The start page: drafts to resume, a new export.".to_owned()] };
    let shared = &wizard.shared;
    let step = shared.draft.step;
    let mut lines = vec![format!("Step {} of {}: {}.", step.index() + 1, Step::ALL.len(), step.title())];
    if let Some(form) = field_question::form(model) {
        lines.extend(form.spec(form.focus()).map(|spec| format!("Field: {}.", spec.label)));
    }
    lines.push(format!("Draft: {}, {}.", shared.draft.id, saved(model)));
    if shared.draft.rehearsal {
        let day = shared.clock.map(|clock| clock.at(model.now).strftime(", simulated date %Y-%m-%d").to_string());
        lines.push(format!("A rehearsal on a simulated Azure{}: never ship.", day.unwrap_or_default()));
    } else if let Some(session) = &shared.session {
        lines.push(format!("Signed in as {}, {}.", text::clean(&session.identity.who), session.cloud.title()));
    }
    lines
}

fn saved(model: &Model) -> String {
    let read_only = model.wizard.as_ref().is_some_and(|wizard| wizard.shared.is_read_only());
    match &model.save {
        _ if read_only => "read only".to_owned(),
        SaveState::Saved if model.draft().is_some_and(crate::draft::Draft::is_untouched) => {
            "nothing to save yet".to_owned()
        }
        SaveState::Saved => "saved".to_owned(),
        SaveState::Saving => "being saved".to_owned(),
        SaveState::Failed(fault) => format!("not saved: {}", text::clean(&fault.to_string())),
    }
}

/// Every step with its state and its answer.
pub(super) fn steps(model: &Model) -> Vec<String> {
    let Some(wizard) = &model.wizard else {
        return vec!["No draft is open: choose one, or begin a new export.".to_owned()];
    };
    let line = |(step, progress)| {
        let mark = theme::WORDS.mark(rail::mark_with(&wizard.shared, step, &progress)).trim_end_matches(':');
        let more = [progress.locked, progress.stale, progress.needs].into_iter().flatten().next();
        let more = more.or(Some(progress.summary)).filter(|more| !more.is_empty());
        let more = more.map(|more| format!(", {}", spoken(&text::clean(&more), true))).unwrap_or_default();
        format!("{}. {}: {mark}{more}", step.index() + 1, step.name())
    };
    rail::all(&wizard.shared).into_iter().map(line).collect()
}

/// The remarks of this run, newest first.
pub(super) fn messages(model: &Model) -> Vec<String> {
    if model.messages.is_empty() {
        return vec!["Nothing was said yet.".to_owned()];
    }
    model
        .messages
        .iter()
        .map(|(at, notice)| format!("{}: {}", text::clock(*at), spoken(&text::clean(&notice.text), false)))
        .collect()
}

/// Every field of the form on the page.
pub(super) fn fields(model: &Model) -> Vec<String> {
    let form = model.wizard.as_ref().and_then(|wizard| wizard.step().page_form(&wizard.shared));
    form.map_or_else(|| vec!["There are no fields here.".to_owned()], |form| field_question::all_fields(form.form))
}

/// The line that asks.
pub(super) fn ask(model: &Model, question: &PlainQuestion) -> Vec<String> {
    let button = model.wizard.as_ref().map(|wizard| wizard.step().button(&wizard.shared));
    let onward = match button {
        None => "next".to_owned(),
        Some(button) if button == "Next" => "next".to_owned(),
        // The last step: the button says which key leaves.
        Some(button) if button.starts_with("Done") => "quit".to_owned(),
        Some(button) => format!("next ({button})"),
    };
    let begun = model.wizard.is_some() && model.overlay.is_none() && model.asked_in_place().is_none();
    if let PlainQuestion::Field(field) = question {
        return field.lines.clone();
    }
    let after_form = model.wizard.as_ref().filter(|wizard| begun && wizard.focus == Focus::Button);
    let form = after_form.and_then(|wizard| wizard.step().page_form(&wizard.shared)).filter(|form| form.leads);
    let mut lines = Vec::new();
    lines.extend(
        form.map(|_| "That was the last field. Type fields to hear all, or a number to change one.".to_owned()),
    );
    lines.push(match question {
        PlainQuestion::Field(_) => String::new(),
        PlainQuestion::Text => "Text, or an empty line to go on:".to_owned(),
        PlainQuestion::YesNo => "Yes or no:".to_owned(),
        PlainQuestion::Menu if begun => format!("Number, {onward}, back or help:"),
        PlainQuestion::Menu => "Number or help:".to_owned(),
        PlainQuestion::Command if begun => format!("Command: {onward}, back or help:"),
        PlainQuestion::Command => {
            let names = commands::of_page(model).into_iter().map(|command| command.name).collect::<Vec<_>>().join(", ");
            let close = "Esc".to_owned();
            let names = if names.is_empty() { close } else { names };
            format!("Command: {names}, back or help:")
        }
    });
    lines
}
