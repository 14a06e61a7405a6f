//! In the middle of a session: a token that no longer counts, a sign-in that was revoked, and claims that a service wants.

use blobfreight::azure::{
    Azure,
    fault::{Fault, FaultKind},
    model::{Job, JobAddress, LocationName, ServiceName, SignInCommand, SignInMethod},
};
use blobfreight::sim::{FaultAction, FaultRule};

use crate::http::backend::simulated::new_job;
use crate::http::sign_in::fixture::{SignInFixture, field};

/// Writes below a job want multi-factor authentication, for good.
fn wants_second_factor(fixture: &SignInFixture) {
    let kind = FaultAction::ClaimsChallenge { context: "c1".into() };
    let rule = FaultRule { method: Some("PUT".into()), path: "/jobs/".into(), skip: 0, times: u32::MAX, kind };
    fixture.sim.faults().add(rule);
}

async fn create(fixture: &SignInFixture, azure: &Azure) -> Result<Job, Fault> {
    let ends = fixture.sim.endpoints();
    let job = JobAddress {
        service: ServiceName::ImportExport,
        subscription: ends.subscription.clone(),
        resource_group: ends.resource_group.clone(),
        name: "night-1".into(),
    };
    let new = new_job(&ends.storage_account, LocationName::new("westeurope"));
    azure.jobs(ServiceName::ImportExport).create(&job, &new).await
}

fn puts(fixture: &SignInFixture) -> usize {
    fixture.sim.journal().iter().filter(|(method, path, _)| method == "PUT" && path.contains("/jobs/")).count()
}

#[tokio::test]
async fn a_write_that_wants_a_second_factor_asks_in_place_and_goes_on_once() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    wants_second_factor(&fixture);
    let (created, page) = tokio::join!(create(&fixture, &azure), fixture.follow());
    assert_eq!(created.unwrap().name, "night-1");
    assert!(page.contains("You are signed in"));
    assert_eq!(puts(&fixture), 2, "one was refused, one was carried out");
    assert_eq!(fixture.grants(), ["authorization_code", "refresh_token", "authorization_code"], "silently first");
    let (_, silent) = &fixture.token_requests()[1];
    assert!(field(silent, "claims").unwrap().contains("acrs"));
    let authorize = fixture.sim.journal().into_iter().rfind(|(_, path, _)| path.contains("/authorize?")).unwrap().1;
    assert!(authorize.contains("claims=%7B") || authorize.contains("claims={"), "{authorize}");
    // The next token keeps what was proved, without the person.
    let expired = FaultRule { method: Some("GET".into()), ..FaultRule::next("/subscriptions", FaultAction::Expired) };
    fixture.sim.faults().add(expired);
    azure.subscriptions().await.unwrap();
    assert_eq!(fixture.grants().last().map(String::as_str), Some("refresh_token"));
}

#[tokio::test]
async fn a_second_factor_that_the_person_does_not_give_leaves_the_write_unsent() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    wants_second_factor(&fixture);
    let gives_up = async {
        fixture.prompt().await.unwrap();
        fixture.commands.send(SignInCommand::Cancel).unwrap();
    };
    let (created, ()) = tokio::join!(create(&fixture, &azure), gives_up);
    let fault = created.unwrap_err();
    assert_eq!((fault.kind, fault.unsettled), (FaultKind::Cancelled, false), "{fault}");
    assert_eq!(puts(&fixture), 1);
}

#[tokio::test]
async fn w37_a_refused_token_is_renewed_by_the_refresh_token_and_the_newest_counts() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    for _ in 0..2 {
        fixture.sim.faults().add(FaultRule::next("/subscriptions?", FaultAction::Expired));
        assert_eq!(azure.subscriptions().await.unwrap().len(), 3);
    }
    assert_eq!(fixture.grants(), ["authorization_code", "refresh_token", "refresh_token"]);
    let used: Vec<_> = fixture.token_requests().iter().filter_map(|(_, body)| field(body, "refresh_token")).collect();
    assert_ne!(used[0], used[1], "the second renewal uses the token that came with the first");
}

#[tokio::test]
async fn w37_a_sign_in_that_was_revoked_asks_in_place_where_somebody_can_be_asked() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    fixture.sim.faults().add(FaultRule::next("/subscriptions?", FaultAction::Expired));
    let revoked = FaultAction::OAuthError { error: "invalid_grant".into(), code: 50173 };
    fixture.sim.faults().add(FaultRule::next("/token", revoked));
    let (subscriptions, page) = tokio::join!(azure.subscriptions(), fixture.follow());
    assert_eq!(subscriptions.unwrap().len(), 3);
    assert!(page.contains("You are signed in"));
}

#[tokio::test]
async fn an_authority_that_fails_is_no_reason_to_ask_the_person() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    fixture.sim.faults().add(FaultRule::next("/subscriptions?", FaultAction::Expired));
    let busy = FaultAction::OAuthError { error: "temporarily_unavailable".into(), code: 90033 };
    fixture.sim.faults().add(FaultRule::next("/token", busy));
    let fault = azure.subscriptions().await.unwrap_err();
    assert!(fault.reason.contains("AADSTS90033"), "{fault}");
}

#[tokio::test]
async fn w19_no_secret_is_in_what_can_be_printed() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    let shown = format!("{azure:?} {:?}", fixture.person);
    for secret in ["refresh.", "eyJ", "code."] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let (signed_in, ()) = tokio::join!(fixture.sign_in(SignInMethod::DeviceCode, Some("common")), async {});
    assert!(signed_in.is_ok(), "a refresh token counts for both ways to sign in");
}
