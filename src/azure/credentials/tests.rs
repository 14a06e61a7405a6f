//! Tests of what people set: every form of endpoint, environment and connection string, and that no sentence shows a secret.

use super::*;
use crate::azure::model::Access;

const KEY: &str = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";
const SAS: &str = "sv=2021-12-02&ss=b&srt=sco&sp=rl&se=2020-01-01T00%3A00%3A00Z&sig=dG9wLXNlY3JldA%3D%3D";

fn env(endpoint: Option<&str>, set: &[(&str, &str)]) -> Result<AccountAccess, AccessError> {
    AccountAccess::from_env(endpoint, |name| {
        set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    })
}

fn connection(text: &str) -> Result<AccountAccess, AccessError> {
    env(None, &[("AZURE_STORAGE_CONNECTION_STRING", text)])
}

#[test]
fn an_endpoint_names_its_account_in_the_host_or_in_the_path() {
    for (address, endpoint, account, container) in [
        ("https://acct.blob.core.windows.net/", "https://acct.blob.core.windows.net", "acct", None),
        ("https://acct-secondary.blob.core.windows.net", "https://acct-secondary.blob.core.windows.net", "acct", None),
        (
            "https://acct.z12.blob.storage.azure.net/photos/",
            "https://acct.z12.blob.storage.azure.net",
            "acct",
            Some("photos"),
        ),
        ("https://acct.blob.core.windows.net/%24root", "https://acct.blob.core.windows.net", "acct", Some("$root")),
        (
            "http://127.0.0.1:10000/devstoreaccount1",
            "http://127.0.0.1:10000/devstoreaccount1",
            "devstoreaccount1",
            None,
        ),
        ("http://[::1]:1/a1/c-1", "http://[::1]:1/a1", "a1", Some("c-1")),
        ("http://localhost:10000/dev/", "http://localhost:10000/dev", "dev", None),
        ("http://azurite.localhost:10000/dev/c", "http://azurite.localhost:10000/dev", "dev", Some("c")),
        ("http://dev1.blob.localhost:10000/c", "http://dev1.blob.localhost:10000", "dev1", Some("c")),
        ("http://dev1-secondary.blob.localhost:10000", "http://dev1-secondary.blob.localhost:10000", "dev1", None),
    ] {
        let access = env(Some(address), &[("AZURE_STORAGE_KEY", KEY)]).unwrap();
        assert_eq!(
            (access.endpoint(), access.account(), access.container()),
            (endpoint, account, container),
            "{address}"
        );
        assert_eq!(access.access(), Access::KeyGiven);
    }
}

#[test]
fn what_is_most_explicit_counts_first() {
    let url = format!("https://acct.blob.core.windows.net/c?{SAS}");
    let all = [("AZURE_STORAGE_KEY", KEY), ("AZURE_STORAGE_SAS_TOKEN", SAS)];
    assert_eq!(env(Some(&url), &all).unwrap().access(), Access::Sas);
    assert_eq!(env(Some("https://acct.blob.core.windows.net"), &all).unwrap().access(), Access::KeyGiven);
    let question = format!("?{SAS}");
    let only = [("AZURE_STORAGE_KEY", " "), ("AZURE_STORAGE_SAS_TOKEN", question.as_str())];
    assert_eq!(env(Some("https://acct.blob.core.windows.net"), &only).unwrap().access(), Access::Sas);
    let text = format!("AccountName=acct;AccountKey={KEY}");
    let connection = [("AZURE_STORAGE_CONNECTION_STRING", text.as_str())];
    let proxied = env(Some("http://127.0.0.1:9/acct"), &connection).unwrap();
    assert_eq!((proxied.endpoint(), proxied.access()), ("http://127.0.0.1:9/acct", Access::KeyGiven));
    let named = [("AZURE_STORAGE_KEY", KEY), ("AZURE_STORAGE_ACCOUNT", "acct")];
    assert_eq!(env(Some("https://data.example.com"), &named).unwrap().account(), "acct");
}

#[test]
fn every_form_of_connection_string_opens_its_account() {
    let keyed = format!(
        "DefaultEndpointsProtocol=https;AccountName=acct;AccountKey={KEY};EndpointSuffix=core.chinacloudapi.cn;"
    );
    let signed = format!(
        "BlobEndpoint=https://acct.blob.core.windows.net/;QueueEndpoint=https://q.example/;SharedAccessSignature={SAS}"
    );
    let emulator = format!("AccountName=dev1;AccountKey={KEY};BlobEndpoint=http://127.0.0.1:10000/dev1");
    for (text, endpoint, account, access) in [
        (keyed.as_str(), "https://acct.blob.core.chinacloudapi.cn", "acct", Access::KeyGiven),
        (&signed, "https://acct.blob.core.windows.net", "acct", Access::Sas),
        (&emulator, "http://127.0.0.1:10000/dev1", "dev1", Access::KeyGiven),
        ("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1", "devstoreaccount1", Access::KeyGiven),
        (
            "usedevelopmentstorage=TRUE;DevelopmentStorageProxyUri=http://localhost",
            "http://localhost:10000/devstoreaccount1",
            "devstoreaccount1",
            Access::KeyGiven,
        ),
    ] {
        let opened = connection(text).unwrap();
        assert_eq!((opened.endpoint(), opened.account(), opened.access()), (endpoint, account, access), "{text}");
    }
}

#[test]
fn what_cannot_be_used_is_refused_in_one_sentence_without_a_secret() {
    let key = [("AZURE_STORAGE_KEY", KEY)];
    let other = format!("AccountName=other;AccountKey={KEY}");
    let twice = format!("AccountName=a;AccountKey={KEY};accountkey={KEY}");
    let plain = format!("DefaultEndpointsProtocol=http;AccountName=acct;AccountKey={KEY}");
    let cases = [
        (env(None, &[]), "no storage account is named"),
        (env(Some("https://acct.blob.core.windows.net"), &[]), "nothing to open"),
        (env(Some("http://acct.blob.core.windows.net"), &key), "plain http"),
        (env(Some(&format!("http://10.0.0.7:10000/dev?{SAS}")), &[]), "plain http"),
        (env(Some("http://127.0.0.1:10000/"), &key), "names no account"),
        (env(Some("https://acct.blob.core.windows.net/c/b.txt"), &key), "names a blob"),
        (env(Some(&format!("https://me:{KEY}@acct.example.com")), &key), "user name"),
        (env(Some("acct"), &key), "is not an address"),
        (env(Some("https://acct.example.com?sv=1&sp=rl"), &key), "in --blob-endpoint is not whole"),
        (env(Some("https://acct.example.com"), &[("AZURE_STORAGE_KEY", "c2Vj cmV0")]), "base64"),
        (env(Some("https://acct.example.com"), &[("AZURE_STORAGE_SAS_TOKEN", "sv=1&sp=rl")]), "(`sig=`) is missing"),
        (env(Some("https://acct.example.com"), &[("AZURE_STORAGE_SAS_TOKEN", "sv=1")]), "in single quotes"),
        (env(Some("https://acct.example.com"), &[("AZURE_STORAGE_SAS_TOKEN", "hello")]), "no field like"),
        (env(Some("https://acct.example.com"), &[("AZURE_STORAGE_SAS_TOKEN", "sv=1&sp=rl&sig=dG9w…")]), "cut off"),
        (
            env(Some("https://acct.example.com"), &[("AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=a&sv=2")]),
            "two things of `sv`",
        ),
        (env(Some("https://acct.example.com"), &[("AZURE_STORAGE_KEY", SAS)]), "set AZURE_STORAGE_SAS_TOKEN instead"),
        (
            env(
                Some("https://acct.example.com"),
                &[("AZURE_STORAGE_SAS_TOKEN", super::connection_string::EMULATOR_KEY)],
            ),
            "set AZURE_STORAGE_KEY instead",
        ),
        (
            env(Some("https://acct.example.com"), &[("AZURE_STORAGE_CONNECTION_STRING", &other)]),
            "for the account other",
        ),
        (connection(&format!("AccountName=acct;{}", KEY.replace('=', ""))), "no `=` in its part 2"),
        (connection(&twice), "twice (part 3)"),
        (connection(&plain), "plain http"),
        (connection("AccountName=acct"), "neither AccountKey nor"),
        (connection(&format!("AccountKey={KEY}")), "names no account"),
        (connection("UseDevelopmentStorage=maybe"), "UseDevelopmentStorage"),
    ];
    for (result, words) in cases {
        let error = result.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(words), "{text}");
        assert!(!text.contains('\n') && !text.ends_with('.'), "one clause of a sentence: {text}");
        for secret in [KEY, "c2Vj", "dG9w"] {
            assert!(!format!("{text} {error:?}").contains(secret), "{text}");
        }
    }
}
