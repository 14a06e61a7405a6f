//! A draft whose account is opened by its key: counting waits for the account, not for a sign-in.

use std::sync::Arc;

use crate::support::app_harness::{AppHarness, empty_draft};
use blobfreight::azure::model::Access;
use blobfreight::draft::DirectAccount;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::progress::StepMark;
use blobfreight::wizard::rail;

use super::{TB, prefix, report, shows};

/// A draft on the drives step whose account is opened by its key, and is not open yet.
fn opened_by_key() -> AppHarness {
    let given = DirectAccount {
        endpoint: "https://mediaarchive.blob.core.windows.net".into(),
        name: "mediaarchive".into(),
        container: None,
    };
    let mut draft = empty_draft();
    draft.selection.rules = Arc::new(vec![prefix("/footage/")]);
    draft.selection.account = Some(given.endpoint.clone());
    (draft.step, draft.given) = (Step::Drives, Some(given));
    AppHarness::with(draft)
}

#[test]
fn a_count_anew_that_is_asked_for_before_the_account_is_open_begins_with_it() {
    for (keys, wanted) in [("", false), ("r", true), (" ", false), ("rr", true), ("r ", true)] {
        let mut app = opened_by_key();
        for key in keys.chars() {
            app.press(KeyPress::char(key));
            assert!(app.notice().starts_with("Counting begins once the account is open"), "{key:?}: {}", app.notice());
        }
        app.answer(Slot::Given, Ok(Reply::Access(Access::KeyGiven)));
        let anew: Vec<bool> = app
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Start { call: Call::Scan { anew, .. }, .. } => Some(*anew),
                _ => None,
            })
            .collect();
        assert_eq!(anew, [wanted], "after {keys:?}");
        assert!(!app.screen(80, 24).contains("Counting begins once"), "it has begun: {}", app.screen(80, 24));
    }
}

#[test]
fn a_draft_opened_by_key_counts_with_it_and_only_the_return_address_asks_for_a_sign_in() {
    let mut app = opened_by_key();
    assert!(app.told().contains(&"Given OpenAccount".to_owned()), "{:?}", app.told());
    shows(&app, "Counting begins once the account is open");
    app.answer(Slot::Given, Ok(Reply::Access(Access::KeyGiven)));
    let asked = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::Scan { endpoint, .. }, .. } => Some(endpoint.as_str()),
        _ => None,
    });
    assert_eq!(asked, Some("https://mediaarchive.blob.core.windows.net"));
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report(&prefix("/footage/"), &[3 * TB, 2 * TB])))));
    shows(&app, "2 drives of 4TB are needed");
    let shared = &app.model.wizard.as_ref().unwrap().shared;
    assert_eq!(rail::progress(shared, Step::Drives).stale, None);
    assert!(rail::mark(shared, Step::SignIn) != StepMark::NeedsYou, "counting needs no sign-in");
    app.press(KeyPress::alt(Key::Right));
    assert_eq!(app.step(), Step::Drives);
    let why = "Return address cannot be opened yet: sign in first (Alt-1): a key opens only blobs.";
    assert_eq!(app.notice(), why);
}
