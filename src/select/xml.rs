//! Writes the `BlobList` XML, the list file of an export job (Microsoft page: Put Job, "Export blob list format"). Reading is in `read`.

use std::collections::HashSet;
use std::fmt::Write;

use super::Rule;

/// A name holds a character that no XML 1.0 document can, not even escaped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "The list file cannot hold {:?}: character {position} (U+{:04X}) is not allowed in XML 1.0.",
    .text,
    u32::from(*.character)
)]
pub struct NotXml {
    /// The path, prefix or time concerned.
    pub text: String,
    /// The character.
    pub character: char,
    /// Its place in the text, counted in characters from 1.
    pub position: usize,
}

/// The list file for these rules, in their order, well-formed and UTF-8.
///
/// # Errors
/// [`NotXml`] for a name with a control character, U+FFFE or U+FFFF.
pub fn write_list(rules: &[Rule]) -> Result<String, NotXml> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlobList>\n");
    for rule in rules {
        let line = match rule {
            Rule::Prefix(prefix) => format!("  <BlobPathPrefix>{}</BlobPathPrefix>\n", escape(prefix)?),
            Rule::Blob { path, snapshots: true } => format!("  <BlobPath>{}</BlobPath>\n", escape(path)?),
            Rule::Blob { path, snapshots: false } => {
                format!("  <BlobPath IncludeSnapshots=\"false\">{}</BlobPath>\n", escape(path)?)
            }
            Rule::Snapshot { path, time } => {
                format!("  <BlobPath SnapshotTime=\"{}\">{}</BlobPath>\n", escape(time)?, escape(path)?)
            }
        };
        xml.push_str(&line);
    }
    xml.push_str("</BlobList>\n");
    Ok(xml)
}

/// The list file for a service that knows no attributes and wants every path to begin with `/` (Microsoft page: Data Box, export with
/// an XML file). A blob that several rules name stands there once.
///
/// # Errors
/// As [`write_list`].
pub fn write_plain_list(rules: &[Rule]) -> Result<String, NotXml> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlobList>\n");
    let mut listed = HashSet::new();
    for rule in rules {
        let line = match rule {
            Rule::Prefix(prefix) => format!("  <BlobPathPrefix>{}</BlobPathPrefix>\n", escape(prefix)?),
            Rule::Blob { path, .. } | Rule::Snapshot { path, .. } => {
                format!("  <BlobPath>/{}</BlobPath>\n", escape(path)?)
            }
        };
        if listed.insert(line.clone()) {
            xml.push_str(&line);
        }
    }
    xml.push_str("</BlobList>\n");
    Ok(xml)
}

/// Escapes text for an element or a quoted attribute. Tabs, line ends and spaces at the ends become references, since readers
/// may change or trim them otherwise.
fn escape(text: &str) -> Result<String, NotXml> {
    let mut escaped = String::with_capacity(text.len());
    let count = text.chars().count();
    for (index, character) in text.chars().enumerate() {
        let at_end = index == 0 || index + 1 == count;
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' => reference(&mut escaped, character),
            ' ' if at_end => reference(&mut escaped, character),
            _ if is_xml(character) => escaped.push(character),
            _ => return Err(NotXml { text: text.to_owned(), character, position: index + 1 }),
        }
    }
    Ok(escaped)
}

fn reference(escaped: &mut String, character: char) {
    // Writing to a `String` cannot fail.
    let _ = write!(escaped, "&#{};", u32::from(character));
}

/// Whether XML 1.0 allows the character.
pub(super) fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}
