//! One million loaded rows: the memory they take, the time from a key to the drawn screen, of a page that arrives, and of a filter.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken fixture is no measurement")]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::cell::RefCell;
use std::time::{Duration, Instant};

use blobfreight::azure::model::{BlobItem, Container, Entry, Page};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, RequestId, Slot};
use blobfreight::protocol::step::Step;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use support::app_harness::{AppHarness, full_draft};

use blobfreight::tree::{Move, NodeId, Sort, SortBy, Tree};

const ROWS: usize = 1_000_000;
const PAGE: usize = 5_000;
const HEIGHT: usize = 50;

fn main() {
    let before = resident();
    let tree = million();
    let taken = resident().saturating_sub(before);
    println!("{} rows take {} MB, {} bytes a row", tree.loaded_nodes(), taken / 1_000_000, taken / ROWS as u64);
    key_to_draw();
    TREE.with(|held| *held.borrow_mut() = Some(tree));
    divan::main();
}

thread_local! {
    static TREE: RefCell<Option<Tree>> = const { RefCell::new(None) };
}

/// The whole program with a million rows loaded, as a person has it: each key goes through `update` and the screen is painted.
fn key_to_draw() {
    let before = resident();
    let mut app = AppHarness::signed_in(full_draft(Step::Blobs));
    app.send(Msg::Resize(140, 50));
    app.send(Msg::Tick);
    let mut asked = started(&app);
    let container = Container { name: "photos".to_owned(), last_modified: String::new() };
    let containers = Reply::Containers(Page { items: vec![container], next: None });
    let (slot, id) = app.model.requests().id(Slot::Listing(0)).map(|id| (Slot::Listing(0), id)).unwrap();
    app.send(Msg::Done { slot, id, outcome: Ok(containers) });
    app.key(Key::Down).key(Key::Right);
    asked.extend(started(&app));
    while let Some((slot, id, call)) = asked.pop() {
        if let Call::Entries { marker, .. } = call {
            let start = marker.and_then(|marker| marker.parse().ok()).unwrap_or(0);
            app.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page(start))) });
            asked.extend(started(&app));
            // Whatever is loaded last is gone to, which asks for the next page.
            app.key(Key::End);
            asked.extend(started(&app));
        }
    }
    let loaded = app.model.wizard.as_ref().map_or(0, |wizard| wizard.steps.blobs.tree.loaded_nodes());
    let taken = resident().saturating_sub(before);
    println!("the program with {loaded} rows takes {} MB more than before (T14: under 60 MB)", taken / 1_000_000);
    for (name, keys) in [
        ("cursor keys", [Key::Up, Key::Down]),
        ("pages", [Key::PageUp, Key::PageDown]),
        ("ends", [Key::Home, Key::End]),
    ] {
        let mut times: Vec<Duration> = (0..200).map(|turn| press_and_paint(&mut app, keys[turn % 2])).collect();
        times.sort_unstable();
        println!(
            "{name}: key to drawn screen, median {:?}, slowest of 200 {:?} (T13: under 16 ms)",
            times[100], times[199]
        );
    }
}

/// One key, and the screen as it is after it.
fn press_and_paint(app: &mut AppHarness, key: Key) -> Duration {
    let area = Rect::new(0, 0, 140, 50);
    let mut buffer = Buffer::empty(area);
    let begun = Instant::now();
    app.key(key);
    divan::black_box(blobfreight::ui::paint(&app.model, area, &mut buffer));
    begun.elapsed()
}

/// What was asked for by the last message.
fn started(app: &AppHarness) -> Vec<(Slot, RequestId, Call)> {
    let asked = |effect: &Effect| match effect {
        Effect::Start { slot, id, call } => Some((*slot, *id, call.clone())),
        _ => None,
    };
    app.effects.iter().filter_map(asked).collect()
}

/// Resident memory of this process in bytes; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn page(start: usize) -> Page<Entry> {
    let item = |index: usize| {
        Entry::Blob(Box::new(BlobItem {
            name: format!("camera-{:02}-2026-02-{index:012}.jpg", index / 20_000),
            size: (index as u64).wrapping_mul(7919) % 9_000_000,
            last_modified: "Mon, 02 Feb 2026 03:04:05 GMT".to_owned(),
            tier: Some("Cool".to_owned()),
            ..BlobItem::default()
        }))
    };
    let end = start + PAGE;
    Page { items: (start..end).map(item).collect(), next: (end < ROWS).then(|| end.to_string()) }
}

/// A container with one million blobs, all loaded.
fn million() -> Tree {
    let mut tree = Tree::new("media");
    tree.resize(HEIGHT);
    let container = Container { name: "photos".to_owned(), last_modified: String::new() };
    tree.take_containers(&Page { items: vec![container], next: None });
    tree.go(Move::Down(1));
    tree.go(Move::Right);
    tree.load_to_end(tree.cursor());
    for start in (0..ROWS).step_by(PAGE) {
        tree.take_entries(tree.cursor(), &page(start));
    }
    tree
}

/// Runs with the tree that was made once for this thread.
fn with(bencher: divan::Bencher<'_, '_>, mut work: impl FnMut(&mut Tree)) {
    TREE.with(|held| {
        let mut held = held.borrow_mut();
        let tree = held.get_or_insert_with(million);
        bencher.bench_local(|| work(tree));
    });
}

#[divan::bench]
fn cursor_key_and_window(bencher: divan::Bencher<'_, '_>) {
    with(bencher, |tree| {
        tree.go(Move::Down(1));
        divan::black_box(tree.rows());
    });
}

#[divan::bench(sample_count = 20)]
fn end_and_home(bencher: divan::Bencher<'_, '_>) {
    with(bencher, |tree| {
        tree.go(Move::End);
        divan::black_box(tree.rows());
        tree.go(Move::Home);
        divan::black_box(tree.rows());
    });
}

#[divan::bench(sample_count = 20)]
fn close_and_open_the_million(bencher: divan::Bencher<'_, '_>) {
    with(bencher, |tree| {
        tree.go(Move::Home);
        tree.go(Move::Down(1));
        tree.go(Move::Left);
        tree.go(Move::Right);
    });
}

#[divan::bench(sample_count = 20)]
fn reload_one_page(bencher: divan::Bencher<'_, '_>) {
    let first = page(0);
    with(bencher, |tree| {
        let node = tree.breadcrumb().get(1).map_or(NodeId::ACCOUNT, |(id, _)| *id);
        tree.reload(node);
        tree.take_entries(node, &first);
    });
}

#[divan::bench(sample_count = 10)]
fn filter_a_million(bencher: divan::Bencher<'_, '_>) {
    with(bencher, |tree| {
        tree.set_filter("777.JP");
        tree.clear_filter();
    });
}

#[divan::bench(sample_count = 5)]
fn sort_a_million_by_size(bencher: divan::Bencher<'_, '_>) {
    with(bencher, |tree| {
        tree.set_sort(Sort { by: SortBy::Size, reversed: false });
        tree.set_sort(Sort::default());
    });
}
