//! The session of `blobfreight new`: a person signs in once for all of it, a failure leaves no draft behind, and a subscription that is
//! not registered is registered where that is wanted.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};

use crate::http::simulator::jobs_command::{command, said};
use crate::http::simulator::new_command::{answers, new};
use crate::http::simulator::wire::Wire;

/// The names of the drafts in a data directory, without those in the trash.
fn drafts(data: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(data.join("drafts")) else { return Vec::new() };
    let paths =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "json"));
    paths.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// Requests to the token endpoint with this text in their body.
fn tokens(wire: &Wire, with: &str) -> usize {
    let journal = wire.sim.journal().into_iter();
    journal.filter(|(_, path, body)| path.ends_with("/oauth2/v2.0/token") && body.contains(with)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn w78_a_person_signs_in_once_for_the_look_up_and_the_steps() {
    let wire = Wire::new().await;
    let (command, home) = command(&wire, &[]);
    let file = home.path().join("answers.json");
    fs::write(&file, answers(&wire, "databox").to_string()).unwrap();
    let mut command = tokio::process::Command::from(command);
    // The arguments of the other sign-in stand first; this command has its own.
    let mut own = tokio::process::Command::new(command.as_std().get_program());
    own.args(["new", "--sign-in", "device-code", "--create", "--accept-doubts", "--json", "--answers"]).arg(&file);
    own.env_clear().envs(command.as_std().get_envs().filter_map(|(name, value)| Some((name, value?))));
    command = own;
    let mut running = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut errors = BufReader::new(running.stderr.take().unwrap()).lines();
    let prompt = loop {
        let line = errors.next_line().await.unwrap().expect("the command asks the person");
        if line.contains("enter the code") {
            break line;
        }
    };
    let address = prompt.split_whitespace().find(|word| word.starts_with("http")).unwrap();
    let code = prompt.split("the code ").nth(1).unwrap().split('.').next().unwrap();
    let typed = wire.client.get(format!("{address}?code={code}&answer=yes")).send().await.unwrap();
    assert_eq!(typed.status().as_u16(), 200);
    let mut told = String::new();
    running.stdout.take().unwrap().read_to_string(&mut told).await.unwrap();
    let mut rest = Vec::new();
    while let Some(line) = errors.next_line().await.unwrap() {
        rest.push(line);
    }
    assert_eq!(running.wait().await.unwrap().code(), Some(0), "{told}\n{}", rest.join("\n"));
    assert!(!rest.iter().any(|line| line.contains("To sign in")), "the person is asked once: {rest:?}");
    let outcome: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(outcome["job"]["name"], "export-printed", "{outcome:#}");
    assert!(tokens(&wire, "grant_type=refresh_token") > 0, "the steps go on with the sign-in of the look-up");
}

#[tokio::test(flavor = "multi_thread")]
async fn w78_a_session_that_cannot_sign_in_leaves_no_draft_behind() {
    let wire = Wire::new().await;
    let refused = FaultAction::Status { status: 400, code: Some("invalid_client".to_owned()), retry_after: None };
    let rule = FaultRule::next("/oauth2/v2.0/token", refused);
    // The look-up signs in; the session for the steps is refused.
    wire.sim.faults().add(FaultRule { skip: 1, times: 20, ..rule });
    let (mut command, home) = command(&wire, &["new", "--create"]);
    let file = home.path().join("answers.json");
    fs::write(&file, answers(&wire, "databox").to_string()).unwrap();
    command.arg("--answers").arg(&file);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert!(said(&output).contains("sign in"), "{}", said(&output));
    assert_eq!(drafts(home.path()), Vec::<String>::new());
}

/// Takes the registration for Data Box back.
async fn unregister(wire: &Wire) {
    let path = format!(
        "/subscriptions/{}/providers/Microsoft.DataBox/unregister?api-version=2024-03-01",
        wire.ends().subscription
    );
    let answer = wire.arm("POST", &path, &Value::Null).await;
    assert_eq!(answer.json()["registrationState"], "NotRegistered");
}

#[tokio::test(flavor = "multi_thread")]
async fn w78_a_missing_registration_is_named_with_the_flag_that_makes_it_and_the_flag_makes_it() {
    let wire = Wire::new().await;
    unregister(&wire).await;
    let answers = answers(&wire, "databox");
    let output = new(&wire, &answers, &["--create", "--accept-doubts", "--json"]).await;
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
    let missing = outcome["missing"].to_string();
    assert!(missing.contains("--register registers it") && !missing.contains("az provider"), "{missing}");

    let output = new(&wire, &answers, &["--create", "--accept-doubts", "--register", "--json"]).await;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}{}", said(&output));
    let outcome: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(outcome["job"]["name"], "export-printed", "{outcome:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn w78_a_registration_that_is_refused_is_missing_with_the_reason() {
    let wire = Wire::new().await;
    unregister(&wire).await;
    let refused = FaultAction::Status { status: 403, code: Some("AuthorizationFailed".to_owned()), retry_after: None };
    wire.sim.faults().add(FaultRule { times: 9, ..FaultRule::next("/Microsoft.DataBox/register", refused) });
    let output = new(&wire, &answers(&wire, "databox"), &["--create", "--register", "--json"]).await;
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
    let missing = outcome["missing"].to_string();
    assert!(missing.contains("not registered") && missing.contains("AuthorizationFailed"), "{missing}");
}
