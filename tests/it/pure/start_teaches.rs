//! The start screen for somebody who never made an export, and for somebody with drafts.

use blobfreight::draft::DraftEntry;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Opening, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::support::app_harness::{AppHarness, now};
use crate::support::listed;

fn with(drafts: Vec<DraftEntry>) -> AppHarness {
    let mut app = AppHarness::started(Opening::Start);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts)));
    app
}

/// Everything on the page, read line by line in a terminal of this size.
fn read(app: &mut AppHarness, columns: u16, rows: u16) -> String {
    app.on_screen(columns, rows);
    let mut all = app.frame();
    for _ in 0..80 {
        app.key(Key::Down);
        all.extend(app.frame());
    }
    all.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

#[test]
fn w65_the_start_screen_says_the_way_the_time_what_to_have_ready_and_where_the_prices_are() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let page = read(&mut with(Vec::new()), columns, rows);
        for words in ["Choose", "Create", "Ship", "Wait", "Unlock", "Have ready", "SATA", "What it costs"] {
            assert!(page.contains(words), "{words} is missing at {columns}x{rows}:\n{page}");
        }
    }
    let page = read(&mut with(Vec::new()), 120, 40);
    assert!(page.contains("pricing/details/storage-import-export/"), "{page}");
    // A figure without its page is a rumour: the page stands between it and the next figure.
    let figures = ["7 to 10 days", "at most 10"];
    for figure in figures {
        let (_, behind) = page.split_once(figure).unwrap_or_else(|| panic!("{figure} is missing:\n{page}"));
        let next = figures.iter().filter_map(|other| behind.find(other)).min().unwrap_or(behind.len());
        assert!(behind[..next].contains("(page: "), "{figure} names no page:\n{page}");
    }
}

fn entry(number: u32, job: &str) -> DraftEntry {
    let draft = listed::ready(Step::Follow, "mediaarchive", Some(job), Some("Transferring"));
    listed::entry(&format!("20261101-0800-{number:08x}"), now(), listed::row(draft))
}

#[test]
fn w66_drafts_have_their_whole_names_and_the_one_under_the_cursor_is_described_beside_them() {
    let long = "export-of-the-whole-northern-archive-for-the-museum-2026-second";
    let mut app = with(vec![entry(1, "export-media"), entry(2, long)]);
    for columns in [40, 80, 120] {
        app.on_screen(columns, 40);
        let names: String = app
            .frame()
            .iter()
            .map(|line| line.split('│').nth(usize::from(columns >= 110)).unwrap_or(line).trim())
            .collect();
        assert!(names.contains(long), "{columns}: {names}");
    }
    app.on_screen(120, 40);
    let beside = |app: &AppHarness| app.frame().iter().filter_map(|line| line.split('│').nth(2)).collect::<String>();
    assert!(
        beside(&app).contains("export-media") && beside(&app).contains("Transferring, as last"),
        "{}",
        beside(&app)
    );
    app.key(Key::Down);
    assert!(beside(&app).contains("20261101-0800-00000002"), "{}", beside(&app));
    app.on_screen(80, 24);
    assert!(!app.frame().join("\n").contains("as last read"), "no room for it");
}
