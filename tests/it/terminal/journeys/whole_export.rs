//! One export from the start screen to the keys, and what the service has of it at the end.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};
use crate::terminal::journeys::azure::Azure;
use crate::terminal::journeys::recorded;

#[test]
fn a_whole_export_from_the_start_screen_to_the_bitlocker_keys() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = recorded::in_file(azure.program(&home, &["--service", "classic"]), &home).size(120, 80).start();

    to_the_location(&mut program);
    program
        .shows("(classic) takes the job")
        .shows("Ship drives to")
        .shows("West Europe")
        .shows("do not ship")
        .press("Enter");
    name_the_job(&mut program);
    create(&mut program);
    announce_the_parcel(&mut program);
    program.shows("Follow the job").shows("● on the way");
    azure.advance_hours(80);
    program.press("r").shows("● copying").shows("% of all bytes");
    azure.advance_hours(120);
    program.press("r").shows("● finished").shows("On its way back").press("Alt-Right");
    program.shows("BitLocker keys").shows("••••••-••••••").shows("Not saved yet");
    program.press("v").shows_matching(|screen| screen.lines().any(holds_a_key), "a key in full");
    program.press("v").press("w").shows("Saved to");
    let last_screen = program.screen();
    program.press("q");
    assert_eq!(program.wait_exit(), 0);
    let exit_message = program.after_exit();
    assert!(exit_message.contains("journey-export") && !exit_message.lines().any(holds_a_key), "{exit_message}");

    let job = azure.job("media-archive", "journey-export");
    let sent = &job["properties"];
    assert_eq!(sent["jobType"], "Export", "{job}");
    assert_eq!(sent["export"]["blobList"]["blobPathPrefix"][0], "/book/", "{job}");
    assert_eq!(sent["returnAddress"]["recipientName"], "Ana Example");
    assert_eq!(sent["returnAddress"]["countryOrRegion"], "Belgium");
    assert_eq!(sent["returnShipping"]["carrierName"], "FedEx");
    assert_eq!(sent["deliveryPackage"]["trackingNumber"], "7712345678");
    assert_eq!(sent["deliveryPackage"]["driveCount"], 1);
    assert_eq!(sent["backupDriveManifest"], true, "an update must not switch it off");
    assert_eq!(sent["logLevel"], "Verbose");
    assert!(["Completed", "Closed"].contains(&sent["state"].as_str().unwrap()), "{job}");
    no_key_outside_the_file(&home);
    recorded::plays_again(&home, &last_screen);
}

#[test]
fn a_whole_export_with_data_box_from_the_start_screen_to_the_bitlocker_keys() {
    let home = Home::new();
    let azure = Azure::start();
    azure.switch("{\"createSeconds\": 1, \"retryAfter\": 1}");
    let mut program = recorded::in_file(azure.program(&home, &[]), &home).size(120, 80).start();

    to_the_location(&mut program);
    program.shows("Azure Data Box takes the job").shows("Ship drives to").press("Enter");
    name_the_job(&mut program);
    program.shows("Review and create").shows("DATABOX_SERVICE");
    export_steps::type_the_word(&mut program);
    program.press("Enter").press("Enter");
    program.shows("Ship the drives");
    azure.advance_hours(1);
    // The step reads the job by itself while it is being prepared.
    program.shows("AwaitingShipmentDetails, read");
    export_steps::announce_the_parcel(&mut program);
    program.press("Alt-Right").shows("Announce this parcel?").press("y");
    program.shows("Follow the job");
    azure.advance_hours(80);
    program.press("r").shows("copy");
    azure.advance_hours(160);
    program.press("r").shows("Completed").press("Alt-Right");
    program.shows("BitLocker keys").shows("••••••-••••••").shows("Not saved yet");
    program.press("w").shows("Saved to");
    let last_screen = program.screen();
    program.press("q");
    assert_eq!(program.wait_exit(), 0);

    let job = azure.data_box_job("media-archive", "journey-export");
    let details = &job["properties"]["details"];
    let selection = &details["dataExportDetails"][0];
    let containers = &selection["transferConfiguration"]["transferFilterDetails"]["include"]["blobFilterDetails"];
    assert_eq!(containers["containerList"][0], "book", "{job}");
    assert_eq!(selection["logCollectionLevel"], "Verbose", "{job}");
    assert_eq!(details["shippingAddress"]["country"], "BE", "{job}");
    assert_eq!(details["contactDetails"]["contactName"], "Ana Example", "{job}");
    assert_eq!(details["deliverToDcPackageDetails"]["trackingId"], "7712345678", "{job}");
    no_key_outside_the_file(&home);
    recorded::plays_again(&home, &last_screen);
}

pub(super) fn to_the_location(program: &mut Pty) {
    program.shows("New export").press("Enter");
    export_steps::sign_in_by_principal(program);
    from_the_account_to_the_location(program);
}

/// From the account step, with its list read, to the location.
pub(super) fn from_the_account_to_the_location(program: &mut Pty) {
    export_steps::into_the_blobs(program);
    pick_blobs(program);
    program.shows("Drives to buy").shows("1 drive of 4TB is needed").press("Alt-Right");
    export_steps::fill_in_address(program);
    program.press("Alt-Right");
}

fn pick_blobs(program: &mut Pty) {
    program.press("Down").press("Down").press("Down").press("Space");
    program.shows("▸ [x] book").press("Alt-Right");
}

pub(super) fn name_the_job(program: &mut Pty) {
    program.shows("Job name and options").shows("export-northlight");
    program.press("Ctrl-u").type_text("journey-export").shows("journey-export").press("Alt-Right");
}

pub(super) fn create(program: &mut Pty) {
    program.shows("Review and create");
    export_steps::type_the_word(program);
    program.press("Enter").press("Enter");
}

pub(super) fn announce_the_parcel(program: &mut Pty) {
    program.shows("do not ship");
    export_steps::announce_the_parcel(program);
    program.shows_matching(
        |screen| screen.lines().any(|line| line.contains("Drives in the parcel") && line.contains('1')),
        "the planned drives",
    );
    program.press("Alt-Right");
}

/// Eight groups of six digits.
fn holds_a_key(line: &str) -> bool {
    line.split_whitespace().any(|word| {
        let groups: Vec<&str> = word.split('-').collect();
        groups.len() >= 4
            && groups
                .iter()
                .filter(|group| !group.is_empty())
                .all(|group| group.len() == 6 && group.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// W19: in no draft and no log, only in the file that was asked for.
fn no_key_outside_the_file(home: &Home) {
    let mut open = vec![home.data(), home.state()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else if !entry.path().to_string_lossy().contains("/keys/") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                assert!(!text.lines().any(holds_a_key), "a key in {}", entry.path().display());
            }
        }
    }
}
