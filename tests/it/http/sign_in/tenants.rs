//! A guest of another tenant changes to it.

use blobfreight::azure::model::SignInMethod;
use blobfreight::sim::{FaultAction, FaultRule};

use crate::http::sign_in::fixture::SignInFixture;

#[tokio::test]
async fn the_tenants_are_listed_and_another_is_entered_without_a_new_sign_in() {
    let fixture = SignInFixture::new().await;
    let azure = fixture.session().await;
    let tenants = azure.tenants().await.unwrap();
    let names: Vec<_> = tenants.iter().filter_map(|tenant| tenant.domain.as_deref()).collect();
    assert_eq!(names, ["northlight.example", "fjordlight.example"]);
    let (guest, identity) = fixture.sign_in(SignInMethod::Browser, Some(&tenants[1].id)).await.unwrap();
    assert_eq!(identity.tenant.as_deref(), Some(tenants[1].id.as_str()));
    let seen = guest.subscriptions().await.unwrap();
    assert_eq!(seen.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Fjordlight Collections (rehearsal)"]);
    assert_eq!(fixture.grants(), ["authorization_code", "refresh_token"]);
}

#[tokio::test]
async fn a_tenant_that_wants_its_own_sign_in_gets_one() {
    let fixture = SignInFixture::new().await;
    fixture.session().await;
    let wants = FaultAction::OAuthError { error: "interaction_required".into(), code: 50076 };
    fixture.sim.faults().add(FaultRule::next("/token", wants));
    let entered = fixture.sign_in(SignInMethod::Browser, Some("fjordlight.example"));
    let (entered, page) = tokio::join!(entered, fixture.follow());
    assert_eq!(entered.unwrap().1.tenant.as_deref(), Some("5e4e5a1e-0000-4000-8000-00000000000b"));
    assert!(page.contains("You are signed in"));
}
