//! `blobfreight sign-in` and `blobfreight sign-out` as a person uses them on a machine without a keyring.

#![cfg(target_os = "linux")]
use std::process::{Output, Stdio};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;

use crate::http::simulator::jobs_command::{command, said};
use crate::http::simulator::wire::Wire;

/// The program with these arguments in the environment of the other commands; the folder it lives in.
fn program(wire: &Wire, arguments: &[&str]) -> (Command, tempfile::TempDir) {
    let (other, home) = command(wire, &[]);
    let mut program = Command::new(other.get_program());
    program.args(arguments).env_clear().envs(other.get_envs().filter_map(|(name, value)| Some((name, value?))));
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    (program, home)
}

/// Signs in with a code, as a person with a browser elsewhere; the status and both outputs.
async fn with_a_code(wire: &Wire, more: &[&str]) -> Output {
    let (mut program, _home) = program(wire, &[&["sign-in", "--method", "device-code"], more].concat());
    let mut running = program.spawn().unwrap();
    let mut errors = BufReader::new(running.stderr.take().unwrap());
    let mut line = String::new();
    errors.read_line(&mut line).await.unwrap();
    let address = line.split_whitespace().find(|word| word.starts_with("http")).unwrap_or_else(|| panic!("{line}"));
    let code = line.split("the code ").nth(1).unwrap().split('.').next().unwrap();
    wire.client.get(format!("{address}?code={code}&answer=yes")).send().await.unwrap();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    running.stdout.take().unwrap().read_to_end(&mut stdout).await.unwrap();
    errors.read_to_end(&mut stderr).await.unwrap();
    Output { status: running.wait().await.unwrap(), stdout, stderr }
}

#[tokio::test(flavor = "multi_thread")]
async fn w79_a_person_signs_in_from_the_command_line_and_is_told_that_nothing_is_kept() {
    let wire = Wire::new().await;
    let output = with_a_code(&wire, &[]).await;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("as rehearsal@northlight.example") && told.contains("Nothing is kept"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn w79_without_a_keyring_neither_command_says_that_something_is_kept_or_removed() {
    let wire = Wire::new().await;
    let output = with_a_code(&wire, &["--remember"]).await;
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(told.contains("Signed in") && !told.contains("keeps it"), "{told}");
    assert!(said(&output).contains("keep the sign-in in the system's keyring"), "{}", said(&output));

    let (mut program, _home) = program(&wire, &["sign-out"]);
    let output = program.output().await.unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{}", said(&output));
    assert!(said(&output).contains("remove the sign-in to"), "{}", said(&output));
}
