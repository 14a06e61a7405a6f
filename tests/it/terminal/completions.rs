//! What the Tab key does in a real shell that has the script of `blobfreight completions`: commands, options, names of drafts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::pty::{Home, Pty};

const BINARY: &str = env!("CARGO_BIN_EXE_blobfreight");
/// A draft with a job.
const DRAFT: &str = "20261122-1000-7f3a09c1";

/// A home with a draft, of a version that opens for ever.
fn home() -> Home {
    let home = Home::new();
    let drafts = home.data().join("drafts");
    fs::create_dir_all(&drafts).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/pure/drafts/golden/v9.json");
    fs::copy(golden, drafts.join(format!("{DRAFT}.json"))).unwrap();
    home
}

/// The script of a shell as a file, as packages install it.
fn script(home: &Home, shell: &str, name: &str) -> PathBuf {
    let written = Command::new(BINARY).args(["completions", shell]).output().unwrap();
    assert!(written.status.success(), "{written:?}");
    let folder = home.path().join("completions");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), written.stdout).unwrap();
    folder
}

/// An interactive shell that finds the program; `None` where there is no such shell.
fn shell(home: &Home, shell: &str, arguments: &[&str]) -> Option<Pty> {
    if Command::new(shell).arg("--version").output().is_err() {
        println!("skipped: {shell} is not here");
        return None;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [Path::new(BINARY).parent().unwrap().to_owned()].into_iter().chain(std::env::split_paths(&path));
    let start = home.program(shell, arguments).env("PATH", std::env::join_paths(folders).unwrap()).env("PS1", "$ ");
    Some(start.size(120, 40).start())
}

/// Types the beginning of a word, presses Tab, and sees the rest of it. Then clears the line.
fn completes(shell: &mut Pty, typed: &str, whole: &str) {
    shell.type_text(typed).press("Tab").shows(whole).press("Ctrl-u");
}

/// Commands, options and their values, and drafts.
fn completes_all(shell: &mut Pty) {
    completes(shell, "blobfreight reh", "blobfreight rehearse");
    completes(shell, "blobfreight resume 2026", &format!("blobfreight resume {DRAFT}"));
    completes(shell, "blobfreight drafts show 2026", &format!("blobfreight drafts show {DRAFT}"));
    completes(shell, "blobfreight drafts --output ts", "blobfreight drafts --output tsv");
    completes(shell, "blobfreight scan --no-mot", "blobfreight scan --no-motion");
}

#[test]
fn bash_completes_commands_options_and_drafts() {
    let home = home();
    let folder = script(&home, "bash", "blobfreight");
    let Some(mut shell) = shell(&home, "bash", &["--norc", "--noprofile", "-i"]) else { return };
    shell.shows("$ ").type_text(&format!(". {}/blobfreight\r", folder.display()));
    completes_all(&mut shell);
}

#[test]
fn zsh_completes_them_at_the_first_press_of_tab_where_a_package_put_the_script() {
    let home = home();
    let folder = script(&home, "zsh", "_blobfreight");
    let Some(mut shell) = shell(&home, "zsh", &["-f", "-i"]) else { return };
    shell.shows("$ ");
    shell.type_text(&format!(
        "fpath=({} $fpath); autoload -Uz compinit; compinit -u -D; echo re''ady\r",
        folder.display()
    ));
    shell.shows("ready");
    completes_all(&mut shell);
}

#[test]
fn zsh_completes_them_where_the_script_was_read_at_the_start() {
    let home = home();
    let folder = script(&home, "zsh", "blobfreight.zsh");
    let Some(mut shell) = shell(&home, "zsh", &["-f", "-i"]) else { return };
    let file = folder.join("blobfreight.zsh");
    shell.shows("$ ");
    shell.type_text(&format!("autoload -Uz compinit; compinit -u -D; source {}; echo re''ady\r", file.display()));
    shell.shows("ready");
    completes_all(&mut shell);
}

#[test]
fn fish_completes_them() {
    let home = home();
    let folder = script(&home, "fish", "blobfreight.fish");
    let Some(mut shell) = shell(&home, "fish", &["--no-config", "-i"]) else { return };
    shell.shows("~").type_text(&format!("source {}/blobfreight.fish; echo re''ady\r", folder.display()));
    shell.shows("ready");
    completes_all(&mut shell);
}
