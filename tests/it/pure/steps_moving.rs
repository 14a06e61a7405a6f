//! Next and Back on every step, with all answers and with none.

use blobfreight::draft::Draft;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::step::Step;

use crate::support::app_harness::{AppHarness, empty_draft, full_draft};

#[test]
fn w04_back_works_on_every_step_by_either_key() {
    for pair in Step::ALL.windows(2) {
        for key in [KeyPress::alt(Key::Left), KeyPress::plain(Key::Esc)] {
            let mut app = AppHarness::signed_in(full_draft(pair[1]));
            app.press(key);
            // The address comes before the location, and is open before it.
            assert!(
                app.step() < pair[1] || app.step() == pair[0],
                "{key:?} on {:?} leads to {:?}",
                pair[1],
                app.step()
            );
        }
    }
}

#[test]
fn w06_next_on_any_step_moves_or_says_what_is_missing() {
    for &step in Step::ALL {
        for draft in [full_draft(step), Draft { step, ..empty_draft() }] {
            let mut app = AppHarness::signed_in(draft);
            let before = app.notice().to_owned();
            app.press(KeyPress::alt(Key::Right));
            let moved = app.step() != step;
            let asks = app.told().iter().any(|effect| !effect.starts_with("save"));
            assert!(moved || asks || !app.notice().is_empty(), "Next is dead on {step:?} ({before})");
        }
    }
}
