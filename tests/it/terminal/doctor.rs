//! `blobfreight doctor` and `blobfreight config edit` at a terminal: it is asked what it draws, and a person is asked whether to go on.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::pty::{Home, LIGHT};

/// The line of the screen with this name.
fn line<'a>(screen: &'a str, name: &str) -> &'a str {
    screen.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("no {name} in\n{screen}"))
}

#[test]
fn doctor_asks_the_terminal_itself_and_leaves_it_as_it_was() {
    let home = Home::new();
    let mut pty = home.blobfreight(&["doctor", "--offline"]).size(150, 60).on(Some(LIGHT)).start();
    pty.shows("not checked.");
    assert_eq!(pty.wait_exit(), 0);
    let screen = pty.after_exit();
    for (name, words) in [
        ("Kind", "xterm-256color"),
        ("Colours", "256"),
        ("Size", "150 columns, 60 rows"),
        ("Background", "light"),
        ("Width of signs", "a column each"),
    ] {
        let line = line(&screen, name);
        assert!(line.trim_start().starts_with("ok ") && line.contains(words), "{line}\n{screen}");
    }
    assert!(pty.modes().is_sane(), "raw mode is off again");
}

#[test]
fn doctor_says_what_to_do_where_signs_are_drawn_wide() {
    let home = Home::new();
    let mut pty = home.blobfreight(&["doctor", "--offline"]).size(150, 60).with_wide_signs().start();
    pty.shows("with a warning");
    assert_eq!(pty.wait_exit(), 0, "a warning is no failure");
    let screen = pty.after_exit();
    let wide = line(&screen, "Width of signs");
    assert!(wide.contains("warning") && wide.contains("takes 2"), "{wide}");
    assert!(screen.contains("--ascii"), "{screen}");
}

#[test]
fn a_configuration_that_was_left_wrong_is_told_with_its_line_and_the_editor_is_offered_again() {
    let home = Home::new();
    let editor = home.path().join("editor");
    // Breaks the file at first, and mends it the second time.
    let script = "#!/bin/sh\nif grep -q maybe \"$1\"; then echo 'motion = false' > \"$1\"; else echo 'motion = maybe' >> \"$1\"; fi\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let start = home.blobfreight(&["config", "edit"]).size(150, 24);
    let mut pty = start.env("EDITOR", editor.into_os_string()).without_env("VISUAL").start();
    pty.shows("every key as a comment").shows("config.toml:").shows("Edit it again?");
    pty.type_text("y\r").shows("is right.");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(fs::read_to_string(home.config()).unwrap(), "motion = false\n");
}
