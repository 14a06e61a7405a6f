//! Return address and carrier: the form, the address of an earlier draft on offer, or the question about pasted lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::fields;
use crate::app::Wizard;
use crate::form::paste::Proposal;
use crate::form::{Form, address};
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::address::{frozen, in_short};

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let (desk, step) = (&wizard.desk, &wizard.steps.address);
    if let Some(proposal) = &step.proposal {
        question(&mut sheet, pen, &step.form, proposal);
        return sheet;
    }
    if let Some(why) = frozen(desk) {
        sheet.say(pen, &why, theme::caution());
    }
    if let Some(earlier) = step.offer(desk) {
        let words = " fills in the address of your last export:";
        sheet.line(Line::from(vec![Span::styled("Ctrl-O", theme::key()), Span::raw(words)]));
        sheet.say_with(pen, "       ", &in_short(earlier), Style::new());
    }
    fields::draw(&mut sheet, pen, &step.form, &address::warnings(&step.form), true);
    sheet
}

/// What would go where, and what it would replace.
fn question(sheet: &mut Sheet, pen: &Pen, form: &Form, proposal: &Proposal) {
    // The longest label stands beside its value, and above it on a narrow screen.
    const LABEL: usize = 22;
    sheet.heading("Fill the fields from the pasted lines?");
    sheet.blank();
    let lost = proposal.replaces(form);
    for (index, value) in &proposal.values {
        let lead = label_above(sheet, pen, form.spec(*index).map_or("", |spec| spec.label), LABEL);
        sheet.say_with(pen, &lead, value, Style::new());
        if lost.contains(index) {
            let words = format!("replaces {}", form.trimmed(*index));
            let lead = format!("{}~ ", " ".repeat(text::width(&lead).saturating_sub(2)));
            sheet.say_with(pen, &lead, &words, theme::caution());
        }
    }
    for line in &proposal.left {
        let lead = label_above(sheet, pen, "Has no field", LABEL);
        sheet.say_with(pen, &lead, line, theme::dim());
    }
    sheet.blank();
    sheet.line(Line::from(vec![
        Span::styled("  y", theme::key()),
        Span::raw(" fills them in   "),
        Span::styled("n", theme::key()),
        Span::raw(" drops the paste"),
    ]));
}

/// What stands before a value: its label, or where that leaves too little room, blanks, with the label on a line above.
fn label_above(sheet: &mut Sheet, pen: &Pen, label: &str, columns: usize) -> String {
    if pen.width >= columns * 2 {
        return format!("  {label:<columns$} ");
    }
    sheet.line(Span::styled(format!("  {label}"), theme::dim()));
    "      ".to_owned()
}
