//! The window around the terminal: its title, and progress in the taskbar.

use std::fs;

use crate::support::pty::Home;

#[test]
fn w101_the_window_is_named_by_the_step_and_gets_its_own_title_back() {
    let home = Home::new();
    let mut pty = home.blobfreight(&["rehearse"]).start();
    pty.outputs("\x1b[22;2t").outputs("\x1b]2;Blobfreight - rehearsal - Account\x07");
    pty.press("Ctrl-c");
    pty.wait_exit();
    let raw = pty.raw_output();
    assert!(raw.rfind("\x1b[23;2t") > raw.rfind("\x1b]2;"), "the old title comes back last");
    assert!(!raw.contains("\x1b]9;4"), "this terminal is not known to have a taskbar");
}

#[test]
fn w101_a_configuration_without_titles_and_a_console_leave_the_window_alone() {
    let (off, console) = (Home::new(), Home::new());
    fs::write(off.config(), "window-title = false\n").unwrap();
    for start in [off.blobfreight(&["rehearse"]), console.blobfreight(&["rehearse"]).env("TERM", "linux")] {
        let mut pty = start.start();
        pty.shows("Storage account");
        pty.press("Ctrl-c");
        pty.wait_exit();
        let raw = pty.raw_output();
        assert!(!raw.contains("\x1b]2;") && !raw.contains("\x1b[22;2t"), "{raw:?}");
    }
}
