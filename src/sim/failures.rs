//! Blobs that fail on request: a switch names what their paths begin with and why they fail, in the words of each service's logs.

use serde::{Deserialize, Serialize};

/// Blobs that are to fail. As JSON: `{"path": "footage/", "cause": "lease", "most": 3}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlobFailureRule {
    /// What their paths begin with, container first.
    pub path: String,
    /// Why.
    pub cause: FailureCause,
    /// How many at most; all when absent.
    #[serde(default)]
    pub most: Option<u64>,
}

/// Why a blob fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FailureCause {
    /// Somebody holds a lease on it.
    Lease,
    /// An account key was renewed, or a firewall keeps the service out.
    Forbidden,
    /// It was written to while it was read.
    Changed,
    /// The drive cannot be written.
    Drive,
    /// A Windows drive refuses its name.
    Name,
    /// It is an append blob.
    AppendBlob,
    /// What was written is not what was read.
    Checksum,
    /// It is in the archive tier.
    Archived,
    /// It does not fail: it is written under another name.
    Renamed,
    /// A reason that no document lists.
    Undocumented,
}

/// What a failure is called in a log of Data Box.
pub(crate) struct CopyLogWords {
    pub(crate) category: &'static str,
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
}

impl FailureCause {
    /// Whether the blob is missing on the drive.
    pub(crate) fn is_failure(self) -> bool {
        self != Self::Renamed
    }

    /// The status of a blob in a log of Import/Export, and that of its first block.
    pub(crate) fn classic(self) -> (&'static str, &'static str) {
        match self {
            Self::Lease => ("LeasePresent", "Cancelled"),
            Self::Forbidden => ("BlobRequestForbidden", "BlobRequestFailed"),
            Self::Changed => ("BlobUnexpectedChange", "Failed"),
            Self::Drive => ("CompletedWithErrors", "IOFailed"),
            Self::Name => ("FileNameInvalid", "Cancelled"),
            Self::AppendBlob => ("UnsupportBlobType", "Cancelled"),
            Self::Checksum => ("CompletedWithErrors", "Corrupted"),
            Self::Archived => ("BlobRequestFailed", "BlobRequestFailed"),
            Self::Renamed => ("BlobRenamed", "Completed"),
            Self::Undocumented => ("MoonPhaseUnsuitable", "Failed"),
        }
    }

    /// The words of Data Box.
    pub(crate) fn data_box(self) -> CopyLogWords {
        let (category, code, message) = match self {
            Self::Lease => ("UploadErrorCloudHttp", "412", "There is currently a lease on the blob."),
            Self::Forbidden => ("UploadErrorCloudHttp", "403", "The server failed to authenticate the request."),
            Self::Changed => ("UploadErrorCloudHttp", "412", "The condition specified was not met."),
            Self::Drive => ("UploadErrorWin32", "1117", "File Write failed"),
            Self::Name => ("UploadErrorWin32", "123", "File Create failed"),
            Self::AppendBlob => ("UploadErrorCloudHttp", "400", "UnsupportBlobType"),
            Self::Checksum => ("UploadErrorDataValidationError", "1", "The checksums differ"),
            Self::Archived => ("ExportCloudHttp", "409", "This operation is not permitted on an archived blob."),
            Self::Renamed => ("BlobRenamed", "1", ""),
            Self::Undocumented => ("UploadErrorMoonPhase", "7", "The moon was not full"),
        };
        CopyLogWords { category, code, message }
    }
}
