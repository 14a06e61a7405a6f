//! What each kind of rule matches, walked by listing, beside what a plain comparison of texts says of the uploads.

use crate::support::pages::FlatListing;
use std::collections::BTreeSet;

use blobfreight::{azure::Azure, select::Rule};

use crate::http::azurite::emulator::azurite;
use crate::http::azurite::shown::{KEY, containers, session};
use crate::http::azurite::stock::{UploadedBlob, upload};
use crate::http::azurite::upload::Service;
use crate::support::rules::takes;

/// Path and snapshot time of what was found.
type Found = BTreeSet<(String, Option<String>)>;

/// Lists what can match and keeps what the rule takes.
async fn walked(azure: &Azure, endpoint: &str, rule: &Rule) -> Found {
    let text = rule.text();
    let text = &text[1..];
    let mut found = Found::new();
    for container in containers(azure, endpoint).await {
        let own = format!("{container}/");
        let prefix = match text.strip_prefix(&own) {
            Some(prefix) => prefix,
            None if own.starts_with(text) => "",
            None => continue,
        };
        let listing = FlatListing { prefix, snapshots: true, ..FlatListing::of(endpoint, &container) };
        for item in listing.all(azure).await.unwrap() {
            let path = format!("{container}/{}", item.name);
            if takes(rule, &path, item.snapshot.as_deref()) {
                found.insert((path, item.snapshot));
            }
        }
    }
    found
}

fn uploaded(uploads: &[UploadedBlob], wanted: impl Fn(&UploadedBlob) -> bool) -> Found {
    uploads.iter().filter(|stored| wanted(stored)).map(|stored| (stored.path(), stored.snapshot.clone())).collect()
}

#[tokio::test]
async fn each_kind_of_rule_matches_what_was_uploaded_under_its_name() {
    let Some(azurite) = azurite(KEY) else { return };
    let uploads = upload(&Service::new(&azurite.endpoint, KEY)).await;
    let azure = session(&azurite, "AZURE_STORAGE_KEY", KEY, 5_000);
    let check = async |rule: Rule, expected: Found| {
        assert_eq!(walked(&azure, &azurite.endpoint, &rule).await, expected, "{rule}");
        expected.len()
    };
    for (prefix, least) in [
        ("/", uploads.len()),
        ("/alpha/", 10),
        ("/alpha", 12),
        ("/names/dir/", 3),
        ("/names/dir", 6),
        ("/names/a//", 1),
        ("/names/trailing/", 1),
        ("/names/per%", 2),
        ("/names/emoji ", 1),
        ("/names/日本", 1),
        ("/$root/", 2),
        ("/$", 4),
        ("/alpha/doc", 7),
        ("/alpha/doc/", 1),
        ("/none/", 0),
    ] {
        let expected = uploaded(&uploads, |stored| format!("/{}", stored.path()).starts_with(prefix));
        assert!(expected.len() >= least, "{prefix} {expected:?}");
        check(Rule::Prefix(prefix.to_owned()), expected).await;
    }
    for path in ["alpha/doc", "alpha/doc.txt", "$root/a", "names/a", "names/quote'\"", "names/trailing/", "alpha/none"]
    {
        let exact = uploaded(&uploads, |stored| stored.path() == path);
        check(Rule::Blob { path: path.to_owned(), snapshots: true }, exact).await;
        let base = uploaded(&uploads, |stored| stored.path() == path && stored.snapshot.is_none());
        check(Rule::Blob { path: path.to_owned(), snapshots: false }, base).await;
    }
    let times: Vec<&UploadedBlob> = uploads.iter().filter(|stored| stored.snapshot.is_some()).collect();
    assert_eq!(times.len(), 4);
    for one in times {
        let time = one.snapshot.clone().unwrap();
        let expected = uploaded(&uploads, |stored| stored == one);
        assert_eq!(check(Rule::Snapshot { path: one.path(), time }, expected).await, 1);
    }
}
