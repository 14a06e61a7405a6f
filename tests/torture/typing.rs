//! Killed while a person types and moves: the draft opens again each time, as it was at a moment less than a second before.

use std::thread;
use std::time::{Duration, Instant};

use blobfreight::draft::Draft;
use blobfreight::protocol::step::Step;

use crate::chance::Chance;
use crate::support::pty::{Home, Pty};

/// The most typing a kill may cost.
const MOST_LOST: Duration = Duration::from_secs(1);
/// The first four fields of the return address take any letter.
const FIELDS: usize = 4;

#[test]
fn w15_a_few_kills_while_typing_cost_less_than_a_second() {
    run("kills while typing", 5);
}

#[test]
#[ignore = "the long form: minutes"]
fn w15_five_hundred_kills_while_typing_cost_less_than_a_second() {
    run("kills while typing", 500);
}

/// What the form holds, and where the person is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    fields: [String; FIELDS],
    focus: usize,
}

fn run(name: &str, kills: u32) {
    let mut chance = Chance::new(name);
    let home = Home::new();
    let mut program = at_the_address(&home);
    let began = Instant::now();
    let (mut keys, mut lost, mut longest) = (0_usize, 0_usize, Duration::ZERO);
    for _ in 0..kills {
        let mut history = vec![(Instant::now(), typed(&home))];
        let until = Instant::now() + chance.pause(700);
        while Instant::now() < until {
            let after = step(&mut program, &mut chance, &history.last().unwrap().1);
            history.push((Instant::now(), after));
            keys += 1;
        }
        // Sometimes in the middle of nothing, sometimes right behind a key.
        if chance.below(2) == 0 {
            thread::sleep(chance.pause(150));
        }
        let killed = Instant::now();
        program.kill_hard();
        let kept = typed(&home);
        let back = history.iter().rposition(|(_, state)| *state == kept);
        let back = back.unwrap_or_else(|| panic!("the draft holds what never was: {kept:?}, typed {history:?}"));
        lost += history.len() - 1 - back;
        if let Some((seen, _)) = history.get(back + 1) {
            let cost = killed.saturating_duration_since(*seen);
            longest = longest.max(cost);
            assert!(cost < MOST_LOST, "{cost:?} of typing are lost: {kept:?}, typed {history:?}");
        }
        program = home.blobfreight(&["resume", &draft(&home).id.to_string()]).size(100, 90).start();
        program.shows_matching(
            |screen| screen.contains("Contact name") || screen.contains("Job name and options"),
            "the form it was left on",
        );
        if !program.screen().contains("Contact name") {
            program.press("Alt-5").shows("Contact name");
        }
        for text in &kept.fields {
            program.shows(text.get(..text.len().min(20)).unwrap_or_default());
        }
    }
    println!(
        "{name}: {kills} kills over {keys} keys, every draft opened; {lost} keys lost, the oldest {} ms before its kill, {} s",
        longest.as_millis(),
        began.elapsed().as_secs()
    );
}

fn at_the_address(home: &Home) -> Pty {
    let mut program = home.blobfreight(&["rehearse"]).size(100, 90).start();
    program.shows("northlightarchive").press("Tab").press("Enter").shows("▸ [ ] book");
    program.press("Down").press("Space").press("Alt-Right").shows("Drives to buy");
    program.press("Alt-Right").shows("Contact name");
    program
}

/// One thing a person does, seen on the screen before the next; and what the form holds then.
fn step(program: &mut Pty, chance: &mut Chance, before: &Typed) -> Typed {
    let mut after = before.clone();
    let at = program.cursor();
    let text = &mut after.fields[before.focus];
    match chance.below(20) {
        0 | 1 if before.focus + 1 < FIELDS => {
            after.focus += 1;
            program.press("Tab");
        }
        2 | 3 if before.focus > 0 => {
            after.focus -= 1;
            program.press("Shift-Tab");
        }
        4 => {
            // To another step and back, into the same field.
            program.press("Alt-7").shows("Job name and options").press("Alt-5").shows("Contact name");
            return after;
        }
        _ if text.len() >= 24 => {
            text.clear();
            program.press("Ctrl-u");
        }
        _ => {
            let letter = char::from(b'a' + u8::try_from(chance.below(26)).unwrap());
            text.push(letter);
            program.type_text(&letter.to_string());
        }
    }
    let give_up = Instant::now() + Duration::from_secs(30);
    while program.cursor() == at {
        assert!(Instant::now() < give_up, "the key was never taken:\n{}", program.screen());
        thread::yield_now();
    }
    after
}

/// The only draft there is, once it is written for the first time.
fn draft(home: &Home) -> Draft {
    let written = || {
        let mut files = std::fs::read_dir(home.data().join("drafts")).ok()?.flatten().map(|entry| entry.path());
        files.find(|path| path.extension().is_some_and(|ending| ending == "json"))
    };
    let give_up = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(file) = written() {
            return serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        }
        assert!(Instant::now() < give_up, "no draft was written");
        thread::yield_now();
    }
}

fn typed(home: &Home) -> Typed {
    let draft = draft(home);
    let a = draft.address.address;
    let focus = draft.focus.get(&Step::Address).copied().unwrap_or(0);
    Typed { fields: [a.contact, a.company, a.street1, a.street2], focus }
}
