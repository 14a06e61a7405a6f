//! Killed while something is saved for the person, at any moment of it: a file that has its name is whole. A lock of another machine that is
//! taken over, or a draft that is put away, leaves the draft as it was.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use blobfreight::azure::model::ServiceName;
use blobfreight::draft::store::DraftStore;
use blobfreight::draft::{Draft, DraftId, transfer};
use blobfreight::protocol::step::Step;

use crate::chance::Chance;
use crate::moved::{killed, killed_within, run as run_to_the_end};
use crate::service::Service;
use crate::support::app_harness::full_draft;
use crate::support::pty::Home;

const LOCK: &str = r#"{"pid": 4711, "host": "nas-of-the-studio", "since": "2026-11-20T08:00:00Z"}"#;

#[test]
fn w56_a_few_kills_while_a_lock_is_taken_over_and_a_draft_exported_leave_both_whole() {
    locks_and_exports(6);
}

#[test]
#[ignore = "the long form: minutes"]
fn w56_hundreds_of_kills_while_a_lock_is_taken_over_and_a_draft_exported_leave_both_whole() {
    locks_and_exports(300);
}

#[test]
fn w51_a_few_kills_while_a_draft_is_archived_lose_it_never() {
    archive(2);
}

#[test]
#[ignore = "the long form: minutes"]
fn w51_a_hundred_kills_while_a_draft_is_archived_lose_it_never() {
    archive(100);
}

#[test]
fn w82_a_few_kills_while_logs_and_keys_are_saved_leave_no_half_file() {
    logs_and_keys(4);
}

#[test]
#[ignore = "the long form: minutes"]
fn w82_hundreds_of_kills_while_logs_and_keys_are_saved_leave_no_half_file() {
    logs_and_keys(200);
}

fn with_draft() -> (Home, DraftStore, Draft) {
    let home = Home::new();
    let store = DraftStore::open(&home.data().join("drafts")).unwrap();
    let draft = Draft { id: DraftId::parse("d1").unwrap(), ..full_draft(Step::Review) };
    store.save(&draft).unwrap();
    (home, store, draft)
}

fn locks_and_exports(kills: u32) {
    let mut chance = Chance::new("kills while locks are taken over and drafts exported");
    let (home, store, draft) = with_draft();
    let file = home.path().join("exported.json");
    let (mut taken, mut exported) = (0, 0);
    for _ in 0..kills {
        std::fs::write(store.dir().join("d1.lock"), LOCK).unwrap();
        killed(&home, &["drafts", "unlock", "d1"], &mut chance);
        assert_eq!(store.read(&draft.id).unwrap(), draft);
        taken += u32::from(store.lock(&draft.id).is_ok());
        drop(store.take_over(&draft.id).unwrap());
        store.load(&draft.id).unwrap().1.unwrap();

        killed(&home, &["drafts", "export", "d1", "--to", file.to_str().unwrap()], &mut chance);
        if let Ok(bytes) = std::fs::read(&file) {
            transfer::import(&bytes).expect("a file with its name is whole");
            exported += 1;
            std::fs::remove_file(&file).unwrap();
        }
    }
    println!("kills: {kills} and {kills}, taken over before {taken}, exported before {exported} of them");
}

fn archive(kills: u32) {
    let mut chance = Chance::new("kills while a draft is archived");
    let (home, store, draft) = with_draft();
    let mut archived = 0;
    for _ in 0..kills {
        let mut program = home.blobfreight(&[]).size(100, 40).start();
        program.shows("a archive").press("a");
        thread::sleep(chance.pause(60));
        program.kill_hard();
        assert_eq!(store.read(&draft.id).unwrap(), draft, "it is somewhere, whole");
        let listed = store.list().unwrap();
        assert!(listed.len() == 1 && listed[0].ready().is_some(), "once, not twice: {listed:?}");
        archived += u32::from(store.unarchive(&draft.id).is_ok() && listed[0].archived);
        store.archive(&draft.id).unwrap();
        store.unarchive(&draft.id).unwrap();
    }
    println!("kills while a draft is archived: {kills}, archived before {archived} of them");
}

#[test]
fn w42_a_few_kills_of_commands_that_write_a_file_leave_the_old_one_or_the_new_one() {
    commands(6);
}

#[test]
#[ignore = "the long form: minutes"]
fn w42_hundreds_of_kills_of_commands_that_write_a_file_leave_the_old_one_or_the_new_one() {
    commands(300);
}

/// A list over an older one, a report over an older one, and the first configuration.
fn commands(kills: u32) {
    let mut chance = Chance::new("kills of commands that write a file");
    let (home, _store, _draft) = with_draft();
    let drive = home.path().join("drive");
    std::fs::create_dir(&drive).unwrap();
    let blobs = "<Blob><BlobPath>c/a</BlobPath><FilePath>\\c\\a</FilePath><Length>1</Length></Blob>".repeat(500);
    let manifest = format!(
        "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>D1</DriveId><BlobList>{blobs}</BlobList></Drive></DriveManifest>"
    );
    std::fs::write(drive.join("D1.manifest"), manifest).unwrap();
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (list, report, drive) = (at("list.xml"), at("report.csv"), at("drive"));
    let written: [(&[&str], &str, Option<&str>); 3] = [
        (&["select", "--draft", "d1", "--out", &list, "--force"], "list.xml", Some("an older one")),
        (&["verify", &drive, "--report", &report], "report.csv", Some("an older one")),
        (&["config", "edit"], "config.toml", None),
    ];
    for (arguments, name, before) in written {
        let (path, mut new) = (home.path().join(name), 0);
        run_to_the_end(&home, arguments);
        let whole = std::fs::read_to_string(&path).unwrap();
        assert!(whole.len() > 100, "{whole}");
        for _ in 0..kills {
            match before {
                Some(older) => std::fs::write(&path, older).unwrap(),
                None => std::fs::remove_file(&path).unwrap_or_default(),
            }
            killed_within(&home, arguments, &mut chance, 150);
            let after = std::fs::read_to_string(&path).ok();
            assert!(after.as_deref() == before || after.as_deref() == Some(&whole), "{name}: {after:?}");
            new += u32::from(after.as_deref() == Some(&whole));
        }
        println!("kills of {arguments:?}: {kills}, the new file was there before {new} of them");
    }
}

/// The files in a folder that have their names; those under way are hidden.
fn named(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    let named = files.filter(|file| !file.file_name().to_string_lossy().starts_with('.'));
    named.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())).collect()
}

fn logs_and_keys(kills: u32) {
    let mut chance = Chance::new("kills while logs and keys are saved");
    let home = Home::new();
    let service = Service::start(ServiceName::ImportExport, std::time::Duration::from_millis(5));
    let group = service.finished_job("saved-export");
    let folder = home.path().join("saved");
    let keys = folder.join("keys.txt");
    let commands: [&[&str]; 2] = [
        &["logs", "saved-export", "-g", &group, "--save", folder.to_str().unwrap()],
        &["keys", "saved-export", "-g", &group, "--save", keys.to_str().unwrap()],
    ];
    let subscription = service.sim.endpoints().subscription.clone();
    let start = |command: &[&str]| {
        let signed_in = ["--sign-in", "environment", "--subscription", &subscription];
        service.program(&home, &[command, &signed_in].concat()).start()
    };
    for command in commands {
        start(command).wait_exit();
    }
    let whole = named(&folder);
    assert!(whole.len() >= 5 && whole.contains_key("keys.txt"), "{:?}", whole.keys());
    let mut written = 0;
    for number in 0..kills {
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::create_dir(&folder).unwrap();
        let command = commands[usize::try_from(number % 2).unwrap()];
        let mut program = start(command);
        thread::sleep(chance.pause(400));
        program.kill_hard();
        for (name, bytes) in named(&folder) {
            written += 1;
            assert!(whole.get(&name) == Some(&bytes), "{name} has its name and is not whole: {} bytes", bytes.len());
        }
    }
    println!("kills while logs and keys are saved: {kills}, {written} files were whole");
}
