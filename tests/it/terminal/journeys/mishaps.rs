//! What goes wrong, practised: each mishap of a rehearsal is asked for inside the wizard, and the clock is stepped from there.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};

/// A service as `--service` takes it, and what differs on its screens.
#[derive(Clone, Copy)]
struct Service {
    name: &'static str,
    /// The stages on the way and at the end.
    on_the_way: &'static str,
    finished: &'static str,
}

const CLASSIC: Service = Service { name: "classic", on_the_way: "● on the way", finished: "● finished" };

const DATA_BOX: Service = Service { name: "databox", on_the_way: "● Shipped", finished: "✓ Completed" };

/// On Ship with a job; the clock is slow, so that only keys move it.
fn with_a_job(home: &Home, service: Service) -> Pty {
    std::fs::write(home.config(), "[rehearsal]\nclock-rate = 30\n").unwrap();
    let mut person = home.blobfreight(&["rehearse", "--service", service.name]).size(110, 80).start();
    export_steps::into_the_review(&mut person);
    export_steps::type_the_word(&mut person);
    person.press("Enter").press("Enter").shows("Ship the drives").shows("as the job itself says");
    person
}

/// The same with the drives on their way; with the classic service two of them.
fn on_the_way(home: &Home, service: Service) -> Pty {
    let mut person = with_a_job(home, service);
    announce(&mut person, service);
    person
}

fn announce(person: &mut Pty, service: Service) {
    person.shows("Announce the parcel by");
    export_steps::announce_the_parcel(person);
    if service.name == "classic" {
        person.press("Ctrl-u").type_text("2").press("Alt-Right");
    } else {
        person.press("Alt-Right").shows("Announce this parcel?").press("y");
    }
    person.shows("Follow the job").shows(service.on_the_way);
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
    let mut person = on_the_way(&home, CLASSIC);
    person.press("+").shows("The job is read anew").press("+").shows("● arrived");
    until(&mut person, "● finished");
}

fn lost_parcel(service: Service) {
    let home = Home::new();
    let mut person = on_the_way(&home, service);
    order(&mut person, "The parcel gets lost");
    person.shows("Done");
    until(&mut person, "No drive was received");
    person.press("Alt-Right").shows("Nothing yet");
}

#[test]
fn w89_a_lost_parcel_ends_closed_without_drives() {
    lost_parcel(CLASSIC);
}

#[test]
fn w89_a_lost_parcel_ends_with_errors_at_data_box() {
    lost_parcel(DATA_BOX);
}

fn missing_drive(service: Service, words: &str) {
    let home = Home::new();
    let mut person = on_the_way(&home, service);
    order(&mut person, "A drive is not in the parcel");
    person.shows("Done");
    until(&mut person, words);
}

#[test]
fn w89_a_drive_that_was_not_in_the_parcel_is_named() {
    missing_drive(CLASSIC, "NeverReceived");
}

#[test]
fn w89_a_drive_that_was_not_in_the_parcel_is_named_at_data_box() {
    missing_drive(DATA_BOX, "DriveNotReceived");
}

fn failed_blobs(service: Service) {
    let home = Home::new();
    let mut person = on_the_way(&home, service);
    order(&mut person, "Some blobs cannot be copied");
    person.shows("Done");
    until(&mut person, "Finished with errors");
    person.press("e").shows("What was not exported").shows("2 blobs were not exported");
}

#[test]
fn w89_blobs_that_fail_are_told_at_the_end() {
    failed_blobs(CLASSIC);
}

#[test]
fn w89_blobs_that_fail_are_told_at_the_end_at_data_box() {
    failed_blobs(DATA_BOX);
}

#[test]
fn w89_a_job_that_is_not_shipped_for_is_dropped() {
    let home = Home::new();
    let mut person = with_a_job(&home, CLASSIC);
    person.press("Alt-0").shows("Follow the job");
    order(&mut person, "The job is dropped");
    person.shows("has been gone since");
}

#[test]
fn w89_a_job_that_is_not_shipped_for_is_cancelled_by_data_box() {
    let home = Home::new();
    let mut person = with_a_job(&home, DATA_BOX);
    person.shows("Announce the parcel by").press("Alt-0").shows("Follow the job");
    order(&mut person, "The job is dropped");
    person.shows("Canceled").shows("The reason given for cancelling");
}

fn late_keys(service: Service) {
    let home = Home::new();
    let mut person = on_the_way(&home, service);
    order(&mut person, "The keys come late");
    person.shows("Done");
    until(&mut person, service.finished);
    person.press("Alt-k").shows("Nothing yet").press("Alt-0").shows("Follow the job");
    order(&mut person, "To the next stage");
    person.shows("The job is read anew").press("Alt-k").shows("••••••-••••••");
}

#[test]
fn w89_keys_that_come_late_are_asked_for_until_they_are_there() {
    late_keys(CLASSIC);
}

#[test]
fn w89_keys_that_come_late_are_asked_for_until_they_are_there_at_data_box() {
    late_keys(DATA_BOX);
}

/// The job names another address; the papers have it, and the parcel that goes there comes back.
fn closed_location(service: Service) {
    const OLD: &str = "Rehearsal Street 29";
    const NEW: &str = "Rehearsal Street 19";
    let home = Home::new();
    let mut person = with_a_job(&home, service);
    person.shows("Announce the parcel by").shows(OLD).press("Alt-0").shows("Follow the job");
    order(&mut person, "The location closes");
    person.shows("names another address than before").shows(&format!("Before: {OLD}")).shows(NEW);
    person.press("Alt-9").shows("Ship the drives").shows("names another address");
    person
        .press("p")
        .shows("w saves this")
        .shows(NEW)
        .shows_matching(|screen| !screen.contains(OLD), "the new address alone");
    person.press("Esc").shows("Ship the drives");
    announce(&mut person, service);
    person.shows("Ask the carrier");
    until(&mut person, service.finished);
    person.shows_matching(|screen| !screen.contains(OLD), "no word of an address that no longer matters");
}

#[test]
fn w89_a_location_that_closes_gives_the_job_another_address() {
    closed_location(CLASSIC);
}

#[test]
fn w89_a_location_that_closes_gives_the_job_another_address_at_data_box() {
    closed_location(DATA_BOX);
}

#[test]
fn w89_a_location_that_closes_under_a_parcel_on_its_way_is_told() {
    let home = Home::new();
    let mut person = on_the_way(&home, CLASSIC);
    order(&mut person, "The location closes");
    person.shows("Ask the carrier").shows("Before: ");
    until(&mut person, "● copying");
    order(&mut person, "The location closes");
    person.shows("The drives have arrived, or none are expected");
}

/// The service says how long to wait, the person sees it, and all goes on: the job, and the count of another draft.
fn throttling(service: Service) {
    let home = Home::new();
    let mut person = on_the_way(&home, service);
    order(&mut person, "The service asks to wait");
    person.shows("Done").shows("(HTTP 429)");
    person.shows("reads again in 1 s");
    until(&mut person, service.finished);
    for _ in 0..10 {
        export_steps::back(&mut person);
    }
    person
        .shows("How an export goes")
        .shows("› export-northlight")
        .press("c")
        .shows("Review and create")
        .press("Alt-4")
        .shows("Drives to buy");
    person.press("r").shows("it asks to wait 6 s").shows("at most 2 requests at a time");
    person.shows("Counted just now").shows("1 drive of 4TB is needed").press("q");
    assert_eq!(person.wait_exit(), 0);
}

#[test]
fn w89_a_service_that_asks_to_wait_is_waited_for() {
    throttling(CLASSIC);
}

#[test]
fn w89_a_service_that_asks_to_wait_is_waited_for_at_data_box() {
    throttling(DATA_BOX);
}
