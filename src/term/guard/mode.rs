//! The modes of the terminal as one list, and the bytes that switch them.

use std::io::{self, Write};

use crossterm::{cursor, event, queue, style, terminal};

use crate::term::window_progress::{WindowProgress, progress_sequence};

/// A mode of the terminal, which is switched on for a session and off after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Mode {
    /// Keys arrive one by one and are not echoed.
    Raw = 1,
    /// Frames leave the scrollback as it was.
    AlternateScreen = 1 << 1,
    /// A paste arrives as one event.
    BracketedPaste = 1 << 2,
    /// The cursor is hidden until a frame asks for it.
    HiddenCursor = 1 << 3,
    /// Clicks and the wheel arrive as events. Off by default, because it takes away the terminal's own text selection.
    Mouse = 1 << 4,
    /// Keys arrive as the kitty keyboard protocol has them, each of its own: Esc is not the beginning of something, and Alt is always Alt. On
    /// where the terminal offers it.
    Keyboard = 1 << 5,
    /// The terminal reports whether its window is in front.
    FocusEvents = 1 << 6,
    /// The terminal keeps the title of its window, which comes back at the end (XTWINOPS 22 and 23).
    Title = 1 << 7,
    /// The taskbar shows progress; none is left there at the end.
    Taskbar = 1 << 8,
}

/// The terminal puts the title of its window on a stack.
const KEEP_TITLE: &[u8] = b"\x1b[22;2t";
/// The terminal takes the title from there.
const RESTORE_TITLE: &[u8] = b"\x1b[23;2t";

/// Every mode in the order of switching on; they are switched off in reverse order, raw mode last: an event that was under way is not
/// echoed into the shell. The terminal keeps the keyboard's mode apart for the alternate screen, so that it is switched on and off there.
pub(super) const MODES: [Mode; 9] = [
    Mode::Raw,
    Mode::Title,
    Mode::Taskbar,
    Mode::AlternateScreen,
    Mode::BracketedPaste,
    Mode::HiddenCursor,
    Mode::FocusEvents,
    Mode::Mouse,
    Mode::Keyboard,
];

/// The modes of a session at its start.
pub(super) const DEFAULT_MODES: [Mode; 5] =
    [Mode::Raw, Mode::AlternateScreen, Mode::BracketedPaste, Mode::HiddenCursor, Mode::FocusEvents];

impl Mode {
    pub(super) fn bit(self) -> u16 {
        self as u16
    }

    pub(super) fn switch_on(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Raw => terminal::enable_raw_mode(),
            Self::AlternateScreen => queue!(out, terminal::EnterAlternateScreen),
            Self::BracketedPaste => queue!(out, event::EnableBracketedPaste),
            Self::HiddenCursor => queue!(out, cursor::Hide),
            Self::Mouse => queue!(out, event::EnableMouseCapture),
            Self::Keyboard => {
                let flags = event::KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
                queue!(out, event::PushKeyboardEnhancementFlags(flags))
            }
            Self::FocusEvents => queue!(out, event::EnableFocusChange),
            Self::Title => out.write_all(KEEP_TITLE),
            Self::Taskbar => Ok(()),
        }
    }

    pub(super) fn switch_off(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Raw => terminal::disable_raw_mode(),
            Self::AlternateScreen => queue!(out, terminal::LeaveAlternateScreen),
            Self::BracketedPaste => queue!(out, event::DisableBracketedPaste),
            Self::HiddenCursor => queue!(out, cursor::Show),
            Self::Mouse => queue!(out, event::DisableMouseCapture),
            Self::Keyboard => queue!(out, event::PopKeyboardEnhancementFlags),
            Self::FocusEvents => queue!(out, event::DisableFocusChange),
            Self::Title => out.write_all(RESTORE_TITLE),
            Self::Taskbar => out.write_all(progress_sequence(WindowProgress::None).as_bytes()),
        }
    }
}

/// The bytes that end a session: the end of an unfinished frame, the reset of colours, then every mode in `on` in reverse order.
/// Raw mode has no bytes.
pub(super) fn leave_bytes(on: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _infallible = queue!(bytes, terminal::EndSynchronizedUpdate, style::SetAttribute(style::Attribute::Reset));
    for mode in MODES.iter().rev().filter(|mode| **mode != Mode::Raw && on & mode.bit() != 0) {
        let _infallible = mode.switch_off(&mut bytes);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_bytes(modes: &[Mode]) -> String {
        let mut bytes = Vec::new();
        for mode in modes {
            mode.switch_on(&mut bytes).unwrap();
        }
        String::from_utf8(bytes).unwrap()
    }

    fn off_bytes(modes: &[Mode]) -> String {
        String::from_utf8(leave_bytes(modes.iter().map(|mode| mode.bit()).sum())).unwrap()
    }

    /// The private modes that a text switches on (`CSI ? n h`) or off (`CSI ? n l`), in order.
    fn switches(text: &str, letter: char) -> Vec<u16> {
        let sequences = text.split("\x1b[?").skip(1);
        sequences.filter_map(|s| s.split_once(letter)?.0.parse().ok()).collect()
    }

    #[test]
    fn every_mode_that_is_switched_on_is_switched_off_again() {
        let written = &MODES[1..];
        let on = on_bytes(written);
        let off = off_bytes(written);
        for mode in switches(&on, 'h') {
            assert!(switches(&off, 'l').contains(&mode), "mode {mode} stays on");
        }
        for mode in switches(&on, 'l') {
            assert!(switches(&off, 'h').contains(&mode), "mode {mode} stays off");
        }
    }

    #[test]
    fn the_mouse_is_not_taken_by_default() {
        assert!(!DEFAULT_MODES.contains(&Mode::Mouse));
        assert!(!on_bytes(&DEFAULT_MODES[1..]).contains("?1000h"));
        assert!(on_bytes(&[Mode::Mouse]).contains("?1000h"));
    }

    #[test]
    fn the_keyboard_is_given_back_on_the_screen_that_it_was_taken_on() {
        let on = on_bytes(&[Mode::AlternateScreen, Mode::Keyboard]);
        assert!(on.find("\x1b[?1049h") < on.find("\x1b[>1u") && on.contains("\x1b[>1u"), "{on:?}");
        let off = off_bytes(&[Mode::AlternateScreen, Mode::Keyboard]);
        assert!(off.find("\x1b[<1u") < off.find("\x1b[?1049l") && off.contains("\x1b[<1u"), "{off:?}");
        assert!(!off_bytes(&DEFAULT_MODES).contains('u'), "nothing is taken from a stack that nothing was put on");
    }

    #[test]
    fn the_title_and_the_taskbar_are_left_as_they_were_found() {
        assert_eq!(on_bytes(&[Mode::Title, Mode::Taskbar]), "\x1b[22;2t");
        let off = off_bytes(&[Mode::Title, Mode::Taskbar]);
        assert!(off.contains("\x1b[23;2t") && off.contains("\x1b]9;4;0"), "{off:?}");
        assert!(!off_bytes(&DEFAULT_MODES).contains("\x1b[23;2t"), "nothing is taken that was not put there");
    }

    #[test]
    fn a_mode_that_is_not_on_is_not_switched_off() {
        let off = off_bytes(&[Mode::AlternateScreen]);
        assert!(off.contains("\x1b[?1049l"));
        assert!(!off.contains("?2004"), "{off:?}");
    }

    #[test]
    fn modes_have_a_bit_each() {
        let together: u16 = MODES.iter().fold(0, |bits, mode| bits | mode.bit());
        assert_eq!(together.count_ones() as usize, MODES.len());
    }
}
