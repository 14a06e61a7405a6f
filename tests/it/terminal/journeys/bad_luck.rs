//! Bad input and bad luck: one sentence that says what was tried, what is wrong and what to do.

use std::process::{Command, Output};

use crate::support::export_steps;
use crate::support::pty::Home;
use crate::terminal::journeys::azure::Azure;

fn run(home: &Home, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_blobfreight"))
        .args(arguments)
        .env("BLOBFREIGHT_CONFIG", home.config())
        .env("BLOBFREIGHT_DATA_DIR", home.data())
        .env("BLOBFREIGHT_STATE_DIR", home.state())
        .output()
        .unwrap()
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_broken_configuration_names_file_and_line_and_what_to_do() {
    let home = Home::new();
    std::fs::write(
        home.config(),
        "ascii = true\n[clouds.lab]\nauthority = \"https://example.com\"\narm = \"http://example.com\"\n",
    )
    .unwrap();
    let output = run(&home, &["drafts"]);
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    for part in ["config.toml:4:7", "https://"] {
        assert!(words(&output).contains(part), "{part} is missing: {}", words(&output));
    }
}

#[test]
fn a_draft_nobody_has_is_told_by_name() {
    let home = Home::new();
    let mut program = home.blobfreight(&["resume", "20200101-0000-deadbeef"]).start();
    program.shows("20200101-0000-deadbeef");
}

#[test]
fn a_wrong_argument_is_status_2_with_the_usage() {
    let home = Home::new();
    let output = run(&home, &["rehurse"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("rehearse"), "the nearest command is named: {}", words(&output));
}

#[test]
fn an_unreachable_azure_is_told_next_to_the_step_and_can_be_tried_again() {
    let home = Home::new();
    let azure = Azure::start();
    let start = azure.program(&home, &[]);
    drop(azure);
    let mut program = start.start();
    program.shows("New export").press("Enter");
    export_steps::sign_in_by_principal(&mut program);
    program.shows("Could not").shows("tries again");
    program.press("q");
    assert_eq!(program.wait_exit(), 0);
}
