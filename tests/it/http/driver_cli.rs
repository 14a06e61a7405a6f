//! The command line as a person or a script meets it: sentences, exit status, headless commands against the rehearsal.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// Folders of a person, empty at first.
pub(crate) struct Home(pub(crate) TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let folder = |name: &str| self.0.path().join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command.args(arguments).env_clear().stdin(std::process::Stdio::null());
        command.env("BLOBFREIGHT_CONFIG", folder("config.toml"));
        command.env("BLOBFREIGHT_DATA_DIR", folder("data")).env("BLOBFREIGHT_STATE_DIR", folder("state"));
        command.env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
        command.output().unwrap()
    }
}

pub(crate) fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap())
}

pub(crate) fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", said(output).1);
    serde_json::from_slice(&output.stdout).expect("standard output is JSON")
}

#[test]
fn without_a_terminal_there_is_one_sentence_and_status_2() {
    let (status, sentence) = said(&Home::new().run(&["rehearse"]));
    assert_eq!(status, Some(2));
    assert!(sentence.contains("needs a terminal") && sentence.lines().count() == 1, "{sentence}");
}

#[test]
fn wrong_arguments_end_with_status_2() {
    let home = Home::new();
    for wrong in [&["--what"][..], &["jobs"], &["resume"], &["resume", "../../etc/passwd"], &["jobs", "show"]] {
        assert_eq!(home.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_wrong_command_line_is_one_object_where_json_is_asked_for() {
    let (home, broken) = (Home::new(), Home::new());
    fs::write(broken.0.path().join("config.toml"), "cloud = \"mars\"\n").unwrap();
    for (home, wrong, what) in [
        (&home, &["jobs", "lits", "--json"][..], "'lits'"),
        (&home, &["jobs", "ship", "export-1", "-o", "json"], "--carrier"),
        (&home, &["drafts", "-o", "yaml", "--json"], "yaml"),
        (&home, &["drafts", "show", "../x", "--json"], "../x"),
        (&broken, &["drafts", "--json"], "no cloud `mars`"),
    ] {
        let (status, said) = said(&home.run(wrong));
        assert_eq!((status, said.lines().count()), (Some(2), 1), "{wrong:?}: {said}");
        let error: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(error["error"]["kind"], "usage", "{said}");
        let reason = error["error"]["reason"].as_str().unwrap();
        assert!(
            reason.contains(what) || error["error"]["where"].as_str().is_some_and(|at| at.contains(what)),
            "{said}"
        );
    }
}

#[test]
fn a_cloud_that_nobody_knows_is_refused_by_a_command_that_asks_none() {
    let (status, said) = said(&Home::new().run(&["--cloud", "mars", "drafts"]));
    assert_eq!(status, Some(2));
    assert!(said.contains("no cloud named mars") && said.contains("us-government"), "{said}");
}

#[test]
fn a_broken_configuration_is_told_with_file_and_line() {
    let home = Home::new();
    fs::write(home.0.path().join("config.toml"), "motion = true\nascii = \"yes\"\n").unwrap();
    let (status, sentence) = said(&home.run(&["drafts"]));
    assert_eq!(status, Some(2));
    assert!(sentence.contains("config.toml:2:"), "{sentence}");
    let (status, sentence) = said(&home.run(&["--config", "/nowhere/else.toml", "drafts"]));
    assert_eq!(status, Some(2));
    assert!(sentence.contains("/nowhere/else.toml"), "{sentence}");
}

#[test]
fn an_unknown_cloud_is_told_with_the_known_ones() {
    let (status, sentence) = said(&Home::new().run(&["--cloud", "moon", "locations"]));
    assert_eq!(status, Some(2));
    assert!(sentence.contains("moon") && sentence.contains("us-government"), "{sentence}");
}

#[test]
fn drafts_are_listed_and_discarded_without_a_terminal() {
    let home = Home::new();
    let none = home.run(&["drafts"]);
    assert_eq!(none.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&none.stdout).contains("no drafts"));
    fs::write(home.0.path().join("data/drafts/d1.json"), "{}").unwrap();
    let drafts = json(&home.run(&["drafts", "--json"]));
    assert_eq!((&drafts[0]["id"], &drafts[0]["readable"]), (&Value::from("d1"), &Value::from(false)));
    assert_eq!(home.run(&["drafts", "discard", "d1"]).status.code(), Some(0));
    assert_eq!(json(&home.run(&["drafts", "--json"])), Value::Array(Vec::new()));
    let (status, sentence) = said(&home.run(&["drafts", "discard", "d1"]));
    assert_eq!(status, Some(2));
    assert!(sentence.contains("no draft named d1") && sentence.lines().count() == 1, "{sentence}");
}

#[test]
fn headless_commands_ask_the_rehearsal_like_any_other_cloud() {
    let home = Home::new();
    let locations = json(&home.run(&["--cloud", "rehearsal", "locations", "--json"]));
    let names: Vec<&str> = locations.as_array().unwrap().iter().filter_map(|l| l["name"].as_str()).collect();
    assert!(names.contains(&"westeurope"), "{names:?}");
    let table = home.run(&["locations", "--cloud", "rehearsal"]);
    assert!(String::from_utf8_lossy(&table.stdout).starts_with("LOCATION "));

    let (status, sentence) =
        said(&home.run(&["--cloud", "rehearsal", "locations", "--region", "westeurope", "-g", "g", "--country", "NL"]));
    assert_eq!(status, Some(1), "{sentence}");
    let subscription = sentence.split([' ', ',']).find(|word| word.len() == 36).expect("the ids are named").to_owned();
    let all = json(&home.run(&["--cloud", "rehearsal", "jobs", "list", "--json"]));
    assert!(all["jobs"].is_array() && all["unavailable"] == serde_json::json!([]), "{all}");
    let jobs = home.run(&["--cloud", "rehearsal", "jobs", "list", "--json", "--subscription", &subscription]);
    let listed = json(&jobs);
    assert!(listed["jobs"].is_array() && listed["unavailable"] == serde_json::json!([]), "{listed}");
    let show = ["--cloud", "rehearsal", "jobs", "show", "none", "-g", "nowhere", "--subscription", &subscription];
    let (status, sentence) = said(&home.run(&show));
    assert_eq!(status, Some(1));
    assert!(sentence.contains("none") && sentence.lines().count() == 1, "{sentence}");
}

#[test]
fn the_configuration_is_found_shown_and_edited_from_the_command_line() {
    let home = Home::new();
    let paths = json(&home.run(&["config", "path", "--json"]));
    assert_eq!(paths["config"]["exists"], Value::from(false));
    assert!(paths["log"]["path"].as_str().unwrap().ends_with("state/blobfreight.log"), "{paths}");

    let file = home.0.path().join("config.toml");
    fs::write(&file, "motion = false\n[clouds.lab]\narm = \"https://a.example\"\nauthority = \"https://b.example\"\n")
        .unwrap();
    let shown = json(&home.run(&["config", "show", "--ascii", "-o", "json"]));
    let one = |key: &str| {
        let found =
            shown.as_array().unwrap().iter().find(|one| one["key"] == key).unwrap_or_else(|| panic!("{key}: {shown}"));
        (found["value"].as_str().unwrap().to_owned(), found["from"].as_str().unwrap().to_owned())
    };
    assert_eq!(one("ascii"), ("true".to_owned(), "option".to_owned()));
    assert_eq!(one("motion"), ("false".to_owned(), "file".to_owned()));
    assert_eq!(one("cloud"), ("public".to_owned(), "default".to_owned()));
    assert_eq!(one("clouds.lab.arm"), ("https://a.example".to_owned(), "file".to_owned()));

    fs::remove_file(&file).unwrap();
    let editing = |editor: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command.args(["config", "edit"]).env_clear().stdin(std::process::Stdio::null());
        command.env("PATH", "/usr/bin:/bin").env("BLOBFREIGHT_CONFIG", &file).env("EDITOR", editor);
        command.output().unwrap()
    };
    assert_eq!(editing("true").status.code(), Some(0), "the sample is right as it is");
    assert!(fs::read_to_string(&file).unwrap().contains("#cloud = "), "every key is there as a comment");
    let (status, told) = said(&editing("printf 'ascii = 3\\n' >"));
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("config.toml:1:9"), "{told}");
    let (status, told) = said(&editing("no-such-editor"));
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("no-such-editor") && told.contains("Set VISUAL or EDITOR"), "{told}");
}

#[test]
fn completions_know_the_drafts_and_man_pages_are_written_for_every_command() {
    let home = Home::new();
    assert_eq!(home.run(&["drafts"]).status.code(), Some(0));
    fs::write(home.0.path().join("data/drafts/d1.json"), "{}").unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = home.run(&["completions", shell]);
        assert_eq!(script.status.code(), Some(0), "{shell}");
        assert!(String::from_utf8_lossy(&script.stdout).contains("BLOBFREIGHT_COMPLETE"), "{shell}");
    }
    let mut asked = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    asked.args(["--", "blobfreight", "drafts", "show", ""]).env_clear().env("BLOBFREIGHT_COMPLETE", "fish");
    asked.env("BLOBFREIGHT_DATA_DIR", home.0.path().join("data"));
    let offered = String::from_utf8(asked.output().unwrap().stdout).unwrap();
    assert!(offered.lines().any(|line| line.split('\t').next() == Some("d1")), "{offered}");

    let pages = home.0.path().join("man/man1");
    assert_eq!(home.run(&["man", pages.to_str().unwrap()]).status.code(), Some(0));
    let page = fs::read_to_string(pages.join("blobfreight-jobs-watch.1")).unwrap();
    assert!(page.contains("EXIT STATUS") && page.contains("blobfreight jobs watch export"), "{page}");
}
