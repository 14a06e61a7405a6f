//! Blob storage: lists, refusals, signatures, and the generated account.

use std::time::Duration;

use blobfreight::sim::{SimOptions, Synthetic};

use crate::http::simulator::wire::{Answer, Wire, between};

/// Names (with snapshot times) of all pages of a listing.
async fn listed(wire: &Wire, query: &str) -> Vec<String> {
    let (mut names, mut marker) = (Vec::new(), String::new());
    loop {
        let page = wire.blob("GET", &format!("{query}&marker={marker}"), &[], "").await;
        assert_eq!(page.status, 200, "{query}: {}", page.text);
        names.extend(entries(&page));
        match between(&page.text, "<NextMarker>", "<").first() {
            Some(next) => marker.clone_from(next),
            None => return names,
        }
    }
}

fn entries(page: &Answer) -> Vec<String> {
    let list = page.text.split_once("<Blobs>").map_or("", |(_, t)| t).split("</Blobs>").next().unwrap();
    let open: Vec<&str> = list.split("<Name").skip(1).collect();
    open.iter()
        .map(|t| t.split_once('>').unwrap().1.split("<Properties>").next().unwrap())
        .map(|t| t.split("</BlobPrefix>").next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn any_page_size_gives_the_same_blobs_in_the_same_order() {
    let wire = Wire::new().await;
    for query in [
        "/lab?restype=container&comp=list&prefix=a",
        "/lab?restype=container&comp=list&delimiter=%2F",
        "/book?restype=container&comp=list&prefix=man&include=snapshots",
        "/odd-names?restype=container&comp=list&delimiter=%2F",
        "/versions?restype=container&comp=list&include=versions%2Cdeleted",
    ] {
        let whole = listed(&wire, query).await;
        assert!(whole.len() > 4, "{query}");
        for size in [1, 2, 3, 7, 5_000] {
            assert_eq!(listed(&wire, &format!("{query}&maxresults={size}")).await, whole, "{query} in pages of {size}");
        }
    }
}

#[tokio::test]
async fn a_page_looks_as_documented() {
    let wire = Wire::new().await;
    let page = wire.blob("GET", "/lab?restype=container&comp=list&delimiter=%2F&maxresults=2", &[], "").await.text;
    assert!(page.starts_with("\u{feff}<?xml"));
    assert_eq!(between(&page, "<MaxResults>", "<"), ["2"]);
    assert_eq!(between(&page, "<Name>", "<"), ["a", "a/"], "a blob beside the folder of its name");
    let odd = wire.blob("GET", "/odd-names?restype=container&comp=list", &[], "").await.text;
    assert!(odd.contains("<Name Encoded=\"true\">not%2Dxml%2F%EF%BF%BE%2Dmark%2Ebin</Name>"));
    assert!(odd.contains("less&lt;more&gt;.xml") && odd.contains("tab&#x9;inside.txt"));
    let upper = between(&odd, "<Name>", "<");
    assert!(
        upper.iter().position(|n| n == "Case.txt") < upper.iter().position(|n| n == "case.txt"),
        "upper case first"
    );
    let containers = wire.blob("GET", "/?comp=list&prefix=book&include=metadata", &[], "").await.text;
    assert_eq!(between(&containers, "<Name>", "<"), ["book", "books"]);
    assert!(containers.contains("<owner>publishing</owner>"));
}

#[tokio::test]
async fn what_the_service_refuses_is_refused_with_its_code() {
    let wire = Wire::new().await;
    let cases = [
        ("GET", "/lab?restype=container&comp=list&delimiter=%2F&include=snapshots", 400, "InvalidQueryParameterValue"),
        ("GET", "/lab?restype=container&comp=list&maxresults=0", 400, "OutOfRangeQueryParameterValue"),
        ("GET", "/lab?restype=container&comp=list&maxresults=x", 400, "InvalidQueryParameterValue"),
        ("GET", "/lab?restype=container&comp=list&include=everything", 400, "InvalidQueryParameterValue"),
        ("GET", "/lab?restype=container&comp=list&marker=x", 400, "OutOfRangeInput"),
        ("GET", "/none?restype=container&comp=list", 404, "ContainerNotFound"),
        ("GET", "/lab/none", 404, "BlobNotFound"),
        ("GET", "/footage/2018-rondane/master-0001.mov", 409, "BlobArchived"),
        ("PUT", "/Bad?restype=container", 400, "InvalidResourceName"),
        ("PUT", "/lab?restype=container", 409, "ContainerAlreadyExists"),
        ("DELETE", "/book/manuscript.docx", 409, "SnapshotsPresent"),
    ];
    for (method, path, status, code) in cases {
        let answer = wire.blob(method, path, &[], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{method} {path}");
        assert_eq!(answer.header("x-ms-error-code"), code);
    }
    let url = wire.ends().blob.replace("northlightarchive", "northlightclosed") + "/?comp=list";
    assert_eq!(wire.send("GET", &url, &[], "").await.code(), "AuthorizationFailure");
    let url = wire.ends().blob.replace("northlightarchive", "northlightnokey") + "/?comp=list";
    let signed = wire.send("GET", &url, &[("authorization", "SharedKey northlightnokey:x")], "").await;
    assert_eq!(signed.code(), "KeyBasedAuthenticationNotPermitted");
}

#[tokio::test]
async fn a_hierarchical_account_lists_directories() {
    let wire = Wire::new().await;
    let token = format!("Bearer {}", wire.ends().token);
    let list = async |query: &str| {
        let url = wire.ends().blob.replace("northlightarchive", "northlightlake")
            + "/records?restype=container&comp=list"
            + query;
        wire.send("GET", &url, &[("authorization", &token)], "").await
    };
    let flat = list("&prefix=2024").await.text;
    assert_eq!(between(&flat, "<ResourceType>", "<").iter().filter(|t| *t == "directory").count(), 4);
    let folders = list("&delimiter=%2F").await.text;
    assert_eq!(between(&folders, "<BlobPrefix><Name>", "<"), ["2023/", "2024/", "2025/"], "an empty one too");
    assert!(folders.contains("<ResourceType>directory</ResourceType>"), "a prefix carries the directory's properties");
    assert_eq!(list("&delimiter=x").await.status, 400);
    let inside = list("&delimiter=%2F&prefix=2024%2F").await.text;
    let winter = ["2024/autumn/", "2024/spring/", "2024/winter/"];
    assert_eq!(between(&inside, "<BlobPrefix><Name>", "<"), winter, "one in which all is deleted too");
    assert_eq!(list("&showonly=directories").await.text.matches("<Blob>").count(), 6);
    let refused = list("&prefix=2023%2Frecord-001.csv%2Fx").await;
    assert_eq!(refused.status, 400, "a prefix that goes on behind a file's name");
    assert_eq!(list("&prefix=2023%2Frec").await.status, 200, "the beginning of one is none");
}

#[tokio::test]
async fn a_hierarchical_account_lists_what_was_deleted_in_a_listing_of_its_own() {
    let wire = Wire::new().await;
    let token = format!("Bearer {}", wire.ends().token);
    let list = async |account: &str, query: &str| {
        let url =
            wire.ends().blob.replace("northlightarchive", account) + "/records?restype=container&comp=list" + query;
        wire.send("GET", &url, &[("authorization", &token)], "").await
    };
    let root = list("northlightlake", "&delimiter=%2F&showonly=deleted").await.text;
    assert_eq!(between(&root, "<Blob><Name>", "<"), ["2022"], "a directory");
    assert!(root.contains("<DeletionId>") && root.contains("<Deleted>true</Deleted>"), "{root}");
    assert_eq!(between(&root, "<BlobPrefix><Name>", "<"), ["2023/", "2024/"], "where more was deleted");
    let spring = "&delimiter=%2F&prefix=2024%2Fspring%2F";
    let deleted = list("northlightlake", &format!("{spring}&showonly=deleted")).await.text;
    assert_eq!(between(&deleted, "<Blob><Name>", "<"), ["2024/spring/record-001.csv"]);
    let there = list("northlightlake", spring).await.text;
    assert!(there.matches("<Blob>").count() == 12 && !there.contains("<Deleted>"), "written again: {there}");
    let both = list("northlightlake", "&delimiter=%2F&showonly=deleted&include=deleted").await;
    assert_eq!(both.status, 400, "they exclude each other");
    assert_eq!(list("northlightarchive", "&delimiter=%2F&showonly=deleted").await.status, 400, "not in a flat account");
}

#[tokio::test]
async fn every_page_of_the_generated_account_is_what_its_name_says() {
    let wire = Wire::with(SimOptions {
        synthetic: Some(Synthetic { blobs: 12_345 }),
        latency: Duration::from_millis(1),
        ..SimOptions::default()
    })
    .await;
    let containers = wire.blob("GET", "/?comp=list", &[], "").await.text;
    assert_eq!(between(&containers, "<Name>", "<"), ["bench"]);
    let flat = listed(&wire, "/bench?restype=container&comp=list").await;
    let expected: Vec<String> =
        (0..12_345).map(|i| format!("d{:04}/blob-{:04}.dat</Name>", i / 1_000, i % 1_000)).collect();
    assert_eq!(flat, expected);
    let folders = listed(&wire, "/bench?restype=container&comp=list&delimiter=%2F&maxresults=5").await;
    assert_eq!(folders.len(), 13);
    assert_eq!(
        listed(&wire, "/bench?restype=container&comp=list&delimiter=%2F&prefix=d0012%2F&maxresults=100").await,
        expected[12_000..]
    );
    let from = "/bench?restype=container&comp=list&startFrom=d0012%2Fblob-0300";
    let newer = wire.blob("GET", from, &[("x-ms-version", "2026-02-06")], "").await;
    assert_eq!(entries(&newer), expected[12_300..]);
    assert_eq!(listed(&wire, from).await, expected, "an older version knows nothing of it");
    assert_eq!(listed(&wire, "/bench?restype=container&comp=list&prefix=d0003%2Fblob-099").await.len(), 10);
}
