//! Why a manifest cannot be read, or not to its end.

use super::super::rules::DriveFault;

/// Why a manifest cannot be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestProblem {
    /// No bytes, or white space only.
    #[error("it is empty")]
    Empty,
    /// It ends before `</DriveManifest>`.
    #[error("it ends early, after {entries} entries: {detail}")]
    Truncated {
        /// Entries read before.
        entries: u64,
        /// Where.
        detail: String,
    },
    /// It is not XML.
    #[error("it is no XML at byte {byte}: {detail}")]
    Malformed {
        /// Where.
        byte: u64,
        /// Why.
        detail: String,
    },
    /// It is other XML.
    #[error("its root is <{root}>, not <DriveManifest>")]
    Other {
        /// The root.
        root: String,
    },
    /// It has a DOCTYPE.
    #[error(
        "it has a DOCTYPE, which the service never writes and which could blow up the text; it is not read further"
    )]
    Entities,
    /// The drive could not read it.
    #[error("it could not be read: {reason}")]
    Unreadable {
        /// The system's words.
        reason: String,
    },
}

impl ManifestProblem {
    /// The kind of finding it is.
    pub fn fault(&self) -> DriveFault {
        match self {
            Self::Empty => DriveFault::ManifestEmpty,
            Self::Truncated { .. } => DriveFault::ManifestTruncated,
            Self::Malformed { .. } => DriveFault::ManifestMalformed,
            Self::Other { .. } => DriveFault::ManifestOther,
            Self::Entities => DriveFault::ManifestEntities,
            Self::Unreadable { .. } => DriveFault::Unreadable,
        }
    }
}
