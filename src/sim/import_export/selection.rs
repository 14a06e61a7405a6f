//! The selection of an Import/Export job, read from its inline list or from the list blob in its account.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::super::blob::content::BlobStore;
use super::super::jobs::job::StoredJob;
use super::super::jobs::rules::{ExportRules, SnapshotRule};
use super::super::jobs::xml_entity::character;

/// Reads a job's selection.
///
/// # Errors
/// The copy status a drive shows when the list cannot be used.
pub(crate) fn rules(job: &StoredJob, store: &BlobStore) -> Result<ExportRules, &'static str> {
    let export = job.properties.get("export").cloned().unwrap_or_default();
    if let Some(path) = export["blobListBlobPath"].as_str() {
        let list = store.find(path).and_then(|item| item.content.clone()).ok_or("BlobRequestForbidden")?;
        return String::from_utf8(list).ok().and_then(|text| from_xml(&text)).ok_or("BlobListFormatInvalid");
    }
    let texts = |key: &str| {
        export["blobList"][key].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned)
    };
    let mut rules = ExportRules::default();
    texts("blobPathPrefix").for_each(|prefix| rules.add_prefix(prefix));
    texts("blobPath").for_each(|path| rules.add_path(path, SnapshotRule::All));
    Ok(rules)
}

/// Reads a `BlobList` document; `None` when it is not one.
fn from_xml(text: &str) -> Option<ExportRules> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut selection = ExportRules::default();
    let (mut depth, mut root, mut open, mut value) = (0_u32, false, None, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                value.clear();
                match (depth, tag.name().as_ref()) {
                    (1, "BlobList") if !root => root = true,
                    (2, "BlobPathPrefix") => open = Some(None),
                    (2, "BlobPath") => open = Some(Some(snapshots(&tag)?)),
                    _ => return None,
                }
            }
            Event::Empty(tag) if depth == 0 && !root && tag.name().as_ref() == "BlobList" => root = true,
            Event::Empty(_) => return None,
            Event::Text(text) => value.push_str(&text),
            Event::CData(text) => value.push_str(&text),
            Event::GeneralRef(entity) => value.push(character(&entity)?),
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                match open.take() {
                    Some(Some(wish)) => selection.add_path(std::mem::take(&mut value), wish),
                    Some(None) => selection.add_prefix(std::mem::take(&mut value)),
                    None => {}
                }
            }
            Event::Eof => return (root && depth == 0).then_some(selection),
            _ => {}
        }
    }
}

fn snapshots(tag: &quick_xml::events::BytesStart) -> Option<SnapshotRule> {
    let mut wish = SnapshotRule::All;
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        match (attribute.key.as_ref(), attribute.value.as_ref()) {
            ("IncludeSnapshots", "false") => wish = SnapshotRule::No,
            ("IncludeSnapshots", "true") => {}
            ("SnapshotTime", time) => wish = SnapshotRule::Only(time.to_owned()),
            _ => return None,
        }
    }
    Some(wish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_ways_of_selecting_mean_what_the_documentation_says() {
        let xml = "\u{feff}<?xml version=\"1.0\"?><BlobList><BlobPathPrefix>/book</BlobPathPrefix><BlobPath>c/all</BlobPath>\
            <BlobPath IncludeSnapshots=\"false\">c/base &amp; only</BlobPath><BlobPath SnapshotTime=\"2026-01-01T00:00:00.1234567Z\">c/one</BlobPath></BlobList>";
        let s = from_xml(xml).unwrap();
        assert!(s.takes("book/a", None) && s.takes("books/a", Some("t")));
        assert!(s.takes("c/all", None) && s.takes("c/all", Some("t")));
        assert!(s.takes("c/base & only", None) && !s.takes("c/base & only", Some("t")));
        assert!(s.takes("c/one", Some("2026-01-01T00:00:00.1234567Z")) && !s.takes("c/one", None));
        assert!(!s.takes("c/al", None) && !s.takes("c/all/more", None));
    }

    #[test]
    fn a_broken_list_is_refused() {
        for bad in [
            "",
            "<BlobList>",
            "<Blobs></Blobs>",
            "<BlobList><Blob>a</Blob></BlobList>",
            "<BlobList></BlobList><BlobList></BlobList>",
            "<BlobList><BlobPath>a<b</BlobPath></BlobList>",
        ] {
            assert!(from_xml(bad).is_none(), "{bad}");
        }
        assert_eq!(from_xml("<BlobList/>"), Some(ExportRules::default()));
    }
}
