//! Draws a form: labels, boxes, the line under a field, the list beside it, warnings.

use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::characters::is_bidirectional_mark;
use crate::form::{self, Field, FieldSpec, FieldWarning, FieldWindow, Form, window};
use crate::protocol::hit::{FieldClick, HitTarget};
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::form_keys;

/// Entries of a list that are shown at once.
const LISTED: usize = 5;
/// Rows of a choice; row and columns of each value; row and column of the chosen one.
type ChoiceRows = (Vec<Vec<Span<'static>>>, Vec<(usize, Range<usize>)>, (usize, usize));

/// Columns of a box at most; longer values scroll inside.
const WIDEST: usize = 44;

/// Draws all fields. `focused` is false while the focus is on another part of the step.
pub(super) fn draw(body: &mut Body, ctx: &DrawContext, form: &Form, warnings: &[FieldWarning], focused: bool) {
    if ctx.glyphs.read_out {
        return read_out(body, form, warnings, focused);
    }
    let (label, width) = columns(ctx);
    let optional = form.shown().any(|index| form.spec(index).is_some_and(|spec| !spec.required));
    if optional {
        body.say_with(ctx, "  * ", "required; others may stay empty", theme::dim());
    }
    for index in form.shown() {
        let here = focused && index == form.focus();
        field(body, ctx, form, index, here, (label, width));
        if let Some(note) = form.note(index) {
            body.say_with(ctx, "    ", &note, theme::dim());
        }
        under(body, ctx, form, index, here);
        if let Some(sent) = form.sent_otherwise(index) {
            body.say_with(ctx, "    ", &format!("The service gets {sent}."), theme::dim());
        }
        if here {
            list(body, ctx, form);
        }
        // Not while it is typed for the first time: half a number always looks wrong.
        if !here || form.touched(index) {
            for warning in warnings.iter().filter(|warning| warning.field == index) {
                body.say_with(ctx, "  ~ ", &warning.text, theme::caution());
            }
        }
    }
}

/// What there is to say about the fields besides asking for them: errors, warnings, what becomes of a value; and the values of a form
/// that nobody fills in now.
fn read_out(body: &mut Body, form: &Form, warnings: &[FieldWarning], focused: bool) {
    for index in form.shown() {
        let Some(spec) = form.spec(index) else { continue };
        let here = focused && index == form.focus();
        let mut say = |sign: &str, words: &str| body.line(format!("{sign}{}: {}", spec.label, text::clean(words)));
        if !focused && !form.value(index).is_empty() {
            say("", form.value(index));
        }
        if let Some(error) = form.error(index) {
            say("! ", error);
        }
        if let Some(sent) = form.sent_otherwise(index).filter(|_| !here) {
            say("", &format!("The service gets {sent}."));
        }
        if !here || form.touched(index) {
            warnings.iter().filter(|warning| warning.field == index).for_each(|warning| say("~ ", &warning.text));
        }
    }
}

/// Columns of the labels and of the boxes.
fn columns(ctx: &DrawContext) -> (usize, usize) {
    let label = if ctx.width >= 48 { 24 } else { ctx.width / 3 + 1 };
    (label, ctx.width.saturating_sub(label + 3).min(WIDEST))
}

fn field(body: &mut Body, ctx: &DrawContext, form: &Form, index: usize, here: bool, (label, width): (usize, usize)) {
    let Some(spec) = form.spec(index) else { return };
    let (sign, style) = match form.error(index) {
        Some(_) => ("! ".to_owned(), theme::alarm()),
        None if here => (format!("{} ", ctx.glyphs.cursor), Style::new()),
        None => ("  ".to_owned(), Style::new()),
    };
    body.field(here);
    body.in_field(index, 0, 0..usize::MAX, FieldClick::Focus);
    let name = if here { theme::title() } else { theme::dim() };
    let marked = labelled_as(spec, label);
    let beside = text::width(&marked) <= label + 1;
    let shown = if beside { text::fit(&marked, label + 1, "") } else { marked };
    let mut spans = vec![Span::styled(sign, style), Span::styled(shown, name)];
    if !beside {
        // A label is never cut: without room beside its box it stands above it.
        body.line(Line::from(std::mem::take(&mut spans)));
        spans.push(Span::raw(" ".repeat(label + 3)));
    }
    let first = body.len() - usize::from(!beside);
    let lit = here && ctx.focused;
    let left = label + 3;
    let (rows, (row, column)) = if let form::FieldKind::Choice(options) = spec.kind {
        let (rows, places, cursor) = choice(options, form.value(index), width, lit);
        let chosen = options.iter().position(|option| *option == form.value(index)).unwrap_or(0).cast_signed();
        for (option, (row, columns)) in places.into_iter().enumerate() {
            let then = FieldClick::Choose(option.cast_signed() - chosen);
            body.in_field(index, row, left + columns.start..left + columns.end, then);
        }
        (rows, cursor)
    } else {
        let (text, cursor) = boxed(form, index, width, lit);
        let at = FieldClick::PutCursor(u16::try_from(left + cursor).unwrap_or(u16::MAX));
        body.in_field(index, 0, left..left + width, at);
        (vec![text], (0, cursor))
    };
    for (at, filling) in rows.into_iter().enumerate() {
        spans.extend(filling);
        body.line(Line::from(std::mem::take(&mut spans)));
        if here && at == row {
            body.focus_at(first, label + 3 + column);
        }
        spans.push(Span::raw(" ".repeat(label + 3)));
    }
    body.stop_at(first);
}

/// The label, with a sign where the field must be filled in. A field with fixed values always is. The sign takes the blank before the
/// box where the label leaves no other room.
fn labelled_as(spec: &FieldSpec, columns: usize) -> String {
    if !is_asked(spec) {
        return spec.label.to_owned();
    }
    let blank = if text::width(spec.label) + 2 <= columns { " " } else { "" };
    format!("{}{blank}*", spec.label)
}

/// Whether the person has to fill it in.
fn is_asked(spec: &FieldSpec) -> bool {
    spec.required && !matches!(spec.kind, form::FieldKind::Choice(_))
}

/// The help of a field, with the word that the sign at its label stands for.
fn help(spec: &FieldSpec, words: &str) -> String {
    match spec.kind {
        form::FieldKind::Choice(_) => words.to_owned(),
        _ if is_asked(spec) => format!("Required. {words}"),
        _ => format!("Optional. {words}"),
    }
}

/// A line with a label, the field that is typed into, of exactly `columns` columns, and what stands behind it. A click puts the cursor. Gives the
/// column of the cursor.
pub(crate) fn typed_line(
    body: &mut Body,
    ctx: &DrawContext,
    (label, field, columns): (&str, &Field, usize),
    behind: Option<Span<'static>>,
) -> usize {
    let left = text::width(label);
    for (columns, by) in clicks(field, columns) {
        body.hit(left + columns.start..left + columns.end, HitTarget::Typed { by });
    }
    let (mut spans, column) = labelled(label, field, columns, ctx);
    spans.extend(behind);
    body.line(Line::from(spans));
    column
}

/// How many characters on the cursor goes by a click on each of these columns of a field.
fn clicks(field: &Field, columns: usize) -> Vec<(Range<usize>, isize)> {
    let (clean, before, view) = seen(field, columns);
    let mut found: Vec<(Range<usize>, isize)> = Vec::new();
    for column in 0..columns {
        let from_cursor = i32::try_from(column.cast_signed() - view.cursor.cast_signed()).unwrap_or_default();
        let by = form::graphemes_to(&clean, (before, before), from_cursor);
        match found.last_mut() {
            Some((range, last)) if *last == by => range.end = column + 1,
            _ => found.push((column..column + 1, by)),
        }
    }
    found
}

/// The text of a field as it is shown, the byte of it that the cursor stands before, and the part that has room.
fn seen(field: &Field, columns: usize) -> (String, usize, FieldWindow) {
    let clean = text::clean(field.value());
    let before = field.value().get(..field.cursor()).map_or(0, |before| text::clean(before).len());
    let view = window(&clean, before, columns);
    (clean, before, view)
}

/// A label and a field of exactly `columns` columns on one line, and the column of the cursor.
pub(crate) fn labelled(label: &str, field: &Field, columns: usize, ctx: &DrawContext) -> (Vec<Span<'static>>, usize) {
    let (_, _, view) = seen(field, columns);
    let mark = |cut: bool| if cut { ctx.glyphs.cut.chars().next().unwrap_or('.').to_string() } else { String::new() };
    let words = format!("{}{}{}", mark(view.cut_left), view.text, mark(view.cut_right));
    let style = if ctx.focused { theme::focused() } else { theme::key() };
    let spans = vec![Span::raw(label.to_owned()), Span::styled(text::fit(&words, columns, ""), style)];
    (spans, text::width(label) + view.cursor)
}

/// The visible part of a text in its box, with a sign at each edge where there is more.
fn boxed(form: &Form, index: usize, width: usize, lit: bool) -> (Vec<Span<'static>>, usize) {
    let style = if lit { theme::focused() } else { Style::new().add_modifier(Modifier::UNDERLINED) };
    let window = form.window(index, width);
    let edge = |cut: bool, sign: &'static str| cut.then(|| Span::styled(sign, style.patch(theme::key())));
    // Bidirectional marks stay in the value and are not shown.
    let shown: String = window.text.chars().filter(|c| !is_bidirectional_mark(*c)).collect();
    let used = text::width(&shown) + usize::from(window.cut_left) + usize::from(window.cut_right);
    let rest = Span::styled(" ".repeat(width.saturating_sub(used)), style);
    let spans = edge(window.cut_left, "<").into_iter().chain([Span::styled(shown, style), rest]);
    (spans.chain(edge(window.cut_right, ">")).collect(), window.cursor)
}

/// The fixed values, in as many rows of `width` columns as they need; row and columns of each; row and column of the chosen one.
fn choice(options: &[&'static str], value: &str, width: usize, lit: bool) -> ChoiceRows {
    const GAP: usize = 2;
    let mut places = Vec::new();
    let mut rows = vec![Vec::new()];
    let (mut column, mut cursor) = (0, (0, 0));
    for option in options {
        let chosen = *option == value;
        let words = format!("({}) {option}", if chosen { "*" } else { " " });
        if column > 0 && column + text::width(&words) > width {
            rows.push(Vec::new());
            column = 0;
        }
        if chosen {
            cursor = (rows.len() - 1, column + 1);
        }
        places.push((rows.len() - 1, column..column + text::width(&words)));
        column += text::width(&words) + GAP;
        if let Some(row) = rows.last_mut() {
            row.push(Span::styled(words, if chosen && lit { theme::focused() } else { Style::new() }));
            row.push(Span::raw(" ".repeat(GAP)));
        }
    }
    (rows, places, cursor)
}

fn under(body: &mut Body, ctx: &DrawContext, form: &Form, index: usize, here: bool) {
    let (Some(line), Some(spec)) = (form.line(index), form.spec(index)) else { return };
    let (lead, words, style) = match line {
        form::FieldLine::Help(_) | form::FieldLine::Refused(_) if !here => return,
        form::FieldLine::Help(words) => ("    ", help(spec, words), theme::dim()),
        form::FieldLine::Error(words) | form::FieldLine::Refused(words) => ("  ! ", words.to_owned(), theme::alarm()),
    };
    body.say_with(ctx, lead, &words, style);
    if here {
        body.keep_with_focus();
    }
}

fn list(body: &mut Body, ctx: &DrawContext, form: &Form) {
    let options = form_keys::list(form);
    let marked = form.marked();
    let first = marked.unwrap_or(0).saturating_sub(LISTED - 1);
    for (index, option) in options.iter().enumerate().skip(first).take(LISTED) {
        let here = marked == Some(index);
        let sign = if here { ctx.glyphs.cursor } else { " " };
        let words = text::cut_end(&text::clean(option), ctx.width.saturating_sub(8), ctx.glyphs.cut);
        let style = if here && ctx.focused { theme::focused() } else { theme::dim() };
        let down = index.cast_signed() - marked.map_or(-1, usize::cast_signed);
        body.in_field(form.focus(), 0, 0..usize::MAX, FieldClick::Take(down));
        body.line(Line::from(vec![Span::raw(format!("    {sign} ")), Span::styled(words, style)]));
        body.stop();
        if here {
            body.look_here();
        }
    }
    let more = options.len().saturating_sub(first + LISTED);
    if more > 0 {
        body.line(Span::styled(format!("      and {more} more"), theme::dim()));
    }
    if !options.is_empty() {
        body.keep_with_focus();
    }
}
