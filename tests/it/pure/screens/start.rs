//! The start screen, and what lies over every screen: the help page, the messages, a draft that is open elsewhere.

use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::JobStatus;
use blobfreight::draft::{DraftEntry, DraftId, DraftSummary, PartOf};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, Opening, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::screens::{shows, shows_after, to_the_end};
use crate::support::app_harness::{AppHarness, full_draft, now};

fn entry(number: u32, hours: i64, content: DraftSummary) -> DraftEntry {
    let changed = now().checked_sub(jiff::SignedDuration::from_hours(hours)).unwrap();
    DraftEntry { id: DraftId::parse(&format!("20261101-0800-{number:08x}")).unwrap(), changed, content }
}

fn ready(step: Step, account: &str, job: Option<&str>, state: Option<&str>) -> DraftSummary {
    let account = Some(account.to_owned());
    DraftSummary::Ready {
        step,
        rehearsal: false,
        account,
        job: job.map(str::to_owned),
        status: state.map(JobStatus::of_classic),
        gone: false,
        part: None,
    }
}

/// The start screen with these drafts.
pub(super) fn with_drafts(drafts: Vec<DraftEntry>) -> AppHarness {
    let mut app = AppHarness::started(Opening::Start);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts)));
    app
}

/// A draft of every kind that the list tells apart.
pub(super) fn drafts() -> Vec<DraftEntry> {
    let mut gone = ready(Step::Follow, "mediaarchive", Some("export-spring"), Some("Creating"));
    let mut second = ready(Step::Drives, "mediaarchive", Some("export-media-2"), None);
    if let DraftSummary::Ready { gone, .. } = &mut gone {
        *gone = true;
    }
    if let DraftSummary::Ready { part, .. } = &mut second {
        *part = Some(PartOf { number: 2, of: 2 });
    }
    let rehearsal = DraftSummary::Ready {
        step: Step::Blobs,
        rehearsal: true,
        account: Some("northlightarchive".into()),
        job: None,
        status: None,
        gone: false,
        part: None,
    };
    vec![
        entry(1, 0, ready(Step::Review, "mediaarchive", Some("export-media"), None)),
        entry(2, 3, second),
        entry(3, 30, ready(Step::Follow, "researchlab", Some("export-2019"), Some("Transferring"))),
        entry(4, 300, gone),
        entry(5, 700, rehearsal),
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
        app.answer(Slot::OpenDraft, Ok(Reply::Held { id, holder }));
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
