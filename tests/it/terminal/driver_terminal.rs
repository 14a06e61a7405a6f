//! The program in a terminal: how it starts, suspends and ends, and what it leaves behind.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use crate::support::export_steps;
use crate::support::pty::{Home, Modes, Pty, Start};

/// A rehearsal whose draft is kept, for there is an answer in it.
fn rehearsing(home: &Home) -> Pty {
    let mut terminal = signed_in(home.blobfreight(&["rehearse"]));
    export_steps::choose_an_account(&mut terminal);
    terminal
}

/// Starts the program and waits until the rehearsal's accounts are listed.
fn signed_in(start: Start) -> Pty {
    let mut terminal = start.start();
    terminal.shows("Storage account").shows("northlightarchive");
    terminal
}

fn drafts(home: &Home) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home.data().join("drafts")) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

/// The name of the only draft.
fn draft(home: &Home) -> String {
    let drafts = drafts(home);
    assert_eq!(drafts.len(), 1, "{drafts:?}");
    drafts[0].file_stem().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn w01_the_start_screen_is_there_without_drafts_network_or_account() {
    let home = Home::new();
    let mut terminal = home.blobfreight(&[]).start();
    terminal.shows("New export").shows("Rehearse").press("Ctrl-c");
    assert_eq!(terminal.wait_exit(), 0);
    assert_eq!(terminal.modes(), Modes::SANE);
    assert_eq!(terminal.screen().trim(), "", "nothing to say without a draft");
}

#[test]
fn w11_leaving_a_rehearsal_keeps_the_draft_and_says_how_to_go_on() {
    let home = Home::new();
    let mut terminal = rehearsing(&home);
    terminal.press("Ctrl-c");
    assert_eq!(terminal.wait_exit(), 0);
    assert_eq!(terminal.modes(), Modes::SANE);
    let id = draft(&home);
    let said = terminal.screen();
    assert!(said.contains(&format!("Draft kept. Resume with: blobfreight resume {id}")), "{said}");
    let mut again = home.blobfreight(&["resume", &id]).start();
    again.shows("Blobs to export");
}

/// Writes on the terminal as another program does: `wall`, a kernel message, a job in the background.
fn write_over(terminal: &Pty, bytes: &[u8]) {
    let process = terminal.process().to_string();
    let listed = Command::new("ps").args(["-o", "tty=", "-p", &process]).output().unwrap();
    let name = String::from_utf8(listed.stdout).unwrap();
    let mut tty = fs::OpenOptions::new().write(true).open(format!("/dev/{}", name.trim())).unwrap();
    tty.write_all(bytes).unwrap();
}

#[test]
fn ctrl_l_draws_the_whole_screen_again_also_over_the_help_page() {
    let home = Home::new();
    let mut terminal = home.blobfreight(&[]).start();
    // The hints are the last line of a frame.
    terminal.shows("No drafts yet.").shows("not looked at, sign in first").shows("s sign in  ? all keys");
    // Blanks at the ends of rows are cells that were drawn once and cleared.
    let rows = |screen: &str| screen.lines().map(|row| row.trim_end().to_owned()).collect::<Vec<_>>();
    let before = rows(&terminal.screen());
    write_over(&terminal, b"\x1b[2J\x1b[Hkernel: a disk is full");
    terminal.shows("a disk is full").shows_not("New export");
    terminal.press("Ctrl-l").shows_matching(|screen| rows(screen) == before, "the screen as it was");
    terminal.press("F1").shows("Every key that works here");
    write_over(&terminal, b"\x1b[2J");
    terminal.shows_not("Every key").press("Ctrl-l").shows("Every key that works here");
}

#[test]
fn signals_end_a_session_with_the_draft_on_disk() {
    for (name, status) in [("TERM", 143), ("HUP", 129)] {
        let home = Home::new();
        let mut terminal = rehearsing(&home);
        terminal.signal(name);
        assert_eq!(terminal.wait_exit(), status, "SIG{name}");
        assert_eq!(terminal.modes(), Modes::SANE, "SIG{name}");
        draft(&home);
    }
}

#[test]
fn w15_kill_minus_nine_leaves_a_draft_the_start_screen_offers() {
    let home = Home::new();
    let mut terminal = rehearsing(&home);
    terminal.kill_hard();
    let id = draft(&home);
    let mut again = home.blobfreight(&[]).start();
    again.shows("Rehearsals").press("Enter").shows("Blobs to export").press("Ctrl-c");
    assert!(again.after_exit().contains(&id));
}

#[test]
fn w17_a_second_program_is_told_who_has_the_draft() {
    let home = Home::new();
    let first = rehearsing(&home);
    let mut second = home.blobfreight(&["resume", &draft(&home)]).start();
    second.shows(&first.process().to_string());
}

#[test]
fn w14_ctrl_z_and_fg_show_the_same_screen() {
    let home = Home::new();
    let mut shell = home.shell().start();
    shell.shows("$ ").type_text("$BLOBFREIGHT rehearse\r").shows("Storage account").shows("northlightarchive");
    export_steps::choose_an_account(&mut shell);
    shell.press("Ctrl-z").shows("Stopped");
    assert_eq!(drafts(&home).len(), 1, "written before the shell got the terminal");
    shell.type_text("fg\r").shows("Storage account").shows("northlightarchive");
    shell.press("Ctrl-c").shows("Draft kept.");
}

#[test]
fn w19_the_log_is_there_only_when_asked_for_and_names_requests_without_their_secrets() {
    for (level, lines) in [("off", false), ("debug", true)] {
        let home = Home::new();
        let mut terminal = signed_in(home.blobfreight(&["rehearse"]).env("BLOBFREIGHT_LOG", level));
        terminal.press("Ctrl-c");
        terminal.wait_exit();
        let log = fs::read_to_string(home.state().join("blobfreight.log")).unwrap_or_default();
        assert_eq!(log.contains("request slot=SignIn"), lines, "{level}: {log}");
        for secret in ["eyJ", "Bearer", "sig=", "northlight"] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
    }
}
