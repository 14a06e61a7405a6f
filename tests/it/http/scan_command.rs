//! `blobfreight scan` as a program, against the simulated Azure: its figures, its JSON, its exit statuses, Ctrl-C and --resume.

mod answers;
#[cfg(unix)]
mod sleep;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use azure_core::{credentials::Secret, hmac::hmac_sha256};
use blobfreight::azure::model::{Identity, ServiceName, SignInMethod};
use blobfreight::draft::{Draft, DraftId, SignedIn, store::DraftStore};
use blobfreight::driver::live::drafts_in;
use blobfreight::select::Rule;
use serde_json::{Value, json};

/// A simulated Azure that ends with the test.
struct Simulator {
    child: Child,
    ends: Value,
}

impl Simulator {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        let mut child = command.arg("simulate").args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, ends: serde_json::from_str(&line).unwrap() }
    }

    fn command(&self, home: &Path, arguments: &[&str]) -> Command {
        let mut command = bare(home);
        command.args(["--blob-endpoint", self.ends["blob"].as_str().unwrap()]).args(arguments);
        command.env("AZURE_STORAGE_KEY", self.ends["storageKey"].as_str().unwrap());
        command
    }

    fn end(&self, name: &str) -> &str {
        self.ends[name].as_str().unwrap()
    }

    fn json(&self, home: &Path, arguments: &[&str]) -> Value {
        let output = self.command(home, arguments).args(["--drives", "4TB", "--json"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert_eq!(err(&output), "", "progress is for terminals only");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn bare(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.arg("scan").env("BLOBFREIGHT_STATE_DIR", home).env("BLOBFREIGHT_DATA_DIR", home);
    command.env("BLOBFREIGHT_CONFIG", home.join("config.toml"));
    for name in ["KEY", "SAS_TOKEN", "ACCOUNT", "CONNECTION_STRING"] {
        command.env_remove(format!("AZURE_STORAGE_{name}"));
    }
    command
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_generated_account_is_counted_to_the_last_blob_by_any_rules() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "25500"]);
    let all = simulator.json(home.path(), &["--all"]);
    assert_eq!(
        (&all["blobs"], &all["complete"], &all["drives"][0]["blobs"]),
        (&json!(25_500), &json!(true), &json!(25_500))
    );
    let folder = simulator.json(home.path(), &["--prefix", "/bench/d0003/"]);
    assert_eq!(folder["blobs"], json!(1000));
    let keys: Vec<&str> = all.as_object().unwrap().keys().map(String::as_str).collect();
    for key in ["blobs", "bytes", "snapshots", "requests", "seconds", "rules", "findings", "drives", "complete"] {
        assert!(keys.contains(&key), "{key} is missing in {keys:?}");
    }
}

#[test]
fn a_counted_scan_is_taken_over_with_resume() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "9000"]);
    let first = simulator.json(home.path(), &["--all"]);
    let again = simulator.json(home.path(), &["--all", "--resume"]);
    assert_eq!((&again["requests"], &again["rules"][0]["reused"]), (&json!(0), &json!(true)));
    assert_eq!((&again["blobs"], &again["bytes"]), (&first["blobs"], &first["bytes"]));
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_with_status_three_and_resume_ends_with_the_same_totals() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "60000", "--latency-ms", "150"]);
    let mut command = simulator.command(home.path(), &["--all", "--concurrency", "1", "--drives", "4TB", "--json"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    // The first checkpoint is written as soon as the scan is under way, and Ctrl-C is listened for by then.
    while std::fs::read_dir(home.path().join("scans")).map_or(0, Iterator::count) == 0 {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(3));
    let text = std::io::read_to_string(child.stdout.take().unwrap()).unwrap();
    let stopped: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(stopped["complete"], json!(false));
    assert!(stopped["blobs"].as_u64().unwrap() < 60_000);
    let whole = simulator.json(home.path(), &["--all", "--resume"]);
    assert_eq!((&whole["blobs"], &whole["complete"]), (&json!(60_000), &json!(true)));
}

#[test]
fn the_figures_of_the_vendors_preview_are_named() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "3000"]);
    let arguments =
        ["--prefix", "/bench/", "--prefix", "/bench/", "--prefix", "/nowhere/", "--drives", "1x4TB + 1x2TB"];
    let output = simulator.command(home.path(), &arguments).output().unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for line in [
        "Number of unique blob paths/prefixes:       2",
        "Number of duplicate blob paths/prefixes:    1",
        "Number of nonexistent blob paths/prefixes:  1",
        "matches nothing: everything under /nowhere/",
        "Number of blobs that can be exported:       3,000",
        "Number of blobs that cannot be exported:    0",
        "Number of drives needed:                    1 (no fewer than 1)",
        "Drive #1: blobs = 3,000, occupied space =",
        "1 of the drives given stay empty",
    ] {
        assert!(text.contains(line), "{line:?} is missing in\n{text}");
    }
}

#[test]
fn a_list_file_is_counted_and_one_that_cannot_be_read_is_usage() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "3000"]);
    let list = home.path().join("list.xml");
    std::fs::write(&list, "<BlobList><BlobPathPrefix>/bench/d0001/</BlobPathPrefix></BlobList>").unwrap();
    assert_eq!(simulator.json(home.path(), &["--list", list.to_str().unwrap()])["blobs"], json!(1000));
    std::fs::write(&list, "<BlobList><Wrong/></BlobList>").unwrap();
    let output =
        simulator.command(home.path(), &["--list", list.to_str().unwrap(), "--drives", "4TB"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("Could not read the list"), "{}", err(&output));
    std::fs::write(&list, "<BlobList/>").unwrap();
    let output =
        simulator.command(home.path(), &["--list", list.to_str().unwrap(), "--drives", "4TB"]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "no figures of nothing");
    assert!(err(&output).contains("it selects nothing"), "{}", err(&output));
}

#[test]
fn nothing_counted_is_no_answer_of_no_drives() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "10"]);
    let mut command = simulator.command(home.path(), &["--all", "--drives", "4TB"]);
    // Not the account's key, but one that signs.
    let output = command.env("AZURE_STORAGE_KEY", "c2VjcmV0").output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{}", err(&output));
    assert!(err(&output).starts_with("blobfreight: Could not list the containers"), "{}", err(&output));
}

#[test]
fn what_cannot_be_meant_is_refused_with_status_two_and_what_fails_with_one() {
    let home = tempfile::tempdir().unwrap();
    let cases: [(&[&str], i32, &str); 11] = [
        (&["--path", "c", "--drives", "4TB"], 2, "--path `c`: a path needs a container and a name"),
        (&["--path", "", "--drives", "4TB"], 2, "write a prefix such as"),
        (&["--prefix", "//x", "--drives", "4TB"], 2, "the container's name is missing"),
        (&["--all", "--drives", "4XB"], 2, "`4XB` does not end in a unit"),
        (&["--draft", "nothere", "--drives", "4TB"], 2, "`blobfreight drafts` lists"),
        (&["--drives", "4TB"], 2, "--all"),
        (&["--all"], 2, "--drives"),
        (&["--all", "--drives", "4"], 2, "has no unit"),
        (&["--all", "--drives", "4TB"], 2, "no storage account is named"),
        (&["--prefix", "c/", "--drives", "4TB"], 2, "a prefix begins with /; write /c/"),
        (&["--all", "--drives", "4TB", "--blob-endpoint", "http://example.com"], 2, "not https"),
    ];
    for (arguments, status, part) in cases {
        let output = bare(home.path()).args(arguments).env("AZURE_STORAGE_SAS_TOKEN", "sig=x").output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(part), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn without_any_credential_both_ways_to_get_one_are_named() {
    let home = tempfile::tempdir().unwrap();
    let mut command = bare(home.path());
    command.args(["--all", "--drives", "4TB", "--blob-endpoint", "http://127.0.0.1:9/acc"]).env("PATH", "");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", err(&output));
    assert!(err(&output).contains("az login") && err(&output).contains("AZURE_STORAGE_KEY"), "{}", err(&output));
}

/// An account signature as the account's owner makes one.
fn signature(simulator: &Simulator) -> String {
    let account = simulator.end("blob").rsplit('/').next().unwrap();
    let text = format!("{account}\nrl\nb\nsco\n\n2199-01-01T00:00:00Z\n\n\n2021-12-02\n\n");
    let signature = hmac_sha256(&text, &Secret::new(simulator.end("storageKey").to_owned())).unwrap();
    let signature: String = url::form_urlencoded::byte_serialize(signature.as_bytes()).collect();
    format!("sv=2021-12-02&ss=b&srt=sco&sp=rl&se=2199-01-01T00%3A00%3A00Z&sig={signature}")
}

#[test]
fn a_key_a_signature_and_a_connection_string_open_the_account_as_for_browsing() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "3000"]);
    let (blob, key) = (simulator.end("blob"), simulator.end("storageKey"));
    let account = blob.rsplit('/').next().unwrap();
    let signature = signature(&simulator);
    let signed = format!("{blob}?{signature}");
    let string = format!("AccountName={account};AccountKey={key};BlobEndpoint={blob}");
    let ways: [(&[&str], &str, &str); 4] = [
        (&["--blob-endpoint", blob], "AZURE_STORAGE_KEY", key),
        (&["--blob-endpoint", blob], "AZURE_STORAGE_SAS_TOKEN", &signature),
        (&["--blob-endpoint", &signed], "AZURE_STORAGE_ACCOUNT", ""),
        (&[], "AZURE_STORAGE_CONNECTION_STRING", &string),
    ];
    for (arguments, variable, value) in ways {
        let mut command = bare(home.path());
        let output = command.args(["--all", "--drives", "4TB", "--json"]).args(arguments).env(variable, value).output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(0), "{variable}: {}", err(&output));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&told["blobs"], &told["endpoint"]), (&json!(3000), &json!(blob)), "{variable}");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("sig="), "no signature is shown");
    }
    let wrong = bare(home.path())
        .args(["--all", "--drives", "4TB", "--blob-endpoint", blob])
        .env("AZURE_STORAGE_SAS_TOKEN", signature.replace("sp=rl", "sp=rwl"))
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(1), "{}", err(&wrong));
    assert!(!err(&wrong).contains("sig="), "{}", err(&wrong));
}

#[test]
fn a_draft_is_scanned_with_its_own_rules_and_sign_in() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "3000"]);
    let (arm, authority) = (simulator.end("arm"), simulator.end("authority"));
    let config = format!("[clouds.sim]\narm = \"{arm}\"\nauthority = \"{authority}\"\n[plan]\nusable-percent = 50\n");
    std::fs::write(home.path().join("config.toml"), config).unwrap();
    let id = DraftId::parse("20261122-0900-00000001").unwrap();
    let mut draft = Draft::new(id, false, "2026-11-22T09:00:00Z".parse().unwrap());
    draft.selection.rules = std::sync::Arc::new(vec![Rule::Prefix("/bench/d0001/".into())]);
    draft.service = Some(ServiceName::DataBox);
    let identity = Identity { who: "someone".into(), tenant: None, method: SignInMethod::Environment };
    draft.sign_in = Some(SignedIn { cloud: "sim".into(), tenant: None, identity });
    DraftStore::open(&drafts_in(home.path())).unwrap().save(&draft).unwrap();
    let scan = |id: &str, more: &[&str]| {
        let mut command = bare(home.path());
        command.args(more);
        command.args(["--draft", id, "--drives", "4TB", "--json", "--blob-endpoint", simulator.end("blob")]);
        command.env("AZURE_TENANT_ID", simulator.end("tenant")).env("AZURE_CLIENT_SECRET", "anything");
        command.env("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555").output().unwrap()
    };
    let output = scan("20261122-0900-00000001", &[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["blobs"], &told["rules"][0]["text"]), (&json!(1000), &json!("/bench/d0001/")));
    assert_eq!(told["service"], "databox", "the draft says which service the findings are for");
    let usable = told["drives"][0]["usable_bytes"].as_u64().unwrap();
    assert!(usable < 2_000_000_000_000, "the configuration says that half of a drive is usable, not {usable}");
    let other: Value =
        serde_json::from_slice(&scan("20261122-0900-00000001", &["--service", "classic"]).stdout).unwrap();
    assert_eq!(other["service"], "classic", "for this run");
    assert_eq!(scan("20261122-0900-00000002", &[]).status.code(), Some(2), "there is no such draft");
}

#[test]
fn the_help_page_documents_every_field_of_the_json() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "10"]);
    let help = bare(home.path()).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let told = simulator.json(home.path(), &["--all"]);
    let inner = ["rules", "findings", "drives", "alternatives", "jobs", "overheads", "histogram"];
    let inner = inner.iter().filter_map(|list| told[list][0].as_object()).flat_map(|object| object.keys());
    for field in told.as_object().unwrap().keys().chain(inner) {
        assert!(help.contains(field.as_str()), "{field} is not in\n{help}");
    }
}

#[test]
fn what_changed_since_a_moment_or_since_the_previous_scan_is_told() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "3000"]);
    let told = |arguments: &[&str]| {
        let told = simulator.json(home.path(), arguments);
        let found = told["findings"].as_array().unwrap().iter().find(|found| found["kind"] == "changed").cloned();
        (found.map_or(0, |found| found["count"].as_u64().unwrap()), told["since"].clone())
    };
    let changed = |arguments: &[&str]| told(arguments).0;
    // All blobs of the generated account are of New Year 2025.
    assert_eq!(told(&["--all"]), (0, Value::Null), "there is no scan before");
    assert_eq!(told(&["--all", "--since", "2024-12-31"]), (3000, json!("2024-12-31T00:00:00Z")));
    let resumed = told(&["--all", "--resume"]);
    assert_eq!(resumed, (3000, json!("2024-12-31T00:00:00Z")), "what is taken over was compared with that moment");
    let another = ["--all", "--drives", "4TB", "--resume", "--since", "2025-06-01"];
    let output = simulator.command(home.path(), &another).output().unwrap();
    assert!(output.status.code() == Some(2) && err(&output).contains("--resume"), "it cannot be compared with another");
    assert_eq!(changed(&["--all", "--since", "2025-01-01T00:00:01Z"]), 0);
    let before = jiff::Timestamp::now().checked_sub(jiff::SignedDuration::from_mins(10)).unwrap().to_string();
    let (none, since) = told(&["--all"]);
    assert_eq!(none, 0, "nothing changed since the scan before");
    assert!(since.as_str().unwrap() > before.as_str(), "{since} is when the scan before began");
    let file = std::fs::read_dir(home.path().join("scans")).unwrap().next().unwrap().unwrap().path();
    let mut kept: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    kept["began"] = json!(20_241_231_000_000_u64);
    std::fs::write(&file, kept.to_string()).unwrap();
    assert_eq!(changed(&["--all"]), 3000, "the scan before was in 2024");
    let output =
        simulator.command(home.path(), &["--all", "--drives", "4TB", "--since", "2024-12-31"]).output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(words.contains("Changed:    3,000 since 2024-12-31T00:00:00Z"), "{words}");
    let output = simulator.command(home.path(), &["--all", "--drives", "4TB", "--since", "May"]).output().unwrap();
    assert!(output.status.code() == Some(2) && err(&output).contains("2026-11-22"), "{}", err(&output));
}
