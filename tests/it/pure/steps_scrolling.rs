//! Whatever does not fit the screen can be read: every line of every step comes into view line by line, at every size.
use crate::pure::steps_forms::answers;

use std::sync::Arc;

use crate::support::app_harness::{AppHarness, account, full_draft, location, subscription};
use crate::support::lines::{SIZES, press_to_end, reads_whole};
use answers::created;
use blobfreight::app::Focus;
use blobfreight::azure::fault::Fault;
use blobfreight::draft::{DraftEntry, DraftId, DraftSummary};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Opening, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::wizard::steps::signin::SignInList;

fn fault() -> Fault {
    let reason = "the service did not answer within the time that was set for it, and then did not answer again";
    Fault { code: Some("InternalServerError".into()), ..Fault::local("read what this step needs", reason) }
        .advise("Wait a minute, then try again; if it goes on, tell support the request id.")
}

#[test]
fn w45_every_line_of_every_step_comes_into_view() {
    for &step in Step::ALL {
        let mut draft = full_draft(step);
        // An empty field opens its list, which takes Down for itself.
        draft.parcel.carrier = "FedEx".into();
        reads_whole(step.name(), &mut AppHarness::signed_in(draft));
    }
}

#[test]
fn w45_a_failed_sign_in_can_be_read_to_its_end() {
    let mut app = AppHarness::with(full_draft(Step::SignIn));
    app.answer(Slot::SignIn, Err(fault()));
    reads_whole("a failed sign-in", &mut app);
    // The list of clouds leads on to the ways to sign in.
    app.key(Key::Left).key(Key::End).key(Key::Down).key(Key::Down);
    assert_ne!(app.model.wizard.as_ref().unwrap().steps.signin.list, SignInList::Clouds);
}

#[test]
fn w45_a_long_list_of_accounts_can_be_read_to_its_end() {
    let mut app = AppHarness::signed_in(full_draft(Step::Account));
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
    let mut accounts: Vec<_> = (0..40).map(|number| account(&format!("archive{number}"), "westeurope")).collect();
    accounts[39].denies_by_default = true;
    app.answer(Slot::Accounts, Ok(Reply::Accounts(accounts)));
    reads_whole("accounts", &mut app);
}

#[test]
fn w72_a_location_without_a_street_shows_an_instruction_and_the_papers_of_its_country() {
    let mut draft = full_draft(Step::Location);
    draft.account.as_mut().unwrap().account.location = "australiaeast".into();
    let mut app = AppHarness::signed_in(draft);
    let mut place = location("australiaeast", &["australiaeast"]);
    let blank = || String::from(" ");
    place.address.recipient = "Mail desk@example.invalid for an inbound ID.".into();
    (place.address.street1, place.address.city, place.address.country) = (blank(), blank(), blank());
    app.answer(Slot::Locations, Ok(Reply::Locations(vec![place])));
    let screen = app.screen(140, 40);
    for part in [
        "An instruction, not an address",
        "Mail desk@example.invalid",
        "Australia: parcels need a Microsoft inbound ID",
        "Belgium to Australia and back): customs papers",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    assert!(!screen.contains("Address as listed"), "{screen}");
}

#[test]
fn w45_the_whole_address_of_a_location_can_be_read() {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    let mut place = location("westeurope", &["westeurope"]);
    place.address.additional = "Call the operations desk a day before the parcel arrives, and name the job. ".repeat(4);
    app.answer(Slot::Locations, Ok(Reply::Locations(vec![place])));
    reads_whole("location", &mut app);
}

#[test]
fn w45_the_locations_to_choose_from_can_be_read_with_the_address_below() {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    let places = (0..9).map(|number| location(&format!("place{number}"), &[&format!("place{number}")])).collect();
    app.answer(Slot::Locations, Ok(Reply::Locations(places)));
    reads_whole("locations", &mut app);
}

#[test]
fn w45_a_paste_that_asks_can_be_read_to_its_question() {
    let mut app = AppHarness::signed_in(full_draft(Step::Address));
    app.paste("Nordlys Arkiv AS\nMuseumsgata 4\n9008 Tromso\nNorway\n+47 77 60 00 00");
    reads_whole("a pasted address", &mut app);
}

#[test]
fn w45_the_whole_selection_of_a_created_job_can_be_read_and_no_key_is_named_that_would_change_it() {
    let mut draft = created();
    draft.step = Step::Blobs;
    draft.selection.rules = Arc::new((10..70).map(|day| Rule::Prefix(format!("/footage/day-{day}/"))).collect());
    let mut app = AppHarness::signed_in(draft);
    app.on_screen(80, 24);
    let hints = app.frame().last().unwrap().clone();
    assert!(hints.contains("Enter go on") && hints.contains("read on"), "{hints}");
    assert!(!["check", "undo", "rule", "filter"].iter().any(|word| hints.contains(word)), "{hints}");
    for (columns, rows) in SIZES {
        app.on_screen(columns, rows);
        let mut seen = String::new();
        for _ in 0..80 {
            seen += &app.frame().join("\n");
            app.key(Key::Down);
        }
        for day in 10..70 {
            assert!(seen.contains(&format!("day-{day}")), "{columns}x{rows} never shows day {day}");
        }
        let frame = app.frame();
        app.key(Key::Up);
        assert_ne!(frame, app.frame(), "one line up at once");
        app.key(Key::Home);
    }
    for key in [' ', 'a', 'd', 'f', 'u', 'x'] {
        app.press(KeyPress::char(key));
        assert!(app.notice().contains("can no longer be changed"), "{key}: {}", app.notice());
    }
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Drives);
}

#[test]
fn w45_help_can_be_read_to_its_end_and_back() {
    for step in [Step::Blobs, Step::Address, Step::Review] {
        let mut app = AppHarness::signed_in(full_draft(step));
        app.key(Key::F(1));
        reads_whole("help", &mut app);
        app.on_screen(80, 24).key(Key::End);
        let drawn = app.model.view().drawn().clone();
        assert_eq!(drawn.top + drawn.extent.rows, drawn.extent.lines.max(drawn.extent.rows), "End is the end");
        app.key(Key::Up);
        assert_eq!(app.model.view().drawn().top, drawn.top.saturating_sub(1), "one line up at once");
    }
}

#[test]
fn w45_who_holds_a_draft_can_be_read() {
    let id = DraftId::parse("20261122-0900-0000002a").unwrap();
    let mut app = AppHarness::started(Opening::Resume(id.clone()));
    let holder = "process 77 on a machine with a long name, since Sunday morning, in a terminal called archive".into();
    app.answer(Slot::OpenDraft, Ok(Reply::Held { id, holder, elsewhere: false }));
    reads_whole("a held draft", &mut app);
}

#[test]
fn w45_a_row_that_was_scrolled_away_is_shown_before_it_is_acted_on() {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    let places = (0..3).map(|number| location(&format!("place{number}"), &[&format!("place{number}")])).collect();
    app.answer(Slot::Locations, Ok(Reply::Locations(places)));
    app.on_screen(40, 12);
    press_to_end(&mut app, Key::Down);
    assert!(app.model.view().hides_focus(), "{}", app.frame().join("\n"));
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Location, "the first Enter only shows the row");
    assert!(!app.model.view().hides_focus());
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Options);
}

#[test]
fn w18_why_a_draft_is_refused_is_read_whole_in_its_row_and_above_the_hints() {
    let why =
        "draft 20261122-0900-0000002a was written by a newer version of this program (version 99); update it to go on";
    let content = DraftSummary::Refused(why.into());
    let id = DraftId::parse("20261122-0900-0000002a").unwrap();
    let mut app = AppHarness::started(Opening::Start);
    app.answer(
        Slot::Drafts,
        Ok(Reply::Drafts(vec![DraftEntry {
            id,
            changed: crate::support::app_harness::now(),
            archived: false,
            content,
        }])),
    );
    app.on_screen(80, 24);
    assert_eq!(app.frame().iter().filter(|line| line.contains("go on") && !line.contains("Enter")).count(), 1);
    app.key(Key::Enter);
    let lines = app.frame();
    assert!(
        lines[21].contains("written by a newer") && lines[22].contains("update it to go on"),
        "{}",
        lines.join("\n")
    );
}

#[test]
fn w45_the_smallest_windows_say_in_full_how_much_they_need() {
    let app = AppHarness::started(Opening::Start);
    let screen = app.screen(20, 5);
    assert_eq!(screen.trim(), "window too small\n(needs 40x10)");
}

#[test]
fn w45_the_page_scrolls_while_the_button_has_the_focus() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.on_screen(40, 12).ctrl('n');
    while app.model.wizard.as_ref().unwrap().focus != Focus::Button {
        app.key(Key::Tab);
    }
    let last = |app: &AppHarness| app.model.view().drawn().extent.lines - app.model.view().drawn().extent.rows;
    for (key, top) in [(Key::Home, 0), (Key::End, last(&app)), (Key::Home, 0)] {
        app.key(key);
        assert_eq!(app.model.view().drawn().top, top, "{key:?}: {}", app.frame().join("\n"));
    }
    app.key(Key::PageDown);
    assert!(app.model.view().drawn().top > 0, "{}", app.frame().join("\n"));
    assert_eq!(app.model.wizard.as_ref().unwrap().focus, Focus::Button);
}

#[test]
fn in_ascii_every_step_its_help_and_its_failure_are_drawn_in_ascii() {
    for &step in Step::ALL {
        let mut app = AppHarness::with(full_draft(step));
        app.model.settings.ascii = true;
        let fault = Fault { status: Some(500), request_id: Some("1b2c".into()), ..fault() };
        app.answer(Slot::SignIn, Err(fault));
        for key in [None, Some(Key::F(1)), Some(Key::Esc)] {
            key.map(|key| app.key(key).key(Key::End));
            for size in SIZES {
                let screen = app.screen(size.0, size.1);
                assert!(screen.is_ascii(), "{step:?} {key:?}:\n{screen}");
            }
        }
    }
    let mut app = AppHarness::signed_in(full_draft(Step::SignIn));
    app.model.settings.ascii = true;
    app.key(Key::Esc).key(Key::Esc);
    assert!(app.screen(80, 24).contains("Alt-Left leads to the drafts"), "{}", app.screen(80, 24));
}

#[test]
fn w45_the_start_screen_scrolls_by_screenfuls() {
    let mut app = AppHarness::started(Opening::Start);
    let content = DraftSummary::Refused("it was written by a newer version of this program. ".repeat(8));
    let id = DraftId::parse("20261122-0900-0000002a").unwrap();
    app.answer(
        Slot::Drafts,
        Ok(Reply::Drafts(vec![DraftEntry {
            id,
            changed: crate::support::app_harness::now(),
            archived: false,
            content,
        }])),
    );
    app.on_screen(40, 12).key(Key::Home).key(Key::PageDown);
    let top = app.model.view().drawn().top;
    assert!(top > 1, "{}", app.frame().join("\n"));
    app.key(Key::PageUp);
    assert!(app.model.view().drawn().top < top, "{}", app.frame().join("\n"));
}
