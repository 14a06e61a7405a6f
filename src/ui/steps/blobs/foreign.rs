//! The question whether the sign-in may be used at a server that is none of the cloud's, and what follows from a no.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Wizard;
use crate::draft::AccountServer;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::theme;
use crate::wizard::blobs::ForeignServer;

pub(super) fn page(wizard: &Wizard, pen: &Pen, foreign: &ForeignServer) -> Sheet {
    let mut sheet = Sheet::default();
    match foreign {
        ForeignServer::Asked(at) => asked(&mut sheet, wizard, pen, at),
        ForeignServer::Refused(at) => refused(&mut sheet, wizard, pen, at),
    }
    sheet
}

fn asked(sheet: &mut Sheet, wizard: &Wizard, pen: &Pen, at: &AccountServer) {
    let cloud = cloud(wizard);
    sheet.say_with(
        pen,
        "! ",
        &format!("The blobs are said to be at a server outside the cloud {cloud}."),
        theme::alarm(),
    );
    who(sheet, wizard, pen, at);
    let why = format!(
        "Azure Resource Manager reports this server, but it is no storage host of {cloud}. To list the blobs, your sign-in token for storage would be sent there. Whoever runs the server could use it to read every blob that you may read."
    );
    sheet.say(pen, &why, Style::new());
    let kept = if wizard.desk.is_read_only() { "" } else { " The answer is kept in the draft." };
    sheet.say(pen, &format!("Say yes only if you know this server.{kept}"), Style::new());
    sheet.say_with(pen, "! ", "Send the sign-in there? y yes, n no", theme::alarm());
}

fn refused(sheet: &mut Sheet, wizard: &Wizard, pen: &Pen, at: &AccountServer) {
    sheet.say_with(
        pen,
        "! ",
        "You said no: the sign-in is not used at this server, so its blobs cannot be listed.",
        theme::caution(),
    );
    who(sheet, wizard, pen, at);
    sheet.line(Line::from(vec![Span::styled("Ctrl-T", theme::key()), Span::raw(" asks again")]));
    sheet.line(Line::from(vec![Span::styled("Alt-2", theme::key()), Span::raw(" leads to the account")]));
    let always =
        format!("To allow it for every draft, write storage-hosts = [\"{}\"] in the configuration file.", at.host());
    sheet.say(pen, &always, theme::dim());
}

fn who(sheet: &mut Sheet, wizard: &Wizard, pen: &Pen, at: &AccountServer) {
    let name = wizard.desk.blob_account().map_or("", |(_, name)| name);
    // The name of a server is read as a whole, so it gets the most room.
    sheet.say_with(pen, "  Account ", name, theme::title());
    sheet.say_with(pen, "  Server  ", &at.server, theme::title());
}

fn cloud(wizard: &Wizard) -> &str {
    wizard.desk.session.as_ref().map_or("this cloud", |session| session.cloud.title())
}
