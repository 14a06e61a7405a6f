//! What outlives the program: nothing, unless the person asks for it, and then only the refresh token, in the keyring.

use std::sync::Arc;

use blobfreight::azure::{
    auth::RefreshTokens,
    fault::FaultKind,
    model::{AskPerson, KeyringRemoval, SignInMethod},
};

use crate::http::sign_in::fixture::{MemoryStore, NoStore, SignInFixture};

#[tokio::test]
async fn a_sign_in_is_remembered_only_when_asked_and_signing_out_forgets_it() {
    let store = Arc::new(MemoryStore::default());
    let mut fixture = SignInFixture::with(RefreshTokens::new(Some(store.clone()))).await;
    let _session = fixture.session().await;
    assert!(store.0.lock().unwrap().is_empty(), "nobody asked for it");

    let tokens = RefreshTokens::new(Some(store.clone()));
    tokens.remember(true);
    fixture.person.refresh_tokens = Arc::new(tokens);
    let azure = fixture.session().await;
    let kept = store.0.lock().unwrap().clone();
    assert!(kept.len() == 1 && kept[0].1.starts_with("refresh."), "the refresh token and nothing else");
    // Another token comes with the token for Blob storage; the keyring has the newest.
    azure.containers(&fixture.sim.endpoints().blob, None).await.unwrap();
    assert_ne!(store.0.lock().unwrap()[0].1, kept[0].1);
    assert_eq!(fixture.person.is_kept(&fixture.cloud).await, Ok(true));

    // The next start of the program.
    fixture.person.refresh_tokens = Arc::new(RefreshTokens::new(Some(store.clone())));
    fixture.sign_in_asking(SignInMethod::DeviceCode, None, AskPerson::Never).await.unwrap();

    assert_eq!(fixture.person.sign_out(&fixture.cloud).await, KeyringRemoval::Removed);
    assert!(store.0.lock().unwrap().is_empty());
    assert_eq!(fixture.person.sign_out(&fixture.cloud).await, KeyringRemoval::NothingThere);
    let after = fixture.sign_in_asking(SignInMethod::DeviceCode, None, AskPerson::Never).await;
    assert_eq!(after.unwrap_err().kind, FaultKind::SignedOut);
}

#[tokio::test]
async fn where_no_keyring_answers_the_sign_in_works_and_says_so_once() {
    let tokens = RefreshTokens::new(Some(Arc::new(NoStore)));
    tokens.remember(true);
    let fixture = SignInFixture::with(tokens).await;
    let azure = fixture.session().await;
    assert_eq!(azure.subscriptions().await.unwrap().len(), 3);
    assert_eq!(fixture.person.refresh_tokens.take_trouble().as_deref(), Some("nothing answers on the bus"));
    assert_eq!(fixture.person.refresh_tokens.take_trouble(), None);
}

#[tokio::test]
async fn a_keyring_that_nobody_asked_for_is_not_missed() {
    let fixture = SignInFixture::with(RefreshTokens::new(Some(Arc::new(NoStore)))).await;
    let _session = fixture.session().await;
    assert_eq!(fixture.person.refresh_tokens.take_trouble(), None);
}

#[tokio::test]
async fn w79_a_sign_in_that_is_no_longer_remembered_leaves_the_keyring_at_once_and_the_session_goes_on() {
    let store = Arc::new(MemoryStore::default());
    let tokens = RefreshTokens::new(Some(store.clone()));
    tokens.remember(true);
    let fixture = SignInFixture::with(tokens).await;
    let azure = fixture.session().await;
    assert_eq!(store.0.lock().unwrap().len(), 1);
    fixture.person.refresh_tokens.remember(false);
    assert_eq!(fixture.person.forget(&fixture.cloud).await, KeyringRemoval::Removed);
    assert!(store.0.lock().unwrap().is_empty());
    // Another token for Blob storage comes of the refresh token in memory, and does not bring the entry back.
    azure.containers(&fixture.sim.endpoints().blob, None).await.unwrap();
    assert!(store.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn w79_where_no_keyring_answers_nobody_says_that_nothing_is_kept() {
    let fixture = SignInFixture::with(RefreshTokens::new(Some(Arc::new(NoStore)))).await;
    let _session = fixture.session().await;
    let removal = fixture.person.sign_out(&fixture.cloud).await;
    assert_eq!(removal, KeyringRemoval::Unknown("nothing answers on the bus".to_owned()));
    assert!(removal.sentence().contains("is not known"), "{}", removal.sentence());
}
