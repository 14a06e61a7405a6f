//! The input that each key, paste and click becomes.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

use super::input::{Input, clean_paste, press, translate};
use super::late_answer::LateAnswer;
use crate::protocol::key::{Key, KeyPress, Mouse, MouseAction};

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<KeyPress> {
    press(KeyEvent::new(code, modifiers))
}

fn typed(c: char, modifiers: KeyModifiers) -> KeyPress {
    key(KeyCode::Char(c), modifiers).unwrap()
}

#[test]
fn a_release_is_not_a_second_press() {
    let event = |kind| Event::Key(KeyEvent::new_with_kind(KeyCode::Char('q'), KeyModifiers::NONE, kind));
    assert_eq!(translate(event(KeyEventKind::Release)), None);
    let q = Some(Input::Key(KeyPress::char('q')));
    assert_eq!(translate(event(KeyEventKind::Press)), q);
    assert_eq!(translate(event(KeyEventKind::Repeat)), q);
}

#[test]
fn shift_is_part_of_the_character() {
    assert_eq!(typed('a', KeyModifiers::SHIFT), KeyPress::char('A'));
    assert_eq!(typed('A', KeyModifiers::SHIFT), KeyPress::char('A'));
    assert_eq!(typed('?', KeyModifiers::SHIFT), KeyPress::char('?'));
    assert_eq!(typed('ü', KeyModifiers::SHIFT), KeyPress::char('Ü'));
    assert_eq!(typed('ß', KeyModifiers::SHIFT), KeyPress::char('ß'));
    assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), Some(KeyPress::plain(Key::BackTab)));
    assert_eq!(key(KeyCode::Tab, KeyModifiers::SHIFT), Some(KeyPress::plain(Key::BackTab)));
    assert_eq!(key(KeyCode::Left, KeyModifiers::SHIFT), Some(KeyPress::plain(Key::Left)));
}

#[test]
fn w28_undo_is_the_same_key_on_every_terminal() {
    for c in ['_', '7', '/'] {
        assert_eq!(typed(c, KeyModifiers::CONTROL), KeyPress::ctrl('_'));
    }
}

#[test]
fn control_letters_have_no_case_and_ctrl_h_is_backspace() {
    assert_eq!(typed('C', KeyModifiers::CONTROL | KeyModifiers::SHIFT), KeyPress::ctrl('c'));
    assert_eq!(typed('s', KeyModifiers::CONTROL), KeyPress::ctrl('s'));
    assert_eq!(typed('h', KeyModifiers::CONTROL), KeyPress::plain(Key::Backspace));
    assert_eq!(typed(' ', KeyModifiers::CONTROL), KeyPress::ctrl(' '));
}

#[test]
fn keys_that_share_a_byte_are_one_key_also_where_the_terminal_tells_them_apart() {
    for (c, key) in [('i', Key::Tab), ('m', Key::Enter), ('[', Key::Esc), ('h', Key::Backspace)] {
        assert_eq!(typed(c, KeyModifiers::CONTROL), KeyPress::plain(key));
    }
    assert_eq!(typed('-', KeyModifiers::CONTROL | KeyModifiers::SHIFT), KeyPress::ctrl('_'));
    assert_eq!(typed('-', KeyModifiers::CONTROL), KeyPress::ctrl('-'));
}

#[test]
fn alt_and_meta_are_one() {
    assert_eq!(key(KeyCode::Left, KeyModifiers::ALT), Some(KeyPress::alt(Key::Left)));
    assert_eq!(typed('f', KeyModifiers::META), KeyPress::alt(Key::Char('f')));
}

#[test]
fn keys_without_a_meaning_do_nothing() {
    assert_eq!(key(KeyCode::CapsLock, KeyModifiers::NONE), None);
    assert_eq!(key(KeyCode::Insert, KeyModifiers::NONE), None);
    assert_eq!(key(KeyCode::Char('l'), KeyModifiers::SUPER), None, "that one is the window manager's");
}

#[test]
fn w27_a_paste_never_ends_in_enter_and_carries_no_control_characters() {
    let paste = |text: &str| translate(Event::Paste(text.to_owned()));
    assert_eq!(paste("Contoso\r\n"), Some(Input::Paste("Contoso".to_owned())));
    assert_eq!(paste("a\r\nb\rc\nd\n\n"), Some(Input::Paste("a\nb\nc\nd".to_owned())));
    assert_eq!(paste("x\x1b[31m\x07y\u{9b}z\tend"), Some(Input::Paste("x[31myz end".to_owned())));
    assert_eq!(paste("\n"), None, "nothing is left");
}

#[test]
fn the_mouse_has_three_actions() {
    let event = |kind| {
        let mouse = MouseEvent { kind, column: 3, row: 7, modifiers: KeyModifiers::NONE };
        translate(Event::Mouse(mouse))
    };
    let expected = |action| Some(Input::Mouse(Mouse { action, column: 3, row: 7 }));
    assert_eq!(event(MouseEventKind::Down(MouseButton::Left)), expected(MouseAction::Press));
    assert_eq!(event(MouseEventKind::ScrollDown), expected(MouseAction::WheelDown));
    assert_eq!(event(MouseEventKind::Moved), None);
}

#[test]
fn sizes_and_focus_pass() {
    assert_eq!(translate(Event::Resize(0, 0)), Some(Input::Resize(0, 0)));
    assert_eq!(translate(Event::FocusLost), Some(Input::FocusLost));
}

proptest! {
    #[test]
    fn any_paste_is_clean_and_cleaning_it_again_changes_nothing(text in "(?s).{0,80}") {
        let clean = clean_paste(&text);
        prop_assert!(!clean.ends_with('\n'));
        prop_assert!(clean.chars().all(|c| c == '\n' || !c.is_control()));
        prop_assert_eq!(clean_paste(&clean), clean);
    }

    #[test]
    fn any_plain_character_arrives_as_itself(c in any::<char>()) {
        prop_assert_eq!(typed(c, KeyModifiers::NONE), KeyPress::char(c));
    }
}

/// What is left of keys that come in this order.
fn after_answers(presses: &[KeyPress]) -> Vec<KeyPress> {
    let mut late = LateAnswer::default();
    presses.iter().filter(|press| !late.takes(press)).copied().collect()
}

#[test]
fn an_answer_of_the_terminal_that_comes_late_is_not_typed() {
    let typed: Vec<KeyPress> = "quit".chars().map(KeyPress::char).collect();
    for end in [KeyPress::alt(Key::Char('\\')), KeyPress::ctrl('g')] {
        let mut keys = vec![KeyPress::alt(Key::Char(']'))];
        keys.extend("11;rgb:ffff/ffff/dead".chars().map(KeyPress::char));
        keys.push(end);
        keys.extend(&typed);
        assert_eq!(after_answers(&keys), typed);
    }
}

#[test]
fn alt_and_a_bracket_do_not_swallow_what_a_person_types() {
    let typed: Vec<KeyPress> = "quit 11;".chars().map(KeyPress::char).collect();
    let keys = [&[KeyPress::alt(Key::Char(']'))][..], &typed].concat();
    assert_eq!(after_answers(&keys), typed);
}
