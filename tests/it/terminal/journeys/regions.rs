//! Regions whose drives go elsewhere, and notices in place of an address: both are said before anything is shipped.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};
use crate::terminal::journeys::azure::Azure;

/// From the start screen to the blobs of an account that is found by a few letters.
fn into_the_account(program: &mut Pty, letters: &str) {
    program.shows("New export").press("Enter");
    export_steps::sign_in_by_principal(program);
    program.shows("northlightarchive").press("/").shows("all 3 subscriptions").type_text(letters);
    program.shows("1 account in all 3 subscriptions").press("Enter").shows("Blobs to export");
}

#[test]
fn w72_a_closed_region_sends_drives_to_another_country_where_a_notice_stands_in_place_of_the_address() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = azure.program(&home, &["--service", "classic"]).size(120, 80).start();
    into_the_account(&mut program, "seoul");
    program.press("Alt-6").shows("Ship drives to   Australia Southeast");
    program.shows("Korea South takes no drives at present").shows("the data leaves the country of its region");
    program.shows("No street address is listed").shows("An instruction, not an address: follow it once the job exists");
    program
        .shows("Australia: parcels need a Microsoft inbound ID")
        .press("Enter")
        .shows("Job name and options")
        .press("Alt-8");
    program.shows("Review and create").shows("Australia Southeast").press("q");
    assert_eq!(program.wait_exit(), 0);
}
