//! Why a blob was not exported, in words, with what can be done. The services' own words stay beside it; an unknown word stays as it is.

use serde::{Deserialize, Serialize};

use super::entry::{EntryResult, LogEntry};

/// Whether another job can export the blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cure {
    /// It can, as the blob is.
    Retry,
    /// It can, once something has been done.
    AfterChange,
    /// Nobody knows; another job may try.
    Unknown,
    /// It cannot. The blob has to be downloaded.
    Download,
    /// Nothing is missing.
    Nothing,
}

impl Cure {
    /// Whether a new draft takes the blob.
    pub fn is_retried(self) -> bool {
        matches!(self, Self::Retry | Self::AfterChange | Self::Unknown)
    }

    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Retry => "a new job can export it",
            Self::AfterChange => "a new job can export it after a change",
            Self::Unknown => "not known whether a new job can export it",
            Self::Download => "no job can export it: download it",
            Self::Nothing => "nothing is missing",
        }
    }

    /// The word in CSV and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::AfterChange => "retryAfterChange",
            Self::Unknown => "unknown",
            Self::Download => "download",
            Self::Nothing => "none",
        }
    }
}

/// A reason that several entries share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FailureReason {
    /// Whether another job can export the blob.
    pub cure: Cure,
    /// What happened, e.g. `A Windows drive refuses the name`.
    pub title: String,
    /// The service's words, e.g. `UploadErrorWin32 123`; empty where a list gives no reason.
    pub words: String,
    /// What can be done.
    pub advice: String,
}

/// A reason that is known: what happened, whether a new job helps, what can be done.
struct KnownReason(&'static str, Cure, &'static str);

const NAME: KnownReason = KnownReason(
    "A Windows drive refuses the name",
    Cure::Download,
    "Download these, or copy them to blobs with other names and export those. Refused are : * ? \" < > |, names that end in a slash, a dot or a blank, and paths that are too long.",
);
const APPEND: KnownReason = KnownReason(
    "This kind of blob is not exported",
    Cure::Download,
    "Append blobs are not exported. Download these, or copy them into block blobs and export those.",
);
const FORBIDDEN: KnownReason = KnownReason(
    "The service was not let in",
    Cure::AfterChange,
    "An account key may have been renewed while the job ran, or the firewall kept the service out. Allow trusted Microsoft services under the account's Networking, leave the keys alone, and export again.",
);
const LEASE: KnownReason = KnownReason(
    "Somebody holds a lease",
    Cure::AfterChange,
    "Break the lease or have its holder release it, or take a snapshot and export that.",
);
const CHANGED: KnownReason = KnownReason(
    "It was changed while it was read",
    Cure::Retry,
    "Export it again while nothing writes to it, or take a snapshot and export that.",
);
const ARCHIVED: KnownReason = KnownReason(
    "It is in the archive tier",
    Cure::AfterChange,
    "Set its tier to Hot, Cool or Cold and wait until it is there, which takes hours; then export it.",
);
const MISSING: KnownReason = KnownReason(
    "It was not there any more",
    Cure::AfterChange,
    "Look for it in the account. A soft-deleted blob can be restored and then exported.",
);
const REQUEST: KnownReason = KnownReason(
    "Storage did not answer as it should",
    Cure::Retry,
    "Storage failed or was busy while the blob was read. Export it again.",
);
/// The classic logs have no other word for it, and none that tells a busy account from a blob in the archive tier.
const REQUEST_OR_ARCHIVED: KnownReason = KnownReason(
    "Storage did not answer as it should",
    Cure::Unknown,
    "Look at its tier first: an archived blob must be rehydrated to Hot, Cool or Cold, which takes hours, before a job can export it. In another tier, storage failed or was busy: export it again.",
);
const DRIVE: KnownReason = KnownReason(
    "The drive could not be written",
    Cure::Retry,
    "Export these again on another drive; check this one before it is used again.",
);
const FULL: KnownReason =
    KnownReason("The drives were full", Cure::Retry, "Export these again on more or larger drives.");
const CORRUPTED: KnownReason = KnownReason(
    "What was written is not what was read",
    Cure::Retry,
    "The checksums differ. Do not use the file on the drive; export it again.",
);
const SIDE_FILE: KnownReason = KnownReason(
    "Its properties or metadata were not written",
    Cure::AfterChange,
    "The content may be whole: compare it. Read the properties and metadata from the account; names of metadata that XML refuses cannot be written to a drive.",
);
const RENAMED: KnownReason = KnownReason(
    "Written under another name",
    Cure::Nothing,
    "This is no failure: the blobs are on the drive under the new name. The list says which.",
);
const NO_ROOM: KnownReason = KnownReason(
    "Left out: it did not fit on the drives",
    Cure::Retry,
    "Export these again with more or larger drives. A blob larger than the largest drive has to be downloaded.",
);
const UNKNOWN_ADVICE: &str = "Nobody documents this reason. Export these again, or download them; Microsoft support knows more by the job's name.";

/// The error codes of Windows that a name causes, and those of a drive (Microsoft page: System Error Codes).
const NAME_CODES: [&str; 5] = ["3", "123", "161", "206", "267"];
const FULL_CODES: [&str; 2] = ["39", "112"];
const DRIVE_CODES: [&str; 8] = ["19", "21", "23", "29", "31", "483", "1110", "1117"];

impl FailureReason {
    /// The reason of an entry; `None` when its blob was exported under its own name.
    pub fn of(entry: &LogEntry) -> Option<Self> {
        let words = service_words(entry);
        let known = match entry.result() {
            EntryResult::Exported => return None,
            EntryResult::Renamed => Some(RENAMED),
            EntryResult::NotExported if words.is_empty() => Some(NO_ROOM),
            EntryResult::NotExported => known(entry),
        };
        Some(match known {
            Some(KnownReason(title, cure, advice)) => Self { cure, title: title.into(), words, advice: advice.into() },
            None => Self { cure: Cure::Unknown, title: words.clone(), words, advice: UNKNOWN_ADVICE.into() },
        })
    }
}

/// The service's own words for an entry: category or status, code, and the message where it does not name the blob.
fn service_words(entry: &LogEntry) -> String {
    let reason = entry.reason_word().unwrap_or_default();
    if entry.renamed.is_some() || entry.result() == EntryResult::Renamed {
        return reason.to_owned();
    }
    let code = entry.code.as_deref().unwrap_or_default();
    let message = entry.message.as_deref().unwrap_or_default();
    let names_blob = message.contains(&entry.path) || message.len() > 120;
    let message = if names_blob { "" } else { message };
    [reason, code, message].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn known(entry: &LogEntry) -> Option<KnownReason> {
    let message = entry.message.as_deref().unwrap_or_default().to_ascii_lowercase();
    let code = entry.code.as_deref().unwrap_or_default();
    let says = |part: &str| message.contains(part);
    if entry.format.as_deref() == Some("AppendBlob") || says("unsupportblobtype") || says("blob type is") {
        return Some(APPEND);
    }
    let category = entry.category.as_deref().unwrap_or_default();
    if category == "UploadErrorWin32" {
        return match code {
            code if NAME_CODES.contains(&code) => Some(NAME),
            code if FULL_CODES.contains(&code) => Some(FULL),
            code if DRIVE_CODES.contains(&code) => Some(DRIVE),
            _ => None,
        };
    }
    if says("archived") {
        return Some(ARCHIVED);
    }
    if says("lease") {
        return Some(LEASE);
    }
    match (category, code) {
        ("UploadErrorCloudHttp" | "ExportCloudHttp", "401" | "403") => Some(FORBIDDEN),
        ("UploadErrorCloudHttp" | "ExportCloudHttp", "404") => Some(MISSING),
        ("UploadErrorCloudHttp" | "ExportCloudHttp", "412") => Some(CHANGED),
        ("UploadErrorCloudHttp" | "ExportCloudHttp", "408" | "429" | "500" | "502" | "503" | "504")
        | ("UploadErrorCloudNetwork", _) => Some(REQUEST),
        ("UploadErrorDataValidationError" | "UploadErrorDataValidataionError", _) => Some(CORRUPTED),
        _ => entry.reason_word().and_then(|word| of_status(word, entry)),
    }
}

/// A status of Import/Export, or a category without a code.
fn of_status(word: &str, entry: &LogEntry) -> Option<KnownReason> {
    let beside = |part: &str| part == "Metadata" || part == "Properties";
    let only_beside = !entry.parts.is_empty() && entry.parts.iter().all(|part| beside(&part.element));
    match word {
        _ if only_beside => Some(SIDE_FILE),
        "FileNameTrailsWithSlash" | "FileNameInvalid" | "FileNameTooLong" | "InvalidWorkitem" => Some(NAME),
        "BlobRequestForbidden" | "StorageRequestForbidden" => Some(FORBIDDEN),
        "LeasePresent" => Some(LEASE),
        "BlobUnexpectedChange" | "BlobUnexpectedEnd" => Some(CHANGED),
        "BlobRequestFailed" | "StorageRequestFailed" => Some(REQUEST_OR_ARCHIVED),
        "IOFailed" | "DiskOperationFailed" | "FileAccessDenied" | "FileUnexpectedEnd" | "FileNotFound" => Some(DRIVE),
        "Corrupted" => Some(CORRUPTED),
        "XmlReadFailed" | "XmlWriteFailed" => Some(SIDE_FILE),
        _ => None,
    }
}
