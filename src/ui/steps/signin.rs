//! Sign in: two lists side by side, the session, what went wrong.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::azure::model::SignInMethod;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let (desk, step) = (&wizard.desk, &wizard.steps.signin);
    if desk.draft.rehearsal {
        sheet.say(
            pen,
            "A rehearsal signs in to a simulated Azure on this machine. No account, no network, no drives.",
            Style::new(),
        );
        sheet.blank();
    } else {
        sheet.line(Span::styled("Cloud", theme::dim()));
        for (row, cloud) in desk.clouds.iter().enumerate() {
            let chosen = if row == step.cloud { "(*) " } else { "( ) " };
            let words = vec![Span::raw(chosen), Span::raw(text::clean(cloud.title()))];
            row_of(&mut sheet, pen, step.on_clouds && row == step.cloud, words);
        }
        sheet.blank();
        sheet.line(Span::styled("Way to sign in", theme::dim()));
        for (row, method) in SignInMethod::CHOICES.iter().enumerate() {
            let chosen = if row == step.method { "(*) " } else { "( ) " };
            let words = vec![Span::raw(chosen), Span::raw(method.title())];
            row_of(&mut sheet, pen, !step.on_clouds && row == step.method, words);
        }
        if let Some(method) = SignInMethod::CHOICES.get(step.method) {
            sheet.say_with(pen, "      ", method.needs(), theme::dim());
        }
        sheet.blank();
    }
    if let Some(session) = &desk.session {
        let words = format!("Signed in as {}, {}.", session.identity.who, session.cloud.title());
        sheet.say_with(pen, &format!("{} ", pen.signs.done), &words, theme::good());
    }
    if desk.requests.is_busy(Slot::SignIn) {
        sheet.busy(pen, Slot::SignIn, "Signing in");
    }
    if let Some(fault) = &step.fault {
        sheet.fault(pen, fault);
    }
    sheet
}

fn row_of(sheet: &mut Sheet, pen: &Pen, selected: bool, words: Vec<Span<'static>>) {
    sheet.row(pen, selected, words);
}
