//! A whole rehearsal at 80x24 with each service, from the account to the check of the drives. The clock of the simulated Azure hurries.

use crate::support::export_steps;
use crate::support::pty::Home;

/// Simulated seconds in a second: about eleven days.
const CLOCK_RATE: u32 = 1_000_000;

fn whole_export(service: &str) {
    let home = Home::new();
    std::fs::write(home.config(), format!("[rehearsal]\nclock-rate = {CLOCK_RATE}\n")).unwrap();
    let mut person = home.blobfreight(&["rehearse", "--service", service]).size(80, 24).start();
    export_steps::into_the_review(&mut person);
    person.shows("Review and create").press("PageDown").shows("✓ Sign in");
    person.press("Tab").shows("› Type create").type_text("create").shows("create the job: create");
    person.press("Enter").press("Enter").shows("it was read back from the service");
    export_steps::announce_the_parcel(&mut person);
    person.press("Alt-Right");
    if service == "databox" {
        person.shows("Announce this parcel?").press("y");
    }
    person.shows("Follow the job").shows("Finished").press("Alt-Right");
    person.shows("BitLocker keys").shows("••••••-••••••").press("w").shows("Saved to").press("Alt-Right");
    // The simulated service has filled a folder for the drive.
    person.shows("Verify the drives").shows(".manifest").press("Enter").shows("there and right").press("q");
    assert_eq!(person.wait_exit(), 0);
}

#[test]
fn w45_a_whole_export_with_data_box_fits_into_80x24() {
    whole_export("databox");
}

#[test]
fn w45_a_whole_export_with_the_classic_service_fits_into_80x24() {
    whole_export("classic");
}
