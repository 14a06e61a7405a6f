//! The recording of a whole rehearsal, `docs/rehearsal.cast`: what the program wrote while a person walked through it. It is written only when asked for:
//! `cargo test --test terminal recording -- --ignored`.

use std::fs;
use std::num::NonZero;
use std::path::PathBuf;

use blobfreight::protocol::step::Step;
use serde_json::Value;

use super::walk::{Walk, with_folder_named};
use crate::support::cast::{CastMark, cast};
use crate::support::pty::Home;

const SIZE: (u16, u16) = (80, 24);
const TITLE: &str = "A whole export, rehearsed on a simulated Azure";

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/rehearsal.cast")
}

#[test]
#[ignore = "writes docs/rehearsal.cast; run it with --ignored after a change of the screens"]
fn a_whole_rehearsal_is_recorded() {
    let home = Home::new();
    let program = home.blobfreight(&[]).size(SIZE.0, SIZE.1).start();
    let mut marks = Vec::new();
    let mut program = Walk::whole(program, &mut |program, _, title| {
        marks.push(CastMark { at: program.bytes_written(), name: title.to_owned() });
    });
    program.press("q");
    assert_eq!(program.wait_exit(), 0);
    let output = with_folder_named(&home, &program.raw_output());
    fs::write(file(), cast(TITLE, SIZE, &output, &marks)).unwrap();
}

fn empty_terminal() -> vt100::Parser {
    let (columns, rows) = SIZE;
    vt100::Parser::new(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap(), 0)
}

/// Each text of the recording, with the time of it.
fn events(recording: &str) -> Vec<(f64, String)> {
    let lines = recording.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).unwrap());
    let shown = lines.filter(|event| event[1] == "o");
    shown.map(|event| (event[0].as_f64().unwrap(), event[2].as_str().unwrap().to_owned())).collect()
}

#[test]
fn the_recording_plays_and_shows_every_step() {
    let recording = fs::read_to_string(file()).unwrap();
    let head: Value = serde_json::from_str(recording.lines().next().unwrap()).unwrap();
    assert_eq!((&head["version"], &head["width"], &head["height"]), (&2.into(), &SIZE.0.into(), &SIZE.1.into()));
    assert!(recording.len() < 300_000, "{} bytes", recording.len());
    let mut terminal = empty_terminal();
    let (mut before, mut screens) = (0.0, Vec::new());
    for (time, text) in events(&recording) {
        assert!(time >= before, "{time} behind {before}");
        before = time;
        terminal.process(text.as_bytes());
        screens.push(terminal.screen().contents());
    }
    let stale: Vec<Step> =
        Step::ALL.iter().copied().filter(|step| !screens.iter().any(|screen| screen.contains(step.title()))).collect();
    assert!(
        stale.is_empty(),
        "no screen has the title of {stale:?}: cargo test --test terminal recording -- --ignored"
    );
    assert!(!terminal.screen().alternate_screen() && !terminal.screen().hide_cursor(), "the terminal is given back");
}

#[test]
fn the_recording_holds_no_secret_and_nothing_of_the_machine_it_was_made_on() {
    let recording = fs::read_to_string(file()).unwrap();
    let mut terminal = empty_terminal();
    for (_, text) in events(&recording) {
        terminal.process(text.as_bytes());
        let screen = terminal.screen().contents();
        let key = |word: &str| {
            let groups = word.split('-').filter(|group| group.len() == 6 && group.bytes().all(|b| b.is_ascii_digit()));
            groups.count() > 1
        };
        assert!(!screen.split_whitespace().any(key), "a BitLocker key:\n{screen}");
        for word in ["/tmp", "sig=", "eyJ", "AccountKey", "/root", "Bearer"] {
            assert!(!screen.contains(word), "{word}:\n{screen}");
        }
    }
}
