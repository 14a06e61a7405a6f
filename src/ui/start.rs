//! The start screen: drafts to resume, a new export, a rehearsal.

use ratatui::style::Style;
use ratatui::text::Span;

use super::sheet::{Pen, Sheet};
use super::{text, theme};
use crate::app::Model;
use crate::app::protocol::Slot;
use crate::app::start::Choice;
use crate::draft::{Listed, ListedContent};

/// The body of the start screen.
pub fn sheet(model: &Model, pen: &Pen) -> Sheet {
    let start = &model.start;
    let mut sheet = Sheet::default();
    sheet.heading("Start");
    sheet.say(pen, "Export blobs from Azure Storage on drives you ship to Microsoft. Enter goes on.", theme::dim());
    sheet.blank();
    match &start.drafts {
        None => sheet.busy(pen, Slot::Drafts, "Reading the drafts"),
        Some(drafts) if drafts.is_empty() => sheet.say(pen, "No drafts yet.", theme::dim()),
        Some(_) => sheet.line(Span::styled("Resume a draft", theme::title())),
    }
    for (row, choice) in start.choices().into_iter().enumerate() {
        let selected = row == start.row;
        match choice {
            Choice::Draft(listed) => draft(&mut sheet, pen, selected, listed),
            Choice::New => {
                sheet.blank();
                plain(&mut sheet, pen, selected, "New export", "sign in and begin");
            }
            Choice::Rehearse => {
                plain(&mut sheet, pen, selected, "Rehearse", "practise on a simulated Azure");
            }
        }
    }
    if start.requests.is_busy(Slot::OpenDraft) {
        sheet.busy(pen, Slot::OpenDraft, "Opening the draft");
    }
    if let Some(fault) = &start.fault {
        sheet.blank();
        sheet.fault(pen, fault);
    }
    sheet
}

fn plain(sheet: &mut Sheet, pen: &Pen, selected: bool, name: &str, words: &str) {
    let words = text::cut_end(words, pen.width.saturating_sub(17), pen.signs.cut);
    sheet.row(
        pen,
        selected,
        vec![Span::styled(format!("{name:<14} "), theme::title()), Span::styled(words, theme::dim())],
    );
}

/// Account, step and age (W02).
fn draft(sheet: &mut Sheet, pen: &Pen, selected: bool, listed: &Listed) {
    let age = text::ago(pen.now, listed.changed);
    match &listed.content {
        ListedContent::Refused(why) => {
            let mut lines = text::wrap(&text::clean(why), pen.width.saturating_sub(5)).into_iter();
            let first = lines.next().unwrap_or_default();
            sheet.row(pen, selected, vec![Span::styled(format!("! {first}"), theme::caution())]);
            for line in lines {
                sheet.line(Span::styled(format!("    {line}"), theme::caution()));
            }
        }
        ListedContent::Ready { step, rehearsal, account, job, state, gone, part } => {
            let name = job
                .clone()
                .filter(|name| !name.is_empty())
                .or(account.clone())
                .unwrap_or_else(|| "no account yet".into());
            let stand = match state {
                Some(state) if *gone => format!("job gone, last {state}"),
                Some(state) => format!("job {state}"),
                // One of several jobs: the name, which ends in its number, needs the room.
                None if part.is_some() => step.name().to_owned(),
                None => format!("at {}", step.name()),
            };
            let kind = if *rehearsal { "rehearsal, " } else { "" };
            let part = part.map_or_else(String::new, |part| format!("{} of {}, ", part.number, part.of));
            let tail = format!("{part}{kind}{stand} {} {age}", pen.signs.dot);
            let room = pen.width.saturating_sub(text::width(&tail) + 4);
            let name = text::clean(&name);
            if text::width(&name) > room {
                // The whole name on a line of its own, and what is known of the draft below it.
                let name = text::cut_middle(&name, pen.width.saturating_sub(3), pen.signs.cut);
                sheet.row(pen, selected, vec![Span::styled(name, Style::new())]);
                return sheet.say_with(pen, "    ", &tail, theme::dim());
            }
            let name = text::fit(&name, room, pen.signs.cut);
            sheet.row(
                pen,
                selected,
                vec![Span::styled(name, Style::new()), Span::raw("  "), Span::styled(tail, theme::dim())],
            );
        }
    }
}
