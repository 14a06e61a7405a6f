//! Signatures as they are handed on, at a service that checks them: damaged in copying, for one container, for one blob, out of
//! their time, without the right to list.

use crate::support::pages::FlatListing;
use azure_core::{credentials::Secret, hmac::hmac_sha256};
use blobfreight::azure::{
    Azure,
    credentials::AccountAccess,
    fault::{Fault, FaultKind},
};

use crate::http::azurite::emulator::{ACCOUNT, Azurite, azurite};
use crate::http::azurite::shown::KEY;
use crate::http::azurite::upload::Service;

const LATER: &str = "2199-01-01T00:00:00Z";

fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn signature(text: &str) -> String {
    encode(&hmac_sha256(text, &Secret::new(KEY.to_owned())).unwrap())
}

/// An account SAS from `start` to `end`.
fn account_sas(start: &str, end: &str) -> String {
    let text = format!("{ACCOUNT}\nrl\nb\nsco\n{start}\n{end}\n\n\n2021-12-02\n\n");
    let start = if start.is_empty() { String::new() } else { format!("&st={}", encode(start)) };
    format!("sv=2021-12-02&ss=b&srt=sco&sp=rl{start}&se={}&sig={}", encode(end), signature(&text))
}

/// A service SAS of a container (`c`) or a blob (`b`).
fn service_sas(path: &str, kind: &str, rights: &str) -> String {
    let text = format!("{rights}\n\n{LATER}\n/blob/{ACCOUNT}/{path}\n\n\n\n2021-12-02\n{kind}\n\n\n\n\n\n\n");
    format!("sv=2021-12-02&sr={kind}&sp={rights}&se={}&sig={}", encode(LATER), signature(&text))
}

async fn with_content() -> Option<Azurite> {
    let azurite = azurite(KEY)?;
    let service = Service::new(&azurite.endpoint, KEY);
    service.done("PUT", "/media?restype=container", &[], b"").await;
    service.put("media/a.txt", "BlockBlob", &[], b"hello").await;
    Some(azurite)
}

/// What an account opened by `address` and `token` shows: names of containers, or of the blobs in the one it names.
async fn shown(address: &str, token: &str) -> Result<Vec<String>, Fault> {
    let lookup = |name: &str| (name == "AZURE_STORAGE_SAS_TOKEN").then(|| token.to_owned());
    let access = AccountAccess::from_env(Some(address), lookup).unwrap();
    let (endpoint, only) = (access.endpoint().to_owned(), access.container().map(str::to_owned));
    let azure = Azure::for_account(access);
    let Some(container) = only else {
        let page = azure.containers(&endpoint, None).await?;
        return Ok(page.items.into_iter().map(|container| container.name).collect());
    };
    let page = FlatListing::of(&endpoint, &container).page(&azure, None).await?;
    Ok(page.items.into_iter().map(|item| item.name).collect())
}

/// One whose signature holds a `+`, which copying changes most.
fn with_plus() -> String {
    let all = (0..200).map(|second| account_sas("", &format!("2199-01-01T00:{:02}:{:02}Z", second / 60, second % 60)));
    all.into_iter().find(|sas| sas.contains("%2B")).unwrap()
}

#[tokio::test]
async fn a_signature_damaged_in_copying_opens_the_account_all_the_same() {
    let Some(azurite) = with_content().await else { return };
    let whole = with_plus();
    for token in [
        whole.clone(),
        whole.replace("%2B", "+"),
        whole.replace("%2B", " "),
        whole.replace("%2B", "%252B"),
        format!("\"{whole}\""),
        format!("'{whole}';"),
        format!("{whole};"),
        whole.replace('&', "&amp;"),
        format!("?{whole}"),
        format!("{}/media?restype=container&comp=list&{whole}", azurite.endpoint),
        whole.trim_end_matches("%3D").to_owned(),
        whole.replace("&sp", "\r\n  &sp"),
    ] {
        assert_eq!(shown(&azurite.endpoint, &token).await, Ok(vec!["media".to_owned()]), "{token}");
    }
}

#[tokio::test]
async fn a_pasted_address_of_a_listed_container_opens_that_container() {
    let Some(azurite) = with_content().await else { return };
    let sas = service_sas("media", "c", "rl");
    for address in [
        format!("{}/media?restype=container&comp=list&{sas}", azurite.endpoint),
        format!("{}/media?{sas}&restype=container&comp=list", azurite.endpoint),
        format!("\"{}/media?{sas}\"", azurite.endpoint),
    ] {
        assert_eq!(shown(&address, "").await, Ok(vec!["a.txt".to_owned()]), "{address}");
    }
}

#[tokio::test]
async fn what_a_refused_signature_says_of_itself_is_told() {
    let Some(azurite) = with_content().await else { return };
    let account = azurite.endpoint.clone();
    let media = format!("{account}/media");
    let cut = {
        let whole = account_sas("", LATER);
        whole[..whole.len() - 9].to_owned()
    };
    for (address, token, reason, advice) in [
        (&account, service_sas("media", "c", "rl"), "for one container (sr=c)", format!("{account}/NAME")),
        (&account, service_sas("media/a.txt", "b", "r"), "for one blob (sr=b)", "sr=c".to_owned()),
        (&media, service_sas("media/a.txt", "b", "r"), "for one blob (sr=b)", "sr=c".to_owned()),
        (&media, service_sas("media", "c", "r"), "it lists nothing (sp=r has no l)", "sp=rl".to_owned()),
        (&media, service_sas("other", "c", "rl"), "does not accept", "another container than media".to_owned()),
        (
            &account,
            account_sas("2198-01-01T00:00:00Z", LATER),
            "begins only at 2198-01-01T00:00:00Z (st); the service's clock says 2",
            "Wait until then".to_owned(),
        ),
        (
            &account,
            account_sas("", "2020-01-01T00:00:00Z"),
            "ended at 2020-01-01T00:00:00Z (se); the service's clock says 2",
            "Ask for a new one".to_owned(),
        ),
        (&account, cut, "last part (sig) has", "Copy the whole token again".to_owned()),
    ] {
        let fault = shown(address, &token).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
        assert!(fault.reason.contains(reason), "{fault}");
        assert!(fault.advice.as_deref().unwrap().contains(&advice), "{fault}");
        assert!(!fault.to_string().contains("sig="), "{fault}");
    }
}
