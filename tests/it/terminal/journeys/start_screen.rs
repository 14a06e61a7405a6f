//! The start screen in a real terminal: a job made elsewhere is taken over, a draft is discarded and comes back, a damaged draft
//! stands apart.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};
use crate::terminal::journeys::azure::Azure;

/// A draft that signed in with the service principal, and the start screen.
fn signed_in(azure: &Azure, home: &Home) -> Pty {
    let mut program = azure.program(home, &[]).start();
    program.shows("New export").shows("sign in first (s)").press("s");
    export_steps::sign_in_by_principal(&mut program);
    program.shows("northlightarchive").press("Alt-Left").shows("Way to sign in").press("Alt-Left");
    program
}

#[test]
fn w52_a_job_made_elsewhere_is_found_taken_over_and_stays_one_row() {
    let (home, azure) = (Home::new(), Azure::start());
    azure.create_job("portal-export");
    let mut program = signed_in(&azure, &home);
    program.shows("portal-export").shows("ship within 13 days").shows("no draft").shows("looked at just now");
    program.press("Home").shows("› portal-export").shows("take it over").press("Enter");
    program.shows("Ship the drives").shows("ship by");
    assert_eq!(azure.jobs(), 1, "nothing was created");
    for _ in 0..10 {
        if program.screen().contains("Way to sign in") {
            break;
        }
        export_steps::back(&mut program);
    }
    program.press("Alt-Left").shows("Needs you").shows("portal-export").shows("ship within").shows_not("no draft");
    program.press("q");
    // The next start has it from the disk, before anybody asks Azure.
    drop(azure);
    let mut again = home.blobfreight(&[]).start();
    again.shows("Needs you").shows("portal-export").shows("ship within 13 days");
}

#[test]
fn w53_a_draft_that_was_discarded_comes_back_with_one_key_and_by_command() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    export_steps::choose_an_account(&mut program);
    program.press("q");
    program.wait_exit();
    let mut program = home.blobfreight(&[]).start();
    program.shows("› northlightarchive").press("d").shows("is in the trash").shows("No drafts yet");
    program.press("u").shows("is back").shows("› northlightarchive");
    program.press("a").shows("is archived").shows("1 draft archived").press("A").shows("Archived").press("A");
    program.press("q");
    program.wait_exit();
    let mut command = home.blobfreight(&["drafts", "list"]).start();
    command.shows("archived, rehearsal, go on at");
}

#[test]
fn w53_a_damaged_draft_stands_apart_with_its_reason_and_the_others_open() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    export_steps::choose_an_account(&mut program);
    program.press("q");
    program.wait_exit();
    let damaged = home.data().join("drafts/20261101-0800-0000abcd.json");
    std::fs::write(&damaged, "{ \"version\": 5, oops").unwrap();
    for (columns, rows) in [(80, 24), (80, 40)] {
        let mut program = home.blobfreight(&[]).size(columns, rows).start();
        program.shows("› northlightarchive").shows("Cannot be opened").shows("0000abcd").shows("not JSON");
        let before = program.screen().matches("not JSON").count();
        program.press("Down").press("Enter");
        program.shows_matching(|screen| screen.matches("not JSON").count() > before, "the reason above the hints");
        program.press("Up").shows("› northlightarchive").press("Enter").shows("Blobs to export").press("Ctrl-c");
        program.wait_exit();
    }
    assert_eq!(std::fs::read_to_string(&damaged).unwrap(), "{ \"version\": 5, oops", "it is left as it is");
}
