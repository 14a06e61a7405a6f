//! Whatever does not fit the screen can be read: every line of every step comes into view line by line, at every size.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "support/desk.rs"]
mod desk;

use std::collections::BTreeSet;

use blobfreight::app::Focus;
use blobfreight::app::key::{Key, KeyPress};
use blobfreight::app::protocol::{Opening, Reply, Slot};
use blobfreight::azure::fault::Fault;
use blobfreight::draft::{DraftId, Listed, ListedContent};
use blobfreight::wizard::Step;
use desk::{Bench, account, full_draft, location, subscription};

const SIZES: [(u16, u16); 4] = [(80, 24), (40, 12), (60, 15), (120, 40)];

/// The lines of the page itself: not the header, the rail, the button, the hints; without the column of the signs that there is more.
fn page(bench: &Bench, (columns, rows): (u16, u16)) -> Vec<String> {
    let rail = if bench.model.overlay.is_some() || columns < 72 { 0 } else { 28 };
    let rail = if rail > 0 && columns >= 110 { 37 } else { rail };
    let lines = bench.painted(columns, rows).0;
    let below = if bench.model.overlay.is_some() { 2 } else { 3 };
    let inside = lines.into_iter().take(usize::from(rows) - below).skip(2);
    inside.map(|line| line.chars().skip(rail).take(usize::from(columns) - rail - 2).collect()).collect()
}

/// A line without the signs of focus and choice, which come and go.
fn words(line: &str) -> String {
    line.trim().trim_start_matches('›').trim().replace("(*)", "( )")
}

/// Presses a key until it changes nothing more or leaves the page, and says which lines were in view meanwhile and which there are.
fn press_to_end(bench: &mut Bench, key: Key) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut seen, mut all) = (BTreeSet::new(), BTreeSet::new());
    let size = bench.model.size;
    for _ in 0..600 {
        seen.extend(page(bench, size).into_iter().map(|line| words(&line)));
        if bench.model.draft().is_none_or(|draft| draft.step != Step::Blobs) || bench.model.overlay.is_some() {
            all.extend(page(bench, (size.0, 500)).into_iter().map(|line| words(&line)));
        }
        let before = (bench.frame(), bench.model.view().drawn().clone());
        bench.key(key);
        let on_button = bench.model.overlay.is_none()
            && bench.model.wizard.as_ref().is_some_and(|wizard| wizard.focus == Focus::Button);
        if on_button || before == (bench.frame(), bench.model.view().drawn().clone()) {
            return (seen, all);
        }
    }
    panic!("the page has no end:\n{}", bench.frame().join("\n"));
}

/// Every line can be read from the top down, and one key back shows that it works.
fn reads_whole(name: &str, bench: &mut Bench) {
    for (columns, rows) in SIZES {
        bench.on_screen(columns, rows);
        press_to_end(bench, Key::Up);
        assert_eq!(bench.model.view().drawn().top, 0, "{name} at {columns}x{rows}: {}", bench.frame().join("\n"));
        let (seen, all) = press_to_end(bench, Key::Down);
        let unseen: Vec<_> = all.difference(&seen).filter(|line| !line.is_empty()).collect();
        let frame = bench.frame();
        assert!(unseen.is_empty(), "{name} at {columns}x{rows}, unseen: {unseen:#?}\n{}", frame.join("\n"));
        bench.key(Key::Up);
        let drawn = bench.model.view().drawn();
        if drawn.extent.lines > drawn.extent.rows {
            assert_ne!(frame, bench.frame(), "{name} at {columns}x{rows}: Up does nothing at the end");
        }
    }
}

fn fault() -> Fault {
    let reason = "the service did not answer within the time that was set for it, and then did not answer again";
    Fault { code: Some("InternalServerError".into()), ..Fault::local("read what this step needs", reason) }
        .advise("Wait a minute, then try again; if it goes on, tell support the request id.")
}

#[test]
fn w45_every_line_of_every_step_comes_into_view() {
    for step in Step::ALL {
        let mut draft = full_draft(step);
        // An empty field opens its list, which takes Down for itself.
        draft.parcel.carrier = "FedEx".into();
        reads_whole(step.name(), &mut Bench::signed_in(draft));
    }
}

#[test]
fn w45_a_failed_sign_in_can_be_read_to_its_end() {
    let mut bench = Bench::with(full_draft(Step::SignIn));
    bench.answer(Slot::SignIn, Err(fault()));
    reads_whole("a failed sign-in", &mut bench);
    // The list of clouds leads on to the ways to sign in.
    bench.key(Key::Left).key(Key::End).key(Key::Down).key(Key::Down);
    assert!(!bench.model.wizard.as_ref().unwrap().steps.signin.on_clouds);
}

#[test]
fn w45_a_long_list_of_accounts_can_be_read_to_its_end() {
    let mut bench = Bench::signed_in(full_draft(Step::Account));
    bench.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
    let mut accounts: Vec<_> = (0..40).map(|number| account(&format!("archive{number}"), "westeurope")).collect();
    accounts[39].denies_by_default = true;
    bench.answer(Slot::Accounts, Ok(Reply::Accounts(accounts)));
    reads_whole("accounts", &mut bench);
}

#[test]
fn w45_the_whole_address_of_a_location_can_be_read() {
    let mut bench = Bench::signed_in(full_draft(Step::Location));
    let mut place = location("westeurope", &["westeurope"]);
    place.address.additional = "Call the operations desk a day before the parcel arrives, and name the job. ".repeat(4);
    bench.answer(Slot::Locations, Ok(Reply::Locations(vec![place])));
    reads_whole("location", &mut bench);
}

#[test]
fn w45_the_locations_to_choose_from_can_be_read_with_the_address_below() {
    let mut bench = Bench::signed_in(full_draft(Step::Location));
    let places = (0..9).map(|number| location(&format!("place{number}"), &[&format!("place{number}")])).collect();
    bench.answer(Slot::Locations, Ok(Reply::Locations(places)));
    reads_whole("locations", &mut bench);
}

#[test]
fn w45_a_paste_that_asks_can_be_read_to_its_question() {
    let mut bench = Bench::signed_in(full_draft(Step::Address));
    bench.paste("Nordlys Arkiv AS\nMuseumsgata 4\n9008 Tromso\nNorway\n+47 77 60 00 00");
    reads_whole("a pasted address", &mut bench);
}

#[test]
fn w45_help_can_be_read_to_its_end_and_back() {
    for step in [Step::Blobs, Step::Address, Step::Review] {
        let mut bench = Bench::signed_in(full_draft(step));
        bench.key(Key::F(1));
        reads_whole("help", &mut bench);
        bench.on_screen(80, 24).key(Key::End);
        let drawn = bench.model.view().drawn().clone();
        assert_eq!(drawn.top + drawn.extent.rows, drawn.extent.lines.max(drawn.extent.rows), "End is the end");
        bench.press(KeyPress::char('k'));
        assert_eq!(bench.model.view().drawn().top, drawn.top.saturating_sub(1), "one line up at once");
    }
}

#[test]
fn w45_who_holds_a_draft_can_be_read() {
    let id = DraftId::parse("20261122-0900-0000002a").unwrap();
    let mut bench = Bench::started(Opening::Resume(id.clone()));
    let holder = "process 77 on a machine with a long name, since Sunday morning, in a terminal called archive".into();
    bench.answer(Slot::OpenDraft, Ok(Reply::Held { id, holder }));
    reads_whole("a held draft", &mut bench);
}

#[test]
fn w45_a_row_that_was_scrolled_away_is_shown_before_it_is_acted_on() {
    let mut bench = Bench::signed_in(full_draft(Step::Location));
    let places = (0..3).map(|number| location(&format!("place{number}"), &[&format!("place{number}")])).collect();
    bench.answer(Slot::Locations, Ok(Reply::Locations(places)));
    bench.on_screen(40, 12);
    press_to_end(&mut bench, Key::Down);
    assert!(bench.model.view().hides_focus(), "{}", bench.frame().join("\n"));
    bench.key(Key::Enter);
    assert_eq!(bench.step(), Step::Location, "the first Enter only shows the row");
    assert!(!bench.model.view().hides_focus());
    bench.key(Key::Enter);
    assert_eq!(bench.step(), Step::Address);
}

#[test]
fn w18_why_a_draft_is_refused_is_read_whole_in_its_row_and_above_the_hints() {
    let why =
        "draft 20261122-0900-0000002a was written by a newer version of this program (version 99); update it to go on";
    let content = ListedContent::Refused(why.into());
    let id = DraftId::parse("20261122-0900-0000002a").unwrap();
    let mut bench = Bench::started(Opening::Start);
    bench.answer(Slot::Drafts, Ok(Reply::Drafts(vec![Listed { id, changed: desk::now(), content }])));
    bench.on_screen(80, 24);
    assert_eq!(bench.frame().iter().filter(|line| line.contains("go on") && !line.contains("Enter")).count(), 1);
    bench.key(Key::Enter);
    let lines = bench.frame();
    assert!(
        lines[21].contains("written by a newer") && lines[22].contains("update it to go on"),
        "{}",
        lines.join("\n")
    );
}

#[test]
fn w45_the_smallest_windows_say_in_full_how_much_they_need() {
    let bench = Bench::started(Opening::Start);
    let screen = bench.screen(20, 5);
    assert_eq!(screen.trim(), "window too small\n(needs 40x10)");
}

#[test]
fn w45_the_page_scrolls_while_the_button_has_the_focus() {
    let mut bench = Bench::signed_in(full_draft(Step::Review));
    bench.on_screen(40, 12).ctrl('n');
    while bench.model.wizard.as_ref().unwrap().focus != Focus::Button {
        bench.key(Key::Tab);
    }
    let last = |bench: &Bench| bench.model.view().drawn().extent.lines - bench.model.view().drawn().extent.rows;
    for (key, top) in [(Key::Home, 0), (Key::End, last(&bench)), (Key::Home, 0)] {
        bench.key(key);
        assert_eq!(bench.model.view().drawn().top, top, "{key:?}: {}", bench.frame().join("\n"));
    }
    bench.key(Key::PageDown);
    assert!(bench.model.view().drawn().top > 0, "{}", bench.frame().join("\n"));
    assert_eq!(bench.model.wizard.as_ref().unwrap().focus, Focus::Button);
}
