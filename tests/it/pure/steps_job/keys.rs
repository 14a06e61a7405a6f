//! The keys of the returned drives: checked where they can be, masked until they are asked for, each with the commands that unlock its drive.

use std::time::Duration;

use blobfreight::azure::model::{BitLockerKey, Job, JobDrive};
use blobfreight::draft::{Draft, ExportFacts, NextTask, TaskKind};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Effect, Msg, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::rail::progress;

use crate::pure::steps_job::answers::job_in;
use crate::pure::steps_job::{job, known};
use crate::support::app_harness::AppHarness;

const GOOD: &str = "531058-303050-716078-383614-460922-106975-083446-139161";
const DAMAGED: &str = "531058-303050-716079-383614-460922-106975-083446-139161";

/// On Keys with a key for each of these drives, as the service wrote it.
fn with(keys: &[(&str, &str)]) -> AppHarness {
    let mut app = AppHarness::signed_in(Draft { ..known(Step::Keys, "Completed") });
    app.answer(Slot::Job, Ok(job("Completed")));
    app.send(Msg::Tick);
    app.answer(Slot::Keys, Ok(answer(keys)));
    app
}

fn answer(keys: &[(&str, &str)]) -> Reply {
    let key = |(drive, key): &(&str, &str)| BitLockerKey { drive: (*drive).into(), key: (*key).to_owned().into() };
    Reply::Keys(keys.iter().map(key).collect())
}

fn copied(app: &AppHarness) -> &str {
    let copy = app.effects.iter().find_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None });
    copy.unwrap_or_else(|| panic!("{:?}", app.effects))
}

#[test]
fn w57_a_damaged_key_names_its_group_and_shows_nothing_of_itself() {
    let app = with(&[("WX11", DAMAGED), ("WX12", GOOD), ("WX13", "531058-303050")]);
    let screen = app.screen(120, 40);
    for words in ["group 3 of 8 is damaged", "pass BitLocker's own check", "has 48 digits, this has 12"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    assert!(!screen.contains("531058") && !screen.contains("716079"), "{screen}");
}

#[test]
fn w58_the_command_for_the_drive_under_the_cursor_is_masked_until_the_keys_are_revealed() {
    let mut app = with(&[("WX11", GOOD), ("WX12", &GOOD.replace('-', ""))]);
    let commands = [
        "manage-bde -unlock X:",
        "Unlock-BitLocker",
        "WAImportExport.exe",
        "cryptsetup open",
        "dislocker-fuse",
        "anylinuxfs",
    ];
    for command in commands {
        let from = (0..commands.len()).find(|_| app.key(Key::Right).screen(120, 50).contains(command));
        let screen = app.screen(120, 50);
        assert!(from.is_some() && !screen.contains("531058"), "{command}: {screen}");
    }
    app.key(Key::Down).key(Key::Char('v'));
    (0..commands.len()).find(|_| app.key(Key::Right).screen(200, 50).contains("cryptsetup open"));
    let screen = app.screen(200, 50);
    assert!(
        screen.contains(&format!("printf %s '{GOOD}' | sudo cryptsetup")) && screen.contains("bf-WX12"),
        "{screen}"
    );
    app.key(Key::Char('v'));
    assert!(!app.screen(200, 50).contains("531058"));
}

#[test]
fn w58_copying_a_command_says_that_the_key_is_in_it_or_that_it_asks_for_it() {
    let mut app = with(&[("WX11", &GOOD.replace('-', " "))]);
    app.key(Key::Char('c'));
    assert_eq!(copied(&app), GOOD, "in the form that every tool takes");
    (0..6).find(|_| app.key(Key::Right).screen(120, 50).contains("Linux, cryptsetup"));
    app.key(Key::Char('o'));
    assert!(copied(&app).contains(GOOD) && app.notice().contains("has its key in it"), "{}", app.notice());
    (0..6).find(|_| app.key(Key::Right).screen(120, 50).contains("anylinuxfs"));
    app.key(Key::Char('o'));
    assert!(!copied(&app).contains("531058") && app.notice().contains("asks for its key"), "{}", app.notice());
}

#[test]
fn w44_keys_are_masked_and_showing_copying_and_saving_are_three_keys() {
    let mut app = with(&[("WX11", GOOD)]);
    let screen = app.screen(120, 40);
    assert!(screen.contains("••••••-••••••") && !screen.contains("531058"), "{screen}");
    app.key(Key::Char('c'));
    assert_eq!(copied(&app), GOOD);
    assert!(!app.screen(120, 40).contains("531058"), "copying shows nothing");
    app.key(Key::Char('w'));
    assert_eq!(app.told(), ["SaveKeys SaveKeys"]);
    app.answer(Slot::SaveKeys, Ok(Reply::SavedKeys("/home/ana/keys/bitlocker-keys-export-media.txt".into())));
    let screen = app.screen(120, 40);
    assert!(screen.contains("/home/ana/keys/bitlocker-keys-export-media.txt"), "{screen}");
    assert!(!screen.contains("531058"), "saving shows nothing: {screen}");
    app.key(Key::Char('v'));
    assert!(app.screen(120, 40).contains(GOOD) && app.told().is_empty(), "showing neither copies nor saves");
}

#[test]
fn w44_a_drive_whose_key_comes_later_is_named_asked_for_again_and_needs_the_person() {
    let mut app = AppHarness::signed_in(known(Step::Keys, "Completed"));
    let drive = |id: &str, state: &str| JobDrive { id: id.into(), state: state.into(), ..JobDrive::default() };
    let drives = vec![drive("WX11", "ShippedBack"), drive("WX12", "ShippedBack"), drive("WX13", "NeverReceived")];
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(Job { drives, ..job_in("Completed") })))));
    app.answer(Slot::Keys, Ok(answer(&[("WX11", GOOD)])));
    let screen = app.screen(120, 40);
    assert!(screen.contains("names no key of WX12 so far") && !screen.contains("WX13"), "{screen}");
    app.key(Key::Char('w'));
    app.answer(Slot::SaveKeys, Ok(Reply::SavedKeys("/home/ana/keys.txt".into())));
    let screen = app.screen(120, 40);
    assert!(screen.contains("Not in it: the keys of WX12. w saves all keys anew."), "{screen}");
    assert_eq!(progress(app.shared(), Step::Keys).needs.as_deref(), Some("save the keys again"));
    assert_eq!(NextTask::of(&ExportFacts::of_draft(app.draft())).kind, TaskKind::SaveKeys);
    app.now += Duration::from_secs(60);
    app.send(Msg::Tick);
    app.answer(Slot::Keys, Ok(answer(&[("WX11", GOOD), ("WX12", GOOD)])));
    assert!(!app.screen(120, 40).contains("names no key"), "{}", app.screen(120, 40));
    app.key(Key::Char('w'));
    app.answer(Slot::SaveKeys, Ok(Reply::SavedKeys("/home/ana/keys-2.txt".into())));
    assert_eq!(NextTask::of(&ExportFacts::of_draft(app.draft())).kind, TaskKind::Nothing);
    assert!(progress(app.shared(), Step::Keys).answered && !app.screen(120, 40).contains("Not in it"));
    app.now += Duration::from_secs(3600);
    app.send(Msg::Tick);
    assert!(!app.told().iter().any(|told| told.starts_with("Keys")), "{:?}", app.told());
}

#[test]
fn w87_follow_does_not_ask_to_save_keys_that_are_saved() {
    for state in ["Completed", "Closed"] {
        let mut draft = known(Step::Follow, state);
        draft.keys_file = Some("/home/ana/keys.txt".into());
        let mut app = AppHarness::signed_in(draft);
        app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job_in(state))))));
        let screen = app.screen(120, 40).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains("keys are saved") && !screen.to_lowercase().contains("save the"), "{state}: {screen}");
    }
}
