//! What the screen owes everybody: a cursor without colours, letters without Unicode, words for what happens first.

use crate::support::pty::{Home, LIGHT, Pty};

#[test]
fn w01_the_first_start_shows_the_steps_and_how_to_go_on() {
    let home = Home::new();
    let mut program = home.blobfreight(&[]).start();
    program.shows("New export").shows("Rehearse").shows("Sign in").shows("Enter goes");
}

#[test]
fn no_color_keeps_a_visible_cursor_row() {
    let home = Home::new();
    let mut program = home.blobfreight(&[]).env("NO_COLOR", "1").start();
    program.shows("New export");
    let row = program.row_of("New export");
    assert!(program.cell(row, 30).reverse, "the row under the cursor is in reverse video");
    let coloured = (0..24).flat_map(|row| (0..80).map(move |column| (row, column)));
    for (row, column) in coloured {
        assert!(!program.cell(row, column).is_coloured(), "a colour at {row},{column}");
    }
    program.press("Down").shows_matching(|_| true, "a frame");
    let row = program.row_of("Rehearse");
    program.shows_cursor_at(row, program_column(&program));
    assert!(program.cell(row, 30).reverse, "the cursor row moved");
}

/// The colour of the text on the screen.
fn colour_of(program: &Pty, text: &str) -> vt100::Color {
    let row = program.row_of(text);
    let line = program.screen().lines().nth(usize::from(row)).unwrap().to_owned();
    let column = line[..line.find(text).unwrap()].chars().count();
    program.cell(row, u16::try_from(column).unwrap()).foreground
}

#[test]
fn w96_text_has_colours_that_can_be_read_on_the_terminals_background() {
    let home = Home::new();
    let rehearsal = |background| {
        let mut program = home.blobfreight(&["rehearse"]).on(background).start();
        program.shows("REHEARSAL");
        program
    };
    assert_eq!(colour_of(&rehearsal(Some(LIGHT)), "REHEARSAL"), vt100::Color::Idx(94), "brown on white");
    assert_eq!(
        colour_of(&rehearsal(Some("rgb:0000/0000/0000")), "REHEARSAL"),
        vt100::Color::Idx(215),
        "orange on black"
    );
    let unknown = rehearsal(None);
    assert_eq!(colour_of(&unknown, "REHEARSAL"), vt100::Color::Default, "nothing is risked");
}

fn program_column(program: &crate::support::pty::Pty) -> u16 {
    program.cursor().1
}

#[test]
fn without_unicode_only_ascii_is_drawn() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).env("LANG", "C").env("LC_ALL", "C").start();
    program.shows("northlight");
    let screen = program.screen();
    assert!(screen.is_ascii(), "{screen}");
}

#[test]
fn every_screen_of_a_rehearsal_says_that_it_is_one() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("REHEARSAL").shows("never ship");
    program.resize(40, 12).shows("REHEARSAL").shows("never ship");
}
