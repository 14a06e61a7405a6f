//! The window of the terminal: what is told while another one is in front, and the modes that report it.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};
use crate::terminal::journeys::azure::Azure;

const GOES_BEHIND: &[u8] = b"\x1b[O";
const COMES_TO_THE_FRONT: &[u8] = b"\x1b[I";

/// On Ship with a job of the classic service, in this terminal.
fn with_a_job(home: &Home, variable: (&str, &str)) -> Pty {
    let program = home.blobfreight(&["rehearse", "--service", "classic"]).size(110, 60);
    let mut person = program.env(variable.0, variable.1).start();
    export_steps::into_the_review(&mut person);
    export_steps::type_the_word(&mut person);
    person.press("Enter").press("Enter").shows("it was read back from the service");
    person
}

#[test]
fn w87_a_job_that_moves_on_behind_another_window_is_a_notification_of_the_desktop() {
    let home = Home::new();
    let mut person = with_a_job(&home, ("VTE_VERSION", "7600"));
    assert!(!person.raw_output().contains("\x1b]777"), "nobody is told who looks");
    person.send(GOES_BEHIND);
    export_steps::announce_the_parcel(&mut person);
    person.press("Alt-Right").shows("Follow the job");
    person.shows_matching(|screen| screen.contains("\u{25cf} finished"), "the end of the job");
    let said = person.raw_output();
    let told: Vec<&str> =
        said.split("\x1b]777;notify;Blobfreight;").skip(1).filter_map(|rest| rest.split('\x07').next()).collect();
    for state in ["on the way", "copying"] {
        let of_state = |told: &str| told.starts_with("Rehearsal: job export-") && told.ends_with(&format!(": {state}"));
        assert!(told.iter().any(|told| of_state(told)), "{told:?}");
    }
    person.send(COMES_TO_THE_FRONT).press("Ctrl-c");
    assert!(person.after_exit().contains("export-northlight"));
    let said = person.raw_output();
    let (on, off) = (said.find("\x1b[?1004h"), said.rfind("\x1b[?1004l"));
    assert!(on.is_some() && off > on, "the reports are switched on, and off at the end");
    assert_eq!(said.matches("\x1b]777;notify;").count(), said.matches("\x1b]777;notify;Blobfreight;Rehearsal").count());
}

#[test]
fn w87_inside_tmux_the_notification_is_passed_on_and_the_bell_rings_inside() {
    let home = Home::new();
    let program = home.blobfreight(&["rehearse", "--service", "classic"]).size(110, 60);
    let mut person = program.env("TMUX", "/tmp/tmux-0/default,1,0").env("KITTY_WINDOW_ID", "1").start();
    export_steps::into_the_blobs(&mut person);
    person.send(GOES_BEHIND);
    person.press("Down").press("Down").press("Down").press("Space").shows("▸ [x] book").press("Alt-Right");
    person.outputs("\x1bPtmux;\x1b\x1b]9;Blobfreight: Rehearsal: the count has ended\x07\x1b\\\x07");
}

#[test]
fn w87_the_page_of_a_sign_in_is_a_link_where_links_are_wanted() {
    for (wish, linked) in [("1", true), ("0", false)] {
        let home = Home::new();
        let azure = Azure::start();
        let mut program = azure.program(&home, &[]).env("FORCE_HYPERLINK", wish).size(120, 40).start();
        program.shows("New export").press("Enter").shows("Way to sign in").shows("Shows a code to type").press("Enter");
        program.shows("enter this code").shows("/devicelogin");
        let page = format!("{}/devicelogin", azure.get("authority"));
        if linked {
            program.outputs(&format!(";{page}\x1b\\")).outputs("\x1b]8;;\x1b\\");
        } else {
            assert!(!program.raw_output().contains("\x1b]8;"), "switched off");
        }
    }
}
