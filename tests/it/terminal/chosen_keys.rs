//! A person who has chosen other keys goes through the wizard with them.

use std::fs;

use crate::support::pty::Home;

const KEYS: &str = "[keys]\nnext = \"F9\"\nback = \"F8\"\nsteps = [\"F4\", \"Ctrl-P\"]\nquit = \"Q\"\nreload = \"R\"\n";

#[test]
fn w100_chosen_keys_work_are_named_and_take_the_place_of_the_usual_ones() {
    let home = Home::new();
    fs::write(home.config(), KEYS).unwrap();
    let mut terminal = home.blobfreight(&["rehearse"]).start();
    terminal.shows("Storage account").shows("northlightarchive").shows("F9 next").shows("F4 steps").shows("Q quit");
    // The usual keys do nothing now.
    terminal.press("q").press("Ctrl-n").press("F4").shows("Go to step").press("Esc").shows_not("Go to step");
    terminal.press("?").shows("Keys that work here").type_text("next").shows("F9").shows("Next step");
    // Two keys at once would be one to a terminal: Alt and Esc.
    terminal.press("Esc").shows("Home, g").press("Esc").shows_not("Keys that work here");
    terminal.press("F8").shows("Sign in to Azure").press("F9").shows("Storage account");
    terminal.press("Q");
    assert_eq!(terminal.wait_exit(), 0);
}

#[test]
fn w100_chosen_keys_are_said_and_typed_in_plain_mode() {
    let home = Home::new();
    fs::write(home.config(), KEYS).unwrap();
    let mut terminal = home.blobfreight(&["rehearse", "--plain"]).start();
    terminal.shows("northlightarchive").type_text("F8\n").shows("Step 1 of").type_text("quit\n");
    assert_eq!(terminal.wait_exit(), 0);
}

#[test]
fn w100_a_key_that_is_taken_is_refused_with_its_line_before_anything_is_drawn() {
    let home = Home::new();
    fs::write(home.config(), "[keys]\nnext = \"F9\"\nback = \"F9\"\n").unwrap();
    let terminal = home.blobfreight(&["rehearse"]).start();
    assert_eq!(terminal.wait_exit(), 2);
    let said = terminal.screen().replace('\n', "");
    assert!(said.contains(":3:8") && said.contains("F9 cannot be the key of `back`"), "{said}");
}
