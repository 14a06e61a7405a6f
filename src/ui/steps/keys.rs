//! BitLocker keys: masked unless asked for, with how to unlock a drive.

use ratatui::style::Style;
use ratatui::text::Span;
use secrecy::ExposeSecret;

use super::gone;
use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::azure::model::BitLockerKey;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::desk::Desk;
use crate::wizard::poll;

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let (desk, step) = (&wizard.desk, &wizard.steps.keys);
    let mut sheet = match gone::page(desk, pen).filter(|_| !step.any()) {
        Some(mut page) => {
            saved(&mut page, pen, desk);
            return page;
        }
        None => Sheet::default(),
    };
    if gone::lines(&mut sheet, pen, desk) {
        sheet.blank();
    }
    match &step.keys {
        None if desk.requests.is_busy(Slot::Keys) => sheet.busy(pen, Slot::Keys, "Reading the keys"),
        None => nothing_yet(&mut sheet, pen, desk),
        Some(keys) if keys.is_empty() => nothing_yet(&mut sheet, pen, desk),
        Some(keys) => {
            sheet.line(Span::styled(format!("  {:<16} Key", "Drive"), theme::dim()));
            for (row, key) in keys.iter().enumerate() {
                one_key(&mut sheet, pen, key, row == step.row, step.revealed);
            }
            sheet.blank();
            unlocking(&mut sheet, pen);
        }
    }
    let unread = desk.poll.fault.as_ref().filter(|_| desk.draft.gone().is_none());
    if let Some(fault) = step.fault.as_ref().or(unread) {
        sheet.fault(pen, fault);
    }
    if !saved(&mut sheet, pen, desk) && step.any() {
        sheet.blank();
        let words = "Not saved yet. The service deletes the job, and the keys with it, 90 days after completion.";
        sheet.say_with(pen, "! ", words, theme::caution());
    }
    sheet
}

/// Why there are no keys, by the newest state of the job, and when that is looked at again.
fn nothing_yet(sheet: &mut Sheet, pen: &Pen, desk: &Desk) {
    let Some(known) = &desk.draft.job else { return };
    let words = format!("Nothing yet: the job is {}, {}.", known.state, poll::words(desk));
    sheet.say(pen, &words, Style::new());
    sheet.say(
        pen,
        "Keys come once the drives have left Microsoft; they are asked for then. r looks now.",
        theme::dim(),
    );
}

/// Where the keys were saved to, if they were.
fn saved(sheet: &mut Sheet, pen: &Pen, desk: &Desk) -> bool {
    let Some(file) = &desk.draft.keys_file else { return false };
    sheet.blank();
    sheet.say_with(pen, &format!("{} ", pen.signs.done), &format!("Saved to {file}"), theme::good());
    true
}

fn one_key(sheet: &mut Sheet, pen: &Pen, key: &BitLockerKey, selected: bool, revealed: bool) {
    let shown = if revealed { text::clean(key.key.expose_secret()) } else { masked(key.key.expose_secret(), pen) };
    let drive = text::fit(&text::clean(&key.drive), 16, pen.signs.cut);
    let room = pen.width.saturating_sub(19);
    // A key cut short is worse than none: it goes on below where the line is too narrow.
    let mut lines = text::wrap(&shown.replace('-', "- "), room).into_iter().map(|line| line.replace("- ", "-"));
    sheet.row(pen, selected, vec![Span::raw(drive), Span::raw(" "), Span::raw(lines.next().unwrap_or_default())]);
    for line in lines {
        sheet.line(Span::raw(format!("{}{line}", " ".repeat(19))));
    }
}

fn masked(key: &str, pen: &Pen) -> String {
    key.chars().map(|c| if c == '-' { "-".to_owned() } else { pen.signs.mask.to_owned() }).collect()
}

fn unlocking(sheet: &mut Sheet, pen: &Pen) {
    sheet.line(Span::styled("To unlock a drive", theme::dim()));
    sheet.pair(pen, "  Windows", "manage-bde -unlock X: -RecoveryPassword KEY", Style::new());
    sheet.pair(pen, "  Linux", "cryptsetup open --type bitlk /dev/sdX1 drive, then mount read-only", Style::new());
}
