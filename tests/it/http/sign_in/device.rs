//! Signing in with a code that the person types on a page.

use blobfreight::azure::{
    fault::FaultKind,
    model::{AskPerson, SignInCommand, SignInMethod, SignInPrompt},
};
use blobfreight::sim::{FaultAction, FaultRule};
use jiff::{SignedDuration, Timestamp};

use crate::http::sign_in::fixture::SignInFixture;

#[tokio::test]
async fn w33_the_program_waits_for_the_code_and_slows_down_when_told_to() {
    let fixture = SignInFixture::new().await;
    let slower = FaultAction::OAuthError { error: "slow_down".into(), code: 70016 };
    fixture.sim.faults().add(FaultRule { skip: 1, ..FaultRule::next("/oauth2/v2.0/token", slower) });
    let typed = async {
        let prompt = fixture.prompt().await.unwrap();
        let SignInPrompt::DeviceCode { address, code, until } = prompt else { panic!("{prompt:?}") };
        assert!(until > Timestamp::now() && code.len() == 9 && address.ends_with("/devicelogin"));
        while fixture.grants().len() < 4 {
            tokio::task::yield_now().await;
        }
        fixture.get(&format!("{address}?code={code}&answer=yes")).await
    };
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::DeviceCode, None), typed);
    assert!(page.1.contains("signed in on the device"));
    assert_eq!(signed_in.unwrap().1.method, SignInMethod::DeviceCode);
    assert_eq!(fixture.prompt().await, None);
}

#[tokio::test]
async fn a_code_that_is_refused_ends_the_sign_in() {
    let fixture = SignInFixture::new().await;
    let (signed_in, ()) = tokio::join!(fixture.sign_in(SignInMethod::DeviceCode, None), fixture.type_code("no"));
    let fault = signed_in.unwrap_err();
    assert_eq!((fault.kind, fault.code.as_deref()), (FaultKind::SignedOut, Some("authorization_declined")));
    assert!(fault.reason.contains("refused in the browser (AADSTS70018"), "{fault}");
}

#[tokio::test]
async fn w33_after_its_end_a_code_waits_for_the_wish_for_a_new_one() {
    let fixture = SignInFixture::new().await;
    let renewed = async {
        let (_, first) = fixture.code().await;
        fixture.sim.advance(SignedDuration::from_mins(16));
        let Some(SignInPrompt::DeviceCode { code, until, .. }) = fixture.prompt().await else { panic!("no code") };
        assert!(code == first && until <= Timestamp::now(), "the same code, at its end");
        fixture.commands.send(SignInCommand::Anew(SignInMethod::DeviceCode)).unwrap();
        let (address, second) = fixture.code().await;
        assert_ne!(first, second);
        assert_eq!(fixture.get(&format!("{address}?code={first}&answer=yes")).await.0, 404, "the old one is over");
        fixture.get(&format!("{address}?code={second}&answer=yes")).await
    };
    let (signed_in, _) = tokio::join!(fixture.sign_in(SignInMethod::DeviceCode, None), renewed);
    assert!(signed_in.is_ok());
}

#[tokio::test]
async fn without_somebody_to_ask_an_expired_code_is_a_fault() {
    let mut fixture = SignInFixture::new().await;
    fixture.person.commands = None;
    let late = async {
        fixture.code().await;
        fixture.sim.advance(SignedDuration::from_mins(16));
    };
    let (signed_in, ()) = tokio::join!(fixture.sign_in(SignInMethod::DeviceCode, None), late);
    assert!(signed_in.unwrap_err().reason.starts_with("the code has expired (AADSTS70020"));
}

#[tokio::test]
async fn w33_giving_up_ends_the_sign_in_and_the_polling() {
    let fixture = SignInFixture::new().await;
    let given_up = async {
        fixture.code().await;
        fixture.commands.send(SignInCommand::Cancel).unwrap();
    };
    let (signed_in, ()) = tokio::join!(fixture.sign_in(SignInMethod::DeviceCode, None), given_up);
    assert_eq!(signed_in.unwrap_err().kind, FaultKind::Cancelled);
    assert_eq!(fixture.prompt().await, None);
}

#[tokio::test]
async fn the_person_may_change_to_the_browser_while_a_code_is_shown() {
    let fixture = SignInFixture::new().await;
    let changed = async {
        fixture.code().await;
        fixture.commands.send(SignInCommand::Anew(SignInMethod::Browser)).unwrap();
        fixture.follow().await
    };
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::DeviceCode, None), changed);
    assert!(signed_in.is_ok() && page.contains("You are signed in"));
}

#[tokio::test]
async fn a_sign_in_that_must_not_ask_fails_at_once_and_shows_nothing() {
    let fixture = SignInFixture::new().await;
    let signed_in = fixture.sign_in_asking(SignInMethod::DeviceCode, None, AskPerson::Never).await;
    assert_eq!(signed_in.unwrap_err().kind, FaultKind::SignedOut);
    assert!(fixture.sim.journal().is_empty());
}
