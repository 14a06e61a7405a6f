//! Tests of the listing parser: real answers' dirt, and any listing written and read back.

use proptest::prelude::*;

use super::list_blobs::parse;
use crate::azure::model::{BlobItem, Entry};

fn page(inner: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"https://a/\" ContainerName=\"c\"><Prefix>x</Prefix><Delimiter>/</Delimiter><Blobs>{inner}</Blobs><NextMarker>2!72!abc--</NextMarker></EnumerationResults>"
    )
}

fn only_blob(inner: &str) -> BlobItem {
    match parse(&page(inner)).unwrap().items.remove(0) {
        Entry::Blob(blob) => *blob,
        other => BlobItem { name: format!("prefix {}", other.name()), ..BlobItem::default() },
    }
}

#[test]
fn prefixes_and_blobs_come_in_the_order_listed_with_the_marker_verbatim() {
    let listed = parse(&page("<BlobPrefix><Name>a/</Name><Properties><Name>no</Name></Properties></BlobPrefix><Blob><Name>a</Name></Blob><BlobPrefix><Name>b/</Name></BlobPrefix>")).unwrap();
    assert_eq!(listed.items.iter().map(Entry::name).collect::<Vec<_>>(), ["a/", "a", "b/"]);
    assert_eq!(listed.next.as_deref(), Some("2!72!abc--"));
}

#[test]
fn a_metadata_key_called_name_is_metadata() {
    let blob = only_blob(
        "<Blob><Metadata><Name>fake</Name><Snapshot>s</Snapshot></Metadata><Name>real</Name><Tags><TagSet><Tag><Key>Name</Key></Tag></TagSet></Tags></Blob>",
    );
    assert_eq!((blob.name.as_str(), blob.snapshot), ("real", None));
    assert_eq!(blob.metadata, [("Name".into(), "fake".into()), ("Snapshot".into(), "s".into())]);
}

#[test]
fn odd_values_do_not_fail_a_page() {
    let blob = only_blob(
        "<Blob><Name Encoded=\"true\">a%EF%BF%BEb%25</Name><Snapshot>2026-01-02T03:04:05.1234560Z</Snapshot><Properties><Content-Length></Content-Length><BlobType>CubeBlob</BlobType><TagCount/><Content-MD5>?</Content-MD5><New><Thing>1</Thing></New><AccessTier>Archive</AccessTier><AccessTierInferred>TRUE</AccessTierInferred><CustomerProvidedKeySha256>k</CustomerProvidedKeySha256></Properties></Blob>",
    );
    assert_eq!(blob.name, "a\u{fffe}b%");
    assert_eq!(blob.snapshot.as_deref(), Some("2026-01-02T03:04:05.1234560Z"));
    assert_eq!((blob.size, blob.kind), (0, None));
    assert!(blob.is_archived() && blob.tier_inferred && blob.customer_key);
}

#[test]
fn a_directory_carries_its_properties() {
    let listed = parse(&page("<BlobPrefix><Name>a/</Name><Properties><Last-Modified>Mon, 02 Feb 2026 03:04:05 GMT</Last-Modified><ResourceType>directory</ResourceType><Content-Length>0</Content-Length></Properties></BlobPrefix><BlobPrefix><Name>b/</Name></BlobPrefix>")).unwrap();
    let [Entry::Directory(directory), Entry::Prefix(plain)] = listed.items.as_slice() else { panic!("{listed:?}") };
    assert_eq!((directory.name.as_str(), plain.as_str()), ("a/", "b/"));
    assert!(directory.directory && directory.last_modified.starts_with("Mon, 02 Feb"));
}

#[test]
fn a_deleted_directory_is_one_however_it_is_listed() {
    let deleted = "<Properties><ResourceType>directory</ResourceType><DeletedTime>Mon, 02 Feb 2026 03:04:05 GMT</DeletedTime></Properties>";
    let blob = format!(
        "<Blob><Name>a</Name><DeletionId>132651921425101635</DeletionId><Deleted>true</Deleted>{deleted}</Blob>"
    );
    let listed = parse(&page(&format!("{blob}<BlobPrefix><Name>b/</Name>{deleted}</BlobPrefix>"))).unwrap();
    let [Entry::Blob(one), Entry::Directory(two)] = listed.items.as_slice() else { panic!("{listed:?}") };
    assert!(one.deleted && one.directory && two.deleted && two.directory, "{listed:?}");
}

#[test]
fn blanks_around_a_name_belong_to_it() {
    assert_eq!(only_blob("<Blob>\n  <Name> a  b </Name>\n</Blob>").name, " a  b ");
}

#[test]
fn a_cut_page_says_how_far_it_got_at_every_cut() {
    let whole = page(
        "<Blob><Name>one</Name></Blob><Blob><Name>two</Name><Properties><Content-Length>5</Content-Length></Properties></Blob>",
    );
    for cut in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
        let fault = parse(&whole[..cut]).unwrap_err();
        assert!(fault.contains("cut off") || fault.contains("empty"), "cut at {cut}: {fault}");
    }
    let after_two = whole.find("</Blobs>").unwrap();
    assert!(parse(&whole[..after_two]).unwrap_err().contains("after 2 entries"));
}

fn escape(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect()
}

proptest! {
    #[test]
    fn any_name_and_size_written_is_read_back(names in prop::collection::vec("[\\PC]{1,40}", 0..20), size in any::<u64>()) {
        let entry = |name: &String| {
            format!("<Blob><Name>{}</Name><Properties><Content-Length>{size}</Content-Length></Properties></Blob>", escape(name))
        };
        let inner = names.iter().map(entry).collect::<Vec<_>>().concat();
        let listed = parse(&page(&inner)).unwrap();
        prop_assert_eq!(listed.items.iter().map(|entry| entry.name().to_owned()).collect::<Vec<_>>(), names);
        let sizes_hold = listed.items.iter().all(|entry| matches!(entry, Entry::Blob(blob) if blob.size == size));
        prop_assert!(sizes_hold);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "(<[A-Za-z/!?&; ]{0,12}>?|[\\PC]){0,60}") {
        drop(parse(&text));
    }
}
