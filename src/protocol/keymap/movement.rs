//! Keys of movement, and the lines that several contexts share.

use super::binding::{Binding, on, plain};
use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Key, KeyPress};

pub(super) const UP: &[KeyPress] = &[plain(Key::Up), KeyPress::char('k')];
pub(super) const DOWN: &[KeyPress] = &[plain(Key::Down), KeyPress::char('j')];
pub(super) const LEFT: &[KeyPress] = &[plain(Key::Left), KeyPress::char('h')];
pub(super) const RIGHT: &[KeyPress] = &[plain(Key::Right), KeyPress::char('l')];
pub(super) const PAGE_UP: &[KeyPress] = &[plain(Key::PageUp), KeyPress::ctrl('b')];
pub(super) const PAGE_DOWN: &[KeyPress] = &[plain(Key::PageDown), KeyPress::ctrl('f')];
pub(super) const HALF_UP: &[KeyPress] = &[KeyPress::ctrl('u')];
pub(super) const HALF_DOWN: &[KeyPress] = &[KeyPress::ctrl('d')];
pub(super) const FIRST: &[KeyPress] = &[plain(Key::Home), KeyPress::char('g')];
pub(super) const LAST: &[KeyPress] = &[plain(Key::End), KeyPress::char('G')];
pub(super) const ENTER: &[KeyPress] = &[plain(Key::Enter)];
pub(super) const ENTER_OR_SPACE: &[KeyPress] = &[plain(Key::Enter), KeyPress::char(' ')];
pub(super) const SPACE: &[KeyPress] = &[KeyPress::char(' ')];
pub(super) const TAB: &[KeyPress] = &[plain(Key::Tab)];
pub(super) const BACK_TAB: &[KeyPress] = &[plain(Key::BackTab)];
pub(super) const ESC: &[KeyPress] = &[plain(Key::Esc)];

/// One row up or down.
pub(super) const BY_ROW: &[Binding] =
    &[on(UP, Action::Move(Motion::Up), "", "One row up"), on(DOWN, Action::Move(Motion::Down), "", "One row down")];

/// One line of a page to read.
pub(super) const BY_LINE: &[Binding] = &[
    on(DOWN, Action::Move(Motion::Down), "read on", "One line down"),
    on(UP, Action::Move(Motion::Up), "", "One line up"),
];

/// One screenful up or down.
pub(super) const BY_SCREEN: &[Binding] = &[
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
];

/// Half a screenful up or down.
pub(super) const BY_HALF_SCREEN: &[Binding] = &[
    on(HALF_UP, Action::Move(Motion::HalfUp), "", "Half a screenful up"),
    on(HALF_DOWN, Action::Move(Motion::HalfDown), "", "Half a screenful down"),
];

/// The ends of a list.
pub(super) const TO_END_ROWS: &[Binding] =
    &[on(FIRST, Action::Move(Motion::First), "", "First row"), on(LAST, Action::Move(Motion::Last), "", "Last row")];

/// The ends of a page.
pub(super) const TO_ENDS: &[Binding] =
    &[on(FIRST, Action::Move(Motion::First), "", "To the top"), on(LAST, Action::Move(Motion::Last), "", "To the end")];

/// A count before a movement, e.g. `12` before Down.
pub(super) const COUNT: &[Binding] = &[
    on(&[KeyPress::char('0')], Action::Digit(0), "", "A count for the next movement"),
    on(&[KeyPress::char('1')], Action::Digit(1), "", "A count for the next movement"),
    on(&[KeyPress::char('2')], Action::Digit(2), "", "A count for the next movement"),
    on(&[KeyPress::char('3')], Action::Digit(3), "", "A count for the next movement"),
    on(&[KeyPress::char('4')], Action::Digit(4), "", "A count for the next movement"),
    on(&[KeyPress::char('5')], Action::Digit(5), "", "A count for the next movement"),
    on(&[KeyPress::char('6')], Action::Digit(6), "", "A count for the next movement"),
    on(&[KeyPress::char('7')], Action::Digit(7), "", "A count for the next movement"),
    on(&[KeyPress::char('8')], Action::Digit(8), "", "A count for the next movement"),
    on(&[KeyPress::char('9')], Action::Digit(9), "", "A count for the next movement"),
];
