//! The create request as code on Review: it is shown, copied and saved, and nothing of it is sent.

use blobfreight::azure::model::{AutomationForm, Offer};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::support::app_harness::{AppHarness, full_draft, offers};

fn reviewed() -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    let service = app.draft().service();
    app.answer(Slot::Services, Ok(offers(service, &Offer::Offered)));
    app
}

/// The form that the last message asked for.
fn asked(app: &AppHarness) -> Option<AutomationForm> {
    app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::RequestText { form, .. }, .. } => Some(*form),
        _ => None,
    })
}

fn told(app: &mut AppHarness, text: &str) {
    app.answer(Slot::RequestText, Ok(Reply::RequestText(text.to_owned())));
}

#[test]
fn w49_the_request_is_shown_in_each_form_copied_and_saved_and_never_sent() {
    let mut app = reviewed();
    app.types("x");
    assert_eq!(asked(&app), Some(AutomationForm::Request));
    told(&mut app, "PUT https://management.azure.com/…");
    app.key(Key::Right);
    assert_eq!(asked(&app), Some(AutomationForm::AzRest));
    told(&mut app, "az rest --method put");
    assert!(app.screen(100, 30).contains("az rest --method put"), "{}", app.screen(100, 30));
    app.types("c");
    assert!(matches!(app.effects.as_slice(), [Effect::Copy(text)] if text == "az rest --method put"));
    app.types("w");
    let saved = app.effects.iter().any(|effect| {
        matches!(effect, Effect::Start { call: Call::SaveRequest { name, .. }, .. } if name == "export-media.sh")
    });
    assert!(saved, "{:?}", app.effects);
    app.answer(Slot::RequestText, Ok(Reply::SavedRequest(vec!["/home/ana/requests/export-media.sh".into()])));
    assert!(app.screen(100, 30).contains("requests/export-media.sh"), "{}", app.screen(100, 30));
    for _ in 0..AutomationForm::Template as usize {
        app.key(Key::Right);
    }
    assert_eq!(asked(&app), Some(AutomationForm::Request), "after the last form comes the first");
    app.key(Key::Esc);
    assert!(
        app.screen(100, 30).contains("Nothing has been sent yet"),
        "Esc leads back to the review\n{}",
        app.screen(100, 30)
    );
    let sent = app.asked.iter().any(|call| call.starts_with("Create "));
    assert!(!sent, "{:?}", app.asked);
}

#[test]
fn w49_there_is_no_request_while_an_answer_is_missing() {
    let mut draft = full_draft(Step::Review);
    draft.options.name.clear();
    draft.options.resource_group.clear();
    let mut app = AppHarness::signed_in(draft);
    app.types("x");
    assert_eq!(asked(&app), None);
    assert!(app.screen(100, 30).contains("There is no request yet"), "{}", app.screen(100, 30));
}
