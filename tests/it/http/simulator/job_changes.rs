//! `blobfreight jobs ship`, `cancel`, `delete`, `watch --exec` and `blobfreight keys` as a script meets them, on both services.

use std::path::Path;
use std::process::{Output, Stdio};

use blobfreight::azure::model::{BlobList, Job, JobAddress, JobStatus, ServiceName};
use blobfreight::draft::store::DraftStore;
use blobfreight::draft::{CreateIntention, Draft, DraftId, ExportFacts, Intention, KnownJob, NextTask, TaskKind};
use blobfreight::protocol::step::Step;
use blobfreight::sim::{FaultAction, FaultRule, Mishap};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::simulator::jobs_command::{command, said};
use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, read, settled};
use crate::support::app_harness::{full_draft, now};

/// Runs `blobfreight` to its end in this home.
async fn run_in(wire: &Wire, home: &Path, arguments: &[&str]) -> Output {
    let (mut command, other) = command(wire, arguments);
    command.env("BLOBFREIGHT_DATA_DIR", home).current_dir(home);
    tokio::task::spawn_blocking(move || {
        let output = command.output().unwrap();
        drop(other);
        output
    })
    .await
    .unwrap()
}

struct Person<'a> {
    wire: &'a Wire,
    home: TempDir,
    group: String,
}

impl<'a> Person<'a> {
    fn at(wire: &'a Wire) -> Self {
        Self { wire, home: tempfile::tempdir().unwrap(), group: wire.ends().resource_group.clone() }
    }

    async fn run(&self, arguments: &[&str], more: &[&str]) -> Output {
        let all = [arguments, &["-g", &self.group], more].concat();
        run_in(self.wire, self.home.path(), &all).await
    }

    async fn told(&self, arguments: &[&str], more: &[&str]) -> Value {
        let output = self.run(arguments, &[more, &["--json"]].concat()).await;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Watches a job to its end. The watch ends with the test, also where that fails.
    async fn watches(&self, job: &str, exec: &str) -> Output {
        let watch = ["jobs", "watch", job, "-g", &self.group, "--every", "1", "--exec", exec];
        let (mut command, _home) = command(self.wire, &watch);
        command.env("BLOBFREIGHT_DATA_DIR", self.home.path()).current_dir(self.home.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        tokio::process::Command::from(command).kill_on_drop(true).output().await.unwrap()
    }

    async fn refused(&self, arguments: &[&str], more: &[&str], status: i32, words: &str) {
        let output = self.run(arguments, more).await;
        assert_eq!(output.status.code(), Some(status), "{}", said(&output));
        assert!(said(&output).contains(words), "{words}: {}", said(&output));
    }
}

const PARCEL: [&str; 4] = ["--carrier", "FedEx", "--tracking", "7946 5731 2042"];

/// How often the service was told of a parcel.
fn told_of_parcels(wire: &Wire) -> usize {
    let journal = wire.sim.journal();
    let tells = journal.iter().filter(|(method, target, _)| method == "PATCH" || target.contains("markDevicesShipped"));
    tells.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_a_parcel_is_announced_once_and_said_so_when_the_job_shows_it() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.create("day-export", &wire.export()).await;
    let person = Person::at(&wire);
    for (job, more, state) in
        [("night-export", &[][..], "ShippedToAzureDC"), ("day-export", &["--drives", "2"][..], "Shipping")]
    {
        let ship = ["jobs", "ship", job];
        let parcel = [&PARCEL[..], more].concat();
        let before = told_of_parcels(&wire);
        person.refused(&ship, &parcel, 2, "--yes").await;
        assert_eq!(told_of_parcels(&wire), before, "nothing is sent without a yes");
        let told = person.told(&ship, &[&parcel[..], &["--yes"]].concat()).await;
        assert_eq!((&told["state"], told["trackingNumber"].as_str()), (&json!(state), Some("7946 5731 2042")));
        assert_eq!(told_of_parcels(&wire), before + 1);
        let again = person.told(&ship, &[&parcel[..], &["--yes"]].concat()).await;
        assert_eq!((&again["state"], told_of_parcels(&wire)), (&json!(state), before + 1));
        let other = [&["--carrier", "FedEx", "--tracking", "794657312043", "--yes"][..], more].concat();
        person.refused(&ship, &other, 1, "Nothing was sent").await;
    }
    assert_eq!(read(&wire, "night-export").await["properties"]["status"], "ShippedToAzureDC");
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_a_parcel_that_is_written_wrong_or_not_awaited_is_not_sent() {
    let wire = Wire::new().await;
    wire.create("day-export", &wire.export()).await;
    let person = Person::at(&wire);
    let ship = ["jobs", "ship", "day-export"];
    let wrong = ["--carrier", "FedEx", "--tracking", "12", "--drives", "11", "--ship-date", "2026-02-30", "--yes"];
    person.refused(&ship, &wrong, 2, "--tracking: This is too short").await;
    person.refused(&ship, &wrong, 2, "--drives: One job takes at most 10 drives").await;
    person.refused(&ship, &wrong, 2, "--ship-date: ").await;
    person.run(&["jobs", "cancel", "day-export"], &["--yes"]).await;
    let good = [&PARCEL[..], &["--drives", "2", "--yes"]].concat();
    person.refused(&ship, &good, 1, "Do not send the drives.").await;
    person.refused(&["jobs", "ship", "no-such"], &good, 1, "has no job of this name").await;
    assert_eq!(told_of_parcels(&wire), 1, "only the cancellation was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_an_announcement_whose_answer_is_lost_counts_by_what_the_job_shows() {
    let wire = Wire::new().await;
    wire.create("day-export", &wire.export()).await;
    let person = Person::at(&wire);
    let lost = FaultRule { method: Some("PATCH".into()), ..FaultRule::next("/day-export", FaultAction::Lost) };
    wire.sim.faults().add(lost);
    let more = [&PARCEL[..], &["--drives", "2", "--yes"]].concat();
    let told = person.told(&["jobs", "ship", "day-export"], &more).await;
    assert_eq!((&told["state"], told_of_parcels(&wire)), (&json!("Shipping"), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_cancelling_says_what_it_takes_along_and_what_became_of_it() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.create("day-export", &wire.export()).await;
    let person = Person::at(&wire);
    person.refused(&["jobs", "cancel", "night-export"], &[], 2, "A cancelled job does not come back").await;
    let told = person.told(&["jobs", "cancel", "night-export"], &["--yes", "--reason", "No budget"]).await;
    assert_eq!((&told["cancelled"], &told["state"]), (&json!(true), &json!("Cancelled")));
    assert_eq!(read(&wire, "night-export").await["properties"]["cancellationReason"], "No budget");
    let told = person.told(&["jobs", "cancel", "day-export"], &["--yes"]).await;
    assert_eq!((&told["cancelled"], &told["cancelRequested"]), (&json!(false), &json!(true)), "asked for, and no more");
    let again = person.run(&["jobs", "cancel", "night-export"], &["--yes"]).await;
    assert!(String::from_utf8_lossy(&again.stdout).contains("nothing was sent"), "{}", said(&again));
}

/// A draft in this home whose job this is, as it was read an hour ago; returns the drafts.
fn with_draft(wire: &Wire, home: &Path, name: &str, service: ServiceName) -> (DraftStore, DraftId) {
    let store = DraftStore::open(&home.join("drafts")).unwrap();
    let job = JobAddress {
        service,
        subscription: wire.ends().subscription.clone(),
        resource_group: wire.ends().resource_group.clone(),
        name: name.into(),
    };
    let mut draft = Draft { id: DraftId::parse(name).unwrap(), ..full_draft(Step::Follow) };
    let (blobs, intention) = (BlobList::WholeAccount, Intention { at: now(), confirmed: true });
    draft.journal.create = Some(CreateIntention { job, blobs, intention, sent: Some(now()) });
    let waiting = match service {
        ServiceName::DataBox => JobStatus::of_data_box("AwaitingShipmentDetails"),
        ServiceName::ImportExport => JobStatus::of_classic("Creating"),
    };
    draft.job = Some(KnownJob::told(&Job { status: waiting, ..Job::default() }, None, now(), now()));
    store.save(&draft).unwrap();
    (store, draft.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_a_draft_of_the_job_on_this_machine_knows_what_a_command_did_with_it() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    for name in ["day-export", "sent-export", "old-export"] {
        wire.create(name, &wire.export()).await;
    }
    let person = Person::at(&wire);
    let home = person.home.path().to_owned();
    let next = async |name: &str, service, arguments: &[&str]| {
        let (store, id) = with_draft(&wire, &home, name, service);
        person.told(&[&["jobs"], arguments].concat(), &["--yes"]).await;
        NextTask::of(&ExportFacts::of_draft(&store.read(&id).unwrap())).kind
    };
    let classic = ServiceName::ImportExport;
    assert_eq!(next("night-export", ServiceName::DataBox, &["cancel", "night-export"]).await, TaskKind::Nothing);
    assert_eq!(next("day-export", classic, &["cancel", "day-export"]).await, TaskKind::AwaitCancellation);
    let parcel = [&["ship", "sent-export"][..], &PARCEL, &["--drives", "1"]].concat();
    assert_eq!(next("sent-export", classic, &parcel).await, TaskKind::AwaitArrival);
    assert_eq!(next("old-export", classic, &["delete", "old-export"]).await, TaskKind::Nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_a_draft_knows_of_a_cancellation_whose_answer_a_command_did_not_get_and_of_no_refused_one() {
    let wire = Wire::new().await;
    let person = Person::at(&wire);
    let refusal = FaultAction::Status { status: 409, code: Some("Conflict".into()), retry_after: None };
    for (name, fault, expected) in
        [("lost-export", FaultAction::Lost, TaskKind::LookForCancellation), ("refused-export", refusal, TaskKind::Ship)]
    {
        wire.create(name, &wire.export()).await;
        let (store, id) = with_draft(&wire, person.home.path(), name, ServiceName::ImportExport);
        wire.sim.faults().add(FaultRule { method: Some("PATCH".into()), times: 9, ..FaultRule::next(name, fault) });
        let output = person.run(&["jobs", "cancel", name], &["--yes"]).await;
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert_eq!(NextTask::of(&ExportFacts::of_draft(&store.read(&id).unwrap())).kind, expected, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_a_job_whose_keys_come_late_is_deleted_only_in_words() {
    let wire = Wire::new().await;
    wire.create("late-export", &wire.export()).await;
    wire.ship("late-export", 2).await;
    let id = wire.job("late-export").split('?').next().unwrap().to_owned();
    wire.sim.mishap(&id, Mishap::KeysLate).unwrap();
    for _ in 0..4 {
        wire.hours(60);
    }
    let job = wire.read("late-export").await;
    assert_eq!(job["state"], "Completed");
    let drive = job["driveList"][1]["driveId"].as_str().unwrap();
    let person = Person::at(&wire);
    let words = format!("{drive} so far: a key that comes later goes with the job");
    person.refused(&["jobs", "delete", "late-export"], &["--yes"], 1, &words).await;
    assert_eq!(wire.read("late-export").await["state"], "Completed", "it is still there");
    wire.hours(24 * 7);
    person
        .refused(&["jobs", "delete", "late-export"], &["--yes"], 1, "no file that was looked at holds them all")
        .await;
    person.told(&["keys", "late-export"], &["--save", "late.txt"]).await;
    let told = person.told(&["jobs", "delete", "late-export"], &["--yes", "--keys-in", "late.txt"]).await;
    assert_eq!(told["deleted"], json!(true));
}

/// A classic job that ended, with keys.
async fn ended(wire: &Wire, name: &str) {
    wire.create(name, &wire.export()).await;
    wire.ship(name, 2).await;
    for _ in 0..4 {
        wire.hours(60);
    }
    assert_eq!(wire.read(name).await["state"], "Completed");
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_keys_are_printed_only_when_asked_for_and_saved_only_to_a_new_file() {
    let wire = Wire::new().await;
    ended(&wire, "day-export").await;
    let person = Person::at(&wire);
    let listed = person.told(&["keys", "day-export"], &[]).await;
    assert_eq!((listed["drives"].as_array().unwrap().len(), &listed["drives"][0]["key"]), (2, &Value::Null));
    let shown = person.told(&["keys", "day-export"], &["--show"]).await;
    let key = shown["drives"][0]["key"].as_str().unwrap();
    assert_eq!(key.len(), 55, "eight groups of six digits");
    let hidden = person.run(&["keys", "day-export"], &[]).await;
    assert!(!String::from_utf8_lossy(&hidden.stdout).contains(key) && said(&hidden).contains("--save FILE"));
    let saved = person.told(&["keys", "day-export"], &["--save", "keys.txt"]).await;
    let file = person.home.path().join("keys.txt");
    assert_eq!(Path::new(saved["file"].as_str().unwrap()).file_name(), file.file_name());
    assert!(std::fs::read_to_string(&file).unwrap().contains(key));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    person.refused(&["keys", "day-export"], &["--save", "keys.txt"], 1, "Name a new file").await;
    person.refused(&["keys", "day-export"], &["--save", "other.txt", "--show"], 2, "cannot be used").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_a_job_whose_keys_are_in_no_file_is_deleted_only_in_words() {
    let wire = Wire::new().await;
    for name in ["one-export", "two-export", "three-export"] {
        ended(&wire, name).await;
    }
    let person = Person::at(&wire);
    let delete = ["jobs", "delete", "one-export"];
    person.refused(&delete, &["--yes"], 1, "no file that was looked at holds them all").await;
    std::fs::write(person.home.path().join("wrong.txt"), "keys of another job").unwrap();
    person.refused(&delete, &["--yes", "--keys-in", "wrong.txt"], 1, "--lose-unsaved-keys").await;
    assert_eq!(wire.read("one-export").await["state"], "Completed", "it is still there");
    let told = person.told(&delete, &["--yes", "--lose-unsaved-keys"]).await;
    assert_eq!(told["deleted"], json!(true));

    person.told(&["keys", "two-export"], &["--save", "two.txt"]).await;
    person.refused(&["jobs", "delete", "two-export"], &["--keys-in", "two.txt"], 2, "--yes").await;
    assert_eq!(
        person.told(&["jobs", "delete", "two-export"], &["--yes", "--keys-in", "two.txt"]).await["deleted"],
        json!(true)
    );
    // What Blobfreight saved itself it finds by itself.
    person.told(&["jobs", "keys", "three-export"], &[]).await;
    assert_eq!(person.told(&["jobs", "delete", "three-export"], &["--yes"]).await["deleted"], json!(true));
    assert_eq!(wire.get(&wire.job("three-export")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_the_command_of_watch_runs_once_for_each_change_with_the_facts() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.disk_post("night-export", "cancel", &json!({ "reason": "Changed plans" })).await;
    let person = Person::at(&wire);
    let exec = "echo $BLOBFREIGHT_CHANGE $BLOBFREIGHT_JOB $BLOBFREIGHT_SERVICE $BLOBFREIGHT_STATE >> seen.txt; exit 7";
    let watched = person.run(&["jobs", "watch", "night-export"], &["--every", "1", "--exec", exec]).await;
    assert_eq!(watched.status.code(), Some(1), "cancelled: {}", said(&watched));
    assert!(said(&watched).contains("The command of --exec ended with"), "{}", said(&watched));
    let seen = std::fs::read_to_string(person.home.path().join("seen.txt")).unwrap();
    assert_eq!(seen, "first night-export databox Cancelled\n");
}

/// Waits until the file in this home holds the text.
async fn until(home: &Path, text: &str) {
    let give_up = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let seen = || std::fs::read_to_string(home.join("seen.txt")).unwrap_or_default();
    while !seen().contains(text) {
        assert!(std::time::Instant::now() < give_up, "{text} is missing: {}", seen());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_watch_writes_a_line_for_each_change_until_the_job_ends_or_is_gone() {
    let wire = Wire::new().await;
    let exec = "echo $BLOBFREIGHT_CHANGE $BLOBFREIGHT_STATE_BEFORE $BLOBFREIGHT_STATE >> seen.txt";
    wire.create("day-export", &wire.export()).await;
    let person = Person::at(&wire);
    let changes = async {
        until(person.home.path(), "first Creating").await;
        wire.ship("day-export", 1).await;
        until(person.home.path(), "state Creating Shipping").await;
        wire.hours(50);
        until(person.home.path(), "state Shipping Received").await;
        wire.hours(400);
    };
    let (watched, ()) = tokio::join!(person.watches("day-export", exec), changes);
    assert_eq!(watched.status.code(), Some(0), "{}", said(&watched));
    let lines = String::from_utf8(watched.stdout).unwrap();
    let states: Vec<&str> = lines.lines().filter_map(|line| line.split(['(', ')']).nth(1)).collect();
    assert_eq!((states.first(), states.last()), (Some(&"Creating"), Some(&"Completed")), "{lines}");
    assert!(states.len() >= 4, "{lines}");

    wire.create("night-export", &wire.export()).await;
    let person = Person::at(&wire);
    let changes = async {
        until(person.home.path(), "first Creating").await;
        let cancel = json!({ "properties": { "cancelRequested": true } });
        wire.arm("PATCH", &wire.job("night-export"), &cancel).await;
        until(person.home.path(), "cancelling Creating Creating").await;
        wire.hours(14 * 24 + 1);
    };
    let (watched, ()) = tokio::join!(person.watches("night-export", exec), changes);
    assert_eq!(watched.status.code(), Some(1), "{}", said(&watched));
    let lines = String::from_utf8_lossy(&watched.stdout).into_owned();
    assert!(lines.contains("ship now, cancelling (Creating)"), "{lines}");
    until(person.home.path(), "gone Creating").await;
}
