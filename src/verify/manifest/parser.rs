//! The events of the XML reader to the entries of a manifest. Pure and lenient: unknown elements and attributes are passed over.

use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::rules::{PartKind, PromisedFile, SideFile};
use super::fields;
use super::problem::ManifestProblem;

/// The most blocks or page ranges that are kept of one blob: 8 TiB in ranges of 4 MiB are half as many.
const MOST_PARTS: usize = 4_000_000;
/// The most contradictions that are told of one blob.
const MOST_TOLD: usize = 3;
/// The longest text of an element: a blob's path has at most 1,088 characters.
const LONGEST_TEXT: usize = 256 * 1024;

/// What a manifest says of its drive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestHead {
    /// Version, e.g. `2014-11-01`.
    pub version: Option<String>,
    /// The drive's serial number.
    pub drive_id: Option<String>,
    /// Which program wrote it.
    pub creator: Option<String>,
}

/// An element whose text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextElement {
    DriveId,
    Creator,
    BlobPath,
    FilePath,
    Snapshot,
    Length,
    Properties,
    Metadata,
}

impl TextElement {
    fn named(name: &str, in_blob: bool) -> Option<Self> {
        Some(match (name, in_blob) {
            ("DriveId", false) => Self::DriveId,
            ("ClientCreator", false) => Self::Creator,
            ("BlobPath", true) => Self::BlobPath,
            ("FilePath", true) => Self::FilePath,
            ("Snapshot", true) => Self::Snapshot,
            ("Length", true) => Self::Length,
            ("PropertiesPath", true) => Self::Properties,
            ("MetadataPath", true) => Self::Metadata,
            // Keys and signatures of import manifests are secrets: they are not even kept in memory.
            _ => return None,
        })
    }
}

#[derive(Default)]
pub(super) struct ManifestParser {
    pub(super) head: ManifestHead,
    /// Entries read so far.
    pub(super) entries: u64,
    depth: usize,
    /// The depth of `Blob` while one is read.
    blob_depth: Option<usize>,
    blob: PromisedFile,
    text_of: Option<TextElement>,
    text: String,
    /// The digest beside the path of a side file.
    side_hash: Option<String>,
    is_closed: bool,
}

impl ManifestParser {
    /// Takes an event; gives the entry that it completes.
    pub(super) fn take(&mut self, event: &Event<'_>) -> Result<Option<PromisedFile>, ManifestProblem> {
        match event {
            Event::Start(tag) => self.open(tag)?,
            Event::Empty(tag) => {
                self.open(tag)?;
                return Ok(self.close());
            }
            Event::End(_) => return Ok(self.close()),
            Event::Text(text) => self.add(&text.xml10_content()),
            Event::CData(text) => self.add(&text.xml10_content()),
            Event::GeneralRef(reference) => self.resolve(reference),
            Event::DocType(_) => return Err(ManifestProblem::Entities),
            Event::Eof => return self.end().map(|()| None),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
        Ok(None)
    }

    /// Whether `</DriveManifest>` was read.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ManifestProblem> {
        let qualified = tag.name();
        let name = qualified.local_name();
        let name: &str = name.as_ref();
        if self.depth == 0 {
            if name != "DriveManifest" || self.is_closed {
                return Err(ManifestProblem::Other { root: name.chars().take(60).collect() });
            }
            self.head.version = fields::attribute(tag, "Version");
        }
        self.depth += 1;
        if name == "Blob" && self.blob_depth.is_none() {
            self.blob_depth = Some(self.depth);
            self.blob = PromisedFile { number: self.entries, ..PromisedFile::default() };
        } else if self.blob_depth.is_some() && matches!(name, "Block" | "PageRange") {
            self.part(tag, if name == "Block" { PartKind::Block } else { PartKind::PageRange });
        } else if self.blob_depth.is_some() && name == "PageRangeList" {
            self.blob.kind = PartKind::PageRange;
        }
        self.text_of = TextElement::named(name, self.blob_depth.is_some());
        self.text.clear();
        if matches!(self.text_of, Some(TextElement::Properties | TextElement::Metadata)) {
            self.side_hash = fields::attribute(tag, "Hash");
        }
        Ok(())
    }

    fn part(&mut self, tag: &BytesStart<'_>, kind: PartKind) {
        let index = self.blob.parts.len();
        if index == 0 {
            self.blob.kind = kind;
        }
        if index >= MOST_PARTS {
            self.contradict(format!("it has more than {MOST_PARTS} parts; the rest is not read"));
            return;
        }
        let follows = self.blob.parts.last().map_or(0, |last| last.offset.saturating_add(last.length));
        let mut wrong = Vec::new();
        match fields::part(tag, follows, &mut wrong) {
            Ok(part) => self.blob.parts.push(part),
            Err(why) => wrong.push(why),
        }
        for why in wrong {
            self.contradict(format!("{} {index} {why}", kind.word()));
        }
    }

    fn contradict(&mut self, what: String) {
        if self.blob.contradictions.len() < MOST_TOLD && !self.blob.contradictions.contains(&what) {
            self.blob.contradictions.push(what);
        }
    }

    fn add(&mut self, text: &str) {
        if self.text_of.is_some() && self.text.len() < LONGEST_TEXT {
            self.text.push_str(text);
        }
    }

    fn resolve(&mut self, reference: &BytesRef<'_>) {
        let character = match (reference.resolve_char_ref(), reference.xml10_content().as_ref()) {
            (Ok(Some(character)), _) => character,
            (_, "lt") => '<',
            (_, "gt") => '>',
            (_, "amp") => '&',
            (_, "quot") => '"',
            (_, "apos") => '\'',
            // Half a surrogate pair, which NTFS allows in a name and no text can hold; or an entity that nobody declared.
            _ => {
                if matches!(self.text_of, Some(TextElement::FilePath | TextElement::BlobPath)) {
                    self.blob.is_unwritable = true;
                }
                char::REPLACEMENT_CHARACTER
            }
        };
        self.add(character.encode_utf8(&mut [0; 4]));
    }

    fn close(&mut self) -> Option<PromisedFile> {
        let is_blob = self.blob_depth == Some(self.depth);
        self.depth = self.depth.saturating_sub(1);
        self.is_closed |= self.depth == 0;
        if let Some(element) = self.text_of.take() {
            let text = std::mem::take(&mut self.text);
            self.keep(element, text);
        }
        if !is_blob {
            return None;
        }
        self.blob_depth = None;
        self.entries += 1;
        let mut blob = std::mem::take(&mut self.blob);
        blob.parts.shrink_to_fit();
        Some(blob)
    }

    fn keep(&mut self, element: TextElement, text: String) {
        let trimmed = || Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match element {
            TextElement::DriveId => self.head.drive_id = trimmed().or(self.head.drive_id.take()),
            TextElement::Creator => self.head.creator = trimmed(),
            TextElement::BlobPath => self.blob.blob = without_layout(text),
            TextElement::FilePath => self.blob.path = without_layout(text),
            TextElement::Snapshot => self.blob.snapshot = trimmed(),
            TextElement::Length => match fields::number(&text) {
                Ok(length) => self.blob.length = Some(length),
                Err(why) => self.contradict(format!("it has a Length that {why}")),
            },
            TextElement::Properties => self.blob.properties = self.side("PropertiesPath", text),
            TextElement::Metadata => self.blob.metadata = self.side("MetadataPath", text),
        }
    }

    fn side(&mut self, element: &str, text: String) -> Option<SideFile> {
        let path = without_layout(text);
        if path.is_empty() {
            return None;
        }
        let hash = self.side_hash.take();
        let md5 = hash.as_deref().and_then(fields::digest);
        if md5.is_none() {
            let why = if hash.is_some() { "a Hash that is no MD5" } else { "no Hash" };
            self.contradict(format!("its {element} has {why}"));
        }
        Some(SideFile { path, md5 })
    }

    fn end(&self) -> Result<(), ManifestProblem> {
        if self.is_closed {
            return Ok(());
        }
        if self.depth == 0 {
            return Err(ManifestProblem::Empty);
        }
        let detail = if self.blob_depth.is_some() { "inside a <Blob>" } else { "before </DriveManifest>" };
        Err(ManifestProblem::Truncated { entries: self.entries, detail: detail.into() })
    }
}

/// A path whose element is broken over lines; blanks at the ends of a line are part of a name.
fn without_layout(text: String) -> String {
    let trimmed = text.trim_matches(['\r', '\n']);
    if trimmed.len() == text.len() { text } else { trimmed.trim().to_owned() }
}
