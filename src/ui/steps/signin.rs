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
    if let (Some(given), Some(words)) = (desk.given(), desk.by_key()) {
        let words =
            format!("{}: {words}. Picking its blobs needs no sign-in; creating a job does.", text::clean(&given.name));
        sheet.say_with(pen, &format!("{} ", pen.signs.done), &words, theme::good());
        sheet.blank();
    }
    if desk.draft.rehearsal {
        let words = "A rehearsal signs in to a simulated Azure on this machine. No account, no network, no drives.";
        sheet.say(pen, words, Style::new());
        sheet.blank();
    } else {
        clouds(&mut sheet, pen, wizard);
        sheet.line(Span::styled("Way to sign in", theme::dim()));
        for (row, method) in SignInMethod::CHOICES.iter().enumerate() {
            let chosen = if row == step.method { "(*) " } else { "( ) " };
            sheet.row(pen, !step.on_clouds && row == step.method, vec![Span::raw(chosen), Span::raw(method.title())]);
            if row == step.method {
                // Below its own row, so that it can be read before the cursor goes on.
                sheet.say_with(pen, "      ", method.needs(), theme::dim());
            }
        }
        sheet.blank();
    }
    status(&mut sheet, pen, wizard);
    sheet
}

/// The clouds as a list while it has the focus, else the chosen one on a line.
fn clouds(sheet: &mut Sheet, pen: &Pen, wizard: &Wizard) {
    let (desk, step) = (&wizard.desk, &wizard.steps.signin);
    if step.on_clouds {
        sheet.line(Span::styled("Cloud", theme::dim()));
        for (row, cloud) in desk.clouds.iter().enumerate() {
            let chosen = if row == step.cloud { "(*) " } else { "( ) " };
            sheet.row(pen, row == step.cloud, vec![Span::raw(chosen), Span::raw(text::clean(cloud.title()))]);
        }
    } else {
        let chosen = desk.clouds.get(step.cloud).map_or("", |cloud| cloud.title());
        sheet.pair(pen, "Cloud", &format!("{chosen}  (Left for others)"), Style::new());
    }
    sheet.blank();
}

/// The session, the request under way or what went wrong.
fn status(sheet: &mut Sheet, pen: &Pen, wizard: &Wizard) {
    let (desk, step) = (&wizard.desk, &wizard.steps.signin);
    if let Some(session) = &desk.session {
        let words = format!("Signed in as {}, {}.", session.identity.who, session.cloud.title());
        sheet.say_with(pen, &format!("{} ", pen.signs.done), &words, theme::good());
        sheet.blank();
    }
    if desk.requests.is_busy(Slot::SignIn) {
        sheet.busy(pen, Slot::SignIn, "Signing in");
        sheet.blank();
    }
    if let Some(fault) = &step.fault {
        sheet.fault(pen, fault);
        sheet.blank();
    }
}
