//! The fast parser of pages against the full one: on every page that the fast one accepts, both see the same entries and the same marker.
//! Every page as the service writes it is accepted; a page that is cut off never is.

use std::fmt::Write as _;

use blobfreight::scan::{EntrySink, FastParser, ListedEntry, read_page};
use proptest::prelude::*;

/// Entries in words, so that two readers can be compared.
#[derive(Debug, Default, PartialEq)]
struct Seen(Vec<String>);

impl EntrySink for Seen {
    fn blob(&mut self, entry: &ListedEntry<'_>) {
        self.0.push(format!("{entry:?}"));
    }
    fn folder(&mut self, prefix: &str) {
        self.0.push(format!("folder {prefix:?}"));
    }
}

fn by_fast_parser(page: &[u8], cuts: &[usize]) -> Option<(Seen, Option<String>)> {
    let mut parser = FastParser::default();
    let mut seen = Seen::default();
    let mut at = 0_usize;
    for piece in cuts.iter().map(|cut| (*cut).max(1)).chain([page.len()]) {
        let end = at.saturating_add(piece).min(page.len());
        parser.feed(&page[at..end], &mut seen).ok()?;
        at = end;
    }
    let marker = parser.end().ok()?.map(str::to_owned);
    Some((seen, marker))
}

fn by_full_parser(page: &[u8]) -> Option<(Seen, Option<String>)> {
    let mut seen = Seen::default();
    let marker = read_page(page, &mut seen).ok()?;
    Some((seen, marker))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9/._ -]{1,24}",
        2 => "[a-z<>&'\"!\\[\\]?=;ü日/]{1,12}",
        1 => "\\PC{1,10}",
    ]
}

/// An element of a blob as the service may write it, besides its name.
fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<Snapshot>2026-02-03T04:05:06.1234567Z</Snapshot>".to_owned()),
        Just("<VersionId>2026-02-03T04:05:06.1234567Z</VersionId>".to_owned()),
        Just("<IsCurrentVersion>true</IsCurrentVersion>".to_owned()),
        Just("<Deleted>true</Deleted>".to_owned()),
        Just("<Metadata />".to_owned()),
        (name(), name()).prop_map(|(a, b)| format!(
            "<Metadata><Name>{}</Name><Blob>{}</Blob></Metadata>",
            escape(&a),
            escape(&b)
        )),
        Just("<Tags><TagSet><Tag><Key>Name</Key><Value>x</Value></Tag></TagSet></Tags>".to_owned()),
        Just("<OrMetadata><or-1_Name>complete</or-1_Name></OrMetadata>".to_owned()),
        Just("<SomethingNew>5</SomethingNew>".to_owned()),
    ]
}

fn property() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => any::<u64>().prop_map(|n| format!("<Content-Length>{n}</Content-Length>")),
        1 => Just("<Content-Length />".to_owned()),
        1 => Just("<Content-MD5 />".to_owned()),
        1 => name().prop_map(|n| format!("<Content-Type>{}</Content-Type>", escape(&n))),
        1 => prop::sample::select(vec!["Hot", "Archive", "P10", "Cool", "Cold"]).prop_map(|t| format!("<AccessTier>{t}</AccessTier>")),
        1 => Just("<ArchiveStatus>rehydrate-pending-to-hot</ArchiveStatus>".to_owned()),
        1 => prop_oneof![Just("BlockBlob"), Just("AppendBlob")].prop_map(|t| format!("<BlobType>{t}</BlobType>")),
        1 => Just("<LeaseStatus>locked</LeaseStatus><LeaseState>leased</LeaseState>".to_owned()),
        1 => Just("<CustomerProvidedKeySha256>abc=</CustomerProvidedKeySha256>".to_owned()),
        1 => Just("<ResourceType>directory</ResourceType>".to_owned()),
        1 => Just("<Last-Modified>Sun, 22 Nov 2026 21:21:34 GMT</Last-Modified>".to_owned()),
    ]
}

fn blob() -> impl Strategy<Value = String> {
    let parts = (name(), any::<bool>(), prop::collection::vec(field(), 0..4), prop::collection::vec(property(), 0..6));
    parts.prop_map(|(name, encoded, fields, properties)| {
        let name = if encoded {
            let percent = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
            format!("<Name Encoded=\"true\">{percent}</Name>")
        } else {
            format!("<Name>{}</Name>", escape(&name))
        };
        format!("<Blob>{name}{}<Properties>{}</Properties></Blob>", fields.concat(), properties.concat())
    })
}

/// A blob of always the same elements, whose texts often begin alike: what the fast parser compares with the entry before.
fn alike() -> impl Strategy<Value = String> {
    let text = || {
        prop::sample::select(vec![
            "",
            "leased",
            "leas",
            "Archive",
            "Arch",
            "Cool",
            "Cold",
            "Hot",
            "Hot &amp; dry",
            "AppendBlob",
            "x",
        ])
    };
    let parts = (name(), prop::option::of("[12]{1,4}"), "[12]{0,4}", text(), text(), text(), text());
    parts.prop_map(|(name, snapshot, size, modified, tier, status, lease)| {
        let snapshot = snapshot.map_or(String::new(), |time| format!("<Snapshot>{time}</Snapshot>"));
        format!(
            "<Blob><Name>{}</Name>{snapshot}<Properties><Etag>{lease}</Etag><Content-Length>{size}</Content-Length>\
             <Last-Modified>{}</Last-Modified><AccessTier>{}</AccessTier><ArchiveStatus>{}</ArchiveStatus>\
             <LeaseState>{}</LeaseState></Properties><OrMetadata /></Blob>",
            escape(&name),
            modified.replace("&amp;", "and"),
            tier.replace("&amp;", "and"),
            status.replace("&amp;", "and"),
            lease.replace("&amp;", "and"),
        )
    })
}

fn folder() -> impl Strategy<Value = String> {
    (name(), any::<bool>()).prop_map(|(name, hierarchical)| {
        let more = if hierarchical { "<Properties><Etag>0x8</Etag></Properties>" } else { "" };
        format!("<BlobPrefix><Name>{}/</Name>{more}</BlobPrefix>", escape(&name))
    })
}

/// A page as the service writes it.
fn page() -> impl Strategy<Value = String> {
    let entries = prop::collection::vec(prop_oneof![4 => blob(), 6 => alike(), 1 => folder()], 0..16);
    let gap = prop_oneof![Just(""), Just("\n  ")];
    (any::<bool>(), entries, gap, prop::option::of(name()), name()).prop_map(|(bom, entries, gap, marker, prefix)| {
        let mut page = String::from(if bom { "\u{feff}" } else { "" });
        page.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        page.push_str("<EnumerationResults ServiceEndpoint=\"https://a.blob.core.windows.net/\" ContainerName=\"c\">");
        write!(page, "<Prefix>{}</Prefix><MaxResults>5000</MaxResults>{gap}", escape(&prefix)).unwrap();
        if entries.is_empty() {
            page.push_str("<Blobs />");
        } else {
            write!(page, "<Blobs>{gap}{}{gap}</Blobs>", entries.join(gap)).unwrap();
        }
        match marker {
            Some(marker) => write!(page, "<NextMarker>{}</NextMarker>", escape(&marker)).unwrap(),
            None => page.push_str("<NextMarker />"),
        }
        page.push_str(gap);
        page.push_str("</EnumerationResults>");
        page
    })
}

/// XML that the service has not been seen to write, put somewhere into a page.
fn oddity() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("<!-- <Blob><Name>ghost</Name></Blob> -->"),
        Just("<![CDATA[<Name>ghost</Name>]]>"),
        Just("<?odd <Blob> ?>"),
        Just(" "),
        Just("&amp;"),
        Just("&#65;"),
        Just("<Name>second</Name>"),
        Just("<Blob><Name>inner</Name></Blob>"),
        Just("<x y='>'/>"),
        Just("</Blob>"),
        Just("<"),
        Just(">"),
        Just("\""),
        Just("\u{0}"),
    ]
}

#[test]
fn a_stray_quote_in_the_first_tag_is_refused() {
    let head = |attributes: &str| {
        format!("<EnumerationResults{attributes}><Blobs /><NextMarker>\"</NextMarker></EnumerationResults>")
    };
    assert!(by_fast_parser(head(r#" ServiceEndpoint="https://a/" ContainerName="c""#).as_bytes(), &[]).is_some());
    for attributes in
        [r#" "ServiceEndpoint="https://a/""#, r#" ServiceEndpoint=""https://a/""#, r#" a="b"c="d"#, "/", " a=b"]
    {
        assert_eq!(by_fast_parser(head(attributes).as_bytes(), &[]), None, "{attributes}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn pages_as_the_service_writes_them_are_walked_and_mean_the_same(
        page in page(), cuts in prop::collection::vec(1_usize..200, 0..20),
    ) {
        let fast = by_fast_parser(page.as_bytes(), &cuts);
        prop_assert!(fast.is_some(), "not recognised: {page}");
        prop_assert_eq!(fast, by_full_parser(page.as_bytes()));
    }

    #[test]
    fn odd_pages_are_refused_or_mean_the_same(
        page in page(), odd in oddity(), at in any::<prop::sample::Index>(), cuts in prop::collection::vec(1_usize..200, 0..4),
    ) {
        let places: Vec<usize> = page.char_indices().map(|(at, _)| at).collect();
        let at = *at.get(&places);
        let page = format!("{}{odd}{}", &page[..at], &page[at..]);
        // The fast parser does not check values that nobody counts, so it may read a page that quick-xml refuses.
        if let (Some(fast), Some(full)) = (by_fast_parser(page.as_bytes(), &cuts), by_full_parser(page.as_bytes())) {
            prop_assert_eq!(fast, full, "{}", page);
        }
    }

    #[test]
    fn a_cut_page_is_never_taken_for_a_whole_one(page in page(), at in any::<prop::sample::Index>()) {
        let bytes = page.as_bytes();
        let cut = at.index(bytes.len());
        prop_assert_eq!(by_fast_parser(&bytes[..cut], &[]), None);
        prop_assert_eq!(by_full_parser(&bytes[..cut]), None);
    }
}
