//! The bytes that a frame writes.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use crate::term::hyperlink::Hyperlink;

/// A writer that keeps its bytes for the test.
#[derive(Clone, Default)]
struct WrittenBytes(Arc<Mutex<Vec<u8>>>);

impl WrittenBytes {
    fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl Write for WrittenBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn canvas(measure: fn() -> (u16, u16), colour: bool) -> (Canvas<WrittenBytes>, WrittenBytes) {
    crossterm::style::force_color_output(true);
    let written = WrittenBytes::default();
    (Canvas::new(written.clone(), measure, colour, true).unwrap(), written)
}

fn twenty_by_three() -> (u16, u16) {
    (20, 3)
}

fn show(text: &str) -> impl FnOnce(&mut Frame<'_>) {
    move |frame| frame.render_widget(text, frame.area())
}

#[test]
fn a_frame_is_one_synchronized_update() {
    let (mut canvas, written) = canvas(twenty_by_three, true);
    canvas.draw(&[], show("hello")).unwrap();
    let bytes = written.take();
    assert!(bytes.starts_with("\x1b[?2026h") && bytes.ends_with("\x1b[?2026l"), "{bytes:?}");
    assert_eq!(bytes.matches("2026").count(), 2);
    assert!(bytes.contains("hello"));
}

#[test]
fn a_frame_that_changes_nothing_writes_nothing() {
    let (mut canvas, written) = canvas(twenty_by_three, true);
    let with_cursor = |frame: &mut Frame<'_>| {
        frame.render_widget("name: ", frame.area());
        frame.set_cursor_position((6, 0));
    };
    canvas.draw(&[], with_cursor).unwrap();
    assert!(written.take().contains("\x1b[?25h"));
    canvas.draw(&[], with_cursor).unwrap();
    assert_eq!(written.take(), "");
    canvas.draw(&[], show("name: ")).unwrap();
    assert_eq!(written.take(), "\x1b[?2026h\x1b[?25l\x1b[?2026l", "only the cursor went");
    canvas.draw(&[], show("name: ")).unwrap();
    assert_eq!(written.take(), "");
}

#[test]
fn the_cursor_goes_back_to_the_field_after_cells_elsewhere_changed() {
    let (mut canvas, written) = canvas(twenty_by_three, true);
    for text in ["tick 1", "tick 2"] {
        canvas
            .draw(&[], |frame| {
                frame.render_widget(text, frame.area());
                frame.set_cursor_position((3, 2));
            })
            .unwrap();
        assert!(written.take().ends_with("\x1b[3;4H\x1b[?2026l"));
    }
}

#[test]
fn without_colour_reverse_video_stays() {
    let line = || {
        let cursor_row = Style::new().red().on_blue().add_modifier(Modifier::REVERSED);
        Line::from(vec![Span::styled("row", cursor_row), Span::raw(" plain")])
    };
    let (mut plain, written) = canvas(twenty_by_three, false);
    plain.draw(&[], |frame| frame.render_widget(line(), frame.area())).unwrap();
    let bytes = written.take();
    assert!(bytes.contains("\x1b[7mrow") && bytes.contains("\x1b[27mplain") && !bytes.contains("48;5"), "{bytes:?}");
    let (mut coloured, written) = canvas(twenty_by_three, true);
    coloured.draw(&[], |frame| frame.render_widget(line(), frame.area())).unwrap();
    assert!(written.take().contains("48;5;4"), "blue behind the row");
}

#[test]
fn text_after_a_doubtful_width_is_placed_anew() {
    let (mut canvas, written) = canvas(twenty_by_three, true);
    canvas.draw(&[], show("e\u{301}x§y─z")).unwrap();
    let bytes = written.take();
    assert!(bytes.contains("\x1b[1;2Hx§"), "after a combining accent: {bytes:?}");
    assert!(bytes.contains("\x1b[1;4Hy─z"), "after an ambiguous character, not after a line: {bytes:?}");
}

#[test]
fn w45_no_size_is_too_small_for_a_frame() {
    fn nothing() -> (u16, u16) {
        (0, 0)
    }
    fn one() -> (u16, u16) {
        (1, 1)
    }
    for measure in [nothing, one] {
        let (mut canvas, _written) = canvas(measure, true);
        canvas.draw(&[], |frame| frame.render_widget("東京 hello", frame.area())).unwrap();
        canvas.draw(&[], |frame| frame.set_cursor_position((0, 0))).unwrap();
    }
}

proptest! {
    #[test]
    fn any_frame_drawn_twice_writes_nothing_the_second_time(
        texts in prop::collection::vec("[ -~é東\u{301}\u{1f600}]{0,30}", 1..6),
        cursor in prop::option::of((0_u16..20, 0_u16..3)),
    ) {
        let (mut canvas, written) = canvas(twenty_by_three, true);
        for text in texts {
            let draw = |frame: &mut Frame<'_>| {
                frame.render_widget(text.as_str(), Rect::new(0, 1, 20, 1));
                if let Some(position) = cursor {
                    frame.set_cursor_position(position);
                }
            };
            canvas.draw(&[], draw).unwrap();
            written.take();
            canvas.draw(&[], draw).unwrap();
            prop_assert_eq!(written.take(), "");
        }
    }
}

fn portal(address: &str) -> [Hyperlink; 1] {
    [Hyperlink { text: "portal".into(), address: address.into() }]
}

/// The word `portal` twice, underlined once.
fn underlined_once(frame: &mut Frame<'_>) {
    let link = Span::styled("portal", Style::new().add_modifier(Modifier::UNDERLINED));
    frame.render_widget(Line::from(vec![Span::raw("portal: "), link]), frame.area());
}

#[test]
fn w87_a_link_surrounds_its_underlined_text_and_nothing_else() {
    let (mut canvas, written) = canvas(twenty_by_three, true);
    canvas.draw(&portal("https://a.example/1"), underlined_once).unwrap();
    let bytes = written.take();
    let (before, after) = bytes.split_once(";https://a.example/1\x1b\\").unwrap();
    let (text, rest) = after.split_once("\x1b]8;;\x1b\\").unwrap();
    assert!(before.contains("portal:") && text.contains("portal") && !rest.contains("]8;"), "{bytes:?}");
    assert!(!bytes.contains("58;2") && !bytes.contains("58:2"), "no colour of the mark is drawn: {bytes:?}");
    canvas.draw(&portal("https://a.example/1"), underlined_once).unwrap();
    assert_eq!(written.take(), "", "nothing changed");
}

#[test]
fn w87_another_address_under_the_same_text_is_written_anew_and_a_link_that_goes_is_taken_off() {
    let (mut canvas, written) = canvas(twenty_by_three, true);
    canvas.draw(&portal("https://a.example/1"), underlined_once).unwrap();
    written.take();
    canvas.draw(&portal("https://a.example/2"), underlined_once).unwrap();
    assert!(written.take().contains(";https://a.example/2\x1b\\"));
    canvas.draw(&[], underlined_once).unwrap();
    let bytes = written.take();
    assert!(bytes.contains("portal") && !bytes.contains("]8;"), "{bytes:?}");
}

#[test]
fn w87_a_terminal_that_takes_no_links_gets_the_text_alone() {
    let written = WrittenBytes::default();
    let mut canvas = Canvas::new(written.clone(), twenty_by_three, true, false).unwrap();
    canvas.draw(&portal("https://a.example/1"), underlined_once).unwrap();
    let bytes = written.take();
    assert!(bytes.contains("portal") && !bytes.contains("]8;"), "{bytes:?}");
}
