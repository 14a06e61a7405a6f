//! The whole program with a million rows loaded. A process of its own, since its memory is what is measured.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken fixture is a failed test")]

#[path = "it/support/mod.rs"]
mod support;

use blobfreight::azure::model::{Access, BlobItem, Container, Entry, Page};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, RequestId, Slot};
use blobfreight::protocol::step::Step;
use support::app_harness::{AppHarness, full_draft};

const ROWS: usize = 1_000_000;
const PAGE: usize = 5_000;
const SIZE: (u16, u16) = (140, 50);

fn page(start: usize) -> Page<Entry> {
    let item = |index: usize| {
        Entry::Blob(Box::new(BlobItem {
            name: format!("camera-{:02}-2026-02-{index:012}.jpg", index / 20_000),
            size: index as u64,
            last_modified: "Mon, 02 Feb 2026 03:04:05 GMT".to_owned(),
            tier: Some("Cool".to_owned()),
            ..BlobItem::default()
        }))
    };
    let end = start + PAGE;
    Page { items: (start..end).map(item).collect(), next: (end < ROWS).then(|| end.to_string()) }
}

fn started(app: &AppHarness) -> Vec<(Slot, RequestId, Call)> {
    let asked = |effect: &Effect| match effect {
        Effect::Start { slot, id, call } => Some((*slot, *id, call.clone())),
        _ => None,
    };
    app.effects.iter().filter_map(asked).collect()
}

/// On the blobs step, with a container of a million blobs gone through to its end.
fn million() -> AppHarness {
    let mut draft = full_draft(Step::Blobs);
    // Nothing is checked, so that no count runs beside.
    draft.selection.rules = std::sync::Arc::new(Vec::new());
    let mut app = AppHarness::signed_in(draft);
    app.send(Msg::Resize(SIZE.0, SIZE.1));
    let container = Container { name: "photos".to_owned(), last_modified: String::new() };
    app.answer(Slot::Listing(0), Ok(Reply::Containers(Page { items: vec![container], next: None })));
    app.answer(Slot::Access, Ok(Reply::Access(Access::EntraToken)));
    app.key(Key::Down).key(Key::Right);
    let mut asked = started(&app);
    while let Some((slot, id, call)) = asked.pop() {
        if let Call::Entries { marker, .. } = call {
            let start = marker.map_or(0, |marker| marker.parse().unwrap());
            app.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page(start))) });
            asked.extend(started(&app));
            // Whatever is loaded last is gone to, which asks for the next page.
            app.key(Key::End);
            asked.extend(started(&app));
        }
    }
    app
}

/// Resident memory of this process in bytes.
#[cfg(target_os = "linux")]
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[test]
fn t13_t14_a_million_rows_fit_in_60_mb_and_a_key_looks_at_a_screen_of_them() {
    #[cfg(target_os = "linux")]
    let before = resident();
    let mut app = million();
    assert_eq!(app.model.wizard.as_ref().unwrap().steps.blobs.tree.loaded_nodes(), ROWS + 1);
    #[cfg(target_os = "linux")]
    {
        let taken = resident() - before;
        println!("{} MB", taken / 1_000_000);
        assert!(taken < 60_000_000, "{} MB", taken / 1_000_000);
    }
    let keys =
        [Key::Up, Key::PageUp, Key::Home, Key::Down, Key::PageDown, Key::End, Key::Up, Key::Char('0'), Key::Down];
    for key in keys {
        app.press(KeyPress::plain(key));
        let asked: Vec<String> = app.told().into_iter().filter(|told| told != "save").collect();
        assert!(asked.is_empty(), "{key:?} asks for {asked:?}");
        let rows = app.model.wizard.as_ref().unwrap().steps.blobs.tree.rows().len();
        assert!(rows <= usize::from(SIZE.1), "{key:?}: {rows} rows are looked at");
        let screen = app.screen(SIZE.0, SIZE.1);
        let cursors = screen.lines().filter(|line| line.contains('›') && line.contains("│")).count();
        assert!(cursors >= 1, "{key:?}: the cursor is in view\n{screen}");
    }
    // The cursor rests on a blob, which is asked about once; then there is nothing to wake up for.
    app.send(Msg::Tick);
    app.now += std::time::Duration::from_secs(1);
    app.send(Msg::Tick);
    if app.model.requests().is_busy(Slot::Details) {
        app.answer(Slot::Details, Ok(Reply::History(Page { items: Vec::new(), next: None })));
    }
    app.now += std::time::Duration::from_secs(5);
    app.send(Msg::Saved(Ok(())));
    app.send(Msg::Tick);
    assert!(app.effects.is_empty(), "{:?}", app.told());
    assert_eq!(app.model.wake_in(), None, "idle costs nothing");
}
