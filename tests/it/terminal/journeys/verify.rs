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

use crate::support::pty::{Home, Pty};

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
