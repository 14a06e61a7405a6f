//! Blobs failed: the person sees why, saves the list and makes a new draft of what another job can export, with each service.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};
use crate::terminal::journeys::azure::Azure;
use crate::terminal::journeys::whole_export::{announce_the_parcel, create, name_the_job, to_the_location};

/// Of the blobs that the journey exports, some fail for three reasons.
const FAILURES: &str = r#"{"createSeconds": 1, "retryAfter": 1, "failures": [
    {"path": "book/", "cause": "lease", "most": 2},
    {"path": "book/", "cause": "name", "most": 1},
    {"path": "book/", "cause": "drive", "most": 1}
]}"#;

#[test]
fn w81_w82_w83_failed_blobs_of_the_classic_service_become_a_list_and_a_new_draft() {
    let (home, azure) = (Home::new(), Azure::start());
    azure.switch(FAILURES);
    let mut program = azure.program(&home, &["--service", "classic"]).size(120, 80).start();
    to_the_location(&mut program);
    program.shows("(classic) takes the job").shows("do not ship").press("Enter");
    name_the_job(&mut program);
    create(&mut program);
    announce_the_parcel(&mut program);
    program.shows("Follow the job").shows("● on the way");
    azure.advance_hours(200);
    program.press("r").shows("● finished with errors");
    from_the_failures_to_a_new_draft(&mut program, &home);
}

#[test]
fn w81_w82_w83_failed_blobs_of_data_box_become_a_list_and_a_new_draft() {
    let (home, azure) = (Home::new(), Azure::start());
    azure.switch(FAILURES);
    let mut program = azure.program(&home, &[]).size(120, 80).start();
    to_the_location(&mut program);
    program.shows("Azure Data Box takes the job").shows("Ship drives to").press("Enter");
    name_the_job(&mut program);
    create(&mut program);
    program.shows("Ship the drives");
    azure.advance_hours(1);
    program.shows("AwaitingShipmentDetails, read");
    export_steps::announce_the_parcel(&mut program);
    program.press("Alt-Right").shows("Announce this parcel?").press("y").shows("Follow the job");
    azure.advance_hours(260);
    program.press("r").shows("CompletedWithErrors");
    from_the_failures_to_a_new_draft(&mut program, &home);
}

fn from_the_failures_to_a_new_draft(program: &mut Pty, home: &Home) {
    program.press("e").shows("What was not exported").shows("4 blobs were not exported.");
    program.shows("The drive could not be written").shows("Somebody holds a lease").shows("refuses the name");
    program.press("Down").press("Enter").shows("Break the lease").shows("book/").press("Esc");
    program.shows("4 blobs were not exported.").press("w").shows("Saved to");
    program.press("n").shows("The draft journey-export-2 on the start screen");
    program.press("q");
    assert_eq!(program.wait_exit(), 0);

    let csv = files(home, "reports", "csv").pop().expect("a list is saved");
    let csv = std::fs::read_to_string(csv).unwrap();
    assert_eq!(csv.lines().count(), 5, "{csv}");
    assert!(csv.contains("Somebody holds a lease") && csv.contains(",download,"), "{csv}");
    let drafts: Vec<Value> = files(home, "drafts", "json")
        .iter()
        .map(|file| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
        .collect();
    let retry = drafts.iter().find(|draft| draft["options"]["name"] == "journey-export-2").expect("a new draft");
    let rules = retry["selection"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 3, "two leased and one that the drive did not take: {rules:?}");
}

/// The files of a kind in a folder of the program's data.
fn files(home: &Home, folder: &str, kind: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(home.data().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == kind)).collect()
}
