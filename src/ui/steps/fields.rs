//! A form on a sheet: label, box, the line under a field, the list beside it, what is unusual. The rules are the form's own.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::form::{self, Form, Warning};
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::filling;

/// Entries of a list that are shown at once.
const LISTED: usize = 5;
/// Columns of a box at most; longer values scroll inside.
const WIDEST: usize = 44;

/// Draws all fields; `focused` is false while something else of the step has the focus.
pub fn draw(sheet: &mut Sheet, pen: &Pen, form: &Form, warnings: &[Warning], focused: bool) {
    let (label, width) = columns(pen);
    for index in 0..form.len() {
        let here = focused && index == form.focus();
        field(sheet, pen, form, index, here, (label, width));
        under(sheet, pen, form, index, here);
        if let Some(sent) = form.sent_otherwise(index) {
            sheet.say_with(pen, "    ", &format!("The service gets {sent}."), theme::dim());
        }
        if here {
            list(sheet, pen, form);
        }
        // Not while it is typed for the first time: half a number always looks wrong.
        if !here || form.touched(index) {
            for warning in warnings.iter().filter(|warning| warning.field == index) {
                sheet.say_with(pen, "  ~ ", &warning.text, theme::caution());
            }
        }
    }
}

/// Columns of the labels and of the boxes.
fn columns(pen: &Pen) -> (usize, usize) {
    let label = if pen.width >= 46 { 22 } else { pen.width / 3 };
    (label, pen.width.saturating_sub(label + 3).min(WIDEST))
}

fn field(sheet: &mut Sheet, pen: &Pen, form: &Form, index: usize, here: bool, (label, width): (usize, usize)) {
    let Some(spec) = form.spec(index) else { return };
    let (sign, style) = match form.error(index) {
        Some(_) => ("! ".to_owned(), theme::alarm()),
        None if here => (format!("{} ", pen.signs.cursor), Style::new()),
        None => ("  ".to_owned(), Style::new()),
    };
    let name = if here { theme::title() } else { theme::dim() };
    let beside = text::width(spec.label) <= label;
    let shown = if beside { text::fit(spec.label, label, "") } else { spec.label.to_owned() };
    let mut spans = vec![Span::styled(sign, style), Span::styled(shown, name), Span::raw(" ")];
    if !beside {
        // A label cut short is a riddle: it stands above its box.
        sheet.line(Line::from(std::mem::take(&mut spans)));
        spans.push(Span::raw(" ".repeat(label + 3)));
    }
    let first = sheet.len() - usize::from(!beside);
    let lit = here && pen.focused;
    let (filling, cursor) = match spec.kind {
        form::Kind::Choice(options) => choice(options, form.value(index), lit),
        _ => boxed(form, index, width, lit),
    };
    spans.extend(filling);
    sheet.line(Line::from(spans));
    sheet.stop_at(first);
    if here {
        sheet.focus_at(first, label + 3 + cursor);
    }
}

/// The visible part of a text in its box, with a sign at each edge where there is more.
fn boxed(form: &Form, index: usize, width: usize, lit: bool) -> (Vec<Span<'static>>, usize) {
    let style = if lit { theme::focused() } else { Style::new().add_modifier(Modifier::UNDERLINED) };
    let window = form.window(index, width);
    let edge = |cut: bool, sign: &'static str| cut.then(|| Span::styled(sign, style.patch(theme::key())));
    let shown: String = window.text.chars().filter(|c| !reorders(*c)).collect();
    let used = text::width(&shown) + usize::from(window.cut_left) + usize::from(window.cut_right);
    let rest = Span::styled(" ".repeat(width.saturating_sub(used)), style);
    let spans = edge(window.cut_left, "<").into_iter().chain([Span::styled(shown, style), rest]);
    (spans.chain(edge(window.cut_right, ">")).collect(), window.cursor)
}

/// Marks without a width of their own that turn the order of a line around. They stay in the value, not on the screen.
fn reorders(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn choice(options: &[&'static str], value: &str, lit: bool) -> (Vec<Span<'static>>, usize) {
    let mut spans = Vec::new();
    let (mut column, mut cursor) = (0, 0);
    for option in options {
        let chosen = *option == value;
        let words = format!("({}) {option}", if chosen { "*" } else { " " });
        if chosen {
            cursor = column + 1;
        }
        column += text::width(&words) + 2;
        spans.push(Span::styled(words, if chosen && lit { theme::focused() } else { Style::new() }));
        spans.push(Span::raw("  "));
    }
    (spans, cursor)
}

fn under(sheet: &mut Sheet, pen: &Pen, form: &Form, index: usize, here: bool) {
    let line = match form.line(index) {
        Some(form::Line::Help(_) | form::Line::Refused(_)) if !here => return,
        Some(form::Line::Help(words)) => ("    ", words, theme::dim()),
        Some(form::Line::Error(words) | form::Line::Refused(words)) => ("  ! ", words, theme::alarm()),
        None => return,
    };
    let (lead, words, style) = line;
    sheet.say_with(pen, lead, words, style);
    if here {
        sheet.keep_with_focus();
    }
}

fn list(sheet: &mut Sheet, pen: &Pen, form: &Form) {
    let options = filling::list(form);
    let marked = form.marked();
    let first = marked.unwrap_or(0).saturating_sub(LISTED - 1);
    for (index, option) in options.iter().enumerate().skip(first).take(LISTED) {
        let here = marked == Some(index);
        let sign = if here { pen.signs.cursor } else { " " };
        let words = text::cut_end(&text::clean(option), pen.width.saturating_sub(8), pen.signs.cut);
        let style = if here && pen.focused { theme::focused() } else { theme::dim() };
        sheet.line(Line::from(vec![Span::raw(format!("    {sign} ")), Span::styled(words, style)]));
        sheet.stop();
        if here {
            sheet.look_here();
        }
    }
    let more = options.len().saturating_sub(first + LISTED);
    if more > 0 {
        sheet.line(Span::styled(format!("      and {more} more"), theme::dim()));
    }
    if !options.is_empty() {
        sheet.keep_with_focus();
    }
}
