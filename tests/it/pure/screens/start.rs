//! The start screen, and what lies over every screen: the help page, the messages, a draft that is open elsewhere.

use blobfreight::azure::fault::Fault;
use blobfreight::draft::{DraftEntry, DraftId, DraftSummary, EventTime, ExportFacts, PartOf, ReadyDraft};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, Opening, Reply, Slot};
use blobfreight::protocol::overview::{JobsOverview, UnreadJobs};
use blobfreight::protocol::step::Step;

use crate::pure::screens::{shows, shows_after, to_the_end};
use crate::support::app_harness::{AppHarness, full_draft, now};
use crate::support::listed;
use jiff::Timestamp;

fn entry(number: u32, hours: i64, content: DraftSummary) -> DraftEntry {
    listed::entry(&format!("20261101-0800-{number:08x}"), ago(hours), content)
}

fn ago(hours: i64) -> Timestamp {
    now().checked_sub(jiff::SignedDuration::from_hours(hours)).unwrap()
}

fn ready(step: Step, job: &str, state: Option<&str>) -> ReadyDraft {
    listed::ready(step, "mediaarchive", Some(job), state)
}

/// The start screen with these drafts.
pub(super) fn with_drafts(drafts: Vec<DraftEntry>) -> AppHarness {
    let mut app = AppHarness::started(Opening::Start);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts)));
    app
}

/// A draft of every kind that the list tells apart.
pub(super) fn drafts() -> Vec<DraftEntry> {
    let mut gone = ready(Step::Follow, "export-spring", Some("Creating"));
    gone.facts.gone = true;
    let mut second = ready(Step::Drives, "export-media-2", None);
    second.part = Some(PartOf { number: 2, of: 2 });
    let rehearsal =
        ReadyDraft { rehearsal: true, job: None, ..listed::ready(Step::Blobs, "northlightarchive", None, None) };
    let mut copying = ready(Step::Follow, "export-2019", Some("Transferring"));
    copying.account = Some("researchlab".into());
    let mut waiting = ready(Step::Ship, "export-summer", Some("Creating"));
    waiting.facts.created = Some(ago(110));
    let mut finished = ready(Step::Keys, "export-2018", Some("Completed"));
    finished.facts.finished = Some(EventTime { at: ago(29 * 24), exact: true });
    let kept = ReadyDraft {
        facts: ExportFacts { keys_saved: true, ..finished.facts.clone() },
        ..ready(Step::Keys, "export-2017", Some("Completed"))
    };
    vec![
        entry(1, 0, listed::row(ready(Step::Review, "export-media", None))),
        entry(2, 3, listed::row(second)),
        entry(3, 30, listed::row(copying)),
        entry(7, 110, listed::row(waiting)),
        entry(4, 300, listed::row(gone)),
        entry(8, 600, listed::row(finished)),
        entry(9, 690, listed::row(kept)),
        entry(5, 700, listed::row(rehearsal)),
        entry(6, 900, DraftSummary::Refused("it was written by a newer version; open it with that one".into())),
    ]
}

#[test]
fn the_start_screen_before_the_drafts_are_read() {
    shows("start_reading", || AppHarness::started(Opening::Start));
}

#[test]
fn the_start_screen_without_drafts() {
    shows("start_empty", || with_drafts(Vec::new()));
}

#[test]
fn the_start_screen_with_drafts() {
    shows("start_drafts", || with_drafts(drafts()));
}

#[test]
fn the_start_screen_after_a_draft_was_discarded() {
    shows_after(
        "start_discarded",
        || with_drafts(drafts()),
        |app| {
            app.key(Key::Char('d'));
            app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts().split_off(1))));
        },
    );
}

#[test]
fn the_start_screen_with_jobs_made_elsewhere() {
    shows("start_jobs", || {
        let mut seen = ready(Step::Follow, "export-2019", Some("Transferring"));
        seen.sign_in = Some(listed::sign_in());
        let mut app = with_drafts(vec![entry(1, 30, listed::row(seen))]);
        let jobs = vec![
            listed::found("portal-export", "AwaitingShipmentDetails", Some(ago(120))),
            listed::found("cli-export", "Completed", None),
            listed::found("night-export", "DataCopy", Some(ago(500))),
        ];
        let fault = Fault::local("list the jobs", "the network is down");
        let unread = vec![UnreadJobs { of: "Azure Data Box in Research".into(), fault }];
        app.answer(
            Slot::JobsOverview,
            Ok(Reply::JobsOverview(Box::new(JobsOverview { unread, ..listed::overview(jobs) }))),
        );
        app
    });
}

#[test]
fn the_start_screen_while_the_jobs_are_looked_at_and_filtered() {
    let drafts = || {
        let mut seen = ready(Step::Ship, "export-summer", Some("Creating"));
        seen.sign_in = Some(listed::sign_in());
        with_drafts(vec![
            entry(1, 30, listed::row(seen)),
            entry(2, 3, listed::row(ready(Step::Review, "export-media", None))),
        ])
    };
    shows("start_looking", drafts);
    shows_after("start_filter", drafts, |app| {
        app.key(Key::Char('/'));
        app.types("summer");
    });
}

#[test]
fn the_start_screen_whose_drafts_cannot_be_read() {
    shows("start_failed", || {
        let mut app = AppHarness::started(Opening::Start);
        let fault = Fault::local("read the drafts", "permission denied");
        app.answer(Slot::Drafts, Err(fault.advise("Make the folder readable, or set BLOBFREIGHT_DATA_DIR.")));
        app
    });
}

#[test]
fn a_draft_that_is_open_elsewhere() {
    shows("held", || {
        let id = DraftId::parse("20261101-0800-00000001").unwrap();
        let mut app = AppHarness::started(Opening::Resume(id.clone()));
        let holder = "process 4711 on workstation since 2026-11-22 08:31 UTC".to_owned();
        app.answer(Slot::OpenDraft, Ok(Reply::Held { id, holder, elsewhere: false }));
        app
    });
}

#[test]
fn the_help_page_of_the_start_screen() {
    shows_after(
        "help_start",
        || with_drafts(drafts()),
        |app| {
            app.key(Key::Char('?'));
        },
    );
}

#[test]
fn the_help_page_of_a_form() {
    let help = |app: &mut AppHarness| {
        app.key(Key::F(1));
    };
    shows_after("help_form", || AppHarness::signed_in(full_draft(Step::Options)), help);
}

#[test]
fn the_messages() {
    let said = || {
        let mut app = AppHarness::signed_in(full_draft(Step::Account));
        let fault = Fault::local("save the draft", "the disk is full");
        app.send(Msg::Saved(Err(fault.advise("Free some space; the draft is saved again with the next key."))));
        app
    };
    shows_after("messages", said, |app| {
        app.key(Key::Char('!'));
    });
    shows_after(
        "messages_none",
        || AppHarness::signed_in(full_draft(Step::Account)),
        |app| {
            app.key(Key::Char('!'));
        },
    );
}

#[test]
fn a_screen_with_more_than_fits_at_its_end() {
    shows_after("start_drafts_end", || with_drafts(drafts()), to_the_end);
}
