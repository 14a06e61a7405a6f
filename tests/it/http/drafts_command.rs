//! `blobfreight drafts` as a script meets it: listing in three forms, one draft, the trash, and a draft that moves to another machine.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use blobfreight::azure::model::{BlobList, JobAddress};
use blobfreight::draft::store::DraftStore;
use blobfreight::draft::{CreateIntention, Draft, DraftId, Intention};
use blobfreight::protocol::step::Step;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::app_harness::{full_draft, now};

struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn store(&self) -> DraftStore {
        DraftStore::open(&self.path("drafts")).unwrap()
    }

    fn has(&self, draft: &Draft) -> &Self {
        self.store().save(draft).unwrap();
        self
    }

    fn drafts(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command.arg("drafts").args(arguments).env_clear().stdin(Stdio::null());
        command.env("BLOBFREIGHT_DATA_DIR", self.0.path()).env("BLOBFREIGHT_STATE_DIR", self.0.path());
        command.env("BLOBFREIGHT_CONFIG", self.path("config.toml")).output().unwrap()
    }

    fn told(&self, arguments: &[&str]) -> Value {
        let output = self.drafts(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn draft(id: &str) -> Draft {
    Draft { id: DraftId::parse(id).unwrap(), ..full_draft(Step::Review) }
}

/// A draft whose create request was sent and got no answer.
fn asked(id: &str) -> Draft {
    let mut draft = draft(id);
    let job = JobAddress { name: "export-media".into(), resource_group: "rg".into(), ..JobAddress::default() };
    let intention = Intention { at: now(), confirmed: false };
    let blobs = BlobList::WholeAccount;
    draft.journal.create = Some(CreateIntention { job, blobs, intention, sent: Some(now()) });
    draft
}

#[test]
fn w54_drafts_are_listed_for_people_and_in_two_forms_for_programs() {
    let machine = Machine::new();
    machine.has(&draft("d1")).has(&asked("d2"));
    fs::write(machine.path("drafts/d3.json"), "{ oops").unwrap();
    let table = printed(&machine.drafts(&["list"]));
    assert!(table.starts_with("DRAFT") && table.contains("look whether the job was created"), "{table}");
    assert_eq!(table, printed(&machine.drafts(&[])), "`list` is what `drafts` does by itself");
    let order: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(order, ["d2", "d1", "d3"], "by what comes next; what cannot be read is last");
    let tsv = printed(&machine.drafts(&["list", "-o", "tsv"]));
    assert!(tsv.lines().all(|line| line.split('\t').count() == 6) && !tsv.contains("DRAFT"), "{tsv}");
    let json = machine.told(&["--json"]);
    assert_eq!(json, machine.told(&["list", "-o", "json"]));
    assert_eq!(
        json[0]["next"],
        json!({
            "task": "look-for-job", "words": "look whether the job was created",
            "due": "2026-12-06T09:00:00Z", "dueAtTheLatest": false, "then": "job-dropped",
        })
    );
    assert_eq!((&json[2]["readable"], json[2]["reason"].is_string()), (&json!(false), true));
    assert_eq!(machine.drafts(&["list", "-o", "yaml"]).status.code(), Some(2));
}

#[test]
fn w54_a_draft_is_shown_discarded_and_brought_back_by_command() {
    let machine = Machine::new();
    machine.has(&draft("d1"));
    assert!(printed(&machine.drafts(&["show", "d1"])).contains("mediaarchive"));
    assert_eq!(machine.told(&["show", "d1", "--json"])["id"], "d1");
    assert!(printed(&machine.drafts(&["delete", "d1"])).contains("drafts restore d1"));
    assert_eq!(machine.told(&["list", "--json"]), json!([]));
    assert_eq!(machine.told(&["list", "--trash", "--json"])[0]["id"], "d1");
    assert!(printed(&machine.drafts(&["restore", "d1"])).contains("is back"));
    assert_eq!(machine.told(&["--json"])[0]["id"], "d1");
    for wrong in ["show", "delete", "restore", "export"] {
        let output = machine.drafts(&[wrong, "no-such"]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(said(&output).contains("no-such") && said(&output).lines().count() == 1, "{}", said(&output));
    }
}

fn moved(from: &Machine, to: &Machine, id: &str) -> (Value, Output) {
    let file = from.path("moved.json");
    drop(fs::remove_file(&file));
    let output = from.drafts(&["export", id, "--to", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    (to.told(&["import", file.to_str().unwrap(), "--json"]), output)
}

#[test]
fn w54_a_draft_moves_to_another_machine_as_one_file_without_secrets() {
    let (here, there) = (Machine::new(), Machine::new());
    let mut secret = draft("d1");
    secret.address.shipping.account_number = "510087640".into();
    secret.keys_file = Some("/home/ana/keys.txt".into());
    (secret.keys_of, secret.papers) = (vec!["WX11".into()], vec!["/home/ana/papers/slip.txt".into()]);
    here.has(&secret);
    let (told, output) = moved(&here, &there, "d1");
    assert_eq!((&told["id"], &told["notes"]), (&json!("d1"), &json!([])));
    let text = fs::read_to_string(here.path("moved.json")).unwrap();
    assert!(!text.contains("510087640") && !text.contains("/home/ana"), "{text}");
    assert!(
        said(&output).contains("account number") && said(&output).contains("/home/ana/keys.txt"),
        "{}",
        said(&output)
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(here.path("moved.json")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let mut expected = secret.clone();
    (expected.keys_file, expected.address.shipping.account_number) = (None, String::new());
    (expected.keys_of, expected.papers) = (Vec::new(), Vec::new());
    assert_eq!(there.store().read(&DraftId::parse("d1").unwrap()).unwrap(), expected);
    // Once more: its name is taken by now, and neither replaces the other.
    let again = there.told(&["import", here.path("moved.json").to_str().unwrap(), "--json"]);
    assert_ne!(again["id"], "d1");
    assert_eq!((again["idThere"].as_str(), there.store().list().unwrap().len()), (Some("d1"), 2));
    let taken = here.drafts(&["export", "d1", "--to", here.path("moved.json").to_str().unwrap()]);
    assert_eq!(taken.status.code(), Some(1), "a file that is there is left alone");
}

#[test]
fn w54_what_was_under_way_is_said_and_a_lock_does_not_come_along() {
    let (here, there) = (Machine::new(), Machine::new());
    here.has(&asked("d1"));
    let _open = here.store().lock(&DraftId::parse("d1").unwrap()).unwrap();
    let (told, _) = moved(&here, &there, "d1");
    assert!(told["notes"][0].as_str().unwrap().contains("create request was under way"), "{told}");
    let store = there.store();
    let (read, lock) = store.load(&DraftId::parse("d1").unwrap()).unwrap();
    assert!(lock.is_ok() && read.open_create().is_some(), "it is looked for before anything is sent");
    // An intention that was noted and never sent is no request.
    let mut noted = asked("d2");
    noted.journal.create.as_mut().unwrap().sent = None;
    here.has(&noted);
    let (told, _) = moved(&here, &there, "d2");
    assert_eq!(told["notes"], json!([]));
    assert!(store.read(&DraftId::parse("d2").unwrap()).unwrap().journal.create.is_none());
}

fn refused(machine: &Machine, file: &Path, words: &str) {
    let before = fs::read(file).unwrap();
    let output = machine.drafts(&["import", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains(words), "{words}: {}", said(&output));
    assert_eq!((fs::read(file).unwrap(), machine.store().list().unwrap().len()), (before, 0));
}

#[test]
fn w54_a_file_that_is_newer_damaged_or_something_else_is_refused_and_left_as_it_is() {
    let (here, there) = (Machine::new(), Machine::new());
    here.has(&draft("d1"));
    let mut file: Value = serde_json::from_str(&printed(&here.drafts(&["export", "d1"]))).unwrap();
    let path = there.path("moved.json");
    let write = |value: &Value| fs::write(&path, value.to_string()).unwrap();
    for (change, words) in [
        (json!({ "layout": 99 }), "newer blobfreight"),
        (json!({ "draft": { "version": 99 } }), "newer blobfreight"),
        (json!({ "format": "something" }), "drafts export"),
        (json!({ "draft": {} }), "damaged"),
    ] {
        let mut wrong = file.clone();
        wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        write(&wrong);
        refused(&there, &path, words);
    }
    fs::write(&path, "{ oops").unwrap();
    refused(&there, &path, "damaged");
    file["draft"]["id"] = json!("../../../etc/passwd");
    write(&file);
    let told = there.told(&["import", path.to_str().unwrap(), "--json"]);
    assert!(DraftId::parse(told["id"].as_str().unwrap()).is_some_and(|id| there.store().read(&id).is_ok()), "{told}");
    let rehearsal = Draft { rehearsal: true, ..draft("d2") };
    assert!(said(&here.has(&rehearsal).drafts(&["export", "d2"])).contains("rehearsal"));
}

#[test]
fn w54_a_file_from_somebody_else_brings_no_leave_to_send_the_sign_in_anywhere() {
    let (here, there) = (Machine::new(), Machine::new());
    here.has(&draft("d1"));
    let mut file: Value = serde_json::from_str(&printed(&here.drafts(&["export", "d1"]))).unwrap();
    file["draft"]["allowed_server"] = json!({ "account": "a", "server": "https://evil.example" });
    let path = there.path("moved.json");
    fs::write(&path, file.to_string()).unwrap();
    let told = there.told(&["import", path.to_str().unwrap(), "--json"]);
    let id = DraftId::parse(told["id"].as_str().unwrap()).unwrap();
    assert_eq!(there.store().read(&id).unwrap().allowed_server, None);
}

#[test]
#[cfg(target_os = "linux")]
fn a_list_that_does_not_fit_on_the_disk_fails_and_one_whose_reader_has_gone_does_not() {
    let machine = Machine::new();
    machine.has(&full_draft(Step::Blobs));
    let listed = |out: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command.arg("drafts").env_clear().stdin(Stdio::null()).stdout(out).stderr(Stdio::piped());
        command.env("BLOBFREIGHT_DATA_DIR", machine.0.path()).env("BLOBFREIGHT_STATE_DIR", machine.0.path());
        command.env("BLOBFREIGHT_CONFIG", machine.path("config.toml")).spawn().unwrap().wait_with_output().unwrap()
    };
    let full = listed(fs::OpenOptions::new().write(true).open("/dev/full").unwrap().into());
    assert_eq!(full.status.code(), Some(1));
    assert!(said(&full).contains("Could not write the output: No space left"), "{}", said(&full));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(listed(writer.into()).status.code(), Some(0));
}
