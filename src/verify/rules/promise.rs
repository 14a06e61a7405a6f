//! What a drive promises: the blobs of its manifest, or the files of a verbose log. Plain data, and the checks that need no file.

use super::finding::{DriveFault, DriveFinding};

/// The digest of a part.
pub type Md5Sum = [u8; 16];

/// The digest of no bytes at all.
pub const MD5_OF_NOTHING: Md5Sum =
    [0xd4, 0x1d, 0x8c, 0xd9, 0x8f, 0x00, 0xb2, 0x04, 0xe9, 0x80, 0x09, 0x98, 0xec, 0xf8, 0x42, 0x7e];

/// What the parts of a file are called in its manifest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartKind {
    /// Blocks of a block blob: they cover the file.
    #[default]
    Block,
    /// Page ranges of a page blob: what lies between them may hold anything.
    PageRange,
}

impl PartKind {
    /// The word for one, e.g. `block`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::PageRange => "page range",
        }
    }
}

/// A block or page range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePart {
    /// Where it begins in the file.
    pub offset: u64,
    /// How long it is.
    pub length: u64,
    /// Its digest; absent where the manifest has none that can be read.
    pub md5: Option<Md5Sum>,
}

/// A file with the properties or the metadata of a blob.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideFile {
    /// Its path on the drive as the manifest writes it.
    pub path: String,
    /// The digest of its bytes.
    pub md5: Option<Md5Sum>,
}

/// One blob or snapshot that must be on the drive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromisedFile {
    /// Its place in the manifest, from 0.
    pub number: u64,
    /// Container and name, e.g. `footage/a.mov`.
    pub blob: String,
    /// The time of the snapshot, for a snapshot.
    pub snapshot: Option<String>,
    /// The path on the drive as the manifest writes it, e.g. `\footage\a.mov`.
    pub path: String,
    /// How long the file must be.
    pub length: Option<u64>,
    /// What its parts are.
    pub kind: PartKind,
    /// Its blocks or page ranges in the order of the manifest.
    pub parts: Vec<FilePart>,
    /// CRC-64/NVME of the whole file.
    pub crc64: Option<u64>,
    /// MD5 of the whole file.
    pub md5: Option<Md5Sum>,
    /// Its file of properties.
    pub properties: Option<SideFile>,
    /// Its file of metadata.
    pub metadata: Option<SideFile>,
    /// What the manifest says of it and cannot be right, e.g. `its Length "-1" is no number of bytes`.
    pub contradictions: Vec<String>,
    /// The path held a character that no text can hold.
    pub is_unwritable: bool,
}

impl PromisedFile {
    /// A finding about it, without a place in the file.
    pub fn finding(&self, fault: DriveFault, detail: impl Into<String>) -> DriveFinding {
        DriveFinding {
            entry: Some(self.number),
            blob: self.blob.clone(),
            snapshot: self.snapshot.clone(),
            file: self.path.clone(),
            detail: detail.into(),
            ..DriveFinding::new(fault)
        }
    }

    /// How many of its bytes have to be read: those of the parts with a digest, or all where the whole file has one.
    pub fn bytes_to_read(&self) -> u64 {
        if self.md5.is_some() || self.crc64.is_some() {
            return self.length.unwrap_or(0);
        }
        let checked = self.parts.iter().filter(|part| part.md5.is_some());
        checked.fold(0, |bytes, part| part.length.saturating_add(bytes))
    }

    /// What the manifest itself gets wrong about this file: a sentence each.
    pub fn contradictions(&self) -> Vec<String> {
        let mut told = self.contradictions.clone();
        if self.path.is_empty() {
            told.push("it has no FilePath".into());
        }
        let Some(length) = self.length else {
            if self.contradictions.is_empty() {
                told.push("it has no Length".into());
            }
            return told;
        };
        // An empty list and one empty block say the same of an empty file.
        told.extend(self.first_misplaced(length));
        told
    }

    /// The first part that lies where it cannot lie.
    fn first_misplaced(&self, length: u64) -> Option<String> {
        let mut end = 0_u64;
        for (index, part) in self.parts.iter().enumerate() {
            let name = format!("{} {index}", self.kind.word());
            let Some(next) = part.offset.checked_add(part.length) else {
                return Some(format!("{name} ends beyond the largest number"));
            };
            if part.offset < end {
                return Some(format!("{name} begins at {}, before the end of the one before it ({end})", part.offset));
            }
            if self.kind == PartKind::Block && part.offset > end {
                return Some(format!("between {end} and {} no block is listed", part.offset));
            }
            if next > length {
                return Some(format!("{name} ends at {next}, past the Length {length}"));
            }
            end = next;
        }
        let covers = self.kind == PartKind::PageRange || self.parts.is_empty() || end == length;
        (!covers).then(|| format!("its blocks end at {end}, its Length is {length}"))
    }

    /// Whether nothing can prove the content: the file is not empty and neither parts nor the whole have a digest.
    pub fn is_without_digest(&self) -> bool {
        let whole = self.crc64.is_some() || self.md5.is_some();
        let part = self.parts.iter().any(|part| part.md5.is_some());
        // Page ranges may be none at all: a blob that was never written to.
        let sparse = self.kind == PartKind::PageRange && self.parts.is_empty();
        !whole && !part && !sparse && self.length != Some(0)
    }
}

/// Reads a digest as manifests write it: 32 hexadecimal digits of either case, blanks around them.
pub fn read_md5(text: &str) -> Option<Md5Sum> {
    let digits = text.trim().as_bytes();
    let mut sum = Md5Sum::default();
    if digits.len() != 32 {
        return None;
    }
    for (byte, pair) in sum.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = [pair.first(), pair.last()].map(|digit| digit.and_then(|d| char::from(*d).to_digit(16)));
        *byte = u8::try_from(high? * 16 + low?).ok()?;
    }
    Some(sum)
}

/// A digest in the form of the manifests, e.g. `D41D8CD98F00B204E9800998ECF8427E`.
pub fn md5_text(sum: &Md5Sum) -> String {
    sum.iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect::<String>()
        .to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(length: u64, parts: &[(u64, u64)]) -> PromisedFile {
        let parts = parts.iter().map(|(offset, length)| FilePart { offset: *offset, length: *length, md5: None });
        PromisedFile { path: "\\a".into(), length: Some(length), parts: parts.collect(), ..PromisedFile::default() }
    }

    #[test]
    fn digests_are_read_in_either_case_with_blanks_around_them() {
        let sum = read_md5(" d41d8CD98F00B204E9800998ECF8427E\n");
        assert_eq!(sum, Some(MD5_OF_NOTHING));
        assert_eq!(md5_text(&MD5_OF_NOTHING), "D41D8CD98F00B204E9800998ECF8427E");
        for bad in
            ["", "D41D", "ZZ1D8CD98F00B204E9800998ECF8427E", "+41D8CD98F00B204E9800998ECF8427E1", "éééééééééééééééé"]
        {
            assert_eq!(read_md5(bad), None, "{bad}");
        }
    }

    #[test]
    fn blocks_must_cover_the_file_and_page_ranges_need_not() {
        assert!(file(6, &[(0, 4), (4, 2)]).contradictions().is_empty());
        assert!(file(0, &[]).contradictions().is_empty() && file(0, &[(0, 0)]).contradictions().is_empty());
        for wrong in
            [&[(0, 4), (5, 1)][..], &[(0, 4), (3, 3)], &[(0, 4)], &[(0, 8)], &[(4, 2), (0, 4)], &[(u64::MAX, 2)]]
        {
            assert_eq!(file(6, wrong).contradictions().len(), 1, "{wrong:?}");
        }
        let sparse = PromisedFile { kind: PartKind::PageRange, ..file(4096, &[(512, 512), (2048, 512)]) };
        assert!(sparse.contradictions().is_empty());
    }
}
