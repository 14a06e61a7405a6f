//! From the keys to the report of two drives, one of them damaged, in a real terminal.

use std::fs;
use std::path::{Path, PathBuf};

use blobfreight::azure::model::Job;
use blobfreight::draft::store::DraftStore;
use blobfreight::draft::{Draft, DraftId, KnownJob};
use blobfreight::protocol::step::Step;
use blobfreight::verify::hash::md5_of;
use blobfreight::verify::rules::md5_text;
use jiff::Timestamp;

use serde_json::Value;

use super::mishaps::order;
use crate::support::export_steps;
use crate::support::pty::{Home, Pty};

/// Simulated seconds in a second: about eleven days.
const CLOCK_RATE: u32 = 1_000_000;

/// A drive in a folder with two blobs and their manifest.
fn drive(home: &Home, id: &str) -> PathBuf {
    let folder = home.path().join(id);
    fs::create_dir_all(folder.join("films")).unwrap();
    let blob = |name: &str, content: &[u8]| {
        fs::write(folder.join("films").join(name), content).unwrap();
        let (length, md5) = (content.len(), md5_text(&md5_of(content)));
        format!(
            "<Blob><BlobPath>films/{name}</BlobPath><FilePath>\\films\\{name}</FilePath><Length>{length}</Length>\
             <BlockList><Block Offset=\"0\" Length=\"{length}\" Hash=\"{md5}\"/></BlockList></Blob>"
        )
    };
    let blobs = blob("one.mov", &[7; 5_000]) + &blob("two.mov", &[9; 6_000]);
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><DriveManifest Version=\"2014-11-01\"><Drive><DriveId>{id}</DriveId>\
         <BlobList>{blobs}</BlobList></Drive></DriveManifest>"
    );
    fs::write(folder.join(format!("{id}.manifest")), manifest).unwrap();
    folder
}

/// A draft of a finished job, nobody signed in.
fn at_keys(home: &Home) -> Pty {
    let id = DraftId::parse("20261122-1000-7f3a09c1").unwrap();
    let now = Timestamp::now();
    let job = KnownJob::told(&Job { name: "export-films".into(), ..Job::default() }, None, now, now);
    let draft = Draft { step: Step::Keys, job: Some(job), ..Draft::new(id.clone(), false, now) };
    DraftStore::open(&home.data().join("drafts")).unwrap().save(&draft).unwrap();
    home.blobfreight(&["resume", id.as_str()]).size(80, 24).start()
}

fn check(person: &mut Pty, folders: &[&Path]) {
    // A machine on which no drive is found has the focus in the field at once.
    person.shows_matching(|screen| screen.contains("No returned drive") || screen.contains("› ["), "the drives");
    if !person.screen().contains("No returned drive") {
        person.press("Tab");
    }
    person.shows("Optional. The folder of a drive");
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        person.type_text(folder.to_str().unwrap()).press("Enter").shows(&format!("{name}  typed"));
    }
    person.press("Shift-Tab").shows("Enter check").press("Enter");
}

#[test]
fn w98_w99_two_drives_are_checked_from_the_keys_to_the_report_and_the_damaged_blob_is_named() {
    let home = Home::new();
    let (right, damaged) = (drive(&home, "WX11"), drive(&home, "WX12"));
    fs::write(damaged.join("films/two.mov"), [8; 6_000]).unwrap();
    let mut person = at_keys(&home);
    person.shows("BitLocker keys").press("Alt-v").shows("Verify the drives");
    check(&mut person, &[&right, &damaged]);
    person.shows("2 drives checked: blobs are damaged").shows("Drive WX11").press("w").shows("Saved to").press("End");
    person.shows("1 right, 1 damaged, 0 missing").shows("wrong-hash").press("q");
    assert_eq!(person.wait_exit(), 0);
    let reports = home.data().join("reports");
    let mut forms: Vec<_> = fs::read_dir(&reports).unwrap().map(|entry| entry.unwrap().path()).collect();
    forms.sort();
    let endings: Vec<_> = forms.iter().filter_map(|path| path.extension()?.to_str()).collect();
    assert_eq!(endings, ["csv", "html", "json", "txt"]);
    let table = fs::read_to_string(&forms[0]).unwrap();
    assert!(table.contains("films/two.mov") && table.contains("wrong-hash"), "{table}");
    let mut again = home.blobfreight(&["resume", "20261122-1000-7f3a09c1"]).size(80, 24).start();
    again.shows("Verify the drives").shows("WX12 checked").shows("blobs are damaged").press("Ctrl-c");
    assert_eq!(again.wait_exit(), 0);
}

/// A rehearsed job whose drives were sent back, on Follow.
fn sent_back(home: &Home, service: &str) -> Pty {
    fs::write(home.config(), format!("[rehearsal]\nclock-rate = {CLOCK_RATE}\n")).unwrap();
    let mut person = home.blobfreight(&["rehearse", "--service", service]).size(120, 80).start();
    export_steps::into_the_review(&mut person);
    export_steps::type_the_word(&mut person);
    person.press("Enter").press("Enter").shows("it was read back from the service");
    export_steps::announce_the_parcel(&mut person);
    person.press("Alt-Right");
    if service == "databox" {
        person.shows("Announce this parcel?").press("y");
    }
    person.shows("Follow the job").shows("Finished");
    person
}

/// The drives come back with what the service took, one is damaged on the person's request, and the check says what is wrong with which blob.
fn damaged_on_request(service: &str) {
    let home = Home::new();
    let mut person = sent_back(&home, service);
    order(&mut person, "A drive comes back damaged");
    person
        .shows("Done. The job is read anew")
        .press("Alt-v")
        .shows("Verify the drives")
        .shows(".manifest")
        .press("Enter");
    person.shows("blobs are damaged").shows("wrong-hash: \\book\\").shows("missing-file: \\book\\");
    person.shows("n makes a new draft of 2 blobs").press("w").shows("Saved to").press("n");
    person.shows("takes what is damaged or missing").press("Alt-Right").shows("The end of");
    person.shows("blobs are damaged").shows("1 blob damaged and 1 missing").press("q");
    assert_eq!(person.wait_exit(), 0);

    let reports = home.data().join("reports");
    let json = fs::read_dir(&reports)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension() == Some("json".as_ref()));
    let report: Value = serde_json::from_slice(&fs::read(json.unwrap()).unwrap()).unwrap();
    let findings = report["drives"][0]["findings"].as_array().unwrap();
    let of = |kind: &str| findings.iter().find(|finding| finding["kind"] == kind).unwrap();
    let (wrong, missing) = (of("wrong-hash"), of("missing-file"));
    // The part is named, and it is the one with the byte that was changed: the middle one.
    let (index, offset, length) = (&wrong["index"], &wrong["offset"], &wrong["length"]);
    assert!(
        index.as_u64().unwrap() > 0 && offset.as_u64().unwrap() == index.as_u64().unwrap() * length.as_u64().unwrap(),
        "{wrong}"
    );
    let store = DraftStore::open(&home.data().join("drafts")).unwrap();
    let drafts: Vec<Draft> = store.list().unwrap().iter().filter_map(|listed| store.read(&listed.id).ok()).collect();
    let again = drafts.iter().find(|draft| draft.job.is_none()).expect("a new draft without a job");
    let wanted: Vec<String> = again.selection.rules.iter().map(ToString::to_string).collect();
    for blob in [wrong, missing].map(|finding| finding["blob"].as_str().unwrap()) {
        assert!(wanted.iter().any(|rule| rule.contains(blob)), "{blob} is not in {wanted:?}");
    }
    assert_eq!(wanted.len(), 2, "{wanted:?}");
}

#[test]
fn w89_w98_w99_a_drive_of_a_data_box_job_that_was_damaged_on_its_way_is_found_and_its_blobs_go_into_a_new_draft() {
    damaged_on_request("databox");
}

#[test]
fn w89_w98_w99_a_drive_of_a_classic_job_that_was_damaged_on_its_way_is_found_and_its_blobs_go_into_a_new_draft() {
    damaged_on_request("classic");
}
