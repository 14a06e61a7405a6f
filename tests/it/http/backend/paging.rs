//! Lists that come in pages: `nextLink` of Azure Resource Manager, markers of Blob storage.

use blobfreight::azure::{fault::FaultKind, model::Entry};

use crate::http::backend::server::{Server, json, xml};

const LIST: &str = "GET /acct/media";

#[tokio::test]
async fn every_page_of_subscriptions_is_read_also_past_an_empty_one() {
    let server = Server::start(&[
        (
            "GET /subscriptions",
            json(
                200,
                r#"{"value":[{"subscriptionId":"s1","displayName":"One","state":"Enabled"}],"nextLink":"{here}/page2?token=a%2Bb"}"#,
            ),
        ),
        ("GET /page2", json(200, r#"{"value":[],"nextLink":"{here}/page3"}"#)),
        ("GET /page3", json(200, r#"{"value":[{"id":"/subscriptions/s2"}],"nextLink":""}"#)),
    ]);
    let subscriptions = server.session().await.subscriptions().await.unwrap();
    assert_eq!(
        subscriptions.iter().map(|sub| (sub.id.as_str(), sub.name.as_str())).collect::<Vec<_>>(),
        [("s1", "One"), ("s2", "s2")]
    );
    let seen = server.seen();
    assert_eq!(seen[0].query, "api-version=2022-12-01");
    assert_eq!(seen[1].query, "token=a%2Bb", "a next link is followed verbatim");
}

#[tokio::test]
async fn a_next_link_to_another_server_is_refused_and_the_token_stays_home() {
    let elsewhere = Server::start(&[]);
    let next = format!(r#"{{"value":[],"nextLink":"{}/steal"}}"#, elsewhere.here);
    let server = Server::start(&[("GET /subscriptions", json(200, &next))]);
    let fault = server.session().await.subscriptions().await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::BrokenAnswer);
    assert!(fault.reason.contains("only for 127.0.0.1"), "{fault}");
    assert!(elsewhere.all().is_empty(), "nothing was sent there");
}

#[tokio::test]
async fn pages_that_go_in_circles_end() {
    let again = json(200, r#"{"value":[],"nextLink":"{here}/subscriptions/s/resourcegroups?again"}"#);
    let server = Server::start(&[("GET /subscriptions/s/resourcegroups", again)]);
    let fault = server.session().await.resource_groups("s").await.unwrap_err();
    assert!(fault.reason.contains("circles"), "{fault}");
}

#[tokio::test]
async fn accounts_come_with_the_endpoint_they_report_or_the_clouds_own() {
    let body = r#"{"value":[{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acct","location":"westeurope","properties":{"primaryEndpoints":{"blob":"https://acct.z1.blob.storage.azure.net/"}}}]}"#;
    let what = "GET /subscriptions/s/providers/Microsoft.Storage/storageAccounts";
    let server = Server::start(&[(what, json(200, body))]);
    let accounts = server.session().await.storage_accounts("s").await.unwrap();
    assert_eq!(accounts[0].blob_endpoint, "https://acct.z1.blob.storage.azure.net/");
    assert_eq!(accounts[0].resource_group(), "g");
}

#[tokio::test]
async fn containers_and_folders_are_paged_by_marker_also_past_an_empty_page() {
    let empty = "<EnumerationResults><Blobs/><NextMarker>2!8!x+/=</NextMarker></EnumerationResults>";
    let last = "\u{feff}<?xml version=\"1.0\"?><EnumerationResults><Blobs><BlobPrefix><Name>2024/</Name></BlobPrefix><Blob><Name>a &amp; b</Name><Properties><Content-Length>7</Content-Length></Properties></Blob></Blobs><NextMarker/></EnumerationResults>";
    let server = Server::start(&[(LIST, xml(200, empty)), (LIST, xml(200, last))]);
    let azure = server.session().await;
    let first = azure.entries(&server.blob(), "media", "films & ünicode/", None).await.unwrap();
    assert!(first.items.is_empty());
    let second = azure.entries(&server.blob(), "media", "films & ünicode/", first.next.as_deref()).await.unwrap();
    assert_eq!(second.items.iter().map(Entry::name).collect::<Vec<_>>(), ["2024/", "a & b"]);
    assert_eq!(second.next, None);
    let seen = server.seen();
    assert_eq!(
        seen[1].query,
        "restype=container&comp=list&maxresults=2&delimiter=%2F&include=metadata%2Cdeleted&prefix=films%20%26%20%C3%BCnicode%2F&marker=2%218%21x%2B%2F%3D"
    );
    assert!(
        seen[1].headers.contains_key("x-ms-version") && seen[1].headers["authorization"].starts_with("Bearer token-")
    );
}

#[tokio::test]
async fn containers_are_listed_at_the_root_of_a_path_style_endpoint() {
    let body = "<EnumerationResults><Containers><Container><Name>$root</Name></Container><Container><Name>media</Name></Container></Containers><NextMarker>m</NextMarker></EnumerationResults>";
    let server = Server::start(&[("GET /acct/", xml(200, body))]);
    let page = server.session().await.containers(&server.blob(), Some("k")).await.unwrap();
    assert_eq!(page.items.len(), 2);
    assert_eq!(page.next.as_deref(), Some("m"));
    assert_eq!(server.seen()[0].query, "comp=list&maxresults=2&marker=k");
}

#[tokio::test]
async fn the_snapshots_of_a_blob_end_where_other_names_begin() {
    let one = "<EnumerationResults><Blobs><Blob><Name>a.txt</Name><Snapshot>2026-01-01T00:00:00.1234560Z</Snapshot></Blob><Blob><Name>a.txt</Name></Blob></Blobs><NextMarker>n</NextMarker></EnumerationResults>";
    let two = "<EnumerationResults><Blobs><Blob><Name>a.txt</Name><Snapshot>2026-01-02T00:00:00.0000000Z</Snapshot></Blob><Blob><Name>a.txt.bak</Name></Blob></Blobs><NextMarker>more</NextMarker></EnumerationResults>";
    let server = Server::start(&[(LIST, xml(200, one)), (LIST, xml(200, two))]);
    let azure = server.session().await;
    let first = azure.history(&server.blob(), "media", "a.txt", None).await.unwrap();
    assert_eq!((first.items.len(), first.next.as_deref()), (2, Some("n")));
    let second = azure.history(&server.blob(), "media", "a.txt", Some("n")).await.unwrap();
    assert_eq!(second.items.len(), 1);
    assert_eq!(second.items[0].snapshot.as_deref(), Some("2026-01-02T00:00:00.0000000Z"));
    assert_eq!(second.next, None, "names after this blob's are nobody's snapshots");
    assert!(server.seen()[0].query.contains("include=snapshots%2Cmetadata%2Cversions"));
    assert!(!server.seen()[0].query.contains("delimiter"), "Azure refuses snapshots with a delimiter");
}
