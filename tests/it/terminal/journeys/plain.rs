//! Plain line mode: an export on lines, in a terminal that cannot draw and over pipes, and a draft that goes on in the other way of asking.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};

/// From the account step of a rehearsal to the review, typed without waiting: a line is taken only after its question.
const TO_REVIEW: &[&str] = &[
    "4",
    "check 4",
    "next",
    "next",
    "Ana Example",
    "",
    "1 Way",
    "",
    "",
    "Ghent",
    "",
    "9000",
    "Belgium",
    "+32 9 000 00 00",
    "ops@contoso.example",
    "",
    "FedEx",
    "123456789",
    "next",
    "next",
    ":next",
];

/// Simulated seconds in a second.
const CLOCK_RATE: u32 = 1_000_000;

fn home() -> Home {
    let home = Home::new();
    std::fs::write(home.config(), format!("[rehearsal]\nclock-rate = {CLOCK_RATE}\n")).unwrap();
    home
}

fn types(program: &mut Pty, lines: &[&str]) {
    for line in lines {
        program.type_text(&format!("{line}\r"));
    }
}

/// The number of a row that was said.
fn number_of(row: &str, transcript: &str) -> String {
    let line = transcript.lines().find(|line| line.contains(row)).unwrap();
    line.split_once('.').unwrap().0.trim().to_owned()
}

/// Nothing in it has to be seen: no escape code, no drawing, no mark in brackets, and no line twice in a row.
#[track_caller]
fn is_for_the_ear(transcript: &str) {
    assert!(!transcript.contains('\u{1b}'), "an escape code in {transcript:?}");
    let drawn: Vec<char> = transcript.chars().filter(|c| ('\u{2190}'..='\u{2bff}').contains(c)).collect();
    assert!(drawn.is_empty(), "{drawn:?} is drawn in:\n{transcript}");
    for mark in ["[x]", "[ ]", "(*)", "( )", "***", "###"] {
        assert!(!transcript.contains(mark), "{mark} in:\n{transcript}");
    }
    let lines: Vec<&str> = transcript.lines().map(str::trim).filter(|line| line.len() > 20).collect();
    for pair in lines.windows(2) {
        assert_ne!(pair[0], pair[1], "said twice in:\n{transcript}");
    }
}

#[test]
fn w46_a_whole_rehearsal_goes_from_the_account_to_the_checked_drive_by_typed_lines_on_a_terminal_that_cannot_draw() {
    let home = home();
    let mut program = home.blobfreight(&["rehearse"]).env("TERM", "dumb").start();
    program.outputs("plain line mode, on because the terminal is dumb").outputs("Step 2 of 12");
    types(&mut program, TO_REVIEW);
    program.outputs("Container book, checked").outputs("Step 8 of 12").outputs("Note: ");
    types(&mut program, &["create", "next"]);
    program.outputs("it was read back from the service").outputs("Carrier, field 1 of");
    types(&mut program, &["FedEx", "7712345678", ":next"]);
    program.outputs("Announce this parcel?").outputs("Yes or no:");
    types(&mut program, &["yes"]);
    program.outputs("Step 10 of 12").outputs("Finished");
    types(&mut program, &["rehearse"]);
    program.outputs("A drive comes back damaged");
    let row = number_of("A drive comes back damaged", &program.raw_output());
    types(&mut program, &[&row]);
    program.outputs("Done. The job is read anew");
    types(&mut program, &["next"]);
    program.outputs("Step 11 of 12").outputs("hidden").outputs("Not saved yet");
    types(&mut program, &["reveal"]);
    program.outputs("Important: keys that are said stay");
    types(&mut program, &["reveal", "save"]);
    program.outputs("Saved to");
    types(&mut program, &["next"]);
    program.outputs("Step 12 of 12").outputs(".manifest, not checked");
    types(&mut program, &["1"]);
    program.outputs("blobs are damaged").outputs("wrong-hash: \\book\\").outputs("missing-file: \\book\\");
    types(&mut program, &["save reports", "new draft"]);
    program.outputs("takes what is damaged or missing");
    types(&mut program, &["next"]);
    program.outputs("The end of").outputs("1 blob damaged and 1 missing");
    types(&mut program, &["quit"]);
    assert_eq!(program.wait_exit(), 0);
    let transcript = program.raw_output();
    assert!(
        transcript.contains("Keys saved in") && transcript.contains("Resume with: blobfreight resume"),
        "{transcript}"
    );
    let saved = transcript.lines().filter(|line| line.contains("Saved to") && line.contains("bitlocker-keys"));
    assert_eq!(saved.count(), 1, "where the keys are is said once: {transcript}");
    is_for_the_ear(&transcript);
}

#[test]
fn w46_over_pipes_a_wrong_answer_is_said_at_once_and_the_end_of_the_input_keeps_the_draft() {
    let home = home();
    let answers =
        ["4", "next", "check 4", "check 4 99", "next", "next", "", "Ana Example", ":where", ":quit please", ":fields"];
    let (transcript, status) = over_pipes(&home, &["--plain", "rehearse"], &answers);
    assert_eq!(status, Some(0), "{transcript}");
    for said in [
        "plain line mode, on by --plain",
        // On lines nothing is under a cursor.
        "Important: Check what to export first: nothing is checked yet.",
        "You: check 4",
        "Container book, checked",
        "There is no number 99 here",
        "Important: Contact name is missing",
        "Company, field 2 of 14",
        "Step 5 of 12: Return address and carrier.",
        "\"quit please\" is no command here",
        "1. Contact name: Ana Example",
        "Draft kept. Resume with: blobfreight resume ",
    ] {
        assert!(transcript.contains(said), "{said:?} is not in:\n{transcript}");
    }
    is_for_the_ear(&transcript);
}

#[test]
fn w46_a_draft_goes_on_on_lines_and_on_the_whole_screen_again() {
    let home = home();
    let (transcript, _) = over_pipes(&home, &["--plain", "rehearse"], &["4", "check 4", "next", "next", "Ana Example"]);
    let draft = transcript.split("blobfreight resume ").nth(1).unwrap().trim().to_owned();
    let mut screen = home.blobfreight(&["resume", &draft]).start();
    screen.shows("Return address and carrier").shows("Ana Example").press("Down");
    screen.type_text("Northlight").shows("Northlight").shows("draft saved").press("Ctrl-c");
    assert_eq!(screen.wait_exit(), 0);
    let (transcript, _) = over_pipes(&home, &["resume", &draft, "--plain"], &[":fields"]);
    assert!(transcript.contains("1. Contact name: Ana Example") && transcript.contains(": Northlight"), "{transcript}");
}

#[test]
fn w46_a_screen_is_drawn_where_nothing_asks_for_lines() {
    let home = home();
    let mut screen = home.blobfreight(&["rehearse"]).env("BLOBFREIGHT_PLAIN", "0").start();
    export_steps::choose_an_account(&mut screen);
    screen.press("q");
    assert_eq!(screen.wait_exit(), 0);
}

/// What the program writes when it reads these lines from a pipe, and its exit status.
fn over_pipes(home: &Home, arguments: &[&str], lines: &[&str]) -> (String, Option<i32>) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_blobfreight"))
        .args(arguments)
        .env("BLOBFREIGHT_CONFIG", home.config())
        .env("BLOBFREIGHT_DATA_DIR", home.data())
        .env("BLOBFREIGHT_STATE_DIR", home.state())
        .env_remove("BLOBFREIGHT_PLAIN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let typed = lines.join("\n") + "\n";
    program.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
}
