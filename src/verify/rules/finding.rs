//! What is wrong with a drive: the kinds that are told apart, how much each weighs, and one finding. Plain data.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; everything promised can be there and right all the same.
    Note,
    /// Something could not be checked, so nobody knows.
    Unchecked,
    /// Something promised is damaged or missing.
    Damage,
}

impl Severity {
    /// The word of JSON and CSV.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Unchecked => "unchecked",
            Self::Damage => "damage",
        }
    }
}

macro_rules! faults {
    ($($(#[doc = $doc:literal])* $name:ident, $word:literal, $severity:ident, $title:literal;)*) => {
        /// The kinds of finding. Each has a word for programs, a title for people and a severity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum DriveFault { $($(#[doc = $doc])* #[serde(rename = $word)] $name,)* }

        impl DriveFault {
            /// All, in the order of reports.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word of JSON and CSV, e.g. `wrong-hash`.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The title of a group in reports.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// How much it weighs.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

faults! {
    /// A promised file is not on the drive.
    MissingFile, "missing-file", Damage, "Files that are missing";
    /// The file ends early.
    ShortFile, "short-file", Damage, "Files that end early";
    /// The file goes on behind its promised end.
    LongFile, "long-file", Damage, "Files that are too long";
    /// A part has other bytes than promised.
    WrongHash, "wrong-hash", Damage, "Parts with other bytes than promised";
    /// A part holds only zeros where other bytes are promised.
    ZeroedPart, "zeroed-part", Damage, "Parts that hold only zeros";
    /// The file holds what another file should hold.
    SwappedFile, "swapped-file", Damage, "Files that hold the bytes of another file";
    /// The file's CRC-64 is not the one of the log.
    WrongCrc, "wrong-crc64", Damage, "Files whose CRC-64 is not the one of the log";
    /// The file of properties is not there.
    MissingProperties, "missing-properties", Damage, "Property files that are missing";
    /// The file of properties has other bytes.
    WrongProperties, "wrong-properties", Damage, "Property files with other bytes";
    /// The file of metadata is not there.
    MissingMetadata, "missing-metadata", Damage, "Metadata files that are missing";
    /// The file of metadata has other bytes.
    WrongMetadata, "wrong-metadata", Damage, "Metadata files with other bytes";
    /// The drive could not read a part.
    Unreadable, "unreadable", Damage, "Parts that the drive could not read";
    /// Something else has the name of a promised file: a folder, a pipe, a device.
    NotAFile, "not-a-file", Damage, "Names that something other than a file has";
    /// A link stands on the way to the file or in its place; it is not followed.
    Link, "link", Damage, "Links, which are not followed";
    /// The logs say that the service did not export it.
    NotExported, "not-exported", Damage, "Blobs that the service did not export";
    /// The manifest has another hash than the job says.
    ManifestHash, "manifest-hash", Damage, "The manifest is not the one of the job";
    /// The system refuses to open the file.
    NoPermission, "no-permission", Unchecked, "Files that the system refuses to open";
    /// The path leads out of the drive or to no plain file; it is not opened.
    UnsafePath, "unsafe-path", Unchecked, "Paths that are not followed";
    /// This system cannot have a file of that name.
    NameUnrepresentable, "name-unrepresentable", Unchecked, "Names that this system cannot hold";
    /// The manifest contradicts itself about a blob.
    Inconsistent, "inconsistent", Unchecked, "Entries in which the manifest contradicts itself";
    /// Nothing says what the bytes must be.
    NoHash, "no-hash", Unchecked, "Files without anything to check them by";
    /// Two entries name one file.
    SameFile, "same-file", Unchecked, "Entries that name one file";
    /// Two entries name one blob.
    SameBlob, "same-blob", Unchecked, "Entries that name one blob";
    /// The drive has no manifest and no log says what must be on it.
    ManifestMissing, "manifest-missing", Unchecked, "No manifest";
    /// The manifest has no bytes.
    ManifestEmpty, "manifest-empty", Unchecked, "An empty manifest";
    /// The manifest ends early.
    ManifestTruncated, "manifest-truncated", Unchecked, "A manifest that ends early";
    /// The manifest is no XML.
    ManifestMalformed, "manifest-malformed", Unchecked, "A manifest that cannot be read";
    /// The file is some other XML.
    ManifestOther, "manifest-other", Unchecked, "A manifest that is none";
    /// The manifest declares entities, which the service never writes.
    ManifestEntities, "manifest-entities", Unchecked, "A manifest with a DOCTYPE";
    /// There are several manifests and nothing says which counts.
    ManifestAmbiguous, "manifest-ambiguous", Unchecked, "Several manifests";
    /// The manifest is of another drive than the one asked for.
    DriveIdMismatch, "drive-id-mismatch", Unchecked, "The manifest is of another drive";
    /// The drives of the job lie where others were named.
    DrivesSwapped, "drives-swapped", Unchecked, "Drives in each other's place";
    /// The drive is of another job.
    ForeignDrive, "foreign-drive", Unchecked, "A drive of another job";
    /// The drive is still locked.
    LockedDrive, "locked-drive", Unchecked, "A drive that BitLocker still locks";
    /// A log could not be read to its end.
    LogDamaged, "log-damaged", Unchecked, "Logs that could not be read to their end";
    /// The file has its name in another spelling.
    NameDiffers, "name-differs", Note, "Names in another spelling";
    /// The service gave the blob another name.
    Renamed, "renamed", Note, "Blobs that the service renamed";
    /// A part was wrong when read first, and right when read again.
    UnsteadyRead, "unsteady-read", Note, "Parts that were right only when read again";
    /// Another manifest lies on the drive.
    ForeignManifest, "foreign-manifest", Note, "Manifests of other drives";
    /// A file that nobody promised.
    ExtraFile, "extra-file", Note, "Files that nobody promised";
    /// A folder could not be listed, so extra files in it are unknown.
    FolderUnlisted, "folder-unlisted", Note, "Folders that could not be listed";
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DriveFinding {
    /// The place of the entry in the manifest, from 0; absent for the drive as a whole.
    pub entry: Option<u64>,
    /// The number of the part, from 0.
    pub index: Option<u64>,
    /// Where it begins in the file.
    pub offset: Option<u64>,
    /// How many bytes it concerns.
    pub length: Option<u64>,
    /// What is wrong.
    #[serde(rename = "kind")]
    pub fault: DriveFault,
    /// How much it weighs.
    pub severity: Severity,
    /// Container and name.
    pub blob: String,
    /// The time of the snapshot.
    pub snapshot: Option<String>,
    /// The path on the drive.
    pub file: String,
    /// What exactly, as a clause.
    pub detail: String,
}

impl DriveFinding {
    /// A finding about the drive as a whole.
    pub fn new(fault: DriveFault) -> Self {
        Self {
            entry: None,
            index: None,
            offset: None,
            length: None,
            fault,
            severity: fault.severity(),
            blob: String::new(),
            snapshot: None,
            file: String::new(),
            detail: String::new(),
        }
    }

    /// A finding about a file on the drive that belongs to no entry, or about the manifest.
    pub fn of_file(fault: DriveFault, file: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { file: file.into(), detail: detail.into(), ..Self::new(fault) }
    }

    /// In one line: the file, the blob where its name differs, the place, what exactly.
    pub fn in_words(&self) -> String {
        let mut line = self.file.clone();
        let by_name = format!("\\{}", self.blob.replace('/', "\\"));
        if !self.blob.is_empty() && by_name != self.file {
            let _infallible = write!(line, "{}blob {}", if line.is_empty() { "" } else { ", " }, self.blob);
        }
        if let Some(snapshot) = &self.snapshot {
            let _infallible = write!(line, ", snapshot {snapshot}");
        }
        if let (Some(offset), Some(length)) = (self.offset, self.length) {
            let _infallible = write!(line, ", bytes {offset} to {}", offset.saturating_add(length));
        }
        if !self.detail.is_empty() {
            let _infallible = write!(line, "{}{}", if line.is_empty() { "" } else { ": " }, self.detail);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_has_its_own_word_which_is_also_its_word_in_json() {
        let words: BTreeSet<&str> = DriveFault::ALL.iter().map(|fault| fault.word()).collect();
        assert_eq!(words.len(), DriveFault::ALL.len());
        for fault in DriveFault::ALL {
            assert_eq!(serde_json::to_value(fault).unwrap(), fault.word());
        }
    }
}
