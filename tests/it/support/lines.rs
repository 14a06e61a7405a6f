//! Reading a page as a person does: line by line to its end and back, at every size.

use std::collections::BTreeSet;

use blobfreight::app::Focus;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::step::Step;

use crate::support::app_harness::AppHarness;

pub(crate) const SIZES: [(u16, u16); 4] = [(80, 24), (40, 12), (60, 15), (120, 40)];

/// The lines of the page itself: not the header, the rail, the guide at its foot, the button, the hints; without the column of the
/// signs that there is more.
fn page(app: &AppHarness, (columns, rows): (u16, u16)) -> Vec<String> {
    let beside = app.model.overlay.is_none() && columns >= 110;
    let rail = if beside { usize::from(columns / 4).clamp(28, 36) + 1 } else { 0 };
    let lines = app.painted(columns, rows).0;
    let below = if app.model.overlay.is_some() { 2 } else { 3 };
    let inside = lines.into_iter().take(usize::from(rows) - below).skip(2);
    let mut page: Vec<String> =
        inside.map(|line| line.chars().skip(rail).take(usize::from(columns) - rail - 2).collect()).collect();
    let guide = page.iter().rposition(|line| line.trim_start().starts_with("Why   "));
    page.truncate(guide.unwrap_or(page.len()));
    page
}

/// A line without the signs of focus and choice, which come and go.
fn words(line: &str) -> String {
    line.trim().trim_start_matches('›').trim().replace("(*)", "( )")
}

/// What a person met on the way through a page.
pub(crate) struct Reading {
    /// Lines that were in view.
    pub seen: BTreeSet<String>,
    /// Lines the page had, if only for a while: the help under a field goes with the focus.
    pub all: BTreeSet<String>,
    /// Lines the page had all the time.
    pub always: BTreeSet<String>,
}

/// Presses a key until it changes nothing more or leaves the page.
pub(crate) fn press_to_end(app: &mut AppHarness, key: Key) -> Reading {
    let (mut seen, mut all, mut always) = (BTreeSet::new(), BTreeSet::new(), None);
    let size = app.model.size;
    for _ in 0..600 {
        seen.extend(page(app, size).into_iter().map(|line| words(&line)));
        if app.model.draft().is_none_or(|draft| draft.step != Step::Blobs) || app.model.overlay.is_some() {
            let whole: BTreeSet<String> =
                page(app, (size.0, 500)).into_iter().map(|line| words(&line)).filter(|line| !line.is_empty()).collect();
            always = Some(always.map_or_else(|| whole.clone(), |before: BTreeSet<String>| &before & &whole));
            all.extend(whole);
        }
        let before = (app.frame(), app.model.view().drawn().clone());
        let was_on_button = is_on_button(app);
        app.key(key);
        // From the button the page scrolls back until its last row is in view.
        let leaves = is_on_button(app) && !was_on_button;
        if leaves || before == (app.frame(), app.model.view().drawn().clone()) {
            return Reading { seen, all, always: always.unwrap_or_default() };
        }
    }
    panic!("the page has no end:\n{}", app.frame().join("\n"));
}

fn is_on_button(app: &AppHarness) -> bool {
    app.model.overlay.is_none() && app.model.wizard.as_ref().is_some_and(|wizard| wizard.focus == Focus::Button)
}

/// Every line can be read from the top down, line by line; from the end up every line that does not go with the focus, too; and the
/// first key back does something.
pub(crate) fn reads_whole(name: &str, app: &mut AppHarness) {
    for (columns, rows) in SIZES {
        app.on_screen(columns, rows);
        press_to_end(app, Key::Up);
        assert_eq!(app.model.view().drawn().top, 0, "{name} at {columns}x{rows}: {}", app.frame().join("\n"));
        for (way, back) in [(Key::Down, Key::Up), (Key::Up, Key::Down)] {
            let read = press_to_end(app, way);
            let wanted = if way == Key::Down { &read.all } else { &read.always };
            let unseen: Vec<_> = wanted.difference(&read.seen).collect();
            let frame = app.frame();
            let shown = frame.join("\n");
            assert!(unseen.is_empty(), "{name} at {columns}x{rows}, {way:?}, unseen: {unseen:#?}\n{shown}");
            let drawn = app.model.view().drawn();
            if drawn.extent.lines > drawn.extent.rows {
                app.key(back);
                assert_ne!(frame, app.frame(), "{name} at {columns}x{rows}: {back:?} does nothing at the end");
                app.key(way);
            }
        }
    }
}
