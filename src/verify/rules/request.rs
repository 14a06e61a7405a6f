//! The drives of a check: as the person names them, and as the job does. Plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A drive as the person names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDrive {
    /// Where it is mounted, or a copy of it lies.
    pub folder: PathBuf,
    /// Its serial number, where the person knows it.
    pub drive_id: Option<String>,
}

/// A drive as the job names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedDrive {
    /// Serial number.
    pub id: String,
    /// Path of the manifest on the drive, e.g. `\9WM35C3U.manifest`.
    pub manifest: Option<String>,
    /// MD5 of the manifest's bytes, in hexadecimal digits.
    pub manifest_hash: Option<String>,
}

/// Whether two serial numbers are one: docks and tools differ in case and in blanks around them.
pub fn same_drive(one: &str, two: &str) -> bool {
    one.trim().eq_ignore_ascii_case(two.trim())
}

/// A drive that was found on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedDrive {
    /// The folder it is mounted at, or its device where it is not mounted.
    pub place: PathBuf,
    /// Its file system, e.g. `ntfs3`.
    pub file_system: Option<String>,
    /// What can be done with it.
    pub state: AttachedState,
}

/// What can be done with a drive that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttachedState {
    /// It is mounted, and these are the manifests at its root.
    Mounted(Vec<String>),
    /// It begins as a volume that `BitLocker` encrypted.
    Locked,
    /// It is not mounted, and its first bytes could not be read, for this reason.
    Unknown(String),
}
