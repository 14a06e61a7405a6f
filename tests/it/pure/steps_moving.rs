//! Next and Back on every step, with all answers and with none.

use blobfreight::draft::Draft;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::step::Step;

use crate::pure::steps_forms::answers::created;
use crate::support::app_harness::{AppHarness, empty_draft, full_draft};

#[test]
fn w04_back_works_on_every_step_by_either_key() {
    for pair in Step::ALL.windows(2) {
        for key in [KeyPress::alt(Key::Left), KeyPress::plain(Key::Esc)] {
            let draft = if pair[1] > Step::Review { created() } else { full_draft(pair[1]) };
            let mut app = AppHarness::signed_in(Draft { step: pair[1], ..draft });
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
        for mut app in [AppHarness::signed_in(full_draft(step)), AppHarness::with(Draft { step, ..empty_draft() })] {
            let before = app.screen(80, 24);
            app.press(KeyPress::alt(Key::Right));
            let moved = app.step() != step;
            let asks = app.told().iter().any(|effect| !effect.starts_with("save"));
            // Behind the check of the drives is the page of the end.
            let shows = app.screen(80, 24) != before;
            assert!(moved || asks || shows || !app.notice().is_empty(), "Next is dead on {step:?}\n{before}");
        }
    }
}
