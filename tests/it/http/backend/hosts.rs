//! Where the storage token goes: to the cloud's own hosts and to those the configuration or a person names, whatever Azure Resource
//! Manager says.

use std::collections::HashMap;

use blobfreight::azure::{Azure, cloud::Cloud, fault::FaultKind, model::SignInMethod};

use crate::http::backend::server::{Server, json, quick, xml};

const ACCOUNTS: &str = "GET /subscriptions/s/providers/Microsoft.Storage/storageAccounts";
const LIST: &str =
    "<EnumerationResults><Containers><Container><Name>media</Name></Container></Containers></EnumerationResults>";

/// A Resource Manager that reports one account whose blobs are at `blob`.
fn reporting(blob: &str) -> Server {
    let account = serde_json::json!({
        "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acct",
        "location": "westeurope", "properties": { "primaryEndpoints": { "blob": blob } },
    });
    Server::start(&[(ACCOUNTS, json(200, &serde_json::json!({ "value": [account] }).to_string()))])
}

async fn session(cloud: &Cloud) -> Azure {
    Azure::sign_in_with(cloud, SignInMethod::Rehearsal, Some("t"), quick()).await.unwrap().0
}

/// How many requests came with a token; none came without.
fn tokens(server: &Server) -> usize {
    let seen = server.all();
    let signed = |headers: &HashMap<String, String>| {
        headers.get("authorization").is_some_and(|with| with.starts_with("Bearer "))
    };
    assert!(seen.iter().all(|seen| signed(&seen.headers)), "{seen:?}");
    seen.len()
}

#[tokio::test]
async fn a_yes_to_one_server_is_none_to_another_at_the_same_host_nor_to_another_session() {
    let [allowed, other] = [(), ()].map(|()| Server::start(&[("GET /acct/", xml(200, LIST))]));
    let arm = reporting(&allowed.blob());
    let (asked, later) = (session(&arm.cloud()).await, session(&arm.cloud()).await);
    asked.permit(&allowed.blob());
    assert!(asked.containers(&allowed.blob(), None).await.is_ok());
    for refused in [asked.containers(&other.blob(), None).await, later.containers(&allowed.blob(), None).await] {
        assert_eq!(refused.unwrap_err().kind, FaultKind::Denied);
    }
    assert_eq!((tokens(&allowed), tokens(&other)), (1, 0));
}

#[tokio::test]
async fn a_host_that_only_resource_manager_names_gets_no_request() {
    let elsewhere = Server::start(&[("GET /acct/", xml(200, LIST)), ("GET /acct/media", xml(200, LIST))]);
    let arm = reporting(&elsewhere.blob());
    let azure = session(&arm.cloud()).await;
    let endpoint = azure.storage_accounts("s").await.unwrap().remove(0).blob_endpoint;
    assert_eq!(endpoint, elsewhere.blob());
    let written = || azure.upload_list(&endpoint, "media", "list.xml", b"<BlobList/>".to_vec());
    for fault in [
        azure.containers(&endpoint, None).await.unwrap_err(),
        azure.entries(&endpoint, "media", "", None).await.unwrap_err(),
        azure.history(&endpoint, "media", "a", None).await.unwrap_err(),
        azure.listing_chunks("list it", &endpoint, None, &[]).await.unwrap_err(),
        written().await.unwrap_err(),
        azure.containers("https://evil.example/", None).await.unwrap_err(),
        azure.containers("https://acct.blob.core.windows.net.evil.example/", None).await.unwrap_err(),
    ] {
        assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
        assert!(fault.advice.as_deref().unwrap().contains("storage-hosts = ["), "{fault}");
    }
    assert!(elsewhere.all().is_empty(), "{:?}", elsewhere.all());
}

#[tokio::test]
async fn a_host_that_the_configuration_or_a_person_names_is_asked() {
    let elsewhere = Server::start(&[("GET /acct/", xml(200, LIST))]);
    let arm = reporting(&elsewhere.blob());
    let named = Cloud { storage_hosts: vec!["127.0.0.1".into()], ..arm.cloud() };
    assert!(session(&named).await.containers(&elsewhere.blob(), None).await.is_ok());
    let azure = session(&arm.cloud()).await;
    assert!(azure.containers(&elsewhere.blob(), None).await.is_err());
    assert_eq!(tokens(&elsewhere), 1, "only the sign-in whose configuration names the host");
    azure.permit(&elsewhere.blob());
    assert!(azure.containers(&elsewhere.blob(), None).await.is_ok());
    assert_eq!(tokens(&elsewhere), 2);
    let replaced = Cloud { blob: Some(elsewhere.blob()), ..arm.cloud() };
    assert!(session(&replaced).await.containers(&elsewhere.blob(), None).await.is_ok());
}
