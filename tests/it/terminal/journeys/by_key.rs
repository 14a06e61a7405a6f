//! One account opened by its key, without a sign-in: its blobs are picked and saved as a list, a job asks for the sign-in.

use std::process::Command;

use crate::support::pty::{Home, Start};
use crate::terminal::journeys::azure::Azure;
use crate::terminal::journeys::recorded;

const KEY: &str = "AZURE_STORAGE_KEY";

fn by_key(home: &Home, azure: &Azure) -> Start {
    home.blobfreight(&["--blob-endpoint", azure.get("blob")]).env(KEY, azure.get("storageKey"))
}

/// What the program prints without a terminal.
fn printed(home: &Home, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_blobfreight"))
        .args(arguments)
        .env("BLOBFREIGHT_CONFIG", home.config())
        .env("BLOBFREIGHT_DATA_DIR", home.data())
        .env("BLOBFREIGHT_STATE_DIR", home.state())
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The name of the only draft.
fn draft(home: &Home) -> String {
    let listed = printed(home, &["drafts"]);
    listed.lines().nth(1).and_then(|line| line.split_whitespace().next()).unwrap().to_owned()
}

#[test]
fn blobs_are_picked_with_the_key_alone_and_saved_as_a_list() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = recorded::in_file(by_key(&home, &azure), &home).start();
    program.shows("Blobs to export").shows("account by key").shows("the key given").shows("▸ [ ] book");
    program.press("Down").press("Down").press("Down").press("Space").shows("▸ [x] book");
    program.press("Alt-4").shows("Drives to buy").shows("1 drive of 4TB is needed").shows("Counted just now");
    program.press("Alt-5").shows("a key opens only");
    program.press("Alt-8").shows("Review and create").shows("sign in");
    program.press("Alt-1").shows("needs no sign-in");
    program.press("q");
    assert_eq!(program.wait_exit(), 0);

    let list = printed(&home, &["select", "--draft", &draft(&home)]);
    assert!(list.contains("<BlobPathPrefix>/book/</BlobPathPrefix>"), "{list}");
    let file = home.data().join("drafts").join(format!("{}.json", draft(&home)));
    assert!(!std::fs::read_to_string(file).unwrap().contains(azure.get("storageKey")), "the key is in the draft");
    let recording = recorded::read(&home);
    assert!(
        recording.contains(azure.get("blob")) && !recording.contains(azure.get("storageKey")),
        "the key is recorded"
    );
}

#[test]
fn a_resumed_draft_asks_for_the_key_by_the_name_of_its_variable() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = by_key(&home, &azure).start();
    program.shows("▸ [ ] book").press("Down").press("Space").shows("[x]").press("q");
    assert_eq!(program.wait_exit(), 0);

    let name = draft(&home);
    let mut without = home.blobfreight(&["resume", &name]).start();
    without.shows("Could not open the account").shows("AZURE_STORAGE_KEY").press("q");
    assert_eq!(without.wait_exit(), 0);
    let mut with = home.blobfreight(&["resume", &name]).env(KEY, azure.get("storageKey")).start();
    with.shows("book").shows("[x]").press("q");
    assert_eq!(with.wait_exit(), 0);
}

#[test]
fn a_draft_left_on_the_drives_opens_its_account_by_itself_and_counts() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = by_key(&home, &azure).start();
    program.shows("▸ [ ] book").press("Down").press("Space").shows("[x]").press("Alt-4");
    program.shows("Counted just now").press("q");
    assert_eq!(program.wait_exit(), 0);

    let name = draft(&home);
    let mut without = home.blobfreight(&["resume", &name]).start();
    without.shows("Drives to buy").shows("Could not open the account").press("r").shows("Blobs says").press("q");
    assert_eq!(without.wait_exit(), 0);
    let mut with = home.blobfreight(&["resume", &name]).env(KEY, azure.get("storageKey")).start();
    with.shows("Drives to buy").press("r").shows("Counted just now").press("q");
    assert_eq!(with.wait_exit(), 0);
}

#[test]
fn without_anything_to_open_the_account_with_one_sentence_names_the_variables() {
    let home = Home::new();
    let program = home.blobfreight(&["--blob-endpoint", "https://example.blob.core.windows.net"]).start();
    assert_eq!(program.wait_exit(), 2);
    assert!(program.after_exit().contains("AZURE_STORAGE_KEY"), "{}", program.after_exit());
}

#[test]
fn a_wrong_key_is_told_where_the_containers_would_be() {
    let home = Home::new();
    let azure = Azure::start();
    let start = home.blobfreight(&["--blob-endpoint", azure.get("blob")]).env(KEY, "AAAA");
    let mut program = start.size(120, 30).start();
    program.shows("forbidden").press("q");
    assert_eq!(program.wait_exit(), 0);
}

#[test]
fn the_mouse_is_off_until_it_is_switched_on_and_then_checks_and_opens_rows() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = by_key(&home, &azure).start();
    program.shows("▸ [ ] book").has_modes(|modes| !modes.mouse, "no mouse");
    program.press("m").shows("mouse on").has_modes(|modes| modes.mouse, "the mouse");
    let row = program.row_of("▸ [ ] book");
    let line = program.screen().lines().nth(row.into()).unwrap().to_owned();
    let column = |text: &str| line.split(text).next().unwrap().chars().count();
    let click = |column: usize| format!("\x1b[<0;{};{}M", column + 1, row + 1);
    program.send(click(column("[ ] book")).as_bytes()).shows("▸ [x] book");
    program.send(click(column("▸ [ ] book")).as_bytes()).shows("▾ [x] book");
    program.press("m").shows_not("mouse on").has_modes(|modes| !modes.mouse, "no mouse again");
    program.press("q");
    assert_eq!(program.wait_exit(), 0);
}
