//! `blobfreight new` over HTTP: the request that it prints is the one that other programs can send, and a lost answer is not taken for
//! a job that does not exist.

use std::process::Output;

use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::{Value, json};

use crate::http::simulator::jobs_command::{command, said};
use crate::http::simulator::wire::Wire;

pub(super) fn answers(wire: &Wire, service: &str) -> Value {
    let account = wire.ends().storage_account.rsplit('/').next().unwrap();
    json!({
        "service": service,
        "account": account,
        "blobs": { "all": true },
        "drives": "8TB",
        "address": {
            "contact": "Ana O'Neill", "company": "Studio $HOME `x`", "street1": "12 Harbour Road", "city": "Rotterdam",
            "postal-code": "3011 AB", "country": "NL", "phone": "+31 10 555 01 99", "emails": ["storage@example.com"]
        },
        "carrier": { "name": "FedEx", "account-number": "123456789" },
        "job": { "name": "export-printed", "resource-group": wire.ends().resource_group }
    })
}

/// The answers with a key in a key vault, which Azure Data Box takes.
fn with_key(answers: &Value) -> Value {
    let group = "/subscriptions/5e4e/resourceGroups/rg/providers";
    let mut answers = answers.clone();
    answers["job"]["encryption-key"] = json!({
        "url": "https://media-vault.vault.azure.net/keys/export",
        "vault": format!("{group}/Microsoft.KeyVault/vaults/media-vault"),
        "identity": format!("{group}/Microsoft.ManagedIdentity/userAssignedIdentities/export"),
    });
    answers
}

/// Runs `blobfreight new` with these answers to its end.
pub(super) async fn new(wire: &Wire, answers: &Value, more: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answers.json");
    std::fs::write(&file, answers.to_string()).unwrap();
    let (mut command, home) = command(wire, &["new", "--answers", file.to_str().unwrap()]);
    command.args(more);
    tokio::task::spawn_blocking(move || {
        let output = command.output().unwrap();
        drop((home, folder));
        output
    })
    .await
    .unwrap()
}

/// The text that `--print FORM` prints.
async fn printed(wire: &Wire, service: &str, form: &str) -> String {
    let mut answers = answers(wire, service);
    if service == "databox" {
        answers = with_key(&answers);
    }
    let output = new(wire, &answers, &["--print", form]).await;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// The path of the job in Azure Resource Manager.
fn path(wire: &Wire, service: &str) -> String {
    let provider = if service == "databox" { "Microsoft.DataBox" } else { "Microsoft.ImportExport" };
    let ends = wire.ends();
    format!(
        "/subscriptions/{}/resourceGroups/{}/providers/{provider}/jobs/export-printed",
        ends.subscription, ends.resource_group
    )
}

/// `has_key`: it was asked for with a key of the customer.
async fn assert_created(wire: &Wire, service: &str, has_key: bool) {
    let version = if service == "databox" { "2025-07-01" } else { "2021-01-01" };
    let job = wire.get(&format!("{}?api-version={version}", path(wire, service))).await;
    assert_eq!(job.status, 200, "{}", job.text);
    assert!(job.text.contains("export-printed"), "{}", job.text);
    if let Some(kind) = job.json()["properties"]["details"]["keyEncryptionKey"]["kekType"].as_str() {
        assert_eq!(kind == "CustomerManaged", has_key, "{}", job.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_request_creates_the_job() {
    for service in ["databox", "classic"] {
        let wire = Wire::new().await;
        let text = printed(&wire, service, "request").await;
        let url = text.lines().find_map(|line| line.strip_prefix("PUT ")).unwrap();
        let body: Value = serde_json::from_str(text.split_once("\n\n").unwrap().1).unwrap();
        let answer = wire.arm("PUT", url, &body).await;
        assert!((200..300).contains(&answer.status), "{}: {}", answer.status, answer.text);
        assert_created(&wire, service, service == "databox").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_template_stands_for_a_put_that_creates_the_job() {
    for service in ["databox", "classic"] {
        let wire = Wire::new().await;
        let template: Value = serde_json::from_str(&printed(&wire, service, "template").await).unwrap();
        // As a deployment does: type, name and version become the address, the rest is the body.
        let mut resource = template["resources"][0].as_object().unwrap().clone();
        let version = resource.remove("apiVersion").unwrap();
        let (kind, name) = (resource.remove("type").unwrap(), resource.remove("name").unwrap());
        let url = path(&wire, service);
        assert!(
            url.ends_with(&format!("{}/{}", kind.as_str().unwrap(), name.as_str().unwrap())),
            "{url} {kind} {name}"
        );
        let url = format!("{url}?api-version={}", version.as_str().unwrap());
        let answer = wire.arm("PUT", &url, &Value::Object(resource)).await;
        assert!((200..300).contains(&answer.status), "{}: {}", answer.status, answer.text);
        assert_created(&wire, service, service == "databox").await;
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_printed_script_creates_the_job_with_the_real_azure_cli() {
    let Some(az) = std::env::var_os("BLOBFREIGHT_AZ") else {
        assert!(std::env::var_os("CI").is_none(), "BLOBFREIGHT_AZ is not set: in CI the Azure CLI must be there");
        eprintln!("skipped: BLOBFREIGHT_AZ does not name an installed Azure CLI");
        return;
    };
    for service in ["databox", "classic"] {
        let wire = Wire::new().await;
        let script = printed(&wire, service, "az-rest").await;
        let output = run_with_az(&script, az.as_ref(), &wire.ends().token).await;
        assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
        assert_created(&wire, service, service == "databox").await;
    }
}

/// Runs a script with an `az` that is signed in to the simulated Azure: nobody can sign in there with `az login`, which wants HTTPS.
#[cfg(unix)]
async fn run_with_az(script: &str, az: &std::path::Path, token: &str) -> Output {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let signed_in = home.path().join("az");
    let text = format!(
        "#!/bin/sh\nexec '{}' \"$@\" --skip-authorization-header --headers 'Authorization=Bearer {token}'\n",
        az.display()
    );
    std::fs::write(&signed_in, text).unwrap();
    std::fs::set_permissions(&signed_in, std::fs::Permissions::from_mode(0o755)).unwrap();
    let file = home.path().join("script.sh");
    std::fs::write(&file, script).unwrap();
    let mut shell = std::process::Command::new("sh");
    shell.arg(&file).env_clear().stdin(std::process::Stdio::null()).env("HOME", home.path());
    shell.env("PATH", format!("{}:/usr/bin:/bin", home.path().display())).env("AZURE_CORE_COLLECT_TELEMETRY", "no");
    tokio::task::spawn_blocking(move || {
        let output = shell.output().unwrap();
        drop(home);
        output
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_the_job_needs_is_written_beside_the_printed_request() {
    let wire = Wire::new().await;
    let mut answers = answers(&wire, "databox");
    answers["blobs"] = json!({ "paths": ["book/plates/plate-0001.tif"] });
    let alone = new(&wire, &answers, &["--print", "bicep"]).await;
    assert!(said(&alone).contains("--list-out"), "{}", said(&alone));
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.xml");
    let output = new(&wire, &answers, &["--print", "bicep", "--list-out", list.to_str().unwrap()]).await;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("resource job 'Microsoft.DataBox/jobs@2025-07-01'") && text.contains("az storage blob upload")
    );
    assert!(std::fs::read_to_string(&list).unwrap().contains("/book/plates/plate-0001.tif"));
}

/// The service creates the job and its answer does not arrive.
fn lose_the_answer(wire: &Wire) {
    let lost = FaultRule::next("/jobs/export-printed", FaultAction::Lost);
    wire.sim.faults().add(FaultRule { method: Some("PUT".to_owned()), ..lost });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_creation_got_no_answer_is_looked_for_and_found() {
    for service in ["databox", "classic"] {
        let wire = Wire::new().await;
        lose_the_answer(&wire);
        let output = new(&wire, &answers(&wire, service), &["--create", "--accept-doubts", "--json"]).await;
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
        assert_created(&wire, service, false).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_creation_got_no_answer_may_exist_and_its_draft_is_kept() {
    for service in ["databox", "classic"] {
        let wire = Wire::new().await;
        lose_the_answer(&wire);
        let refused =
            FaultAction::Status { status: 403, code: Some("AuthorizationFailed".to_owned()), retry_after: None };
        let reads = FaultRule::next("/jobs/export-printed", refused);
        wire.sim.faults().add(FaultRule { method: Some("GET".to_owned()), skip: 1, times: 20, ..reads });
        let output = new(&wire, &answers(&wire, service), &["--create", "--accept-doubts", "--json"]).await;
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&outcome["job"], &outcome["job_may_exist"]), (&Value::Null, &json!(true)), "{outcome:#}");
        assert!(outcome["draft"].is_string() && outcome["error"].is_string(), "{outcome:#}");
    }
}
