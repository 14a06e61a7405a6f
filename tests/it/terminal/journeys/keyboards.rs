//! The bytes that terminals really send for a key: xterm's eighth bit, the escape sequences of tmux, the kitty keyboard protocol.

use crate::support::export_steps;
use crate::support::pty::{Home, Modes, Pty, Start};

/// On the account step of a rehearsal.
fn on_the_account(start: Start) -> Pty {
    let mut program = start.start();
    export_steps::choose_an_account(&mut program);
    program
}

#[test]
fn alt_and_a_digit_jump_in_an_xterm_that_sends_the_eighth_bit_and_are_text_in_a_field() {
    let home = Home::new();
    let mut program = on_the_account(home.blobfreight(&["rehearse"]));
    // Alt-3 of a stock xterm, then Alt-5.
    program.send("³".as_bytes()).shows("Blobs to export");
    program.send("µ".as_bytes()).shows("Return address and carrier");
    program.send("m³".as_bytes()).shows("m³");
    // The list of steps is reached from the field all the same.
    program.press("F2").shows("Go to step:").type_text("3").press("Enter").shows("Blobs to export");
}

#[test]
fn the_keys_of_tmux_and_of_a_terminal_with_meta_as_escape_jump() {
    let home = Home::new();
    let mut program = on_the_account(home.blobfreight(&["rehearse"]).env("TERM", "tmux-256color"));
    program.send(b"\x1b3").shows("Blobs to export");
    program.send(b"\x1b[1;3D").shows("Whose blobs are exported");
    // F2 as xterm and tmux send it, and as the console of Linux does; Ctrl-P is one byte everywhere.
    for keys in [&b"\x1bOQ"[..], b"\x1b[12~", b"\x10"] {
        program.send(keys).shows("Go to step:").press("Esc").shows_not("Go to step:");
    }
}

#[test]
fn a_terminal_with_the_kitty_protocol_gives_every_key_and_gets_its_keyboard_back() {
    let home = Home::new();
    let mut program = on_the_account(home.blobfreight(&["rehearse"]).with_kitty_keyboard());
    program.has_modes(|modes| modes.keyboard, "the keyboard of the kitty protocol");
    // Alt-3, Alt-Left, Alt-5.
    program.send(b"\x1b[51;3u").shows("Blobs to export");
    program.send(b"\x1b[1;3D").shows("Whose blobs are exported");
    program.send(b"\x1b[53;3u").shows("Return address and carrier");
    // Ctrl-_ is Shift and `-` with Ctrl; Esc and a letter that come together are two keys.
    program.type_text("Zoe").shows("Zoe").send(b"\x1b[45;6u").shows_not("Zoe");
    program.press("F2").shows("Go to step:").send(b"\x1b[27uqx9").shows_not("Go to step:").shows("qx9");
    // Ctrl-L, then Ctrl-C.
    program.send(b"\x1b[108;5u\x1b[99;5u");
    assert_eq!(program.wait_exit(), 0);
    assert_eq!(program.modes(), Modes::SANE);
}

#[test]
fn the_keyboard_of_the_kitty_protocol_is_given_back_to_the_shell_on_suspend_and_by_a_signal() {
    let home = Home::new();
    let mut shell = home.shell().with_kitty_keyboard().start();
    shell.shows("$ ").type_text("\"$BLOBFREIGHT\"\r").shows("No drafts yet");
    shell.has_modes(|modes| modes.keyboard, "the session");
    // Ctrl-Z.
    shell.send(b"\x1b[122;5u").shows("Stopped");
    assert!(!shell.modes().keyboard, "the shell has its keyboard");
    shell.type_text("fg\r").shows("No drafts yet").has_modes(|modes| modes.keyboard, "the session again");
    shell.type_text("q").shows("$ ").has_modes(|modes| !modes.keyboard, "the shell's keyboard");

    let mut program = home.blobfreight(&[]).with_kitty_keyboard().start();
    program.shows("No drafts yet").has_modes(|modes| modes.keyboard, "the session").signal("TERM");
    assert_eq!(program.wait_exit(), 143);
    assert_eq!(program.modes(), Modes::SANE);
}

#[test]
fn a_terminal_without_the_kitty_protocol_is_not_told_of_it() {
    let home = Home::new();
    let mut program = home.blobfreight(&[]).start();
    program.shows("No drafts yet").press("q");
    assert_eq!(program.wait_exit(), 0);
    assert!(!program.raw_output().contains("\x1b[>1u") && !program.raw_output().contains("\x1b[<"));
}

#[test]
fn where_signs_are_two_columns_wide_ascii_stands_in_their_place() {
    let home = Home::new();
    let mut program = home.blobfreight(&[]).with_wide_signs().start();
    program.shows("No drafts yet").shows("> New export").press("q");
    assert_eq!(program.wait_exit(), 0);
    // Whoever knows better says so.
    let mut program = home.blobfreight(&[]).with_wide_signs().env("BLOBFREIGHT_ASCII", "0").start();
    program.shows("› New export").press("q");
    assert_eq!(program.wait_exit(), 0);
}
