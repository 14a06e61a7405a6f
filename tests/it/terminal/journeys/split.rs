//! An export of more drives than a job takes becomes several drafts, each of which counts its own drives.

use std::process::Command;

use crate::support::pty::Home;

/// The drafts as `blobfreight drafts --json` tells them.
fn drafts(home: &Home) -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_blobfreight"))
        .args(["drafts", "--json"])
        .env("BLOBFREIGHT_CONFIG", home.config())
        .env("BLOBFREIGHT_DATA_DIR", home.data())
        .env("BLOBFREIGHT_STATE_DIR", home.state())
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What each draft on disk exports, the whole of it sorted.
fn rules(home: &Home) -> Vec<String> {
    let files = std::fs::read_dir(home.data().join("drafts")).unwrap().map(|entry| entry.unwrap().path());
    let drafts = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let mut rules: Vec<String> = drafts
        .flat_map(|path| {
            let draft: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            draft["selection"]["rules"].as_array().unwrap().clone()
        })
        .map(|rule| rule["Prefix"].as_str().unwrap().to_owned())
        .collect();
    rules.sort();
    rules
}

const FOLDERS: [&str; 5] = ["2019-lofoten", "2020-kiruna", "2021-svalbard", "2022-inari", "2023-tromso"];

#[test]
fn w40_more_than_ten_drives_become_drafts_of_a_job_each() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("northlightarchive").press("Tab").press("Enter").shows("▸ [ ] footage");
    for _ in 0..5 {
        program.press("Down");
    }
    program.press("Right").shows("▸ [ ] 2018-rondane/").press("Right");
    for folder in FOLDERS {
        program.press("Down").press("Space").shows(&format!("[x] {folder}/"));
    }
    program.press("Alt-Right").shows("Drives to buy").shows("Counted just now");
    program.press("Tab").press("Ctrl-u").type_text("1TB").press("Shift-Tab").shows("28 drives of 1TB are needed");
    program.shows("or make 3").press("d").shows("Make 2 new drafts of this one?");
    assert_eq!(drafts(&home).len(), 1, "nothing is made before the yes");
    program
        .press("y")
        .shows("This draft is job 1 of 3 now")
        .shows("This is job 1 of 3")
        .shows("8 drives of 1TB are needed");
    program.shows_matching(|screen| screen.contains("draft saved"), "the draft is saved").press("q");
    assert_eq!(program.wait_exit(), 0);

    let made = drafts(&home);
    let mut parts: Vec<u64> = made.iter().map(|draft| draft["part"]["number"].as_u64().unwrap()).collect();
    parts.sort_unstable();
    assert_eq!(parts, [1, 2, 3], "{made:?}");
    assert_eq!(rules(&home), FOLDERS.map(|folder| format!("/footage/{folder}/")), "every folder is in one draft");

    let second = made.iter().find(|draft| draft["part"]["number"] == 2).unwrap();
    assert!(second["job"].as_str().unwrap().ends_with("-2"), "{second}");
    let mut program = home.blobfreight(&["resume", second["id"].as_str().unwrap()]).start();
    program.shows("Drives to buy").shows("This is job 2 of 3").shows("10 drives of 1TB").press("Alt-Right");
    program.shows("Return address and carrier").press("Ctrl-c");
    assert_eq!(program.wait_exit(), 0);
}

/// The numbers before a word on the screen: `5,391` before ` blobs`.
fn number_before(screen: &str, word: &str) -> u64 {
    let before = screen.split(word).next().unwrap();
    let digits: String = before.chars().rev().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.chars().rev().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

#[test]
fn w40_one_rule_too_big_for_a_job_is_cut_and_no_blob_is_lost_or_doubled() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("northlightarchive").press("Tab").press("Enter").shows("▸ [ ] footage").press("Space").shows("▾ [x]");
    program.press("Alt-Right").shows("Drives to buy").shows("Counted just now").press("Left").press("Left");
    program.shows("30 drives of 1TB are needed");
    let all = number_before(&program.screen(), " blobs, ");
    program.press("d").shows("Too big for one job: the whole account").press("y").shows("This is job 1 of 3");
    program.shows("drives of 1TB are needed").shows("draft saved").press("q");
    assert_eq!(program.wait_exit(), 0);

    let mut counted = 0;
    for draft in drafts(&home) {
        let mut program = home.blobfreight(&["resume", draft["id"].as_str().unwrap()]).start();
        program.shows("Drives to buy").press("r").shows("Counted just now").shows("drives of 1TB are needed");
        let screen = program.screen();
        counted += number_before(&screen, " blobs, ");
        assert!(number_before(&screen, " drives of 1TB are needed") <= 10, "{screen}");
        program.press("q");
        assert_eq!(program.wait_exit(), 0);
    }
    assert_eq!(counted, all);
}
