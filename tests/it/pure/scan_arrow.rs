//! The parser of pages in Apache Arrow against the full parser of XML: both see the same entries and the same marker of the same listing,
//! in whatever form its columns are. A page that is cut off or damaged is never taken for a whole one, and nothing makes the parser panic.

use std::fmt::Write as _;

use arrow_schema::TimeUnit;
use blobfreight::scan::{ArrowParser, EntrySink, ListedEntry, ModifiedTime, UnreadArrow, read_page};
use proptest::prelude::*;

use crate::support::arrow_pages::{ColumnForms, ListedRow, TextForm, page};

/// Entries in words, so that two readers can be compared. The time of a change is a number in both.
#[derive(Debug, Default, PartialEq)]
struct SeenRows(Vec<String>);

impl EntrySink for SeenRows {
    fn blob(&mut self, entry: &ListedEntry<'_>) {
        let changed = entry.modified.compact();
        let entry = ListedEntry { modified: ModifiedTime::default(), ..*entry };
        self.0.push(format!("{entry:?} {changed:?}"));
    }
    fn folder(&mut self, prefix: &str) {
        self.0.push(format!("folder {prefix:?}"));
    }
}

type ReadPage = (SeenRows, Option<String>);

fn by_arrow(page: &[u8], cuts: &[usize]) -> Result<ReadPage, UnreadArrow> {
    let (mut parser, mut seen, mut rest) = (ArrowParser::default(), SeenRows::default(), page);
    for piece in cuts.iter().copied().chain([usize::MAX]) {
        let (now, later) = rest.split_at(piece.min(rest.len()));
        parser.feed(now, &mut seen)?;
        rest = later;
    }
    let marker = parser.end()?.map(str::to_owned);
    Ok((seen, marker))
}

fn by_xml(rows: &[ListedRow], marker: Option<&str>) -> ReadPage {
    let mut page = String::from("<EnumerationResults><Blobs>");
    for row in rows {
        element(&mut page, row);
    }
    write!(page, "</Blobs><NextMarker>{}</NextMarker></EnumerationResults>", escape(marker.unwrap_or(""))).unwrap();
    let mut seen = SeenRows::default();
    let marker = read_page(page.as_bytes(), &mut seen).unwrap();
    (seen, marker)
}

/// A row as the service writes it in XML.
fn element(page: &mut String, row: &ListedRow) {
    let name = percent_encoding::utf8_percent_encode(&row.name, percent_encoding::NON_ALPHANUMERIC);
    if row.folder {
        return write!(page, "<BlobPrefix><Name Encoded=\"true\">{name}</Name></BlobPrefix>").unwrap();
    }
    write!(page, "<Blob><Name Encoded=\"true\">{name}</Name>").unwrap();
    let mut text = |name: &str, text: Option<&str>| {
        text.map_or(Ok(()), |text| write!(page, "<{name}>{}</{name}>", escape(text))).unwrap();
    };
    text("Snapshot", row.snapshot.as_deref());
    text("VersionId", row.version.as_deref());
    text("IsCurrentVersion", row.current.then_some("true"));
    text("Deleted", row.deleted.then_some("true"));
    page.push_str("<Properties>");
    let size = row.size.map(|size| size.to_string());
    let modified = row.modified.map(|seconds| {
        let time = jiff::Timestamp::from_second(seconds).unwrap();
        time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    });
    let more = [("Content-Length", size.as_deref()), ("Last-Modified", modified.as_deref())];
    let texts = row.texts.iter().map(|(name, text)| (*name, Some(text.as_str())));
    for (name, value) in more.into_iter().chain(texts) {
        value.map_or(Ok(()), |value| write!(page, "<{name}>{}</{name}>", escape(value))).unwrap();
    }
    page.push_str("</Properties></Blob>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn name() -> impl Strategy<Value = String> {
    // XML cannot hold every character of a name; Arrow can.
    prop_oneof![4 => "[a-zA-Z0-9/._ -]{1,24}", 2 => "\\PC{1,10}", 1 => "[\u{1}\u{fffe}<&ü日😀]{1,6}", 1 => "[a-c]{200}"]
}

fn text() -> impl Strategy<Value = (&'static str, String)> {
    let one = |column: &'static str, values: &'static [&'static str]| {
        prop::sample::select(values).prop_map(move |value| (column, value.to_owned()))
    };
    prop_oneof![
        one("AccessTier", &["Hot", "Archive", "P10", "Cool", "Cold"]),
        one("ArchiveStatus", &["rehydrate-pending-to-hot", "rehydrate-pending-to-cool"]),
        one("BlobType", &["BlockBlob", "PageBlob", "AppendBlob"]),
        one("LeaseState", &["available", "leased", "breaking", "broken"]),
        one("CustomerProvidedKeySha256", &["yIRAG7M/uBZhqXxYbHGfPGxLDMLBGBQpNpdKVoMT0Ws="]),
        one("ResourceType", &["file", "directory"]),
        one("Content-Type", &["text/html", "application/octet-stream", "text/plain; charset=utf-8 and a lot more"]),
        one("Etag", &["0x8DC2481632641AB", ""]),
    ]
}

fn row() -> impl Strategy<Value = ListedRow> {
    let time = prop_oneof![Just(None), Just(Some("2026-02-03T04:05:06.1234567Z".to_owned()))];
    let parts = (
        name(),
        prop::bool::weighted(0.15),
        time.clone(),
        time,
        any::<[bool; 2]>(),
        prop::option::weighted(0.9, 0..0x7fff_ffff_u64),
        prop::option::weighted(0.9, -100_000_000_i64..4_000_000_000),
        prop::collection::vec(text(), 0..6),
        prop::collection::vec(("[a-z]{1,3}", "\\PC{0,8}"), 0..3),
    );
    parts.prop_map(|(name, folder, snapshot, version, [current, deleted], size, modified, texts, metadata)| {
        if folder {
            return ListedRow { name: format!("{name}/"), folder, ..ListedRow::default() };
        }
        ListedRow { name, folder, snapshot, version, current, deleted, size, modified, texts, metadata }
    })
}

fn forms() -> impl Strategy<Value = ColumnForms> {
    let form = || {
        prop::sample::select(vec![
            TextForm::Plain,
            TextForm::Large,
            TextForm::View,
            TextForm::Dictionary(1),
            TextForm::Dictionary(2),
            TextForm::Dictionary(4),
        ])
    };
    let unit = vec![TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond];
    let parts = (
        (form(), form()),
        prop::sample::select(unit),
        prop::sample::select(vec![None, Some("UTC"), Some("+02:00"), Some("Europe/Oslo")]),
        prop::sample::select(vec![32_usize, 64]),
        prop::sample::select(vec!["BlobPrefix", "blobprefix", "BLOBPREFIX"]),
        any::<[bool; 4]>(),
    );
    parts.prop_map(|((names, texts), unit, zone, bits, prefix, [signed, with_empty, reversed, delta])| ColumnForms {
        names,
        texts,
        unit,
        zone,
        bits,
        signed,
        prefix,
        with_empty,
        reversed,
        delta,
    })
}

#[derive(Clone, Debug)]
struct Listing {
    rows: Vec<ListedRow>,
    batches: Vec<usize>,
    marker: Option<String>,
    forms: ColumnForms,
}

impl Listing {
    fn arrow(&self) -> Vec<u8> {
        page(&self.rows, &self.batches, self.marker.as_deref(), &self.forms)
    }
}

fn listing() -> impl Strategy<Value = Listing> {
    let batches = prop::collection::vec(prop_oneof![2 => Just(0_usize), 3 => 1_usize..6], 0..6);
    (prop::collection::vec(row(), 0..24), batches, prop::option::of("[a-z0-9!<&=]{1,20}"), forms())
        .prop_map(|(rows, batches, marker, forms)| Listing { rows, batches, marker, forms })
}

fn sentence(page: &[u8]) -> String {
    match by_arrow(page, &[]) {
        Err(UnreadArrow::Damaged(reason) | UnreadArrow::Unsupported(reason)) => reason,
        Ok(read) => panic!("read: {read:?}"),
    }
}

/// The places of `bytes` in a page.
fn places(page: &[u8], bytes: &[u8]) -> Vec<usize> {
    page.windows(bytes.len()).enumerate().filter(|(_, window)| *window == bytes).map(|(at, _)| at).collect()
}

#[test]
fn damaged_streams_are_refused_with_a_sentence() {
    let rows = vec![ListedRow { name: "a/lynx.jpg".into(), size: Some(5), ..ListedRow::default() }];
    let whole = page(&rows, &[], None, &ColumnForms::default());
    assert!(by_arrow(&whole, &[]).is_ok());
    assert_eq!(sentence(b""), "the listing in Apache Arrow is damaged: it is empty");
    assert!(sentence(b"<EnumerationResults/>").contains("does not begin"), "{}", sentence(b"<EnumerationResults/>"));
    // The end mark is the last eight bytes.
    assert!(sentence(&whole[..whole.len() - 8]).contains("where it ends"));
    assert!(sentence(&whole[..whole.len() - 9]).contains("cut off"));
    assert!(sentence(&[&whole[..], b"more"].concat()).contains("behind its end"));
    let schema_end = places(&whole, &[0xff; 4])[1];
    assert!(sentence(&[&whole[..schema_end], &whole[..]].concat()).contains("schema changes"));
    assert!(sentence(&whole[schema_end..]).contains("does not begin with a schema"));
    let mut long = whole.clone();
    long[schema_end + 4..schema_end + 8].copy_from_slice(&i32::MAX.to_le_bytes());
    assert!(sentence(&long).contains("too long"));
    let no_name = page(&[ListedRow::default()], &[], None, &ColumnForms::default());
    assert!(sentence(&no_name).contains("no name"));
}

#[test]
fn a_count_of_rows_that_nothing_supports_is_refused() {
    let rows: Vec<ListedRow> = (0..77).map(|n| ListedRow { name: format!("n{n}"), ..ListedRow::default() }).collect();
    let whole = page(&rows, &[], None, &ColumnForms::default());
    for count in [78_i64, 1 << 40, i64::MAX, -1] {
        let mut page = whole.clone();
        let all = places(&page, &77_i64.to_le_bytes());
        assert!(!all.is_empty());
        for at in all {
            page[at..at + 8].copy_from_slice(&count.to_le_bytes());
        }
        assert!(sentence(&page).contains("damaged"), "{count}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn both_readers_see_the_same_entries(listing in listing(), cuts in prop::collection::vec(1_usize..400, 0..20)) {
        let read = by_arrow(&listing.arrow(), &cuts);
        prop_assert_eq!(read, Ok(by_xml(&listing.rows, listing.marker.as_deref())));
    }

    #[test]
    fn a_cut_stream_is_never_taken_for_a_whole_one(listing in listing(), at in any::<prop::sample::Index>()) {
        let page = listing.arrow();
        prop_assert!(by_arrow(&page[..at.index(page.len())], &[]).is_err());
    }

    /// Bytes that are changed make other values or a refusal, and nothing worse.
    #[test]
    fn a_mutated_stream_is_read_or_refused(
        listing in listing(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        huge in prop::option::of((any::<prop::sample::Index>(), any::<i64>())), cuts in prop::collection::vec(1_usize..400, 0..4),
    ) {
        let mut page = listing.arrow();
        for (at, byte) in &changes {
            let at = at.index(page.len());
            page[at] = *byte;
        }
        if let Some((at, number)) = huge {
            let at = at.index(page.len() - 8) / 8 * 8;
            page[at..at + 8].copy_from_slice(&number.to_le_bytes());
        }
        if let Err(UnreadArrow::Damaged(reason) | UnreadArrow::Unsupported(reason)) = by_arrow(&page, &cuts) {
            prop_assert!(reason.starts_with("the listing in Apache Arrow "), "{}", reason);
        }
    }
}
