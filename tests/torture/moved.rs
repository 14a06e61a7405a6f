//! Killed while a draft goes to the trash, comes back, is put away or is imported, at any moment of it: the draft is always somewhere,
//! whole, and never replaced by another one.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use blobfreight::draft::store::DraftStore;
use blobfreight::draft::{Draft, DraftId, transfer};
use blobfreight::protocol::step::Step;

use crate::chance::Chance;
use crate::support::app_harness::{full_draft, now};
use crate::support::pty::Home;

#[test]
fn w53_a_few_kills_while_drafts_are_moved_lose_none() {
    kills_while_moved(12);
}

#[test]
#[ignore = "the long form: minutes"]
fn w53_hundreds_of_kills_while_drafts_are_moved_lose_none() {
    kills_while_moved(400);
}

fn kills_while_moved(kills: u32) {
    let mut chance = Chance::new("kills while drafts are moved");
    let home = Home::new();
    let store = DraftStore::open(&home.data().join("drafts")).unwrap();
    let draft = Draft { id: DraftId::parse("d1").unwrap(), ..full_draft(Step::Review) };
    store.save(&draft).unwrap();
    let file = home.path().join("moved.json");
    std::fs::write(
        &file,
        transfer::export(&Draft { id: DraftId::parse("d2").unwrap(), ..draft.clone() }, now()).unwrap(),
    )
    .unwrap();
    let (mut moved, mut imported) = (0, 0);
    for _ in 0..kills {
        let is_here = store.list().unwrap().iter().any(|entry| entry.id == draft.id);
        let arguments = if is_here { ["drafts", "delete", "d1"] } else { ["drafts", "restore", "d1"] };
        killed(&home, &arguments, &mut chance);
        let here = store.read(&draft.id).ok();
        let there: Vec<_> = store.discarded().unwrap().into_iter().filter(|one| one.id == draft.id).collect();
        assert!(here.is_some() || !there.is_empty(), "the draft is nowhere");
        assert!(
            here.as_ref().is_none_or(|here| *here == draft) && there.iter().all(|one| one.content.ready().is_some())
        );
        moved += u32::from(here.is_some() != is_here);

        let before = store.list().unwrap().len();
        killed(&home, &["drafts", "import", file.to_str().unwrap()], &mut chance);
        let after = store.list().unwrap();
        assert!(after.len() - before <= 1 && after.iter().all(|entry| entry.ready().is_some()), "{after:?}");
        for entry in after.iter().filter(|entry| entry.id != draft.id) {
            imported += 1;
            store.discard(&entry.id).unwrap();
        }
    }
    // Once more without a kill: nothing stands in the way.
    if store.read(&draft.id).is_err() {
        store.restore(&draft.id).unwrap();
    }
    assert_eq!(store.read(&draft.id).unwrap(), draft);
    println!(
        "kills while drafts are moved: {kills} and {kills}, moved before {moved}, imported before {imported} of them"
    );
}

/// Starts a command and kills it within the time that it takes.
pub(crate) fn killed(home: &Home, arguments: &[&str], chance: &mut Chance) {
    killed_within(home, arguments, chance, 40);
}

/// The same for a command that takes so many milliseconds.
pub(crate) fn killed_within(home: &Home, arguments: &[&str], chance: &mut Chance, milliseconds: u64) {
    let mut child = command(home.path(), &home.data(), arguments).spawn().unwrap();
    thread::sleep(chance.pause(milliseconds));
    // It may have ended by itself.
    let _ended = child.kill();
    child.wait().unwrap();
}

/// Runs a command to its end, whatever it says.
pub(crate) fn run(home: &Home, arguments: &[&str]) {
    command(home.path(), &home.data(), arguments).status().unwrap();
}

fn command(home: &Path, data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("BLOBFREIGHT_DATA_DIR", data).env("BLOBFREIGHT_STATE_DIR", home);
    command.env("BLOBFREIGHT_CONFIG", home.join("config.toml"));
    command
}
