//! A person signs in: the page in a browser, the code to type, and the same over a step whose request waits for it.

use blobfreight::azure::model::{Identity, KeyringRemoval, SignInCommand, SignInMethod, SignInPrompt, Tenant};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, ProgressEvent, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::screens::shows;
use crate::support::app_harness::{AppHarness, empty_draft, full_draft, now};

fn told(app: &mut AppHarness, slot: Slot, prompt: Option<SignInPrompt>) {
    let id = app.current(slot);
    app.send(Msg::Progress { slot, id, event: ProgressEvent::SignIn(prompt) });
}

fn page(opened: bool) -> SignInPrompt {
    let address = "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?response_type=code&client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46&state=p8sQ&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&redirect_uri=http%3A%2F%2Flocalhost%3A40123&scope=https%3A%2F%2Fmanagement.azure.com%2F.default+offline_access";
    SignInPrompt::Browser { address: address.into(), short: "http://localhost:40123/k3Xq8s2P".into(), opened }
}

fn code(seconds: i64) -> SignInPrompt {
    let until = now().checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
    SignInPrompt::DeviceCode { address: "https://microsoft.com/devicelogin".into(), code: "EW3ZK7TQF".into(), until }
}

fn waiting(prompt: SignInPrompt) -> AppHarness {
    let mut app = AppHarness::with(empty_draft());
    app.key(Key::Enter);
    told(&mut app, Slot::SignIn, Some(prompt));
    app
}

/// A request of the step Follow waits for the person.
pub(super) fn in_place(prompt: SignInPrompt) -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    told(&mut app, Slot::Locations, Some(prompt));
    app
}

/// A code over a step.
pub(super) fn code_in_place() -> AppHarness {
    in_place(code(872))
}

#[test]
fn w33_the_page_and_the_code_are_shown_with_what_to_do() {
    shows("sign_in_browser", || waiting(page(true)));
    shows("sign_in_no_browser", || waiting(page(false)));
    shows("sign_in_code", || waiting(code(872)));
    shows("sign_in_code_expired", || waiting(code(0)));
}

#[test]
fn a_request_that_waits_for_the_person_is_shown_over_its_step() {
    shows("sign_in_place_code", code_in_place);
    shows("sign_in_place_browser", || in_place(page(true)));
}

#[test]
fn w33_address_and_code_are_copied_and_another_code_is_one_key() {
    let mut app = waiting(code(872));
    for (key, effect) in [('c', "EW3ZK7TQF"), ('a', "https://microsoft.com/devicelogin")] {
        app.key(Key::Char(key));
        assert!(matches!(&app.effects[..], [Effect::Copy(text)] if text == effect), "{:?}", app.effects);
    }
    for (key, method) in [('n', SignInMethod::DeviceCode), ('b', SignInMethod::Browser)] {
        app.key(Key::Char(key));
        let wanted = SignInCommand::Anew(method);
        assert!(matches!(&app.effects[..], [Effect::TellSignIn(told)] if *told == wanted), "{:?}", app.effects);
    }
    app.ctrl('x');
    assert!(matches!(&app.effects[..], [Effect::Cancel(Slot::SignIn)]), "{:?}", app.effects);
    assert!(app.screen(80, 24).contains("Way to sign in"), "the choice is back");
}

#[test]
fn the_whole_address_of_the_page_is_copied_with_one_key() {
    let mut app = waiting(page(false));
    app.key(Key::Char('c'));
    let whole = page(false).address().to_owned();
    assert!(matches!(&app.effects[..], [Effect::Copy(text)] if *text == whole), "{:?}", app.effects);
    app.key(Key::Char('o'));
    assert!(matches!(&app.effects[..], [Effect::OpenPage(text)] if *text == whole), "{:?}", app.effects);
}

#[test]
fn w79_the_short_address_of_the_page_is_whole_and_in_view_at_40_columns() {
    for (columns, rows) in [(40, 12), (80, 24)] {
        for opened in [true, false] {
            let mut app = waiting(page(opened));
            app.on_screen(columns, rows);
            let whole = |line: &String| line.trim() == "http://localhost:40123/k3Xq8s2P";
            assert!(app.frame().iter().any(whole), "{:#?}", app.frame());
        }
    }
}

#[test]
fn while_a_request_waits_for_the_person_no_key_changes_the_step_and_esc_gives_up() {
    let mut app = code_in_place();
    let before = app.draft().clone();
    app.key(Key::Enter).alt(Key::Left).key(Key::Tab).paste("x");
    assert_eq!((app.step(), app.draft()), (Step::Location, &before));
    assert!(app.screen(80, 24).contains("EW3ZK7TQF"));
    app.key(Key::Esc);
    assert!(matches!(&app.effects[..], [Effect::TellSignIn(SignInCommand::Cancel)]), "{:?}", app.effects);
    told(&mut app, Slot::Locations, None);
    assert!(!app.screen(80, 24).contains("EW3ZK7TQF") && app.step() == Step::Location);
}

fn guest() -> AppHarness {
    let mut app = AppHarness::with(empty_draft());
    app.key(Key::Enter);
    let identity =
        Identity { who: "ana@contoso.example".into(), tenant: Some("t1".into()), method: SignInMethod::Browser };
    let cloud = blobfreight::azure::cloud::Cloud::public();
    app.answer(Slot::SignIn, Ok(Reply::SignedIn { identity, cloud, unkept: None }));
    app.alt(Key::Left);
    let tenant =
        |id: &str, name: &str, domain: &str| Tenant { id: id.into(), name: name.into(), domain: Some(domain.into()) };
    let tenants = vec![tenant("t1", "Contoso", "contoso.example"), tenant("t2", "Fabrikam", "fabrikam.example")];
    app.answer(Slot::Tenants, Ok(Reply::Tenants(tenants)));
    app
}

#[test]
fn a_guest_changes_the_tenant_and_the_draft_remembers_it() {
    shows("sign_in_tenants", || {
        let mut app = guest();
        app.key(Key::Right).key(Key::Right);
        app
    });
    let mut app = guest();
    app.key(Key::Right).key(Key::Right).key(Key::Down).key(Key::Enter);
    let identity =
        Identity { who: "ana@contoso.example".into(), tenant: Some("t2".into()), method: SignInMethod::Browser };
    let cloud = blobfreight::azure::cloud::Cloud::public();
    app.answer(Slot::SignIn, Ok(Reply::SignedIn { identity, cloud, unkept: None }));
    let known = app.draft().sign_in.clone().unwrap();
    assert_eq!((known.tenant.as_deref(), known.identity.tenant.as_deref()), (Some("t2"), Some("t2")));
}

#[test]
fn a_keyring_that_does_not_answer_is_said_and_signing_out_ends_the_session() {
    let mut app = AppHarness::with(empty_draft());
    app.key(Key::Char('w')).key(Key::Enter);
    let identity = Identity { who: "ana".into(), tenant: None, method: SignInMethod::Browser };
    let cloud = blobfreight::azure::cloud::Cloud::public();
    let unkept = Some("nothing answers on the bus".to_owned());
    app.answer(Slot::SignIn, Ok(Reply::SignedIn { identity, cloud, unkept }));
    assert!(app.notice().contains("keyring does not keep this sign-in (nothing answers"), "{}", app.notice());
    app.alt(Key::Left).key(Key::Char('s')).answer(Slot::SignOut, Ok(Reply::SignedOut(KeyringRemoval::Removed)));
    assert!(app.shared().session.is_none() && app.notice().contains("signed out"), "{}", app.notice());
    assert!(app.notice().contains("removed from the keyring"), "{}", app.notice());
}

#[test]
fn w79_unticking_asks_the_keyring_to_forget_the_sign_in_and_says_what_it_answered() {
    let mut app = guest();
    app.key(Key::Char('w')).key(Key::Char('w'));
    let forgets = |effect: &Effect| matches!(effect, Effect::Start { call: Call::ForgetSignIn(_), .. });
    assert!(app.effects.iter().any(forgets), "{:?}", app.effects);
    app.answer(Slot::SignOut, Ok(Reply::SignInForgotten(KeyringRemoval::Removed)));
    assert!(app.notice().contains("removed from the keyring. You stay signed in"), "{}", app.notice());
    assert!(app.shared().session.is_some());
    app.key(Key::Char('w')).key(Key::Char('w'));
    app.answer(Slot::SignOut, Ok(Reply::SignInForgotten(KeyringRemoval::Unknown("the bus is away".into()))));
    assert!(app.notice().contains("still has a sign-in is not known: the bus is away"), "{}", app.notice());
}
