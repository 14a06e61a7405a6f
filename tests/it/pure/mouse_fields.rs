//! The mouse in fields outside of forms: filters, a word, a rule, a reason. A click puts the cursor where it was made, and a kept filter is gone on
//! with.

use blobfreight::app::Focus;
use blobfreight::azure::model::Offer;
use blobfreight::protocol::hit::HitTarget;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Opening, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_forms::answers::data_box_job;
use crate::pure::steps_job::stages::following;
use crate::pure::steps_options::on_options;
use crate::support::app_harness::{AppHarness, full_draft, now, offers};
use crate::support::blobs_harness::{BlobsHarness, Service};
use crate::support::listed;

/// A screen with such a field open and empty.
type Scene = (&'static str, fn() -> AppHarness);

const SCENES: [Scene; 10] = [
    ("filter of the start screen", start_filter),
    ("filter of the keys", || over(Key::F(1))),
    ("list of steps", || over(Key::F(2))),
    ("filter of the accounts", || {
        let mut app = AppHarness::signed_in(full_draft(Step::Account));
        app.key(Key::Char('/'));
        app
    }),
    ("filter of the blobs", || tree(&[Key::Char('/')])),
    ("rule", || tree(&[Key::Char('a')])),
    ("word of the review", || {
        let mut app = AppHarness::signed_in(full_draft(Step::Review));
        let service = app.draft().service();
        app.answer(Slot::Services, Ok(offers(service, &Offer::Offered))).key(Key::Tab);
        app
    }),
    ("region of a new group", || {
        let mut app = on_options(full_draft(Step::Options));
        app.key(Key::Tab).ctrl('u').types("new-rg").ctrl('o').ctrl('u');
        app
    }),
    ("why a job is cancelled", || {
        let mut app = following(data_box_job("AwaitingShipmentDetails"));
        app.key(Key::Char('x')).key(Key::Char('r')).ctrl('u');
        app
    }),
    ("words that delete a job", || {
        let mut app = following(data_box_job("Completed"));
        app.key(Key::Char('d'));
        app
    }),
];

fn start_filter() -> AppHarness {
    let mut app = AppHarness::started(Opening::Start);
    let row = |id: &str| listed::entry(id, now(), listed::row(listed::ready(Step::Blobs, "media", None, None)));
    let rows = vec![row("20261122-0900-00000001"), row("20261122-0900-00000002")];
    app.answer(Slot::Drafts, Ok(Reply::Drafts(rows))).key(Key::Char('/'));
    app
}

fn over(key: Key) -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.key(key);
    app
}

fn tree(keys: &[Key]) -> AppHarness {
    let mut blobs = BlobsHarness::browsing(Service::numbered(100, 30));
    blobs.keys(keys);
    blobs.app
}

/// The row of the field that is typed into.
fn field_row(app: &AppHarness) -> Option<u16> {
    app.hits().iter().find(|area| matches!(area.target, HitTarget::Typed { .. })).map(|area| area.row)
}

/// Clicks on a letter of what is typed, or so many columns behind it.
fn click_on(app: &mut AppHarness, typed: &str, column: usize) {
    let row = field_row(app).unwrap();
    let line = app.frame()[usize::from(row)].clone();
    let from = line.split(typed).next().unwrap().chars().count();
    app.click(u16::try_from(from + column).unwrap(), row);
}

#[test]
fn w103_a_click_in_any_field_that_is_typed_into_puts_the_cursor_there() {
    for (name, scene) in SCENES {
        let mut app = scene();
        app.on_screen(100, 90);
        app.model.mouse = true;
        app.types("re2e");
        assert!(field_row(&app).is_some(), "{name}\n{}", app.frame().join("\n"));
        click_on(&mut app, "re2e", 2);
        app.types("a");
        assert!(app.screen(100, 90).contains("rea2e"), "{name}\n{}", app.frame().join("\n"));
        click_on(&mut app, "rea2e", 8);
        app.types("b");
        assert!(app.screen(100, 90).contains("rea2eb"), "{name}\n{}", app.frame().join("\n"));
        click_on(&mut app, "rea2eb", 0);
        app.types("c");
        assert!(app.screen(100, 90).contains("crea2eb"), "{name}\n{}", app.frame().join("\n"));
    }
}

#[test]
fn w103_a_field_that_lost_the_focus_gets_it_back_by_the_click() {
    let mut app = SCENES.iter().find(|(name, _)| *name == "word of the review").unwrap().1();
    app.on_screen(100, 90).types("crte").key(Key::Tab);
    app.model.mouse = true;
    assert_eq!(app.model.wizard.as_ref().unwrap().focus, Focus::Button);
    click_on(&mut app, "crte", 2);
    app.types("ea");
    assert!(app.screen(100, 90).contains("create"), "{}", app.frame().join("\n"));
}

#[test]
fn w103_a_kept_filter_of_the_blobs_is_clicked_to_go_on_typing() {
    let mut app = tree(&[Key::Char('/'), Key::Char('c'), Key::Enter]);
    app.on_screen(80, 24);
    app.model.mouse = true;
    let row = app.frame().iter().position(|line| line.contains("filter c:")).unwrap();
    let column = app.frame()[row].find("filter c:").unwrap();
    app.click(u16::try_from(column).unwrap(), u16::try_from(row).unwrap()).types("x");
    assert!(app.screen(80, 24).contains("Filter: cx"), "{}", app.frame().join("\n"));
}
