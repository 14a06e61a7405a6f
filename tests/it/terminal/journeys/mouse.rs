//! A person with a mouse: the sequences that terminals send for clicks and the wheel (SGR 1006) on the real program.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};

/// Clicks on the first place of the screen with this text, so many columns into it.
fn click(program: &mut Pty, text: &str, into: usize) {
    program.shows(text);
    let row = program.row_of(text);
    let line = program.screen().lines().nth(row.into()).unwrap().to_owned();
    let column = line.split(text).next().unwrap().chars().count() + into;
    program.send(format!("\x1b[<0;{};{}M\x1b[<0;{0};{1}m", column + 1, row + 1).as_bytes());
}

#[test]
fn a_rehearsal_is_walked_by_clicks_alone_into_the_return_address() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("northlightarchive").press("m").shows("mouse on").has_modes(|modes| modes.mouse, "the mouse");
    click(&mut program, "northlightarchive", 2);
    program.shows("›   northlightarchive");
    // A second click is Enter.
    click(&mut program, "northlightarchive", 2);
    click(&mut program, "▸ [ ] book", 3);
    program.shows("[x] book");
    click(&mut program, "[ Next ]", 3);
    program.shows("Drives to buy");
    click(&mut program, "5○", 0);
    program.shows("Return address and carrier");
    click(&mut program, "Street *", 30);
    program.type_text("1 Way").shows("1 Way");
    // The wheel brings the end of the form into view; F3 works in a text field.
    program.send(b"\x1b[<65;10;10M\x1b[<65;10;10M").shows("( ) home");
    click(&mut program, "( ) home", 1);
    program.shows("(*) home");
    program.press("F3").has_modes(|modes| !modes.mouse, "the terminal has its mouse back");
    click(&mut program, "[ Next ]", 3);
    program.press("Ctrl-l").shows("Return address and carrier");
    program.press("Ctrl-c");
    assert_eq!(program.wait_exit(), 0);
}

#[test]
fn hints_and_the_list_of_steps_are_clicked() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    export_steps::choose_an_account(&mut program);
    program.press("m").shows("mouse on");
    click(&mut program, "3○", 0);
    program.shows("Blobs to export");
    program.press("F2");
    click(&mut program, "✓ Account", 2);
    program.shows("Whose blobs are exported");
    click(&mut program, "? all keys", 0);
    program.shows("Keys that work here");
    click(&mut program, "Esc close", 0);
    program.shows_not("Keys that work here");
    click(&mut program, "q quit", 0);
    assert_eq!(program.wait_exit(), 0);
}
