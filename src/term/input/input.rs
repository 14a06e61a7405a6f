//! Turns crossterm's events into key presses, pastes, clicks and sizes.

use std::io;

use crossterm::event::{
    Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use futures_util::{Stream, StreamExt, future};

use super::late_answer::LateAnswer;
use crate::protocol::key::{Key, KeyPress, Mouse, MouseAction};

/// An event of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed, or repeats.
    Key(KeyPress),
    /// Text was pasted. It has no control character but newlines between its lines, and no newline at its end.
    Paste(String),
    /// The terminal has a new size in columns and rows. Either may be 0.
    Resize(u16, u16),
    /// The terminal window is in front again.
    FocusGained,
    /// Another window is in front.
    FocusLost,
    /// The mouse, when it is captured.
    Mouse(Mouse),
    /// A line was typed, where input comes in lines.
    Line(String),
    /// No more lines come.
    End,
}

/// The events of the terminal. An error, like the end of the stream, means that the terminal is gone: stop reading.
pub fn stream() -> impl Stream<Item = io::Result<Input>> + Send + Unpin {
    let mut late = LateAnswer::default();
    EventStream::new()
        .filter_map(|event| future::ready(event.map(translate).transpose()))
        .filter(move |input| future::ready(!matches!(&input, Ok(Input::Key(press)) if late.takes(press))))
}

/// Translates an event. Key releases, bare modifiers, media keys and mouse moves have no translation.
pub(super) fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => press(key).map(Input::Key),
        Event::Paste(text) => Some(clean_paste(&text)).filter(|text| !text.is_empty()).map(Input::Paste),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::FocusGained => Some(Input::FocusGained),
        Event::FocusLost => Some(Input::FocusLost),
        Event::Mouse(mouse) => translate_mouse(mouse).map(Input::Mouse),
    }
}

/// Releases are dropped: Windows and some terminals report them, and each key would count twice.
pub(super) fn press(event: KeyEvent) -> Option<KeyPress> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let held = event.modifiers;
    if held.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER) {
        return None;
    }
    let ctrl = held.contains(KeyModifiers::CONTROL);
    let alt = held.intersects(KeyModifiers::ALT | KeyModifiers::META);
    let key = match event.code {
        KeyCode::Char(c) => return Some(character(c, ctrl, alt, held.contains(KeyModifiers::SHIFT))),
        KeyCode::Tab if held.contains(KeyModifiers::SHIFT) => Key::BackTab,
        code => named(code)?,
    };
    Some(KeyPress { key, ctrl, alt })
}

fn named(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    })
}

fn character(c: char, ctrl: bool, alt: bool, shift: bool) -> KeyPress {
    // Windows reports AltGr as Ctrl and Alt together: the character is plain text there.
    if cfg!(windows) && ctrl && alt {
        return KeyPress::char(c);
    }
    if ctrl {
        // The kitty protocol names the key without Shift: `_` is Shift and `-`.
        return with_ctrl(if shift && c == '-' { '_' } else { c }, alt);
    }
    let key = Key::Char(if shift { upper(c) } else { c });
    KeyPress { key, ctrl, alt }
}

/// Several keys share one control byte on most terminals, and a terminal with the kitty protocol tells them apart: here they are one key
/// everywhere. Ctrl-I is Tab, Ctrl-M is Enter, Ctrl-[ is Esc. Ctrl-H is what Backspace sends on some terminals, and Ctrl-_ comes as Ctrl-7 or
/// Ctrl-/ (its control byte is 0x1f, which is also what a terminal sends for those two). Letters lose their case.
fn with_ctrl(c: char, alt: bool) -> KeyPress {
    let (key, ctrl) = match c.to_ascii_lowercase() {
        'h' => (Key::Backspace, false),
        'i' => (Key::Tab, false),
        'm' => (Key::Enter, false),
        '[' => (Key::Esc, false),
        '7' | '/' | '_' => (Key::Char('_'), true),
        '4' => (Key::Char('\\'), true),
        '5' => (Key::Char(']'), true),
        '6' => (Key::Char('^'), true),
        lower => (Key::Char(lower), true),
    };
    KeyPress { key, ctrl, alt }
}

/// The upper-case letter, for terminals that send the letter and Shift apart. `ß` stays: its upper case is two letters.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

fn translate_mouse(event: MouseEvent) -> Option<Mouse> {
    let action = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAction::Press,
        MouseEventKind::ScrollUp => MouseAction::WheelUp,
        MouseEventKind::ScrollDown => MouseAction::WheelDown,
        _ => return None,
    };
    Some(Mouse { action, column: event.column, row: event.row })
}

/// Makes pasted text harmless. Line ends become newlines, tabs become spaces, other control characters are dropped. Newlines at
/// the end are dropped too, because they would act like Enter.
pub(super) fn clean_paste(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    let clean: String = lines.chars().filter(|c| *c == '\n' || (!c.is_control() && *c != '\u{feff}')).collect();
    clean.trim_end_matches('\n').to_owned()
}
