//! Every way a session ends: the terminal is given back, the draft is kept, the status says why.

use crate::support::export_steps;
use crate::support::pty::{Home, Modes};

#[test]
fn w11_q_leaves_with_the_draft_kept_and_the_resume_command_printed() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    export_steps::choose_an_account(&mut program);
    program.press("q");
    assert_eq!(program.wait_exit(), 0);
    let text = program.after_exit();
    assert!(text.contains("blobfreight resume "), "{text}");
    assert!(program.modes().is_sane(), "{:?}", program.modes());
}

#[test]
fn w02_a_rehearsal_without_an_answer_leaves_nothing_and_one_with_answers_is_offered_again() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("northlightarchive").press("q");
    program.wait_exit();
    assert!(!program.after_exit().contains("resume"), "nothing to resume");
    let mut program = home.blobfreight(&["rehearse"]).start();
    export_steps::choose_an_account(&mut program);
    program.press("q");
    program.wait_exit();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("Enter resumes this rehearsal").press("Enter").shows("Blobs to export");
}

#[test]
fn a_signal_gives_the_terminal_back_and_keeps_the_draft() {
    for (name, status) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let home = Home::new();
        let mut program = home.blobfreight(&["rehearse"]).start();
        export_steps::choose_an_account(&mut program);
        program.signal(name);
        assert_eq!(program.wait_exit(), status, "SIG{name}");
        assert_eq!(program.modes(), Modes::SANE, "SIG{name}");
        let mut again = home.blobfreight(&[]).start();
        again.shows("Rehearsals").shows("rehearsal");
    }
}

#[test]
fn w12_a_second_ctrl_c_ends_at_once() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("Storage account").send(b"\x03\x03");
    program.wait_exit();
    assert!(program.modes().is_sane());
}

#[test]
fn w14_ctrl_z_gives_the_shell_back_and_fg_shows_the_same_screen() {
    let home = Home::new();
    let mut shell = home.shell().start();
    shell.shows("$ ").type_text("\"$BLOBFREIGHT\" rehearse\n").shows("Storage account");
    shell.shows("northlight").press("Ctrl-z").shows("Stopped");
    assert!(shell.modes().cursor_hidden.eq(&false) && !shell.modes().alternate_screen);
    shell.type_text("fg\n").shows("Storage account").shows("northlight");
}

#[test]
fn no_terminal_gives_one_sentence_and_status_2() {
    for arguments in [&[][..], &["rehearse"][..]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_blobfreight")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(words.trim_end().lines().count(), 1, "{words}");
        assert!(words.contains("terminal"), "{words}");
        assert!(output.stdout.is_empty(), "nothing but silence in a pipe");
    }
}
