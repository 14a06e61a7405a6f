//! `blobfreight new` as a script uses it, against the simulated Azure of a rehearsal: a file of answers in, a job or a list of what is
//! missing out.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use super::driver_cli::{Home, json, said};

const SUBSCRIPTION: &str = "5e4e5a1e-0000-4000-8000-000000000001";

/// Answers that are complete. The selection has nothing doubtful but what every prefix has.
fn complete() -> Value {
    json!({
        "account": "northlightarchive",
        "blobs": { "paths": ["book/plates/plate-0001.tif"] },
        "drives": "8TB",
        "address": {
            "contact": "Ana Example", "street1": "12 Harbour Road", "city": "Rotterdam", "postal-code": "3011 AB",
            "country": "NL", "phone": "+31 10 555 01 99", "emails": ["storage@example.com"]
        },
        "carrier": { "name": "FedEx", "account-number": "123456789" },
        "job": { "name": "export-media-2024", "resource-group": "media-archive" }
    })
}

/// A key in a key vault, as the section `encryption-key`.
fn vault_key() -> Value {
    let group = "/subscriptions/5e4e/resourceGroups/rg/providers";
    json!({
        "url": "https://media-vault.vault.azure.net/keys/export",
        "vault": format!("{group}/Microsoft.KeyVault/vaults/media-vault"),
        "identity": format!("{group}/Microsoft.ManagedIdentity/userAssignedIdentities/export"),
    })
}

fn changed(pointer: &str, value: Value) -> Value {
    let mut answers = complete();
    *answers.pointer_mut(pointer).unwrap() = value;
    answers
}

/// Runs `blobfreight new` with these answers.
fn new(home: &Home, answers: &Value, more: &[&str]) -> Output {
    let file = home.0.path().join("answers.json");
    fs::write(&file, answers.to_string()).unwrap();
    let mut arguments = vec!["--cloud", "rehearsal", "new", "--answers", file.to_str().unwrap(), "--json"];
    arguments.extend(more);
    home.run(&arguments)
}

fn outcome(output: &Output, status: i32) -> Value {
    assert_eq!(output.status.code(), Some(status), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn jobs(home: &Home) -> Vec<Value> {
    let list = home.run(&["--cloud", "rehearsal", "jobs", "list", "--subscription", SUBSCRIPTION, "--json"]);
    json(&list)["jobs"].as_array().unwrap().clone()
}

fn drafts(home: &Home) -> usize {
    json(&home.run(&["drafts", "--json"])).as_array().unwrap().len()
}

fn reasons(outcome: &Value) -> String {
    outcome["missing"].as_array().unwrap().iter().map(Value::to_string).collect()
}

#[test]
fn complete_answers_are_checked_first_and_make_a_job_only_when_told_to() {
    for service in ["databox", "classic"] {
        let home = Home::new();
        let mut answers = complete();
        answers["service"] = service.into();
        let checked = outcome(&new(&home, &answers, &[]), 0);
        assert_eq!((&checked["job"], &checked["job_may_exist"]), (&Value::Null, &json!(false)), "{checked:#}");
        assert_eq!((jobs(&home).len(), drafts(&home)), (0, 0), "a check leaves nothing behind");
        let (time, charges) = (checked["time"].to_string(), checked["charges"].to_string());
        assert!(time.contains("7 to 10 days"), "{time}");
        assert!(charges.contains("by drive: 1 drive.") && charges.contains("pricing/details/bandwidth/"), "{charges}");

        let created = outcome(&new(&home, &answers, &["--create"]), 0);
        assert_eq!(created["job"]["name"], "export-media-2024", "{created:#}");
        assert_eq!(created["service"], service);
        assert_eq!(jobs(&home).len(), 1);
        assert_eq!(drafts(&home), 1, "the draft is kept for the steps after the creation");

        let again = outcome(&new(&home, &answers, &["--create"]), 1);
        assert!(again["error"].as_str().unwrap().contains("another job is called export-media-2024"), "{again:#}");
        assert_eq!((jobs(&home).len(), drafts(&home)), (1, 1), "the same answers make no second job");
    }
}

#[test]
fn what_is_missing_or_wrong_is_listed_by_field_and_nothing_is_created() {
    let home = Home::new();
    let mut answers = complete();
    answers["address"]["phone"] = "555".into();
    answers["address"]["city"] = "".into();
    answers["carrier"]["account-number"] = "".into();
    answers["job"]["name"] = "X".into();
    answers["blobs"] = json!({});
    let outcome = outcome(&new(&home, &answers, &["--create", "--accept-doubts"]), 3);
    let reasons = reasons(&outcome);
    for part in [
        "\"field\":\"Phone\"",
        "\"field\":\"City\"",
        "\"field\":\"Carrier account number\"",
        "\"field\":\"Job name\"",
        "\"step\":\"blobs\"",
    ] {
        assert!(reasons.contains(part), "{part} is not in {reasons}");
    }
    assert_eq!((jobs(&home).len(), drafts(&home)), (0, 0));
}

#[test]
fn w76_a_key_of_ones_own_in_the_answers_is_checked_field_by_field_and_doubted_where_it_is_not_used() {
    let home = Home::new();
    let mut answers = complete();
    answers["service"] = "databox".into();
    answers["job"]["encryption-key"] =
        json!({ "url": "https://media-vault.vault.azure.net/keys/export", "vault": "media-vault" });
    let reasons = reasons(&outcome(&new(&home, &answers, &[]), 3));
    assert!(reasons.contains("\"field\":\"Key vault\"") && reasons.contains("\"field\":\"Key identity\""), "{reasons}");
    assert!(!reasons.contains("Key address"), "{reasons}");
    answers["job"]["encryption-key"] = vault_key();
    answers["service"] = "classic".into();
    let classic = outcome(&new(&home, &answers, &["--create"]), 3);
    assert!(classic["doubtful"].to_string().contains("The key of your own is not used"), "{classic:#}");
    assert_eq!(jobs(&home).len(), 0);
}

#[test]
fn something_doubtful_stops_the_creation_until_it_is_accepted() {
    let home = Home::new();
    let answers = changed("/blobs", json!({ "all": true }));
    let stopped = outcome(&new(&home, &answers, &["--create"]), 3);
    let doubts = stopped["doubtful"].to_string();
    assert!(doubts.contains("archive tier") && doubts.contains("whole account"), "{doubts}");
    assert_eq!(jobs(&home).len(), 0);
    outcome(&new(&home, &answers, &["--create", "--accept-doubts"]), 0);
    assert_eq!(jobs(&home).len(), 1);
}

#[test]
fn a_location_that_the_service_does_not_ship_to_is_no_answer() {
    let home = Home::new();
    let mut answers = complete();
    answers["location"] = "eastus".into();
    let outcome = outcome(&new(&home, &answers, &[]), 3);
    assert!(reasons(&outcome).contains("ships to westeurope"), "{outcome:#}");
}

#[test]
fn a_draft_is_kept_for_the_wizard_when_that_is_asked_for() {
    let home = Home::new();
    let kept = outcome(&new(&home, &changed("/address/city", "".into()), &["--keep"]), 3);
    let id = kept["draft"].as_str().unwrap().to_owned();
    assert_eq!(json(&home.run(&["drafts", "--json"]))[0]["id"], id.as_str());
}

#[test]
fn a_wrong_file_and_an_unknown_account_are_refused_in_one_sentence() {
    let home = Home::new();
    let file = home.0.path().join("answers.toml");
    fs::write(&file, "account = \"x\"\n[adress]\ncity = \"Ghent\"\n").unwrap();
    let (status, sentence) = said(&home.run(&["--cloud", "rehearsal", "new", "--answers", file.to_str().unwrap()]));
    assert_eq!((status, sentence.lines().count()), (Some(2), 1), "{sentence}");
    assert!(sentence.contains("line 2, column 2") && sentence.contains("adress"), "{sentence}");

    let (status, sentence) = said(&new(&home, &changed("/account", "nowhere".into()), &[]));
    assert_eq!((status, sentence.lines().count()), (Some(1), 1), "{sentence}");
    assert!(sentence.contains("nowhere") && sentence.contains("northlightarchive"), "{sentence}");

    let two = changed("/blobs", json!({ "all": true, "prefixes": ["/media/"] }));
    let (status, sentence) = said(&new(&home, &two, &[]));
    assert_eq!(status, Some(2), "{sentence}");
    assert_eq!(drafts(&home), 0);
}

#[test]
fn the_answers_of_a_job_make_the_same_job_again_under_another_name() {
    for service in ["databox", "classic"] {
        let home = Home::new();
        let mut answers = complete();
        answers["service"] = service.into();
        answers["job"]["tags"] = json!({ "CostCenter": "4711", "Team": "Media, EU" });
        answers["address"]["company"] = "Contoso Media".into();
        if service == "databox" {
            answers["job"]["encryption-key"] = vault_key();
        }
        outcome(&new(&home, &answers, &["--create", "--accept-doubts"]), 0);
        let of = ["export-media-2024", "-g", "media-archive", "--subscription", SUBSCRIPTION];
        let mut arguments = vec!["--cloud", "rehearsal", "new", "--from-job"];
        arguments.extend(of);
        let text = home.run(&arguments);
        assert_eq!(text.status.code(), Some(0), "{}", said(&text).1);
        arguments.push("--json");
        let mut again = json(&home.run(&arguments));
        again["job"]["name"] = "export-media-again".into();
        // No service shows the carrier account number.
        again["carrier"]["account-number"] = "123456789".into();
        let made = outcome(&new(&home, &again, &["--create", "--accept-doubts"]), 0);
        assert_eq!(made["job"]["name"], "export-media-again", "{made:#}");
        let jobs = jobs(&home);
        assert_eq!(jobs.len(), 2);
        let show = |name: &str| {
            json(&home.run(&[
                "--cloud",
                "rehearsal",
                "jobs",
                "show",
                name,
                "-g",
                "media-archive",
                "--subscription",
                SUBSCRIPTION,
                "--json",
            ]))
        };
        let expected = if service == "databox" { vault_key() } else { Value::Null };
        assert_eq!(show("export-media-again")["encryptionKey"], expected, "the key is read back");
        let (mut one, mut two) = (show("export-media-2024"), show("export-media-again"));
        for job in [&mut one, &mut two] {
            for own in ["name", "id", "created", "stages", "tags", "next"] {
                if let Some(job) = job.as_object_mut() {
                    job.remove(own);
                }
            }
        }
        assert_eq!(one, two);
    }
}

#[test]
fn the_schema_and_the_file_in_the_help_agree_with_what_is_read() {
    let home = Home::new();
    let schema = json(&home.run(&["new", "--schema"]));
    for key in ["account", "blobs", "drives", "address", "carrier", "job", "service", "location", "subscription"] {
        assert!(schema["properties"][key].is_object(), "{key}: {schema:#}");
    }
    let help = String::from_utf8(home.run(&["new", "--help"]).stdout).unwrap();
    let (_, example) = help.split_once("A short file:\n").unwrap();
    let file = home.0.path().join("answers.toml");
    fs::write(&file, example.replace("mediaeurope", "northlightarchive")).unwrap();
    let checked = home.run(&["--cloud", "rehearsal", "new", "--answers", file.to_str().unwrap(), "--json"]);
    assert_eq!(reasons(&outcome(&checked, 3)), "", "the example in the help is complete");
}
