//! A job that is gone: that it is, what is known of it, and the row that leads on. Stands in the place of what the steps after creation show.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::ui::sheet::{Pen, Sheet};
use crate::ui::theme;
use crate::wizard::desk::Desk;
use crate::wizard::{gone, poll};

/// The page of a job that is gone; `None` while it is not.
pub fn page(desk: &Desk, pen: &Pen) -> Option<Sheet> {
    let headline = gone::headline(&desk.draft)?;
    let mut sheet = Sheet::default();
    sheet.say_with(pen, "! ", &headline, theme::alarm());
    // Above what explains it, so that both are in view on the smallest screen.
    sheet.row(pen, true, vec![Span::raw("Make a new draft from these answers")]);
    sheet.say_with(pen, "    ", "Enter or c; this one stays as it is. r looks whether the job is back.", theme::dim());
    sheet.blank();
    explain(&mut sheet, pen, desk);
    Some(sheet)
}

/// What is known of a job that is gone; `false`, and nothing said, while it is not.
pub fn lines(sheet: &mut Sheet, pen: &Pen, desk: &Desk) -> bool {
    let Some(headline) = gone::headline(&desk.draft) else { return false };
    sheet.say_with(pen, "! ", &headline, theme::alarm());
    explain(sheet, pen, desk);
    true
}

fn explain(sheet: &mut Sheet, pen: &Pen, desk: &Desk) {
    if let Some(evidence) = gone::evidence(&desk.draft) {
        sheet.say_with(pen, "  ", &evidence, Style::new());
    }
    if let Some(known) = &desk.draft.job {
        sheet.say_with(pen, "  ", gone::likely(known), theme::dim());
    }
    sheet.say_with(pen, "  ", &format!("It was last {}.", poll::words(desk)), theme::dim());
    if let Some(fault) = &desk.poll.fault {
        sheet.fault(pen, fault);
    }
}
