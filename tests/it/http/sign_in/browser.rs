//! Signing in in a browser.

use blobfreight::azure::{
    fault::FaultKind,
    model::{SignInMethod, SignInPrompt},
};
use blobfreight::sim::Consent;

use crate::http::sign_in::fixture::SignInFixture;

#[tokio::test]
async fn a_browser_signs_in_with_a_code_that_only_this_program_can_redeem() {
    let fixture = SignInFixture::new().await;
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::Browser, None), fixture.follow());
    let (azure, identity) = signed_in.unwrap();
    assert_eq!((identity.who.as_str(), identity.method), ("rehearsal@northlight.example", SignInMethod::Browser));
    assert!(page.contains("You are signed in") && page.contains("goes on in the terminal"), "{page}");
    assert_eq!(fixture.prompt().await, None, "nothing more to do");
    assert_eq!(azure.subscriptions().await.unwrap().len(), 3);
    let (tenant, redeemed) = fixture.token_requests().remove(0);
    assert_eq!(tenant, "organizations", "the own tenant of whoever signs in");
    assert!(redeemed.contains("code_verifier=") && redeemed.contains("redirect_uri=http%3A%2F%2Flocalhost%3A"));
    let (_, authorize, _) = fixture.sim.journal().remove(0);
    for part in
        ["code_challenge_method=S256", "state=", "offline_access", "client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46"]
    {
        assert!(authorize.contains(part), "{authorize}");
    }
}

#[tokio::test]
async fn another_service_gets_its_token_without_the_person() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    azure.containers(&fixture.sim.endpoints().blob, None).await.unwrap();
    assert_eq!(fixture.grants(), ["authorization_code", "refresh_token"]);
}

#[tokio::test]
async fn an_answer_with_another_state_is_refused_and_the_right_one_still_counts() {
    let fixture = SignInFixture::new().await;
    let forged_then_real = async {
        let prompt = fixture.prompt().await.unwrap();
        let page = url::Url::parse(prompt.address()).unwrap();
        let (_, redirect) = page.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap();
        for forged in ["code=code.stolen&state=guessed", "code=code.stolen", "error=access_denied&state="] {
            let (status, text) = fixture.get(&format!("{redirect}/?{forged}")).await;
            assert!(status == 400 && text.contains("does not belong to the sign-in"), "{status} {text}");
        }
        assert_eq!(fixture.get(&format!("{redirect}/favicon.ico")).await.0, 404);
        assert!(fixture.token_requests().is_empty(), "a forged code is not redeemed");
        fixture.get(prompt.address()).await
    };
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::Browser, None), forged_then_real);
    assert!(signed_in.is_ok() && page.1.contains("You are signed in"));
}

#[tokio::test]
async fn a_refusal_is_told_on_the_page_and_in_the_terminal() {
    let fixture = SignInFixture::new().await;
    fixture.sim.switch(|switches| switches.consent = Consent::Denied);
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::Browser, None), fixture.follow());
    let fault = signed_in.unwrap_err();
    assert_eq!((fault.kind, fault.tried.as_str()), (FaultKind::SignedOut, "sign in to lab in a browser"));
    assert!(fault.reason.contains("refused in the browser (AADSTS65004: User declined"), "{fault}");
    assert!(page.contains("You are not signed in") && page.contains("AADSTS65004"), "{page}");
    assert_eq!(fixture.prompt().await, None);
}

#[tokio::test]
async fn a_code_that_the_authority_does_not_redeem_is_no_sign_in() {
    let fixture = SignInFixture::new().await;
    let spent = async {
        let prompt = fixture.prompt().await.unwrap();
        let page = url::Url::parse(prompt.address()).unwrap();
        let of = |wanted: &str| page.query_pairs().find(|(name, _)| name == wanted).unwrap().1.into_owned();
        fixture.get(&format!("{}/?code=code.spent&state={}", of("redirect_uri"), of("state"))).await
    };
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::Browser, None), spent);
    let fault = signed_in.unwrap_err();
    assert!(fault.reason.contains("AADSTS54005") && page.1.contains("You are not signed in"), "{fault}");
    for secret in ["code.spent", "code_verifier"] {
        assert!(!format!("{fault:?}").contains(secret) && !page.1.contains(secret), "{fault:?}");
    }
}

#[tokio::test]
async fn where_no_browser_opens_the_whole_address_is_told() {
    let mut fixture = SignInFixture::new().await;
    fixture.person.open_browser = std::sync::Arc::new(|_| false);
    let told = async {
        let prompt = fixture.prompt().await.unwrap();
        assert!(matches!(&prompt, SignInPrompt::Browser { opened: false, .. }), "{prompt:?}");
        fixture.get(prompt.address()).await
    };
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::Browser, None), told);
    assert!(signed_in.is_ok() && page.0 == 200);
}

#[tokio::test]
async fn an_unknown_tenant_is_said_in_one_sentence() {
    let fixture = SignInFixture::new().await;
    let fault = fixture.sign_in(SignInMethod::DeviceCode, Some("nowhere.example")).await.unwrap_err();
    assert!(fault.reason.starts_with("there is no such tenant in this cloud (AADSTS90002"), "{fault}");
}

#[tokio::test]
async fn w79_the_short_address_leads_to_the_page_and_another_path_does_not() {
    let fixture = SignInFixture::new().await;
    let by_the_short_one = async {
        let Some(SignInPrompt::Browser { short, .. }) = fixture.prompt().await else { panic!("no page") };
        assert!(short.starts_with("http://localhost:") && short.len() < 36, "{short}");
        let (guessed, _) = short.rsplit_once('/').unwrap();
        assert_eq!(fixture.get(&format!("{guessed}/AAAAAAAA")).await.0, 404);
        fixture.get(&short).await
    };
    let (signed_in, page) = tokio::join!(fixture.sign_in(SignInMethod::Browser, None), by_the_short_one);
    assert!(signed_in.is_ok() && page.1.contains("You are signed in"), "{}", page.1);
}
