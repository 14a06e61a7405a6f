//! A line for each drive, and below it what a line has no room for.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::azure::model::{JobDrive, drive_words};
use crate::protocol::action::Action;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wording::count;

/// Columns of a drive's state: `copied with warnings` fits.
const STATE: usize = 21;
/// Columns of its serial number.
const ID: usize = 14;

/// The table. Below each drive: what a narrow screen cuts, how much of how much, the service's own word where it matters, and what went wrong.
pub(super) fn table(body: &mut Body, ctx: &DrawContext, drives: &[JobDrive], row: Option<usize>) {
    if drives.is_empty() {
        return;
    }
    body.blank();
    let id = drives.iter().map(|drive| text::width(&text::clean(&drive.id))).max().unwrap_or(ID).clamp(5, ID);
    let room = ctx.width.saturating_sub(2);
    let head = columns(ctx, id, ["Drive", "State", "%", "Copied"]);
    if !ctx.glyphs.read_out {
        body.line(Span::styled(text::cut_end(&format!("  {head}"), ctx.width, ctx.glyphs.cut), theme::dim()));
    }
    for (index, drive) in drives.iter().enumerate() {
        let name = text::clean(&drive.id);
        let state = drive_words(drive.word()).map_or_else(|| text::clean(drive.word()), str::to_owned);
        let percent = drive.percent.map(|percent| percent.to_string()).unwrap_or_default();
        let bytes = drive.bytes.map(text::bytes).unwrap_or_default();
        let words = columns(ctx, id, [&name, &state, &percent, &bytes]);
        let cut = text::width(&words) > room || text::width(&state) > STATE || text::width(&name) > id;
        let style = if drive.is_in_trouble() { theme::caution() } else { Style::new() };
        body.row(ctx, Some(index) == row, vec![Span::styled(text::cut_end(&words, room, ctx.glyphs.cut), style)]);
        let whole = if cut { whole(drive, (&name, text::width(&name) > id), &state) } else { Vec::new() };
        let is_told = Some(index) == row || drive.is_in_trouble();
        let word = drive_words(drive.word()).filter(|_| is_told).map(|_| format!("the service says {}", drive.word()));
        let facts: Vec<String> = whole.into_iter().chain(totals(drive)).chain(word).collect();
        if !facts.is_empty() {
            body.say_with(ctx, "    ", &facts.join(", "), theme::dim());
        }
        if Some(index) == row {
            body.keep_with_focus();
        }
        troubles(body, ctx, drive);
    }
}

/// The facts of a row that was cut.
fn whole(drive: &JobDrive, (name, is_cut): (&str, bool), state: &str) -> Vec<String> {
    let lead = if is_cut { format!("{name}: ") } else { String::new() };
    let percent = drive.percent.map(|percent| format!("{percent} %"));
    let bytes =
        drive.bytes.filter(|_| drive.total_bytes.is_none()).map(|bytes| format!("{} copied", text::bytes(bytes)));
    let state = (!state.is_empty()).then(|| state.to_owned());
    let mut facts: Vec<String> = [state, percent, bytes].into_iter().flatten().collect();
    match facts.first_mut() {
        Some(first) => first.insert_str(0, &lead),
        None => facts.extend(is_cut.then(|| name.to_owned())),
    }
    facts
}

/// How much of how much, where the service says so.
fn totals(drive: &JobDrive) -> Vec<String> {
    let bytes = drive.total_bytes.map(|total| {
        format!("{} of {}", drive.bytes.map_or_else(|| "unknown".to_owned(), text::bytes), text::bytes(total))
    });
    let files = drive.files.map(|files| match drive.total_files {
        Some(total) => format!("{} of {} files", count(files), count(total)),
        None => format!("{} files", count(files)),
    });
    [bytes, files].into_iter().flatten().collect()
}

/// What went wrong with a drive, whatever drive is under the cursor.
fn troubles(body: &mut Body, ctx: &DrawContext, drive: &JobDrive) {
    if let Some(files) = drive.failed_files.filter(|files| *files > 0) {
        let words = format!("{} failed; its error log names them.", crate::wording::many(files, "file"));
        body.say_with(ctx, "    ! ", &words, theme::caution());
    }
    if let Some(error) = &drive.error {
        let words = [error.code.trim(), error.message.trim()].join(": ");
        body.say_with(ctx, "    ! ", words.trim_matches([':', ' ']), theme::alarm());
    }
    if !drive.resolutions.is_empty() {
        let words = format!(
            "The service waits for a decision: {} ({}).",
            drive.resolutions.join(", "),
            ctx.key(&Action::Decide)
        );
        body.say_with(ctx, "    ! ", &words, theme::alarm());
    }
}

fn columns(ctx: &DrawContext, id: usize, [name, state, percent, bytes]: [&str; 4]) -> String {
    if ctx.glyphs.read_out {
        let percent = if percent.is_empty() { String::new() } else { format!(", {percent} percent") };
        let bytes = if bytes.is_empty() { String::new() } else { format!(", {bytes} copied") };
        return format!("Drive {name}, {state}{percent}{bytes}");
    }
    let (name, state) = (text::fit(name, id, ctx.glyphs.cut), text::fit(state, STATE, ctx.glyphs.cut));
    format!("{name} {state} {percent:>3} {bytes:>9}")
}
