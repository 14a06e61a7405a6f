//! `blobfreight jobs` as a script meets it, with jobs in both services of one simulated Azure.

use std::process::{Command, Output, Stdio};

use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, settled};

/// `blobfreight` with these arguments on the simulated Azure, in its one subscription, and the directory it lives in.
pub(super) fn command(wire: &Wire, arguments: &[&str]) -> (Command, TempDir) {
    let (mut command, home) = command_of_all(wire, arguments);
    command.args(["--subscription", &wire.ends().subscription]);
    (command, home)
}

/// The same without a word of the subscription.
fn command_of_all(wire: &Wire, arguments: &[&str]) -> (Command, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let ends = wire.ends();
    let config = format!("cloud = \"sim\"\n[clouds.sim]\narm = \"{}\"\nauthority = \"{}\"\n", ends.arm, ends.authority);
    std::fs::write(home.path().join("config.toml"), config).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.args(arguments).args(["--sign-in", "environment"]);
    command.env_clear().stdin(std::process::Stdio::null()).env("BLOBFREIGHT_CONFIG", home.path().join("config.toml"));
    command.env("BLOBFREIGHT_DATA_DIR", home.path()).env("BLOBFREIGHT_STATE_DIR", home.path());
    command.env("AZURE_TENANT_ID", &ends.tenant).env("AZURE_CLIENT_SECRET", "anything");
    command.env("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555");
    (command, home)
}

/// Runs `blobfreight jobs` to its end.
async fn jobs(wire: &Wire, arguments: &[&str]) -> Output {
    run(wire, &[&["jobs"], arguments].concat()).await
}

pub(super) async fn run(wire: &Wire, arguments: &[&str]) -> Output {
    let (command, home) = command(wire, arguments);
    ended(command, home).await
}

/// Runs a command to its end; the directory it lives in stays until then.
async fn ended(mut command: Command, home: TempDir) -> Output {
    tokio::task::spawn_blocking(move || {
        let output = command.output().unwrap();
        drop(home);
        output
    })
    .await
    .unwrap()
}

fn told(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(super) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Name and service of each job listed.
fn names(output: &Output) -> Vec<Value> {
    told(output)["jobs"].as_array().unwrap().iter().map(|job| json!([job["name"], job["service"]])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_jobs_of_both_services_are_listed_and_one_that_refuses_hides_none_of_the_other() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.create("old-export", &wire.export()).await;
    let (disk, classic) = (json!(["night-export", "databox"]), json!(["old-export", "classic"]));
    assert_eq!(names(&jobs(&wire, &["list", "--json"]).await), [disk.clone(), classic.clone()]);
    assert_eq!(names(&jobs(&wire, &["list", "--json", "--service", "databox"]).await), std::slice::from_ref(&disk));
    assert_eq!(names(&jobs(&wire, &["list", "--json", "--service", "classic"]).await), std::slice::from_ref(&classic));

    let denial = || FaultAction::Status { status: 403, code: Some("AuthorizationFailed".into()), retry_after: None };
    let refused = || FaultRule::next("/Microsoft.DataBox/jobs", denial());
    wire.sim.faults().add(refused());
    let rest = jobs(&wire, &["list", "--json"]).await;
    assert_eq!(names(&rest), [classic]);
    assert!(said(&rest).contains("Jobs of Azure Data Box are left out: "), "{}", said(&rest));
    let missing = &told(&rest)["unavailable"][0];
    assert_eq!((&missing["service"], &missing["code"]), (&json!("databox"), &json!("AuthorizationFailed")));
    assert!(missing["reason"].as_str().is_some_and(|why| !why.is_empty()), "{missing}");
    wire.sim.faults().add(refused());
    assert_eq!(jobs(&wire, &["list", "--service", "databox"]).await.status.code(), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_shown_with_its_service_and_a_name_in_both_asks_which() {
    let wire = Wire::new().await;
    let group = wire.ends().resource_group.clone();
    settled(&wire, "night-export", &disk_export(&wire)).await;
    let show = ["show", "night-export", "-g", &group];
    let page = jobs(&wire, &show).await;
    let page = String::from_utf8_lossy(&page.stdout).into_owned();
    for part in ["Azure Data Box", "ship now (AwaitingShipmentDetails)", "Stages", "Allowed now"] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    let job = told(&jobs(&wire, &[&show[..], &["--json"]].concat()).await);
    assert_eq!((&job["service"], &job["state"]), (&json!("databox"), &json!("AwaitingShipmentDetails")));
    assert_eq!((&job["stateTitle"], &job["allows"][0]), (&json!("ship now"), &json!("ship")));
    assert!(job["stages"].as_array().is_some_and(|stages| stages.len() > 3), "{job}");

    wire.create("night-export", &wire.export()).await;
    for command in ["show", "keys"] {
        let both = jobs(&wire, &[command, "night-export", "-g", &group]).await;
        assert_eq!(both.status.code(), Some(1));
        assert!(said(&both).contains("--service") && said(&both).lines().count() == 1, "{}", said(&both));
    }
    let classic = told(&jobs(&wire, &[&show[..], &["--json", "--service", "classic"]].concat()).await);
    assert_eq!((&classic["service"], &classic["state"]), (&json!("classic"), &json!("Creating")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watched_job_has_a_line_for_each_change_and_its_end_is_the_exit_status() {
    let wire = Wire::new().await;
    let group = wire.ends().resource_group.clone();
    settled(&wire, "night-export", &disk_export(&wire)).await;
    let (command, _home) = command(&wire, &["jobs", "watch", "night-export", "-g", &group, "--every", "1"]);
    let mut watch = tokio::process::Command::from(command).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines();
    let first = lines.next_line().await.unwrap().unwrap();
    assert!(first.ends_with("ship now (AwaitingShipmentDetails)"), "{first}");
    wire.disk_post("night-export", "cancel", &json!({ "reason": "Changed plans" })).await;
    let last = lines.next_line().await.unwrap().unwrap();
    assert!(last.ends_with("cancelled (Cancelled)"), "{last}");
    assert_eq!(lines.next_line().await.unwrap(), None);
    assert_eq!(watch.wait().await.unwrap().code(), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn data_box_names_one_place_for_a_region_and_a_country_and_says_what_it_needs() {
    let wire = Wire::new().await;
    let group = wire.ends().resource_group.clone();
    let asked = ["locations", "--json", "--country", "be", "--region", "West Europe", "-g", &group];
    let places = told(&run(&wire, &asked).await);
    let [place] = places.as_array().unwrap().as_slice() else { panic!("{places}") };
    assert!(place["carriers"].as_array().is_some_and(|carriers| !carriers.is_empty()), "{place}");
    let short = run(&wire, &["locations", "--service", "databox"]).await;
    assert_eq!(short.status.code(), Some(2));
    assert!(said(&short).contains("--region") && said(&short).contains("--country"), "{}", said(&short));
}

/// Runs `blobfreight` without a word of the subscription.
async fn run_of_all(wire: &Wire, arguments: &[&str]) -> Output {
    let (command, home) = command_of_all(wire, arguments);
    ended(command, home).await
}

#[tokio::test(flavor = "multi_thread")]
async fn w55_without_a_subscription_jobs_are_listed_in_all_of_them_and_found_by_their_name() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.create("old-export", &wire.export()).await;
    let subscription = json!(wire.ends().subscription);
    let all = run_of_all(&wire, &["jobs", "list", "--json"]).await;
    assert_eq!(names(&all), [json!(["night-export", "databox"]), json!(["old-export", "classic"])]);
    assert_eq!((&told(&all)["jobs"][0]["subscription"], &told(&all)["leftOut"]), (&subscription, &json!(0)));
    let rows = run_of_all(&wire, &["jobs", "list", "-o", "tsv"]).await;
    let rows = String::from_utf8_lossy(&rows.stdout).into_owned();
    assert!(rows.lines().all(|row| row.split('\t').next_back() == subscription.as_str()), "{rows}");

    let denial = FaultAction::Status { status: 403, code: Some("AuthorizationFailed".into()), retry_after: None };
    wire.sim.faults().add(FaultRule::next("/Microsoft.DataBox/jobs", denial));
    let rest = run_of_all(&wire, &["jobs", "list", "--json"]).await;
    let unasked = told(&rest)["unavailable"].as_array().unwrap().clone();
    assert!(unasked.len() == 1 && unasked[0]["subscription"].is_string(), "{unasked:?}");
    assert!(said(&rest).contains("Jobs of Azure Data Box in "), "the subscription is named: {}", said(&rest));

    let shown = told(&run_of_all(&wire, &["jobs", "show", "night-export", "--json"]).await);
    assert_eq!((&shown["service"], &shown["subscription"]), (&json!("databox"), &subscription));
    assert!(shown["stages"].as_array().is_some_and(|stages| stages.len() > 3), "read whole: {shown}");
    let missing = run_of_all(&wire, &["jobs", "show", "no-such"]).await;
    assert!(missing.status.code() == Some(1) && said(&missing).contains("there is no job of this name"));

    wire.create("night-export", &wire.export()).await;
    for command in [&["jobs", "show"][..], &["jobs", "cancel", "--yes"], &["keys"], &["logs"]] {
        let both = run_of_all(&wire, &[command, &["night-export"]].concat()).await;
        let group = &wire.ends().resource_group;
        let sentence = said(&both);
        assert!(sentence.contains(&format!("databox in the resource group {group} of ")), "{command:?}: {sentence}");
        assert!(sentence.contains("classic in ") && sentence.contains("--service"), "{sentence}");
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
    }
}
