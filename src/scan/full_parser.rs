//! Reads a whole page of a listing with quick-xml: whatever XML allows, at a fifth of the speed of the fast parser. The scan turns to it
//! for a page that the fast parser does not recognise, and tests compare both. It stands on `azure::wire::xml`, and is stricter than the
//! wizard's reader of listings: a page that holds anything unreadable is refused as a whole, because it would be counted wrong.

use std::mem::take;

use super::entry::{EntrySink, ListedEntry, ListedProperty, decoded_name};
use crate::azure::wire::xml;

const BLOB: &str = "EnumerationResults/Blobs/Blob";
const BLOB_NAME: &str = "EnumerationResults/Blobs/Blob/Name";
const PREFIX: &str = "EnumerationResults/Blobs/BlobPrefix";
const PREFIX_NAME: &str = "EnumerationResults/Blobs/BlobPrefix/Name";

/// Reads a page of blobs; returns the marker of the next page, `None` on the last one.
///
/// # Errors
/// What is wrong, without a full stop, when this is not a page of a listing. The sink may have taken entries by then.
pub fn read(page: &[u8], sink: &mut impl EntrySink) -> Result<Option<String>, String> {
    let mut listing = PageTexts::default();
    xml::each_element_strict(text(page)?, |path, text, encoded| listing.take(path, text, encoded, sink))?;
    listing.next()
}

/// Reads a page of containers; returns their names and the marker of the next page.
///
/// # Errors
/// What is wrong, as [`read`] has it.
pub(super) fn read_containers(page: &[u8]) -> Result<(Vec<String>, Option<String>), String> {
    let (mut listing, mut names) = (PageTexts::default(), Vec::new());
    xml::each_element_strict(text(page)?, |path, text, _| {
        match path {
            "EnumerationResults/Containers/Container/Name" => listing.entry.name = take(text),
            "EnumerationResults/Containers/Container" => {
                names.push(take(&mut listing.entry).checked_name()?.to_owned());
            }
            _ => listing.take_page(path, text),
        }
        Ok(())
    })?;
    Ok((names, listing.next()?))
}

fn text(page: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(page).map_err(|_| "the listing is not UTF-8 text".to_owned())
}

/// What was read of a page.
#[derive(Default)]
struct PageTexts {
    /// The entry that is being read.
    entry: EntryTexts,
    marker: String,
    /// The root element is that of a listing.
    is_listing: bool,
}

/// The texts of one entry.
#[derive(Default)]
struct EntryTexts {
    name: String,
    snapshot: String,
    properties: Vec<(ListedProperty, String)>,
    version: bool,
    current: bool,
    deleted: bool,
}

impl PageTexts {
    /// The marker of the next page.
    fn next(self) -> Result<Option<String>, String> {
        if !self.is_listing {
            return Err("the answer is not a listing".into());
        }
        Ok(Some(self.marker).filter(|marker| !marker.is_empty()))
    }

    fn take(&mut self, path: &str, text: &mut String, encoded: bool, sink: &mut impl EntrySink) -> Result<(), String> {
        match path {
            BLOB => return take(&mut self.entry).send_blob(sink),
            PREFIX => sink.folder(take(&mut self.entry).checked_name()?),
            BLOB_NAME | PREFIX_NAME => self.entry.name = name(text, encoded)?,
            _ => match path.strip_prefix(BLOB).filter(|field| field.starts_with('/')) {
                Some(field) => self.entry.take(field, text),
                None => self.take_page(path, text),
            },
        }
        Ok(())
    }

    /// Takes an element that is not of an entry.
    fn take_page(&mut self, path: &str, text: &mut String) {
        match path {
            "EnumerationResults" => self.is_listing = true,
            "EnumerationResults/NextMarker" => self.marker = take(text),
            _ => {}
        }
    }
}

impl EntryTexts {
    /// Takes an element below `<Blob>`; `field` is its path from there, e.g. `/Properties/Etag`.
    fn take(&mut self, field: &str, text: &mut String) {
        match field {
            "/Snapshot" => self.snapshot = take(text),
            "/VersionId" => self.version = !text.is_empty(),
            "/IsCurrentVersion" => self.current = text == "true",
            "/Deleted" => self.deleted = text == "true",
            _ => {
                let property = field.strip_prefix("/Properties/").map(str::as_bytes).and_then(ListedProperty::named);
                if let Some(property) = property {
                    self.properties.push((property, take(text)));
                }
            }
        }
    }

    fn checked_name(&self) -> Result<&str, String> {
        if self.name.is_empty() { Err("an entry of the listing has no name".to_owned()) } else { Ok(&self.name) }
    }

    fn send_blob(&self, sink: &mut impl EntrySink) -> Result<(), String> {
        let mut entry = ListedEntry {
            name: self.checked_name()?,
            snapshot: &self.snapshot,
            deleted: self.deleted,
            ..ListedEntry::default()
        };
        entry.set_version(self.version, self.current);
        for (property, value) in &self.properties {
            if !entry.set(*property, value) {
                return Err(format!("the length `{value}` of a blob is not a number"));
            }
        }
        sink.blob(&entry);
        Ok(())
    }
}

/// A blob's name; the service percent-encodes names that XML cannot hold, and says so.
fn name(text: &mut String, encoded: bool) -> Result<String, String> {
    if !encoded {
        return Ok(take(text));
    }
    let decoded = decoded_name(text).ok_or("a blob's encoded name is not UTF-8 text")?;
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>";

    fn containers(inside: &str) -> Result<(Vec<String>, Option<String>), String> {
        read_containers(format!("{HEAD}<EnumerationResults>{inside}</EnumerationResults>").as_bytes())
    }

    #[test]
    fn the_names_of_containers_and_the_marker_are_read() {
        let page = "<Containers><Container><Name>$root</Name><Metadata><Name>no</Name></Metadata></Container>\
                    <Container><Name>a</Name></Container></Containers><NextMarker>b&amp;c</NextMarker>";
        assert_eq!(containers(page), Ok((vec!["$root".into(), "a".into()], Some("b&c".into()))));
        assert_eq!(containers("<Containers /><NextMarker />"), Ok((Vec::new(), None)));
    }

    #[test]
    fn a_page_with_anything_unreadable_is_refused_as_a_whole() {
        assert!(containers("<Containers><Container><Name></Name></Container></Containers>").is_err());
        assert!(containers("<Containers><Container><Name>&odd;</Name></Container></Containers>").is_err());
        assert!(containers("<Containers><Container><Name>a</Name>").is_err());
        assert!(read_containers(b"<html></html>").is_err() && read_containers(b"\xff").is_err());
    }
}
