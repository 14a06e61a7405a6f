//! An entry of a log: one blob, file or container, in one description for all kinds of log.

/// What an entry says of its blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryResult {
    /// It was written to the drive.
    Exported,
    /// It was written under another name.
    Renamed,
    /// It was not written, or not whole.
    NotExported,
}

/// Another name that the service gave, e.g. because NTFS or Azure refuses the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renaming {
    /// The name before.
    pub from: String,
    /// The name now.
    pub to: String,
}

/// Parts of a blob that have one status other than success, e.g. two blocks with `Failed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedPart {
    /// The element: `Block`, `PageRange`, `FileRange`, `Metadata`, `Properties`.
    pub element: String,
    /// The service's word, e.g. `Failed`, `Cancelled`.
    pub status: String,
    /// How many there are.
    pub count: u64,
    /// Where the first begins in the blob.
    pub offset: Option<u64>,
    /// How long the first is.
    pub length: Option<u64>,
}

/// One entry. Texts are the service's own, unescaped; what a log does not say is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEntry {
    /// Container and name, e.g. `footage/2026/a.mov`. In a `.bom` file the path on the drive, with `/`.
    pub path: String,
    /// The entry says so of every blob whose path begins with `path`: a `BlobPathPrefix` of an incomplete list.
    pub is_prefix: bool,
    /// The snapshot that was exported.
    pub snapshot: Option<String>,
    /// The path on the drive as the log writes it, e.g. `\footage\2026\a.mov`.
    pub file_path: Option<String>,
    /// The other name, where the service gave one.
    pub renamed: Option<Renaming>,
    /// Bytes.
    pub size: Option<u64>,
    /// CRC-64/NVME of the whole file. The services write it as a decimal number or as `0x…`.
    pub crc64: Option<u64>,
    /// MD5 of the whole file, as written.
    pub md5: Option<String>,
    /// Entity tag of the blob that was read.
    pub etag: Option<String>,
    /// `BlockBlob`, `PageBlob`, `AppendBlob`, `AzureFile`; Data Box only.
    pub format: Option<String>,
    /// `File` or `Container`; Data Box only.
    pub entity: Option<String>,
    /// The classic status, e.g. `CompletedWithErrors`, `LeasePresent`.
    pub status: Option<String>,
    /// The category of Data Box, e.g. `UploadErrorWin32`.
    pub category: Option<String>,
    /// The error code of Data Box, e.g. `123`.
    pub code: Option<String>,
    /// The error message of Data Box.
    pub message: Option<String>,
    /// The parts that failed, by element and status.
    pub parts: Vec<FailedPart>,
    /// It stands in a list of blobs that were left out.
    pub is_left_out: bool,
}

/// The words for success of a blob or a part of one.
const SUCCESS: [&str; 9] = [
    "Completed",
    "Succeeded",
    "Success",
    "None",
    "Committed",
    "Created",
    "Overwritten",
    "UploadErrorNone",
    "CompletedWithWarnings",
];

/// Whether a status is one of the words for success.
pub(super) fn is_success(status: &str) -> bool {
    SUCCESS.iter().any(|word| word.eq_ignore_ascii_case(status))
}

/// Whether a status or category says that only the name changed, e.g. `ContainerRenamed`.
fn is_renaming(word: &str) -> bool {
    word.len() >= 7 && word.is_char_boundary(word.len() - 7) && word[word.len() - 7..].eq_ignore_ascii_case("renamed")
}

impl LogEntry {
    /// The word that says why, most telling first: the category, the status, the status of a part. `None` in an incomplete list.
    pub fn reason_word(&self) -> Option<&str> {
        let told = |word: &&str| !word.is_empty() && !is_success(word);
        let status = self.status.as_deref().filter(|status| *status != "CompletedWithErrors");
        let part = self.parts.iter().find(|part| part.status != "Cancelled").or(self.parts.first());
        [self.category.as_deref(), status, part.map(|part| part.status.as_str()), self.status.as_deref()]
            .into_iter()
            .flatten()
            .find(told)
    }

    /// What it says of the blob.
    pub fn result(&self) -> EntryResult {
        match self.reason_word() {
            _ if self.is_left_out => EntryResult::NotExported,
            Some(word) if is_renaming(word) && self.parts.is_empty() => EntryResult::Renamed,
            Some(_) => EntryResult::NotExported,
            None if self.code.as_deref().is_some_and(|code| !matches!(code, "" | "0")) => EntryResult::NotExported,
            None => EntryResult::Exported,
        }
    }
}
