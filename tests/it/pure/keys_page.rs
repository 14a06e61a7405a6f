//! The page of keys: groups, two columns where there is room, a filter that is typed.

use crate::support::app_harness::{AppHarness, full_draft};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::step::Step;

fn opened(step: Step, columns: u16, rows: u16) -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(step));
    app.on_screen(columns, rows).key(Key::F(1));
    app
}

#[test]
fn the_keys_stand_in_groups_side_by_side_where_there_is_room() {
    let screen = opened(Step::Address, 80, 60).screen(80, 60);
    for title in ["On this screen", "Moving", "In a text field", "Steps", "Program", "Terminals differ"] {
        assert!(screen.contains(title), "{title}:\n{screen}");
    }
    assert!(
        screen.contains("Alt-1-0") && screen.contains("Ctrl-W, Alt-Backspace") && screen.contains("delete the word")
    );
    let wide = opened(Step::Address, 150, 60).frame();
    assert!(wide.iter().any(|line| line.contains("On this screen") && line.contains("Steps")), "{}", wide.join("\n"));
}

#[test]
fn what_is_typed_filters_the_keys_and_esc_shows_all_again() {
    for (columns, rows) in [(40, 12), (80, 24), (150, 40)] {
        let mut app = opened(Step::Review, columns, rows);
        let all = app.screen(columns, rows);
        app.types("fg");
        let screen = app.screen(columns, rows);
        assert!(screen.contains("Ctrl-Z") && screen.contains("Program"), "{screen}");
        assert!(!screen.contains("Next step") && !screen.contains("Moving"), "{screen}");
        app.types(" nosuch");
        assert!(app.screen(columns, rows).contains("No key here"), "{}", app.screen(columns, rows));
        app.key(Key::Esc);
        assert_eq!(app.screen(columns, rows), all);
        app.key(Key::Esc);
        assert!(app.model.overlay.is_none());
    }
    // Letters are text here, and nothing beneath sees them.
    let mut app = opened(Step::Review, 80, 24);
    app.types("qm").press(KeyPress::char('?'));
    assert!(app.model.overlay.is_none() && !app.model.mouse && !app.model.leaving);
}

#[test]
fn every_group_can_be_scrolled_to_on_a_small_screen() {
    let mut app = opened(Step::Blobs, 40, 12);
    let mut seen = String::new();
    for _ in 0..120 {
        seen += &app.screen(40, 12);
        app.key(Key::Down);
    }
    for title in ["On this screen", "Moving", "Steps", "Program", "Signs before a row", "Terminals differ", "Esc+"] {
        assert!(seen.contains(title), "{title}");
    }
}

#[test]
fn a_key_is_found_by_the_words_of_its_hint() {
    for step in [Step::Account, Step::Blobs, Step::Drives, Step::Review] {
        let mut app = AppHarness::signed_in(full_draft(step));
        let (contexts, keys) = (app.model.contexts(), app.model.settings.keys.clone());
        for binding in keys.active(&contexts).iter().filter(|binding| !binding.hint.is_empty()) {
            app.key(Key::F(1)).types(&binding.hint.to_lowercase());
            let screen = app.screen(150, 60);
            assert!(!screen.contains("No key here has these words"), "{step:?}: {}\n{screen}", binding.hint);
            app.key(Key::Esc).key(Key::Esc);
        }
    }
}
