//! The page that asks before a split becomes drafts: what will be made, what each job takes, and the way back.

use ratatui::style::Style;

use super::known;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::theme;
use crate::wizard::drives::Splitting;
use crate::wording::many;

pub(super) fn ask(pen: &Pen, splitting: &Splitting) -> Sheet {
    let mut sheet = Sheet::default();
    let new = splitting.jobs.len().saturating_sub(1);
    let words = format!("Make {} of this one? y yes, n no", many(new as u64, "new draft"));
    sheet.say_with(pen, "! ", &words, theme::caution());
    sheet.say_with(
        pen,
        "  ",
        "This draft keeps job 1. The others get the same account, location, address and options, and a job name of their own. \
         Nothing is sent to Azure.",
        Style::new(),
    );
    known::cut(&mut sheet, pen, &splitting.cut);
    for (at, (name, share)) in splitting.jobs.iter().enumerate() {
        sheet.blank();
        let whose = if at == 0 { ", this draft" } else { "" };
        sheet.say(pen, &format!("Job {} of {}: {name}{whose}", at + 1, splitting.jobs.len()), theme::title());
        known::share(&mut sheet, pen, "  ", share);
    }
    sheet.blank();
    let back = "To undo: discard the new drafts on the start screen, and press u in the step Blobs before you leave this draft.";
    sheet.say(pen, back, theme::dim());
    sheet
}
