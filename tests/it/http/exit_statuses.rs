//! An exit status means the same whatever the command: each command is tried with what nobody can mean, with a draft and a file that are not
//! there, with nobody signed in and without a terminal.

use std::fs;

use blobfreight::cli::Cli;
use clap::{Command, CommandFactory as _};

use crate::http::driver_cli::{Home, said};

/// Arguments of each command, down to those without commands of their own.
fn commands() -> Vec<Vec<String>> {
    fn below(command: &Command, above: &[String], found: &mut Vec<Vec<String>>) {
        let own = command.get_subcommands().filter(|one| one.get_name() != "help");
        let here: Vec<&Command> = own.collect();
        if here.is_empty() {
            found.push(above.to_vec());
        }
        for one in here {
            below(one, &[above, &[one.get_name().to_owned()]].concat(), found);
        }
    }
    let mut found = Vec::new();
    below(&Cli::command(), &[], &mut found);
    found
}

/// Runs a command; the word LIST stands for a list that can be read.
fn run(home: &Home, arguments: &[&str]) -> (Option<i32>, String) {
    let list = home.0.path().join("list.xml");
    fs::write(&list, "<BlobList><BlobPathPrefix>/media/</BlobPathPrefix></BlobList>").unwrap();
    let arguments: Vec<&str> =
        arguments.iter().map(|word| if *word == "LIST" { list.to_str().unwrap() } else { word }).collect();
    said(&home.run(&arguments))
}

/// Each is one sentence with what to do, and has this status.
fn refused(cases: &[&[&str]], status: i32, words: &str) {
    let home = Home::new();
    for case in cases {
        let (found, told) = run(&home, case);
        // A list may get remarks before it.
        let sentence = told.lines().last().unwrap();
        assert_eq!(found, Some(status), "{case:?}: {told}");
        assert!(sentence.contains(words), "{case:?}: {told}");
        assert!(!sentence.contains("os error"), "{case:?}: {sentence}");
        let advice = sentence.trim_end_matches('.').contains(". ");
        assert!(advice, "{case:?} says what to do: {sentence}");
    }
}

#[test]
fn w102_an_argument_that_no_command_has_is_status_2_in_each_of_them() {
    let home = Home::new();
    let all = commands();
    assert!(all.len() > 30, "{all:?}");
    for command in all {
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.push("--no-such-option");
        let (status, sentence) = said(&home.run(&arguments));
        assert_eq!(status, Some(2), "{command:?}: {sentence}");
        assert!(sentence.contains("--no-such-option"), "{command:?}: {sentence}");
    }
}

#[test]
fn w102_a_draft_that_is_not_there_is_status_2_in_each_command_that_takes_one() {
    let cases: [&[&str]; 8] = [
        &["drafts", "show", "none"],
        &["drafts", "delete", "none"],
        &["drafts", "restore", "none"],
        &["drafts", "export", "none"],
        &["drafts", "unlock", "none"],
        &["select", "--draft", "none"],
        &["select", "--draft", "none", "--list", "LIST"],
        &["scan", "--draft", "none", "--drives", "4TB"],
    ];
    refused(&cases, 2, "there is no draft named none. `blobfreight drafts` lists");
}

#[test]
fn w102_a_file_that_is_not_there_is_status_2_in_each_command_that_takes_one() {
    let cases: [&[&str]; 8] = [
        &["--config", "no-such-file", "drafts"],
        &["config", "--config", "no-such-file", "show"],
        &["drafts", "import", "no-such-file"],
        &["select", "--list", "no-such-file"],
        &["select", "--list", "no-such-file", "--new"],
        &["scan", "--list", "no-such-file", "--drives", "4TB"],
        &["new", "--answers", "no-such-file"],
        &["verify", ".", "--logs", "no-such-file"],
    ];
    refused(&cases, 2, "there is no such file");
}

#[test]
fn w102_without_a_terminal_what_asks_at_one_is_status_2() {
    let cases: [&[&str]; 4] = [&[], &["rehearse"], &["resume", "none"], &["--service", "classic"]];
    refused(&cases, 2, "needs a terminal");
}

#[cfg(unix)]
#[test]
fn w102_where_nothing_can_be_written_is_status_1_in_each_command_that_writes() {
    let cases: [&[&str]; 2] = [&["man", "/dev/null/pages"], &["select", "--list", "LIST", "--new"]];
    let home = Home::new();
    fs::write(home.0.path().join("data"), "in the place of the folder").unwrap();
    for case in cases {
        let (status, sentence) = run(&home, case);
        assert_eq!(status, Some(1), "{case:?}: {sentence}");
        assert!(sentence.contains("a file is in the place of a"), "{case:?}: {sentence}");
    }
}
