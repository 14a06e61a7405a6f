//! Reads a whole List Blobs page with quick-xml: whatever XML allows, at a fifth of the walker's speed. The scan falls back
//! to it for a page the walker does not recognise, and tests hold the walker to it.

use quick_xml::{Reader, events::Event};

use super::entry::{EntrySink, ListedEntry, property};
use super::fast_parser::percent_decoded;

/// Reads `page`; returns the continuation marker, `None` on the last page.
///
/// # Errors
/// What is wrong, without a full stop, when this is not a page of a listing. The sink may have been told entries by then.
pub fn read(page: &[u8], sink: &mut impl EntrySink) -> Result<Option<String>, String> {
    let text = std::str::from_utf8(page).map_err(|_| "the listing is not UTF-8 text".to_owned())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut page = FullParser::default();
    loop {
        match reader.read_event().map_err(|error| format!("the listing is not well-formed XML ({error})"))? {
            Event::Start(tag) => page.open(tag.name().as_ref(), tag.attributes_raw()),
            Event::Empty(tag) => {
                page.open(tag.name().as_ref(), tag.attributes_raw());
                page.close(sink)?;
            }
            Event::End(_) => page.close(sink)?,
            Event::Text(text) => page.text.push_str(&text.into_inner()),
            Event::CData(text) => page.text.push_str(&text.into_inner()),
            Event::GeneralRef(entity) => {
                let escaped = format!("&{};", &*entity);
                let plain = quick_xml::escape::unescape(&escaped).map_err(|error| error.to_string())?;
                page.text.push_str(&plain);
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    if !page.whole || !page.path.is_empty() {
        return Err("the listing is cut off".to_owned());
    }
    Ok(Some(page.marker).filter(|marker| !marker.is_empty()))
}

/// Where the reader is, and the entry it is in.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each element of an entry that says yes or no")]
struct FullParser {
    path: Vec<String>,
    text: String,
    encoded: bool,
    fields: Vec<(Vec<u8>, String)>,
    name: String,
    snapshot: String,
    version: bool,
    current: bool,
    deleted: bool,
    marker: String,
    whole: bool,
}

impl FullParser {
    fn open(&mut self, tag: &str, attributes: &str) {
        if matches!((self.path.len(), tag), (2, "Blob" | "BlobPrefix")) {
            *self = Self {
                path: std::mem::take(&mut self.path),
                marker: std::mem::take(&mut self.marker),
                whole: self.whole,
                ..Self::default()
            };
        }
        if self.path.len() == 3 && tag == "Name" {
            self.encoded = attributes.replace('\'', "\"").contains("Encoded=\"true\"");
        }
        self.path.push(tag.to_owned());
        self.text.clear();
    }

    fn close(&mut self, sink: &mut impl EntrySink) -> Result<(), String> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let text = std::mem::take(&mut self.text);
        match path.as_slice() {
            ["EnumerationResults"] => self.whole = true,
            ["EnumerationResults", "NextMarker"] => self.marker = text,
            ["EnumerationResults", "Blobs", "Blob"] => self.blob(sink)?,
            ["EnumerationResults", "Blobs", "BlobPrefix"] => sink.folder(self.checked_name()?),
            ["EnumerationResults", "Blobs", "Blob" | "BlobPrefix", "Name"] => {
                let decoded =
                    if self.encoded { percent_decoded(&text).map(std::borrow::Cow::into_owned) } else { Some(text) };
                self.name = decoded.ok_or("a blob's encoded name is not UTF-8 text")?;
            }
            ["EnumerationResults", "Blobs", "Blob", field] => match *field {
                "Snapshot" => self.snapshot = text,
                "VersionId" => self.version = !text.is_empty(),
                "IsCurrentVersion" => self.current = text == "true",
                "Deleted" => self.deleted = text == "true",
                _ => {}
            },
            ["EnumerationResults", "Blobs", "Blob", "Properties", field] => {
                self.fields.push((field.as_bytes().to_vec(), text));
            }
            _ => {}
        }
        self.path.pop();
        Ok(())
    }

    fn checked_name(&self) -> Result<&str, String> {
        if self.name.is_empty() { Err("an entry of the listing has no name".to_owned()) } else { Ok(&self.name) }
    }

    fn blob(&self, sink: &mut impl EntrySink) -> Result<(), String> {
        let mut entry = ListedEntry {
            name: self.checked_name()?,
            snapshot: &self.snapshot,
            deleted: self.deleted,
            ..ListedEntry::default()
        };
        entry.old_version = self.version && !self.current && self.snapshot.is_empty();
        for (tag, value) in &self.fields {
            if !property(&mut entry, tag, value) {
                return Err(format!("the length `{value}` of a blob is not a number"));
            }
        }
        sink.blob(&entry);
        Ok(())
    }
}
