//! Without a sign-in: one account, opened with its key, a shared access signature or a connection string.

use blobfreight::azure::{
    Azure,
    credentials::AccountAccess,
    fault::FaultKind,
    model::{Access, LocationQuery, ServiceName},
};

use crate::http::access::simulated_azure::{SimulatedAzure, containers, flat, quick};

const LATER: &str = "2199-01-01T00:00:00Z";

#[tokio::test]
async fn key_signature_and_connection_string_show_what_the_sign_in_shows() {
    let simulated = SimulatedAzure::new().await;
    let endpoint = simulated.ends().blob.clone();
    let signed_in = simulated.signed_in().await;
    let expected = containers(&signed_in, &endpoint).await.unwrap();
    let key = simulated.ends().storage_key.clone();
    let by_string = format!("AccountName=northlightarchive;AccountKey={key};BlobEndpoint={endpoint}/");
    let by_sas = format!("BlobEndpoint={endpoint};SharedAccessSignature={}", simulated.sas("rl", "sco", LATER));
    for (variable, value, access) in [
        ("AZURE_STORAGE_KEY", key, Access::KeyGiven),
        ("AZURE_STORAGE_SAS_TOKEN", simulated.sas("rl", "sco", LATER), Access::Sas),
        ("AZURE_STORAGE_CONNECTION_STRING", by_string, Access::KeyGiven),
        ("AZURE_STORAGE_CONNECTION_STRING", by_sas, Access::Sas),
    ] {
        let azure = simulated.opened(variable, &value);
        assert_eq!(containers(&azure, &endpoint).await.unwrap(), expected, "{variable}");
        assert_eq!(azure.blob_access(&endpoint), access);
        for container in ["book", "odd-names", "$root"] {
            let theirs = flat(&signed_in, &endpoint, container).await.unwrap();
            assert_eq!(flat(&azure, &endpoint, container).await.unwrap(), theirs, "{variable} {container}");
        }
    }
}

#[tokio::test]
async fn a_signature_for_one_container_shows_just_that_one() {
    let simulated = SimulatedAzure::new().await;
    let url = format!("{}/book?{}", simulated.ends().blob, simulated.container_sas("book"));
    let access = AccountAccess::from_env(Some(&url), |_| None).unwrap();
    let endpoint = access.endpoint().to_owned();
    let azure = Azure::for_account_with(access, quick());
    assert_eq!(containers(&azure, &endpoint).await.unwrap(), ["book"]);
    assert!(!flat(&azure, &endpoint, "book").await.unwrap().is_empty());
    let fault = flat(&azure, &endpoint, "lab").await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
    assert!(fault.reason.contains("shared access signature"), "{fault}");
}

#[tokio::test]
async fn a_refusal_speaks_of_what_was_given_and_not_of_signing_in() {
    let simulated = SimulatedAzure::new().await;
    let endpoint = simulated.ends().blob.clone();
    for (variable, value, reason, advice) in [
        ("AZURE_STORAGE_KEY", "d3Jvbmc=".to_owned(), "does not accept the key", "AZURE_STORAGE_KEY"),
        (
            "AZURE_STORAGE_SAS_TOKEN",
            simulated.sas("rl", "sco", "2020-01-01T00:00:00Z"),
            "ended at 2020-01-01",
            "new one",
        ),
        ("AZURE_STORAGE_SAS_TOKEN", simulated.sas("w", "sco", LATER), "does not allow it", "sp=rl"),
        ("AZURE_STORAGE_SAS_TOKEN", simulated.sas("rl", "o", LATER), "does not allow it", "srt=sco"),
        (
            "AZURE_STORAGE_SAS_TOKEN",
            simulated.sas("rl", "sco", LATER).replace("sp=rl", "sp=rwl"),
            "does not accept the shared",
            "new one",
        ),
        (
            "AZURE_STORAGE_SAS_TOKEN",
            format!("{}x", simulated.sas("rl", "sco", LATER)),
            "damaged in copying: its last part (sig) has 45 characters",
            "Copy the whole token",
        ),
    ] {
        let fault = containers(&simulated.opened(variable, &value), &endpoint).await.unwrap_err();
        assert_eq!((fault.kind, fault.status), (FaultKind::Denied, Some(403)), "{fault}");
        assert!(fault.reason.contains(reason), "{fault}");
        assert!(fault.advice.as_deref().unwrap().contains(advice), "{fault}");
    }
    assert_eq!(simulated.asked("listKeys"), 0);
}

#[tokio::test]
async fn what_needs_a_sign_in_and_other_accounts_are_refused_before_anything_is_sent() {
    let simulated = SimulatedAzure::new().await;
    let azure = simulated.opened("AZURE_STORAGE_KEY", &simulated.ends().storage_key);
    for fault in [
        azure.subscriptions().await.unwrap_err(),
        azure.jobs(ServiceName::ImportExport).locations(&LocationQuery::default()).await.unwrap_err(),
        containers(&azure, &simulated.endpoint("northlightscans")).await.unwrap_err(),
        containers(&azure, "https://northlightarchive.example.com").await.unwrap_err(),
    ] {
        assert_eq!(fault.kind, FaultKind::SignedOut, "{fault}");
        assert!(fault.advice.as_deref().unwrap().contains("Sign in"), "{fault}");
    }
    let fault = containers(&azure, "http://northlightarchive.example.com").await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::BadRequest, "plain http is for this machine: {fault}");
    assert_eq!(simulated.sim.journal().len(), 0);
}
