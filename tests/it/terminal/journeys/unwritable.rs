//! The data directory cannot be written for a while: the wizard says so, goes on, and loses nothing.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::support::export_steps;
use crate::support::pty::Home;

const MARK: &str = "DRAFT NOT SAVED";

fn permit(folder: &Path, mode: u32) {
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

/// The words of the screen, however they are wrapped.
fn words(screen: &str) -> String {
    // The signs that there is more above or below stand at the end of a line.
    screen.replace(['↑', '↓'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is on disk of the one draft.
fn on_disk(drafts: &Path) -> String {
    let is_draft = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
    let files: Vec<PathBuf> =
        fs::read_dir(drafts).unwrap().map(|entry| entry.unwrap().path()).filter(is_draft).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    fs::read_to_string(&files[0]).unwrap()
}

#[test]
fn w20_a_data_directory_that_cannot_be_written_is_told_the_wizard_goes_on_and_the_next_edit_saves() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let home = Home::new();
        let Some(start) = home.bound(&["rehearse"]) else { return };
        let drafts = home.data().join("drafts");
        let mut program = start.size(80, 24).start();
        export_steps::choose_an_account(&mut program);
        program.press("Alt-5").shows("Contact name").shows("draft saved");
        program.resize(columns, rows);
        permit(&drafts, 0o555);
        program.type_text("Ana").shows(MARK).shows("Could not save the draft");
        program.type_text(" Example").shows("Ana Example");
        assert!(program.screen().contains(MARK) && !on_disk(&drafts).contains("Ana"), "{}", program.screen());
        // The whole reason, wherever the remark had to be cut.
        program.press("Shift-Tab").press("!").shows("Messages, newest first").press("PageDown");
        let whole = "permission was denied. Check who owns the directory, or start with another data directory.";
        program.shows_matching(|screen| words(screen).contains(whole), "the whole reason");
        program.press("Esc").shows_not("Esc close").press("Tab").shows("Ana Example");
        permit(&drafts, 0o700);
        program.type_text(" Ltd").shows("Ana Example Ltd").shows_not(MARK).shows_not("Could not save");
        program.press("Ctrl-c");
        assert_eq!(program.wait_exit(), 0);
        assert!(program.after_exit().contains("Draft kept."), "{}", program.screen());
        assert!(on_disk(&drafts).contains("Ana Example Ltd"));
    }
}

#[test]
fn w20_leaving_while_the_data_directory_cannot_be_written_says_that_the_changes_are_lost_and_why() {
    let home = Home::new();
    let Some(start) = home.bound(&["rehearse"]) else { return };
    let drafts = home.data().join("drafts");
    let mut program = start.start();
    export_steps::choose_an_account(&mut program);
    program.press("Alt-5").shows("Contact name").shows("draft saved");
    permit(&drafts, 0o555);
    program.type_text("Ana").shows(MARK).press("Ctrl-c");
    program.wait_exit();
    let said = program.after_exit().replace('\n', "");
    assert!(
        said.contains("The last changes of the draft are lost.") && said.contains("permission was denied"),
        "{said}"
    );
    permit(&drafts, 0o700);
}
