//! What every screen looks like, as text: one snapshot file a state in `tests/snapshots/`, with the state in three sizes of terminal.
//!
//! A test fails where a screen differs from its file. To see the difference, run `cargo test --test pure screens`. To accept all new screens
//! run `INSTA_UPDATE=always cargo test --test pure screens`, read the change with `git diff tests/snapshots`, and commit it.
//! The gate (`.ci/run`) sets `INSTA_UPDATE=no`: it compares and writes nothing.

mod account;
use crate::pure::steps_forms::answers;
mod blobs;
mod contrast;
mod drives;
mod forms;
mod job;
mod sign_in;
mod start;
mod styles;
mod verify;

use std::time::Duration;

use crate::support::app_harness::{AppHarness, now};
use crate::support::other_keys;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::Msg;
use jiff::tz::TimeZone;

/// An ordinary terminal, a large one, and nearly the smallest that is drawn.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];

/// Compares a state in every size with `tests/snapshots/NAME.snap`.
fn shows(name: &str, state: impl Fn() -> AppHarness) {
    shows_after(name, state, |_| {});
}

/// The same, after keys that depend on what is in view.
fn shows_after(name: &str, state: impl Fn() -> AppHarness, keys: impl Fn(&mut AppHarness)) {
    let screens = SIZES.map(|size| {
        let mut app = state();
        still(&mut app, size);
        keys(&mut app);
        titled(size, &app)
    });
    compare(name, &screens.concat());
    names_only_chosen_keys(&state, &keys);
}

/// The same state, brought about with other keys, names none of the usual ones.
fn names_only_chosen_keys(state: &impl Fn() -> AppHarness, keys: &impl Fn(&mut AppHarness)) {
    let screen = other_keys::with_other_keys(|| {
        let mut app = state();
        still(&mut app, (120, 40));
        keys(&mut app);
        app.frame().join("\n")
    });
    let usual = other_keys::usual_keys_on(&screen);
    assert!(usual.is_empty(), "usual keys are named where others were chosen: {usual:#?}\n{screen}");
}

/// Sets the screen size, switches motion off, saves the draft, and lets two seconds pass so that running requests show.
fn still(app: &mut AppHarness, (columns, rows): (u16, u16)) {
    app.model.settings.motion = false;
    app.now += Duration::from_secs(2);
    app.send(Msg::Saved(Ok(()))).on_screen(columns, rows);
}

/// A screen under a line with its size. Many empty rows in a row are one line with their number.
fn titled((columns, rows): (u16, u16), app: &AppHarness) -> String {
    let mut lines = vec![format!("{:=<width$}", format!("{columns}x{rows} "), width = usize::from(columns))];
    for alike in app.frame().chunk_by(|one, other| one == other) {
        match alike {
            [row, _, _, ..] => lines.push(format!("{row} ({} rows)", alike.len())),
            few => lines.extend_from_slice(few),
        }
    }
    lines.join("\n") + "\n"
}

/// Compares with the file.
fn compare(name: &str, screens: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"));
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, in_utc(screens)));
}

/// The time of the fixtures as UTC, where a screen shows it in the time zone of this machine.
fn in_utc(screens: &str) -> String {
    let local = now().to_zoned(TimeZone::system());
    let (time, day) = (local.strftime("%H:%M"), local.strftime("%Y-%m-%d %H:%M"));
    let screens = screens.replace(&day.to_string(), "2026-11-22 09:00");
    ["saved ", "\n ", "│ "]
        .iter()
        .fold(screens, |screens, before| screens.replace(&format!("{before}{time}"), &format!("{before}09:00")))
}

fn to_the_end(app: &mut AppHarness) {
    app.key(Key::End);
}
