//! What goes wrong, practised: each mishap of a rehearsal is asked for inside the wizard, and the clock is stepped from there.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};

/// On Ship with a job of the classic service; the clock goes at the real pace, so that only keys move it.
fn with_a_job(home: &Home) -> Pty {
    std::fs::write(home.config(), "[rehearsal]\nclock-rate = 1\n").unwrap();
    let mut person = home.blobfreight(&["rehearse", "--service", "classic"]).size(110, 60).start();
    export_steps::into_the_blobs(&mut person);
    person.press("Down").press("Down").press("Down").press("Space").shows("▸ [x] book").press("Alt-Right");
    person.shows("1 drive of 4TB is needed").press("Alt-Right");
    export_steps::fill_in_address(&mut person);
    person.press("Alt-Right").shows("Ship drives to").press("Enter");
    person.shows("Job name and options").shows("export-northlight").press("Alt-Right");
    export_steps::type_the_word(&mut person);
    person.press("Enter").press("Enter").shows("it was read back from the service");
    person
}

/// The same with two drives on their way.
fn on_the_way(home: &Home) -> Pty {
    let mut person = with_a_job(home);
    export_steps::announce_the_parcel(&mut person);
    person.press("Ctrl-u").type_text("2").press("Alt-Right");
    person.shows("Follow the job").shows("● on the way");
    person
}

/// Asks the rehearsal for what is on this row of its list.
pub(super) fn order(person: &mut Pty, words: &str) {
    person.press("t").shows("The rehearsal");
    let sign = format!("› {words}");
    for _ in 0..12 {
        if person.screen().contains(&sign) {
            break;
        }
        let before = person.row_of("›");
        person.press("Down").shows_matching(
            |screen| screen.lines().position(|line| line.contains('›')) != Some(before.into()),
            "the next row",
        );
    }
    person.shows(&sign).press("Enter");
}

/// The line of the stage that the job is in.
fn stage(screen: &str) -> Option<String> {
    let of_page = |line: &str| line.rsplit('│').next().map(|line| line.trim().to_owned());
    screen.lines().filter_map(of_page).find(|line| line.starts_with('●'))
}

/// Steps the clock from stage to stage until the screen shows this.
fn until(person: &mut Pty, words: &str) {
    for _ in 0..8 {
        if person.screen().contains(words) {
            return;
        }
        let before = stage(&person.screen());
        order(person, "To the next stage");
        person.shows_matching(|screen| stage(screen) != before && screen.contains("Stages"), "another stage");
    }
    person.shows(words);
}

#[test]
fn w89_the_clock_goes_a_day_or_to_the_next_stage_by_a_key() {
    let home = Home::new();
    let mut person = on_the_way(&home);
    person.press("+").shows("The job is read anew").press("+").shows("● arrived");
    until(&mut person, "● finished");
}

#[test]
fn w89_a_lost_parcel_ends_closed_without_drives() {
    let home = Home::new();
    let mut person = on_the_way(&home);
    order(&mut person, "The parcel gets lost");
    person.shows("Done");
    until(&mut person, "● finished with errors");
    person.press("Alt-Right").shows("Nothing yet");
}

#[test]
fn w89_a_drive_that_was_not_in_the_parcel_is_named() {
    let home = Home::new();
    let mut person = on_the_way(&home);
    order(&mut person, "A drive is not in the parcel");
    person.shows("Done");
    until(&mut person, "NeverReceived");
}

#[test]
fn w89_blobs_that_fail_are_told_at_the_end() {
    let home = Home::new();
    let mut person = on_the_way(&home);
    order(&mut person, "Some blobs cannot be copied");
    person.shows("Done");
    until(&mut person, "● finished with errors");
    person.shows("Blobs that were not exported are listed in");
}

#[test]
fn w89_a_job_that_is_not_shipped_for_is_dropped() {
    let home = Home::new();
    let mut person = with_a_job(&home);
    person.press("Alt-0").shows("Follow the job");
    order(&mut person, "The job is dropped");
    person.shows("has been gone since");
}

#[test]
fn w89_keys_that_come_late_are_asked_for_until_they_are_there() {
    let home = Home::new();
    let mut person = on_the_way(&home);
    order(&mut person, "The keys come late");
    person.shows("Done");
    until(&mut person, "● finished");
    person.press("Alt-k").shows("Nothing yet").press("Alt-0").shows("Follow the job");
    order(&mut person, "To the next stage");
    person.shows("The job is read anew").press("Alt-k").shows("••••••-••••••");
}

#[test]
fn w89_a_service_that_asks_to_wait_is_waited_for() {
    let home = Home::new();
    let mut person = on_the_way(&home);
    order(&mut person, "The service asks to wait");
    person.shows("Done").press("q");
    assert_eq!(person.wait_exit(), 0);
}
