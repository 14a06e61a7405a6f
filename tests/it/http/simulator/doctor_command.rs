//! `blobfreight doctor` against a simulated Azure with faults, without a terminal.

use std::process::Output;

use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::Value;

use crate::http::driver_cli::Home;
use crate::http::simulator::jobs_command::{run, said};
use crate::http::simulator::wire::Wire;

fn told(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(output)))
}

/// Verdict and message of a check, and its advice.
fn check<'a>(report: &'a Value, area: &str, name: &str) -> [&'a str; 3] {
    let checks = report["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["area"] == area && check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no {area}/{name} in {report:#}"));
    ["verdict", "message", "advice"].map(|member| found[member].as_str().unwrap_or_default())
}

async fn doctor(wire: &Wire, more: &[&str]) -> (Option<i32>, Value) {
    let output = run(wire, &[&["doctor", "--json"], more].concat()).await;
    (output.status.code(), told(&output))
}

fn always(path: &str, kind: FaultAction) -> FaultRule {
    FaultRule { times: 1000, ..FaultRule::next(path, kind) }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_all_is_well_nothing_failed_and_no_secret_is_told() {
    let wire = Wire::new().await;
    let account = wire.ends().storage_account.rsplit('/').next().unwrap().to_owned();
    let (status, report) = doctor(&wire, &["--account", &account]).await;
    assert_eq!((status, &report["failed"]), (Some(0), &Value::from(0)), "{report:#}");
    for (area, name) in [
        ("program", "Blobfreight"),
        ("files", "Configuration"),
        ("files", "Data folder"),
        ("network", "Clock"),
        ("sign-in", "Signed in"),
        ("sign-in", "Token for management"),
        ("sign-in", "Token for storage"),
        ("services", "Microsoft.DataBox"),
        ("services", "Microsoft.Storage"),
        ("account", "Reading from here"),
    ] {
        assert_eq!(check(&report, area, name)[0], "ok", "{area}/{name}: {report:#}");
    }
    for name in ["Size", "Background", "Width of signs", "Clipboard"] {
        let [verdict, why, _] = check(&report, "terminal", name);
        assert_eq!(verdict, "not-checked", "{report:#}");
        assert!(why.contains("no terminal"), "{why}");
    }
    let text = report.to_string();
    assert!(!text.contains("anything") && !text.contains("eyJ"), "the secret or a token: {text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_fails_the_check_and_says_which_way() {
    let wire = Wire::new().await;
    wire.sim.faults().add(FaultRule::next("/metadata/endpoints", FaultAction::ClockOff { seconds: 3 * 3600 }));
    let (status, report) = doctor(&wire, &[]).await;
    assert_eq!(status, Some(1), "{report:#}");
    let [verdict, words, advice] = check(&report, "network", "Clock");
    assert_eq!(verdict, "failed");
    assert!(words.contains("minutes behind") && advice.contains("clock"), "{words} {advice}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_may_not_see_is_not_checked_and_not_called_wrong() {
    let wire = Wire::new().await;
    let denied = FaultAction::Status { status: 403, code: Some("AuthorizationFailed".into()), retry_after: None };
    wire.sim.faults().add(always("/providers/Microsoft.DataBox", denied));
    let (_, report) = doctor(&wire, &[]).await;
    let [verdict, words, advice] = check(&report, "services", "Microsoft.DataBox");
    assert_eq!(verdict, "not-checked", "{report:#}");
    assert!(words.contains("AuthorizationFailed") && words.contains("HTTP 403") && !advice.is_empty(), "{words}");
    assert_eq!(check(&report, "services", "Microsoft.Storage")[0], "ok", "the others are still asked");
    assert_eq!(check(&report, "account", "Account")[0], "not-checked", "no account was named, and no draft has one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_not_registered_comes_with_the_command_that_registers_it() {
    let wire = Wire::new().await;
    let subscription = &wire.ends().subscription;
    let path = format!("/subscriptions/{subscription}/providers/Microsoft.DataBox/unregister?api-version=2021-04-01");
    assert_eq!(wire.arm("POST", &path, &Value::Null).await.status, 200);
    let (status, report) = doctor(&wire, &[]).await;
    assert_eq!(status, Some(0), "a warning is no failure");
    let [verdict, words, advice] = check(&report, "services", "Microsoft.DataBox");
    assert_eq!(verdict, "warning", "{report:#}");
    assert!(words.contains("NotRegistered") && advice.contains("az provider register --namespace Microsoft.DataBox"));
}

#[test]
fn without_a_network_a_sign_in_or_a_whole_configuration_the_rest_is_still_looked_at() {
    let home = Home::new();
    std::fs::write(home.0.path().join("config.toml"), "ascii = 3\n").unwrap();
    let output = home.run(&["doctor", "--offline", "-o", "json"]);
    let report = told(&output);
    assert_eq!(output.status.code(), Some(1), "{report:#}");
    let [verdict, words, advice] = check(&report, "files", "Configuration");
    assert_eq!(verdict, "failed");
    assert!(words.contains("config.toml:1:9") && advice.contains("config edit"), "{words} {advice}");
    assert_eq!(check(&report, "network", "Network")[0], "not-checked");
    assert_eq!(check(&report, "services", "Subscription")[0], "not-checked");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let home = Home::new();
    // A file stands where the folder of the drafts should be.
    std::fs::write(home.0.path().join("data"), "").unwrap();
    let report = told(&home.run(&["doctor", "--offline", "-o", "json"]));
    let [verdict, words, advice] = check(&report, "files", "Data folder");
    assert_eq!(verdict, "failed", "{report:#}");
    assert!(words.contains("cannot be written") && advice.contains("BLOBFREIGHT_DATA_DIR"), "{words}");
}

#[test]
fn azure_that_cannot_be_reached_is_said_once_and_nothing_after_it_is_called_wrong() {
    let home = Home::new();
    let nowhere = "cloud = \"lab\"\n[clouds.lab]\narm = \"http://127.0.0.1:9\"\nauthority = \"http://127.0.0.1:9\"\n";
    std::fs::write(home.0.path().join("config.toml"), nowhere).unwrap();
    let output = home.run(&["doctor", "--json"]);
    let report = told(&output);
    assert_eq!((output.status.code(), &report["failed"]), (Some(1), &Value::from(1)), "{report:#}");
    assert_eq!(check(&report, "network", "lab")[0], "failed");
    assert!(check(&report, "network", "lab")[1].contains("connection refused"));
    assert_eq!(check(&report, "sign-in", "Token for storage")[0], "not-checked");
    let table = home.run(&["doctor", "--offline"]);
    let text = String::from_utf8(table.stdout).unwrap();
    assert!(text.starts_with("Program\n  ok") && text.contains("not checked.\n"), "{text}");
}
