//! A recorded session holds no secret and, played again, ends in the same draft, on the same step, with the same screen.

use std::path::PathBuf;

use blobfreight::draft::Draft;
use blobfreight::driver::record;
use blobfreight::protocol::step::Step;

use crate::support::pty::{Home, Start};
use crate::support::replay::Replay;

fn file(home: &Home) -> PathBuf {
    home.path().join("recording.jsonl")
}

/// The program with its session recorded. It prints times as this process does.
pub(super) fn in_file(start: Start, home: &Home) -> Start {
    let start = start.env(record::VARIABLE, file(home));
    match std::env::var("TZ") {
        Ok(zone) => start.env("TZ", zone),
        Err(_) => start,
    }
}

/// The whole recording.
pub(super) fn read(home: &Home) -> String {
    std::fs::read_to_string(file(home)).unwrap()
}

/// Checks the recording of a whole export, which ended with the BitLocker keys on `last_screen`.
pub(super) fn plays_again(home: &Home, last_screen: &str) {
    let recording = read(home);
    let draft = draft_on_disk(home);
    let account_number = &draft.address.shipping.account_number;
    assert!(
        !account_number.is_empty() && !recording.contains(account_number.as_str()),
        "the account number is recorded"
    );
    for part in keys_on_disk(home) {
        assert!(!recording.contains(&part), "a key is recorded");
    }

    let mut replay = Replay::of(&recording);
    let (mut messages, mut effects, mut screens) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(replayed) = replay.play() {
        messages.push(replayed.message);
        effects.extend(replayed.effects);
        screens.push(replay.screen());
    }
    for once in ["Create CreateJob", "Ship UpdateJob", "SaveKeys SaveKeys", "quit"] {
        assert_eq!(effects.iter().filter(|effect| *effect == once).count(), 1, "{once} in {effects:?}");
    }
    // A spinner may have turned between the look at the screen and the last key.
    let saved = messages.iter().rposition(|message| message == "Done SaveKeys").expect("the keys were saved");
    let last_screen = last_screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert!(
        screens[saved..].iter().any(|screen| *screen == last_screen.trim_end()),
        "the person saw\n{last_screen}\n\nand the replay shows\n{}",
        screens[saved]
    );
    let mut expected = draft;
    expected.address.shipping.account_number =
        blobfreight::azure::model::masked(&expected.address.shipping.account_number);
    assert_eq!(expected.step, Step::Keys);
    assert_eq!(replay.model.draft(), Some(&expected));
}

fn draft_on_disk(home: &Home) -> Draft {
    let files = std::fs::read_dir(home.data().join("drafts")).unwrap().map(|entry| entry.unwrap().path());
    let draft = files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "json")).unwrap();
    serde_json::from_str(&std::fs::read_to_string(draft).unwrap()).unwrap()
}

/// The keys as they were saved, in pairs of groups: six digits alone are in many a time.
fn keys_on_disk(home: &Home) -> Vec<String> {
    let folder = std::fs::read_dir(home.data().join("keys")).unwrap();
    let text: String = folder.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let keys: Vec<String> =
        text.lines().filter_map(|line| line.trim().strip_prefix("Key ")).map(str::to_owned).collect();
    assert!(!keys.is_empty(), "no key in the saved file:\n{text}");
    let pairs = |key: &String| {
        let groups: Vec<&str> = key.split('-').collect();
        groups.windows(2).map(|pair| pair.join("-")).collect::<Vec<_>>()
    };
    keys.iter().flat_map(pairs).collect()
}
